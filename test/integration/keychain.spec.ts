import { execFileSync, spawnSync } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import type { Credentials } from '../../contract/credentials.ts';
import { openKeychain } from '../../main/storage/keychain.ts';

/* A real GNOME Keyring, unlocked and thrown away by test/setup/with-keyring.sh around the whole run. */
const hasKeyring = process.platform === 'linux' && process.env['DBUS_SESSION_BUS_ADDRESS'] !== undefined;
if (!hasKeyring) console.warn('keychain.spec.ts: skipped, no D-Bus session here; run it through `npm test`, which brings a keyring.');

const credentials: Credentials = { kind: 'client', clientId: 'test_shop', clientSecret: 'a secret with ünïcödé and "quotes"' };

describe.skipIf(!hasKeyring)('the keychain of the operating system', () => {
  const keychain = openKeychain();
  afterEach(async () => {
    await keychain.remove();
  });

  test('gives back what was saved, and forgets what was removed', async () => {
    expect(await keychain.read()).toEqual({ kind: 'failed', failure: { kind: 'keychain-locked' } });
    expect((await keychain.save(credentials)).kind).toBe('ok');
    expect(await keychain.read()).toEqual({ kind: 'ok', value: credentials });
    expect(await openKeychain().read()).toEqual({ kind: 'ok', value: credentials });
    expect((await keychain.remove()).kind).toBe('ok');
    expect((await keychain.remove()).kind).toBe('ok');
    expect(await keychain.read()).toEqual({ kind: 'failed', failure: { kind: 'keychain-locked' } });
  });

  test('disconnecting forgets the account and not the PINs: their pepper stays', async () => {
    await keychain.savePepper('salt-and-pepper');
    await keychain.save(credentials);
    expect(await keychain.readPepper()).toEqual({ kind: 'ok', value: 'salt-and-pepper' });
    await keychain.remove();
    expect(await keychain.readPepper()).toEqual({ kind: 'ok', value: 'salt-and-pepper' });
    expect(await keychain.read()).toEqual({ kind: 'failed', failure: { kind: 'keychain-locked' } });
    const { default: keytar } = await import('keytar');
    await keytar.deletePassword('Counter', 'justifi');
  });

  test('says damaged when the item is not ours', async () => {
    const { default: keytar } = await import('keytar');
    await keytar.setPassword('Counter', 'justifi', '{"clientId": 1}');
    expect(await keychain.read()).toEqual({ kind: 'failed', failure: { kind: 'keychain-damaged' } });
  });
});

test('a keychain that takes a value and does not give it back has not kept it', async () => {
  const forgetful = openKeychain(async () => ({ getPassword: async () => null, setPassword: async () => {}, deletePassword: async () => true }));
  expect(await forgetful.save(credentials)).toMatchObject({ kind: 'failed', failure: { kind: 'keychain-unavailable' } });
  expect(await forgetful.savePepper('pepper')).toMatchObject({ kind: 'failed', failure: { kind: 'keychain-unavailable' } });
});

describe.skipIf(process.platform !== 'linux')('a PC without a keychain', () => {
  test('is told apart, without a crash and without a file as a fallback', () => {
    const script = `
      const { openKeychain } = await import('./main/storage/keychain.ts');
      const keychain = openKeychain();
      const kinds = [await keychain.read(), await keychain.save({ kind: 'client', clientId: 'a', clientSecret: 'b' })].map((r) => r.kind === 'failed' ? r.failure.kind : r.kind);
      process.stdout.write(JSON.stringify(kinds));`;
    const env = { PATH: process.env['PATH'], HOME: '/nonexistent', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' };
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' });
    expect(run.status).toBe(0);
    expect(JSON.parse(run.stdout)).toEqual(['keychain-unavailable', 'keychain-unavailable']);
  });

  test.skipIf(!hasKeyring)('a locked keyring is no crash; it looks empty, which is why the settings remember', () => {
    const lock = [
      '--session', '--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets',
      'org.freedesktop.Secret.Service.Lock', 'array:objpath:/org/freedesktop/secrets/collection/login',
    ];
    const script = `
      const { openKeychain } = await import('./main/storage/keychain.ts');
      const keychain = openKeychain();
      const said = [(await keychain.save({ kind: 'client', clientId: 'a', clientSecret: 'b' })).kind];
      const { execFileSync } = await import('node:child_process');
      execFileSync('dbus-send', ${JSON.stringify(lock)});
      const read = await keychain.read();
      said.push(read.kind === 'failed' ? read.failure.kind : read.kind);
      const saved = await keychain.save({ kind: 'client', clientId: 'a', clientSecret: 'c' });
      said.push(saved.kind === 'failed' ? saved.failure.kind : saved.kind);
      process.stdout.write(JSON.stringify(said));`;
    // A keyring of its own: this one is not unlocked again.
    const out = execFileSync('bash', ['test/setup/with-keyring.sh', process.execPath, '--input-type=module', '-e', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expect(JSON.parse(out)).toEqual(['ok', 'keychain-locked', 'keychain-unavailable']);
  });
});
