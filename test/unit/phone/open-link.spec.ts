import { beforeEach, describe, expect, test } from 'vitest';
import { openLink } from '../../../main/sale/sale.ts';
import { historyStateOf } from '../../../main/history/history-state.ts';
import { setTheCounter } from '../counter.ts';
import { WAYS, creates, expire, payBy, reads, snapshot, state, toLink } from './link-counter.ts';

const DAY_MS = 24 * 60 * 60_000;

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter([], [], { ways: WAYS });
});

describe('a link that was shown stays payable for a week', () => {
  test.each(['card-form', 'reader'] as const)('so the next way to pay (%s) uses the same checkout', async (tender) => {
    await toLink(counter);
    await payBy(counter, tender);
    expect(state(counter)).toMatchObject({ tender, checkoutId: 'cho_1', attempts: { link: { payableUntil: '2026-11-30T15:00:00.000Z' } } });
    expect(counter.register.presentedLink()).toBeNull();
    expect(snapshot(counter).saleLink).toEqual({ payableUntil: '2026-11-30T15:00:00.000Z', wasDeclined: false, code: null });
    expect(creates(counter)).toHaveLength(1);
  });

  test('paid while the card form is on the screen: PAID, and the form is closed', async () => {
    await toLink(counter);
    await payBy(counter, 'card-form');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(16_000);
    expect(state(counter)).toMatchObject({ kind: 'paid', paymentId: 'py_1' });
    expect(counter.forms.filter((form) => form.state !== 'closed')).toEqual([]);
  });

  test('paid in the moment before Pay on the card form: Pay reads the checkout anew, and charges nothing', async () => {
    await toLink(counter);
    await payBy(counter, 'card-form');
    counter.complete('cho_1', 'succeeded');
    expect(await counter.pay({ componentAmountInCents: 1799 })).toMatchObject({ kind: 'failed', failure: { kind: 'not-now' } });
    expect(counter.kinds()).not.toContain('submit-allowed');
    await counter.pass(2_000);
    expect(state(counter).kind).toBe('paid');
  });

  test('paid while the reader is asking: PAID', async () => {
    await toLink(counter);
    await payBy(counter, 'reader');
    expect(state(counter).kind).toBe('submitting');
    counter.attempt('cho_1', { id: 'chc_1', status: 'processing', paymentStatus: '' });
    counter.complete('cho_1', 'succeeded');
    await counter.pass(1_600);
    expect(state(counter)).toMatchObject({ kind: 'paid', tender: 'reader', paymentId: 'py_1' });
  });

  test('a decline at the reader leaves it open, and it is still watched', async () => {
    await toLink(counter);
    await payBy(counter, 'reader');
    counter.complete('cho_1', 'failed');
    await counter.pass(1_600);
    expect(state(counter)).toMatchObject({ kind: 'declined', tender: 'reader' });
    expect(snapshot(counter).saleLink).toMatchObject({ payableUntil: '2026-11-30T15:00:00.000Z' });
    expect(historyStateOf(state(counter))).toBe('link-open');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(16_000);
    expect(state(counter).kind).toBe('paid');
  });

  test('a payment that never reached JustiFi is shown as NOT CHARGED only together with the link', async () => {
    await toLink(counter);
    await payBy(counter, 'card-form');
    await counter.pay({ componentAmountInCents: 1799 });
    await counter.pass(170_000);
    expect(state(counter)).toMatchObject({ kind: 'not-charged', reason: 'not-received' });
    expect(openLink(state(counter))).not.toBeNull();
    expect(historyStateOf(state(counter))).toBe('link-open');
  });

  test('Back from another way leads to the link again, and Back from the link does nothing: the amount cannot be typed a second time', async () => {
    await toLink(counter);
    await payBy(counter, 'card-form');
    expect(counter.register.goBack('sale-1').kind).toBe('ok');
    await counter.settle();
    expect(state(counter)).toMatchObject({ id: 'sale-1', kind: 'ready', tender: 'phone', checkoutId: 'cho_1' });
    expect(counter.register.goBack('sale-1').kind).toBe('failed');
    expect(creates(counter)).toHaveLength(1);
    expect(counter.journal.filter(({ event }) => event.kind === 'link-shown').map(({ sale }) => openLink(sale)?.shownAt)).toEqual(['2026-11-23T15:00:00.000Z', '2026-11-23T15:00:00.000Z']);
  });

  test('where links are no longer offered, another way pays it, and Back leaves it', async () => {
    await toLink(counter);
    const again = counter.restart({ ways: ['card-form'] });
    await again.pass(2_000);
    expect(again.register.tryAgain('sale-1').kind).toBe('ok');
    await again.settle();
    again.form().becomeReady();
    await again.settle();
    expect(state(again)).toMatchObject({ kind: 'ready', tender: 'card-form', checkoutId: 'cho_1' });
    expect(again.register.goBack('sale-1').kind).toBe('ok');
    expect(state(again)).toMatchObject({ kind: 'draft', amountInCents: 0 });
    expect(snapshot(again).openLinkCount).toBe(1);
  });

  test('a sale whose amount at JustiFi differs is not charged automatically on a second checkout', async () => {
    await toLink(counter);
    await payBy(counter, 'card-form');
    counter.api.set('cho_1', { ...counter.api.get('cho_1')!, amountInCents: 51 });
    await counter.pay({ componentAmountInCents: 1799 });
    await counter.settle();
    expect(state(counter)).toMatchObject({ kind: 'draft', amountInCents: 0, problem: { kind: 'amount-changed' } });
    expect(counter.journal.filter(({ event }) => event.kind === 'charge-asked')).toHaveLength(1);
  });
});

