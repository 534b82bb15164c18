import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** A PIN as it is stored. Salt and hash in base64. */
export type StoredPin = { readonly cost: number; readonly blockSize: number; readonly parallel: number; readonly salt: string; readonly hash: string };

/** 32 MiB and some 100 ms on a counter PC. https://datatracker.ietf.org/doc/html/rfc7914 */
const COST = { cost: 2 ** 15, blockSize: 8, parallel: 1 } as const;
const HASH_BYTES = 32;
const SALT_BYTES = 16;

/**
 * SECURITY: with only a million PINs, any hash that can be tried elsewhere is cracked. So the pepper, which is in the OS keychain and not in
 * this file, is added first: the file alone is worthless.
 */
export async function hashPin(pin: string, pepper: string): Promise<StoredPin> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(pin, pepper, salt, COST);
  return { ...COST, salt: salt.toString('base64'), hash: hash.toString('base64') };
}

/** Takes the same time for a right and a wrong PIN. */
export async function isPin(pin: string, pepper: string, stored: StoredPin): Promise<boolean> {
  const expected = Buffer.from(stored.hash, 'base64');
  const hash = await derive(pin, pepper, Buffer.from(stored.salt, 'base64'), stored);
  return expected.length === hash.length && timingSafeEqual(expected, hash);
}

export function newPepper(): string {
  return randomBytes(32).toString('base64');
}

/** Constant time also for texts of different length: their sums are compared. */
export function isSameText(a: string, b: string): boolean {
  const sum = (text: string) => createHmac('sha256', 'counter').update(text).digest();
  return timingSafeEqual(sum(a), sum(b));
}

function derive(pin: string, pepper: string, salt: Buffer, { cost, blockSize, parallel }: Pick<StoredPin, 'cost' | 'blockSize' | 'parallel'>): Promise<Buffer> {
  const secret = createHmac('sha256', Buffer.from(pepper, 'base64')).update(pin).digest();
  const options = { N: cost, r: blockSize, p: parallel, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, HASH_BYTES, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
