import { CARDS } from './card-form.ts';
import { SHOP, expect, test } from './connected-till.ts';
import { filesUnder } from './evidence.ts';
import { journalNameOf } from '../../main/storage/journal-name.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

test('F-09: power is cut while an amount is typed, while a payment is under way, and while the result is shown; the till comes back with the same screen, or with the real outcome, before any new sale', async ({ connectedShop: shop }) => {
  const { justifi } = shop.network;

  const first = await shop.open();
  await first.enter('4200', 'Coffee for all');
  // A checkout is prepared meanwhile, unseen.
  await expect.poll(() => justifi.requests('POST /v1/checkouts').length).toBe(1);
  await expect.poll(() => first.journal('test').events.map(({ kind }) => kind)).toContain('checkout-created');
  // The typed text is saved without a guarantee; wait until it is in the file.
  await expect.poll(() => filesUnder(shop.userData).find(({ name }) => name === `${journalNameOf('test', SHOP.subAccountId)}.draft.json`)?.text).toContain('Coffee for all');
  await first.counter.kill();

  const second = await shop.open();
  await test.step('what was typed comes back', async () => {
    await expect(second.till.getByRole('heading', { level: 1 })).toHaveText('$42.00');
    await expect(second.till.getByRole('textbox', { name: 'Description' })).toHaveValue('Coffee for all');
  });
  await second.charge();
  const form = await second.form();
  justifi.holdCharges();
  await form.payByCard(CARDS.pays);
  await second.says('Processing payment');
  await expect.poll(() => justifi.requests('POST /v1/checkouts/*/complete').length).toBe(1);
  await second.counter.kill();
  justifi.releaseCharges();
  await expect.poll(() => justifi.charges().length).toBe(1);

  const third = await shop.open({ till: 'result' });
  await test.step('the payment that was under way is PAID, before any new sale', async () => {
    await third.says('PAID');
    await third.says('$42.00');
    expect(justifi.charges()).toHaveLength(1);
    expect(third.journal('test').sales.filter(({ kind }) => kind === 'paid')).toHaveLength(1);
  });
  await third.counter.kill();

  // It was not dismissed: the cashier who comes back must not charge again.
  const fourth = await shop.open({ till: 'result' });
  await test.step('a result that was not dismissed stands there again', async () => {
    await fourth.says('PAID');
    await fourth.says('$42.00');
    await fourth.till.getByRole('button', { name: 'New sale' }).click();
    await expect(fourth.till.getByRole('heading', { level: 1 })).toHaveText('$0.00');
    expect(justifi.charges()).toMatchObject([{ amount: 4200 }]);
  });
});
