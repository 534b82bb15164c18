import { z } from 'zod';
import { type BrokerUrlProblem, checkBrokerUrl } from './broker-url.ts';
import { containsCardNumber } from './card-number.ts';
import { type Result, failed, ok } from './result.ts';
import { secretText } from './text.ts';

/**
 * The credentials with which Counter gets access tokens: the shop's own client id and secret, or a key of this register's own at the
 * shop's token broker (docs/token-broker.md). Secret as a whole: typed on the manager's side, kept in the keychain, nowhere else.
 */
export type Credentials = ClientKey | BrokerKey;
type ClientKey = { readonly kind: 'client'; readonly clientId: string; readonly clientSecret: string };
type BrokerKey = { readonly kind: 'broker'; readonly url: string; readonly key: string };

/** Longer than any key of JustiFi's. */
const LONGEST_KEY = 500;
/** A broker's key shorter than this could be guessed. */
const SHORTEST_BROKER_KEY = 32;

const typed = secretText(10_000);

/** As received from a page: not checked yet. */
export const typedCredentials = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('client'), clientId: typed, clientSecret: typed }),
  z.strictObject({ kind: z.literal('broker'), url: typed, key: typed }),
]);

const kept = secretText(10_000, 1);

/** As it is stored. */
export const keptCredentials = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('client'), clientId: kept, clientSecret: kept }),
  z.strictObject({ kind: z.literal('broker'), url: kept, key: kept }),
]);

export type CredentialsProblem =
  | { readonly kind: 'client-id-empty' | 'client-secret-empty' }
  /** A text with blanks, a web address or a pasted page is no key. */
  | { readonly kind: 'client-id-odd' | 'client-secret-odd' }
  | { readonly kind: 'client-id-is-secret' }
  | { readonly kind: 'broker-key-too-short'; readonly shortest: number }
  | { readonly kind: 'broker-key-odd' }
  | BrokerUrlProblem;

/** The typed or pasted text without the blanks, quotes and invisible characters of a copy. */
export function checkCredentials(given: Credentials): Result<Credentials, CredentialsProblem> {
  if (given.kind === 'broker') {
    const url = checkBrokerUrl(withoutTrimmings(given.url));
    if (url.kind === 'failed') return url;
    const key = withoutTrimmings(given.key);
    if (key.length < SHORTEST_BROKER_KEY) return failed({ kind: 'broker-key-too-short', shortest: SHORTEST_BROKER_KEY });
    return isKey(key) ? ok({ kind: 'broker', url: url.value, key }) : failed({ kind: 'broker-key-odd' });
  }
  const clientId = withoutTrimmings(given.clientId);
  const clientSecret = withoutTrimmings(given.clientSecret);
  if (clientId === '') return failed({ kind: 'client-id-empty' });
  if (clientSecret === '') return failed({ kind: 'client-secret-empty' });
  if (!isKey(clientId)) return failed({ kind: 'client-id-odd' });
  if (!isKey(clientSecret)) return failed({ kind: 'client-secret-odd' });
  return clientId === clientSecret ? failed({ kind: 'client-id-is-secret' }) : ok({ kind: 'client', clientId, clientSecret });
}

/** The part of the credentials that must not be in any log. */
export function secretOf(credentials: Credentials): string {
  return credentials.kind === 'client' ? credentials.clientSecret : credentials.key;
}

/** One word of printable ASCII, no address and no card number. */
export function isKey(text: string): boolean {
  const isCardNumber = !/[a-z]/iu.test(text) && containsCardNumber(text);
  return text.length <= LONGEST_KEY && /^[!-~]+$/u.test(text) && !/:\/\/|@.*\./u.test(text) && !isCardNumber;
}

/** Invisible characters are removed anywhere; blanks and quotes only around the text. */
export function withoutTrimmings(text: string): string {
  const visible = text.replaceAll(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/gu, '');
  return visible.replaceAll(/^[\s"'`“”‘’«»,;]+|[\s"'`“”‘’«»,;]+$/gu, '');
}
