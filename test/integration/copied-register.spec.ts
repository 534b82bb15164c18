import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAppServices } from '../../main/account/app-services.ts';
import { directly } from '../../main/network/route.ts';
import { readMachine } from '../../main/storage/machine.ts';
import { workHere } from './journal-shop.ts';

/* A PC's disk is cloned or moved: the copy of a register on another PC. With a real keyring, which is copied too. */
const hasKeyring = process.platform === 'linux' && process.env['DBUS_SESSION_BUS_ADDRESS'] !== undefined;

const account = { subAccountId: 'acc_1', name: 'Shop', currency: 'USD', mode: 'test', credentialsKind: 'client' } as const;
const credentials = { kind: 'client', clientId: 'test_shop', clientSecret: 'sk_of_the_test_key' } as const;
const [PC, OTHER_PC] = ['a'.repeat(64), 'b'.repeat(64)];

describe.skipIf(!hasKeyring)('C-28: two PCs cloned from one image', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'counter-copied-'));
  });
  afterEach(async () => {
    await services(PC).keychain.remove();
    rmSync(folder, { recursive: true });
  });

  const services = (machine: string | null, dataFolder = folder) => createAppServices({ dataFolder, policyFile: join(folder, 'no-policy.json'), machine: async () => machine, journalWork: workHere(), findRoute: directly });
  async function connected(machine: string | null): Promise<string> {
    const first = services(machine);
    await first.decideState();
    expect((await first.accountKeychain.save(credentials, account.subAccountId)).kind).toBe('ok');
    expect(first.begin({ account }).kind).toBe('ok');
    expect(await first.decideState()).toEqual({ kind: 'connected' });
    return first.registerId();
  }

  test('the copy gets an id of its own, once, says which register it was, and stays connected', async () => {
    const before = await connected(PC);
    const told: string[][] = [];
    const copy = services(OTHER_PC);
    copy.onCopied((...ids) => told.push(ids));
    expect(await copy.decideState()).toEqual({ kind: 'connected' });
    const after = copy.registerId();
    expect(after).not.toBe(before);
    expect(told).toEqual([[before, after]]);
    expect(copy.settings.read()).toMatchObject({ registerId: after, copiedFrom: before, account });
    // At the next start, and the one after: the same register on the same PC.
    const again = services(OTHER_PC);
    expect([await again.decideState(), again.registerId()]).toEqual([{ kind: 'connected' }, after]);
    expect(await again.keychain.read()).toMatchObject({ kind: 'ok', value: credentials });
  });

  test('two copies of one register get two ids', async () => {
    await connected(PC);
    const image = mkdtempSync(join(tmpdir(), 'counter-image-'));
    cpSync(folder, image, { recursive: true });
    const one = services(OTHER_PC);
    await one.decideState();
    const other = services('c'.repeat(64), image);
    // The keyring of this spec is one; that of a cloned PC is its own.
    await other.keychain.rebind(one.registerId(), other.registerId());
    await other.decideState();
    expect(new Set([one.registerId(), other.registerId()]).size).toBe(2);
    rmSync(image, { recursive: true });
  });

  test('the same PC stays the same register, also where its system has no id for the PC, or gets one later', async () => {
    const before = await connected(null);
    for (const machine of [null, PC, PC, null, PC]) {
      const run = services(machine);
      expect([await run.decideState(), run.registerId(), run.settings.read().copiedFrom]).toEqual([{ kind: 'connected' }, before, null]);
    }
  });
});

describe('what tells a PC from another', () => {
  const said = (platform: NodeJS.Platform, text: string, find: RegExp) => readMachine(platform, { [platform]: { read: async () => text, find } });
  const MACHINE_ID = /^([\da-f]{32})\s*$/u;

  test('is a hash that does not hold the id, and another for another id', async () => {
    const id = '0123456789abcdef0123456789abcdef';
    const mark = await said('linux', `${id}\n`, MACHINE_ID);
    expect(mark).toMatch(/^[a-p]{64}$/u);
    expect(await said('linux', id, MACHINE_ID)).toBe(mark);
    expect(await said('linux', id.replace('0', '1'), MACHINE_ID)).not.toBe(mark);
  });

  test('is nothing where the system says nothing, or an image was made to be copied', async () => {
    for (const text of ['', 'uninitialized\n', '0'.repeat(32), 'x'.repeat(32)]) expect(await said('linux', text, MACHINE_ID)).toBeNull();
    expect(await readMachine('aix')).toBeNull();
  });
});
