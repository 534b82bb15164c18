import { beforeEach, describe, expect, test } from 'vitest';
import { CANNOT_ARRIVE_AFTER_MS, NEVER_ARRIVED_AFTER_MS } from '../../main/sale/reconcile.ts';
import { mayBeApproved } from '../../main/sale/sezzle/sezzle-orders.ts';
import { setTheCounter } from './counter.ts';

type Counter = ReturnType<typeof setTheCounter>;
let counter: Counter;

const WAYS = ['card-form', 'sezzle'] as const;
const state = () => counter.register.sale();
const lastForm = () => counter.forms.at(-1)!;
const claim = (change: object = {}) => ({ checkoutId: 'cho_2', componentAmountInCents: null, methodType: 'sezzle', isAuthorisationShown: false, ...change });
const sent = () => counter.requests.filter((request) => request.startsWith('complete order'));
const refused = { kind: 'invalid', code: 'invalid_parameter', status: 422, parameter: null } as const;
const silent = { kind: 'network', code: 'ETIMEDOUT' } as const;

/** The customer chooses to pay later; the document is ready. */
async function atSezzle(): Promise<void> {
  await counter.toReady();
  counter.register.payBy('sale-1', 'sezzle');
  await counter.settle();
  lastForm().becomeReady();
  await counter.settle();
}

/** The charge is in the journal, and Sezzle's window is open. */
async function inWindow(): Promise<string> {
  await atSezzle();
  expect(await lastForm().listener.submit(claim())).toEqual({ kind: 'ok', value: null });
  const { event } = counter.journal.findLast((entry) => entry.event.kind === 'submit-allowed')!;
  return event.kind === 'submit-allowed' ? event.completion!.idempotencyKey : '';
}

const ends = async (word: string) => {
  lastForm().listener.hinted(word === 'sezzle-complete' ? { kind: 'submitted', word } : { kind: 'failed', word });
  await counter.settle();
};

beforeEach(() => {
  counter = setTheCounter([], [], { ways: WAYS });
});

describe('a sale that is paid later', () => {
  test('has a checkout of its own, created with its amount: the one of the card form is left and watched', async () => {
    await atSezzle();
    expect(state()).toMatchObject({ kind: 'ready', tender: 'sezzle', checkoutId: 'cho_2', purchase: { totalInCents: 1799 } });
    expect(counter.requests).toContain('create 1799');
    expect(counter.forms.map(({ state: form }) => form)).toEqual(['closed', 'shown']);
  });

  test('is in the journal with its key before the window opens, and main sends no request before Sezzle reports success', async () => {
    const key = await inWindow();
    expect(state()).toMatchObject({ kind: 'submitting', attempts: { completionKey: key, open: 1 } });
    await counter.pass(10 * 60_000);
    expect([state().kind, sent()]).toEqual(['submitting', []]);
  });

  test('is completed by main with that key, once, and is paid when JustiFi’s checkout says so', async () => {
    const key = await inWindow();
    const held = counter.holdCompletion();
    await ends('sezzle-complete');
    await ends('sezzle-complete');
    // Its page is closed, and the cashier waits for the answer.
    await counter.pass(20_000);
    expect([state().kind, sent().length]).toEqual(['checking', 1]);
    counter.complete('cho_2', 'succeeded');
    held.open();
    await counter.settle();
    expect(state()).toMatchObject({ kind: 'paid', tender: 'sezzle' });
    expect(sent()).toEqual([`complete order cho_2 ${key}`]);
  });

  test('shows how long the customer has in the window, and when they have finished there', async () => {
    await inWindow();
    await counter.pass(60_000);
    expect(counter.register.secondsToPay()).toBe(14 * 60);
    const drawn: (number | null)[] = [];
    counter.whenDrawn(() => void drawn.push(counter.register.secondsToPay()));
    const held = counter.holdCompletion();
    await ends('sezzle-complete');
    expect([state().kind, drawn[0]]).toEqual(['submitting', null]);
    held.open();
  });

  test('is asked again with the same key until JustiFi answers', async () => {
    const key = await inWindow();
    counter.trouble.completion = silent;
    await ends('sezzle-complete');
    await counter.pass(20_000);
    expect(state().kind).toBe('checking');
    expect(sent().length).toBeGreaterThan(2);
    expect(new Set(sent())).toEqual(new Set([`complete order cho_2 ${key}`]));
    counter.trouble.completion = null;
    counter.complete('cho_2', 'succeeded');
    await counter.pass(60_000);
    expect(state().kind).toBe('paid');
  });

  test('which JustiFi never answers is not charged an hour after the customer has agreed; by then the last request is 150 seconds old', async () => {
    await inWindow();
    await counter.pass(14 * 60_000);
    counter.trouble.completion = silent;
    await ends('sezzle-complete');
    await counter.pass(CANNOT_ARRIVE_AFTER_MS - NEVER_ARRIVED_AFTER_MS + 1_000);
    const requests = sent().length;
    await counter.pass(NEVER_ARRIVED_AFTER_MS - 10_000);
    expect([state().kind, sent().length]).toEqual(['checking', requests]);
    await counter.pass(60_000 * 10);
    expect([state().kind, sent().length]).toEqual(['not-charged', requests]);
  });

  test.each(['sezzle-cancelled', 'sezzle-failed', 'sezzle-blocked', 'sezzle-broken'])('%s: JustiFi is asked first, then it is not charged, and the next try has another checkout', async (word) => {
    await inWindow();
    await ends(word);
    expect(state()).toMatchObject({ kind: 'not-charged', reason: 'method-gone', attempts: { open: 0 } });
    expect(sent()).toEqual([]);
    counter.register.tryAgain(state().id);
    await counter.settle();
    lastForm().becomeReady();
    await counter.settle();
    expect(state()).toMatchObject({ kind: 'ready', tender: 'sezzle', checkoutId: 'cho_3' });
  });

  test('can be paid by card on the same checkout after Sezzle’s no', async () => {
    await inWindow();
    await ends('sezzle-cancelled');
    counter.register.payBy(state().id, 'card-form');
    await counter.settle();
    lastForm().becomeReady();
    await counter.settle();
    expect(state()).toMatchObject({ kind: 'ready', tender: 'card-form', checkoutId: 'cho_2' });
  });

  test.each(['sezzle-closed', 'sezzle-unknown'])('%s: the customer may have agreed before, so JustiFi is asked to complete the order', async (word) => {
    await inWindow();
    counter.trouble.completion = refused;
    await ends(word);
    expect(sent()).toHaveLength(1);
    expect(state()).toMatchObject({ kind: 'not-charged', reason: 'method-gone', attempts: { open: 0 } });
  });

  test('stays open after a cancel when JustiFi’s status of the order has changed', async () => {
    await inWindow();
    counter.shop.order = { ...counter.shop.order!, status: 'approved' };
    counter.complete('cho_2', 'succeeded');
    await ends('sezzle-cancelled');
    expect(sent()).toHaveLength(1);
    expect(state().kind).toBe('paid');
  });

  test('is completed after its page was lost, and no other way to pay is offered before JustiFi has answered', async () => {
    await inWindow();
    counter.trouble.completion = silent;
    lastForm().listener.lost('renderer-crashed');
    await counter.settle();
    expect([state().kind, sent().length]).toEqual(['checking', 1]);
    expect(counter.register.payBy(state().id, 'card-form').kind).toBe('failed');
    await counter.pass(30 * 60_000);
    expect(state().kind).toBe('checking');
  });
});

