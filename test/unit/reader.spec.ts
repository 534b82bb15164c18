import { beforeEach, describe, expect, test } from 'vitest';
import { setTheCounter } from './counter.ts';

type Counter = ReturnType<typeof setTheCounter>;
let counter: Counter;

/** The amount is on the reader, and the customer is asked to tap or insert. */
async function atReader(at = counter): Promise<void> {
  await at.type();
  await at.charge();
}

const state = (at = counter) => at.register.sale();
const pays = (at = counter) => at.requests.filter((request) => request.startsWith('pay '));

beforeEach(() => {
  counter = setTheCounter([], [], { ways: ['reader', 'card-form'] });
});

describe('a sale at the card reader', () => {
  test('is journaled as charged before the reader is asked, and asked only after the checkout was read', async () => {
    const answered = counter.holdReader();
    await atReader();
    expect(counter.requests).toEqual(['create 1799', 'read cho_1', 'pay cho_1 trm_1']);
    expect(counter.kinds()).toEqual(['charge-asked', 'checkout-asked', 'checkout-created', 'amount-confirmed', 'form-shown', 'submit-allowed']);
    expect(state()).toMatchObject({ kind: 'submitting', tender: 'reader' });
    expect(counter.forms).toEqual([]);
    answered.open();
  });

  test('is PAID when JustiFi says so, whatever the reader shows', async () => {
    await atReader();
    counter.attempt('cho_1', { id: 'chc_1', status: 'processing', paymentStatus: '' });
    await counter.pass(40_000);
    expect(state().kind).toBe('submitting');
    counter.attempt('cho_1', { id: 'chc_1', status: 'succeeded', paymentStatus: 'succeeded', errorCode: null, paymentId: 'py_1', chargedInCents: 1799, paidWith: { kind: 'card-present', brand: 'visa', last4: '2970' } }, { status: 'completed', successfulPaymentId: 'py_1' });
    await counter.pass(1_600);
    expect(state()).toMatchObject({ kind: 'paid', tender: 'reader', paidWith: { kind: 'card-present', last4: '2970' } });
  });

  test('the customer has 90 seconds, counted down, and JustiFi is asked every second or two all the time', async () => {
    await atReader();
    expect(counter.register.secondsToPay()).toBe(90);
    const before = counter.requests.filter((request) => request === 'read cho_1').length;
    await counter.pass(60_000);
    expect(counter.register.secondsToPay()).toBe(30);
    expect(counter.requests.filter((request) => request === 'read cho_1').length - before).toBeGreaterThan(30);
    await counter.pass(40_000);
    expect(counter.register.secondsToPay()).toBe(0);
    expect(state().kind).toBe('submitting');
    await counter.pass(10_000);
    expect(state().kind).toBe('checking');
  });

  test('cannot be cancelled by the till while the customer is at the reader: there is no such call', async () => {
    await atReader();
    expect(counter.register.goBack('sale-1').kind).toBe('failed');
    expect(counter.register.payBy('sale-1', 'card-form').kind).toBe('failed');
    expect(counter.forms).toEqual([]);
  });

  test.each([
    ['is cancelled at the reader', 'canceled', 'canceled'],
    ['gets no card within 90 seconds', 'timed-out', 'terminal_timeout'],
    ['loses the reader', 'reader-offline', 'terminal_disconnected'],
  ])('that %s took no money, says why, and goes on with the card form on the same checkout', async (_what, reason, errorCode) => {
    await atReader();
    counter.attempt('cho_1', { id: 'chc_1', status: 'failed', paymentStatus: 'canceled', errorCode });
    await counter.pass(1_600);
    expect(state()).toMatchObject({ kind: 'declined', reason });
    expect(counter.register.payBy('sale-1', 'card-form').kind).toBe('ok');
    await counter.settle();
    counter.form().becomeReady();
    await counter.settle();
    expect(state()).toMatchObject({ kind: 'ready', tender: 'card-form', checkoutId: 'cho_1' });
    expect(counter.form().checkoutId).toBe('cho_1');
    expect((await counter.pay({ componentAmountInCents: 1799 })).kind).toBe('ok');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(1_100);
    expect(state()).toMatchObject({ kind: 'paid', tender: 'card-form' });
    expect(counter.api.size).toBe(1);
    expect(counter.kinds()).toContain('tender-chosen');
  });

  test('that the bank declines can be tried again at the reader: the decline is read before, and is not taken for the next answer', async () => {
    await atReader();
    counter.complete('cho_1', 'failed');
    await counter.pass(1_600);
    expect(state()).toMatchObject({ kind: 'declined', reason: 'declined' });
    counter.register.tryAgain('sale-1');
    await counter.settle();
    expect(state()).toMatchObject({ kind: 'submitting', attempts: { submits: 2, open: 1, failed: ['chc_1'] } });
    await counter.pass(30_000);
    expect(state().kind).toBe('submitting');
    expect(pays()).toHaveLength(2);
  });

  test.each([
    ['is not connected', 'reader-offline', { kind: 'invalid', code: 'terminal_error', status: 422, parameter: null }, false],
    ['is busy with another register', 'reader-busy', { kind: 'invalid', code: 'terminal_busy', status: 422, parameter: null }, true],
    ['is not in the account any more', 'reader-removed', { kind: 'invalid', code: 'resource_not_found', status: 404, parameter: null }, true],
    ['is refused to this key', 'reader-refused', { kind: 'forbidden', code: 'not_authorized', status: 403, aboutOriginUrl: false }, true],
  ] as const)('whose reader %s is NOT CHARGED at once, and nothing is open', async (_what, reason, failure, isConnected) => {
    counter.trouble.terminal = failure;
    counter.trouble.isReaderConnected = isConnected;
    await atReader();
    expect(state()).toMatchObject({ kind: 'not-charged', reason, attempts: { submits: 1, open: 0 } });
    expect(counter.requests.slice(-2)).toEqual(['read cho_1', 'payments of cho_1']);
    counter.register.payBy('sale-1', 'card-form');
    await counter.settle();
    counter.form().becomeReady();
    await counter.settle();
    expect(state()).toMatchObject({ kind: 'ready', tender: 'card-form', checkoutId: 'cho_1' });
  });

  test('that a 409 answers is NOT CHARGED when JustiFi shows nothing, and the request stays watched for an hour', async () => {
    counter.trouble.terminal = { kind: 'conflict', code: 'http-409', status: 409 };
    await atReader();
    expect(state()).toMatchObject({ kind: 'not-charged', reason: 'reader-busy', attempts: { open: 1 } });
  });

  test('refused, but shown by the checkout, follows the checkout', async () => {
    counter.trouble.terminal = { kind: 'invalid', code: 'x', status: 422, parameter: null };
    const answered = counter.holdReader();
    await atReader();
    counter.complete('cho_1', 'succeeded');
    answered.open();
    await counter.settle();
    expect(state().kind).toBe('paid');
  });

  test('without an answer is not known: no second request goes out, and the amber screen comes at once', async () => {
    counter.trouble.terminal = { kind: 'network', code: 'ECONNRESET' };
    await atReader();
    await counter.pass(1_000);
    expect(state().kind).toBe('checking');
    expect(pays()).toHaveLength(1);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(9_000);
    expect(state().kind).toBe('paid');
    expect(pays()).toHaveLength(1);
  });

  test('that may not be charged now, because the checkout cannot be read, asks nothing of the reader', async () => {
    counter.trouble.read = { kind: 'server', code: 'http-503', status: 503 };
    await atReader();
    await counter.pass(25_000);
    expect(pays()).toEqual([]);
    expect(state().kind).toBe('checking');
    counter.trouble.read = null;
    await counter.pass(20_000);
    expect(state()).toMatchObject({ kind: 'not-charged', reason: 'form-lost' });
  });

  test('whose charge cannot be written asks nothing of the reader', async () => {
    counter.trouble.unwritable = 'submit-allowed';
    await atReader();
    expect(pays()).toEqual([]);
    expect(state()).toMatchObject({ kind: 'not-charged', reason: 'form-lost' });
  });

  test('after a crash is asked about before the next sale, and its payment is found (F-09)', async () => {
    await atReader();
    const again = counter.restart({ ways: ['reader', 'card-form'] });
    expect(state(again)).toMatchObject({ kind: 'checking', tender: 'reader' });
    expect(pays(again)).toEqual([]);
    again.complete('cho_1', 'succeeded');
    await again.pass(2_000);
    expect(state(again)).toMatchObject({ kind: 'paid', tender: 'reader' });
  });

  test('after a crash before the reader was asked is watched in the background, and its amount is typed again', async () => {
    const read = counter.holdReads();
    await atReader();
    expect(state().kind).toBe('ready');
    const again = counter.restart({ ways: ['reader', 'card-form'] });
    expect(state(again)).toMatchObject({ kind: 'draft', amountInCents: 1799 });
    read.open();
  });
});

