import { describe, expect, test } from 'vitest';
import { failed, ok } from '../../contract/result.ts';
import type { Checkout, ListedCheckout } from '../../main/sale/checkout.ts';
import { type ComparisonParts, type ComparisonScope, compare } from '../../main/sale/comparison.ts';
import { type ComparisonsParts, openComparisons } from '../../main/sale/comparisons.ts';
import type { JustifiFailure } from '../../main/sale/justifi-failure.ts';
import type { ListedPayment } from '../../main/sale/payments.ts';
import { purchaseOf } from '../../main/sale/purchase.ts';
import { NEVER_ARRIVED_AFTER_MS } from '../../main/sale/reconcile.ts';
import { openRepairs } from '../../main/sale/repairs.ts';
import { NO_ATTEMPTS, type Sale } from '../../main/sale/sale.ts';

const DAY_MS = 24 * 60 * 60_000;
const NOW = Date.parse('2026-11-23T15:00:00.000Z');
const PAGE = 5;
const NOT_FOUND: JustifiFailure = { kind: 'invalid', code: 'not-found', status: 404, parameter: null };
const NO_ANSWER: JustifiFailure = { kind: 'network', code: 'timeout' };

const listed = (id: string, more: Partial<ListedCheckout> = {}): ListedCheckout => ({ id, createdAtMs: NOW - 60_000, amountInCents: 500, currency: 'USD', description: 'Tea', status: 'completed', registerId: 'register-1', pc: 'pc-1', hasMetadata: true, ...more });
const single = (id: string, more: Partial<Checkout> = {}): Checkout => ({ id, accountId: 'acc_1', amountInCents: 500, totalInCents: 500, currency: 'USD', description: 'Tea', status: 'completed', mode: 'test', successfulPaymentId: 'py_1', saleId: null, registerId: 'register-1', pc: 'pc-1', completions: [], ...more });
const paid = (id: string, checkoutId: string): Sale => ({ kind: 'paid', id, purchase: purchaseOf(500, 'USD', 'Tea'), checkoutId, attempts: NO_ATTEMPTS, tender: 'card-form', paymentId: 'py_1', isPending: false, paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, chargedInCents: 500, at: '', reversals: [] });
const abandoned = (id: string, checkoutId: string): Sale => ({ kind: 'abandoned', id, purchase: purchaseOf(500, 'USD', 'Tea'), checkoutId, attempts: NO_ATTEMPTS, tender: 'card-form' });

type Shop = { readonly checkouts: ListedCheckout[]; readonly singles: Map<string, Checkout | JustifiFailure>; readonly payments: ListedPayment[]; readonly journal: Sale[]; readonly asked: string[]; pages: number; paymentPages: number };

function openShop(): Shop & { readonly compare: (scope?: ComparisonScope, isWanted?: () => boolean) => ReturnType<typeof compare> } {
  const shop: Shop = { checkouts: [], singles: new Map(), payments: [], journal: [], asked: [], pages: 0, paymentPages: 0 };
  const parts: Omit<ComparisonParts, 'isWanted'> = {
    checkouts: {
      async list({ mostPages, isEnough }) {
        for (shop.pages = 1; ; shop.pages += 1) {
          const read = shop.checkouts.slice(0, shop.pages * PAGE);
          if (read.length === shop.checkouts.length || isEnough(read)) return ok({ checkouts: read, unreadable: 0, isCut: false });
          if (shop.pages === mostPages) return ok({ checkouts: read, unreadable: 0, isCut: true });
        }
      },
      async read(id) {
        shop.asked.push(id);
        const answer = shop.singles.get(id) ?? NOT_FOUND;
        return 'completions' in answer ? ok(answer) : failed(answer);
      },
    },
    payments: {
      async listTaken({ mostPages, isEnough }) {
        for (shop.paymentPages = 1; ; shop.paymentPages += 1) {
          const items = shop.payments.slice(0, shop.paymentPages * PAGE);
          if (items.length === shop.payments.length || isEnough(items)) return ok({ items, isCut: false });
          if (shop.paymentPages === mostPages) return ok({ items, isCut: true });
        }
      },
    },
    journal: {
      saleOn: (checkoutId) => ok(shop.journal.find((sale) => 'checkoutId' in sale && sale.checkoutId === checkoutId) ?? null),
      paidSince: () => ok(shop.journal.filter(({ kind }) => kind === 'paid')),
    },
    registerId: 'register-1',
    pc: 'pc-1',
    utcNow: () => new Date(NOW).toISOString(),
  };
  return Object.assign(shop, {
    async compare(scope: ComparisonScope = { kind: 'recent' }, isWanted: () => boolean = () => true) {
      return compare({ ...parts, isWanted }, scope);
    },
  });
}

