import { beforeEach, describe, expect, test } from 'vitest';
import { auditOfSale } from '../../main/manager/sale-audit.ts';
import { failed, ok } from '../../contract/result.ts';
import { type Purchase, purchaseOf } from '../../main/sale/purchase.ts';
import { NO_ATTEMPTS, type Sale, newDraft } from '../../main/sale/sale.ts';
import type { Fact, TransferEnd } from '../../main/sale/sale-event.ts';
import { openSaleLedger } from '../../main/sale/sale-ledger.ts';
import { setTheCounter } from './counter.ts';

/* No fact of JustiFi's is dropped, and no payment that may still arrive is forgotten. */

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter();
});

const sale = () => counter.register.sale();
const WEEK_MS = 7 * 24 * 60 * 60_000;

/** The sale was left while its outcome was open. */
async function toUnresolved(): Promise<void> {
  await counter.toReady();
  await counter.pay();
  counter.trouble.read = { kind: 'network', code: 'ECONNREFUSED' };
  await counter.pass(16_000);
  counter.register.serveNext('sale-1');
  counter.trouble.read = null;
}

async function toLate(chargedInCents?: number, paymentStatus: 'succeeded' | 'pending' = 'succeeded'): Promise<void> {
  await toUnresolved();
  counter.complete('cho_1', paymentStatus, chargedInCents);
  counter.register.online();
  await counter.settle();
}

describe('an answer of JustiFi about a sale that the ledger has let go of', () => {
  /** The manager ends it while JustiFi is being asked. */
  async function endWhileAsked(): Promise<{ readonly open: () => void }> {
    await counter.toReady();
    await counter.pay();
    counter.attempt('cho_1', { id: 'chc_1', status: 'who-knows', paymentStatus: 'quantum' });
    await counter.pass(20_000);
    counter.register.serveNext('sale-1');
    await counter.pass(WEEK_MS);
    const reads = counter.holdReads();
    counter.register.online();
    await counter.settle();
    expect(counter.register.endUnresolved('sale-1').kind).toBe('ok');
    counter.complete('cho_1', 'succeeded');
    return reads;
  }

  test('a payment is not dropped: it is told and journaled', async () => {
    (await endWhileAsked()).open();
    await counter.settle();
    expect(counter.late()).toMatchObject([{ id: 'sale-1', chargedInCents: 1799 }]);
    expect(counter.journal.at(-1)).toMatchObject({ sale: { id: 'sale-1', kind: 'late' }, event: { kind: 'outcome-known' } });
  });

  test('nor while the journal cannot be read: it is kept until it can', async () => {
    const reads = await endWhileAsked();
    counter.trouble.inUse = true;
    reads.open();
    await counter.pass(3_000);
    expect(counter.late()).toEqual([]);
    // The unwritten fact stops the next charge.
    await counter.type(500, 'Tea');
    await counter.charge(500, 'Tea');
    expect(sale().kind).toBe('draft');
    counter.trouble.inUse = false;
    await counter.pass(1_100);
    expect(counter.late()).toMatchObject([{ id: 'sale-1' }]);
  });
});

describe('an answer of JustiFi that comes after the register was closed', () => {
  /** It is logged in one line. It is not retried. */
  async function expectQuiet(): Promise<void> {
    const before = counter.requests.length;
    await counter.pass(10 * 60_000);
    expect(counter.lines.filter((what) => what === 'journal.unwritable')).toEqual([]);
    expect(counter.lines.filter((what) => what === 'ledger.fact-after-close')).toHaveLength(1);
    expect(counter.requests).toHaveLength(before);
  }

  test('a checkout that was being prepared is not written again and again', async () => {
    const hang = counter.hang();
    await counter.type();
    counter.close();
    hang.end();
    await expectQuiet();
  });

  test('a void is neither written again and again nor asked for again: the next register does that', async () => {
    await toLate();
    counter.onVoid = () => counter.close();
    await counter.reverse('sale-1', 'void');
    await expectQuiet();
  });

  test('a void without an answer is not asked for again', async () => {
    await toLate();
    counter.trouble.void = { kind: 'network', code: 'ECONNRESET' };
    counter.onVoid = () => counter.close();
    await counter.reverse('sale-1', 'void');
    await counter.pass(10 * 60_000);
    expect(counter.requests.filter((request) => request.startsWith('void'))).toHaveLength(1);
  });

  test('what could not be written yet is tried once more as the register closes', async () => {
    await counter.toReady();
    await counter.pay();
    counter.trouble.disk = true;
    counter.complete('cho_1', 'succeeded');
    await counter.pass(1_100);
    counter.trouble.disk = false;
    counter.close();
    expect(counter.journal.at(-1)).toMatchObject({ sale: { id: 'sale-1', kind: 'paid' }, event: { kind: 'outcome-known' } });
  });
});

