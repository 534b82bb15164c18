import { beforeEach, describe, expect, test } from 'vitest';
import { LARGEST_AMOUNT_IN_CENTS } from '../../contract/money.ts';
import { registerSettings } from '../../contract/register-settings.ts';
import { isDoubtful, isOffered, tipOffer } from '../../contract/tip.ts';
import { hasReceipt, receiptOf } from '../../main/receipt/receipt.ts';
import { movementsBetween, NO_MONEY } from '../../main/history/movement.ts';
import { beforeTip, purchaseOf, tipOf, withTip } from '../../main/sale/purchase.ts';
import { saleView } from '../../main/sale/sale-view.ts';
import { PLACES, placeOf } from '../receipts/receipts.ts';
import { setTheCounter } from './counter.ts';
import fc from '../setup/properties.ts';

const tips = (some: Partial<ReturnType<typeof registerSettings.shape.tips.parse>> = {}) => registerSettings.shape.tips.parse({ offered: 'percents', ...some });

describe('the tips offered', () => {
  test('is nothing until the manager has switched it on', () => {
    expect(tipOffer(registerSettings.shape.tips.parse({}), 2_000, LARGEST_AMOUNT_IN_CENTS)).toBeNull();
  });

  test('are percentages of the purchase, to the cent, half a cent up; of a small purchase the amounts instead', () => {
    const settings = tips({ percents: [15, 18, 20], amountsBelowInCents: 1_000 });
    expect(tipOffer(settings, 1_799, LARGEST_AMOUNT_IN_CENTS)?.choices).toEqual([{ percent: 15, amountInCents: 270 }, { percent: 18, amountInCents: 324 }, { percent: 20, amountInCents: 360 }]);
    expect(tipOffer(settings, 1_030, LARGEST_AMOUNT_IN_CENTS)?.choices[0]).toEqual({ percent: 15, amountInCents: 155 });
    expect(tipOffer(settings, 999, LARGEST_AMOUNT_IN_CENTS)?.choices.map(({ percent, amountInCents }) => [percent, amountInCents])).toEqual([[null, 100], [null, 200], [null, 500]]);
  });

  test('never lifts the total above the largest amount of the shop; where there is no room, the customer is not asked', () => {
    expect(tipOffer(tips({ offered: 'amounts' }), 9_850, 10_000)).toEqual({ choices: [{ percent: null, amountInCents: 100 }], anotherUpToInCents: 150 });
    expect(tipOffer(tips(), 10_000, 10_000)).toBeNull();
    expect(tipOffer(tips({ offered: 'amounts', another: false }), 9_950, 10_000)).toBeNull();
  });

  test('for any settings and purchase: every choice is more than nothing, offered, within the limit, and never doubted', () => {
    const settings = fc.record({ offered: fc.constantFrom('percents' as const, 'amounts' as const), percents: fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 3 }), amountsInCents: fc.array(fc.integer({ min: 1, max: LARGEST_AMOUNT_IN_CENTS }), { maxLength: 3 }), amountsBelowInCents: fc.integer({ min: 0, max: 5_000 }), another: fc.boolean() });
    fc.assert(
      fc.property(settings, fc.integer({ min: 51, max: LARGEST_AMOUNT_IN_CENTS }), (offered, cents) => {
        const offer = tipOffer(offered, cents, LARGEST_AMOUNT_IN_CENTS);
        for (const { amountInCents } of offer?.choices ?? []) {
          expect(Number.isSafeInteger(amountInCents) && amountInCents > 0 && cents + amountInCents <= LARGEST_AMOUNT_IN_CENTS).toBe(true);
          expect(isOffered(offer!, amountInCents)).toBe(true);
          expect(isDoubtful(offer!, amountInCents, cents, 0)).toBe(false);
        }
        if (offer !== null) expect(isOffered(offer, LARGEST_AMOUNT_IN_CENTS - cents + 1)).toBe(false);
      }),
    );
  });
});

