import { beforeEach, describe, expect, test } from 'vitest';
import { earlierSale, setTheCounter } from './counter.ts';

type Counter = ReturnType<typeof setTheCounter>;
let counter: Counter;

const state = (at = counter) => at.register.sale();

/** Up to the card form, Pay, and Try again after JustiFi has not shown the request for 150 seconds. It may still arrive. */
async function retryUnanswered(): Promise<void> {
  await counter.toNotCharged();
  expect(state()).toMatchObject({ kind: 'not-charged', attempts: { open: 1 } });
}

describe('a request to pay that may still arrive', () => {
  beforeEach(() => {
    counter = setTheCounter([], [], { ways: ['card-form', 'reader'] });
  });

  test('stays with the sale when the reader refuses the next one: one refusal ends one request, however often JustiFi is asked', async () => {
    await retryUnanswered();
    counter.trouble.terminal = { kind: 'invalid', code: 'resource_not_found', status: 404, parameter: null };
    counter.register.payBy('sale-1', 'reader');
    await counter.pass(120_000);
    expect(state()).toMatchObject({ kind: 'not-charged', reason: 'reader-removed', attempts: { submits: 2, open: 1 } });
    counter.register.cancelSale('sale-1');
    await counter.pass(600_000);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(600_000);
    expect(counter.late()).toMatchObject([{ kind: 'late', paymentId: 'py_1' }]);
  });

  test('is not followed by a charge on a second checkout, when the checkout at JustiFi differs', async () => {
    await retryUnanswered();
    const changed = counter.api.get('cho_1')!;
    counter.api.set('cho_1', { ...changed, totalInCents: 51 });
    await counter.again();
    await counter.pass(2_000);
    expect(counter.kinds().filter((kind) => kind === 'charge-asked')).toHaveLength(1);
    expect(state()).toMatchObject({ kind: 'draft', problem: { kind: 'amount-changed' } });
    expect(counter.journal.findLast(({ sale }) => sale.id === 'sale-1')?.sale).toMatchObject({ kind: 'unresolved', why: 'not-received' });
  });
});

describe('a sale that cannot be left, because the disk is full', () => {
  test('is asked about, when the checkout at JustiFi differs before the reader: it does not stay there for ever', async () => {
    counter = setTheCounter([], [], { ways: ['card-form', 'reader'] });
    await counter.toReady();
    const held = counter.api.get('cho_1')!;
    counter.register.payBy('sale-1', 'reader');
    counter.api.set('cho_1', { ...held, totalInCents: 51 });
    counter.trouble.unwritable = 'marked-unresolved';
    await counter.pass(60_000);
    expect(state()).toMatchObject({ kind: 'not-charged', checkoutId: 'cho_1' });
  });

  test('and whose customer has a link does not stay there for ever, either', async () => {
    counter = setTheCounter([], [], { ways: ['phone', 'card-form'] });
    await counter.type();
    await counter.charge();
    counter.register.payBy('sale-1', 'card-form');
    counter.api.set('cho_1', { ...counter.api.get('cho_1')!, totalInCents: 51 });
    counter.trouble.unwritable = 'marked-unresolved';
    await counter.pass(20_000);
    expect(state().kind).toBe('not-charged');
    counter.trouble.unwritable = null;
    counter.register.cancelSale('sale-1');
    expect(state().kind).toBe('draft');
  });

  test('is at the counter again after a restart, and its payment is PAID there, not a sale that the cashier is not told of', async () => {
    const first = setTheCounter();
    await first.toReady();
    counter = setTheCounter([{ ...earlierSale(), kind: 'ready' }], [{ ...first.api.get('cho_1')!, saleId: 'sale-0' }], { disk: true });
    counter.complete('cho_1', 'succeeded');
    await counter.pass(2_000);
    expect(state()).toMatchObject({ kind: 'paid', id: 'sale-0' });
  });
});

describe('a checkout that has expired', () => {
  test('ends its sale whatever the till shows: no form stays on the screen, and there is no other try', async () => {
    counter = setTheCounter([], [], { ways: ['phone', 'card-form'] });
    await counter.type();
    await counter.charge();
    counter.register.payBy('sale-1', 'card-form');
    await counter.settle();
    counter.form().becomeReady();
    await counter.settle();
    expect(state().kind).toBe('ready');
    counter.api.set('cho_1', { ...counter.api.get('cho_1')!, status: 'expired' });
    await counter.pass(60_000);
    expect(state()).toMatchObject({ kind: 'not-charged', reason: 'expired' });
    expect(counter.register.tryAgain('sale-1').kind).toBe('failed');
    expect(counter.forms.every((form) => form.state === 'closed')).toBe(true);
  });

  test('while its form is on the screen: Pay is not allowed, and the sale is over by JustiFi’s answer', async () => {
    counter = setTheCounter();
    await counter.toReady();
    await counter.pass(61_000);
    counter.api.set('cho_1', { ...counter.api.get('cho_1')!, status: 'expired' });
    expect((await counter.pay()).kind).toBe('failed');
    await counter.settle();
    expect(counter.journal.filter(({ event }) => event.kind === 'submit-allowed')).toEqual([]);
    expect(state()).toMatchObject({ kind: 'not-charged', reason: 'expired' });
  });
});
