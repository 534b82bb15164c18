import type { Browser, Page } from 'playwright';
import { beforeEach, describe, expect, test } from 'vitest';
import type { PrintState } from '../../contract/printing.ts';
import { pageBrowser } from '../host/page-browser.ts';
import { AT_REST, CLOSED_DAY, COMPARISON, DAY_CHART, DAY_VIEW, EMPTY_DAY } from '../till-page/snapshots.ts';
import { answered, press, refused } from '../till-page/state.ts';
import { type InPage, type TillPage, openTillPage } from '../till-page/till-page.ts';

/* The day's report and closing the day, on the built page of the till with a scripted main. */

let browser: Browser;
beforeEach(async () => {
  browser = await pageBrowser();
});

async function withReport(look: (till: TillPage) => Promise<void>, view = DAY_VIEW, inPage?: InPage): Promise<void> {
  const answers = { readReport: answered(view), closeDay: answered(CLOSED_DAY), listSales: answered({ lines: [], next: null, building: null }) };
  const till = await openTillPage(browser, AT_REST, { viewport: { width: 1024, height: 688 }, answers }, inPage);
  try {
    await look(till);
  } finally {
    await till.close();
  }
}

const button = (page: Page, name: RegExp) => page.getByRole('button', { name });
const fetched = (page: Page) => page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => /ChartBars/u.test(name)));
const shows = (page: Page, text: string) => page.locator('#root').getByText(text).first().waitFor();

async function toQuestion({ page }: TillPage): Promise<void> {
  await press(page, 'F7');
  await button(page, /^Close the day/u).click();
  await expect.poll(() => button(page, /^Close as Z 5/u).isEnabled()).toBe(true);
}

describe('the day report', () => {
  test('by keyboard alone: F7, Tab, Enter, the question, Enter, and Esc back to the keypad', () =>
    withReport(async (till) => {
      const { page } = till;
      await press(page, 'F7');
      await page.locator('.report-table').waitFor();
      for (let tabs = 0; tabs < 12 && !(await button(page, /^Close the day/u).evaluate((element) => element === document.activeElement)); tabs += 1) await press(page, 'Tab');
      await press(page, 'Enter');
      await shows(page, 'Close the day as Z 5?');
      await shows(page, '1 payment, void or refund has no result yet. It is listed, and counted in a later report.');
      await expect.poll(() => button(page, /^Close as Z 5/u).isEnabled()).toBe(true);
      for (let tabs = 0; tabs < 12 && !(await button(page, /^Close as Z 5/u).evaluate((element) => element === document.activeElement)); tabs += 1) await press(page, 'Tab');
      await press(page, 'Enter');
      await shows(page, 'The day is closed: Z 5.');
      expect(await till.asked('closeDay')).toEqual([{ number: 5, managerPin: null }]);
      await press(page, 'Escape');
      await button(page, /^Charge/u).waitFor();
    }));

  test('by touch alone: from the sales, to a closed day and back; each figure stands in its row', () =>
    withReport(async ({ page }) => {
      await button(page, /^Sales/u).click();
      await button(page, /^Day report/u).click();
      await page.locator('.report-table').waitFor();
      const row = page.getByRole('row').filter({ hasText: 'Card reader' });
      expect(await row.innerText()).toMatch(/84 ×\s*\$2,517\.00[\s\S]*–[\s\S]*1 ×\s*-\$40\.00[\s\S]*\$2,477\.00/u);
      await shows(page, 'Known after the last day was closed: 1 sale, $20.00');
      await button(page, /^Closed days/u).click();
      await button(page, /^Z 3/u).click();
      await shows(page, 'Register 1');
      await button(page, /^Back/u).click();
      await button(page, /^Back/u).click();
      await button(page, /^Back/u).click();
      await button(page, /^Charge/u).waitFor();
    }));

  test('R-14: a day without a sale is offered to be closed as any other', () =>
    withReport(async (till) => {
      const { page } = till;
      await press(page, 'F7');
      await shows(page, 'Since the first sale of this register');
      await button(page, /^Close the day/u).click();
      await shows(page, 'Nothing was sold. You can still close the day.');
    }, EMPTY_DAY));

  test('Esc at the question closes nothing', () =>
    withReport(async (till) => {
      await toQuestion(till);
      await press(till.page, 'Escape');
      await till.page.locator('.report-table').waitFor();
      expect(await till.asked('closeDay')).toEqual([]);
    }));
});

