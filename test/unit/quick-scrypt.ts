import type * as Crypto from 'node:crypto';

/** Node's crypto with a cheap scrypt, for specs of the limits on PIN tries. The real cost is tested in pin.spec and constant-time.spec. */
export function withQuickScrypt(crypto: typeof Crypto): typeof Crypto {
  const scrypt = ((secret: Buffer, salt: Buffer, length: number, options: Crypto.ScryptOptions, done: (error: Error | null, key: Buffer) => void) => {
    crypto.scrypt(secret, salt, length, { ...options, N: 16 }, done);
  }) as typeof Crypto.scrypt;
  return { ...crypto, scrypt };
}
