import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { appearance } from '../../contract/appearance.ts';
import { type Bridge, channels } from '../../contract/channels.ts';
import { registerSettings } from '../../contract/register-settings.ts';
import { CARDS } from './card-form.ts';
import { expect, test } from './connected-till.ts';
import { hold, typeByHand } from './keys.ts';
import { watchWords } from './plain-words.ts';
import type { TillApp } from './till-app.ts';

/* The windows on a desktop: the till’s, with the form on it, and the customer’s own. */

// One worker for all of them: their till has a whole browser of its own, and only they need it.
test.describe.configure({ mode: 'default' });

const sizeOf = (page: Page) => page.evaluate(() => [innerWidth, innerHeight]);
/** The modifiers of a key, in Chromium's protocol. */
const ALT = { modifiers: 1 };
const CTRL = { modifiers: 2 };
/** True, or false, soon. */
const keyboardIn = ({ counter }: TillApp, page: Page) => expect.poll(() => counter.hasKeyboard(page));

/** With the amount of the sale that was left. */
async function backAtKeypad({ till }: TillApp, amount: string): Promise<void> {
  await till.getByRole('button', { name: '7', exact: true }).waitFor();
  await expect(till.getByRole('heading', { level: 1 })).toHaveText(amount);
}

test('E-05, E-12, C-13: at Charge the form covers the right half of the till’s window and has the keyboard, until Esc in JustiFi’s card number; Ctrl and +, −, 0 change the text size of the till in either', async ({ runningInBrowser: app }) => {
  const { counter, till } = app;
  const zoom = () => till.evaluate(() => Number(document.documentElement.style.getPropertyValue('--zoom')));
  const zoomed = async () => ((await counter.recorded('webContents.setZoomFactor')) as readonly { readonly url: string; readonly factor: number }[]).findLast(({ url }) => url === 'app://till/')?.factor;
  const press = async (page: Page, key: string, expected: number) => {
    await page.keyboard.press(key);
    await expect.poll(zoom, key).toBe(expected);
    await expect.poll(zoomed, key).toBe(expected);
  };
  await test.step('C-13: with the focus on the till, in the steps of the manager’s setting', async () => {
    await keyboardIn(app, till).toBe(true);
    for (const [key, expected] of [['Control+Shift+Equal', 1.25], ['Control+Equal', 1.5], ['Control+NumpadAdd', 1.75], ['Control+Minus', 1.5], ['Control+NumpadSubtract', 1.25], ['Control+0', 1]] as const) await press(till, key, expected);
    await press(till, 'Control+Minus', 1);
  });

  await test.step('E-05: a prepared form is drawn at its place, under the till’s page', async () => {
    await typeByHand(till, '900');
    const { page: prepared } = await app.preparedForm();
    expect(await counter.isVisible(prepared)).toBe(false);
    expect(await counter.isVisible(till)).toBe(true);
    expect(await sizeOf(prepared)).toEqual([640, 800]);
    // A page that is not drawn gets no frame to animate.
    expect(await prepared.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(document.visibilityState))))).toBe('visible');
  });

  await till.getByRole('textbox', { name: 'Description' }).fill('Stickers');
  await app.charge();
  const form = await app.form();
  const { page } = form;
  await test.step('E-05: at Charge it covers the right half, in the same window, at every size of it', async () => {
    expect([await counter.isVisible(page), await counter.isVisible(till)]).toEqual([true, true]);
    for (const [width, height, beside] of [[1024, 574, 512], [1366, 688, 683], [1920, 1080, 760], [1280, 800, 640]] as const) {
      await counter.resize(till, { width, height });
      await expect.poll(async () => [await sizeOf(till), await sizeOf(page)]).toEqual([[width, height], [beside, height]]);
      // The free area of the till’s page.
      expect(await till.locator('.form-place').evaluate((place) => Math.round(place.getBoundingClientRect().left))).toBe(width - beside);
    }
    writeFileSync(test.info().outputPath('paying.png'), await counter.screenshot(till));
  });

  await test.step('C-13: with the focus in JustiFi’s card number, and none of it is kept', async () => {
    await keyboardIn(app, page).toBe(true);
    expect(await counter.hasKeyboard(till)).toBe(false);
    await page.keyboard.type('42');
    await press(page, 'Control+Shift+Equal', 1.25);
    await press(page, 'Control+Equal', 1.5);
    const stored = await till.evaluate(async () => {
      const snapshot = await (window as unknown as { readonly till: Bridge<'till'> }).till.snapshot();
      return snapshot.kind === 'ok' ? snapshot.value.appearance.textSize : null;
    });
    expect(stored).toBe(100);
    await press(page, 'Control+0', 1);
  });

  await test.step('E-12: Esc in JustiFi’s card number leaves the form, and the cashier types on at once', async () => {
    await form.leaveByEsc();
    await keyboardIn(app, till).toBe(true);
    await backAtKeypad(app, '$9.00');
    expect(await counter.isVisible(page)).toBe(false);
    await typeByHand(till, '1250');
    await expect(till.getByRole('heading', { level: 1 })).toHaveText('$12.50');
    await till.keyboard.press('Escape');
    await expect(till.getByRole('heading', { level: 1 })).toHaveText('$0.00');
  });
});

