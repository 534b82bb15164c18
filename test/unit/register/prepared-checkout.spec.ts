import { beforeEach, describe, expect, test } from 'vitest';
import { setTheCounter } from '../counter.ts';

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter();
});

describe('the prepared checkout', () => {
  test('is made at the first digit, for 51 cents, out of sight', async () => {
    await counter.type();
    expect(counter.requests).toEqual(['create 51', 'token cho_1']);
    expect(counter.form().state).toBe('hidden');
    await counter.type(17990);
    expect(counter.requests.length).toBe(2);
  });

  test('is written down before it is asked for', async () => {
    counter.register.edit({ saleId: 'sale-1', amountInCents: 1, description: '' });
    expect(counter.kinds()).toEqual(['checkout-asked']);
  });

  test('takes the sale at Charge, and is shown only when JustiFi has confirmed the amount', async () => {
    await counter.toReady();
    expect(counter.requests).toEqual(['create 51', 'token cho_1', 'update cho_1 1799', 'read cho_1']);
    expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_1' });
    expect(counter.form().state).toBe('shown');
    expect(counter.kinds()).toEqual(['checkout-asked', 'checkout-created', 'charge-asked', 'amount-confirmed', 'form-shown']);
  });

  test.each([
    ['another amount', { amountInCents: 51 }],
    ['another total', { totalInCents: 1800 }],
    ['another currency', { currency: 'CAD' as const }],
    ['another sale', { saleId: 'sale-0' }],
    ['a checkout that was tried before', { status: 'attempted' }],
    ['an attempt', { completions: [{ id: 'chc_0', status: 'failed', paymentStatus: 'failed', errorCode: null, paymentId: null, chargedInCents: null, paidWith: { kind: 'unknown' as const, brand: null, last4: null }, madeAt: null }] }],
    ['a live checkout under a test key', { mode: 'live' as const }],
    ['another checkout', { id: 'cho_9' }],
  ])('is abandoned when the answer carries %s; the plain way is taken', async (_name, wrong) => {
    counter.trouble.confirm = (checkout) => ({ ...checkout, ...wrong });
    await counter.type();
    counter.form().becomeReady();
    await counter.charge();
    expect(counter.kinds()).toContain('checkout-abandoned');
    expect(counter.requests).toContain('create 1799');
    counter.form().becomeReady();
    await counter.settle();
    expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_2' });
    expect(counter.forms.map(({ checkoutId, state }) => [checkoutId, state])).toEqual([
      ['cho_1', 'closed'],
      ['cho_2', 'shown'],
    ]);
  });

  test.each([
    ['live', 'test'],
    ['test', 'live'],
  ] as const)('S-31: a register with a %s key stops the sale when JustiFi makes its checkouts in %s mode: no form is shown, prepared or not', async (ofRegister, mode) => {
    counter = setTheCounter([], [], { mode: ofRegister });
    counter.trouble.mode = mode;
    await counter.toReady();
    expect(counter.register.sale()).toMatchObject({ kind: 'draft' });
    expect(counter.forms.map(({ state }) => state)).not.toContain('shown');
    expect(counter.journal.filter(({ event }) => event.kind === 'checkout-abandoned').map(({ event }) => ('why' in event ? event.why : ''))).toEqual(['mode', 'mode']);
    expect(counter.kinds()).not.toContain('amount-confirmed');
    // The same register works again as soon as JustiFi does.
    counter.trouble.mode = ofRegister;
    await counter.charge();
    counter.form().becomeReady();
    await counter.settle();
    expect(counter.register.sale().kind).toBe('ready');
  });

  test('is abandoned when the change is lost on the way', async () => {
    counter.trouble.update = { kind: 'network', code: 'ECONNRESET' };
    await counter.type();
    await counter.charge();
    expect(counter.requests).toContain('create 1799');
  });

  test('may serve the next sale when it was never shown, but not after 45 minutes', async () => {
    await counter.type();
    await counter.type(0);
    await counter.pass(44 * 60_000);
    await counter.type(500);
    expect(counter.requests.filter((request) => request.startsWith('create'))).toEqual(['create 51']);
    await counter.pass(2 * 60_000);
    await counter.type(501);
    expect(counter.requests.filter((request) => request.startsWith('create'))).toEqual(['create 51', 'create 51']);
    expect(counter.forms[0]!.state).toBe('closed');
  });
});

