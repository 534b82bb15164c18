import { maskCardNumbers } from '../../contract/card-number.ts';
import { isKey } from '../../contract/credentials.ts';

/**
 * Where a secret comes from. `credentials`: of this register, or JustiFi has taken them. `typed`: what was typed into
 * a secret's field; it may be any word, and must not hide other lines of the log.
 */
type SecretKind = 'credentials' | 'pepper' | 'token' | 'typed';

export type Redactor = {
  /** From now on this text appears in no log, in any form, until eight newer ones of its kind have come. */
  protect(kind: SecretKind, secret: string): void;
  redact(text: string): string;
};

const KEPT_OF_A_KIND = 8;
/** This many characters of a secret in a row are taken out. No credential of JustiFi's is shorter. */
const TELLING_LENGTH = 12;
/** A typed text is looked for as a whole, and only if it could be a key: long enough, of letters and digits. */
const SHORTEST_TYPED = 16;
const BEARER = /\b((?:Bearer|Basic)\s+)[\w.~+/=-]+/giu;

/** The last net before anything is written: the known secrets, bearer tokens, and anything that looks like a card number. */
export function createRedactor(): Redactor {
  const kept = new Map<SecretKind, readonly string[]>();
  let pieces: ReadonlySet<string> = new Set();
  let wholes: readonly string[] = [];

  return {
    protect(kind, secret) {
      if (secret.length < TELLING_LENGTH || (kind === 'typed' && !couldBeSecret(secret))) return;
      const others = (kept.get(kind) ?? []).filter((other) => other !== secret);
      kept.set(kind, [...others, secret].slice(-KEPT_OF_A_KIND));
      const known = [...kept].flatMap(([of, secrets]) => (of === 'typed' ? [] : secrets));
      pieces = new Set(known.flatMap(formsOf).flatMap(piecesOf));
      wholes = (kept.get('typed') ?? []).flatMap(formsOf);
    },
    redact(text) {
      let clean = withoutPieces(text, pieces);
      for (const whole of wholes) clean = clean.replaceAll(whole, '[secret]');
      return maskCardNumbers(clean.replaceAll(BEARER, '$1[token]'));
    },
  };
}

function couldBeSecret(typed: string): boolean {
  return typed.length >= SHORTEST_TYPED && isKey(typed) && /\d/u.test(typed) && /[a-z]/iu.test(typed);
}

/** Its spellings: plain, in JSON, in JSON in JSON, in a web address, in a form, and in base64 at each of its three offsets. */
function formsOf(secret: string): readonly string[] {
  const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
  const plain = [secret, inJson(secret), inJson(inJson(secret)), encodeURIComponent(secret), new URLSearchParams([['', secret]]).toString().slice(1)];
  const encoded = [0, 1, 2].flatMap((bytesBefore) => {
    const bytes = Buffer.concat([Buffer.alloc(bytesBefore), Buffer.from(secret)]);
    // Three bytes are four letters: letters shared with a neighbour are left out.
    const ownLetters = (letters: string) => letters.slice(Math.ceil((bytesBefore * 8) / 6), Math.floor((bytes.length * 8) / 6));
    return [ownLetters(bytes.toString('base64')), ownLetters(bytes.toString('base64url'))];
  });
  return [...new Set([...plain, ...encoded])];
}

function piecesOf(form: string): readonly string[] {
  return Array.from({ length: Math.max(0, form.length - TELLING_LENGTH + 1) }, (_, from) => form.slice(from, from + TELLING_LENGTH));
}

function withoutPieces(text: string, pieces: ReadonlySet<string>): string {
  let clean = '';
  let copied = 0;
  let hiddenTo = 0;
  for (let from = 0; from + TELLING_LENGTH <= text.length; from += 1) {
    if (!pieces.has(text.slice(from, from + TELLING_LENGTH))) continue;
    if (from > hiddenTo || hiddenTo === 0) clean += `${text.slice(copied, from)}[secret]`;
    hiddenTo = from + TELLING_LENGTH;
    copied = hiddenTo;
  }
  return clean + text.slice(copied);
}
