import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The storage of a register: its data folder, and the keyring with its secret. */
export type RegisterStorage = { readonly userData: string; readonly keyringFolder: string };

export const KEYRING_PASSWORD = 'the right one';
/** Runs a program with a Secret Service of its own, on the keyring of a place. */
export const withKeyring = join(import.meta.dirname, '../setup/with-keyring.sh');

export function newRegisterStorage(): RegisterStorage {
  const folder = (what: string) => mkdtempSync(join(tmpdir(), `counter-${what}-`));
  return { userData: folder('till'), keyringFolder: folder('keyring') };
}

/** As an installer moves a register to another PC: everything, while it does not run. */
export function copyRegisterStorage(from: RegisterStorage, to: RegisterStorage = newRegisterStorage()): RegisterStorage {
  for (const part of ['userData', 'keyringFolder'] as const) cpSync(from[part], to[part], { recursive: true });
  return to;
}

export function removeRegisterStorage({ userData, keyringFolder }: RegisterStorage): void {
  for (const folder of [userData, keyringFolder]) rmSync(folder, { recursive: true, force: true });
}
