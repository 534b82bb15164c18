import type { Browser, Page } from 'playwright';
import { beforeEach, describe, expect, test } from 'vitest';
import { pageBrowser } from '../host/page-browser.ts';
import { AT_REST, PAID, SALES_PAGE, SALE_RECORD } from '../till-page/snapshots.ts';
import { answered, press, refused } from '../till-page/state.ts';
import { type TillPage, openTillPage } from '../till-page/till-page.ts';

/* The sales, one sale, and giving its money back, on the built page of the till with a scripted main. */

let browser: Browser;
beforeEach(async () => {
  browser = await pageBrowser();
});

async function withSales(look: (till: TillPage) => Promise<void>, snapshot = AT_REST): Promise<void> {
  const answers = { listSales: answered(SALES_PAGE), readSale: answered(SALE_RECORD), readFees: answered(104) };
  const till = await openTillPage(browser, snapshot, { viewport: { width: 1024, height: 688 }, answers });
  try {
    await look(till);
  } finally {
    await till.close();
  }
}

const button = (page: Page, name: RegExp) => page.getByRole('button', { name });

async function toRefund({ page }: TillPage): Promise<void> {
  await press(page, 'F6');
  await page.locator('.history-line').first().waitFor();
  await page.locator('.history-line').first().click();
  await page.locator('.sale-page').waitFor();
  await press(page, 'F8');
  await expect.poll(() => button(page, /^Refund/u).isEnabled()).toBe(true);
}

describe('the sales', () => {
  test('by keyboard alone: F6, typing, arrows, Enter, Esc, Esc', () =>
    withSales(async (till) => {
      const { page } = till;
      await press(page, 'F6');
      await page.locator('.history-line').first().waitFor();
      await page.keyboard.type('donut', { delay: 130 });
      await expect.poll(async () => (await till.asked('listSales')).at(-1)).toEqual({ search: 'donut', before: null });
      await press(page, 'Tab');
      for (let tabs = 0; tabs < 4 && (await page.locator('.history-list :focus, .history-list:focus').count()) === 0; tabs += 1) await press(page, 'Tab');
      await press(page, 'ArrowDown');
      await press(page, 'Enter');
      await page.locator('.sale-page').waitFor();
      await press(page, 'Escape');
      await page.locator('.history-list').waitFor();
      await press(page, 'Escape');
      await button(page, /^Charge/u).waitFor();
    }));

  test('the typed amount stays while the sales are shown', () =>
    withSales(async ({ page }) => {
      await page.keyboard.type('17', { delay: 150 });
      await press(page, 'F6');
      await page.locator('.history-line').first().waitFor();
      await press(page, 'Escape');
      await page.locator('#root').getByText('$0.17').first().waitFor();
    }));

  test('years of sales that are still being read, no sale found, and a record that cannot be read are one sentence each', () =>
    withSales(async (till) => {
      const { page } = till;
      await till.answer('listSales', answered({ ...SALES_PAGE, building: { done: 20, of: 100 } }));
      await press(page, 'F6');
      await page.locator('#root').getByText('20%').waitFor();
      await till.answer('listSales', answered({ lines: [], next: null, building: null }));
      await page.keyboard.type('x');
      await page.locator('#root').getByText('No sale found.').waitFor();
      await till.answer('listSales', refused('history-unreadable'));
      await page.keyboard.type('y');
      await page.locator('#root').getByText('The sales cannot be read now.').waitFor();
    }));
});

