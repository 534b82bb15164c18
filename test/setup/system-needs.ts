import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { HEADLESS_SHELL, findChromium } from '../host/chromium-binary.ts';
import { runProgram } from './script.ts';

/** The programs that npm cannot install, and their Debian packages. */
type Need = { readonly name: string; readonly isThere: () => boolean; readonly packages: readonly string[] };

export const SYSTEM_NEEDS = {
  chromium: { name: 'a Chromium browser', isThere: () => findChromium() !== undefined, packages: ['chromium', 'fonts-liberation'] },
  // Only Debian packages it; elsewhere Chromium takes its place.
  headlessShell: { name: 'Chromium’s headless shell', isThere: () => !isDebian() || existsSync(HEADLESS_SHELL), packages: ['chromium-headless-shell'] },
  keyring: {
    name: 'a Secret Service (GNOME Keyring) for the real keychain',
    isThere: () => process.platform !== 'linux' || ['gnome-keyring-daemon', 'dbus-daemon', 'dbus-send'].every(has),
    packages: ['gnome-keyring', 'dbus', 'libsecret-1-0'],
  },
  // Elsewhere no rpm is made, and no store of that kind is read.
  rpm: { name: 'rpmbuild', isThere: () => process.platform !== 'linux' || has('rpmbuild'), packages: ['rpm'] },
  certutil: { name: 'certutil', isThere: () => process.platform !== 'linux' || has('certutil'), packages: ['libnss3-tools'] },
  // For receipts: a decoder reads the code, a real queue takes the bytes, and a PDF is read.
  zbar: { name: 'zbarimg', isThere: () => process.platform !== 'linux' || has('zbarimg'), packages: ['zbar-tools'] },
  cups: { name: 'CUPS', isThere: () => process.platform !== 'linux' || (has('lp') && has('cupsd')), packages: ['cups', 'cups-client'] },
  openssl: { name: 'openssl', isThere: () => has('openssl'), packages: ['openssl'] },
} as const satisfies Record<string, Need>;
export type SystemNeed = keyof typeof SYSTEM_NEEDS;

function isDebian(): boolean {
  return existsSync('/etc/os-release') && /^ID=debian$/mu.test(readFileSync('/etc/os-release', 'utf8'));
}

/** Whether a program of this name is in the PATH. */
export function has(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;
}

/** On Debian as root installs missing packages; elsewhere names the command. False when one is still missing. */
export async function bringSystemNeeds(needs: readonly SystemNeed[]): Promise<boolean> {
  const missing = needs.map((need): Need => SYSTEM_NEEDS[need]).filter(({ isThere }) => !isThere());
  if (missing.length === 0) return true;
  const packages = missing.flatMap((need) => need.packages);
  const names = missing.map((need) => need.name).join(' and ');
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !has('apt-get')) {
    console.error(`Counter needs ${names}.`);
    console.error(`On Debian or Ubuntu: sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`);
    return false;
  }
  console.log(`Installing ${names} (${packages.join(' ')})…`);
  for (const args of [['update', '-qq'], ['install', '-y', '-qq', '--no-install-recommends', ...packages]]) {
    const code = await runProgram('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 'inherit'] });
    if (code === 0) continue;
    console.error(`Could not install ${names}.`);
    console.error(`Try it by hand: apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`);
    return false;
  }
  return true;
}
