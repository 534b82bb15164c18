import { beforeEach, describe, expect, test } from 'vitest';
import { failed } from '../../../contract/result.ts';
import { setTheCounter } from '../counter.ts';
import { toLate } from './unresolved-sale.ts';

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter();
});

const sale = () => counter.register.sale();

describe('a void or a refund', () => {
  test('that was refused is shown on the screen', async () => {
    await toLate(counter);
    counter.trouble.void = { kind: 'invalid', code: 'payment_outside_void_window', status: 422, parameter: null };
    await counter.reverse('sale-1', 'void');
    expect(counter.views()).toMatchObject([{ saleId: 'sale-1', refused: 'void', mustRefund: true, isReversing: false }]);
    counter.trouble.refund = { kind: 'declined', code: 'refund-failed', status: 201 };
    await counter.reverse('sale-1', 'refund');
    expect(counter.views()).toMatchObject([{ saleId: 'sale-1', refused: 'refund', isReversing: false }]);
  });

  const FORBIDDEN = { kind: 'forbidden', code: 'not_allowed', status: 403, aboutOriginUrl: false } as const;
  const UNAUTHORISED = { kind: 'unauthorised', code: 'http-401', status: 401 } as const;

  test.each([FORBIDDEN, UNAUTHORISED])('that JustiFi does not allow ($status) is refused: it is not asked again, and the payment can be refunded or kept', async (failure) => {
    await toLate(counter);
    counter.trouble.void = failure;
    expect((await counter.reverse('sale-1', 'void')).kind).toBe('failed');
    expect(counter.views()).toMatchObject([{ isReversing: false, mustRefund: true, refused: 'void' }]);
    counter.trouble.refund = failure;
    expect((await counter.reverse('sale-1', 'refund')).kind).toBe('failed');
    expect(counter.views()).toMatchObject([{ isReversing: false, refused: 'refund' }]);
    await counter.pass(120_000);
    expect(counter.requests.filter((request) => /^(void|refund) /u.test(request))).toHaveLength(2);
    expect(counter.register.keepLate('sale-1').kind).toBe('ok');
  });

  test('that JustiFi does not allow is refused after a restart too', async () => {
    await toLate(counter);
    counter.trouble.void = { kind: 'network', code: 'ECONNRESET' };
    await counter.reverse('sale-1', 'void');
    counter = counter.restart({ voidFails: FORBIDDEN });
    expect(counter.views()).toMatchObject([{ isReversing: true }]);
    await counter.pass(25_000);
    expect(counter.views()).toMatchObject([{ isReversing: false, mustRefund: true, refused: 'void' }]);
  });

  test.each([FORBIDDEN, { kind: 'invalid', code: 'payment_not_voidable', status: 422, parameter: null } as const])('whose first answer was lost is not called refused ($status) before JustiFi has shown the payment: it may have been done', async (failure) => {
    await toLate(counter);
    counter.trouble.void = { kind: 'network', code: 'ECONNRESET' };
    await counter.reverse('sale-1', 'void');
    counter.trouble.void = failure;
    counter.trouble.readPayment = { kind: 'network', code: 'ECONNREFUSED' };
    await counter.pass(25_000);
    expect(counter.views()).toMatchObject([{ isReversing: true, refused: null }]);
    counter.payment('py_1', 'cho_1', { status: 'canceled' });
    counter.trouble.readPayment = null;
    await counter.pass(25_000);
    expect(counter.late()).toEqual([]);
    expect(counter.journal.at(-1)!.sale).toMatchObject({ kind: 'reversed' });
    expect(new Set(counter.returnKeys).size).toBe(1);
  });

  test.each([
    { kind: 'invalid', code: 'not-found', status: 404, parameter: null },
    { kind: 'invalid', code: 'bad_request', status: 400, parameter: null },
    FORBIDDEN,
    UNAUTHORISED,
    { kind: 'server', code: 'http-500', status: 500 },
  ] as const)('that JustiFi works on is not refused because its state cannot be read ($status): no second one is asked for', async (failure) => {
    await toLate(counter);
    counter.trouble.refundStatus = 'pending';
    await counter.reverse('sale-1', 'refund');
    counter.trouble.readRefund = failure;
    await counter.pass(65_000);
    expect(counter.views()).toMatchObject([{ isReversing: true, refused: null, amountInCents: 1799 }]);
    await counter.reverse('sale-1', 'refund');
    expect(counter.returnKeys).toHaveLength(1);
    counter.trouble.readRefund = null;
    counter.trouble.refundStatus = 'succeeded';
    await counter.pass(25_000);
    expect(counter.journal.at(-1)!.sale).toMatchObject({ kind: 'reversed' });
  });

  test('is asked with a key of its own, and again with the same until there is an answer', async () => {
    await toLate(counter);
    counter.trouble.refund = { kind: 'declined', code: 'refund-failed', status: 201 };
    await counter.reverse('sale-1', 'refund');
    counter.trouble.refund = { kind: 'network', code: 'ECONNRESET' };
    await counter.reverse('sale-1', 'refund');
    await counter.pass(45_000);
    counter.trouble.refund = null;
    await counter.pass(20_000);
    const [first, ...later] = counter.returnKeys;
    expect(new Set(later).size).toBe(1);
    expect(later).not.toContain(first);
    expect(counter.journal.at(-1)!.sale).toMatchObject({ kind: 'reversed' });
  });

  test('of a part leaves the rest with the sale, and the reversed amount is the sum', async () => {
    await toLate(counter);
    counter.payment('py_1', 'cho_1', { status: 'partially_refunded', refundedInCents: 500 });
    counter.trouble.refund = { kind: 'invalid', code: 'refund_exceeds_amount_available', status: 422, parameter: 'amount' };
    await counter.reverse('sale-1', 'refund');
    await counter.settle();
    counter.trouble.refund = null;
    await counter.reverse('sale-1', 'refund');
    expect(counter.requests.at(-1)).toBe('refund py_1 1299');
    expect(counter.late()).toEqual([]);
  });

  test('that JustiFi still works on is not done until it says so', async () => {
    await toLate(counter);
    counter.trouble.refundStatus = 'pending';
    await counter.reverse('sale-1', 'refund');
    expect(counter.views()).toMatchObject([{ isReversing: true }]);
    counter.trouble.refundStatus = 'failed';
    await counter.pass(25_000);
    expect(counter.views()).toMatchObject([{ isReversing: false, refused: 'refund' }]);
  });
});

