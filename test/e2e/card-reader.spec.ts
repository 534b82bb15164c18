import { join } from 'node:path';
import { openSettings } from '../../main/storage/settings.ts';
import { CARDS } from './card-form.ts';
import { SHOP, expect, test } from './connected-till.ts';

test('in training a manager pairs the reader, a customer cancels there and pays on the card form of the same checkout, and the next one taps', async ({ app }) => {
  const { till } = app;
  await till.keyboard.press('F10');
  await till.getByRole('tab', { name: 'Card reader' }).click();
  await till.getByRole('button', { name: /^Pair: .*Training reader/u }).click();
  await till.locator('#root').getByText('Saved.').waitFor();
  await till.keyboard.press('F10');

  await app.enter('1799', 'One donut');
  await app.charge();
  await app.says('Ask the customer to tap or insert the card.');
  await till.getByRole('button', { name: 'Cancel on the reader' }).click();
  await app.says('NOT CHARGED');
  await app.says('The payment was canceled.');
  await expect(till.getByRole('button', { name: 'Card form' })).toBeEnabled();
  await till.keyboard.press('Alt+2');
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  await app.says('Visa •••• 4242');
  const { sales, events } = app.journal();
  expect(sales.filter(({ kind }) => kind === 'paid')).toHaveLength(1);
  const allowed = events.filter(({ kind }) => kind === 'submit-allowed').map(({ event }) => JSON.parse(event).checkoutId);
  expect(allowed).toHaveLength(2);
  expect(new Set(allowed).size).toBe(1);

  await till.getByRole('button', { name: /New sale/u }).click();
  await app.enter('2500', 'Repair');
  await app.charge();
  await till.getByRole('button', { name: 'Insert a card' }).click();
  await app.says('PAID');
  await app.says('Visa •••• 2970');
});

test('F-09: power is cut while a customer is at the card reader; the till comes back with what really happened, before any new sale', async ({ connectedShop: shop }) => {
  const { justifi } = shop.network;
  openSettings(join(shop.userData, 'settings.json'), () => {}).change({ cardReader: { terminalId: 'trm_training1', name: 'Training reader', ofAccount: SHOP.subAccountId, isFirst: true } });
  const first = await shop.open();
  await first.enter('1799', 'One donut');
  await first.charge();
  await first.says('Ask the customer to tap or insert the card.');
  await expect.poll(() => justifi.requests('POST /v1/terminals/pay').length).toBe(1);
  await first.counter.kill();
  expect(await justifi.pressReader('trm_training1', 'tap')).toBe(true);

  const second = await shop.open({ till: 'result' });
  await second.says('PAID');
  await second.says('$17.99');
  expect(justifi.charges()).toHaveLength(1);
  expect(justifi.requests('POST /v1/terminals/pay')).toHaveLength(1);
  expect(second.journal('test').sales.map(({ kind }) => kind)).toEqual(['paid']);
});
