import { beforeEach, describe, expect, test } from 'vitest';
import type { JustifiFailure } from '../../main/sale/justifi-failure.ts';
import type { Sale } from '../../main/sale/sale.ts';
import { AUTHORISATION, earlierSale, setTheCounter } from './counter.ts';

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

describe('Charge', () => {
  test('pressed twice makes one checkout and shows one form (F-08)', async () => {
    await counter.type();
    const order = { saleId: 'sale-1', amountInCents: 1799, description: 'One donut', confirmed: [] };
    const answers = [counter.register.charge(order), counter.register.charge(order)];
    counter.form().becomeReady();
    await counter.settle();
    expect(answers.map(({ kind }) => kind)).toEqual(['ok', 'failed']);
    expect(counter.requests.filter((request) => request.startsWith('update'))).toHaveLength(1);
    expect(counter.forms.filter(({ state }) => state === 'shown')).toHaveLength(1);
  });

  test('starts nothing when the journal cannot be written (F-10)', async () => {
    counter.trouble.disk = true;
    await counter.type();
    await counter.charge();
    expect(counter.requests).toEqual([]);
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799, description: 'One donut', problem: { kind: 'journal-unwritable' } });
  });

  test('without a connection keeps what was typed and says so (F-15)', async () => {
    counter.trouble.create = { kind: 'network', code: 'ENOTFOUND' };
    await counter.type();
    await counter.charge();
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799, description: 'One donut', problem: { kind: 'no-connection', trouble: 'no-answer' } });
  });

  test.each([
    [{ kind: 'unauthorised', code: 'not_authorized', status: 401 } as const, { kind: 'not-set-up', code: 'auth-401' }],
    [{ kind: 'forbidden', code: 'forbidden', status: 403, aboutOriginUrl: false } as const, { kind: 'not-set-up', code: 'permission-403' }],
    [{ kind: 'invalid', code: 'sub_account_not_enabled', status: 400, parameter: null } as const, { kind: 'not-set-up', code: 'sub_account_not_enabled' }],
    [{ kind: 'rate-limited', code: 'http-429', status: 429 } as const, { kind: 'too-many-tries' }],
    [{ kind: 'unexpected', code: 'not-json', status: 200 } as const, { kind: 'service-trouble', code: 'not-json' }],
  ])('blames the set-up, never the card: %o (F-13)', async (failure, problem) => {
    counter.trouble.create = failure;
    await counter.type();
    await counter.charge();
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem });
  });

  test('a card number in the description goes nowhere (F-27)', async () => {
    await counter.type(1799, 'my card 4242 4242 4242 4242');
    await counter.charge(1799, 'my card 4242 4242 4242 4242');
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'description-card-number' } });
    expect(JSON.stringify([counter.register.sale(), counter.journal, counter.requests])).not.toMatch(/4242/u);
  });

  test('can be called off while the form is still coming; the sale begins anew with what was typed', async () => {
    await counter.type();
    await counter.charge();
    counter.register.goBack('sale-1');
    counter.forms.forEach(({ becomeReady }) => becomeReady());
    await counter.settle();
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799, description: 'One donut' });
    expect(counter.forms.filter(({ state }) => state === 'shown')).toHaveLength(0);
  });
});

