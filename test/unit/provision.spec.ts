import { beforeEach, describe, expect, test } from 'vitest';
import type { Credentials } from '../../contract/credentials.ts';
import { failed, ok } from '../../contract/result.ts';
import type { ConnectedAccount } from '../../main/manager/connect-account.ts';
import { provision } from '../../main/manager/provision.ts';

const ORDER = { clientId: 'test_shop', clientSecret: 'sk_of_the_test_key', subAccountId: 'acc_shop' };
const offer = { id: 'acc_shop', name: 'Shop', status: 'enabled', currency: 'USD', mode: 'test', takes: null, obstacle: null } as const;

let account: ConnectedAccount | null;
let inKeychain: Credentials | null;
let diskWorks: boolean;
let asked: number;
let guarded: string[];
let locked: readonly string[];
let named: string;

beforeEach(() => {
  [account, inKeychain, diskWorks, asked, guarded, locked, named] = [null, null, true, 0, [], [], ''];
});

const run = (order: unknown) =>
  provision({
    input: JSON.stringify(order),
    tryCredentials: () => ({ access: async () => ok(null), list: async () => ok({ offers: [offer], isCut: false }), read: async () => ((asked += 1), ok(offer)) }),
    keychain: {
      read: async () => (inKeychain === null ? failed({ kind: 'keychain-locked' as const }) : ok(inKeychain)),
      save: async (credentials) => ((inKeychain = credentials), ok(null)),
      remove: async () => ((inKeychain = null), ok(null)),
    },
    settings: {
      locked,
      read: () => ({ account, registerName: 'Register 1' }),
      change(change) {
        if (!diskWorks) return failed('disk full');
        ({ account, registerName: named } = change);
        return ok(null);
      },
    },
    audit: { note: () => ok(null) },
    protect: (_kind, secret) => void guarded.push(secret),
  });

describe('a register is provisioned without anybody at its screen', () => {
  test('once: an account that is there is replaced only where the order says so', async () => {
    expect(await run(ORDER)).toMatchObject({ kind: 'ok', value: { subAccountId: 'acc_shop', mode: 'test' } });
    expect(guarded).toContain(ORDER.clientSecret);
    const other = { ...ORDER, clientSecret: 'sk_of_somebody_else' };
    expect(await run(other)).toEqual({ kind: 'failed', failure: { kind: 'already-connected' } });
    expect([asked, inKeychain]).toEqual([1, { kind: 'client', clientId: 'test_shop', clientSecret: 'sk_of_the_test_key' }]);
    expect((await run({ ...other, replace: true })).kind).toBe('ok');
    expect(inKeychain).toMatchObject({ clientSecret: 'sk_of_somebody_else' });
  });

  test('with its name, unless the company has locked that', async () => {
    await run({ ...ORDER, registerName: 'Front' });
    expect(named).toBe('Front');
    locked = ['registerName'];
    expect((await run({ ...ORDER, registerName: 'Front', replace: true })).kind).toBe('ok');
    expect(named).toBe('Register 1');
  });

  test('nothing is kept unless all of it works', async () => {
    diskWorks = false;
    expect(await run(ORDER)).toEqual({ kind: 'failed', failure: { kind: 'settings-unwritable' } });
    expect([account, inKeychain]).toEqual([null, null]);
  });

  test('what is no order is refused, whatever else it holds', async () => {
    for (const order of [null, [], 'order', { ...ORDER, more: 1 }, { ...ORDER, replace: 'yes' }, { ...ORDER, clientSecret: undefined }]) {
      expect(await run(order)).toEqual({ kind: 'failed', failure: { kind: 'order-invalid' } });
    }
    expect(asked).toBe(0);
  });
});
