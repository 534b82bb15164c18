import type { Page } from 'playwright';
import { AT_REST, CLOSED_DAY, COMPARISON, DAY_CHART, DAY_VIEW, EMPTY_DAY } from './snapshots.ts';
import { type State, answered, press, refused } from './state.ts';

const REPORT = { readReport: answered(DAY_VIEW), readDayChart: answered(DAY_CHART), closeDay: answered(CLOSED_DAY), compareReport: answered(COMPARISON) };

async function openReport(page: Page): Promise<void> {
  await press(page, 'F7');
  await page.locator('.report-table').waitFor();
}

/** The button at this place of the report. */
const pressOnReport = (place: number) => async (page: Page) => {
  await openReport(page);
  await page.locator('.report .next button').nth(place).click();
};

async function askToClose(page: Page): Promise<void> {
  await pressOnReport(0)(page);
  await page.locator('.report button.charge:not([data-disabled])').waitFor();
}

/** The day's report, and closing the day. */
export const REPORT_STATES: readonly State[] = [
  { name: 'the day report', snapshot: AT_REST, answers: REPORT, reach: openReport },
  { name: 'a day without a sale', snapshot: AT_REST, answers: { ...REPORT, readReport: answered(EMPTY_DAY) }, reach: openReport },
  {
    name: 'a report that cannot be read',
    snapshot: AT_REST,
    answers: { readReport: refused('report-unreadable') },
    async reach(page) {
      await press(page, 'F7');
      await page.locator('.report .problem').waitFor();
    },
  },
  {
    name: 'the day report, compared',
    snapshot: AT_REST,
    answers: REPORT,
    async reach(page) {
      await pressOnReport(5)(page);
      await page.locator('.report-beside li small').first().waitFor();
    },
  },
  {
    name: 'the chart of the day',
    snapshot: AT_REST,
    answers: REPORT,
    async reach(page) {
      await pressOnReport(2)(page);
      await page.locator('.chart').last().waitFor();
    },
  },
  { name: 'close the day?', snapshot: AT_REST, answers: REPORT, reach: askToClose },
  {
    name: 'the day is closed',
    snapshot: AT_REST,
    answers: REPORT,
    async reach(page) {
      await askToClose(page);
      await page.locator('.report button.charge').click();
      await page.locator('.report-table').waitFor();
    },
  },
  {
    name: 'the closed days',
    snapshot: AT_REST,
    answers: REPORT,
    async reach(page) {
      await pressOnReport(1)(page);
      await page.locator('.closed-days').waitFor();
    },
  },
];
