import { beforeEach, describe, expect, test } from 'vitest';
import { auditOfSale } from '../../../main/manager/sale-audit.ts';
import { setTheCounter } from '../counter.ts';

/* No payment that may still arrive is forgotten. */

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter();
});

const sale = () => counter.register.sale();
const WEEK_MS = 7 * 24 * 60 * 60_000;

describe('a payment that may still arrive', () => {
  test('and arrives while NOT CHARGED is on the screen is PAID there', async () => {
    await counter.toNotCharged();
    expect(sale().kind).toBe('not-charged');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(20_000);
    expect(sale().kind).toBe('paid');
  });

  test('is watched through Try again and Back, and reported when it arrives', async () => {
    await counter.toNotCharged();
    await counter.again();
    counter.register.goBack('sale-1');
    expect(sale()).toMatchObject({ kind: 'draft', amountInCents: 1799 });
    await counter.pass(200_000);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(20_000);
    expect(counter.late()).toMatchObject([{ id: 'sale-1', chargedInCents: 1799 }]);
  });

  test('is watched through Try again and a restart', async () => {
    await counter.toNotCharged();
    await counter.again();
    counter = counter.restart();
    await counter.pass(200_000);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(20_000);
    expect(counter.late()).toMatchObject([{ id: 'sale-1' }]);
  });

  test('is watched when the next card is declined and the sale is cancelled', async () => {
    await counter.toNotCharged();
    await counter.again();
    await counter.pay({ componentAmountInCents: 1799 });
    counter.form().listener.hinted({ kind: 'answered', status: 201 });
    counter.attempt('cho_1', { id: 'chc_other' });
    await counter.pass(20_000);
    expect(sale().kind).toBe('declined');
    counter.register.goBack('sale-1');
    await counter.pass(200_000);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(20_000);
    expect(counter.late()).toMatchObject([{ id: 'sale-1' }]);
  });

  test('and arrives while the next form is on the screen is PAID, and that form closes', async () => {
    await counter.toNotCharged();
    await counter.again();
    expect(sale().kind).toBe('ready');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(20_000);
    expect(sale().kind).toBe('paid');
    expect(counter.forms.every(({ state }) => state === 'closed')).toBe(true);
  });

  test('is not the decline of the try after it: DECLINED waits until it is clear whose it is', async () => {
    await counter.toNotCharged();
    await counter.again();
    await counter.pay({ componentAmountInCents: 1799 });
    // The first request has arrived at last, and was declined. The second is still on its way.
    counter.attempt('cho_1', { id: 'chc_first' });
    await counter.pass(30_000);
    expect(sale().kind).toBe('checking');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(20_000);
    expect(sale().kind).toBe('paid');
  });

  test('has arrived when the next form says that the checkout is completed: JustiFi is asked, and NOT CHARGED is never said', async () => {
    await counter.toNotCharged();
    const shown: string[] = [];
    counter.whenDrawn(() => void shown.push(sale().kind));
    counter.complete('cho_1', 'succeeded');
    counter.register.tryAgain('sale-1');
    await counter.settle();
    const listener = counter.forms.at(-1)!.listener;
    listener.hinted({ kind: 'failed', word: 'checkout-already-completed' });
    expect(sale().kind).toBe('checking');
    counter.forms.at(-1)!.failToLoad();
    await counter.pass(12_000);
    expect(sale().kind).toBe('paid');
    expect(shown).not.toContain('not-charged');
  });

  test('is asked about when the form of the next try is lost', async () => {
    await counter.toNotCharged();
    await counter.again();
    counter.form().listener.lost('crashed');
    expect(sale().kind).toBe('checking');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(2_000);
    expect(sale().kind).toBe('paid');
  });
});

