import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { expect, test } from '../till-page/scripted-till.ts';
import { see } from '../till-page/seen-till.ts';
import { AT_REST, AT_SAVED, PAID } from '../till-page/snapshots.ts';
import { press } from '../till-page/state.ts';

test('a screen that fails to render is no blank till: one sentence, main gets the kind of error, and no data is lost', async ({ app }) => {
  const { page } = app;
  await app.enter('1799', 'Donut');
  // Only when the next key is in the field: the page may draw at any moment, for what it has fetched, and a key after that would go nowhere.
  await page.evaluate(() => {
    const { NumberFormat } = Intl;
    Object.assign(window, { mend: () => Object.assign(Intl, { NumberFormat }) });
    Object.assign(Intl, {
      NumberFormat: function broken(...given: ConstructorParameters<typeof NumberFormat>) {
        if ([...document.querySelectorAll('input')].some(({ value }) => value === 'Donut5')) throw new RangeError('secret detail');
        return new NumberFormat(...given);
      },
    });
  });
  await app.type('5');
  await expect(page.getByRole('note')).toContainText('The screen stopped working. Your sale is safe.');
  expect(await app.asked('pageBroke')).toEqual([{ detail: 'RangeError' }]);
  await page.evaluate(() => (window as unknown as { mend(): void }).mend());
  await app.touch('Show it again');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('$17.99');
  await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue('Donut5');
});

test('F-17: a screen that fails after New sale takes no key from the next screen', () =>
  see({ ...AT_REST, sale: PAID }, async ({ page, push, asked }) => {
    await expect.poll(async () => {
      await press(page, 'Enter');
      return (await asked('newSale')).length;
    }).toBeGreaterThan(0);
    await push({} as TillSnapshot);
    await page.getByRole('button', { name: 'Show it again' }).waitFor();
    await push(AT_SAVED);
    await page.getByRole('button', { name: 'Show it again' }).click();
    const search = page.locator('.at-saved input');
    await expect(search).toBeFocused();
    await page.keyboard.type('42', { delay: 60 });
    await expect(search).toHaveValue('42');
  }));
