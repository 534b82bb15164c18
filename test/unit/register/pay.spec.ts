import { beforeEach, describe, expect, test } from 'vitest';
import { AUTHORISATION, setTheCounter } from '../counter.ts';

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter();
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

  test('from a bank account charges only with the customer’s authorisation, and stores its words; a card needs none', async () => {
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

  test.each([false, true])('an amount that is not the sale’s stops the till (killed meanwhile: %s)', async (isKilled) => {
    await counter.toReady();
    await counter.pay();
    counter.complete('cho_1', 'succeeded', 51);
    await counter.pass(1_100);
    if (isKilled) counter = counter.restart();
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

  test('a crashed form after Pay leads to JustiFi’s answer, before Pay to another try', async () => {
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
  test('never gets the checkout that the last one left, and gets a document of their own', async () => {
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
  test('clears the sale for the next customer; only a declined or uncharged sale is cancelled', async () => {
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

test('the last sale that took money can be shown once more (F-29)', async () => {
  expect(counter.register.lastSale()).toBeNull();
  await counter.sell();
  expect(counter.register.lastSale()).toMatchObject({ kind: 'paid', id: 'sale-1' });
  await counter.type(500, 'Coffee');
  await counter.charge(500, 'Coffee');
  counter.register.goBack(counter.register.sale().id);
  expect(counter.register.lastSale()).toMatchObject({ kind: 'paid', id: 'sale-1' });
});

test('a bank transfer that fails is no last sale any more, after a restart too: the sale before it is (F-29)', async () => {
  await counter.sell();

  await counter.type(500, 'Coffee');
  counter.form().becomeReady();
  await counter.charge(500, 'Coffee');
  const { id } = counter.register.sale();
  await counter.pay();
  counter.complete('cho_2', 'pending');
  await counter.pass(2_000);
  const paid = counter.register.lastSale()!;
  counter.register.newSale(id);

  for (const till of [counter.restart(), counter]) {
    expect(till.register.lastSale()).toMatchObject({ kind: 'accepted', id });
    till.payment('py_1', 'cho_2', { status: 'failed' });
    till.register.online();
    await till.settle();
    expect(till.register.lastSale()).toEqual(paid);
  }
});
