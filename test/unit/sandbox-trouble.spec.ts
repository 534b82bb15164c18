import { describe, expect, test } from 'vitest';
import { type Machine, sandboxTrouble } from '../host/sandbox-trouble.ts';

const ELECTRON = '/home/dev/counter/node_modules/electron/dist/electron';
const APPARMOR = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';

function machine(settings: Readonly<Record<string, string>>, helper: { readonly userId: number; readonly mode: number } | null = { userId: 1000, mode: 0o100755 }, userId = 1000): Machine {
  return { userId, kernelSetting: (path) => settings[path] ?? null, owner: (path) => (path.endsWith('/dist/chrome-sandbox') ? helper : null) };
}

describe('E-09: before Electron is started from its folder', () => {
  test('a kernel that forbids ordinary programs namespaces is named, with the command that fixes it', () => {
    const sentence = sandboxTrouble(ELECTRON, machine({ [APPARMOR]: '1' }));
    expect(sentence).toMatch(/^Electron cannot start here: \/proc\/sys\/kernel\/apparmor_restrict_unprivileged_userns is 1, /u);
    expect(sentence?.split('\n').slice(1)).toEqual(["  sudo chown root '/home/dev/counter/node_modules/electron/dist/chrome-sandbox' && sudo chmod 4755 '/home/dev/counter/node_modules/electron/dist/chrome-sandbox'"]);
    expect(sandboxTrouble(ELECTRON, machine({ '/proc/sys/kernel/unprivileged_userns_clone': '0' }))).toMatch(/unprivileged_userns_clone is 0/u);
    // A helper that may become root, but is another user's.
    expect(sandboxTrouble(ELECTRON, machine({ [APPARMOR]: '1' }, { userId: 1000, mode: 0o104755 }))).not.toBeNull();
    expect(sandboxTrouble(ELECTRON, machine({ [APPARMOR]: '1' }, null))).not.toBeNull();
  });

  test('there is no message where it starts: namespaces for all, a fixed helper, or root', () => {
    expect(sandboxTrouble(ELECTRON, machine({ [APPARMOR]: '0', '/proc/sys/user/max_user_namespaces': '15000' }))).toBeNull();
    expect(sandboxTrouble(ELECTRON, machine({}))).toBeNull();
    expect(sandboxTrouble(ELECTRON, machine({ [APPARMOR]: '1' }, { userId: 0, mode: 0o104755 }))).toBeNull();
    expect(sandboxTrouble(ELECTRON, machine({ [APPARMOR]: '1' }, null, 0))).toBeNull();
  });
});
