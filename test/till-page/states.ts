import type { Page } from 'playwright';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { MANAGER_STATES, SET_UP_STATES, openManager, openSection } from './manager-states.ts';
import { REPORT_STATES } from './report-states.ts';
import { SALE_STATES } from './sale-states.ts';
import { AT_PHONE, AT_PLAID, AT_READER, AT_REST, AT_SAVED, AT_SEZZLE, BAD_DAY, BOTH_WAYS, CAN_SAVE, CHARGED_TWICE, CUSTOMERS, ENTERED, NOT_CHARGED, NOT_PAID_YET, NO_BANK, OPEN_LINKS, PAID, PAYING, READER_OFFLINE, SALES_PAGE, SALE_RECORD, WHO_IS_INSURED, WRONG_AMOUNT } from './snapshots.ts';
import { type State, answered, press, refused } from './state.ts';

const UNLOCKED: TillSnapshot = { ...AT_REST, manager: { kind: 'unlocked', by: 'pin', hasPin: true, secondsLeft: 120 } };
const CASHIERS = ['Anna', 'Bert', 'Céline', 'Maria Magdalena von Hohenstein'].map((name) => ({ id: name, name }));

const ANSWERS = { listSales: answered(SALES_PAGE), readSale: answered(SALE_RECORD), readFees: answered(104), askChargedTwice: answered(CHARGED_TWICE) };
const openSales = (page: Page) => press(page, 'F6');
async function openSale(page: Page): Promise<void> {
  await openSales(page);
  await page.locator('.history-line').first().click();
  await page.locator('.sale-page').waitFor();
}

const SAVED_ANSWERS = { findCustomers: answered(CUSTOMERS), readCustomer: answered(CUSTOMERS.customers[0]), saveCard: answered(null) };
async function findCustomers(page: Page): Promise<void> {
  await page.locator('.at-saved input').fill('an');
  await page.locator('.customer-line').first().waitFor();
}
async function chooseCustomer(page: Page): Promise<void> {
  await findCustomers(page);
  await page.locator('.customer-line').first().click();
  await page.locator('.saved-cards button.charge:not([data-disabled])').first().waitFor();
}
async function nameCustomer(page: Page): Promise<void> {
  await page.locator('.result .next button:not([data-disabled])').nth(2).waitFor();
  await press(page, 'F3');
  await page.locator('.save-card input').first().fill('Ana');
  await page.locator('.known-customers button').first().waitFor();
}
async function saveCard(page: Page): Promise<void> {
  await nameCustomer(page);
  await page.locator('.save-card .check').click();
  await page.locator('.save-card button.charge:not([data-disabled])').click();
  await page.locator('.save-card .problem').filter({ hasText: /./u }).waitFor();
}

/** Every screen at the counter but JustiFi's form, which only a whole till has. */
/** All the insurer's questions, and the press that asks for its price. */
export async function fillInsured(page: Page): Promise<void> {
  const answers = { firstName: 'Ana', lastName: 'Ruíz', email: 'ana@example.com', state: 'IN', postalCode: '46001' };
  for (const [field, answer] of Object.entries(answers)) await page.locator(`.insured-customer input[name="${field}"]`).fill(answer);
  await page.locator('.insured-customer button').click();
}

