import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readBounded } from '../files/bounded-file.ts';

/** Bytes and ms: far more than any of them needs. */
const LONGEST = 64_000;
const PATIENCE_MS = 3_000;

const NOTHING = /^0*$/u;

/** The place of the PC's id on each system, made when the system was set up; a copied disk should get another. */
const IDS: Partial<Record<NodeJS.Platform, { readonly read: () => Promise<string>; readonly find: RegExp }>> = {
  // https://www.freedesktop.org/software/systemd/man/latest/machine-id.html
  linux: { read: async () => textOf('/etc/machine-id'), find: /^([\da-f]{32})\s*$/u },
  win32: { read: () => said('C:\\Windows\\System32\\reg.exe', ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid', '/reg:64']), find: /MachineGuid\s+REG_SZ\s+([\da-f-]{36})/iu },
  darwin: { read: () => said('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']), find: /"IOPlatformUUID" = "([\da-f-]{36})"/iu },
};

/** A hash that differs from PC to PC and reveals nothing else; null where the system has no id for the PC. */
export async function readMachine(platform: NodeJS.Platform = process.platform, ids = IDS): Promise<string | null> {
  const source = ids[platform];
  if (source === undefined) return null;
  const [, id] = source.find.exec(await source.read()) ?? [];
  // A disk image for copying has no id yet.
  if (id === undefined || NOTHING.test(id.replaceAll('-', ''))) return null;
  // Letters only: no digits of a hash are ever taken for a card number.
  return createHmac('sha256', 'Counter, register').update(id.toLowerCase()).digest('hex').replaceAll(/\d/gu, (digit) => 'ghijklmnop'[Number(digit)]!);
}

function textOf(file: string): string {
  const text = readBounded(file, LONGEST);
  return text.kind === 'ok' ? text.value : '';
}

/** SECURITY: a fixed program of the system's own, by its full path, without anything from us in its environment (S-23). */
function said(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { env: {}, timeout: PATIENCE_MS, maxBuffer: LONGEST, windowsHide: true }, (error, output) => resolve(error === null ? output : ''));
  });
}
