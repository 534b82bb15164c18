import { CARDS } from './card-form.ts';
import { typeByHand } from './keys.ts';
import { expect, test } from './connected-till.ts';

test('F-29: a PAID screen that was dismissed by mistake can be seen again with one key, and what was typed meanwhile stays', async ({ app }) => {
  await app.enter('1799', 'One donut');
  await app.charge();
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  await app.till.getByRole('button', { name: 'New sale' }).click();
  await expect(app.till.getByRole('button', { name: '7', exact: true })).toBeVisible();
  await typeByHand(app.till, '35');
  await app.till.keyboard.press('F4');
  await expect(app.till.getByRole('heading', { name: 'Last sale' })).toBeVisible();
  await app.says('PAID');
  await app.says('$17.99');
  await app.says('4242');
  await app.says('One donut');
  // Keys of the keypad behind it do nothing now.
  await typeByHand(app.till, '9');
  await app.till.keyboard.press('F4');
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$0.35');
  await typeByHand(app.till, '75');
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$35.75');
});
