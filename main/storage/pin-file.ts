import { z } from 'zod';
import { LONGEST_CASHIER_NAME, MOST_CASHIERS } from '../../contract/cashier.ts';
import type { Result } from '../../contract/result.ts';
import { type Unwritable, openKeptFile } from './kept-file.ts';

const storedPin = z.strictObject({
  // Bounds, so that a file from elsewhere cannot make Counter work for minutes, nor for nothing.
  cost: z.int().min(2 ** 15).max(2 ** 18),
  blockSize: z.int().min(8).max(16),
  parallel: z.int().min(1).max(4),
  salt: z.base64().min(16).max(100),
  hash: z.base64().min(40).max(100),
});

const failures = z.int().min(0).default(0);

/** The hashes of the PINs, worth nothing without the pepper in the keychain, and how often each was missed in a row. */
const pinsSchema = z.object({
  managerPin: storedPin.nullable().default(null),
  managerFailures: failures,
  cashiers: z.array(z.object({ id: z.string().min(1).max(60), name: z.string().min(1).max(LONGEST_CASHIER_NAME), pin: storedPin, failures })).max(MOST_CASHIERS).default([]),
});
export type Pins = z.infer<typeof pinsSchema>;

export type PinFile = {
  read(): Pins;
  /** Durable when it returns ok. */
  change(change: { readonly [Part in keyof Pins]?: Pins[Part] | undefined }): Result<null, Unwritable>;
};

/**
 * Opens the file of the PINs. Without it there is no PIN: then the manager's side opens by the JustiFi secret, or, where no account
 * is connected, for everybody. A damaged file is told to `onDamaged` and set aside.
 */
export function openPinFile(file: string, onDamaged: (detail: string) => void): PinFile {
  const kept = openKeptFile(file, pinsSchema, onDamaged);
  return { read: kept.read, change: (change) => kept.write(pinsSchema.parse({ ...kept.read(), ...change })) };
}