describe('giving money back', () => {
  test('by touch alone: a refund of the rest, and its result', () =>
    withSales(async (till) => {
      const { page } = till;
      await button(page, /^Sales/u).click();
      await page.locator('.history-line').first().click();
      await button(page, /^Void or refund/u).click();
      await till.answer('giveBack', answered({ reversalId: 'r9', state: 'done' }));
      await expect.poll(() => button(page, /^Refund \$30\.75/u).isEnabled()).toBe(true);
      await button(page, /^Refund \$30\.75/u).click();
      await page.locator('#root').getByText('$30.75 was given back.').waitFor();
      await button(page, /^Print receipt/u).click();
      expect(await till.asked('printReceipt')).toEqual([{ paper: { kind: 'reversal', saleId: SALE_RECORD.line.saleId, reversalId: 'r9' }, copyFor: 'customer' }]);
      expect(await till.asked('giveBack')).toEqual([{ saleId: SALE_RECORD.line.saleId, kind: 'refund', amountInCents: 3_075, leftInCents: 3_075, reason: 'customer_request', returnsFees: false, managerPin: null }]);
      await button(page, /^Back/u).click();
      await page.locator('.sale-page').waitFor();
    }));

  test.each([
    ['pending', 'JustiFi is processing the refund of $30.75. It is not done yet.'],
    ['asked', 'JustiFi has not answered about $30.75.'],
  ])('one that is %s is not called done', (state, sentence) =>
    withSales(async (till) => {
      await toRefund(till);
      await till.answer('giveBack', answered({ reversalId: 'r9', state }));
      await press(till.page, 'Enter');
      await till.page.locator('#root').getByText(sentence).waitFor();
      expect(await till.page.locator('#root').getByText('was given back').count()).toBe(0);
      // Without an answer there is no receipt.
      expect(await button(till.page, /^Print receipt/u).count()).toBe(state === 'pending' ? 1 : 0);
    }));

  test('the receipt of the sale and of each refund is printed again from the page of the sale, for the customer and for the merchant', () =>
    withSales(async (till) => {
      const { page } = till;
      const { saleId } = SALE_RECORD.line;
      await press(page, 'F6');
      await page.locator('.history-line').first().click();
      await page.locator('.sale-page').waitFor();
      await page.keyboard.press('Control+P');
      const refund = page.getByRole('group', { name: /^Refund \$5\.00/u });
      await refund.getByRole('button', { name: 'Print receipt' }).click();
      await refund.getByRole('button', { name: 'Print merchant copy' }).click();
      const reversal = { kind: 'reversal', saleId, reversalId: 'r1' };
      await expect.poll(() => till.asked('printReceipt')).toEqual([
        { paper: { kind: 'sale', saleId }, copyFor: 'customer' },
        { paper: reversal, copyFor: 'customer' },
        { paper: reversal, copyFor: 'merchant' },
      ]);
      await till.push({ ...AT_REST, printing: { ...AT_REST.printing, last: { paper: { kind: 'reversal', saleId, reversalId: 'r1' }, state: { kind: 'sent' } } } });
      await refund.getByText('Receipt sent to the printer.').waitFor();
      expect(await refund.getByRole('button', { name: 'Print again' }).count()).toBe(1);
    }));

  test('with the manager’s PIN in place; a wrong one asks again, and nothing is given back twice', () =>
    withSales(async (till) => {
      const { page } = till;
      await toRefund(till);
      await till.answer('giveBack', refused('needs-manager', { action: 'refund' }));
      await press(page, 'Enter');
      await page.locator('.manager-door').waitFor();
      await till.answer('giveBack', refused('not-allowed-by-manager', { problem: { kind: 'pin-wrong', waitSeconds: 0 } }));
      await page.keyboard.type('000000', { delay: 150 });
      await press(page, 'Enter');
      await expect.poll(async () => (await till.asked('giveBack')).length).toBe(2);
      await till.answer('giveBack', answered({ reversalId: 'r9', state: 'done' }));
      await page.keyboard.type('482913', { delay: 150 });
      await press(page, 'Enter');
      await page.locator('#root').getByText('$30.75 was given back.').waitFor();
      expect((await till.asked('giveBack')).map((each) => (each as { managerPin: string | null }).managerPin)).toEqual([null, '000000', '482913']);
    }));

  test('F-21: a void that JustiFi refuses becomes a refund that has to be pressed', () =>
    withSales(async (till) => {
      const { page } = till;
      await till.answer('readSale', answered({ ...SALE_RECORD, leftInCents: 3_575, reversals: [], giveBack: { kind: 'void', secondsLeft: 600 } }));
      await press(page, 'F6');
      await page.locator('.history-line').first().click();
      await press(page, 'F8');
      await page.locator('#root').getByText('Possible for 10 minutes more.').waitFor();
      await till.answer('giveBack', refused('void-refused', { code: 'payment_outside_void_window' }));
      await expect.poll(() => button(page, /^Void \$35\.75/u).isEnabled()).toBe(true);
      await button(page, /^Void \$35\.75/u).click();
      await page.locator('#root').getByText('JustiFi refused the void. No money went back.').waitFor();
      await till.answer('giveBack', answered({ reversalId: 'r9', state: 'done' }));
      await button(page, /^Refund \$35\.75 instead/u).click();
      await page.locator('#root').getByText('$35.75 was given back.').waitFor();
      expect((await till.asked('giveBack')).map((each) => (each as { kind: string }).kind)).toEqual(['void', 'refund']);
    }));

  test('from the result screen, which is replaced by the next sale first', () =>
    withSales(
      async (till) => {
        const { page } = till;
        await expect.poll(() => button(page, /^Void or refund/u).isEnabled()).toBe(true);
        await press(page, 'F8');
        await expect.poll(() => till.asked('newSale')).toEqual([{ saleId: PAID.saleId }]);
        await till.push(AT_REST);
        await page.locator('.give-back').waitFor();
        expect(await till.asked('readSale')).toContainEqual({ saleId: PAID.saleId });
      },
      { ...AT_REST, sale: PAID },
    ));
});