describe('the attempts that JustiFi lists', () => {
  test('are distinguished by their ids, in whatever order they are listed', async () => {
    await counter.toReady();
    await counter.pay();
    counter.attempt('cho_1', { id: 'chc_b' });
    await counter.pass(1_100);
    expect(sale().kind).toBe('declined');
    await counter.again();
    await counter.pay({ componentAmountInCents: 1799 });
    const checkout = counter.api.get('cho_1')!;
    // The new one first: it is under way.
    counter.api.set('cho_1', { ...checkout, completions: [{ ...checkout.completions[0]!, id: 'chc_a', status: 'processing', paymentStatus: '' }, ...checkout.completions] });
    await counter.pass(30_000);
    expect(sale().kind).toBe('checking');
  });

  test('are not DECLINED while one of them is open', async () => {
    await counter.toReady();
    await counter.pay();
    counter.attempt('cho_1', { id: 'chc_1', status: 'processing', paymentStatus: 'processing', errorCode: null });
    counter.attempt('cho_1', { id: 'chc_2' });
    await counter.pass(30_000);
    expect(sale().kind).toBe('checking');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(20_000);
    expect(sale().kind).toBe('paid');
  });

  test('that are open keep NOT CHARGED away, however long it takes', async () => {
    await counter.toReady();
    await counter.pay();
    counter.attempt('cho_1', { id: 'chc_1', status: 'processing', paymentStatus: '', errorCode: null });
    await counter.pass(400_000);
    expect(sale().kind).toBe('checking');
  });
});

describe('signs of a payment that was not allowed (A-02)', () => {
  test.each([
    ['the component says that it is done', { kind: 'submitted', word: 'succeeded' }],
    ['its own request was answered 201', { kind: 'answered', status: 201 }],
  ] as const)('%s while its form is on the screen: JustiFi is asked at once', async (_name, hint) => {
    await counter.toReady();
    counter.complete('cho_1', 'succeeded');
    counter.form().listener.hinted(hint);
    await counter.settle();
    await counter.settle();
    expect(sale().kind).toBe('paid');
  });

  test.each(['crashed', 'stuck'])('a form that is %s is asked about before NOT CHARGED', async (why) => {
    await counter.toReady();
    counter.complete('cho_1', 'succeeded');
    const shown: string[] = [];
    counter.whenDrawn(() => void shown.push(sale().kind));
    counter.form().listener.lost(why);
    await counter.pass(1_000);
    expect(sale().kind).toBe('paid');
    expect(shown).not.toContain('not-charged');
  });

  test('a charge that arrives after Back is reported as late', async () => {
    await counter.toReady();
    counter.form().listener.goBack();
    await counter.pass(3_000);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(130_000);
    expect(counter.late()).toMatchObject([{ id: 'sale-1' }]);
  });

  test('a form that is lost before Pay ends as not charged, by JustiFi’s answer', async () => {
    await counter.toReady();
    const before = counter.requests.length;
    counter.form().listener.lost('crashed');
    expect(sale().kind).toBe('checking');
    await counter.pass(1_000);
    expect(sale()).toMatchObject({ kind: 'not-charged', reason: 'form-lost' });
    expect(counter.requests.slice(before)).toContain('read cho_1');
  });
});