describe('Pay', () => {
  test('charges only after it was written down', async () => {
    await counter.toReady();
    expect((await counter.pay()).kind).toBe('ok');
    expect(counter.kinds().at(-1)).toBe('submit-allowed');
    expect(await counter.pay()).toMatchObject({ kind: 'failed', failure: { kind: 'not-now' } });
  });

  test('does not charge when it cannot be written down', async () => {
    await counter.toReady();
    counter.trouble.disk = true;
    expect(await counter.pay()).toMatchObject({ kind: 'failed', failure: { kind: 'journal-unwritable' } });
    expect(counter.register.sale().kind).toBe('ready');
  });

  test('does not charge another amount or another checkout, and starts again (F-16)', async () => {
    for (const claim of [{ componentAmountInCents: 1800 }, { checkoutId: 'cho_9' }]) {
      counter = setTheCounter();
      await counter.toReady();
      expect(await counter.pay(claim)).toMatchObject({ kind: 'failed', failure: { kind: 'amount-changed' } });
      expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799, problem: { kind: 'amount-changed' } });
    }
  });

  test('does not charge a way to pay that it does not offer: the sheet of a wallet shows another amount than the sale’s', async () => {
    await counter.toReady();
    for (const methodType of ['google_pay', 'apple_pay', 'plaid', 'sezzle', 'saved_card', '']) {
      expect(await counter.pay({ methodType }), methodType).toMatchObject({ kind: 'failed', failure: { kind: 'not-now' } });
    }
    expect(counter.kinds()).not.toContain('submit-allowed');
    expect(await counter.pay({ methodType: 'new_bank_account' })).toMatchObject({ kind: 'ok' });
  });

  test('from a bank account charges only what the customer agreed to, and keeps it word for word; a card needs no agreement', async () => {
    await counter.toReady();
    expect(await counter.pay({ methodType: 'new_bank_account', isAuthorisationShown: false })).toMatchObject({ kind: 'failed', failure: { kind: 'not-now' } });
    expect(counter.kinds()).not.toContain('submit-allowed');
    expect((await counter.pay({ methodType: 'new_bank_account' })).kind).toBe('ok');
    expect(counter.register.sale()).toMatchObject({ kind: 'submitting', attempts: { authorisation: AUTHORISATION } });

    counter = setTheCounter();
    await counter.toReady();
    expect((await counter.pay({ isAuthorisationShown: false })).kind).toBe('ok');
    expect(counter.register.sale()).toMatchObject({ kind: 'submitting', attempts: { authorisation: null } });
  });

  test('becomes PAID when JustiFi says so, not when the page does (F-06)', async () => {
    await counter.toReady();
    await counter.pay();
    const { listener } = counter.form();
    listener.hinted({ kind: 'submitted', word: 'succeeded' });
    await counter.settle();
    expect(counter.register.sale().kind).toBe('submitting');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(1_100);
    expect(counter.register.sale()).toMatchObject({ kind: 'paid', paidWith: { last4: '4242' } });
    expect(counter.forms[0]!.state).toBe('closed');
  });

  test('a reported error is no decline: the till says it is checking until JustiFi answers (F-05)', async () => {
    await counter.toReady();
    await counter.pay();
    counter.trouble.read = { kind: 'network', code: 'ECONNREFUSED' };
    counter.form().listener.hinted({ kind: 'failed', word: 'complete-checkout-error' });
    await counter.pass(800);
    expect(counter.register.sale().kind).toBe('checking');
    counter.trouble.read = null;
    counter.complete('cho_1', 'succeeded');
    await counter.pass(5_000);
    expect(counter.register.sale().kind).toBe('paid');
  });

  test('an amount that is not the sale’s stops the till', async () => {
    await counter.toReady();
    await counter.pay();
    counter.complete('cho_1', 'succeeded', 51);
    await counter.pass(1_100);
    expect(counter.register.sale()).toMatchObject({ kind: 'wrong-amount', chargedInCents: 51 });
    expect(counter.register.newSale('sale-1').kind).toBe('failed');
    expect(counter.register.goBack('sale-1').kind).toBe('failed');
    // Only the manager's side can do this.
    expect(counter.register.acknowledgeWrongAmount('sale-1').kind).toBe('ok');
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 0 });
  });

  test('after a decline the same checkout gets a fresh document, ready before it is asked for', async () => {
    await counter.toReady();
    await counter.pay();
    counter.complete('cho_1', 'failed');
    await counter.pass(1_100);
    expect(counter.register.sale()).toMatchObject({ kind: 'declined', reason: 'declined' });
    expect(counter.forms.map(({ checkoutId, state }) => [checkoutId, state])).toEqual([
      ['cho_1', 'closed'],
      ['cho_1', 'hidden'],
    ]);
    counter.form().becomeReady();
    counter.register.tryAgain('sale-1');
    await counter.settle();
    expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_1', attempts: { submits: 1, open: 0, failed: ['chc_1'] } });
    await counter.pay({ componentAmountInCents: 1799 });
    counter.complete('cho_1', 'succeeded');
    await counter.pass(1_100);
    expect(counter.register.sale().kind).toBe('paid');
    expect(counter.api.size).toBe(1);
  });

  test('a crashed form after Pay leads to the truth, before Pay to another try', async () => {
    await counter.toReady();
    counter.form().listener.lost('crashed');
    await counter.settle();
    expect(counter.register.sale()).toMatchObject({ kind: 'not-charged', reason: 'form-lost' });

    counter = setTheCounter();
    await counter.toReady();
    await counter.pay();
    counter.form().listener.lost('crashed');
    expect(counter.register.sale().kind).toBe('checking');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(1_100);
    expect(counter.register.sale().kind).toBe('paid');
  });

  test('cannot be called off by Back', async () => {
    await counter.toReady();
    await counter.pay();
    expect(counter.register.goBack('sale-1').kind).toBe('failed');
    expect(counter.form().state).toBe('shown');
  });
});