describe('the prepared checkout, while the cashier pauses', () => {
  const PAUSE_MS = 300;
  const updates = () => counter.requests.filter((request) => request.startsWith('update'));

  async function typeAndPause(amountInCents = 1799, description = 'One donut'): Promise<void> {
    await counter.type(amountInCents, description);
    await counter.pass(PAUSE_MS);
  }

  test('gets the typed purchase, so that Charge waits for no change', async () => {
    await counter.type();
    counter.form().becomeReady();
    await typeAndPause();
    expect(updates()).toEqual(['update cho_1 1799']);
    expect(counter.kinds()).toEqual(['checkout-asked', 'checkout-created']);
    await counter.charge();
    expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_1' });
    expect(counter.requests).toEqual(['create 51', 'token cho_1', 'update cho_1 1799', 'read cho_1']);
  });

  test('is changed once more at Charge when another purchase was typed meanwhile', async () => {
    await counter.type();
    counter.form().becomeReady();
    await typeAndPause();
    await counter.charge(17_990);
    expect(updates()).toEqual(['update cho_1 1799', 'update cho_1 17990']);
    expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_1' });
  });

  test('waits until its form has read it, for the form may report no third amount', async () => {
    await typeAndPause();
    expect(updates()).toEqual([]);
    counter.form().becomeReady();
    await counter.settle();
    expect(updates()).toEqual(['update cho_1 1799']);
    await counter.charge();
    expect((await counter.pay({ componentAmountInCents: 51 })).kind).toBe('ok');
  });

  test('is not changed to a purchase that cannot be charged', async () => {
    await counter.type();
    counter.form().becomeReady();
    await typeAndPause(4);
    await typeAndPause(1799, '');
    await typeAndPause(1799, '4242 4242 4242 4242');
    expect(updates()).toEqual([]);
  });

  test.each(['4242 424', '４２４２４２４', 'Order 1234567'])('is not given a description that may be the beginning of a card number: %s', async (description) => {
    await counter.type();
    counter.form().becomeReady();
    await typeAndPause(1799, description);
    expect(updates()).toEqual([]);
    await counter.charge(1799, description);
    expect(updates()).toEqual(['update cho_1 1799']);
  });

  test('is given up after a change without an answer, which may still arrive: Charge takes a new one', async () => {
    counter.loseUpdates();
    await counter.type();
    counter.form().becomeReady();
    await typeAndPause();
    await counter.charge(17_990);
    await counter.pass(4_000);
    counter.form().becomeReady();
    await counter.settle();
    expect(updates()).toEqual(['update cho_1 1799']);
    expect(counter.requests).toContain('create 17990');
    expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_2' });
    expect(counter.forms.map(({ state }) => state)).toEqual(['closed', 'shown']);
  });

  test('is not changed at Charge either when the change before it broke off just then', async () => {
    await counter.type();
    counter.form().becomeReady();
    const gate = counter.holdUpdates();
    await typeAndPause();
    await counter.charge(17_990);
    counter.trouble.update = { kind: 'network', code: 'ECONNRESET' };
    gate.open();
    await counter.settle();
    expect(updates()).toEqual(['update cho_1 1799']);
    expect(counter.requests).toContain('create 17990');
  });

  test('is changed no more for this sale once JustiFi has refused that: one is given up, not one after each pause', async () => {
    counter.trouble.update = { kind: 'forbidden', status: 403, code: 'not_authorized', aboutOriginUrl: false };
    await counter.type();
    counter.form().becomeReady();
    await typeAndPause();
    await counter.pass(6_000);
    await counter.type(1798);
    counter.form().becomeReady();
    await typeAndPause(1797);
    await typeAndPause(1796);
    expect([updates().length, counter.requests.filter((request) => request === 'create 51').length]).toEqual([1, 2]);
  });

  test('is changed at most three times for one sale', async () => {
    await counter.type();
    counter.form().becomeReady();
    for (const description of ['O', 'On', 'One', 'One d', 'One do']) await typeAndPause(1799, description);
    expect(updates()).toHaveLength(3);
    await counter.charge(1799, 'One do');
    expect(updates()).toHaveLength(4);
    expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_1' });
  });
});