describe('the way to pay is changed', () => {
  beforeEach(async () => {
    counter.offer(['card-form', 'reader']);
    await counter.toReady();
    expect(state()).toMatchObject({ kind: 'ready', tender: 'card-form' });
  });

  test('from the card form to the reader on the same checkout: the form is gone and the checkout was read before the reader is asked', async () => {
    const read = counter.holdReads();
    expect(counter.register.payBy('sale-1', 'reader').kind).toBe('ok');
    await counter.settle();
    expect(counter.forms.map((form) => form.state)).toEqual(['closed']);
    expect(state()).toMatchObject({ kind: 'preparing', tender: 'reader' });
    expect(pays()).toEqual([]);
    read.open();
    await counter.settle();
    expect(state()).toMatchObject({ kind: 'submitting', tender: 'reader', checkoutId: 'cho_1' });
    expect(pays()).toEqual(['pay cho_1 trm_1']);
    expect(counter.api.size).toBe(1);
  });

  test('while Pay of the form waits for its answer: the form may not charge any more', async () => {
    const read = counter.holdReads();
    const listener = counter.form().listener;
    await counter.pass(61_000);
    const pay = counter.pay({}, listener);
    await counter.settle();
    counter.register.payBy('sale-1', 'reader');
    read.open();
    expect(await pay).toMatchObject({ kind: 'failed', failure: { kind: 'not-now' } });
    await counter.settle();
    expect(counter.kinds().filter((kind) => kind === 'submit-allowed')).toHaveLength(1);
    expect(pays()).toHaveLength(1);
  });

  test('and a payment is found on the checkout: the reader is not asked, and JustiFi’s answer decides', async () => {
    // A page under attack has charged without asking.
    counter.complete('cho_1', 'succeeded');
    counter.register.payBy('sale-1', 'reader');
    await counter.pass(2_000);
    expect(pays()).toEqual([]);
    expect(state().kind).toBe('paid');
  });

  test('and the checkout cannot be read: nothing is put before the customer, and Try again goes on', async () => {
    counter.trouble.read = { kind: 'network', code: 'ETIMEDOUT' };
    counter.register.payBy('sale-1', 'reader');
    await counter.pass(20_000);
    expect(pays()).toEqual([]);
    counter.trouble.read = null;
    await counter.pass(20_000);
    expect(state()).toMatchObject({ kind: 'not-charged', tender: 'reader' });
    counter.register.tryAgain('sale-1');
    await counter.settle();
    expect(state().kind).toBe('submitting');
  });

  test('not after Pay, not to a way that is not offered, and not by a late press for another sale', async () => {
    counter.offer(['card-form']);
    expect(counter.register.payBy('sale-1', 'reader').kind).toBe('failed');
    counter.offer(['card-form', 'reader']);
    expect(counter.register.payBy('sale-0', 'reader').kind).toBe('failed');
    await counter.pay();
    expect(counter.register.payBy('sale-1', 'reader').kind).toBe('failed');
    expect(pays()).toEqual([]);
  });

  test('and the reports of the form that was taken away are no longer acted on, except a sign of a payment', async () => {
    const listener = counter.form().listener;
    counter.register.payBy('sale-1', 'reader');
    await counter.settle();
    listener.goBack();
    listener.lost('crashed');
    expect(await listener.submit({ checkoutId: 'cho_1', componentAmountInCents: 1799, methodType: 'new_card', isAuthorisationShown: true })).toMatchObject({ kind: 'failed' });
    expect(state()).toMatchObject({ kind: 'submitting', tender: 'reader' });
  });

  test('a crash right after it knows the way that was chosen', async () => {
    counter.register.payBy('sale-1', 'reader');
    await counter.settle();
    const again = counter.restart({ ways: ['card-form', 'reader'] });
    expect(state(again)).toMatchObject({ kind: 'checking', tender: 'reader' });
  });
});