describe('an answer of JustiFi that cannot be written at that moment', () => {
  test('is shown at once, written when the disk takes it, and until then no other charge begins', async () => {
    await counter.toReady();
    await counter.pay();
    counter.trouble.disk = true;
    counter.complete('cho_1', 'succeeded');
    await counter.pass(1_100);
    expect(sale().kind).toBe('paid');
    expect(counter.kinds()).not.toContain('outcome-known');
    counter.register.newSale('sale-1');
    await counter.type(500, 'Tea');
    await counter.charge(500, 'Tea');
    expect(sale()).toMatchObject({ kind: 'draft', problem: { kind: 'journal-unwritable' } });
    counter.trouble.disk = false;
    await counter.pass(5_000);
    expect(counter.journal.filter(({ event }) => event.kind === 'outcome-known').map((entry) => entry.sale)).toMatchObject([{ id: 'sale-1', kind: 'paid' }]);
    await counter.charge(500, 'Tea');
    expect(sale().kind).toBe('preparing');
  });

  test('about a sale that was left is told at once, and written later', async () => {
    await toUnresolved();
    counter.trouble.disk = true;
    counter.complete('cho_1', 'succeeded');
    counter.register.online();
    await counter.settle();
    expect(counter.late()).toMatchObject([{ id: 'sale-1' }]);
    counter.trouble.disk = false;
    await counter.pass(5_000);
    expect(counter.journal.at(-1)).toMatchObject({ sale: { id: 'sale-1', kind: 'late' }, event: { kind: 'outcome-known' } });
  });

  test('to a void is true at once, and written later; it is not asked again', async () => {
    await toLate();
    counter.onVoid = () => (counter.trouble.disk = true);
    await counter.reverse('sale-1', 'void');
    expect(counter.late()).toEqual([]);
    counter.trouble.disk = false;
    await counter.pass(60_000);
    expect(counter.requests.filter((request) => request.startsWith('void'))).toHaveLength(1);
    expect(counter.journal.at(-1)!.sale).toMatchObject({ id: 'sale-1', kind: 'reversed' });
  });

  test('is written before anything that happens to the sale after it', async () => {
    await counter.toReady();
    await counter.pay();
    counter.trouble.disk = true;
    counter.complete('cho_1', 'failed');
    await counter.pass(1_100);
    expect(sale().kind).toBe('declined');
    expect(counter.register.tryAgain('sale-1').kind).toBe('failed');
    counter.trouble.disk = false;
    expect(counter.register.tryAgain('sale-1').kind).toBe('ok');
    expect(counter.kinds().slice(-2)).toEqual(['outcome-known', 'retry-asked']);
  });

  test('holds up what comes after it, also where only the answer itself cannot be written', async () => {
    await counter.toReady();
    await counter.pay();
    counter.trouble.unwritable = 'outcome-known';
    counter.complete('cho_1', 'failed');
    await counter.pass(1_100);
    expect(sale().kind).toBe('declined');
    expect(counter.register.tryAgain('sale-1')).toMatchObject({ kind: 'failed', failure: { kind: 'journal-unwritable' } });
    expect(counter.kinds()).not.toContain('retry-asked');
    counter.trouble.unwritable = null;
    expect(counter.register.tryAgain('sale-1').kind).toBe('ok');
    expect(counter.kinds().slice(-2)).toEqual(['outcome-known', 'retry-asked']);
  });
});

