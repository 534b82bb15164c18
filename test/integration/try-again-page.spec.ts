import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { AT_REST, DAY_VIEW, SALES_PAGE } from '../till-page/snapshots.ts';
import { see } from '../till-page/seen-till.ts';
import { answered, press, refused } from '../till-page/state.ts';

/* A list that could not be read says "Try again", and has the button for it. */

const UNLOCKED = { ...AT_REST, manager: { kind: 'unlocked', by: 'pin', hasPin: true, secondsLeft: 120 } } as const;

async function openSection(page: Page, name: string): Promise<void> {
  await press(page, 'F10');
  await page.getByRole('tab', { name }).click();
}

type Unread = { readonly what: string; readonly call: string; readonly failure: string; readonly open: (page: Page) => Promise<void>; readonly good: unknown; readonly shown: string };

const UNREAD: readonly Unread[] = [
  { what: 'the day report', call: 'readReport', failure: 'report-unreadable', open: (page) => press(page, 'F7'), good: DAY_VIEW, shown: '.report-table' },
  { what: 'the sales', call: 'listSales', failure: 'history-unreadable', open: (page) => press(page, 'F6'), good: SALES_PAGE, shown: '.history-line' },
  { what: 'the card readers', call: 'readCardReaders', failure: 'no-answer', open: (page) => openSection(page, 'Card reader'), good: [{ terminalId: 'trm_1', name: 'Front counter', model: 'Verifone E285', isConnected: true }], shown: '.cashier-list li' },
  {
    what: 'the customers with saved cards',
    call: 'readCustomers',
    failure: 'no-answer',
    open: (page) => openSection(page, 'Customers'),
    good: { customers: [{ customerId: '4c1d7f5e-6a54-4a0c-9d0a-3f0f3f3c9a11', name: 'Ana Ruíz', phone: '', email: '', methods: [] }], isCut: false },
    shown: '.customer-cards li',
  },
];

test.each(UNREAD)('$what could not be read: Try again reads them, and takes the sentence away', ({ call, failure, open, good, shown }) =>
  see(UNLOCKED, async ({ page, answer, asked }) => {
    await answer(call, refused(failure));
    await open(page);
    await page.locator('#root').getByText(/try again/iu).first().waitFor();
    const again = page.locator('main:visible').getByRole('button', { name: 'Try again' });
    await again.click();
    await expect.poll(async () => (await asked(call)).length).toBeGreaterThan(1);
    await answer(call, answered(good));
    await again.click();
    await page.locator(shown).first().waitFor();
    await expect.poll(() => again.count()).toBe(0);
  }, { viewport: { width: 1024, height: 688 } }));
