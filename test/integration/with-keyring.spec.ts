import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const withKeyring = join(import.meta.dirname, '../setup/with-keyring.sh');

test.skipIf(process.platform !== 'linux')('E-06: a test’s keyring leaves the display to the command that it is for, and has none itself', () => {
  const environmentOf = (program: string) => `tr '\\0' '\\n' < /proc/$(pgrep -f -P "$PPID" ${program})/environ | grep DISPLAY || echo ${program} has none`;
  const { stdout } = spawnSync('bash', [withKeyring, 'sh', '-c', `echo "$DISPLAY $WAYLAND_DISPLAY"; ${environmentOf('dbus-daemon')}; ${environmentOf('gnome-keyring-daemon')}`], { encoding: 'utf8', env: { ...process.env, DISPLAY: ':5', WAYLAND_DISPLAY: 'wayland-5' } });
  expect(stdout.trim().split('\n')).toEqual([':5 wayland-5', 'dbus-daemon has none', 'gnome-keyring-daemon has none']);
});
