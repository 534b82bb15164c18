import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Credentials } from '../../contract/credentials.ts';
import type { ConnectProblem } from '../../contract/problem.ts';
import { clientCredentialsSource } from '../../main/justifi/client-credentials.ts';
import { createTrialApi } from '../../main/justifi/authorised-api.ts';
import { openConnections } from '../../main/justifi/connection.ts';
import { modeOfClientId } from '../../main/justifi/sub-account.ts';
import type { Till } from '../../main/sale/till.ts';
import { accountCalls } from '../../main/manager/account-calls.ts';
import { type ConnectedAccount, connectAccount, findSubAccounts, testConnection } from '../../main/manager/connect-account.ts';
import type { Fault } from '../justifi/fault.ts';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { failed, ok } from '../../contract/result.ts';
import { stillOpen } from '../unit/still-open.ts';

/* Connecting an account, with the product's own client and a JustiFi over HTTP. */

const TEST_KEY = { clientId: 'test_shop', clientSecret: 'sk_of_the_test_key' };
const LIVE_KEY = { clientId: 'live_shop', clientSecret: 'sk_of_the_live_key' };
const asCredentials = (key: typeof TEST_KEY): Credentials => ({ kind: 'client', ...key });

let justifi: TestJustifi;
let connections: ReturnType<typeof openConnections>;
let kept: { credentials: Credentials | null; account: ConnectedAccount | null };

beforeEach(async () => {
  justifi = await startJustifi({ credentials: [TEST_KEY, LIVE_KEY] });
  connections = openConnections();
  kept = { credentials: null, account: null };
});
afterEach(async () => {
  await connections.close();
  await justifi.close();
});

const parts = () => ({
  tryCredentials: (credentials: Credentials) => {
    if (credentials.kind !== 'client') throw new Error('this spec has no broker');
    const tokenSource = clientCredentialsSource(justifi.origin, credentials, connections.send);
    return createTrialApi({ baseUrl: justifi.origin, tokenSource, sendRequest: connections.send, monotonicMs: () => performance.now(), onToken: () => {} }, modeOfClientId(credentials.clientId));
  },
  keychain: {
    read: async () => (kept.credentials === null ? failed({ kind: 'keychain-locked' as const }) : ok(kept.credentials)),
    async save(credentials: Credentials) {
      kept = { ...kept, credentials };
      return ok(null);
    },
    async remember() {
      const { credentials } = kept;
      return async () => void (kept = { ...kept, credentials });
    },
    async remove() {
      kept = { ...kept, credentials: null };
      return ok(null);
    },
  },
  whyNotNow: () => null,
  saveAccount: (account: ConnectedAccount) => {
    kept = { ...kept, account };
    return ok(null);
  },
});

const manyShops = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `acc_shop${index}`, name: `Shop ${String(index).padStart(3, '0')}`, currency: 'usd' as const, status: 'enabled' as const }));

describe('A-06: a card number is no sub account', () => {
  test('and is sent to no server', async () => {
    for (const typed of ['acc_4242424242424242', '4242424242424242']) expect(await connectAccount(parts(), asCredentials(TEST_KEY), typed)).toEqual({ kind: 'failed', failure: { kind: 'sub-account-invalid' } });
    expect(justifi.requests().filter(({ path }) => path.includes('4242'))).toEqual([]);
  });
});

