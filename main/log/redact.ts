import { maskCardNumbers } from '../../contract/card-number.ts';

export type Redactor = {
  /** From now on this text never appears in a log, whatever wrote it. */
  protect(secret: string): void;
  redact(text: string): string;
};

/** Short ones would blank out half the log; no credential of JustiFi's is shorter. */
const SHORTEST_SECRET = 6;
const BEARER = /\b(Bearer\s+)[\w.~+/=-]+/giu;

/** The last net before anything is written: the known secrets, bearer tokens, and whatever looks like a card number. */
export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  return {
    protect(secret) {
      if (secret.length >= SHORTEST_SECRET) secrets.add(secret);
    },
    redact(text) {
      let clean = text;
      for (const secret of secrets) clean = clean.replaceAll(secret, '[secret]');
      clean = clean.replaceAll(BEARER, '$1[token]');
      return maskCardNumbers(clean);
    },
  };
}
