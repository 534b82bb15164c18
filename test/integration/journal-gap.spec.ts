import { randomUUID } from 'node:crypto';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAuthorisedApi } from '../../main/justifi/authorised-api.ts';
import { createCheckouts } from '../../main/justifi/checkout.ts';
import { clientCredentialsSource } from '../../main/justifi/client-credentials.ts';
import { openConnections } from '../../main/justifi/connection.ts';
import { purchaseOf } from '../../main/sale/purchase.ts';
import { NO_ATTEMPTS, newDraft } from '../../main/sale/sale.ts';
import { trainingSubAccounts } from '../../main/training/sub-account.ts';
import { trainingCredentials } from '../justifi/training-credentials.ts';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';
import { openShopTime } from '../storm/shop-time.ts';
import { makeFolder, openOrFail, recordAll } from './journal-shop.ts';
import { ACCOUNT, type QuickShop, noForms, openQuickShop } from './quick-shop.ts';
import { journalNameOf } from '../../main/storage/journal-name.ts';

/** A till that is opened again after its journal was damaged, with a JustiFi that remembers. */

/** Runs hours of the till's time at once. */
const FASTER = 2_000;

let justifi: TestJustifi;
let shop: Shop;
let folder: string;
let register: QuickShop;

beforeEach(async () => {
  justifi = await startJustifi();
  shop = await openShop(justifi.origin);
  folder = makeFolder();
  register = openQuickShop({ justifi, folder, time: openShopTime(FASTER) });
});
afterEach(async () => {
  await register.end();
  await justifi.close();
  rmSync(folder, { recursive: true });
});

/** A checkout of this or another register, paid or declined or never tried. */
async function sell(amount: number, cardNumber: string | null, registerId = 'register-1'): Promise<string> {
  const checkoutId = await shop.newCheckout({ amount, description: `Sale of ${amount}`, metadata: { register_id: registerId, sale: randomUUID() } });
  if (cardNumber !== null) await shop.complete(checkoutId, (await shop.card(cardNumber)).body.id);
  return checkoutId;
}

const journalFile = () => join(folder, `${journalNameOf('test', ACCOUNT)}.db`);

/** A sale of this till that was paid, as its journal holds it. */
function recordPaid(checkoutId: string, amountInCents: number): void {
  const { journal } = openOrFail(journalFile());
  const sale = { id: `sale-on-${checkoutId}`, purchase: purchaseOf(amountInCents, 'USD', 'x'), checkoutId, attempts: { ...NO_ATTEMPTS, submits: 1, shown: true }, tender: 'card-form' } as const;
  const paidWith = { kind: 'card', brand: 'visa', last4: '4242' } as const;
  const at = '2026-11-23T15:00:00.000Z';
  recordAll(journal, [
    { sale: newDraft(sale.id), event: { kind: 'checkout-asked', amountInCents: 51, idempotencyKey: 'key' } },
    { sale: { ...sale, kind: 'paid', paymentId: 'py_1', isPending: false, paidWith, chargedInCents: amountInCents, at, reversals: [] }, event: { kind: 'outcome-known', at, businessDay: '2026-11-23', outcome: { kind: 'paid', paymentId: 'py_1', paidWith, chargedInCents: amountInCents, takenAt: null } } },
  ]);
  journal.close();
}

/** A busy PC may need longer than vitest's one second. */
const SOON = { timeout: 15_000 };