describe('a payment that may still arrive', () => {
  test('and arrives while NOT CHARGED is on the screen is PAID there', async () => {
    await counter.toNotCharged();
    expect(sale().kind).toBe('not-charged');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(20_000);
    expect(sale().kind).toBe('paid');
  });

  test('is watched through Try again and Back, and told when it arrives', async () => {
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

  test('and arrives while the next form is on the screen is PAID, and that form goes', async () => {
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
  test('are told apart by their ids, in whatever order they are listed', async () => {
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

  test('a charge that arrives after Back is told as late', async () => {
    await counter.toReady();
    counter.form().listener.goBack();
    await counter.pass(3_000);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(130_000);
    expect(counter.late()).toMatchObject([{ id: 'sale-1' }]);
  });

  test('a form that is lost before Pay ends as not charged, by JustiFi’s word', async () => {
    await counter.toReady();
    const before = counter.requests.length;
    counter.form().listener.lost('crashed');
    expect(sale().kind).toBe('checking');
    await counter.pass(1_000);
    expect(sale()).toMatchObject({ kind: 'not-charged', reason: 'form-lost' });
    expect(counter.requests.slice(before)).toContain('read cho_1');
  });
});

describe('a late payment', () => {
  test('of another amount is a WRONG AMOUNT, and the audit log names what was charged', async () => {
    await toLate(71_700);
    await counter.pass(1_000);
    expect(sale()).toMatchObject({ id: 'sale-1', kind: 'wrong-amount', chargedInCents: 71_700 });
    expect(counter.late()).toEqual([]);
    const told = counter.journal.findLast(({ event }) => event.kind === 'outcome-known')!;
    expect(auditOfSale(told.sale, told.event)).toMatchObject({ detail: { amountInCents: 1799, chargedInCents: 71_700 } });
  });

  test('of another amount waits until no form is before a customer', async () => {
    await toUnresolved();
    await counter.type(500, 'Tea');
    counter.form().becomeReady();
    await counter.charge(500, 'Tea');
    expect(sale().kind).toBe('ready');
    const { id } = sale();
    counter.complete('cho_1', 'succeeded', 71_700);
    counter.register.online();
    await counter.pass(1_000);
    expect(sale()).toMatchObject({ id, kind: 'ready' });
    counter.register.goBack(id);
    expect(sale()).toMatchObject({ id: 'sale-1', kind: 'wrong-amount' });
    counter.register.acknowledgeWrongAmount('sale-1');
    expect(sale()).toMatchObject({ kind: 'draft', amountInCents: 500, description: 'Tea' });
  });

  test('is told with the charged figure in the audit log', async () => {
    await toLate();
    const told = counter.journal.findLast(({ event }) => event.kind === 'outcome-known')!;
    expect(auditOfSale(told.sale, told.event)).toMatchObject({ action: 'payment-late', detail: { chargedInCents: 1799 } });
  });

  test.each([
    ['succeeded', 'paid'],
    ['pending', 'accepted'],
  ] as const)('that JustiFi calls %s is journaled as %s when it is kept', async (paymentStatus, kind) => {
    await toLate(1799, paymentStatus);
    expect(counter.views()).toMatchObject([{ saleId: 'sale-1', isPending: paymentStatus === 'pending' }]);
    expect(counter.register.keepLate('sale-1').kind).toBe('ok');
    expect(counter.late()).toEqual([]);
    expect(counter.journal.at(-1)).toMatchObject({ sale: { id: 'sale-1', kind, paymentId: 'py_1' }, event: { kind: 'late-kept' } });
  });

  test('C-80: what became of it is told until the next Charge', async () => {
    const end = () => counter.register.latePaymentEnd();
    await toLate();
    expect(end()).toBeNull();
    counter.register.keepLate('sale-1');
    expect(end()).toMatchObject({ saleId: 'sale-1', kind: 'kept', amountInCents: 1799 });
    await counter.type(500, 'Tea');
    expect(end()).not.toBeNull();
    await counter.charge(500, 'Tea');
    expect(end()).toBeNull();
  });

  test('C-80: a void is told when JustiFi has done it, and a refund after a refused void', async () => {
    await toLate();
    counter.trouble.void = { kind: 'network', code: 'ECONNRESET' };
    await counter.reverse('sale-1', 'void');
    expect(counter.register.latePaymentEnd()).toBeNull();
    counter.trouble.void = null;
    await counter.pass(60_000);
    expect(counter.register.latePaymentEnd()).toMatchObject({ saleId: 'sale-1', kind: 'voided', amountInCents: 1799 });
  });

  test('that is pending and kept after a refused void and a restart is ACCEPTED', async () => {
    await toLate(1799, 'pending');
    counter.trouble.void = { kind: 'invalid', code: 'payment_outside_void_window', status: 422, parameter: null };
    await counter.reverse('sale-1', 'void');
    counter = counter.restart();
    expect(counter.register.keepLate('sale-1').kind).toBe('ok');
    expect(counter.journal.at(-1)!.sale).toMatchObject({ id: 'sale-1', kind: 'accepted' });
  });

  test.each([
    ['voided', { status: 'canceled' }, { kind: 'reversed' }, 'voided'],
    ['refunded', { status: 'fully_refunded', refundedInCents: 1799 }, { kind: 'reversed' }, 'refunded'],
    ['called failed', { status: 'failed' }, { kind: 'abandoned' }, 'not-paid'],
  ])('that was %s elsewhere is closed when JustiFi refuses to reverse it', async (_name, change, end, told) => {
    await toLate();
    counter.payment('py_1', 'cho_1', change);
    counter.trouble.void = { kind: 'invalid', code: 'payment_not_voidable', status: 422, parameter: null };
    await counter.reverse('sale-1', 'void');
    await counter.settle();
    expect(counter.late()).toEqual([]);
    expect(counter.register.latePaymentEnd()).toMatchObject({ kind: told, amountInCents: 1799 });
    expect(counter.journal.at(-1)!.sale).toMatchObject({ id: 'sale-1', ...end });
  });
});

describe('a void or a refund', () => {
  test('that was refused is said on the screen', async () => {
    await toLate();
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
    await toLate();
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
    await toLate();
    counter.trouble.void = { kind: 'network', code: 'ECONNRESET' };
    await counter.reverse('sale-1', 'void');
    counter = counter.restart({ voidFails: FORBIDDEN });
    expect(counter.views()).toMatchObject([{ isReversing: true }]);
    await counter.pass(25_000);
    expect(counter.views()).toMatchObject([{ isReversing: false, mustRefund: true, refused: 'void' }]);
  });

  test.each([FORBIDDEN, { kind: 'invalid', code: 'payment_not_voidable', status: 422, parameter: null } as const])('whose first answer was lost is not called refused ($status) before JustiFi has shown the payment: it may have been done', async (failure) => {
    await toLate();
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
    await toLate();
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
    await toLate();
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

  test('of a part leaves the rest with the sale, and what was given back is the sum', async () => {
    await toLate();
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
    await toLate();
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

  test('leaves a wrong amount that the manager has seen what it is', async () => {
    await toOver(71_700);
    expect(await refund(500, 71_700)).toMatchObject({ kind: 'ok' });
    expect(counter.journal.at(-1)!.sale).toMatchObject({ kind: 'wrong-amount-seen', chargedInCents: 71_700 });
  });
});

describe('the payment is the third witness', () => {
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

  test('a payment of which the checkout shows nothing is PAID, not NOT CHARGED', async () => {
    await counter.toReady();
    await counter.pay();
    counter.payment('py_1', 'cho_1');
    await counter.pass(170_000);
    expect(sale()).toMatchObject({ kind: 'paid', paymentId: 'py_1' });
  });

  test('nothing is checking for ever: when the checkout is a week old the manager can end it', async () => {
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

test('a checkout that the journal lost becomes one sale, also when it is found twice at the same time', async () => {
  const lost = setTheCounter();
  await lost.toReady();
  await lost.pay();
  lost.complete('cho_1', 'succeeded');
  // Its journal is lost, and JustiFi is slow to answer about a later sale that its list does not have.
  counter = setTheCounter([], [...lost.api.values()]);
  counter.payment('py_1', 'cho_1');
  await counter.toReady();
  await counter.pay();
  const { checkoutId } = counter.form();
  counter.complete(checkoutId, 'succeeded');
  await counter.pass(2_000);
  const later = counter.api.get(checkoutId)!;
  counter.api.delete(checkoutId);
  counter.openComparisons();
  counter.openComparisons();
  const reads = counter.holdReads();
  await counter.pass(60_000);
  counter.api.set(checkoutId, later);
  reads.open();
  await counter.pass(2_000);
  expect(counter.kinds().filter((kind) => kind === 'found')).toHaveLength(1);
  const ends = counter.journal.filter((entry) => entry.event.kind === 'outcome-known' && 'checkoutId' in entry.sale && entry.sale.checkoutId === 'cho_1');
  expect(ends).toMatchObject([{ sale: { kind: 'paid', checkoutId: 'cho_1', chargedInCents: 1799 } }]);
  const { purchase } = ends[0]!.sale as { readonly purchase: Purchase };
  expect(counter.register.found('cho_1', purchase)).toEqual({ kind: 'ok', value: 'known' });
});

test('a checkout whose sale waits for the disk is not lost: it becomes no second sale', async () => {
  await counter.type();
  counter.trouble.unwritable = 'amount-confirmed';
  await counter.charge();
  counter.trouble.unwritable = null;
  expect(counter.register.found('cho_1', purchaseOf(1799, 'USD', 'One donut'))).toEqual(ok('known'));
});

test('a bank transfer whose end two answers say has ended once', async () => {
  await counter.toReady();
  await counter.pay();
  counter.complete('cho_1', 'pending');
  await counter.pass(2_000);
  expect(sale().kind).toBe('accepted');
  counter.payment('py_1', 'cho_1', { status: 'failed' });
  counter.register.online();
  counter.register.online();
  await counter.settle();
  expect(counter.kinds().filter((kind) => kind === 'transfer-ended')).toHaveLength(1);
});

describe('the amount that JustiFi holds', () => {
  /** The change was acknowledged, and not kept. */
  function keepNoChange(): void {
    const { confirm } = counter.trouble;
    counter.trouble.confirm = (checkout) => {
      counter.api.set(checkout.id, { ...checkout, amountInCents: 51, totalInCents: 51, description: 'preparing' });
      return confirm(checkout);
    };
  }

  test('is read again when the form is on the screen: another amount takes the form away, and the plain way is taken', async () => {
    keepNoChange();
    await counter.toReady();
    await counter.settle();
    expect(counter.requests).toContain('create 1799');
    counter.forms.filter(({ state }) => state === 'hidden').forEach(({ becomeReady }) => becomeReady());
    await counter.settle();
    expect(sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_2', purchase: { description: 'One donut' } });
    expect(counter.forms[0]!.state).toBe('closed');
    expect((await counter.pay({ componentAmountInCents: 1799 })).kind).toBe('ok');
  });

  test('is waited for by Pay, without which nothing is charged', async () => {
    const gate = counter.holdReads();
    await counter.toReady();
    let answer = 'none';
    void counter.pay().then(({ kind }) => (answer = kind));
    await counter.settle();
    expect(answer).toBe('none');
    expect(counter.kinds()).not.toContain('submit-allowed');
    gate.open();
    await counter.settle();
    expect(answer).toBe('ok');
  });

  test('is not charged when JustiFi does not say it', async () => {
    counter.trouble.read = { kind: 'network', code: 'ECONNREFUSED' };
    await counter.toReady();
    const paying = counter.pay();
    await counter.pass(20_000);
    expect(await paying).toMatchObject({ kind: 'failed', failure: { kind: 'not-now' } });
    expect(sale().kind).toBe('ready');
    expect(counter.kinds()).not.toContain('submit-allowed');
  });

  test('is asked for again when the answer is older than a minute', async () => {
    await counter.toReady();
    await counter.settle();
    const reads = () => counter.requests.filter((request) => request === 'read cho_1').length;
    const before = reads();
    await counter.pass(61_000);
    counter.api.set('cho_1', { ...counter.api.get('cho_1')!, amountInCents: 71_700, totalInCents: 71_700 });
    expect((await counter.pay()).kind).toBe('failed');
    expect(reads()).toBeGreaterThan(before);
    expect(sale().kind).not.toBe('submitting');
  });

  test('costs Charge nothing: the form is shown before it is read', async () => {
    counter.holdReads();
    await counter.toReady();
    expect(sale().kind).toBe('ready');
    expect(counter.form().state).toBe('shown');
  });
});

describe('what a sale carries', () => {
  test('stands in its first entry: account, register, cashier, tender, business day, currency and lines', async () => {
    await counter.toReady();
    const { event } = counter.journal.find((entry) => entry.event.kind === 'charge-asked')!;
    expect(event).toMatchObject({
      purchase: { currency: 'USD', totalInCents: 1799, lines: [{ kind: 'goods', amountInCents: 1799 }] },
      header: { account: { subAccountId: 'acc_1', mode: 'test' }, register: { id: 'register-1', name: 'Register 1' }, cashier: null, tender: 'card-form', businessDay: '2026-11-23' },
    });
  });
});

test('the same sale as a moment ago is asked about after a restart too (C-20)', async () => {
  await counter.toReady();
  await counter.pay();
  counter.complete('cho_1', 'pending');
  await counter.pass(1_100);
  expect(sale().kind).toBe('accepted');
  counter.register.newSale('sale-1');
  counter = counter.restart();
  await counter.type();
  await counter.charge();
  expect(sale()).toMatchObject({ kind: 'draft', problem: { kind: 'paid-just-now', last4: '4242' } });
  await counter.charge(1799, 'Another donut');
  expect(sale().kind).not.toBe('draft');
});

describe('a sale that is over, and whose end cannot be written', () => {
  const BANK = { paymentId: 'py_1', isPending: true, paidWith: { kind: 'bank', brand: null, last4: '6789' }, chargedInCents: 1799, at: '2026-11-23T15:00:00.000Z', reversals: [] } as const;
  const ACCEPTED: Sale = { kind: 'accepted', id: 'sale-1', purchase: purchaseOf(1799, 'USD', 'Donuts'), checkoutId: 'cho_1', attempts: NO_ATTEMPTS, tender: 'card-form', ...BANK };
  const ended = (how: TransferEnd): Fact => ({ kind: 'transfer-ended', how, at: '2026-11-24T15:00:00.000Z', businessDay: '2026-11-24' });

  /** The journal has the sale as it was written last, and takes nothing while another program holds it. */
  function setTheLedger() {
    const disk: { isHeld: boolean; sale: Sale; kinds: string[] } = { isHeld: true, sale: ACCEPTED, kinds: [] };
    const rings: (() => void)[] = [];
    const ledger = openSaleLedger({
      log() {},
      timers: { after: (_, ring) => (rings.push(ring), () => void rings.splice(rings.indexOf(ring), 1)) },
      journal: {
        sale: () => ok(disk.sale),
        record(next) {
          if (disk.isHeld) return failed({ kind: 'journal-unwritable', reason: 'in-use', detail: 'held' });
          disk.sale = next;
          disk.kinds.push(next.kind);
          return ok(null);
        },
      },
    });
    ledger.resume(ACCEPTED);
    return { ledger, disk, ring: () => rings.splice(0).forEach((ring) => ring()) };
  }

  test('is held until it is: what comes next counts from its end, not from what the journal has', () => {
    const { ledger, disk, ring } = setTheLedger();
    ledger.learn('sale-1', ended('settled'));
    expect(ledger.sale('sale-1')).toMatchObject({ kind: 'paid' });
    ledger.learn('sale-1', ended('failed'));
    expect(ledger.sale('sale-1')).toMatchObject({ kind: 'paid' });
    disk.isHeld = false;
    ring();
    expect(disk.kinds).toEqual(['paid', 'paid']);
    expect(ledger.sales()).toEqual([]);
  });

  test('is held until it is, also when the next sale has taken its place at the counter', () => {
    const { ledger, disk, ring } = setTheLedger();
    ledger.putAtCounter(ACCEPTED);
    ledger.learn('sale-1', ended('settled'));
    ledger.putAtCounter(newDraft('sale-2'));
    expect(ledger.sale('sale-1')).toMatchObject({ kind: 'paid' });
    disk.isHeld = false;
    ring();
    expect(ledger.sales().map(({ id }) => id)).toEqual(['sale-2']);
  });
});
