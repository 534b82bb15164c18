import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { type CustomerView, customerView } from '../../contract/customer-display.ts';
import type { SaleView } from '../../contract/till-snapshot.ts';
import { pageBrowser } from '../host/page-browser.ts';
import { openDisplayPage } from '../till-page/display-page.ts';
import { ASKED_FOR_TIP, AT_READER, AT_REST, DECLINED, ENTERED, NOT_CHARGED, PAID, PAYING, WRONG_AMOUNT } from '../till-page/snapshots.ts';

/* The customer's own screen, in every state of a sale. */

const view = (sale: SaleView, isOfThisRun = true): CustomerView => customerView({ ...AT_REST, account: { kind: 'training' }, sale }, isOfThisRun);
const reads = async (page: Page) => (await page.locator('body').innerText()).split('\n').map((line) => line.trim()).filter((line) => line !== '');
const [PREPARING, READY, SUBMITTING, CHECKING] = PAYING;

test('a sale as its customer sees it, one state after the other: no text of the state before stays, and only known facts are shown', async () => {
  const { page, push, close } = await openDisplayPage(await pageBrowser(), view(AT_REST.sale));
  try {
    const sold = ['$17.99', 'One donut'];
    const states: readonly (readonly [SaleView | CustomerView, readonly string[]])[] = [
      [AT_REST.sale, ['Welcome']],
      [ENTERED, sold],
      [PREPARING!, sold],
      [ASKED_FOR_TIP, [...sold, 'Would you like to add a tip?', '15% · $2.70', '18% · $3.24', '20% · $3.60']],
      [AT_READER, [...sold, 'Tap, insert or swipe your card at the card reader.']],
      [READY!, [...sold, 'Please hand your card to the cashier.']],
      [SUBMITTING!, ['Processing', ...sold, 'Your payment is on its way.']],
      [CHECKING!, ['One moment, please']],
      [PAID, ['Paid', ...sold, 'Thank you.']],
      [AT_REST.sale, ['Welcome']],
      [DECLINED, ['Declined', ...sold, 'Nothing was charged. Try another card.']],
      [WRONG_AMOUNT, ['One moment, please']],
      [NOT_CHARGED, ['Not charged', ...sold, 'Nothing was charged.']],
      // From the last run, of an earlier customer.
      [view(PAID, false), ['One moment, please']],
    ];
    for (const [state, lines] of states) {
      await push('saleId' in state ? view(state) : state);
      expect(await reads(page)).toEqual(['Test – no real payments', ...lines]);
      if (!lines.includes('One donut')) expect(await page.content()).not.toMatch(/donut|17\.99|4242/u);
    }
    // It only displays.
    expect(await page.locator('button, input, a, [tabindex]').count()).toBe(0);
  } finally {
    await close();
  }
});
