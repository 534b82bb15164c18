import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CheckoutFormListener, CheckoutForms } from '../../main/sale/card-form/checkout-form.ts';
import type { OpenAccount } from '../../main/sale/till.ts';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';
import { openShopTime } from '../storm/shop-time.ts';
import { makeFolder } from './journal-shop.ts';
import { type QuickShop, openQuickShop } from './quick-shop.ts';

/* Sales whose answer takes minutes, in a shop whose minutes are seconds; JustiFi, its network, client and journal are real. */

const FASTER = 40;
const COMPLETE = 'POST /v1/checkouts/*/complete';

let justifi: TestJustifi;
let shop: Shop;
let folder: string;
let quick: QuickShop;
let till: OpenAccount;
let page: { readonly checkoutId: string; readonly listener: CheckoutFormListener } | null;

/** The customer's page, by hand: it is ready at once, and pays when told. */
const forms: CheckoutForms = {
  open: ({ checkoutId }, listener) => ({
    ready: Promise.resolve(true),
    show() {
      page = { checkoutId, listener };
      return Promise.resolve(true);
    },
    hide() {},
    close() {
      page = null;
    },
  }),
};

beforeEach(async () => {
  justifi = await startJustifi();
  shop = await openShop(justifi.origin);
  folder = makeFolder();
  quick = openQuickShop({ justifi, folder, time: openShopTime(FASTER) });
  page = null;
  till = quick.open(forms);
});
afterEach(async () => {
  await quick.end();
  await justifi.close();
  rmSync(folder, { recursive: true });
});

const state = () => till.register.sale().kind;

async function charge(amountInCents: number, description: string): Promise<void> {
  const { id: saleId } = till.register.sale();
  expect(till.register.charge({ saleId, amountInCents, description, confirmed: [] }).kind).toBe('ok');
  await vi.waitFor(() => expect(state()).toBe('ready'));
}

/** As the component does: token, leave of main, charge, and a word about it that proves nothing. */
async function pay(cardNumber = '4242424242424242'): Promise<void> {
  const { checkoutId, listener } = page!;
  const { body } = await shop.card(cardNumber);
  expect((await listener.submit({ checkoutId, componentAmountInCents: null, methodType: 'new_card' })).kind).toBe('ok');
  const answer = await shop.complete(checkoutId, body.id).catch(() => null);
  listener.hinted(answer === null ? { kind: 'failed', word: 'complete-checkout-error' } : { kind: 'submitted', word: '' });
}

test('F-02: a payment that never reached JustiFi ends as not charged, and the next try is on the same checkout: one charge', async () => {
  await charge(2500, 'Repair');
  const { checkoutId } = page!;
  justifi.addFault({ on: COMPLETE, kind: 'disconnect', moment: 'before', times: 1 });
  await pay();
  await vi.waitFor(() => expect(state()).toBe('checking'));
  await vi.waitFor(() => expect(till.register.sale()).toMatchObject({ kind: 'not-charged', reason: 'not-received' }), { timeout: 15_000 });
  expect(justifi.charges()).toEqual([]);
  till.register.tryAgain(till.register.sale().id);
  await vi.waitFor(() => expect(state()).toBe('ready'));
  expect(page!.checkoutId).toBe(checkoutId);
  await pay();
  await vi.waitFor(() => expect(state()).toBe('paid'));
  expect(justifi.charges()).toMatchObject([{ checkoutId, amount: 2500 }]);
});

test.each([10, 60, 140])('F-04: an answer that takes %i seconds is waited for; nothing can be pressed meanwhile, and it is PAID once', async (seconds) => {
  await charge(2500, 'Repair');
  justifi.holdCharges();
  const paying = pay();
  await vi.waitFor(() => expect(state()).toBe('submitting'));
  const { id } = till.register.sale();
  expect(till.register.goBack(id)).toMatchObject({ kind: 'failed' });
  expect(till.register.tryAgain(id)).toMatchObject({ kind: 'failed' });
  // The page may not charge a second time.
  expect((await page!.listener.submit({ checkoutId: page!.checkoutId, componentAmountInCents: null, methodType: 'new_card' })).kind).toBe('failed');
  await new Promise((resolve) => {
    setTimeout(resolve, (seconds * 1_000) / FASTER);
  });
  expect(['submitting', 'checking']).toContain(state());
  justifi.releaseCharges();
  await paying;
  await vi.waitFor(() => expect(state()).toBe('paid'));
  expect(justifi.charges()).toHaveLength(1);
});

test('F-04, F-19: a payment that arrives after its sale was called not charged and left is told as late, once; trying again first would have used the same checkout', async () => {
  await charge(2500, 'Repair');
  justifi.holdCharges();
  const paying = pay();
  await vi.waitFor(() => expect(state()).toBe('not-charged'), { timeout: 15_000 });
  till.register.goBack(till.register.sale().id);
  await vi.waitFor(() => expect(state()).toBe('draft'));
  justifi.releaseCharges();
  await paying;
  await vi.waitFor(() => expect(till.register.late()).toMatchObject([{ chargedInCents: 2500 }]), { timeout: 15_000 });
  const [late] = till.register.late();
  expect((await till.register.reverse(late!.id, 'void')).kind).toBe('ok');
  expect(till.register.late()).toEqual([]);
  expect(justifi.books.payments().map(({ voidedAt }) => voidedAt !== null)).toEqual([true]);
});

test('ACH that settles or fails days later was ACCEPTED at the counter, and stays so there', async () => {
  await charge(12_000, 'Deposit');
  const { checkoutId, listener } = page!;
  const account = await shop.bankAccount('000222222227');
  expect((await listener.submit({ checkoutId, componentAmountInCents: null, methodType: 'new_bank_account' })).kind).toBe('ok');
  await shop.complete(checkoutId, account.body.id);
  listener.hinted({ kind: 'submitted', word: 'pending' });
  await vi.waitFor(() => expect(state()).toBe('accepted'));
  justifi.advanceClock(5 * 24 * 60 * 60_000);
  till.register.online();
  expect(state()).toBe('accepted');
});