async function comparison(shop: ReturnType<typeof openShop>, scope?: ComparisonScope) {
  const compared = await shop.compare(scope);
  if (compared.kind === 'failed') throw new Error(compared.failure.kind);
  return compared.value;
}

describe('JustiFi and the journal, entry by entry', () => {
  test('both say the same: nothing is found; what was never tried, and what is another register’s, is nothing', async () => {
    const shop = openShop();
    shop.checkouts.push(listed('cho_1'), listed('cho_2', { status: 'created' }), listed('cho_3', { registerId: 'register-2' }), listed('cho_4', { registerId: null, pc: null }));
    shop.journal.push(paid('sale-1', 'cho_1'));
    expect(await comparison(shop)).toEqual({ unknown: [], onOtherPc: [], paidAtJustifi: [], missingAtJustifi: [], unreadable: 0, isComplete: true });
    expect(shop.asked).toEqual([]);
  });

  test('what cannot be read is counted and stops nothing, and another’s of an unknown shape is not even counted', async () => {
    const shop = openShop();
    shop.checkouts.push(listed('cho_odd', { amountInCents: null }), listed('cho_yen', { currency: null }), listed('cho_theirs', { registerId: 'register-2', amountInCents: null, status: null }), listed('cho_2'));
    shop.singles.set('cho_yen', single('cho_yen', { amountInCents: 700 }));
    expect(await comparison(shop)).toMatchObject({ unknown: [{ checkoutId: 'cho_yen', purchase: { totalInCents: 700 } }, { checkoutId: 'cho_2' }], unreadable: 1 });
  });

  const ABOUT_ONE: readonly JustifiFailure[] = [
    { kind: 'forbidden', code: 'not_allowed', status: 403, aboutOriginUrl: false },
    { kind: 'conflict', code: 'http-409', status: 409 },
    { kind: 'invalid', code: 'not-found', status: 404, parameter: null },
    { kind: 'unexpected', code: 'shape', status: 200 },
  ];

  test.each(ABOUT_ONE)('one checkout that JustiFi does not show ($kind) is counted, and keeps no comparison from its end', async (failure) => {
    const shop = openShop();
    shop.checkouts.push(listed('cho_odd', { amountInCents: null }), listed('cho_2'));
    shop.payments.push({ checkoutId: 'cho_old', createdAtMs: NOW });
    shop.journal.push(paid('sale-3', 'cho_3'));
    shop.singles.set('cho_odd', failure).set('cho_old', failure).set('cho_3', failure);
    expect(await comparison(shop)).toMatchObject({ unknown: [{ checkoutId: 'cho_2' }], unreadable: 2, isComplete: true });
  });

  test.each<JustifiFailure>([NO_ANSWER, { kind: 'rate-limited', code: 'http-429', status: 429 }, { kind: 'server', code: 'http-500', status: 500 }, { kind: 'unauthorised', code: 'http-401', status: 401 }])('while JustiFi does not answer ($kind) nothing is decided: it is asked again', async (failure) => {
    const shop = openShop();
    shop.checkouts.push(listed('cho_odd', { amountInCents: null }));
    shop.singles.set('cho_odd', failure);
    expect(await shop.compare()).toEqual({ kind: 'failed', failure: { kind: failure.kind } });
  });

  test('more sales than are asked about one by one: what was not asked about is said', async () => {
    const shop = openShop();
    for (let sale = 0; sale < 51; sale += 1) shop.journal.push(paid(`sale-${sale}`, `cho_${sale}`));
    expect(await comparison(shop)).toMatchObject({ isComplete: false });
    expect(shop.asked).toHaveLength(50);
  });

  test('without one checkout in the list, or without its dates, the payments of two days are read, or as far back as the gap', async () => {
    const shop = openShop();
    for (let page = 0; page < 30; page += 1) for (let one = 0; one < PAGE; one += 1) shop.payments.push({ checkoutId: null, createdAtMs: NOW - page * 6 * 60 * 60_000 });
    await comparison(shop);
    expect(shop.paymentPages).toBe(10);
    await comparison(shop, { kind: 'since', utc: new Date(NOW - 5 * DAY_MS).toISOString() });
    expect(shop.paymentPages).toBe(26);
  });

  test('a checkout whose line has no metadata is read by itself, and taken for what it is', async () => {
    const shop = openShop();
    const bare = { registerId: null, pc: null, hasMetadata: false };
    shop.checkouts.push(listed('cho_ours', bare), listed('cho_theirs', bare));
    shop.singles.set('cho_ours', single('cho_ours')).set('cho_theirs', single('cho_theirs', { registerId: null, pc: null }));
    expect(await comparison(shop)).toMatchObject({ unknown: [{ checkoutId: 'cho_ours' }], unreadable: 0 });
  });

  test('of a sale that the journal lost, the tip is a line of its own again', async () => {
    const shop = openShop();
    shop.checkouts.push(listed('cho_1', { amountInCents: 2_123, tipInCents: 324 }));
    shop.checkouts.push(listed('cho_2', { hasMetadata: false, registerId: null, pc: null }));
    shop.singles.set('cho_2', single('cho_2', { amountInCents: 600, tipInCents: 100 }));
    expect(await comparison(shop)).toMatchObject({
      unknown: [
        { checkoutId: 'cho_1', purchase: { lines: [{ kind: 'goods', amountInCents: 1_799 }, { kind: 'tip', amountInCents: 324 }], totalInCents: 2_123 } },
        { checkoutId: 'cho_2', purchase: { lines: [{ kind: 'goods', amountInCents: 500 }, { kind: 'tip', amountInCents: 100 }], totalInCents: 600 } },
      ],
    });
  });

  test('a payment whose checkout the list does not have is found by JustiFi’s payments', async () => {
    const shop = openShop();
    shop.payments.push({ checkoutId: 'cho_1', createdAtMs: NOW }, { checkoutId: null, createdAtMs: NOW });
    shop.singles.set('cho_1', single('cho_1'));
    expect(await comparison(shop)).toMatchObject({ unknown: [{ checkoutId: 'cho_1', isPaid: true }] });
  });

  test('what a PC with the same register id took is that PC’s', async () => {
    const shop = openShop();
    shop.checkouts.push(listed('cho_1', { pc: 'pc-2' }), listed('cho_2'), listed('cho_3', { pc: null }));
    expect(await comparison(shop)).toMatchObject({ onOtherPc: [{ checkoutId: 'cho_1' }], unknown: [{ checkoutId: 'cho_2' }, { checkoutId: 'cho_3' }] });
  });

  test('a sale that ended without a payment, and whose checkout JustiFi has completed, is named; one that failed there too is not', async () => {
    const shop = openShop();
    shop.checkouts.push(listed('cho_1'), listed('cho_2', { status: 'attempted' }));
    shop.journal.push(abandoned('sale-1', 'cho_1'), abandoned('sale-2', 'cho_2'));
    expect(await comparison(shop)).toMatchObject({ paidAtJustifi: ['sale-1'], unknown: [] });
  });

  test('a payment counts, whatever its checkout shows: of a sale without one it is asked about, and of a sale that the journal lost it is money taken', async () => {
    const shop = openShop();
    shop.checkouts.push(listed('cho_1', { status: 'attempted' }), listed('cho_2', { status: 'created' }), listed('cho_3', { status: 'attempted' }), listed('cho_4', { status: 'created' }), listed('cho_5', { status: 'created' }));
    shop.journal.push(abandoned('sale-1', 'cho_1'), abandoned('sale-2', 'cho_2'), abandoned('sale-3', 'cho_3'));
    shop.singles.set('cho_old', single('cho_old', { status: 'attempted' }));
    shop.payments.push(...['cho_1', 'cho_2', 'cho_4', 'cho_old'].map((checkoutId) => ({ checkoutId, createdAtMs: NOW })));
    expect(await comparison(shop)).toMatchObject({ paidAtJustifi: ['sale-1', 'sale-2'], unknown: [{ checkoutId: 'cho_4', isPaid: true }, { checkoutId: 'cho_old', isPaid: true }] });
  });

  test('PAID here and unknown to JustiFi: only when JustiFi says so of that very checkout', async () => {
    const shop = openShop();
    shop.journal.push(paid('sale-1', 'cho_gone'), paid('sale-2', 'cho_old'), paid('sale-3', 'cho_odd'));
    shop.singles.set('cho_old', single('cho_old')).set('cho_odd', { kind: 'unexpected', code: 'shape', status: 200 });
    expect((await comparison(shop)).missingAtJustifi.map(({ id }) => id)).toEqual(['sale-1']);
    shop.singles.set('cho_gone', NO_ANSWER);
    expect(await shop.compare()).toEqual({ kind: 'failed', failure: { kind: 'network' } });
  });

  test('the last two days are by JustiFi’s clock, from its newest checkout back', async () => {
    const shop = openShop();
    for (let day = 0; day < 40; day += 1) shop.checkouts.push(listed(`cho_${day}`, { createdAtMs: NOW + 400 * DAY_MS - day * DAY_MS }));
    await comparison(shop);
    expect(shop.pages).toBe(1);
  });

  test('a gap is looked into from a day before it, and as far back as the journal is whole: its clock may have been a year fast', async () => {
    const shop = openShop();
    for (let sale = 0; sale < 200; sale += 1) shop.checkouts.push(listed(`cho_${sale}`, { createdAtMs: NOW - sale * 60_000 }));
    for (let sale = 60; sale < 200; sale += 1) shop.journal.push(paid(`sale-${sale}`, `cho_${sale}`));
    const fast = await comparison(shop, { kind: 'since', utc: new Date(NOW + 365 * DAY_MS).toISOString() });
    expect(fast.unknown).toHaveLength(60);
    expect(shop.pages).toBe(80 / PAGE);
    // Known ones alone do not end it either: the day before the gap is read too.
    shop.journal.splice(0);
    for (let sale = 0; sale < 100; sale += 1) shop.journal.push(paid(`sale-${sale}`, `cho_${sale}`));
    const near = await comparison(shop, { kind: 'since', utc: new Date(NOW - 60_000).toISOString() });
    expect(near.unknown).toHaveLength(100);
  });

  test('a register that is closed meanwhile reads no further page', async () => {
    const shop = openShop();
    for (let sale = 0; sale < 10 * PAGE; sale += 1) shop.checkouts.push(listed(`cho_${sale}`));
    expect(await shop.compare(undefined, () => false)).toEqual(failed({ kind: 'closed' }));
    expect(shop).toMatchObject({ pages: 1, paymentPages: 0, asked: [] });
  });

  test('a list without an end is cut, and that is said', async () => {
    const shop = openShop();
    for (let sale = 0; sale < 20 * PAGE + 1; sale += 1) shop.checkouts.push(listed(`cho_${sale}`, { registerId: 'register-2', createdAtMs: NOW }));
    expect((await comparison(shop)).isComplete).toBe(false);
  });
});