describe('Counter was killed', () => {
  test('while Sezzle’s window was open: after the start the order is completed with the key of the journal', async () => {
    const key = await inWindow();
    const again = counter.restart({ ways: WAYS });
    await again.settle();
    expect(again.requests.filter((request) => request.startsWith('complete order'))).toEqual([`complete order cho_2 ${key}`]);
    again.close();
  });

  test('while its request was under way: the same key, and PAID once', async () => {
    const key = await inWindow();
    counter.holdCompletion();
    await ends('sezzle-complete');
    counter.complete('cho_2', 'succeeded');
    const again = counter.restart({ ways: WAYS });
    await again.settle();
    expect(again.register.sale()).toMatchObject({ kind: 'paid' });
    expect(new Set([...sent(), ...again.requests.filter((request) => request.startsWith('complete order'))])).toEqual(new Set([`complete order cho_2 ${key}`]));
  });
});

describe('NOT CHARGED is shown', () => {
  const forbidden = { kind: 'forbidden', code: 'not_authorized', status: 403, aboutOriginUrl: false } as const;

  test('because JustiFi refused to complete the order: an earlier request may have been accepted, and main sends no other', async () => {
    await inWindow();
    counter.trouble.completion = forbidden;
    await ends('sezzle-complete');
    expect(state()).toMatchObject({ kind: 'not-charged', reason: 'refused', attempts: { open: 1 } });
    expect(sent()).toHaveLength(1);
    expect(counter.register.payBy(state().id, 'sezzle').kind).toBe('failed');
    const again = counter.restart({ ways: WAYS });
    await again.pass(60_000);
    expect(again.requests.filter((request) => request.startsWith('complete order'))).toEqual([]);
    expect(again.requests.some((request) => request === 'read cho_2')).toBe(true);
    again.close();
  });
});

describe('Sezzle is not for this sale', () => {
  test('below its minimum', async () => {
    await counter.type(99);
    counter.form().becomeReady();
    await counter.charge(99);
    expect(counter.register.ways()).toEqual(['card-form']);
    expect(counter.register.payBy('sale-1', 'sezzle').kind).toBe('failed');
  });

  test.each([
    ['JustiFi has opened no order', null],
    ['the order has another amount', 51],
  ])('because %s: the cashier is told, and nothing was shown', async (_why, balance) => {
    counter.shop.order = balance === null ? null : { ...counter.shop.order!, balanceInCents: balance };
    await counter.toReady();
    counter.register.payBy('sale-1', 'sezzle');
    await counter.pass(5_000);
    expect(state()).toMatchObject({ kind: 'draft', amountInCents: 1799, problem: { kind: 'service-trouble' } });
    expect(counter.forms).toHaveLength(1);
  });

  test('where the account or the manager has switched it off', async () => {
    counter.offer(['card-form']);
    await counter.toReady();
    expect(counter.register.payBy('sale-1', 'sezzle').kind).toBe('failed');
  });

  test('with another method than Sezzle', async () => {
    await atSezzle();
    for (const methodType of ['new_card', 'plaid', 'saved_card']) expect((await lastForm().listener.submit(claim({ methodType }))).kind).toBe('failed');
    expect(state().kind).toBe('ready');
  });
});

test('only after a report that is no plain no may the customer have agreed', () => {
  const order = { publicKey: '', mode: '', apiVersion: '', address: '', balanceInCents: 1799, status: 'created' };
  const words = ['created', 'approved', 'authorized', 'canceled', 'cancelled', 'failed', 'expired', 'declined', ''];
  expect(words.filter((status) => mayBeApproved(order, { ...order, status }))).toEqual(['approved', 'authorized', '']);
  expect(mayBeApproved(order, null)).toBe(false);
});