describe('a sale that is left with its link open', () => {
  beforeEach(async () => {
    await toLink(counter);
    expect(counter.register.serveNext('sale-1').kind).toBe('ok');
    await counter.settle();
  });

  test('is followed by an empty sale, is no payment to confirm, and is in the list of open links', () => {
    expect(state(counter)).toMatchObject({ kind: 'draft', amountInCents: 0, description: '' });
    expect(counter.toConfirm()).toEqual([]);
    expect(snapshot(counter)).toMatchObject({ openLinkCount: 1, openLinks: [{ saleId: 'sale-1', amountInCents: 1799, description: 'One donut', shownAt: '2026-11-23T15:00:00.000Z', payableUntil: '2026-11-30T15:00:00.000Z' }] });
    expect(counter.register.openPayments()).toBe(1);
  });

  test('has to be confirmed before the same is charged as a new sale, for an hour; another sale does not', async () => {
    await counter.charge(2500, 'Repair');
    expect(state(counter)).toMatchObject({ kind: 'preparing', purchase: { totalInCents: 2500 } });
    counter.register.goBack(state(counter).id);
    await counter.charge();
    expect(state(counter)).toMatchObject({ kind: 'draft', problem: { kind: 'may-still-be-paid' } });
    await counter.charge(1799, 'One donut', ['may-still-be-paid']);
    expect(state(counter).kind).toBe('preparing');
    counter.register.goBack(state(counter).id);
    await counter.pass(60 * 60_000);
    await counter.charge();
    expect(state(counter).kind).toBe('preparing');
  });

  test('is reported as late when it is paid days later, and is asked about four times an hour by then', async () => {
    await counter.pass(5 * DAY_MS);
    const before = reads(counter);
    await counter.pass(60 * 60_000);
    expect(reads(counter) - before).toBeGreaterThanOrEqual(3);
    expect(reads(counter) - before).toBeLessThanOrEqual(5);
    expect(counter.kinds().filter((kind) => kind === 'outcome-known')).toEqual([]);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(16 * 60_000);
    expect(counter.views()).toMatchObject([{ saleId: 'sale-1', amountInCents: 1799, isReversing: false }]);
    expect(snapshot(counter).openLinkCount).toBe(0);
  });

  test('is watched after a restart, too', async () => {
    const again = counter.restart({ ways: WAYS });
    expect(state(again).kind).toBe('draft');
    expect(snapshot(again).openLinkCount).toBe(1);
    again.complete('cho_1', 'succeeded');
    await again.pass(16_000);
    expect(again.late()).toMatchObject([{ id: 'sale-1', kind: 'late', tender: 'phone' }]);
  });

  test('ends when JustiFi reports that the checkout has expired, and not before', async () => {
    await counter.pass(6 * DAY_MS);
    expect(snapshot(counter).openLinkCount).toBe(1);
    expire(counter);
    await counter.pass(16 * 60_000);
    expect(snapshot(counter).openLinkCount).toBe(0);
    expect(counter.journal.findLast(({ sale }) => sale.id === 'sale-1')!.sale).toMatchObject({ kind: 'abandoned', attempts: { link: null } });
    expect(counter.register.openPayments()).toBe(0);
  });

  test('is for the manager to end when its week is over and JustiFi still does not say how it ended', async () => {
    await counter.pass(7 * DAY_MS + 1_000);
    expect(counter.toConfirm()).toMatchObject([{ saleId: 'sale-1', mayEnd: true }]);
    expect(counter.register.endUnresolved('sale-1').kind).toBe('ok');
    expect(snapshot(counter).openLinkCount).toBe(0);
  });

  test('declined on the phone meanwhile stays open', async () => {
    counter.complete('cho_1', 'failed');
    await counter.pass(20_000);
    expect(snapshot(counter).openLinkCount).toBe(1);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(20_000);
    expect(counter.late()).toHaveLength(1);
  });
});