describe('money is never taken twice', () => {
  test('a reader payment that arrives while the card form is on the screen: PAID, and the form is closed', async () => {
    counter.trouble.terminal = { kind: 'network', code: 'ETIMEDOUT' };
    await atReader();
    await counter.pass(170_000);
    expect(state()).toMatchObject({ kind: 'not-charged', reason: 'not-received', attempts: { open: 1 } });
    counter.register.payBy('sale-1', 'card-form');
    await counter.settle();
    counter.form().becomeReady();
    await counter.settle();
    expect(state()).toMatchObject({ kind: 'ready', tender: 'card-form', checkoutId: 'cho_1' });
    counter.complete('cho_1', 'succeeded');
    await counter.pass(20_000);
    expect(state()).toMatchObject({ kind: 'paid', paymentId: 'py_1' });
    expect(counter.forms.filter((form) => form.state !== 'closed')).toEqual([]);
    expect(counter.api.size).toBe(1);
  });

  test('a reader payment that is still open when another way is chosen: no other way is shown to the customer', async () => {
    counter.trouble.terminal = { kind: 'network', code: 'ETIMEDOUT' };
    await atReader();
    await counter.pass(170_000);
    counter.attempt('cho_1', { id: 'chc_1', status: 'processing', paymentStatus: '' });
    counter.register.payBy('sale-1', 'card-form');
    await counter.settle();
    expect(state().kind).toBe('checking');
    expect(counter.forms).toEqual([]);
  });

  test('a reader payment that arrives after its sale was left is reported as late', async () => {
    counter.trouble.terminal = { kind: 'network', code: 'ETIMEDOUT' };
    await atReader();
    await counter.pass(20_000);
    counter.register.serveNext('sale-1');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(20_000);
    expect(counter.late()).toMatchObject([{ id: 'sale-1', kind: 'late', tender: 'reader' }]);
  });
});
