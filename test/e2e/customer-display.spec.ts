import type { Page } from 'playwright';
import { channels } from '../../contract/channels.ts';
import { CARDS } from './card-form.ts';
import { typeByHand } from './keys.ts';
import { watchWords } from './plain-words.ts';
import { expect, test } from './connected-till.ts';
import type { TillApp } from './till-app.ts';

/* The customer's own screen, on a second display that a test plugs in. */
test.skip(({ target }) => target === 'electron', 'the screens of a real desktop cannot be plugged by a test');

/** And tips. */
async function wantDisplay({ till }: TillApp): Promise<void> {
  await till.keyboard.press('F10');
  await till.getByRole('tab', { name: 'Screen and sound' }).click();
  await till.locator('#root').getByText('Show the sale to the customer on a second screen').click();
  await expect(till.getByRole('checkbox', { name: /second screen/u })).toBeChecked();
  await till.getByRole('tab', { name: 'Tips' }).click();
  await till.getByRole('button', { name: /Customers are offered/u }).click();
  await till.getByRole('option', { name: 'Percentages of the purchase' }).click();
  await till.getByRole('button', { name: 'Save' }).click();
  await expect(till.locator('#root').getByText('Saved.')).toBeVisible();
  await till.getByRole('button', { name: 'Back to the till' }).click();
}

const displays = ({ counter }: TillApp) => counter.windows().filter((page) => page.url().includes('display'));
const reads = async (page: Page) => (await page.locator('body').innerText()).split('\n').map((line) => line.trim()).filter((line) => line !== '');

test('a sale and its tip as the customer sees them, and nothing of other customers, on the screen that the till is not on', async ({ openTill }) => {
  const app = await openTill({ chromium: undefined });
  const { till, counter } = app;
  // The setting is on with one screen: no window opens.
  await wantDisplay(app);
  expect(displays(app)).toEqual([]);
  await counter.screens(2);
  const display = await counter.window('app://display/');
  const words = await watchWords(display);
  await expect(display.getByText('Welcome')).toBeVisible();
  await expect.poll(() => counter.isVisible(display)).toBe(true);
  // The cashier types on as before.
  await typeByHand(till, '17');
  await expect(display.getByText('$0.17')).toBeVisible();
  await typeByHand(till, '99');
  await till.getByRole('textbox', { name: 'Description' }).fill('Donut');
  await expect.poll(() => reads(display)).toEqual(['Test – no real payments', '$17.99', 'Donut']);
  await app.charge();
  // Between Charge and the form the customer is asked, on both screens; the cashier answers for them.
  await expect.poll(() => reads(display)).toEqual(['Test – no real payments', '$17.99', 'Donut', 'Would you like to add a tip?', '15% · $2.70', '18% · $3.24', '20% · $3.60']);
  await till.locator('.tip-choice:not([data-disabled])').first().waitFor();
  await till.keyboard.press('2');
  const form = await app.form();
  await expect(till.locator('#root').getByText('Donut · Tip $3.24')).toBeVisible();
  await expect.poll(() => reads(display)).toEqual(['Test – no real payments', '$21.23', 'Donut', 'Please hand your card to the cashier.']);
  await form.payByCard(CARDS.pays);
  await app.says('PAID');
  await expect.poll(() => reads(display)).toEqual(['Test – no real payments', 'Paid', '$21.23', 'Donut', 'Thank you.']);
  await display.screenshot({ path: test.info().outputPath('paid.png') });
  await expect(till.getByRole('button', { name: /New sale/u })).toBeEnabled();
  await till.keyboard.press('Enter');
  await expect.poll(() => reads(display)).toEqual(['Test – no real payments', 'Welcome']);
  expect(await display.content()).not.toMatch(/Donut|4242/u);

  await words.expectPlain();

  // It only displays: one call, one push, no till, no manager.
  expect(await display.evaluate(() => [Object.keys((window as unknown as { display: object }).display).toSorted(), ['till', 'manager', 'checkout', 'require', 'process'].filter((name) => name in window)])).toEqual([['onView', 'view'], []]);
  expect(Object.keys(channels.display.calls)).toEqual(['view']);
  expect(await display.locator('button, input, a, [tabindex]').count()).toBe(0);

  await counter.screens(1);
  await expect.poll(() => displays(app).length).toBe(0);
  await counter.screens(2);
  await expect((await counter.window('app://display/')).getByText('Welcome')).toBeVisible();

  // A till that is dragged onto the customer’s screen is not covered by it: the two change places.
  const places = () => Promise.all(displays(app).map((page) => page.evaluate(() => window.screenX).catch(() => 'closing')));
  await expect.poll(places).toEqual([1280]);
  await counter.move(till, { x: 1300, y: 10 });
  await expect.poll(places).toEqual([0]);
  await expect((await counter.window('app://display/')).getByText('Welcome')).toBeVisible();
  // To and fro, quicker than a window can draw itself.
  for (const x of [10, 1300, 10]) await counter.move(till, { x, y: 10 });
  await expect.poll(places).toEqual([1280]);
  await expect((await counter.window('app://display/')).getByText('Welcome')).toBeVisible();
  // A desktop has closed it: the next digit brings it back. Two fingers enlarge nothing on it.
  await counter.pressClose(displays(app)[0]!);
  await expect.poll(() => displays(app).length).toBe(0);
  await typeByHand(till, '5');
  await expect((await counter.window('app://display/')).getByText('$0.05')).toBeVisible();
  expect(await counter.recorded('webContents.setVisualZoomLevelLimits')).toContainEqual({ url: 'app://display/', minimum: 1, maximum: 1 });
  expect(app.log()).not.toContain('counter.failed');
});
