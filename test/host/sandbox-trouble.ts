import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The facts of this Linux machine; a parameter, so that tests can simulate others. */
export type Machine = {
  /** Of the user who starts Electron. */
  readonly userId: number;
  /** A setting of the kernel, "0" or "1"; null where it has none of this name. */
  readonly kernelSetting: (path: string) => string | null;
  readonly owner: (path: string) => { readonly userId: number; readonly mode: number } | null;
};

const ROOT = 0;
const SET_USER_ID = 0o4000;

/** Each, at this value, forbids the namespaces that Chromium's sandbox needs. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  // Ubuntu, since 23.10.
  '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1',
  // Debian, until 10.
  '/proc/sys/kernel/unprivileged_userns_clone': '0',
  '/proc/sys/user/max_user_namespaces': '0',
};

/**
 * Why Electron would abort at its start, and the command that fixes it; null: it would not. An unpacked Electron has a helper for
 * machines without namespaces, which only works when it belongs to root and has the right to become root.
 */
export function sandboxTrouble(electron: string, machine: Machine): string | null {
  if (machine.userId === ROOT) return null;
  const forbidding = Object.entries(FORBIDDEN).find(([path, value]) => machine.kernelSetting(path) === value);
  if (forbidding === undefined) return null;
  const helper = join(dirname(electron), 'chrome-sandbox');
  const found = machine.owner(helper);
  if (found !== null && found.userId === ROOT && (found.mode & SET_USER_ID) !== 0) return null;
  return `Electron cannot start here: ${forbidding[0]} is ${forbidding[1]}, so Chromium's sandbox needs its helper. This mends it, once:\n  sudo chown root '${helper}' && sudo chmod 4755 '${helper}'`;
}

export const thisMachine: Machine = {
  userId: process.getuid?.() ?? ROOT,
  kernelSetting(path) {
    try {
      return readFileSync(path, 'utf8').trim();
    } catch {
      return null;
    }
  },
  owner(path) {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? null : { userId: stat.uid, mode: stat.mode };
  },
};
