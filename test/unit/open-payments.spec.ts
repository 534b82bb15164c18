import { beforeEach, expect, test } from 'vitest';
import { failed, ok } from '../../contract/result.ts';
import { accountCalls } from '../../main/manager/account-calls.ts';
import type { ConnectedAccount } from '../../main/manager/connect-account.ts';
import { createTill } from '../../main/sale/till.ts';
import { setTheCounter } from './counter.ts';
import { stillOpen } from './still-open.ts';

/* Only its own credentials can ask about a shop's payments: disconnecting with open ones needs the manager's explicit confirmation. */

let counter: ReturnType<typeof setTheCounter>;
let account: ConnectedAccount | null;
beforeEach(() => {
  counter = setTheCounter();
  account = { subAccountId: 'acc_1', name: 'Shop 1', currency: 'USD', mode: 'test', credentialsKind: 'client' };
});

/** The till with this register, and the manager's calls on it. */
function manager() {
  const settings = { registerName: 'Register 1', registerId: 'register-1', descriptionPresets: [], quickItems: [], usualDescription: null, account: { mode: 'test' } } as const;
  const till = createTill({ firstSaleId: 'sale-0', settings: () => settings, onChange: () => {} });
  const quiet = { notice: () => null, acknowledge: () => ok(null), online: () => {}, close: () => {} };
  till.use({ kind: 'open', view: { kind: 'connected', subAccountId: 'acc_1', name: 'Shop 1', credentialsKind: 'client' }, mode: 'test', currency: 'USD', register: counter.register, repairs: quiet, comparisons: quiet, reachability: { failure: () => null, noted: () => {}, askNow: () => {}, close: () => {} }, sold: () => null, close: () => {} });
  const credentials = { kind: 'client', clientId: 'test_shop', clientSecret: 'sk_of_the_test_key' } as const;
  const offer = (id: string) => ({ id, name: id, status: 'enabled', currency: 'USD', mode: 'test', takes: null, obstacle: null }) as const;
  const calls = stillOpen(
    accountCalls({
      till,
      tryCredentials: () => ({ access: async () => ok(null), list: async () => ok({ offers: [offer('acc_1'), offer('acc_2')], isCut: false }), read: async (id) => ok(offer(id)) }),
      keychain: { read: async () => ok(credentials), save: async () => ok(null), remember: async () => async () => null, remove: async () => ok(null) },
      access: { secretWasProved: () => {} },
      audit: { note: () => {}, noteFirst: () => ok(null) },
      settings: {
        read: () => ({ account }),
        change(change) {
          account = change.account;
          return ok(null);
        },
      },
      isAccountSure: () => true,
      timers: { after: () => () => {} },
      reopen: async () => {},
      protect: () => {},
      log: () => {},
      probeApi: async () => null,
      probeForm: async () => null,
    }),
  );
  return { till, calls };
}

const leave = () => counter.register.cancelSale('sale-1');

const OPEN: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['NOT CHARGED, and its Pay may still arrive', () => counter.toNotCharged()],
  ['NOT CHARGED and left by Cancel', () => counter.toNotCharged().then(leave)],
  [
    'DECLINED, and an earlier Pay may still arrive',
    async () => {
      await counter.toNotCharged();
      await counter.again();
      await counter.pay();
      counter.attempt('cho_1', { id: 'chc_1' });
      await counter.pass(170_000);
      expect(counter.register.sale().kind).toBe('declined');
    },
  ],
  [
    'taken back with its form on the screen, where a page under attack may have charged',
    async () => {
      await counter.toReady();
      counter.register.goBack('sale-1');
    },
  ],
  [
    'not known, and left by Serve next',
    async () => {
      await counter.toReady();
      await counter.pay();
      counter.trouble.read = { kind: 'network', code: 'ECONNREFUSED' };
      await counter.pass(16_000);
      counter.register.serveNext('sale-1');
    },
  ],
  [
    'late, and not decided',
    async () => {
      await counter.toNotCharged();
      leave();
      counter.complete('cho_1', 'succeeded');
      await counter.pass(400_000);
      expect(counter.late()).toHaveLength(1);
    },
  ],
  [
    'of another amount, and not looked at',
    async () => {
      await counter.toReady();
      await counter.pay();
      counter.complete('cho_1', 'succeeded', 71_700);
      await counter.pass(2_000);
    },
  ],
];

test.each(OPEN)('a payment that is %s is abandoned only when the manager was warned', async (_name, happens) => {
  await happens();
  const { till, calls } = manager();
  const open = failed({ kind: 'payments-open', count: 1 });
  await calls.findSubAccounts(null);
  expect(await calls.connect({ subAccountId: 'acc_2' })).toEqual(open);
  expect(await calls.disconnect({ openPayments: 0 })).toEqual(open);
  expect(account).toMatchObject({ subAccountId: 'acc_1' });
  expect(till.snapshot().openPayments).toBe(1);
  expect(await calls.disconnect({ openPayments: 1 })).toEqual(ok(null));
});

test('a payment that has ended, or cannot arrive any more, does not block a disconnect', async () => {
  await counter.toNotCharged();
  leave();
  await counter.pass(60 * 60_000);
  await counter.toReady();
  await counter.pay();
  counter.complete(counter.form().checkoutId, 'succeeded');
  await counter.pass(2_000);
  expect(counter.register.sale().kind).toBe('paid');
  expect(await manager().calls.disconnect({ openPayments: 0 })).toEqual(ok(null));
});

test('in an unreadable journal at least one payment may be open: the account is disconnected only when the manager was warned', async () => {
  const { till, calls } = manager();
  till.use({ kind: 'broken', mode: 'test', problem: { kind: 'journal-unwritable' }, openPayments: null });
  expect(await calls.disconnect({ openPayments: 0 })).toEqual(failed({ kind: 'payments-open', count: 1 }));
  expect(till.snapshot().openPayments).toBe(1);
  expect(await calls.disconnect({ openPayments: 1 })).toEqual(ok(null));
});

test('while a register is being opened its payments are not known, and its account is not disconnected', async () => {
  const { till, calls } = manager();
  till.use({ kind: 'starting' });
  const open = failed({ kind: 'payments-open', count: 1 });
  expect(await calls.disconnect({ openPayments: 0 })).toEqual(open);
  await calls.findSubAccounts(null);
  expect(await calls.connect({ subAccountId: 'acc_2' })).toEqual(open);
  expect(account).toMatchObject({ subAccountId: 'acc_1' });
});