describe('the payment decides beside checkout and completion', () => {
  test('a completion that succeeded on a checkout that stays attempted is PAID', async () => {
    await counter.toReady();
    await counter.pay();
    counter.payment('py_1', 'cho_1');
    counter.attempt('cho_1', { id: 'chc_1', status: 'succeeded', paymentStatus: 'succeeded', errorCode: null, paymentId: 'py_1' });
    await counter.pass(20_000);
    expect(sale()).toMatchObject({ kind: 'paid', paymentId: 'py_1' });
  });

  test('a completed checkout with a payment and no completions is PAID', async () => {
    await counter.toReady();
    await counter.pay();
    counter.payment('py_1', 'cho_1');
    counter.api.set('cho_1', { ...counter.api.get('cho_1')!, status: 'completed', successfulPaymentId: 'py_1' });
    await counter.pass(20_000);
    expect(sale()).toMatchObject({ kind: 'paid', paymentId: 'py_1' });
  });

  test('an attempt that failed without a payment status is DECLINED when there is no payment', async () => {
    await counter.toReady();
    await counter.pay();
    counter.attempt('cho_1', { id: 'chc_1', status: 'failed', paymentStatus: '' });
    await counter.pass(20_000);
    expect(sale().kind).toBe('declined');
  });

  test('a payment that the checkout does not show is PAID, not NOT CHARGED', async () => {
    await counter.toReady();
    await counter.pay();
    counter.payment('py_1', 'cho_1');
    await counter.pass(170_000);
    expect(sale()).toMatchObject({ kind: 'paid', paymentId: 'py_1' });
  });

  test('no sale is checking for ever: when the checkout is a week old the manager can end it', async () => {
    await counter.toReady();
    await counter.pay();
    counter.attempt('cho_1', { id: 'chc_1', status: 'who-knows', paymentStatus: 'quantum' });
    await counter.pass(20_000);
    expect(counter.register.serveNext('sale-1').kind).toBe('ok');
    expect(counter.register.endUnresolved('sale-1').kind).toBe('failed');
    await counter.pass(WEEK_MS);
    expect(counter.register.unresolved()).toMatchObject([{ saleId: 'sale-1', amountInCents: 1799, mayEnd: true }]);
    expect(counter.register.endUnresolved('sale-1').kind).toBe('ok');
    expect(counter.toConfirm()).toEqual([]);
    const { sale: ended, event } = counter.journal.at(-1)!;
    expect(auditOfSale(ended, event)).toMatchObject({ action: 'payment-ended', by: 'manager', detail: { sale: 'sale-1', amountInCents: 1799 } });
  });

  async function leaveUnknown(): Promise<void> {
    await counter.toReady();
    await counter.pay();
    counter.attempt('cho_1', { id: 'chc_1', status: 'who-knows', paymentStatus: 'quantum' });
    await counter.pass(20_000);
    expect(counter.register.serveNext('sale-1').kind).toBe('ok');
  }

  test.each([
    ['in the same run', () => {}],
    ['after a restart', () => void (counter = counter.restart())],
    ['after a restart, while JustiFi has not answered', () => ((counter = counter.restart()), void (counter.trouble.knowsJustifiTime = false))],
  ])('a PC clock that was set forward by a month does not let the manager end a payment early: %s', async (_when, begin) => {
    await leaveUnknown();
    begin();
    counter.trouble.clockAheadMs = 30 * 24 * 60 * 60_000;
    await counter.pass(60_000);
    expect(counter.register.unresolved()).toMatchObject([{ saleId: 'sale-1', mayEnd: false }]);
    expect(counter.register.endUnresolved('sale-1').kind).toBe('failed');
    counter.trouble.knowsJustifiTime = true;
    await counter.pass(WEEK_MS);
    expect(counter.register.endUnresolved('sale-1').kind).toBe('ok');
  });

  test('a PC clock that was a month behind, and is set right, does not either', async () => {
    counter.trouble.clockAheadMs = -30 * 24 * 60 * 60_000;
    await leaveUnknown();
    counter.trouble.clockAheadMs = 0;
    expect(counter.register.endUnresolved('sale-1').kind).toBe('failed');
    await counter.pass(WEEK_MS);
    expect(counter.register.endUnresolved('sale-1').kind).toBe('ok');
  });
});

describe('a Pay that arrives after its hour, when nothing asks about its sale any more', () => {
  const HOUR_MS = 60 * 60_000;

  async function toAbandoned(): Promise<void> {
    await counter.toNotCharged();
    expect(counter.register.cancelSale('sale-1').kind).toBe('ok');
    await counter.pass(HOUR_MS);
    expect(counter.journal.at(-1)!.sale).toMatchObject({ id: 'sale-1', kind: 'abandoned' });
  }

  test.each([
    ['is untouched', () => {}],
    ['shows another card that failed', () => counter.attempt('cho_1', { id: 'chc_9' })],
  ])('is told as late within the next hour, though its checkout %s', async (_name, happens) => {
    counter.openComparisons();
    await toAbandoned();
    happens();
    counter.payment('py_1', 'cho_1');
    await counter.pass(HOUR_MS);
    expect(counter.late()).toMatchObject([{ id: 'sale-1', paymentId: 'py_1', chargedInCents: 1799, isPending: false }]);
  });

  test.each([
    ['its attempt', { id: 'chc_1', status: 'succeeded', paymentStatus: 'pending', paymentId: 'py_1' }],
    ['another card that failed', { id: 'chc_9' }],
  ])('is told also when it is a bank transfer that is still pending, and its checkout shows %s', async (_name, attempt) => {
    counter.openComparisons();
    await toAbandoned();
    counter.payment('py_1', 'cho_1', { status: 'pending' });
    counter.attempt('cho_1', attempt);
    await counter.pass(HOUR_MS);
    expect(counter.late()).toMatchObject([{ id: 'sale-1', isPending: true }]);
  });
});