export const TILL_STATES: readonly State[] = [
  ...SALE_STATES,
  ...REPORT_STATES,
  { name: 'the first screen', snapshot: { ...AT_REST, isFirstRun: true, mode: 'training' } },
  { name: 'set-up: the key', snapshot: { ...AT_REST, isFirstRun: true, mode: 'training', manager: { kind: 'open' } }, reach: (page) => page.locator('.first-run-way').nth(1).click() },
  { name: 'sign-in', snapshot: { ...AT_REST, cashiers: { all: CASHIERS, signedIn: null } } },
  { name: 'the same sale?', snapshot: { ...AT_REST, sale: { ...ENTERED, problem: { kind: 'paid-just-now', secondsAgo: 40, last4: '4242' } } } },
  { name: 'a large amount?', snapshot: { ...AT_REST, sale: { ...ENTERED, problem: { kind: 'amount-unusual' } } } },
  { name: 'no connection', snapshot: { ...AT_REST, sale: ENTERED, connectionFailure: { trouble: 'no-answer', code: 'ENOTFOUND' } } },
  { name: 'the proxy', snapshot: { ...AT_REST, sale: ENTERED, connectionFailure: { trouble: 'proxy', code: 'ERR_PROXY' } } },
  { name: 'the clock', snapshot: { ...AT_REST, sale: ENTERED, connectionFailure: { trouble: 'clock', code: 'CERT_HAS_EXPIRED' } } },
  { name: 'a bad day', snapshot: BAD_DAY },
  { name: 'a bad day, unfolded', snapshot: BAD_DAY, reach: (page) => page.locator('.notices > button').click() },
  { name: 'WRONG AMOUNT', snapshot: { ...AT_REST, sale: WRONG_AMOUNT } },
  { name: 'NOT CHARGED', snapshot: { ...AT_REST, sale: NOT_CHARGED } },
  { name: 'the ways to pay', snapshot: { ...AT_REST, ways: BOTH_WAYS, sale: PAYING[1]! } },
  { name: 'at the card reader', snapshot: { ...AT_REST, ways: BOTH_WAYS, sale: AT_READER, secondsToPay: 84 } },
  { name: 'the cards to practice with', snapshot: { ...AT_REST, mode: 'training', account: { kind: 'training' }, ways: BOTH_WAYS, sale: PAYING[1]! } },
  { name: 'at the card reader of training', snapshot: { ...AT_REST, mode: 'training', account: { kind: 'training' }, ways: BOTH_WAYS, sale: AT_READER, secondsToPay: 84, trainingReader: { kind: 'asking', amountInCents: 1_799 } } },
  { name: 'the card reader is not connected', snapshot: { ...AT_REST, ways: BOTH_WAYS, sale: READER_OFFLINE } },
  { name: 'on the customer’s phone', snapshot: AT_PHONE },
  { name: 'declined on the customer’s phone', snapshot: { ...AT_PHONE, saleLink: { ...AT_PHONE.saleLink!, wasDeclined: true } } },
  { name: 'may the same still be paid?', snapshot: { ...AT_REST, openLinkCount: 1, sale: { ...ENTERED, problem: { kind: 'may-still-be-paid' } } } },
  { name: 'on the customer’s phone, in training', snapshot: { ...AT_PHONE, mode: 'training', account: { kind: 'training' } } },
  { name: 'at the bank login, with every way to pay', snapshot: AT_PLAID },
  { name: 'in Sezzle’s window', snapshot: AT_SEZZLE },
  { name: 'Sezzle is chosen', snapshot: { ...AT_SEZZLE, secondsToPay: null, sale: { ...PAYING[1]!, tender: 'sezzle' } as TillSnapshot['sale'] } },
  { name: 'the customer is done at Sezzle', snapshot: { ...AT_SEZZLE, secondsToPay: null } },
  { name: 'NOT CHARGED, the bank login did not load', snapshot: NO_BANK },
  { name: 'whom to insure', snapshot: WHO_IS_INSURED, reach: (page) => page.locator('.insured-customer input').first().waitFor() },
  {
    name: 'whom to insure, mistyped',
    snapshot: WHO_IS_INSURED,
    async reach(page) {
      await page.locator('.insured-customer input').first().fill('Ana');
      await page.locator('.insured-customer button').click();
      await page.locator('.insured-customer .problem').filter({ hasText: /./u }).waitFor();
    },
  },
  {
    name: 'whom to insure, and the disk is full',
    snapshot: WHO_IS_INSURED,
    answers: { quoteInsurance: refused('journal-unwritable') },
    async reach(page) {
      await fillInsured(page);
      await page.locator('.notices .late').first().waitFor();
    },
  },
  { name: 'the customers with saved cards', snapshot: AT_SAVED, answers: SAVED_ANSWERS, reach: findCustomers },
  { name: 'the cards of a customer', snapshot: AT_SAVED, answers: SAVED_ANSWERS, reach: chooseCustomer },
  { name: 'PAID, the card can be saved', snapshot: CAN_SAVE },
  { name: 'a card is saved?', snapshot: CAN_SAVE, answers: SAVED_ANSWERS, reach: nameCustomer },
  { name: 'a card is saved, without a name', snapshot: CAN_SAVE, answers: { ...SAVED_ANSWERS, saveCard: refused('name-empty') }, reach: saveCard },
  { name: 'NOT PAID YET', snapshot: NOT_PAID_YET },
  { name: 'open links', snapshot: OPEN_LINKS, answers: ANSWERS, reach: openSales },
  { name: 'the sales', snapshot: AT_REST, answers: ANSWERS, reach: openSales },
  { name: 'a sale', snapshot: AT_REST, answers: ANSWERS, reach: openSale },
  {
    name: 'charged twice?',
    snapshot: AT_REST,
    answers: ANSWERS,
    async reach(page) {
      await openSale(page);
      await page.locator('.sale-page .next button').nth(1).click();
      await page.locator('.charged-twice li').first().waitFor();
    },
  },
  {
    name: 'a refund',
    snapshot: AT_REST,
    answers: ANSWERS,
    async reach(page) {
      await openSale(page);
      await press(page, 'F8');
      await page.locator('.give-back button.charge:not([data-disabled])').waitFor();
    },
  },
  {
    name: 'a refund is pending',
    snapshot: AT_REST,
    answers: { ...ANSWERS, giveBack: answered({ reversalId: 'r2', state: 'pending' }) },
    async reach(page) {
      await openSale(page);
      await press(page, 'F8');
      await page.locator('.give-back button.charge:not([data-disabled])').click();
      await page.locator('.give-back .receipt-actions').waitFor();
    },
  },
  { name: 'the keychain is locked', snapshot: { ...AT_REST, registerState: { kind: 'stopped', why: 'keychain-locked' } } },
  { name: 'PAID, the printer has no paper', snapshot: { ...AT_REST, sale: PAID, printing: { ...AT_REST.printing, last: { paper: { kind: 'sale', saleId: PAID.saleId }, state: { kind: 'not-sent', trouble: 'no-paper', isRetried: true } } } } },
];

