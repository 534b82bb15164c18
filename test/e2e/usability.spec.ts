import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CARDS } from './card-form.ts';
import { typeByHand } from './keys.ts';
import { expect, test } from './connected-till.ts';

/* docs/usability.md, walked: every press besides typing is counted. By a person who speaks French. */
test('N-05: the first sale by a person who has never seen it: three actions besides typing, each of them on the screen; the steps are gone with it, and the language is the register’s (C-76)', async ({ openTill }) => {
  const app = await openTill({ till: 'first-run' });
  const { till } = app;
  let actions = 0;
  const act = async (press: () => Promise<void>) => {
    actions += 1;
    await press();
  };
  await till.getByRole('button', { name: 'Français' }).click();
  await expect(till.locator('html')).toHaveAttribute('lang', 'fr');
  await till.locator('.first-run-way').first().click();
  const steps = till.getByRole('complementary').filter({ hasText: 'Votre première vente' });
  await expect(steps.getByRole('listitem')).toHaveCount(3);

  // The amount is the largest thing on the screen.
  const sizes = await till.evaluate(() => [...document.querySelectorAll('body *')].filter((element) => element.textContent.trim() !== '').map((element) => [element.className, Number.parseFloat(getComputedStyle(element).fontSize)] as const));
  const largest = sizes.toSorted((one, other) => other[1] - one[1])[0];
  expect(largest).toEqual(['amount', expect.any(Number)]);
  expect(largest![1]).toBeGreaterThanOrEqual(64);

  // Typing always goes into the amount.
  await typeByHand(till, '1799');
  await till.getByRole('textbox', { name: 'Description' }).fill('Donut');
  await act(() => till.getByRole('button', { name: /^Encaisser 17,99/u }).click());
  const form = await app.form();
  await expect(form.field('cardNumber')).toBeFocused();
  await form.fillCard(CARDS.pays);
  await act(() => form.pay());
  await app.says('PAYÉ');
  const next = till.getByRole('button', { name: /^Nouvelle vente/u });
  await expect(next).toBeEnabled();
  await act(() => next.click());
  await expect(till.getByRole('heading', { level: 1 })).toHaveText(/^0,00/u);
  await expect(steps).toBeHidden();
  expect(actions).toBe(3);

  expect(JSON.parse(readFileSync(join(app.userData, 'settings.json'), 'utf8'))).toMatchObject({ isSetUp: true, hasSold: true, appearance: { language: 'fr' } });
  // No payment is open: it closes at once, without a question (C-29).
  await app.counter.pressClose(till);
  expect(await app.counter.exited).toEqual({ code: 0, signal: null });
});