describe('the sub accounts of a key', () => {
  test('are listed by name with their ways to pay, those that cannot be chosen last and with the reason', async () => {
    const found = await findSubAccounts(parts(), asCredentials(TEST_KEY));
    expect(found).toMatchObject({ kind: 'ok', value: { found: { isCut: false } } });
    expect(found.kind === 'ok' && found.value.found.offers).toEqual([
      { id: 'acc_trainingShop', name: 'Training Shop', status: 'enabled', currency: 'USD', mode: 'test', takes: { cards: true, bankAccounts: true }, obstacle: null },
      { id: 'acc_trainingShopCanada', name: 'Training Shop Canada', status: 'enabled', currency: 'CAD', mode: 'test', takes: { cards: true, bankAccounts: false }, obstacle: null },
      { id: 'acc_trainingShopClosed', name: 'Training Shop (disabled)', status: 'disabled', currency: 'USD', mode: 'test', takes: null, obstacle: 'not-enabled' },
    ]);
  });

  test('are all listed, over every page of JustiFi’s', async () => {
    justifi.changeSettings({ subAccounts: manyShops(230) });
    const found = await findSubAccounts(parts(), asCredentials(TEST_KEY));
    if (found.kind === 'failed') throw new Error(found.failure.kind);
    expect(found.value.found.offers.map(({ name }) => name)).toEqual(manyShops(230).map(({ name }) => name));
    expect(justifi.requests('GET /v1/sub_accounts')).toHaveLength(3);
    // The ways to pay of each are a request of its own: not 230 of them.
    expect(justifi.requests('GET /v1/sub_accounts/*/settings').length).toBeLessThanOrEqual(40);
  });

  test('more than a list can show: it is cut, and says so', async () => {
    justifi.changeSettings({ subAccounts: manyShops(1_050) });
    const found = await findSubAccounts(parts(), asCredentials(TEST_KEY));
    expect(found).toMatchObject({ kind: 'ok', value: { found: { isCut: true } } });
  });

  test('a shop whose settings are missing in JustiFi’s answer can be chosen all the same', async () => {
    justifi.addFault({ on: 'GET /v1/sub_accounts/acc_trainingShop/settings', kind: 'status', status: 403, moment: 'before' });
    const found = await findSubAccounts(parts(), asCredentials(TEST_KEY));
    expect(found).toMatchObject({ value: { found: { offers: [{ name: 'Training Shop', takes: null, obstacle: null }, {}, {}] } } });
  });

  test('a key without any: an empty list, no failure', async () => {
    justifi.changeSettings({ subAccounts: [] });
    expect(await findSubAccounts(parts(), asCredentials(TEST_KEY))).toMatchObject({ kind: 'ok', value: { found: { offers: [], isCut: false } } });
  });
});

describe('S-31: test and live are never mixed', () => {
  test('a live shop under a test key, and the other way round, cannot be chosen, not even by its id', async () => {
    justifi.changeSettings({ subAccounts: [...manyShops(1), { ...manyShops(2)[1]!, accountType: 'live' }] });
    const obstacles = async (key: typeof TEST_KEY) => {
      const found = await findSubAccounts(parts(), asCredentials(key));
      return found.kind === 'ok' ? found.value.found.offers.map(({ id, obstacle }) => [id, obstacle]) : found.failure;
    };
    expect(await obstacles(TEST_KEY)).toEqual([['acc_shop0', null], ['acc_shop1', 'mode-mixed']]);
    expect(await obstacles(LIVE_KEY)).toEqual([['acc_shop1', null], ['acc_shop0', 'mode-mixed']]);
    expect(await connectAccount(parts(), asCredentials(TEST_KEY), 'acc_shop1')).toEqual({ kind: 'failed', failure: { kind: 'mode-mixed' } });
    expect(await connectAccount(parts(), asCredentials(LIVE_KEY), 'acc_shop0')).toEqual({ kind: 'failed', failure: { kind: 'mode-mixed' } });
    expect(kept).toEqual({ credentials: null, account: null });
  });

  test('a live key on a live shop is live, whatever the shop is called', async () => {
    justifi.changeSettings({ subAccounts: [{ ...manyShops(1)[0]!, name: 'test shop', accountType: 'live' }] });
    expect(await connectAccount(parts(), asCredentials(LIVE_KEY), 'acc_shop0')).toMatchObject({ kind: 'ok', value: { mode: 'live', name: 'test shop' } });
  });
});

