import type { Page } from 'playwright';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { ACCEPTED, ASKED_FOR_TIP, AT_PLAID, AT_REST, DECLINED, ENTERED, PAID, PAYING, latePayment } from './snapshots.ts';
import { type State, press, refused, typeSlowly } from './state.ts';

const LARGE: TillSnapshot = { ...AT_REST, sale: { ...ENTERED, problem: { kind: 'amount-unusual' } } };

async function charge(page: Page): Promise<void> {
  const button = page.locator('.hand > .charge');
  await page.locator('.hand > .charge:not([data-disabled])').waitFor();
  await button.click();
}

async function settledTip(page: Page): Promise<void> {
  await page.locator('.tip-choice:not([data-disabled])').first().waitFor();
}

async function openLastSale(page: Page): Promise<void> {
  await press(page, 'F4');
  await page.locator('.last-sale').waitFor();
}

/** From the empty keypad to the end of a sale. */
export const SALE_STATES: readonly State[] = [
  { name: 'the keypad', snapshot: AT_REST },
  {
    name: 'the keys',
    snapshot: AT_REST,
    async reach(page) {
      await press(page, 'F1');
      await page.locator('.dialog').waitFor();
    },
  },
  {
    name: 'the tape',
    snapshot: AT_REST,
    async reach(page) {
      await typeSlowly(page, '1250+300');
      await page.locator('.tape').waitFor();
    },
  },
  {
    name: 'the tape with quick items',
    snapshot: { ...AT_REST, quickItems: ['Coffee', 'Donut', 'Repair and maintenance of a bicycle'].map((name, place) => ({ name, priceInCents: 350 + place * 12_345 })) },
    async reach(page) {
      for (const place of [0, 2, 0]) await page.locator('.preset').nth(place).click();
      await page.locator('.tape li').nth(2).waitFor();
    },
  },
  { name: 'charged without a description', snapshot: { ...AT_REST, sale: { ...ENTERED, amountInCents: 99_999_999, description: '', problem: { kind: 'description-empty' } } } },
  ...PAYING.map((sale): State => ({ name: `paying: ${sale.kind}`, snapshot: { ...AT_REST, sale } })),
  { name: 'the tip', snapshot: { ...AT_REST, sale: ASKED_FOR_TIP }, reach: settledTip },
  { name: 'the tip, chosen before', snapshot: { ...AT_REST, sale: { ...ASKED_FOR_TIP, chosenInCents: 324, problem: { kind: 'service-trouble', code: '500' } } }, reach: settledTip },
  { name: 'the tip to confirm', snapshot: { ...AT_REST, sale: { ...ASKED_FOR_TIP, amountInCents: 12_345_678, offer: { choices: [100, 200, 500].map((amountInCents) => ({ percent: null, amountInCents })), anotherUpToInCents: 87_654_321 }, chosenInCents: 50_000_000, isDoubtful: true } }, reach: settledTip },
  {
    name: 'the customer’s own tip',
    snapshot: { ...AT_REST, sale: ASKED_FOR_TIP },
    async reach(page) {
      await settledTip(page);
      await page.locator('.tip-choice').nth(3).click();
      for (const digit of ['5', '00']) await page.locator('.tip-keypad .key').filter({ hasText: new RegExp(`^${digit}$`, 'u') }).click();
      await page.locator('.at-tip > .next > .charge:not([data-disabled])').waitFor();
    },
  },
  { name: 'paying, with a tip', snapshot: { ...AT_REST, sale: { ...PAYING[1]!, amountInCents: 2_123, tipInCents: 324 } as TillSnapshot['sale'] } },
  { name: 'PAID, with an insurance', snapshot: { ...AT_REST, sale: { ...PAID, amountInCents: 2_299, premiumInCents: 500 } } },
  { name: 'PAID, with a tip', snapshot: { ...AT_REST, sale: { ...PAID, amountInCents: 2_123, tipInCents: 324 } } },
  { name: 'the emptied form', snapshot: { ...AT_REST, sale: PAYING[1]!, formEmptied: 'asleep' } },
  { name: 'the bank login begins anew', snapshot: { ...AT_PLAID, formEmptied: 'login' } },
  { name: 'PAID', snapshot: { ...AT_REST, sale: PAID } },
  { name: 'ACCEPTED', snapshot: { ...AT_REST, sale: ACCEPTED } },
  { name: 'DECLINED', snapshot: { ...AT_REST, sale: DECLINED } },
  {
    name: 'DECLINED, not cancelled: the disk is full',
    snapshot: { ...AT_REST, sale: DECLINED },
    answers: { cancelSale: refused('journal-unwritable') },
    async reach(page) {
      await page.locator('.result .next button:not([data-disabled])').nth(1).click();
      await page.locator('.notices .late').first().waitFor();
    },
  },
  {
    name: 'PAID, not printed: main failed',
    snapshot: { ...AT_REST, sale: PAID },
    answers: { printReceipt: refused('refused') },
    async reach(page) {
      await page.locator('.receipt-buttons button:not([data-disabled])').first().click();
      await page.locator('.receipt-actions p:not(:empty)').waitFor();
    },
  },
  { name: 'a payment to confirm', snapshot: { ...AT_REST, toConfirm: 1 } },
  { name: 'a late payment', snapshot: { ...AT_REST, latePayments: [latePayment(1)] } },
  { name: 'a late payment was voided', snapshot: { ...AT_REST, latePaymentEnd: { saleId: PAID.saleId, kind: 'voided', amountInCents: PAID.amountInCents, description: PAID.description } } },
  {
    name: 'the last sale',
    snapshot: { ...AT_REST, lastSale: { ...PAID, givenBack: null, isDisputed: false } },
    reach: openLastSale,
  },
  {
    name: 'the last sale, voided',
    snapshot: { ...AT_REST, lastSale: { ...PAID, givenBack: { kind: 'voided', amountInCents: PAID.amountInCents }, isDisputed: false } },
    reach: openLastSale,
  },
  {
    name: 'the last sale, disputed',
    snapshot: { ...AT_REST, lastSale: { ...PAID, givenBack: null, isDisputed: true } },
    reach: openLastSale,
  },
  { name: 'the journal is in use', snapshot: { ...AT_REST, sale: ENTERED, isJournalInUse: true } },
  { name: 'a journal of a newer Counter', snapshot: { ...AT_REST, sale: { ...ENTERED, problem: { kind: 'journal-of-newer-counter' } } } },
  {
    name: 'the manager allows one thing',
    snapshot: LARGE,
    answers: { charge: refused('needs-manager', { action: 'charge-above-limit' }) },
    async reach(page) {
      await charge(page);
      await page.locator('.manager-door').waitFor();
    },
  },
];
