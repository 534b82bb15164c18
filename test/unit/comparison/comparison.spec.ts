import { describe, expect, test } from 'vitest';
import { failed } from '../../../contract/result.ts';
import type { JustifiFailure } from '../../../main/sale/justifi-failure.ts';
import { DAY_MS, NOW, PAGE, NO_ANSWER, abandoned, comparison, listed, openShop, paid, single } from './compared-shop.ts';

describe('JustiFi and the journal, entry by entry', () => {
  test('both agree: no finding; checkouts without an attempt, and those of another register, are ignored', async () => {
    const shop = openShop();
    shop.checkouts.push(listed('cho_1'), listed('cho_2', { status: 'created' }), listed('cho_3', { registerId: 'register-2' }), listed('cho_4', { registerId: null, pc: null }));
    shop.journal.push(paid('sale-1', 'cho_1'));
    expect(await comparison(shop)).toEqual({ unknown: [], onOtherPc: [], paidAtJustifi: [], missingAtJustifi: [], unreadable: 0, isComplete: true });
    expect(shop.asked).toEqual([]);
  });

  test('an unreadable entry is counted and the comparison goes on; one of another register is not even counted', async () => {
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

  test('more sales than are read one by one: the result is marked as incomplete', async () => {
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

  test('a checkout whose line has no metadata is read by itself, and assigned to its register', async () => {
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

  test('payments of a PC with the same register id belong to that PC', async () => {
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

  test('a very long list is cut, and the result says so', async () => {
    const shop = openShop();
    for (let sale = 0; sale < 20 * PAGE + 1; sale += 1) shop.checkouts.push(listed(`cho_${sale}`, { registerId: 'register-2', createdAtMs: NOW }));
    expect((await comparison(shop)).isComplete).toBe(false);
  });
});