describe('a journal that lost entries', () => {
  test('restores this register’s payments from JustiFi, and the manager is told', async () => {
    register.open();
    register.close();
    recordPaid(await sell(1000, '4242424242424242'), 1000);
    const old = makeFolder();
    cpSync(folder, old, { recursive: true });
    const lost = await sell(2000, '4242424242424242');
    recordPaid(lost, 2000);
    await sell(3000, '4000000000000002');
    await sell(51, null);
    await sell(5000, '4242424242424242', 'register-2');
    // An old copy of every file was restored, except the high-water mark.
    for (const name of readdirSync(old).filter((file) => !file.endsWith('.head'))) {
      rmSync(join(folder, name), { recursive: true });
      cpSync(join(old, name), join(folder, name), { recursive: true });
    }
    rmSync(old, { recursive: true });

    const till = register.open();
    expect(till.repairs.notice()).toMatchObject({ kind: 'restored', gapSinceUtc: expect.any(String), isLookedInto: false });
    await vi.waitFor(() => expect(till.repairs.notice()).toMatchObject({ isLookedInto: true, found: { count: 1, amountInCents: 2000 } }), SOON);
    expect(till.register.late()).toEqual([]);
    expect(till.register.unresolved()).toEqual([]);

    // Shown again after a restart, until it is acknowledged.
    const again = register.open();
    expect(again.repairs.notice()).toMatchObject({ found: { count: 1, amountInCents: 2000 } });
    expect(again.repairs.acknowledge()).toMatchObject({ kind: 'failed', failure: { kind: 'no-connection' } });
    await vi.waitFor(() => expect(again.repairs.notice()?.isLookedInto).toBe(true), SOON);
    expect(again.repairs.notice()).toMatchObject({ found: { count: 1 } });
    expect(again.repairs.acknowledge()).toEqual({ kind: 'ok', value: null });
    expect(again.repairs.notice()).toBeNull();
    expect(register.open().repairs.notice()).toBeNull();
  });

  test('is noticed even when all of it is missing', async () => {
    register.open();
    register.close();
    recordPaid(await sell(1000, '4242424242424242'), 1000);
    for (const name of readdirSync(folder).filter((file) => file.startsWith('test-'))) rmSync(join(folder, name), { recursive: true });
    const till = register.open();
    await vi.waitFor(() => expect(till.repairs.notice()).toMatchObject({ isLookedInto: true, found: { count: 1, amountInCents: 1000 } }), SOON);
  });

  test('waits for JustiFi when it cannot be reached', async () => {
    register.open();
    register.close();
    for (const name of readdirSync(folder).filter((file) => file.startsWith('test-'))) rmSync(join(folder, name), { recursive: true });
    await sell(1000, '4242424242424242');
    justifi.addFault({ on: 'GET /v1/checkouts', kind: 'disconnect', moment: 'before' });
    const till = register.open();
    await vi.waitFor(() => expect(justifi.requests('GET /v1/checkouts').length).toBeGreaterThan(1), SOON);
    expect(till.repairs.notice()).toMatchObject({ isLookedInto: false });
    justifi.clearFaults();
    await vi.waitFor(() => expect(till.repairs.notice()).toMatchObject({ isLookedInto: true, found: { count: 1 } }), SOON);
  });

  test('is not assumed for a new register', () => {
    expect(register.open().repairs.notice()).toBeNull();
  });
});

describe('a journal for each account', () => {
  test('another shop that is connected meanwhile never asks about the first one’s payment; connected again, the first takes it up', async () => {
    justifi.changeSettings({ subAccounts: [{ ...trainingSubAccounts[0]!, id: ACCOUNT }, { ...trainingSubAccounts[0]!, id: 'acc_other' }] });
    register.open();
    register.close();
    const checkoutId = await sell(1000, null);
    const { journal } = openOrFail(journalFile());
    const sale = { id: 'sale-1', purchase: purchaseOf(1000, 'USD', 'x'), checkoutId, attempts: { ...NO_ATTEMPTS, submits: 1, open: 1, shown: true }, tender: 'card-form' } as const;
    recordAll(journal, [
      { sale: newDraft(sale.id), event: { kind: 'checkout-asked', amountInCents: 51, idempotencyKey: 'key' } },
      { sale: { ...sale, kind: 'unresolved', why: 'unknown', since: '2026-11-23T15:00:00.000Z' }, event: { kind: 'marked-unresolved', at: '2026-11-23T15:00:00.000Z' } },
    ]);
    journal.close();

    const asked = () => justifi.requests('GET /v1/checkouts/*').filter(({ path }) => path.includes(checkoutId)).map(({ headers }) => headers['sub-account']);
    const other = register.open(noForms, 'acc_other');
    expect(other.register.unresolved()).toEqual([]);
    register.close();
    expect(asked()).toEqual([]);

    await shop.complete(checkoutId, (await shop.card('4242424242424242')).body.id);
    const again = register.open();
    await vi.waitFor(() => expect(again.register.late()).toMatchObject([{ kind: 'late', chargedInCents: 1000 }]), SOON);
    expect(new Set(asked())).toEqual(new Set([ACCOUNT]));
  });
});

test('a list of many pages is read to its end, or as far as it is needed', async () => {
  for (let count = 0; count < 103; count += 1) await shop.newCheckout({ amount: 1000 + count });
  const connections = openConnections();
  const tokenSource = clientCredentialsSource(justifi.origin, trainingCredentials, connections.send);
  const api = createAuthorisedApi({ baseUrl: justifi.origin, tokenSource, sendRequest: connections.send, monotonicMs: () => performance.now(), onToken: () => {} });
  const checkouts = createCheckouts({ api, subAccountId: ACCOUNT, originUrl: 'http://localhost:47615', originForm: { read: () => 'url', remember: () => {} } });
  const all = await checkouts.list({ mostPages: 5, isEnough: () => false });
  const enough = await checkouts.list({ mostPages: 5, isEnough: (read) => read.length >= 50 });
  const cut = await checkouts.list({ mostPages: 1, isEnough: () => false });
  await connections.close();
  if (all.kind === 'failed' || enough.kind === 'failed' || cut.kind === 'failed') throw new Error('The list was not answered');
  expect(new Set(all.value.checkouts.map(({ id }) => id)).size).toBe(103);
  expect([all.value.isCut, enough.value.isCut, cut.value.isCut]).toEqual([false, false, true]);
  expect(enough.value.checkouts).toHaveLength(100);
});
