import { expect, test } from './connected-till.ts';

test('R-11, R-14: a sale stands in the day report, the day is closed as Z 1, which is there after a restart, and the next report is empty', async ({ connectedShop: shop }) => {
  const first = await shop.open();
  await first.sell('1799', 'One donut');
  await first.till.keyboard.press('F7');
  const net = first.till.locator('.report-net');
  await expect(net).toHaveText('Net $17.99');
  await first.till.getByRole('button', { name: 'Close the day' }).click();
  await first.till.locator('button.charge:not([data-disabled])').click();
  await expect(first.till.getByRole('heading', { level: 1 })).toHaveText('The day is closed: Z 1.');
  await first.counter.kill();

  const second = await shop.open();
  await second.till.keyboard.press('F7');
  await expect(second.till.locator('.report-net')).toHaveText('Net $0.00');
  await second.till.getByRole('button', { name: 'Closed days' }).click();
  await second.till.getByRole('button', { name: /^Z 1/u }).click();
  await expect(second.till.locator('.report-net')).toHaveText('Net $17.99');
});