describe('a sale with tips on', () => {
  let counter: ReturnType<typeof setTheCounter>;
  beforeEach(() => {
    counter = setTheCounter([], [], { ways: ['card-form', 'reader'] });
    counter.shop.tips = tips();
  });
  const view = () => saleView(counter.register.sale(), counter.register.askedTip());
  async function choose(tipInCents: number, isConfirmed = false) {
    const answer = counter.register.chooseTip(counter.register.sale().id, { tipInCents, isConfirmed });
    await counter.settle();
    return answer;
  }
  async function toQuestion(amountInCents = 2_000) {
    await counter.type(amountInCents);
    counter.form().becomeReady();
    await counter.charge(amountInCents);
  }

  test('is asked about between Charge and the form: nothing is journaled, and the prepared checkout waits for the total', async () => {
    await toQuestion();
    expect(view()).toMatchObject({ kind: 'tip', amountInCents: 2_000, description: 'One donut', chosenInCents: null, isDoubtful: false, problem: null, offer: { choices: [{ percent: 15, amountInCents: 300 }, { percent: 18, amountInCents: 360 }, { percent: 20, amountInCents: 400 }] } });
    expect(counter.kinds()).toEqual(['checkout-asked', 'checkout-created']);
    expect(counter.requests).toEqual(['create 51', 'token cho_1']);
    await choose(300);
    expect(counter.requests).toEqual(['create 51', 'token cho_1', 'update cho_1 2300', 'read cho_1']);
    expect(counter.form().state).toBe('shown');
    const charged = counter.journal.find(({ event }) => event.kind === 'charge-asked')?.event;
    expect(charged).toMatchObject({ purchase: { totalInCents: 2_300, description: 'One donut', lines: [{ kind: 'goods', amountInCents: 2_000 }, { kind: 'tip', amountInCents: 300 }] } });
    expect(view()).toMatchObject({ kind: 'ready', amountInCents: 2_300, tipInCents: 300 });
  });

  test('is paid as the total; the amount without the tip is a wrong one', async () => {
    await toQuestion();
    await choose(300);
    await counter.pay();
    counter.complete('cho_1', 'succeeded');
    await counter.pass(2_000);
    expect(view()).toMatchObject({ kind: 'paid', amountInCents: 2_300, tipInCents: 300 });
    counter = setTheCounter();
    counter.shop.tips = tips();
    await toQuestion();
    await choose(300);
    await counter.pay();
    counter.complete('cho_1', 'succeeded', 2_000);
    await counter.pass(2_000);
    expect(view()).toMatchObject({ kind: 'wrong-amount', amountInCents: 2_300, chargedInCents: 2_000 });
  });

  test('without a tip is the purchase alone', async () => {
    await toQuestion();
    await choose(0);
    expect(counter.register.sale()).toMatchObject({ kind: 'ready', purchase: purchaseOf(2_000, 'USD', 'One donut') });
  });

  test('a second press, one of the sale before, and an amount that was not offered choose nothing', async () => {
    counter.shop.tips = tips({ another: false });
    await toQuestion();
    const { id } = counter.register.sale();
    expect(await choose(301)).toMatchObject({ kind: 'failed' });
    expect(view()).toMatchObject({ kind: 'tip', chosenInCents: null });
    expect(counter.register.chooseTip('another', { tipInCents: 300, isConfirmed: false })).toMatchObject({ kind: 'failed' });
    await choose(300);
    expect(counter.register.chooseTip(id, { tipInCents: 400, isConfirmed: false })).toMatchObject({ kind: 'failed' });
    expect(counter.kinds().filter((kind) => kind === 'charge-asked')).toHaveLength(1);
    expect(counter.register.sale()).toMatchObject({ purchase: { totalInCents: 2_300 } });
  });

  test.each([-300, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 99_999_999])('%d is no tip, also where the customer may type an amount', async (tipInCents) => {
    await toQuestion();
    expect(await choose(tipInCents, true)).toMatchObject({ kind: 'failed' });
    expect(view()).toMatchObject({ kind: 'tip', chosenInCents: null });
  });

  test('a limit that the manager has lowered meanwhile counts for the total', async () => {
    await toQuestion();
    counter.shop.largestInCents = 2_200;
    expect(await choose(300)).toMatchObject({ failure: { kind: 'amount-too-large' } });
    expect(counter.kinds()).not.toContain('charge-asked');
    counter.shop.largestInCents = 99_999_999;
    expect(await choose(300)).toMatchObject({ kind: 'ok' });
  });

  test('Esc leads back to the keypad with the typed text, and Charge asks again; so does another amount', async () => {
    await toQuestion();
    counter.register.goBack(counter.register.sale().id);
    expect(view()).toMatchObject({ kind: 'entering', amountInCents: 2_000, description: 'One donut', problem: null });
    expect(await choose(300)).toMatchObject({ kind: 'failed' });
    await counter.charge(2_000);
    expect(view()).toMatchObject({ kind: 'tip' });
    await counter.type(3_000);
    expect(view()).toMatchObject({ kind: 'entering', amountInCents: 3_000 });
  });

  test('a crash while the customer chooses leaves the amount and the description at the keypad, and nothing charged', async () => {
    await toQuestion();
    expect(counter.kept.at(-1)).toEqual({ saleId: 'sale-1', amountInCents: 2_000, description: 'One donut' });
    expect(counter.restart().register.sale()).toMatchObject({ kind: 'draft' });
    expect(counter.kinds()).not.toContain('charge-asked');
  });

  test('a failed form brings the sale back with the chosen tip: pressed again, it is charged, and the customer is not asked twice', async () => {
    await toQuestion();
    counter.trouble.update = { kind: 'server', status: 500, code: 'down' };
    counter.trouble.create = { kind: 'server', status: 500, code: 'down' };
    await choose(300);
    expect(view()).toMatchObject({ kind: 'tip', amountInCents: 2_000, chosenInCents: 300, problem: { kind: 'service-trouble' } });
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 2_000 });
    counter.trouble.create = null;
    await choose(300);
    counter.form().becomeReady();
    await counter.settle();
    expect(view()).toMatchObject({ kind: 'ready', amountInCents: 2_300, tipInCents: 300 });
  });

  test('a lost connection while the customer chooses is shown there, and the choice is kept', async () => {
    await toQuestion();
    counter.trouble.reachable = false;
    expect(await choose(300)).toMatchObject({ kind: 'failed', failure: { kind: 'no-connection' } });
    expect(view()).toMatchObject({ kind: 'tip', chosenInCents: 300, problem: { kind: 'no-connection' } });
    counter.trouble.reachable = true;
    await choose(300);
    expect(view()).toMatchObject({ kind: 'ready', amountInCents: 2_300 });
  });

  test('with a full disk nothing is charged, and the choice is kept', async () => {
    await toQuestion();
    counter.trouble.unwritable = 'charge-asked';
    expect(await choose(300)).toMatchObject({ kind: 'failed' });
    expect(view()).toMatchObject({ kind: 'tip', chosenInCents: 300, problem: { kind: 'journal-unwritable' } });
    expect(counter.requests).toEqual(['create 51', 'token cho_1']);
  });

  test('the choice stays when a card is declined and when the way to pay is changed', async () => {
    await toQuestion();
    await choose(300);
    await counter.pay();
    counter.complete('cho_1', 'failed');
    await counter.pass(2_000);
    expect(view()).toMatchObject({ kind: 'declined', amountInCents: 2_300 });
    await counter.again();
    expect(view()).toMatchObject({ kind: 'ready', amountInCents: 2_300, tipInCents: 300 });
    counter.register.payBy(counter.register.sale().id, 'reader');
    await counter.settle();
    expect(view()).toMatchObject({ tipInCents: 300, amountInCents: 2_300, tender: 'reader' });
  });

  test('Back from the form types the purchase again, without the tip, and asks anew', async () => {
    await toQuestion();
    await choose(300);
    counter.register.goBack(counter.register.sale().id);
    await counter.settle();
    expect(view()).toMatchObject({ kind: 'entering', amountInCents: 2_000 });
    await counter.charge(2_000);
    expect(view()).toMatchObject({ kind: 'tip', amountInCents: 2_000, chosenInCents: null });
  });

  test('an own amount above the purchase is confirmed by the cashier, and only the one that was shown', async () => {
    await toQuestion();
    expect(await choose(50_000, true)).toMatchObject({ kind: 'failed', failure: { kind: 'amount-unusual' } });
    expect(view()).toMatchObject({ kind: 'tip', chosenInCents: 50_000, isDoubtful: true });
    expect(await choose(60_000, true)).toMatchObject({ kind: 'failed' });
    expect(counter.kinds()).not.toContain('charge-asked');
    await choose(60_000, true);
    expect(view()).toMatchObject({ kind: 'ready', amountInCents: 62_000 });
  });

  test('an own amount that lifts the total above the amount to confirm is confirmed; a large purchase is confirmed at Charge, once', async () => {
    await toQuestion(99_000);
    expect(await choose(2_000)).toMatchObject({ failure: { kind: 'amount-unusual' } });
    counter.register.goBack(counter.register.sale().id);
    await counter.charge(200_000);
    expect(view()).toMatchObject({ kind: 'entering', problem: { kind: 'amount-unusual' } });
    await counter.charge(200_000, 'One donut', ['amount-unusual']);
    await choose(1_000);
    expect(view()).toMatchObject({ amountInCents: 201_000 });
  });

  test('the same purchase again is asked about before its customer is, whatever tip the first one gave', async () => {
    await toQuestion();
    await choose(300);
    await counter.pay();
    counter.complete('cho_1', 'succeeded');
    await counter.pass(2_000);
    counter.register.newSale(counter.register.sale().id);
    await counter.charge(2_000);
    expect(view()).toMatchObject({ kind: 'entering', problem: { kind: 'paid-just-now' } });
    await counter.charge(2_000, 'One donut', ['paid-just-now']);
    expect(view()).toMatchObject({ kind: 'tip' });
  });
});

