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
  const { page } = await app.form();
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
    await page.keyboard.press('Escape');
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