export const MANAGER_SIDE_STATES: readonly State[] = [
  ...SET_UP_STATES,
  ...MANAGER_STATES,
  { name: 'the door', snapshot: AT_REST, reach: openManager },
  { name: 'the door, after wrong PINs', snapshot: { ...AT_REST, manager: { kind: 'locked', opensWith: 'pin', secret: 'client', waitSeconds: 300 } }, reach: openManager },
  {
    name: 'limits, not saved',
    snapshot: UNLOCKED,
    async reach(page) {
      await openSection(page, 'limits');
      await page.getByRole('tabpanel').getByRole('textbox').nth(2).fill('twenty');
      await press(page, 'F10');
    },
  },
  {
    name: 'a printer, not saved',
    snapshot: UNLOCKED,
    async reach(page) {
      await openSection(page, 'printers');
      await page.getByRole('tabpanel').getByRole('button').first().click();
      await page.getByRole('option').nth(1).click();
      await page.getByRole('tabpanel').getByRole('textbox').fill('192.168.1.40');
    },
  },
  {
    name: 'a cashier is removed?',
    snapshot: { ...UNLOCKED, cashiers: { all: CASHIERS, signedIn: CASHIERS[0]! } },
    async reach(page) {
      await openSection(page, 'cashiers');
      await page.locator('.cashier-list li').nth(1).getByRole('button').nth(1).click();
    },
  },
];

export const STATES: readonly State[] = [...MANAGER_SIDE_STATES, ...TILL_STATES];
