import type { Page } from 'playwright';
import type { Bridge } from '../../contract/channels.ts';
import { CARDS } from './card-form.ts';
import { expect, test } from './till.ts';
import type { TillApp } from './till-app.ts';

/** What the page of a card form can say to main. */
type CheckoutWindow = { readonly checkout: Bridge<'checkout'> };

/** The form that is mounted out of sight while the cashier types, and its checkout. */
async function preparedForm(app: TillApp): Promise<{ readonly page: Page; readonly checkoutId: string }> {
  const mounted = async () => {
    for (const page of app.counter.windows().filter((window) => window.url().startsWith('http://localhost:'))) {
      const checkoutId = await page.locator('justifi-checkout').getAttribute('checkout-id', { timeout: 200 }).catch(() => null);
      if (checkoutId !== null) return { page, checkoutId };
    }
    return null;
  };
  await expect.poll(mounted).not.toBeNull();
  return (await mounted())!;
}

test('A-10: a hidden form does not come over the till by saying that it was drawn, and comes when it is shown', async ({ app }) => {
  await app.till.keyboard.type('1');
  const { page, checkoutId } = await preparedForm(app);
  const claim = () =>
    page.evaluate(async (id) => {
      const { checkout } = window as unknown as CheckoutWindow;
      await checkout.drawn({ checkoutId: id });
      await checkout.fieldsReady({ checkoutId: id });
      await checkout.drawn({ checkoutId: id });
      await checkout.goBack({ checkoutId: id });
      return checkout.submit({ checkoutId: id, componentAmountInCents: 51, methodType: 'new_card' });
    }, checkoutId);

  expect(await claim()).toEqual({ kind: 'failed', failure: { kind: 'not-now' } });
  expect(await app.counter.isVisible(page)).toBe(false);
  await app.till.keyboard.type('799');
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$17.99');
  expect(await claim()).toEqual({ kind: 'failed', failure: { kind: 'not-now' } });
  expect(await app.counter.isVisible(page)).toBe(false);

  await app.till.getByRole('textbox', { name: 'What is it for?' }).fill('One donut');
  await app.charge();
  const form = await app.form();
  expect(await app.counter.isVisible(form.page)).toBe(true);
  await form.payByCard(CARDS.pays);
  await app.says('PAID');
});