describe('the next customer (F-07)', () => {
  test('never meets the checkout that the last one left, and gets a document of their own', async () => {
    await counter.toReady();
    const left = counter.form().listener;
    counter.register.goBack('sale-1');
    await counter.type(2500, 'Two donuts');
    counter.form().becomeReady();
    await counter.charge(2500, 'Two donuts');
    expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_2', purchase: { totalInCents: 2500 } });
    expect(counter.forms[0]!.state).toBe('closed');
    expect((await counter.pay({ checkoutId: 'cho_1' }, left)).kind).toBe('failed');
  });

  test('a late click on the last sale does nothing to this one', async () => {
    await counter.toReady();
    counter.register.goBack('sale-1');
    expect(counter.register.charge({ saleId: 'sale-1', amountInCents: 1799, description: 'x', confirmed: [] }).kind).toBe('failed');
    expect(counter.register.newSale('sale-1').kind).toBe('failed');
    expect(counter.register.edit({ saleId: 'sale-1', amountInCents: 1, description: 'x' }).kind).toBe('failed');
  });
});

describe('a sale that is cancelled after a decline (C-11)', () => {
  test('leaves nothing for the next customer; only a declined or uncharged sale is cancelled', async () => {
    await counter.toReady();
    expect(counter.register.cancelSale('sale-1').kind).toBe('failed');
    await counter.pay();
    counter.complete('cho_1', 'failed');
    await counter.pass(1_100);
    expect(counter.register.sale().kind).toBe('declined');
    expect(counter.register.cancelSale('sale-1').kind).toBe('ok');
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 0, description: '' });
    expect(counter.register.cancelSale('sale-1').kind).toBe('failed');
  });
});

describe('an outcome that is not known', () => {
  const network: JustifiFailure = { kind: 'network', code: 'ECONNREFUSED' };

  async function toChecking() {
    await counter.toReady();
    await counter.pay();
    counter.trouble.read = network;
    counter.form().listener.hinted({ kind: 'failed', word: 'complete-checkout-error' });
    await counter.pass(800);
  }

  test('can be left to the background: the next customer is served, the badge stays, and JustiFi is asked on (F-18)', async () => {
    await toChecking();
    expect(counter.register.serveNext('sale-1').kind).toBe('ok');
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 0 });
    expect(counter.toConfirm()).toHaveLength(1);
    await counter.type(500, 'Next');
    await counter.charge(500, 'Next');
    expect(counter.register.sale().kind).toBe('preparing');
    await counter.pass(3_600_000);
    expect(counter.toConfirm()).toHaveLength(1);
  });

  test('that turns out well late is said over every screen, and can be voided once (F-19)', async () => {
    await toChecking();
    counter.register.serveNext('sale-1');
    counter.complete('cho_1', 'succeeded');
    counter.trouble.read = null;
    counter.register.online();
    await counter.settle();
    expect(counter.toConfirm()).toEqual([]);
    expect(counter.late()).toMatchObject([{ id: 'sale-1', kind: 'late', chargedInCents: 1799 }]);
    const answers = await Promise.all([counter.reverse('sale-1', 'void'), counter.reverse('sale-1', 'void')]);
    expect(answers[0].kind).toBe('ok');
    expect(counter.late()).toEqual([]);
    expect(counter.journal.filter(({ event }) => event.kind === 'reversal-asked')).toHaveLength(1);
    expect(counter.journal.filter(({ event }) => event.kind === 'reversal-answered')).toHaveLength(1);
  });

  test('past its 25 minutes is refunded, after JustiFi refused the void (F-21)', async () => {
    await toChecking();
    counter.register.serveNext('sale-1');
    counter.complete('cho_1', 'succeeded');
    counter.trouble.read = null;
    counter.register.online();
    await counter.settle();
    counter.trouble.void = { kind: 'invalid', code: 'payment_outside_void_window', status: 422, parameter: null };
    expect((await counter.reverse('sale-1', 'void')).kind).toBe('failed');
    expect(counter.late()).toMatchObject([{ kind: 'late' }]);
    expect((await counter.reverse('sale-1', 'void')).kind).toBe('failed');
    expect(counter.requests.filter((request) => request.startsWith('void'))).toHaveLength(1);
    expect((await counter.reverse('sale-1', 'refund')).kind).toBe('ok');
    expect(counter.requests.filter((request) => request.startsWith('refund'))).toEqual(['refund py_1 1799']);
  });

  test('that turns out declined just ends', async () => {
    await toChecking();
    counter.register.serveNext('sale-1');
    counter.complete('cho_1', 'failed');
    counter.trouble.read = null;
    counter.register.online();
    await counter.settle();
    expect(counter.toConfirm()).toEqual([]);
    expect(counter.late()).toEqual([]);
  });
});

