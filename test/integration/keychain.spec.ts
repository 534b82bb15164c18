import { execFileSync, spawnSync } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import type { Credentials } from '../../contract/credentials.ts';
import { openKeychain } from '../../main/storage/keychain.ts';

/* A real GNOME Keyring, unlocked and deleted by test/setup/with-keyring.sh around the whole run. */
const hasKeyring = process.platform === 'linux' && process.env['DBUS_SESSION_BUS_ADDRESS'] !== undefined;
if (!hasKeyring) console.warn('keychain.spec.ts: skipped, no D-Bus session here; run it through `npm test`, which brings a keyring.');

const register = { id: 'register-1', subAccountId: 'acc_1' };
const credentials: Credentials = { kind: 'client', clientId: 'test_shop', clientSecret: 'a secret with ünïcödé and "quotes"' };

describe.skipIf(!hasKeyring)('the keychain of the operating system', () => {
  const keychain = openKeychain();
  afterEach(async () => {
    await keychain.remove();
  });

  test('gives back what was saved, and forgets what was removed', async () => {
    expect(await keychain.read()).toEqual({ kind: 'failed', failure: { kind: 'keychain-locked' } });
    expect((await keychain.save(credentials, register)).kind).toBe('ok');
    expect(await keychain.read()).toEqual({ kind: 'ok', value: credentials });
    expect(await openKeychain().read()).toEqual({ kind: 'ok', value: credentials });
    expect((await keychain.remove()).kind).toBe('ok');
    expect((await keychain.remove()).kind).toBe('ok');
    expect(await keychain.read()).toEqual({ kind: 'failed', failure: { kind: 'keychain-locked' } });
  });

  test('disconnecting forgets the account and not the PINs: their pepper stays', async () => {
    await keychain.savePepper('salt-and-pepper');
    await keychain.save(credentials, register);
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
  const forgetful = openKeychain({ load: async () => ({ getPassword: async () => null, setPassword: async () => {}, deletePassword: async () => true }) });
  expect(await forgetful.save(credentials, register)).toMatchObject({ kind: 'failed', failure: { kind: 'keychain-unavailable' } });
  expect(await forgetful.savePepper('pepper')).toMatchObject({ kind: 'failed', failure: { kind: 'keychain-unavailable' } });
});

describe('C-25: a keychain that hangs', () => {
  /** Does not answer until it is released. */
  function hanging() {
    const kept = new Map<string, string>();
    const waiting: (() => void)[] = [];
    let asked = 0;
    let hangs = true;
    const wait = () => ((asked += 1), hangs ? new Promise<void>((resolve) => void waiting.push(resolve)) : Promise.resolve());
    const store = {
      async getPassword(_service: string, account: string) {
        await wait();
        return kept.get(account) ?? null;
      },
      async setPassword(_service: string, account: string, password: string) {
        await wait();
        kept.set(account, password);
      },
      async deletePassword(_service: string, account: string) {
        await wait();
        return kept.delete(account);
      },
    };
    return { load: async () => store, asked: () => asked, kept, letGo: () => ((hangs = false), waiting.splice(0).forEach((go) => go())) };
  }

  test('is given up, and not asked again while it hangs; a late answer is reported', async () => {
    const system = hanging();
    let late = 0;
    const keychain = openKeychain({ load: system.load, answerWithinMs: 20, onLateAnswer: () => (late += 1) });
    expect(await keychain.readContent(true)).toEqual({ kind: 'keychain-unavailable' });
    expect((await keychain.read()).kind).toBe('failed');
    expect((await keychain.save(credentials, register)).kind).toBe('failed');
    expect([system.asked(), late]).toEqual([1, 0]);
    system.letGo();
    await expect.poll(() => late).toBe(1);
    expect((await keychain.save(credentials, register)).kind).toBe('ok');
    expect(await keychain.read()).toEqual({ kind: 'ok', value: credentials });
  });

  test('an abandoned write that succeeds later is undone', async () => {
    const system = hanging();
    system.letGo();
    const keychain = openKeychain({ load: async () => ({ ...(await system.load()), setPassword: async (_service, account, password) => (await slow, system.kept.set(account, password), undefined) }), answerWithinMs: 20 });
    let goOn = () => {};
    const slow = new Promise<void>((resolve) => (goOn = resolve));
    expect((await keychain.save(credentials, register)).kind).toBe('failed');
    goOn();
    await expect.poll(async () => (await keychain.read()).kind).toBe('failed');
    expect([...system.kept.keys()]).toEqual([]);
  });
});

describe('the keychain’s record of a register', () => {
  const pin = { cost: 2 ** 15, blockSize: 8, parallel: 1, salt: 'c2FsdHNhbHRzYWx0', hash: 'aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g=' };
  function open() {
    const kept = new Map<string, string>();
    return openKeychain({ load: async () => ({ getPassword: async (_, account) => kept.get(account) ?? null, setPassword: async (_, account, password) => void kept.set(account, password), deletePassword: async (_, account) => kept.delete(account) }) });
  }

  test('A-03: whose credentials they are, and the manager’s PIN, which stays when they go', async () => {
    const keychain = open();
    expect(await keychain.readContent(true)).toEqual({ kind: 'nothing', managerPin: null });
    await keychain.savePepper('pepper');
    await keychain.bindPin('register-1', pin);
    await keychain.save(credentials, register);
    expect(await keychain.readContent(true)).toEqual({ kind: 'credentials', credentialsKind: 'client', register, managerPin: { registerId: 'register-1', pin } });
    await keychain.remove();
    expect(await keychain.readContent(false)).toEqual({ kind: 'nothing', managerPin: { registerId: 'register-1', pin } });
  });

  test('its content before, when a change is undone', async () => {
    const keychain = open();
    const takeBack = await keychain.remember();
    await keychain.save(credentials, register);
    await takeBack();
    expect(await keychain.readContent(false)).toEqual({ kind: 'nothing', managerPin: null });
  });
});

describe.skipIf(process.platform !== 'linux')('a PC without a keychain', () => {
  test('is recognised, without a crash and without a file as a fallback', () => {
    const script = `
      const { openKeychain } = await import('./main/storage/keychain.ts');
      const keychain = openKeychain();
      const kinds = [await keychain.read(), await keychain.save({ kind: 'client', clientId: 'a', clientSecret: 'b' }, { id: 'r', subAccountId: 'acc_1' })].map((r) => r.kind === 'failed' ? r.failure.kind : r.kind);
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
      const said = [(await keychain.save({ kind: 'client', clientId: 'a', clientSecret: 'b' }, { id: 'r', subAccountId: 'acc_1' })).kind];
      const { execFileSync } = await import('node:child_process');
      execFileSync('dbus-send', ${JSON.stringify(lock)});
      const read = await keychain.read();
      said.push(read.kind === 'failed' ? read.failure.kind : read.kind);
      const saved = await keychain.save({ kind: 'client', clientId: 'a', clientSecret: 'c' }, { id: 'r', subAccountId: 'acc_1' });
      said.push(saved.kind === 'failed' ? saved.failure.kind : saved.kind);
      process.stdout.write(JSON.stringify(said));`;
    // A keyring of its own: this one is not unlocked again.
    const out = execFileSync('bash', ['test/setup/with-keyring.sh', process.execPath, '--input-type=module', '-e', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expect(JSON.parse(out)).toEqual(['ok', 'keychain-locked', 'keychain-unavailable']);
  });
});
