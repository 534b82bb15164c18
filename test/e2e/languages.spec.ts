import { expect, test } from './connected-till.ts';

/* Every screen in every language: test/integration/screens-words.spec.ts. */

test('C-76: the language of the first screen is the register’s from then on', async ({ openTill }) => {
  const app = await openTill({ till: 'first-run' });
  await app.till.getByRole('button', { name: 'Français' }).click();
  await expect(app.till.locator('html')).toHaveAttribute('lang', 'fr');
  await app.till.locator('.first-run-way').first().click();
  await app.till.getByRole('button', { name: '7', exact: true }).waitFor();
  await expect(app.till.locator('html')).toHaveAttribute('lang', 'fr');
  await expect.poll(async () => JSON.stringify(await app.till.evaluate(() => (window as unknown as { till: { snapshot(): Promise<unknown> } }).till.snapshot()))).toContain('"language":"fr"');
  await app.counter.close();
  const again = await openTill();
  await expect(again.till.locator('html')).toHaveAttribute('lang', 'fr');
});