describe('a form that is slow', () => {
  test('has six seconds; then it is closed, and a second one on the same checkout has four of its own: never two documents of one sale', async () => {
    await counter.type();
    await counter.charge();
    await counter.pass(5_900);
    expect(counter.forms).toHaveLength(1);
    await counter.pass(200);
    expect(counter.forms.map(({ checkoutId, state }) => [checkoutId, state])).toEqual([['cho_1', 'closed'], ['cho_1', 'hidden']]);
    counter.forms[0]!.becomeReady();
    await counter.pass(3_000);
    expect(counter.register.sale().kind).toBe('preparing');
    counter.forms[1]!.becomeReady();
    await counter.settle();
    expect(counter.forms.map(({ state }) => state)).toEqual(['closed', 'shown']);
    expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_1' });
  });

  test('the second has its four seconds also on a PC that stood still while the first loaded', async () => {
    await counter.type();
    await counter.charge();
    await counter.standStill(11_000);
    expect(counter.forms.map(({ state }) => state)).toEqual(['closed', 'hidden']);
    await counter.pass(3_900);
    counter.forms[1]!.becomeReady();
    await counter.settle();
    expect(counter.forms.map(({ state }) => state)).toEqual(['closed', 'shown']);
  });

  test('and comes just in time is shown', async () => {
    await counter.type();
    await counter.charge();
    await counter.pass(5_900);
    counter.forms[0]!.becomeReady();
    await counter.settle();
    expect(counter.forms.map(({ state }) => state)).toEqual(['shown']);
  });

  test('and is called off leaves nothing behind', async () => {
    await counter.type();
    await counter.charge();
    await counter.pass(6_500);
    counter.register.goBack(counter.register.sale().id);
    counter.forms.forEach(({ becomeReady }) => becomeReady());
    await counter.pass(20_000);
    expect(counter.forms.filter(({ state }) => state === 'shown')).toEqual([]);
    expect(counter.forms.slice(0, 2).map(({ state }) => state)).toEqual(['closed', 'closed']);
  });
});

test('a JustiFi that hangs is told ten seconds after Charge, and what comes later is not shown (F-30)', async () => {
  const hanging = counter.hang();
  await counter.type();
  await counter.charge();
  await counter.pass(9_900);
  expect(counter.register.sale().kind).toBe('preparing');
  await counter.pass(200);
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799, description: 'One donut', problem: { kind: 'no-connection', trouble: 'no-answer' } });
  hanging.end();
  await counter.pass(10_000);
  expect(counter.register.sale()).toMatchObject({ kind: 'draft' });
  expect(counter.forms.filter(({ state }) => state === 'shown')).toEqual([]);
  await counter.charge();
  counter.form().becomeReady();
  await counter.settle();
  expect(counter.register.sale().kind).toBe('ready');
});

