import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright';
import type { Bridge } from '../../contract/channels.ts';
import { expect, test } from './connected-till.ts';
import { hold, typeByHand } from './keys.ts';
import type { TillApp } from './till-app.ts';

/* The one window of the till, and the form on it. */

const sizeOf = (page: Page) => page.evaluate(() => [innerWidth, innerHeight]);
/** The modifiers of a key, in Chromium's protocol. */
const ALT = { modifiers: 1 };
const CTRL = { modifiers: 2 };
/** True, or false, soon. */
const keyboardIn = ({ counter }: TillApp, page: Page) => expect.poll(() => counter.hasKeyboard(page));

test('E-05: a prepared form is drawn at its place, under the till’s page; at Charge it covers the right half, in the same window, at every size of it', async ({ runningInBrowser: app }) => {
  const { counter, till } = app;
  await typeByHand(till, '1799');
  const { page: prepared } = await app.preparedForm();
  expect(await counter.isVisible(prepared)).toBe(false);
  expect(await counter.isVisible(till)).toBe(true);
  expect(await sizeOf(prepared)).toEqual([640, 800]);
  // A page that is not drawn gets no frame to animate.
  expect(await prepared.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(document.visibilityState))))).toBe('visible');

  await till.getByRole('textbox', { name: 'Description' }).fill('One donut');
  await app.charge();
  const { page } = await app.form();
  expect([await counter.isVisible(page), await counter.isVisible(till)]).toEqual([true, true]);
  for (const [width, height, beside] of [[1024, 574, 512], [1366, 688, 683], [1920, 1080, 760], [1280, 800, 640]] as const) {
    await counter.resize(till, { width, height });
    await expect.poll(async () => [await sizeOf(till), await sizeOf(page)]).toEqual([[width, height], [beside, height]]);
    // The free area of the till’s page.
    expect(await till.locator('.form-place').evaluate((place) => Math.round(place.getBoundingClientRect().left))).toBe(width - beside);
  }
  const picture = test.info().outputPath('paying.png');
  writeFileSync(picture, await counter.screenshot(till));
  await till.keyboard.press('Escape');
  await expect.poll(() => counter.isVisible(page)).toBe(false);
});

test('E-12: the keyboard focus is in the form from Charge on, and in the till again when the form closes, by Back and by Esc in JustiFi’s card number', async ({ runningInBrowser: app }) => {
  const { till } = app;
  const total = till.getByRole('heading', { level: 1 });
  await keyboardIn(app, till).toBe(true);
  await app.enter('900', 'Stickers');
  for (const leave of ['Back', 'Esc'] as const) {
    await app.charge();
    const { page } = await app.form();
    await keyboardIn(app, page).toBe(true);
    expect(await app.counter.hasKeyboard(till)).toBe(false);
    await page.keyboard.type('42');
    if (leave === 'Back') await till.getByRole('button', { name: 'Back' }).click();
    else await page.keyboard.press('Escape');
    await keyboardIn(app, till).toBe(true);
    await till.getByRole('button', { name: '7', exact: true }).waitFor();
    await expect(total).toHaveText('$9.00');
    expect(await app.counter.isVisible(page)).toBe(false);
  }
  // The cashier types on at once.
  await typeByHand(till, '1250');
  await expect(total).toHaveText('$12.50');
  await till.keyboard.press('Escape');
  await expect(total).toHaveText('$0.00');

  // Another program keeps the keyboard when the form comes. Back at the till, it is in the form.
  await app.enter('1100', 'Tea');
  await app.counter.workElsewhere(till);
  await app.charge();
  const behind = await app.formPage();
  expect(await app.counter.hasKeyboard(behind)).toBe(false);
  await app.counter.comeBack(till);
  await keyboardIn(app, behind).toBe(true);
  // The cursor is in the card number by then.
  await app.form();
  await behind.keyboard.press('Escape');
  await till.getByRole('button', { name: '7', exact: true }).waitFor();
});

test('C-13: Ctrl and +, −, 0 change the text size of the till in the steps of the manager’s setting, with the focus on the till and in JustiFi’s card number; none of it is kept', async ({ runningInBrowser: app }) => {
  const { till } = app;
  const zoom = () => till.evaluate(() => Number(document.documentElement.style.getPropertyValue('--zoom')));
  const zoomed = async () => ((await app.counter.recorded('webContents.setZoomFactor')) as readonly { readonly url: string; readonly factor: number }[]).findLast(({ url }) => url === 'app://till/')?.factor;
  const press = async (page: Page, key: string, expected: number) => {
    await page.keyboard.press(key);
    await expect.poll(zoom, key).toBe(expected);
    await expect.poll(zoomed, key).toBe(expected);
  };
  await keyboardIn(app, till).toBe(true);
  for (const [key, expected] of [['Control+Shift+Equal', 1.25], ['Control+Equal', 1.5], ['Control+NumpadAdd', 1.75], ['Control+Minus', 1.5], ['Control+NumpadSubtract', 1.25], ['Control+0', 1]] as const) await press(till, key, expected);
  await press(till, 'Control+Minus', 1);

  await app.enter('900', 'Stickers');
  await app.charge();
  const { page } = await app.form();
  await keyboardIn(app, page).toBe(true);
  await page.keyboard.type('42');
  await press(page, 'Control+Shift+Equal', 1.25);
  await press(page, 'Control+Equal', 1.5);
  const stored = await till.evaluate(async () => {
    const snapshot = await (window as unknown as { readonly till: Bridge<'till'> }).till.snapshot();
    return snapshot.kind === 'ok' ? snapshot.value.appearance.textSize : null;
  });
  expect(stored).toBe(100);
  await press(page, 'Control+0', 1);
  await page.keyboard.press('Escape');
  await expect(till.getByRole('heading', { level: 1 })).toHaveText('$9.00');
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