type Bell = { readonly ms: number; readonly ring: () => void };
function openBells(): { readonly bells: Bell[]; readonly timers: ComparisonsParts['timers'] } {
  const bells: Bell[] = [];
  return {
    bells,
    timers: {
      after(ms, ring) {
        const bell = { ms, ring };
        bells.push(bell);
        return () => void (bells.includes(bell) && bells.splice(bells.indexOf(bell), 1));
      },
    },
  };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('every hour', () => {
  function openHours() {
    const shop = openShop();
    const found: string[] = [];
    const findings: unknown[] = [];
    const rechecked: string[] = [];
    const disk = { isFull: false };
    const { bells, timers } = openBells();
    const comparisons = openComparisons({
      compare: (isWanted) => shop.compare({ kind: 'recent' }, isWanted),
      register: {
        found(checkoutId) {
          if (disk.isFull) return failed({ kind: 'journal-unwritable' });
          found.push(checkoutId);
          shop.journal.push(paid(`found-${checkoutId}`, checkoutId));
          return ok('begun');
        },
        recheck: async (saleId) => void rechecked.push(saleId),
      },
      timers,
      log: () => {},
      onFinding: (finding) => findings.push(finding),
      onChange: () => {},
    });
    return { shop, disk, found, findings, rechecked, bells, comparisons, ring: async () => (bells.shift()!.ring(), settled()) };
  }

  test('a payment that the journal lost is fetched back, told once, and not again after the manager has seen it', async () => {
    const { shop, found, findings, rechecked, bells, comparisons, ring } = openHours();
    shop.checkouts.push(listed('cho_1'), listed('cho_2', { pc: 'pc-2' }), listed('cho_3', { status: 'attempted' }), listed('cho_4'));
    shop.journal.push(abandoned('sale-4', 'cho_4'));
    expect(bells.map(({ ms }) => ms)).toEqual([60_000]);
    await ring();
    expect(found).toEqual(['cho_1', 'cho_3']);
    expect(rechecked).toEqual(['sale-4']);
    const notice = { unknown: { count: 1, amountInCents: 500 }, onOtherPc: { count: 1, amountInCents: 500 }, missingAtJustifi: { count: 0, amountInCents: 0 }, unreadable: 0, isComplete: true };
    expect(comparisons.notice()).toEqual(notice);
    expect(bells.map(({ ms }) => ms)).toEqual([60 * 60_000]);
    await ring();
    expect(comparisons.notice()).toEqual(notice);
    comparisons.acknowledge();
    await ring();
    expect(comparisons.notice()).toBeNull();
    expect(findings).toHaveLength(1);
  });

  test('more at JustiFi than can be looked through is told to the manager once', async () => {
    const { shop, findings, comparisons, ring } = openHours();
    for (let sale = 0; sale < 20 * PAGE + 1; sale += 1) shop.checkouts.push(listed(`cho_${sale}`, { registerId: 'register-2', createdAtMs: NOW }));
    await ring();
    expect(comparisons.notice()).toMatchObject({ unknown: { count: 0 }, unreadable: 0, isComplete: false });
    expect(findings).toMatchObject([{ isComplete: false }]);
    await ring();
    comparisons.acknowledge();
    await ring();
    expect(comparisons.notice()).toBeNull();
    expect(findings).toHaveLength(1);
  });

  test('what cannot be read is told again when it is another entry, days after the manager has seen the first', async () => {
    const { shop, findings, comparisons, ring } = openHours();
    const odd = listed('cho_odd', { amountInCents: null });
    shop.checkouts.push(odd);
    await ring();
    expect(comparisons.notice()).toMatchObject({ unreadable: 1 });
    comparisons.acknowledge();
    shop.checkouts.pop();
    await ring();
    expect(comparisons.notice()).toBeNull();
    shop.checkouts.push({ ...odd, id: 'cho_other' });
    await ring();
    expect(comparisons.notice()).toMatchObject({ unreadable: 1 });
    expect(findings).toHaveLength(2);
  });

  test('a list that was whole again and is cut once more is told once more', async () => {
    const { shop, comparisons, ring } = openHours();
    const many = Array.from({ length: 20 * PAGE + 1 }, (_, sale) => listed(`cho_${sale}`, { registerId: 'register-2', createdAtMs: NOW }));
    shop.checkouts.push(...many);
    await ring();
    comparisons.acknowledge();
    shop.checkouts.length = 0;
    await ring();
    expect(comparisons.notice()).toBeNull();
    shop.checkouts.push(...many);
    await ring();
    expect(comparisons.notice()).toMatchObject({ isComplete: false });
  });

  test('a payment that cannot be fetched back, because the disk is full, is tried again in ten minutes', async () => {
    const { shop, disk, found, bells, comparisons, ring } = openHours();
    shop.checkouts.push(listed('cho_1'));
    disk.isFull = true;
    await ring();
    expect(comparisons.notice()).toBeNull();
    expect(bells.map(({ ms }) => ms)).toEqual([10 * 60_000]);
    disk.isFull = false;
    await ring();
    expect(found).toEqual(['cho_1']);
    expect(comparisons.notice()).toMatchObject({ unknown: { count: 1, amountInCents: 500 } });
    expect(bells.map(({ ms }) => ms)).toEqual([60 * 60_000]);
  });

  test('without an answer it is quiet, and asks again in ten minutes', async () => {
    const { shop, bells, comparisons, ring } = openHours();
    shop.journal.push(paid('sale-1', 'cho_1'));
    shop.singles.set('cho_1', NO_ANSWER);
    await ring();
    expect(comparisons.notice()).toBeNull();
    expect(bells.map(({ ms }) => ms)).toEqual([10 * 60_000]);
  });
});

describe('after the journal was repaired', () => {
  const REPAIR = { sequence: 7, database: 'behind', mirror: null, backup: null, missing: [], gapSinceUtc: '2026-11-23T14:00:00.000Z', setAside: [] } as const;

  test('JustiFi is asked twice, 150 seconds apart, for a payment that was under way; what was left over is told', async () => {
    const shop = openShop();
    const found: string[] = [];
    const { bells, timers } = openBells();
    const repairs = openRepairs({
      journal: { untoldRepairs: () => ok([REPAIR]), acknowledgeRepair: () => ok(null), foundAfter: () => ok([]) },
      compare: (utc) => shop.compare({ kind: 'since', utc }),
      register: { found: (checkoutId) => (found.push(checkoutId), ok('begun')), recheck: async () => {} },
      timers,
      log: () => {},
      onChange: () => {},
    });
    shop.checkouts.push(listed('cho_other', { pc: 'pc-2' }), listed('cho_odd', { amountInCents: null }));
    await settled();
    expect(bells.map(({ ms }) => ms)).toEqual([NEVER_ARRIVED_AFTER_MS]);
    expect(repairs.notice()).toMatchObject({ isLookedInto: false });
    shop.checkouts.push(listed('cho_1'));
    bells.shift()!.ring();
    await settled();
    expect(found).toEqual(['cho_1']);
    expect(repairs.notice()).toMatchObject({ isLookedInto: true, onOtherPc: 1, unreadable: 1, isComplete: true });
    expect(repairs.acknowledge()).toEqual({ kind: 'ok', value: null });
  });

  function openUnreadable(journal: { isReadable: boolean }) {
    const { bells, timers } = openBells();
    const unreadable = failed({ kind: 'journal-unreadable', detail: 'held' } as const);
    const repairs = openRepairs({
      journal: { untoldRepairs: () => (journal.isReadable ? ok([REPAIR]) : unreadable), acknowledgeRepair: () => ok(null), foundAfter: () => (journal.isReadable ? ok([]) : unreadable) },
      compare: null,
      register: { found: () => ok('begun'), recheck: async () => {} },
      timers,
      log: () => {},
      onChange: () => {},
    });
    return { bells, repairs };
  }

  test('what was found cannot be read: that is not called all of it', () => {
    const journal = { isReadable: true };
    const { repairs } = openUnreadable(journal);
    expect(repairs.notice()).toMatchObject({ found: { count: 0 }, isComplete: true });
    journal.isReadable = false;
    expect(repairs.notice()).toMatchObject({ found: { count: 0 }, isComplete: false });
  });

  test('and the note about it cannot be read at the start: it is read again, and told', () => {
    const journal = { isReadable: false };
    const { bells, repairs } = openUnreadable(journal);
    expect(repairs.notice()).toBeNull();
    journal.isReadable = true;
    bells.shift()!.ring();
    expect(repairs.notice()).toMatchObject({ kind: 'restored', gapSinceUtc: REPAIR.gapSinceUtc });
    expect(bells).toEqual([]);
  });
});