test.each([
  ['the change of the prepared checkout is lost', 0],
  ['the prepared checkout comes just before it would be given up, and its change is lost', 3_900],
])('the ten seconds are for all of Charge: %s, the new checkout is slow, and its form never loads (F-30)', async (_name, createdAfterMs) => {
  const preparing = counter.hang();
  await counter.type();
  if (createdAfterMs === 0) preparing.end();
  counter.loseUpdates();
  await counter.charge();
  await counter.pass(createdAfterMs);
  preparing.end();
  const creating = counter.hang();
  await counter.pass(9_800 - createdAfterMs);
  creating.end();
  await counter.pass(100);
  expect(counter.register.sale()).toMatchObject({ kind: 'preparing', checkoutId: 'cho_2' });
  await counter.pass(200);
  expect(counter.register.sale()).toMatchObject({ kind: 'not-charged', reason: 'form-lost', checkoutId: 'cho_2' });
  expect(counter.forms.filter(({ state }) => state !== 'closed')).toEqual([]);
  counter.register.tryAgain('sale-1');
  await counter.settle();
  counter.form().becomeReady();
  await counter.settle();
  expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_2' });
});

test('the ten seconds are for all of Charge: what the change of a checkout has used up, the creation of another does not get (F-30)', async () => {
  await counter.type();
  counter.loseUpdates();
  counter.hang();
  await counter.charge();
  await counter.pass(9_900);
  expect(counter.register.sale().kind).toBe('preparing');
  await counter.pass(200);
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'no-connection' } });
});

test('a form whose fields never answer gives the cashier a next step ten seconds after Charge, and Try again keeps the checkout (F-30)', async () => {
  await counter.type();
  await counter.charge();
  await counter.pass(9_900);
  expect(counter.register.sale().kind).toBe('preparing');
  await counter.pass(200);
  expect(counter.register.sale()).toMatchObject({ kind: 'not-charged', reason: 'form-lost', checkoutId: 'cho_1' });
  counter.register.tryAgain('sale-1');
  await counter.settle();
  counter.form().becomeReady();
  await counter.settle();
  expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_1' });
});

describe('a payment that seemed never to have reached JustiFi', () => {
  test('is watched on when its sale is left, and told as late when it arrives after all', async () => {
    await counter.toReady();
    await counter.pay();
    await counter.pass(170_000);
    expect(counter.register.sale()).toMatchObject({ kind: 'not-charged', reason: 'not-received' });
    counter.register.goBack('sale-1');
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799 });
    // The cashier need not do anything about it yet.
    expect(counter.toConfirm()).toEqual([]);
    await counter.pass(10 * 60_000);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(20_000);
    expect(counter.late()).toMatchObject([{ id: 'sale-1', kind: 'late' }]);
  });

  test('ends for good after an hour in which JustiFi showed nothing', async () => {
    await counter.toReady();
    await counter.pay();
    await counter.pass(170_000);
    counter.register.goBack('sale-1');
    await counter.pass(66 * 60_000);
    expect(counter.journal.findLast(({ sale }) => sale.id === 'sale-1')!.sale.kind).toBe('abandoned');
  });
});