describe('an account is connected whole or not at all', () => {
  const other = asCredentials({ clientId: 'test_shop_before', clientSecret: 'sk_before' });

  test('settings that cannot be written leave the keychain as it was', async () => {
    const full = { ...parts(), saveAccount: () => failed('disk full') };
    expect(await connectAccount(full, asCredentials(TEST_KEY), 'acc_trainingShop')).toEqual({ kind: 'failed', failure: { kind: 'settings-unwritable' } });
    expect(kept).toEqual({ credentials: null, account: null });
    kept = { credentials: other, account: null };
    expect(await connectAccount(full, asCredentials(TEST_KEY), 'acc_trainingShop')).toMatchObject({ kind: 'failed' });
    expect(kept.credentials).toEqual(other);
  });

  describe('on the manager’s side', () => {
    let isBusy = false;
    let isSure = true;
    let openPayments = 0;
    let proved = 0;
    let reopened = 0;
    let timers: { ms: number; ring: () => void; isOff: boolean }[] = [];
    let logged: unknown[] = [];
    const side = ({ onRemove = () => {}, removeFails = false }: { onRemove?: () => unknown; removeFails?: boolean } = {}) =>
      stillOpen(accountCalls({
        ...parts(),
        keychain: {
          ...parts().keychain,
          async remove() {
            if (removeFails) return failed({ kind: 'keychain-unavailable' });
            onRemove();
            return parts().keychain.remove();
          },
        },
        till: { isBusy: () => isBusy, snapshot: () => ({ openPayments }) as unknown as ReturnType<Till['snapshot']> },
        isAccountSure: () => isSure,
        access: { secretWasProved: () => void (proved += 1) },
        audit: { note: () => {}, noteFirst: () => ok(null) },
        settings: {
          read: () => ({ account: kept.account }),
          change({ account }) {
            kept = { ...kept, account };
            return ok(null);
          },
        },
        timers: {
          after(ms, ring) {
            const timer = { ms, ring, isOff: false };
            timers.push(timer);
            return () => void (timer.isOff = true);
          },
        },
        probeApi: async () => null,
        probeForm: async () => null,
        reopen: async () => void (reopened += 1),
        protect: () => {},
        log: (what, detail) => void logged.push([what, detail]),
      }));
    beforeEach(() => {
      [isBusy, isSure, openPayments, proved, reopened, timers, logged] = [false, true, 0, 0, 0, [], []];
    });

    describe('what JustiFi or the network refuses is one problem and one line in the log, and nothing is saved', () => {
      const tokens = 'POST /oauth/token';
      const list = 'GET /v1/sub_accounts';
      const subAccount = 'GET /v1/sub_accounts/*';
      type Refused = { readonly result: ConnectProblem['kind'] } & Readonly<Record<string, string>>;
      const expectRefused = (answer: unknown, { result, ...more }: Refused) => {
        expect(answer).toEqual({ kind: 'failed', failure: { kind: result, ...more } });
        expect(logged).toEqual([['account.connect', { result, ...more }]]);
        expect(kept).toEqual({ credentials: null, account: null });
      };

      test.each<readonly [typed: Partial<typeof TEST_KEY>, fault: Fault | null, refused: Refused]>([
        [{ clientId: ' ' }, null, { result: 'client-id-empty' }],
        [{ clientSecret: '' }, null, { result: 'client-secret-empty' }],
        [{ clientId: 'https://dashboard.example.com' }, null, { result: 'client-id-odd' }],
        [{ clientSecret: 'x'.repeat(2_000) }, null, { result: 'client-secret-odd' }],
        [{ clientSecret: 'sk_the_wrong_one' }, null, { result: 'credentials-refused', code: 'not_authenticated' }],
        [{}, { on: tokens, kind: 'body', body: 'html', moment: 'before' }, { result: 'service-trouble', code: 'not-json' }],
        [{}, { on: tokens, kind: 'body', body: 'empty', moment: 'before' }, { result: 'service-trouble', code: 'not-json' }],
        [{}, { on: tokens, kind: 'status', status: 500, moment: 'before' }, { result: 'service-trouble', code: 'internal_server_error' }],
        [{}, { on: tokens, kind: 'disconnect', moment: 'before' }, { result: 'no-connection', trouble: 'no-answer', code: 'UND_ERR_SOCKET' }],
        [{}, { on: list, kind: 'status', status: 403, moment: 'before' }, { result: 'no-permission', code: 'not_authorized' }],
      ])('with the key: %j %j', async (typed, fault, refused) => {
        if (fault !== null) justifi.addFault(fault);
        expectRefused(await side().findSubAccounts(asCredentials({ ...TEST_KEY, ...typed })), refused);
      });

      test.each<readonly [subAccountId: string, fault: Fault | null, refused: Refused]>([
        ['my shop', null, { result: 'sub-account-invalid' }],
        ['acc_nobody', null, { result: 'sub-account-invalid' }],
        ['acc_trainingShopClosed', null, { result: 'sub-account-not-enabled', status: 'disabled' }],
        ['acc_trainingShop', { on: subAccount, kind: 'status', status: 403, moment: 'before' }, { result: 'no-permission', code: 'not_authorized' }],
        ['acc_trainingShop', { on: subAccount, kind: 'body', body: 'half-json', moment: 'after' }, { result: 'service-trouble', code: 'not-json' }],
        // A bearer token never follows a redirect.
        ['acc_trainingShop', { on: subAccount, kind: 'redirect', to: '/elsewhere' }, { result: 'no-connection', trouble: 'no-answer', code: 'redirect-refused' }],
      ])('with the shop: %s %j', async (subAccountId, fault, refused) => {
        const calls = side();
        expect(await calls.findSubAccounts(asCredentials(TEST_KEY))).toMatchObject({ kind: 'ok' });
        if (fault !== null) justifi.addFault(fault);
        expectRefused(await calls.connect({ subAccountId }), refused);
        expect(justifi.requests('GET /elsewhere')).toEqual([]);
      });
    });

    test('a key that was tried is forgotten after ten minutes, or with the lock', async () => {
      const calls = side();
      expect((await calls.findSubAccounts(asCredentials(TEST_KEY))).kind).toBe('ok');
      expect(timers.map(({ ms }) => ms)).toEqual([600_000]);
      timers[0]!.ring();
      expect(await calls.connect({ subAccountId: 'acc_trainingShop' })).toEqual({ kind: 'failed', failure: { kind: 'credentials-forgotten' } });
      await calls.findSubAccounts(asCredentials(TEST_KEY));
      calls.forget();
      expect(await calls.connect({ subAccountId: 'acc_trainingShop' })).toEqual({ kind: 'failed', failure: { kind: 'credentials-forgotten' } });
      expect(kept).toEqual({ credentials: null, account: null });
    });

    test('A-03: where settings, keychain and files do not agree on the account, the key in the keychain is not used; the same key, typed, is', async () => {
      kept = { credentials: asCredentials(TEST_KEY), account: null };
      isSure = false;
      const calls = side();
      expect(await calls.findSubAccounts(null)).toEqual({ kind: 'failed', failure: { kind: 'credentials-forgotten' } });
      expect(await calls.connect({ subAccountId: 'acc_trainingShop' })).toEqual({ kind: 'failed', failure: { kind: 'credentials-forgotten' } });
      expect(justifi.requests()).toEqual([]);
      expect((await calls.findSubAccounts(asCredentials(TEST_KEY))).kind).toBe('ok');
      expect(await calls.connect({ subAccountId: 'acc_trainingShop' })).toEqual(ok(null));
    });

    test('a side that is locked during the request to JustiFi drops the key, connects no account and stays locked', async () => {
      const calls = side();
      const asking = calls.findSubAccounts(asCredentials(TEST_KEY));
      calls.forget();
      expect(await asking).toEqual({ kind: 'failed', failure: { kind: 'credentials-forgotten' } });
      await calls.findSubAccounts(asCredentials(TEST_KEY));
      const connecting = calls.connect({ subAccountId: 'acc_trainingShop' });
      calls.forget();
      expect(await connecting).toEqual({ kind: 'failed', failure: { kind: 'credentials-forgotten' } });
      expect({ ...kept, proved, reopened }).toEqual({ credentials: null, account: null, proved: 0, reopened: 0 });
    });

    test('two connects at once are one after the other: never the credentials of one beside the shop of the other', async () => {
      justifi.changeSettings({ subAccounts: manyShops(2) });
      const calls = side();
      await calls.findSubAccounts(asCredentials(TEST_KEY));
      const answers = await Promise.all([calls.connect({ subAccountId: 'acc_shop0' }), calls.connect({ subAccountId: 'acc_shop1' })]);
      expect(answers).toEqual([ok(null), { kind: 'failed', failure: { kind: 'credentials-forgotten' } }]);
      expect({ credentials: kept.credentials, id: kept.account?.subAccountId }).toEqual({ credentials: asCredentials(TEST_KEY), id: 'acc_shop0' });
    });

    test('another shop has to wait for open payments of this one; the same shop with a new key does not', async () => {
      justifi.changeSettings({ subAccounts: manyShops(2) });
      const calls = side();
      await calls.findSubAccounts(asCredentials(TEST_KEY));
      await calls.connect({ subAccountId: 'acc_shop0' });
      openPayments = 2;
      await calls.findSubAccounts(null);
      expect(await calls.connect({ subAccountId: 'acc_shop1' })).toEqual({ kind: 'failed', failure: { kind: 'payments-open', count: 2 } });
      expect(await calls.connect({ subAccountId: 'acc_shop0' })).toEqual(ok(null));
      openPayments = 0;
      await calls.findSubAccounts(null);
      expect(await calls.connect({ subAccountId: 'acc_shop1' })).toEqual(ok(null));
    });

    describe('disconnecting', () => {
      const connected = async () => {
        const calls = side();
        await calls.findSubAccounts(asCredentials(TEST_KEY));
        await calls.connect({ subAccountId: 'acc_trainingShop' });
        return calls;
      };

      test('forgets the key everywhere, also one that was held for another shop', async () => {
        const calls = await connected();
        await calls.findSubAccounts(null);
        expect(await calls.disconnect({ openPayments: 0 })).toEqual(ok(null));
        expect(kept).toEqual({ credentials: null, account: null });
        expect(await calls.connect({ subAccountId: 'acc_trainingShop' })).toEqual({ kind: 'failed', failure: { kind: 'credentials-forgotten' } });
      });

      test('a sale that begins meanwhile goes on, on the account that it began on', async () => {
        await connected();
        const before = { ...kept };
        const slow = side({ onRemove: () => (isBusy = true) });
        expect(await slow.disconnect({ openPayments: 0 })).toEqual({ kind: 'failed', failure: { kind: 'sale-in-progress' } });
        expect(kept).toEqual(before);
      });

      test('abandons open payments only when the manager was shown their number', async () => {
        const calls = await connected();
        const before = { ...kept };
        openPayments = 2;
        for (const told of [0, 1]) expect(await calls.disconnect({ openPayments: told })).toEqual({ kind: 'failed', failure: { kind: 'payments-open', count: 2 } });
        expect(kept).toEqual(before);
        expect(await calls.disconnect({ openPayments: 2 })).toEqual(ok(null));
        openPayments = 0;
      });

      test('a keychain that does not delete the key leaves the account unchanged', async () => {
        await connected();
        const before = { ...kept };
        expect(await side({ removeFails: true }).disconnect({ openPayments: 0 })).toEqual({ kind: 'failed', failure: { kind: 'keychain-unavailable' } });
        expect(kept).toEqual(before);
      });
    });

    test('a sale that begins while JustiFi is asked keeps the account on which it began', async () => {
      const calls = side();
      await calls.findSubAccounts(asCredentials(TEST_KEY));
      const connecting = calls.connect({ subAccountId: 'acc_trainingShop' });
      isBusy = true;
      expect(await connecting).toEqual({ kind: 'failed', failure: { kind: 'sale-in-progress' } });
      expect({ ...kept, reopened }).toEqual({ credentials: null, account: null, reopened: 0 });
      isBusy = false;
      expect(await calls.connect({ subAccountId: 'acc_trainingShop' })).toEqual(ok(null));
      expect({ credentials: kept.credentials, id: kept.account?.subAccountId, proved, reopened }).toEqual({ credentials: asCredentials(TEST_KEY), id: 'acc_trainingShop', proved: 1, reopened: 1 });
      expect(timers.every(({ isOff }) => isOff)).toBe(true);
    });
  });
});