describe('a refund of a sale that is over', () => {
  const refund = (amountInCents: number, leftInCents: number) => counter.register.giveBack('sale-1', { kind: 'refund', amountInCents, leftInCents, reason: null, returnsFees: false });

  async function toOver(chargedInCents = 1799): Promise<void> {
    await counter.toReady();
    await counter.pay();
    counter.complete('cho_1', 'succeeded', chargedInCents);
    await counter.pass(2_000);
    if (sale().kind === 'wrong-amount') counter.register.acknowledgeWrongAmount('sale-1');
    else counter.register.newSale('sale-1');
    await counter.settle();
  }

  test('F-20: pressed twice while another program writes into the journal gives the money back once', async () => {
    await toOver();
    counter.trouble.isWriting = true;
    const first = refund(500, 1799);
    await counter.pass(50);
    const second = refund(500, 1799);
    counter.trouble.isWriting = false;
    await counter.pass(1_000);
    expect(await first).toMatchObject({ kind: 'ok', value: { state: 'done' } });
    expect(await second).toEqual(failed({ kind: 'sale-changed' }));
    expect(counter.requests.filter((request) => request.startsWith('refund'))).toEqual(['refund py_1 500']);
  });

  const asked = () => counter.requests.filter((request) => request.startsWith('refund '));
  /** JustiFi has made it, and its answer was lost. */
  async function toLostAnswer(): Promise<void> {
    await toOver();
    Object.assign(counter.trouble, { refund: { kind: 'network', code: 'ECONNRESET' }, isAnswerLost: true });
    expect(await refund(500, 1799)).toMatchObject({ kind: 'ok', value: { state: 'asked' } });
    Object.assign(counter.trouble, { refund: null, isAnswerLost: false });
  }

  test.each([
    ['in the same run', () => {}, ['refund py_1 500']],
    ['after a restart', () => void (counter = counter.restart()), []],
  ])('F-20: whose answer was lost is looked for, not asked for again: JustiFi may have forgotten its key (%s)', async (_when, happens, requests) => {
    await toLostAnswer();
    happens();
    await counter.pass(25_000);
    expect(asked()).toEqual(requests);
    expect(counter.register.find('sale-1')).toMatchObject({ value: { kind: 'paid', reversals: [{ state: 'done', amountInCents: 500, refundId: 're_1' }] } });
  });

  test.each([
    { kind: 'network', code: 'ECONNREFUSED' },
    { kind: 'rate-limited', code: 'http-429', status: 429 },
    { kind: 'unexpected', code: 'refunds-unread', status: 200 },
  ] as const)('F-20: is not asked for again before JustiFi has shown its refunds ($kind)', async (failure) => {
    await toLostAnswer();
    counter.trouble.findRefund = failure;
    await counter.pass(300_000);
    expect(asked()).toEqual(['refund py_1 500']);
    expect(counter.register.find('sale-1')).toMatchObject({ value: { kind: 'reversing' } });
    counter.trouble.findRefund = null;
    await counter.pass(25_000);
    expect(asked()).toEqual(['refund py_1 500']);
    expect(counter.register.find('sale-1')).toMatchObject({ value: { kind: 'paid', reversals: [{ state: 'done' }] } });
  });

  test('F-20: that never arrived is repeated with its key, also where JustiFi does not let its refunds be read', async () => {
    await toOver();
    counter.trouble.refund = { kind: 'network', code: 'ECONNREFUSED' };
    await refund(500, 1799);
    counter.trouble.findRefund = { kind: 'forbidden', code: 'not_allowed', status: 403, aboutOriginUrl: false };
    counter.trouble.refund = null;
    await counter.pass(25_000);
    expect(asked()).toEqual(['refund py_1 500', 'refund py_1 500']);
    expect(new Set(counter.returnKeys).size).toBe(1);
    expect(counter.register.find('sale-1')).toMatchObject({ value: { kind: 'paid', reversals: [{ state: 'done' }] } });
  });

  test('does not change an acknowledged wrong amount', async () => {
    await toOver(71_700);
    expect(await refund(500, 71_700)).toMatchObject({ kind: 'ok' });
    expect(counter.journal.at(-1)!.sale).toMatchObject({ kind: 'wrong-amount-seen', chargedInCents: 71_700 });
  });
});