describe('after a crash (F-09)', () => {
  const onCheckout = { ...earlierSale(), attempts: { ...earlierSale().attempts, submits: 1, open: 1 } };
  const onForm = earlierSale();

  async function restartWith(sale: Sale, paymentStatus: 'succeeded' | 'failed' | null) {
    const paid = paymentStatus === 'succeeded';
    counter = setTheCounter([sale], [
      {
        id: 'cho_1',
        accountId: 'acc_1',
        amountInCents: 1799,
        totalInCents: 1799,
        currency: 'USD',
        description: 'One donut',
        status: paymentStatus === null ? 'created' : paid ? 'completed' : 'attempted',
        mode: 'test',
        successfulPaymentId: paid ? 'py_1' : null,
        saleId: 'sale-0',
        registerId: 'register-1',
        pc: 'pc-1',
        completions:
          paymentStatus === null
            ? []
            : [
                {
                  id: 'chc_1',
                  status: paymentStatus,
                  paymentStatus,
                  errorCode: paid ? null : 'card_declined',
                  paymentId: paid ? 'py_1' : null,
                  chargedInCents: paid ? 1799 : null,
                  paidWith: { kind: 'card', brand: 'visa', last4: '4242' },
                  madeAt: null,
                },
              ],
      },
    ]);
    await counter.settle();
  }

  test.each(['submitting', 'checking'] as const)('a sale that was %s comes back with its true end before the next can be charged', async (kind) => {
    await restartWith({ ...onCheckout, kind }, 'succeeded');
    await counter.pass(1_100);
    expect(counter.register.sale()).toMatchObject({ kind: 'paid', id: 'sale-0' });
    await restartWith({ ...onCheckout, kind }, 'failed');
    await counter.pass(1_100);
    expect(counter.register.sale()).toMatchObject({ kind: 'declined', id: 'sale-0' });
  });

  test('a submitted sale of which JustiFi shows nothing is "not charged" after 150 seconds, and blocks the next until then', async () => {
    await restartWith({ ...onCheckout, kind: 'submitting' }, null);
    expect(counter.register.sale().kind).toBe('checking');
    expect(counter.register.charge({ saleId: 'sale-1', amountInCents: 500, description: 'Next', confirmed: [] }).kind).toBe('failed');
    await counter.pass(149_000);
    expect(counter.register.sale().kind).toBe('checking');
    await counter.pass(17_000);
    expect(counter.register.sale()).toMatchObject({ kind: 'not-charged', reason: 'not-received' });
  });

  test('a form that stood on the screen was not paid: it ends without a word, or is told as late if JustiFi knows better', async () => {
    await restartWith({ ...onForm, kind: 'ready' }, null);
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799, description: 'One donut' });
    expect(counter.toConfirm()).toEqual([]);
    await counter.pass(170_000);
    expect(counter.journal.findLast(({ sale }) => sale.id === 'sale-0')!.sale.kind).toBe('abandoned');
    await restartWith({ ...onForm, kind: 'ready' }, 'succeeded');
    await counter.pass(100);
    expect(counter.late()).toHaveLength(1);
  });

  test('the end of a sale that was not dismissed is on the screen again, so that it is not charged a second time', async () => {
    await counter.toReady();
    await counter.pay();
    counter.complete('cho_1', 'succeeded');
    await counter.pass(1_000);
    const paid = counter.register.sale();
    expect(paid.kind).toBe('paid');
    counter = setTheCounter([], [], { unseen: paid });
    await counter.settle();
    expect(counter.register.sale()).toBe(paid);
    expect(counter.register.newSale(paid.id).kind).toBe('ok');
    expect(counter.register.lastSale()).toBe(paid);
  });

  test('what is typed is kept before it is on the screen: a crash in between loses nothing that was on the screen', async () => {
    const drawn: unknown[] = [];
    counter.whenDrawn(() => {
      const sale = counter.register.sale();
      if (sale.kind === 'draft') drawn.push([sale.amountInCents, sale.description, counter.kept.at(-1)]);
    });
    await counter.type(1, '');
    await counter.type(1799, 'One donut');
    const { id: saleId } = counter.register.sale();
    expect(drawn).toContainEqual([1799, 'One donut', { saleId, amountInCents: 1799, description: 'One donut' }]);
    expect(drawn).not.toContainEqual([1799, 'One donut', { saleId, amountInCents: 1, description: '' }]);
  });

  test('what was on the screen is kept for the next start whenever a new draft begins', async () => {
    await counter.toReady();
    counter.register.goBack('sale-1');
    const again = counter.register.sale();
    expect(counter.kept.at(-1)).toEqual({ saleId: again.id, amountInCents: 1799, description: 'One donut' });
    const ready: Sale = { ...earlierSale(500, 'Tea'), kind: 'ready' };
    counter = setTheCounter([ready], [...counter.api.values()]);
    expect(counter.kept.at(-1)).toEqual({ saleId: counter.register.sale().id, amountInCents: 500, description: 'Tea' });
  });

  test('it is kept before its sale ends, so that a crash in between, and one right after the start, lose nothing typed', async () => {
    await counter.toReady();
    counter.register.goBack('sale-1');
    expect(counter.journal.find(({ event }) => event.kind === 'marked-unresolved')?.kept).toEqual({ saleId: counter.register.sale().id, amountInCents: 1799, description: 'One donut' });
    const preparing: Sale = { ...earlierSale(500, 'Tea'), kind: 'preparing' };
    counter = setTheCounter([preparing], [...counter.api.values()]);
    expect(counter.journal.find(({ event }) => event.kind === 'marked-unresolved')?.kept).toEqual({ saleId: counter.register.sale().id, amountInCents: 500, description: 'Tea' });
  });

  test('a sale that cannot be left, because the disk is full, stays the one that is kept', async () => {
    await counter.toReady();
    counter.trouble.disk = true;
    expect(counter.register.goBack('sale-1')).toMatchObject({ kind: 'failed', failure: { kind: 'journal-unwritable' } });
    expect(counter.register.sale()).toMatchObject({ id: 'sale-1', kind: 'ready' });
    expect(counter.kept.at(-1)?.saleId).toBe('sale-1');
  });

  test('a void that JustiFi does not answer is asked again by itself, with the same key, until there is an answer', async () => {
    const late = { paymentId: 'py_1', isPending: false, paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, chargedInCents: 1799, at: '', reversals: [] } as const;
    await restartWith({ ...onCheckout, ...late, kind: 'late' }, 'succeeded');
    counter.trouble.void = { kind: 'network', code: 'ECONNRESET' };
    const [{ id }] = counter.late() as [Sale];
    expect((await counter.reverse(id, 'void')).kind).toBe('failed');
    await counter.pass(45_000);
    expect(counter.late()).toMatchObject([{ kind: 'reversing' }]);
    expect(new Set(counter.returnKeys).size).toBe(1);
    expect(counter.returnKeys).toHaveLength(3);
    counter.trouble.void = null;
    await counter.pass(20_000);
    expect(counter.late()).toEqual([]);
    expect(counter.journal.at(-1)!.sale).toMatchObject({ kind: 'reversed' });
    await counter.pass(60_000);
    expect(counter.returnKeys).toHaveLength(4);
  });

  test('a void whose answer was lost is asked again with the same key', async () => {
    const asked = { id: 'rev-0', paymentId: 'py_1', kind: 'void', amountInCents: 1799, reason: null, fees: [], idempotencyKey: 'key-0', cashier: null, askedAt: '', state: 'asked', refundId: null, code: null } as const;
    const late = { paymentId: 'py_1', isPending: false, paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, chargedInCents: 1799, at: '', reversals: [] } as const;
    await restartWith({ ...onCheckout, ...late, kind: 'reversing', of: 'late', reversals: [asked] }, 'succeeded');
    expect(counter.requests).toContain('void py_1');
    expect(counter.returnKeys).toEqual(['key-0']);
    expect(counter.journal.at(-1)!.sale).toMatchObject({ kind: 'reversed' });
  });
});

