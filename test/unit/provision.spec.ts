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
let managerPin: string | null;
let openPayments: number | null;
let people: { readonly id: string; readonly name: string; readonly pin: string }[];

beforeEach(() => {
  [account, inKeychain, diskWorks, asked, guarded, locked, named, managerPin, openPayments, people] = [null, null, true, 0, [], [], '', null, 0, []];
});

const run = (order: unknown) =>
  provision({
    input: JSON.stringify(order),
    tryCredentials: () => ({ access: async () => ok(null), list: async () => ok({ offers: [offer, { ...offer, id: 'acc_other' }], isCut: false }), read: async (id) => ((asked += 1), ok({ ...offer, id })) }),
    keychain: {
      read: async () => (inKeychain === null ? failed({ kind: 'keychain-locked' as const }) : ok(inKeychain)),
      save: async (credentials) => ((inKeychain = credentials), ok(null)),
      async remember() {
        const before = inKeychain;
        return async () => void (inKeychain = before);
      },
      remove: async () => ((inKeychain = null), ok(null)),
    },
    access: {
      view: () => (account === null && managerPin === null ? { kind: 'open' } : { kind: 'locked', opensWith: managerPin === null ? 'secret' : 'pin', secret: 'client', waitSeconds: 0 }),
      checkPin: async (pin) => (pin === managerPin ? ok(null) : failed({ kind: 'pin-wrong', waitSeconds: 0 })),
      async setPin({ currentPin, pin }) {
        if (managerPin !== null && currentPin !== managerPin) return failed({ kind: 'pin-wrong', waitSeconds: 0 });
        managerPin = pin;
        return ok(null);
      },
      proveSecret: async (typed) => (inKeychain !== null && JSON.stringify(typed) === JSON.stringify(inKeychain) ? ok(null) : failed({ kind: 'secret-wrong', code: 'x' })),
    },
    cashiers: {
      view: () => ({ all: people, signedIn: null }),
      async save({ cashierId, name, pin }) {
        if (managerPin === null) return failed({ kind: 'manager-pin-first' });
        people = [...people.filter(({ id }) => id !== cashierId), { id: cashierId ?? `cashier-${people.length}`, name, pin: pin! }];
        return ok(null);
      },
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
    openPayments: () => openPayments,
    audit: { note: () => {}, noteFirst: () => ok(null) },
    protect: (_kind, secret) => void guarded.push(secret),
  });

describe('a register is provisioned without a person at its screen', () => {
  test('once: a connected account is replaced only where the order says so', async () => {
    expect(await run(ORDER)).toMatchObject({ kind: 'ok', value: { subAccountId: 'acc_shop', mode: 'test' } });
    expect(guarded).toContain(ORDER.clientSecret);
    const other = { ...ORDER, clientSecret: 'sk_of_somebody_else' };
    expect(await run(other)).toEqual({ kind: 'failed', failure: { kind: 'already-connected' } });
    expect([asked, inKeychain]).toEqual([1, { kind: 'client', clientId: 'test_shop', clientSecret: 'sk_of_the_test_key' }]);
    expect((await run({ ...other, replace: true, oldSecret: ORDER.clientSecret })).kind).toBe('ok');
    expect(guarded).toContain(ORDER.clientSecret);
    expect(inKeychain).toMatchObject({ clientSecret: 'sk_of_somebody_else' });
  });

  test('to another account only when no payment is open, or the order abandons them; the same account need not wait', async () => {
    await run(ORDER);
    const other = { ...ORDER, subAccountId: 'acc_other', replace: true };
    openPayments = 2;
    expect(await run(other)).toEqual({ kind: 'failed', failure: { kind: 'payments-open', count: 2 } });
    openPayments = null;
    expect(await run(other)).toEqual({ kind: 'failed', failure: { kind: 'payments-open', count: 1 } });
    expect((await run({ ...ORDER, replace: true })).kind).toBe('ok');
    expect(await run({ ...other, leaveOpenPayments: true })).toMatchObject({ kind: 'ok', value: { subAccountId: 'acc_other' } });
  });

  test('A-04: to another account only with the PIN, or the secret that is in use; a wrong one of either changes nothing', async () => {
    await run(ORDER);
    const other = { ...ORDER, clientSecret: 'sk_of_somebody_else', replace: true };
    const refused = { kind: 'failed', failure: { kind: 'not-proved' } };
    expect(await run(other)).toEqual(refused);
    expect(await run({ ...other, oldSecret: 'sk_guessed' })).toEqual(refused);
    managerPin = '482913';
    expect(await run(other)).toEqual(refused);
    expect(await run({ ...other, managerPin: '111222' })).toEqual(refused);
    // A right secret does not make up for a wrong PIN: only one of the two is checked.
    expect(await run({ ...other, managerPin: '111222', oldSecret: ORDER.clientSecret })).toEqual(refused);
    expect([asked, inKeychain]).toMatchObject([1, { clientSecret: ORDER.clientSecret }]);
    expect((await run({ ...other, managerPin: '482913' })).kind).toBe('ok');
    expect(inKeychain).toMatchObject({ clientSecret: 'sk_of_somebody_else' });
    expect((await run({ ...ORDER, replace: true, oldSecret: 'sk_of_somebody_else' })).kind).toBe('ok');
    // The credentials of the order are those in use.
    expect((await run({ ...ORDER, replace: true })).kind).toBe('ok');
    expect(guarded).toContain('482913');
  });

  test('A-04: a register in training with a PIN is connected with the PIN only', async () => {
    managerPin = '482913';
    expect(await run(ORDER)).toEqual({ kind: 'failed', failure: { kind: 'not-proved' } });
    expect((await run({ ...ORDER, managerPin })).kind).toBe('ok');
  });

  test('with its name, unless the company has locked that', async () => {
    await run({ ...ORDER, registerName: 'Front' });
    expect(named).toBe('Front');
    locked = ['registerName'];
    expect((await run({ ...ORDER, registerName: 'Front', replace: true })).kind).toBe('ok');
    expect(named).toBe('Register 1');
  });

  test('C-83: with the manager’s PIN and the cashiers, so that no one has to visit the register; a second order changes a PIN', async () => {
    const staff = { newManagerPin: '482913', cashiers: [{ name: 'Anna', pin: '4711' }, { name: 'Bert', pin: '4713' }] };
    expect(await run({ ...ORDER, ...staff })).toMatchObject({ kind: 'ok', value: { notSaved: null } });
    expect([managerPin, people.map(({ name, pin }) => [name, pin])]).toEqual(['482913', [['Anna', '4711'], ['Bert', '4713']]]);
    expect(guarded).toEqual(expect.arrayContaining(['482913', '4711', '4713']));
    expect(await run({ ...ORDER, replace: true, managerPin: '482913', newManagerPin: '573024', cashiers: [{ name: 'anna', pin: '4817' }] })).toMatchObject({ kind: 'ok', value: { notSaved: null } });
    expect([managerPin, people.map(({ name, pin }) => [name, pin])]).toEqual(['573024', [['Bert', '4713'], ['anna', '4817']]]);
  });

  test('C-83: a PIN that is none changes nothing; cashiers without a manager’s PIN are told', async () => {
    expect(await run({ ...ORDER, newManagerPin: '123456' })).toEqual({ kind: 'failed', failure: { kind: 'pin-too-simple' } });
    expect(await run({ ...ORDER, newManagerPin: '482913', cashiers: [{ name: 'Anna', pin: '47' }] })).toMatchObject({ kind: 'failed', failure: { kind: 'pin-too-short' } });
    expect([account, managerPin]).toEqual([null, null]);
    expect(await run({ ...ORDER, cashiers: [{ name: 'Anna', pin: '4711' }] })).toMatchObject({ kind: 'ok', value: { notSaved: 'manager-pin-first' } });
  });

  test('nothing is saved unless all of it works', async () => {
    diskWorks = false;
    expect(await run(ORDER)).toEqual({ kind: 'failed', failure: { kind: 'settings-unwritable' } });
    expect([account, inKeychain]).toEqual([null, null]);
  });

  test('an invalid order is refused, whatever else it contains', async () => {
    for (const order of [null, [], 'order', { ...ORDER, more: 1 }, { ...ORDER, replace: 'yes' }, { ...ORDER, clientSecret: undefined }]) {
      expect(await run(order)).toEqual({ kind: 'failed', failure: { kind: 'order-invalid' } });
    }
    expect(asked).toBe(0);
  });
});