const NO_ANSWER = { trouble: 'no-answer', code: 'ENOTFOUND' } as const;

describe('the test of the connection', () => {
  const account: ConnectedAccount = { subAccountId: 'acc_trainingShop', name: 'Training Shop', currency: 'USD', mode: 'test', credentialsKind: 'client' };
  const looked = async (change: Partial<Parameters<typeof testConnection>[0]> = {}) => {
    const checks = await testConnection({
      ...parts(),
      account,
      keychain: { read: async () => ok(asCredentials(TEST_KEY)) },
      probeApi: async () => null,
      probeForm: async () => null,
      ...change,
    });
    return checks.map(({ name, result }) => `${name}: ${typeof result === 'string' ? result : result.kind}`);
  };

  test('shows everything that a payment needs, line by line', async () => {
    expect(await looked()).toEqual(['keychain: ok', 'network: ok', 'access: ok', 'sub-account: ok', 'mode: ok', 'form: ok']);
    expect(kept).toEqual({ credentials: null, account: null });
  });

  test('the missing part is named, and the checks that depend on it were skipped', async () => {
    expect(await looked({ keychain: { read: async () => failed({ kind: 'keychain-locked' }) } })).toEqual([
      'keychain: keychain-locked', 'network: ok', 'access: skipped', 'sub-account: skipped', 'mode: skipped', 'form: ok',
    ]);
    expect(await looked({ probeApi: async () => NO_ANSWER, probeForm: async () => NO_ANSWER })).toEqual([
      'keychain: ok', 'network: no-connection', 'access: skipped', 'sub-account: skipped', 'mode: skipped', 'form: form-unreachable',
    ]);
    justifi.setSubAccountStatus('acc_trainingShop', 'disabled');
    expect(await looked()).toEqual(['keychain: ok', 'network: ok', 'access: ok', 'sub-account: sub-account-not-enabled', 'mode: ok', 'form: ok']);
    justifi.addFault({ on: 'POST /oauth/token', kind: 'status', status: 401, moment: 'before' });
    expect(await looked()).toEqual(['keychain: ok', 'network: ok', 'access: credentials-refused', 'sub-account: skipped', 'mode: skipped', 'form: ok']);
  });
});
