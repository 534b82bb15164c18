import { z } from 'zod';
import { LONGEST_CASHIER_NAME, MOST_CASHIERS } from '../../contract/cashier.ts';
import type { Result } from '../../contract/result.ts';
import { foreignId, reportedText } from '../../contract/text.ts';
import { type FileFound, type Unwritable, openJsonFile } from './json-file.ts';

export const storedPin = z.strictObject({
  // Bounds, so that a foreign file can neither make hashing take minutes, nor make it worthless.
  cost: z.int().min(2 ** 15).max(2 ** 18),
  blockSize: z.int().min(8).max(16),
  parallel: z.int().min(1).max(4),
  salt: z.base64().min(16).max(100),
  hash: z.base64().min(40).max(100),
});

export type StoredPin = Readonly<z.infer<typeof storedPin>>;

const failures = z.int().min(0).default(0);

/** The hashes of the PINs, worth nothing without the pepper in the keychain, and how many wrong tries each has had in a row. */
export const pinsSchema = z.object({
  managerPin: storedPin.nullable().default(null),
  managerFailures: failures,
  /** Wrong PINs of all cashiers at this register. */
  cashierFailures: failures,
  cashiers: z.array(z.object({ id: foreignId(60), name: reportedText(LONGEST_CASHIER_NAME), pin: storedPin, failures })).max(MOST_CASHIERS).default([]),
});
type Pins = z.infer<typeof pinsSchema>;

export type PinFile = {
  /** The condition of the file. */
  found(): FileFound;
  read(): Pins;
  /** Durable when it returns ok. */
  change(change: { readonly [Part in keyof Pins]?: Pins[Part] | undefined }): Result<null, Unwritable>;
};

/**
 * Opens the file of the PINs. Without it there is no PIN but the manager's, which the keychain holds as well. A damaged file is reported to `onDamaged` and set aside.
 */
export function openPinFile(file: string, onDamaged: (detail: string) => void): PinFile {
  const kept = openJsonFile(file, pinsSchema, onDamaged);
  return { found: kept.found, read: kept.read, change: (change) => kept.write(pinsSchema.parse({ ...kept.read(), ...change })) };
}
