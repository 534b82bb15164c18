import { CARDS } from './card-form.ts';
import { typeByHand } from './keys.ts';
import { expect, test } from './connected-till.ts';

/* docs/usability.md, walked: every press besides typing is counted. */
test('the first sale by a person who has never seen it: three actions besides typing, each of them on the screen', async ({ openTill }) => {
  const app = await openTill({ till: 'first-run' });
  const { till } = app;
  let actions = 0;
  const act = async (press: () => Promise<void>) => {
    actions += 1;
    await press();
  };
  await till.getByRole('button', { name: /^Try it in training mode/u }).click();
  await expect(till.locator('#root').getByText('Your first sale')).toBeVisible();

  // The amount is the largest thing on the screen.
  const sizes = await till.evaluate(() => [...document.querySelectorAll('body *')].filter((element) => element.textContent.trim() !== '').map((element) => [element.className, Number.parseFloat(getComputedStyle(element).fontSize)] as const));
  const largest = sizes.toSorted((one, other) => other[1] - one[1])[0];
  expect(largest).toEqual(['amount', expect.any(Number)]);
  expect(largest![1]).toBeGreaterThanOrEqual(64);

  await typeByHand(till, '1799');
  await till.getByRole('textbox', { name: 'Description' }).fill('Donut');
  await act(() => till.getByRole('button', { name: /^Charge \$17\.99/u }).click());
  const form = await app.form();
  await expect(form.field('cardNumber')).toBeFocused();
  await form.fillCard(CARDS.pays);
  await act(() => form.pay());
  await app.says('PAID');
  const next = till.getByRole('button', { name: /^New sale/u });
  await expect(next).toBeEnabled();
  await act(() => next.click());
  await expect(till.getByRole('heading', { level: 1 })).toHaveText('$0.00');
  await expect(till.locator('#root').getByText('Your first sale')).toBeHidden();
  expect(actions).toBe(3);
});