test('E-12: another program keeps the keyboard when the form comes; back at the till it is in the form, and in the till again after Back', async ({ runningInBrowser: app }) => {
  const { counter, till } = app;
  await app.enter('1100', 'Tea');
  await counter.workElsewhere(till);
  await app.charge();
  const page = await app.formPage();
  expect(await counter.hasKeyboard(page)).toBe(false);
  await counter.comeBack(till);
  await keyboardIn(app, page).toBe(true);
  expect(await counter.hasKeyboard(till)).toBe(false);
  // The cursor is in the card number by then.
  await app.form();
  await page.keyboard.type('42');
  await till.getByRole('button', { name: 'Back' }).click();
  await keyboardIn(app, till).toBe(true);
  await backAtKeypad(app, '$11.00');
  expect(await counter.isVisible(page)).toBe(false);
});

test('a key that is held acts once, wherever the keyboard goes meanwhile: Esc in JustiFi’s card number leaves the form and clears nothing, Alt and a digit chooses one way to pay; Ctrl and + ends at the largest text', async ({ runningInBrowser: app }) => {
  const { till } = app;
  const pair = (reader: { readonly terminalId: string; readonly isFirst: boolean } | null) => till.evaluate((chosen) => (window as unknown as { readonly manager: Bridge<'manager'> }).manager.pairCardReader(chosen), reader);
  expect((await pair({ terminalId: 'trm_training1', isFirst: true })).kind).toBe('ok');
  await app.enter('900', 'Stickers');
  await app.charge();
  const { id } = app.journal().sales.at(-1)!;
  const count = (kind: string) => app.journal().events.filter((event) => event.sale_id === id && event.kind === kind).length;
  await till.getByRole('button', { name: 'Cancel on the reader' }).click();
  await app.says('NOT CHARGED');
  await expect(till.getByRole('button', { name: 'Card form' })).toBeEnabled();
  const toForm = await hold(till, { ...ALT, key: '2', code: 'Digit2' });
  await toForm.repeat(till, 3);
  const { page } = await app.form();
  await keyboardIn(app, page).toBe(true);
  await toForm.repeat(page, 5);
  await toForm.letGo(page);
  await page.keyboard.type('42');
  expect(count('tender-chosen')).toBe(1);

  const larger = await hold(page, { ...CTRL, key: '=', code: 'Equal' });
  await larger.repeat(page, 8);
  await larger.letGo(page);
  await expect.poll(() => till.evaluate(() => document.documentElement.style.getPropertyValue('--zoom'))).toBe('2');
  await page.keyboard.press('Control+0');

  const toReader = await hold(page, { ...ALT, key: '1', code: 'Digit1' });
  await toReader.repeat(page, 3);
  await app.says('Ask the customer to tap or insert the card.');
  await toReader.repeat(till, 5);
  await toReader.letGo(till);
  expect(count('tender-chosen')).toBe(2);
  await till.getByRole('button', { name: 'Cancel on the reader' }).click();
  await app.says('NOT CHARGED');
  await expect(till.getByRole('button', { name: 'Card form' })).toBeEnabled();
  await till.keyboard.press('Alt+2');

  const { page: left } = await app.form();
  await keyboardIn(app, left).toBe(true);
  await left.keyboard.type('42');
  const esc = await hold(left, { key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 27 });
  await esc.repeat(left, 3);
  await keyboardIn(app, till).toBe(true);
  await esc.repeat(till, 5);
  await till.getByRole('button', { name: '7', exact: true }).waitFor();
  await esc.repeat(till, 5);
  await esc.letGo(till);
  await expect(till.getByRole('heading', { level: 1 })).toHaveText('$9.00');
  await expect(till.getByRole('textbox', { name: 'Description' })).toHaveValue('Stickers');
  expect(count('marked-unresolved')).toBe(1);
  await pair(null);
});

test('F-24: a second copy of the app brings the first to the front and ends', async ({ runningInBrowser: first, openTill }) => {
  await first.counter.workElsewhere(first.till);
  await expect.poll(() => first.counter.hasKeyboard(first.till)).toBe(false);
  await expect(openTill({ userData: first.userData })).rejects.toThrow();
  await expect.poll(() => first.counter.hasKeyboard(first.till)).toBe(true);
  await first.enter('100', 'Still here');
});

/* The customer's own screen, on a second display that a test plugs in. */

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

/** As the next test finds the till. */
async function takeDisplayAway({ till, counter }: TillApp): Promise<void> {
  await till.evaluate(async ([look, settings]) => {
    const { manager } = window as unknown as { readonly manager: Bridge<'manager'> };
    await manager.changeAppearance(look);
    await manager.changeSettings(settings);
  }, [appearance.parse({}), registerSettings.parse({})] as const);
  await counter.screens(1);
}

test('a sale and its tip as the customer sees them, and nothing of other customers, on the screen that the till is not on', async ({ runningInBrowser: app, target }) => {
  test.skip(target === 'electron', 'the screens of a real desktop cannot be plugged by a test');
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
  await takeDisplayAway(app);
});