test('with tips off Charge leads straight to the form', async () => {
  const counter = setTheCounter();
  await counter.toReady();
  expect(counter.kinds()).toEqual(['checkout-asked', 'checkout-created', 'charge-asked', 'amount-confirmed', 'form-shown']);
});

test('for any purchase and tip: the total is their sum on the journal’s lines, on the receipt and in what the reports count, to the cent', () => {
  fc.assert(
    fc.property(fc.integer({ min: 51, max: 50_000_000 }), fc.integer({ min: 0, max: 49_999_999 }), (cents, tip) => {
      const purchase = withTip(purchaseOf(cents, 'USD', 'Basket'), tip);
      expect(purchase.totalInCents).toBe(cents + tip);
      expect(purchase.lines.reduce((sum, { amountInCents }) => sum + amountInCents, 0)).toBe(purchase.totalInCents);
      expect([tipOf(purchase), beforeTip(purchase)]).toEqual([tip, cents]);
      const paid = { kind: 'paid', id: '0d9c2f0a-5c1e-4b7e-9a59-1f6d5a3c7b21', purchase, checkoutId: 'cho_1', attempts: { submits: 1, open: 0, failed: [], shown: true, authorisation: null, completionKey: null, link: null }, tender: 'card-form', paymentId: 'py_1', isPending: false, paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, chargedInCents: cents + tip, at: '2026-11-27T23:30:00.000Z', reversals: [] } as const;
      expect(movementsBetween(NO_MONEY, paid)).toEqual([{ kind: 'taken', amountInCents: cents + tip, tipInCents: tip, premiumInCents: 0, reversalId: null }]);
      expect(movementsBetween(NO_MONEY, { ...paid, kind: 'wrong-amount', chargedInCents: cents + tip + 1 })).toMatchObject([{ tipInCents: 0 }]);
      if (!hasReceipt(paid)) throw new Error('a paid sale has a receipt');
      const rows = receiptOf({ sale: paid, copyFor: 'customer', copyNumber: 0 }, placeOf(PLACES[0])).rows.flatMap((row) => (row.kind === 'pair' ? [[row.name, Number(row.value.replaceAll(/[^\d]/gu, ''))] as const] : []));
      expect(rows.find(([name]) => name === 'Total')?.[1]).toBe(cents + tip);
      expect(rows.find(([name]) => name === 'Tip')?.[1] ?? 0).toBe(tip);
    }),
    { numRuns: 200 },
  );
});
