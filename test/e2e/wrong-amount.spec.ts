import { CARDS } from './card-form.ts';
import { expect, openBySecret, test } from './connected-till.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

test('a checkout that was changed behind Counter’s back is charged at JustiFi’s amount: the till says so, stops, and goes on only when the manager has seen it', async ({ runningShop: shop }) => {
  const { justifi } = shop.network;
  const app = await shop.open();
  await app.enter('1700', 'Repair');
  await app.charge();
  const form = await app.form();
  const [sale] = app.journal('test').sales;
  justifi.changeAmount(sale!.checkout_id!, 71_700);
  await form.payByCard(CARDS.pays);
  await app.says('WRONG AMOUNT');
  await app.says('$717.00');
  await expect(app.till.getByRole('button', { name: /New sale|Try again|Cancel/u })).toHaveCount(0);
  await openBySecret(app);
  await app.till.getByRole('tab', { name: 'Needs attention' }).click();
  await expect(app.till.locator('#root').getByText('JustiFi charged $717.00 instead of $17.00.')).toBeVisible();
  await app.till.getByRole('button', { name: 'Reviewed – continue' }).click();
  await app.till.getByRole('button', { name: 'Back to the till' }).click();
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$0.00');
  expect(justifi.charges()).toMatchObject([{ amount: 71_700 }]);
});