test('the same amount and description again within three minutes has to be confirmed (F-32)', async () => {
  await counter.toReady();
  await counter.pay();
  counter.complete('cho_1', 'succeeded');
  await counter.pass(1_100);
  counter.register.newSale('sale-1');
  // Another customer in between does not change that it is a repeat.
  await counter.type(500, 'Coffee');
  await counter.charge(500, 'Coffee');
  expect(counter.register.sale().kind).not.toBe('draft');
  counter.register.goBack(counter.register.sale().id);
  await counter.type();
  await counter.charge();
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'paid-just-now', last4: '4242' } });
  await counter.charge(1799, 'One donut', ['paid-just-now']);
  expect(counter.register.sale().kind).toBe('preparing');
});

test('a sale without a description gets the shop’s usual one, and the same sale again is asked about (F-32)', async () => {
  await counter.type(1799, '  ');
  await counter.charge(1799, '  ');
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'description-empty' } });
  counter.shop.usualDescription = 'Coffee';
  counter.form().becomeReady();
  await counter.charge(1799, '  ');
  expect(counter.register.sale()).toMatchObject({ kind: 'ready', purchase: { totalInCents: 1799, description: 'Coffee' } });
  expect(counter.api.get('cho_1')!.description).toBe('Coffee');
  await counter.pay();
  counter.complete('cho_1', 'succeeded');
  await counter.pass(1_100);
  const { id } = counter.register.sale();
  counter.register.newSale(id);
  for (const description of ['', 'Coffee']) {
    await counter.type(1799, description);
    await counter.charge(1799, description);
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'paid-just-now', last4: '4242' } });
  }
  await counter.type(1799, 'Cake');
  await counter.charge(1799, 'Cake');
  expect(counter.register.sale()).toMatchObject({ kind: 'preparing', purchase: { description: 'Cake' } });
});

test('what is entered counts before the usual description, and a card number is refused and not replaced by it', async () => {
  counter.shop.usualDescription = 'Coffee';
  await counter.type(1799, 'Cake');
  await counter.charge(1799, '4242 4242 4242 4242');
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'description-card-number' } });
  await counter.charge(1799, 'Cake');
  expect(counter.register.sale()).toMatchObject({ purchase: { description: 'Cake' } });
});

