import { expect, test } from '../till-page/scripted-till.ts';

test('a screen that fails to render is no blank till: one sentence, main gets the kind of error, and no data is lost', async ({ app }) => {
  const { page } = app;
  await app.enter('1799', 'Donut');
  await page.evaluate(() => {
    const { NumberFormat } = Intl;
    Object.assign(window, { mend: () => Object.assign(Intl, { NumberFormat }) });
    Object.assign(Intl, {
      NumberFormat: function broken() {
        throw new RangeError('secret detail');
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