describe('closing the day', () => {
  test('with the manager’s PIN in place; a wrong one asks again', () =>
    withReport(async (till) => {
      const { page } = till;
      await toQuestion(till);
      await till.answer('closeDay', refused('needs-manager', { action: 'close-day' }));
      await button(page, /^Close as Z 5/u).click();
      await shows(page, 'Close the day: only the manager can allow that.');
      await till.answer('closeDay', refused('not-allowed-by-manager', { problem: { kind: 'pin-wrong', waitSeconds: 0 } }));
      await page.keyboard.type('000000', { delay: 150 });
      await press(page, 'Enter');
      await expect.poll(async () => (await till.asked('closeDay')).length).toBe(2);
      await till.answer('closeDay', answered(CLOSED_DAY));
      await page.keyboard.type('482913', { delay: 150 });
      await press(page, 'Enter');
      await shows(page, 'The day is closed: Z 5.');
    }));

  test('the report by right only: without the PIN nothing of it is shown, and Esc goes back to the keypad', () =>
    withReport(async (till) => {
      const { page } = till;
      await till.answer('readReport', refused('needs-manager', { action: 'see-report' }));
      await press(page, 'F7');
      await shows(page, 'See the day report: only the manager can allow that.');
      await press(page, 'Escape');
      await button(page, /^Charge/u).waitFor();
      await press(page, 'F7');
      await shows(page, 'See the day report: only the manager can allow that.');
      await till.answer('readReport', answered(DAY_VIEW));
      await page.keyboard.type('482913', { delay: 150 });
      await press(page, 'Enter');
      await page.locator('.report-table').waitFor();
      expect((await till.asked('readReport')).at(-1)).toEqual({ before: null, managerPin: '482913' });
    }));

  test.each([
    ['journal-unwritable', 'This PC cannot write to its disk, so the day is not closed. Call the manager.'],
    ['day-closed', 'This day was closed meanwhile. This is the report since then.'],
  ])('that fails (%s) is one sentence over the report', (kind, sentence) =>
    withReport(async (till) => {
      await toQuestion(till);
      await till.answer('closeDay', refused(kind));
      await button(till.page, /^Close as Z 5/u).click();
      await shows(till.page, sentence);
      await till.page.locator('.report-table').waitFor();
    }));

  test('a report that cannot be read is one sentence, and no zeros', () =>
    withReport(async (till) => {
      await till.answer('readReport', refused('report-unreadable'));
      await press(till.page, 'F7');
      await shows(till.page, 'The report cannot be read now.');
      expect(await till.page.locator('.report-table').count()).toBe(0);
    }));
});

