import { JUSTIFI_HOSTS } from '../justifi/live-names.ts';
import { CARDS } from './card-form.ts';
import { LIVE_SHOP, expect, setUpForm, test, untilBackAtTheTill } from './connected-till.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

test('a register with live credentials sells for real money: LIVE on the till, PAID on JustiFi’s word, in the journal of live sales; and nothing leaves this machine', async ({ shop }) => {
  const { justifi } = shop.network;
  justifi.changeSettings({ subAccounts: [{ id: LIVE_SHOP.subAccountId, name: 'Shop for money', currency: 'usd', status: 'enabled', accountType: 'live' }] });
  const app = await shop.open();
  const form = setUpForm(app.till);
  await form.open();
  await form.enter(LIVE_SHOP);
  await form.next();
  await form.choose({ name: 'Shop for money' });
  await form.connect();
  await untilBackAtTheTill(app.till);
  await expect(app.till.locator('#root').getByText('Live', { exact: true })).toBeVisible();

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