test('an amount above the shop’s own mark has to be confirmed, and one beyond its limits is refused (F-28)', async () => {
  await counter.type(100_001, 'Sofa');
  await counter.charge(100_001, 'Sofa');
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'amount-unusual' } });
  await counter.charge(100_001, 'Sofa', ['paid-just-now']);
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'amount-unusual' } });
  await counter.charge(100_000_000, 'Sofa', ['amount-unusual']);
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'amount-too-large' } });
  await counter.charge(100_001, 'Sofa', ['amount-unusual']);
  expect(counter.register.sale().kind).toBe('preparing');
});

test('while JustiFi cannot be reached no charge begins; what was typed is kept, and the reason goes away with the return of the network (F-15)', async () => {
  counter.trouble.reachable = false;
  await counter.type();
  await counter.charge();
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799, description: 'One donut', problem: { kind: 'no-connection', trouble: 'no-answer' } });
  expect(counter.requests).toEqual([]);
  expect(counter.journal).toEqual([]);
  counter.trouble.reachable = true;
  counter.register.online();
  await counter.settle();
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: null });
  expect(counter.requests).toContain('create 51');
});

test('the last sale that took money can be looked at once more (F-29)', async () => {
  expect(counter.register.lastSale()).toBeNull();
  await counter.toReady();
  await counter.pay();
  counter.complete('cho_1', 'succeeded');
  await counter.pass(1_100);
  counter.register.newSale('sale-1');
  expect(counter.register.lastSale()).toMatchObject({ kind: 'paid', id: 'sale-1' });
  await counter.type(500, 'Coffee');
  await counter.charge(500, 'Coffee');
  counter.register.goBack(counter.register.sale().id);
  expect(counter.register.lastSale()).toMatchObject({ kind: 'paid', id: 'sale-1' });
});

test('a form is renewed with its token, on the same checkout, before the hour of the token is over (F-12)', async () => {
  await counter.toReady();
  await counter.pass(54 * 60_000);
  expect(counter.requests.filter((request) => request === 'token cho_1')).toHaveLength(1);
  await counter.pass(61_000);
  expect(counter.requests.filter((request) => request === 'token cho_1')).toHaveLength(2);
  counter.form().becomeReady();
  await counter.settle();
  expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_1' });
});

describe('details that JustiFi refuses in the form', () => {
  const refuse = () => counter.form().listener.hinted({ kind: 'failed', word: 'tokenize-error' });

  test('are a mistyped card the first time, and perhaps an old token the second: a fresh form on the same checkout (F-12)', async () => {
    await counter.toReady();
    refuse();
    await counter.settle();
    expect(counter.register.sale().kind).toBe('ready');
    expect(counter.requests.filter((request) => request === 'token cho_1')).toHaveLength(1);
    refuse();
    await counter.settle();
    expect(counter.requests.filter((request) => request === 'token cho_1')).toHaveLength(2);
    counter.form().becomeReady();
    await counter.settle();
    expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_1' });
  });

  test('because the shop may not take payments, are a matter for the manager, not for the customer (F-13)', async () => {
    await counter.toReady();
    counter.trouble.account = { kind: 'not-set-up', code: 'account-disabled' };
    refuse();
    await counter.settle();
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799, problem: { kind: 'not-set-up', code: 'account-disabled' } });
  });
});

test('C-30: a PC that slept gets a fresh form with a fresh token, on the same checkout; that it is empty is said until it is used', async () => {
  await counter.toReady();
  expect(counter.register.formEmptied()).toBe(null);
  counter.register.woke();
  await counter.settle();
  counter.form().becomeReady();
  await counter.settle();
  expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_1' });
  expect(counter.requests.filter((request) => request === 'token cho_1')).toHaveLength(2);
  expect(counter.register.formEmptied()).toBe('asleep');
  expect((await counter.pay()).kind).toBe('ok');
  expect(counter.register.formEmptied()).toBe(null);
});

test('C-30: a form that gives way to a fresh one because its token grows old says that it is empty too', async () => {
  await counter.toReady();
  await counter.pass(55 * 60_000);
  counter.form().becomeReady();
  await counter.settle();
  expect(counter.kinds()).toContain('form-renewed');
  expect(counter.register.formEmptied()).toBe('renewed');
  counter.register.goBack('sale-1');
  expect(counter.register.formEmptied()).toBe(null);
});
