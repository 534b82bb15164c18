import { JUSTIFI_HOSTS } from '../justifi/live-names.ts';
import { CARDS } from './card-form.ts';
import { LIVE_SHOP, expect, setUpForm, test, untilBackAtTheTill } from './connected-till.ts';
import { typeByHand } from './keys.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

test('A-12: the training JustiFi takes no orders from another program or web page of the PC, and ends once an account is connected; with a live one the register sells for real money: LIVE on the till, PAID by JustiFi’s answer, in the journal of live sales; and no request leaves this machine', async ({ shop }) => {
  const { justifi } = shop.network;
  justifi.changeSettings({ subAccounts: [{ id: LIVE_SHOP.subAccountId, name: 'Shop for money', currency: 'usd', status: 'enabled', accountType: 'live' }] });
  const app = await shop.open();
  await typeByHand(app.till, '1799');
  const { page } = await app.preparedForm();
  const training = await page.locator('justifi-config-provider').getAttribute('api-origin');
  const credentials = { client_id: 'test_training', client_secret: 'training' };
  const asProgram = await fetch(`${training}/oauth/token`, { method: 'POST', body: JSON.stringify(credentials) });
  const asWebPage = await fetch(`${training}/oauth/token`, { method: 'POST', headers: { origin: 'https://evil.example' }, body: new URLSearchParams(credentials) });
  const asCheckout = await page.evaluate(async (to) => (await fetch(`${to}/oauth/token`, { method: 'POST', body: 'client_id=test_training' }).catch(() => null))?.status ?? 'refused', training);
  expect([asProgram.status, asWebPage.status, asCheckout]).toEqual([401, 403, 'refused']);
  await app.till.getByRole('button', { name: /^Clear/u }).click();

  const form = setUpForm(app.till);
  await form.open();
  await form.enter(LIVE_SHOP);
  await form.next();
  await form.choose({ name: 'Shop for money' });
  await form.connect();
  await untilBackAtTheTill(app.till);
  await expect(app.till.locator('#root').getByText('Live', { exact: true })).toBeVisible();
  await expect.poll(() => fetch(`${training}/v2/cardNumber`).then(({ status }) => status, () => 'closed')).toBe('closed');

  await app.enter('1999', 'Repair');
  await app.charge();
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');

  expect(justifi.charges()).toMatchObject([{ amount: 1999 }]);
  expect(justifi.books.checkouts().every(({ mode, accountId }) => mode === 'live' && accountId === LIVE_SHOP.subAccountId)).toBe(true);
  expect(justifi.books.payments().some(({ mode }) => mode !== 'live')).toBe(false);
  expect(app.journal('live').sales.map(({ kind }) => kind)).toEqual(['paid']);
  expect(shop.network.hostsAsked()).toEqual(['127.0.0.1', ...JUSTIFI_HOSTS].toSorted());
});
