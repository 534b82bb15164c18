import { withoutTrimmings } from './credentials.ts';

/** The values found in a paste; null for each that was not found. */
type PastedCredentials = { readonly clientId: string | null; readonly clientSecret: string | null; readonly subAccountId: string | null };

const LONGEST_PASTE = 10_000;

/** The spellings of the three names in dashboards, mails, .env files and JSON. */
const NAMES = {
  clientId: /client[\s_-]*id/iu,
  clientSecret: /client[\s_-]*secret|secret[\s_-]*key/iu,
  subAccountId: /sub[\s_-]*account(?:[\s_-]*id)?|account[\s_-]*id/iu,
} as const;

/**
 * Reads a paste that holds more than one value: lines of an e-mail, a .env file, JSON, two values one below the other. Null
 * when it is a single value, or the values cannot be told apart: then it goes into the field unchanged.
 */
export function readPastedCredentials(text: string): PastedCredentials | null {
  if (text.length > LONGEST_PASTE || !/[\n\r,{]/u.test(text.trim())) return null;
  const found = { clientId: named(text, NAMES.clientId), clientSecret: named(text, NAMES.clientSecret), subAccountId: named(text, NAMES.subAccountId) };
  const accountId = found.subAccountId ?? /\bacc_\w{1,90}\b/u.exec(text)?.[0] ?? null;
  if (found.clientId !== null || found.clientSecret !== null) return { ...found, subAccountId: accountId };
  return withoutNames(text);
}

/** The word behind the name: `client_id: test_1`, `"client_id":"test_1"`, `export CLIENT_ID=test_1`, or on the next line. */
function named(text: string, name: RegExp): string | null {
  const match = new RegExp(`(?:${name.source})["'\`]?\\s*(?:[:=]|\\r?\\n|\\t)\\s*["'\`“‘]?([^\\s"'\`,”’}]+)`, 'iu').exec(text);
  const value = match === null ? '' : withoutTrimmings(match[1]!);
  return value === '' ? null : value;
}

/** One value a line; the client id is the one that says test_ or live_. */
function withoutNames(text: string): PastedCredentials | null {
  const words = text.split(/[\s,]+/u).map(withoutTrimmings).filter((word) => word !== '');
  if (words.length < 2 || words.length > 3) return null;
  const clientId = words.find((word) => /^(?:test|live)_/u.test(word));
  const subAccountId = words.find((word) => word.startsWith('acc_')) ?? null;
  const others = words.filter((word) => word !== clientId && word !== subAccountId);
  return clientId !== undefined && others.length === 1 ? { clientId, clientSecret: others[0]!, subAccountId } : null;
}