describe('a report beside its figures', () => {
  test('is sent to the printer and written into a file, of now and of a closed day; a printer without paper is one sentence', () =>
    withReport(async (till) => {
      const { page } = till;
      await press(page, 'F7');
      await page.locator('.report-table').waitFor();
      await page.keyboard.press('Control+p');
      await shows(page, 'Sent to the printer.');
      await button(page, /^Closed days/u).click();
      await button(page, /^Z 4/u).click();
      await till.answer('printReport', refused('no-printer'));
      await button(page, /^Print/u).click();
      await shows(page, 'Not printed: No printer is set up on this register.');
      await button(page, /^Save as CSV/u).click();
      await shows(page, 'The file was written.');
      expect(await till.asked('printReport')).toEqual([{ sequence: null, managerPin: null }, { sequence: 800, managerPin: null }]);
      expect(await till.asked('saveReport')).toEqual([{ sequence: 800, managerPin: null }]);
    }));

  test('a closed day waits for the printer like a receipt: its result is shown, and it can be cancelled', () =>
    withReport(async (till) => {
      const { page } = till;
      const { number, sequence, closedAt } = DAY_VIEW.closed.days[0]!;
      const paper = { kind: 'day', number, sequence, closedAt } as const;
      const become = (state: PrintState) => till.push({ ...AT_REST, printing: { ...AT_REST.printing, last: { paper, state } } });
      await press(page, 'F7');
      await button(page, /^Closed days/u).click();
      await button(page, new RegExp(`^Z ${number}`, 'u')).click();
      await page.keyboard.press('Control+p');
      await shows(page, 'Being sent to the printer…');
      await become({ kind: 'sent' });
      await shows(page, 'Sent to the printer.');
      await become({ kind: 'not-sent', trouble: 'no-paper', isRetried: true });
      await shows(page, 'Not printed yet: The printer has no paper. It is sent again by itself.');
      await button(page, /^Don’t print/u).click();
      await expect.poll(() => till.asked('skipPrint')).toEqual([{ paper }]);
      await expect.poll(() => page.locator('#root').getByText('Not printed yet').count()).toBe(0);
    }));

  test('by hour and by day is a picture, described by a table with the same figures; Esc goes back', () =>
    withReport(async (till) => {
      const { page } = till;
      await till.answer('readDayChart', answered(DAY_CHART));
      await press(page, 'F7');
      await page.locator('.report-table').waitFor();
      // Only when it is opened: it is a chunk of its own.
      expect(await fetched(page)).toBe(false);
      await button(page, /^Chart/u).click();
      const picture = page.getByRole('img', { name: 'By hour, Nov 2, 2026' });
      await picture.waitFor();
      expect(await fetched(page)).toBe(true);
      const table = page.locator(`[id="${await picture.getAttribute('aria-describedby')}"]`);
      expect(await table.locator('tbody tr').count()).toBe(DAY_CHART.hours.length);
      await expect.poll(() => picture.locator('rect').count()).toBe(DAY_CHART.hours.length);
      expect(await picture.locator('.chart-back').count()).toBe(1);
      await table.getByText('-$').first().waitFor();
      await press(page, 'Escape');
      await shows(page, 'Total');
    }, DAY_VIEW, {}));

  test('lists earlier closed days once, however often it is asked for them', () =>
    withReport(
      async (till) => {
        const { page } = till;
        await press(page, 'F7');
        await button(page, /^Closed days/u).click();
        await till.answer('readReport', answered({ ...DAY_VIEW, closed: { days: [{ ...CLOSED_DAY, sequence: 1, number: 99 }], next: null } }));
        await button(page, /^Show earlier ones/u).evaluate((element: HTMLElement) => {
          element.click();
          element.click();
        });
        await expect.poll(async () => (await till.asked('readReport')).length).toBe(3);
        await shows(page, 'Z 99');
        expect(await page.locator('.closed-days li').count()).toBe(DAY_VIEW.closed.days.length + 1);
      },
      { ...DAY_VIEW, closed: { ...DAY_VIEW.closed, next: 7 } },
    ));

  test('R-12: is compared with JustiFi, each difference in a sentence; without an answer that is said, and the day can be closed', () =>
    withReport(async (till) => {
      const { page } = till;
      await till.answer('compareReport', answered(COMPARISON));
      await press(page, 'F7');
      await button(page, /^Compare with JustiFi/u).click();
      await shows(page, '5 differences, with 112 payments compared:');
      await shows(page, 'JustiFi has a payment of $30.75 that is not in this register’s record.');
      await shows(page, 'Left of it here: $35.75. At JustiFi: $30.75.');
      await shows(page, 'Not everything could be read, so there may be more differences.');
      await till.answer('compareReport', refused('not-compared'));
      await button(page, /^Compare with JustiFi/u).click();
      await shows(page, 'JustiFi did not answer, so nothing was compared.');
      await expect.poll(() => button(page, /^Close the day/u).isEnabled()).toBe(true);
    }));
});
