import { CARDS } from './card-form.ts';
import { MANAGER_PIN, SHOP, expect, test } from './connected-till.ts';
import { typeByHand } from './keys.ts';
import { countPointers, fillByKey, openSectionByKey, pressByKey, tabTo, typePinByKey } from './tab-key.ts';

/* A shop whose mouse is broken, from the very first screen to a paid sale. The rest of the manager's side: integration/manager-keyboard-page. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

test('a register is set up, sells, and is managed by keyboard alone', async ({ shop }) => {
  const app = await shop.open({ till: 'first-run', chromium: 'own' });
  const { till } = app;
  const pointers = await countPointers(till);

  await pressByKey(till, /^Connect JustiFi/u);
  await expect(till.getByRole('textbox', { name: 'Client id' })).toBeFocused();
  await typeByHand(till, SHOP.clientId);
  await fillByKey(till, 'Client secret', SHOP.clientSecret);
  await till.keyboard.press('Enter');
  await expect(till.getByRole('radio', { name: /^Training Shop acc_/u })).toBeVisible();
  await tabTo(till, /^Training Shop/u);
  await till.keyboard.press('Space');
  await expect(till.getByRole('radio', { name: /^Training Shop acc_/u })).toBeChecked();
  await pressByKey(till, 'Connect');
  await expect(till.getByRole('textbox', { name: 'Name of this register' })).toBeFocused();
  await fillByKey(till, 'Name of this register', 'Front counter');
  await till.keyboard.press('Enter');
  for (const field of ['New PIN', 'New PIN again']) {
    await expect(till.getByLabel(field, { exact: true })).toBeFocused();
    await typePinByKey(till, MANAGER_PIN);
  }
  await expect(till.getByRole('textbox', { name: 'Smallest amount' })).toBeVisible();
  await pressByKey(till, 'Next');
  await pressByKey(till, 'Test connection');
  await expect(till.locator('#root').getByText('Ready to take payments.')).toBeVisible();
  await pressByKey(till, 'Start selling');
  await expect(till.locator('#root').getByText('TEST – no real payments')).toBeVisible();
  await expect(till.getByRole('banner')).toContainText('Front counter');

  // A sale; JustiFi's fields included.
  await till.getByRole('button', { name: '7', exact: true }).waitFor();
  await typeByHand(till, '1799');
  await fillByKey(till, 'Description F2', 'One donut');
  await till.keyboard.press('F9');
  await (await app.form()).payByKeyboard(CARDS.pays);
  await app.says('PAID');
  await expect(till.getByRole('button', { name: /New sale/u })).toBeEnabled();
  await till.keyboard.press('Enter');
  await till.getByRole('button', { name: '7', exact: true }).waitFor();

  await till.keyboard.press('F10');
  // The first PIN opened the side; it is still open.
  await openSectionByKey(till, 'Sales and limits');
  await fillByKey(till, 'Smallest amount', '2.00');
  await till.keyboard.press('Enter');
  await expect(till.locator('#root').getByText('Saved.')).toBeVisible();
  expect(await pointers()).toBe(0);
  expect(shop.network.justifi.charges()).toMatchObject([{ amount: 1799 }]);
});
