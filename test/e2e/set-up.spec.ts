import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { trainingSubAccounts } from '../../main/training/sub-account.ts';
import { JUSTIFI_HOSTS } from '../justifi/live-names.ts';
import { CARDS } from './card-form.ts';
import { LIVE_SHOP, type Shop, SHOP, expect, openBySecret, setUpForm, test, untilBackAtTheTill } from './connected-till.ts';
import { watchWords } from './plain-words.ts';

/* A simulated live JustiFi under its real names and over TLS, and a real GNOME Keyring for each till. The refusals: integration/connecting, integration/set-up-page. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

function savedAccount({ userData }: Shop): unknown {
  const file = join(userData, 'settings.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')).account ?? null) : null;
}

test('S-31, A-12: a first run is training; the right credentials make it a till that charges at JustiFi, for another shop of the same key too, chosen by name, until it is disconnected; the training JustiFi takes no orders from another program or web page of the PC, and ends once an account is connected; with a live one the register sells for real money, and no request leaves this machine', async ({ shop }) => {
  const { justifi } = shop.network;
  justifi.changeSettings({ subAccounts: [...trainingSubAccounts, { id: LIVE_SHOP.subAccountId, name: 'Shop for money', currency: 'usd', status: 'enabled', accountType: 'live' }] });
  const app = await shop.open();
  const { till } = app;
  await expect(till.locator('#root').getByText('TRAINING – no real payments')).toBeVisible();
  const form = setUpForm(till);
  await form.open();
  await form.enter({ ...SHOP, clientSecret: 'sk_the_wrong_one' });
  await form.next();
  await expect(form.sentence).toHaveText(/^JustiFi refused the client id or the secret\./u);
  expect(await form.typed()).toEqual({ clientId: SHOP.clientId, clientSecret: 'sk_the_wrong_one' });
  expect(savedAccount(shop)).toBeNull();
  await form.enter(SHOP);
  await form.next();
  await form.choose({ name: 'Training Shop' });
  await form.connect();
  await expect(till.locator('#root').getByText('TEST – no real payments')).toBeVisible();
  await untilBackAtTheTill(till);
  expect(savedAccount(shop)).toMatchObject({ subAccountId: SHOP.subAccountId, currency: 'USD', mode: 'test', credentialsKind: 'client' });

  // Without the secret: this person has just proved it.
  await form.open();
  await till.getByRole('button', { name: 'Change the sub account' }).click();
  await expect(till.getByRole('radio', { name: /^Training Shop acc_/u })).toBeChecked();
  await form.choose({ name: 'Training Shop Canada' });
  await form.connect();
  await untilBackAtTheTill(till);
  expect(savedAccount(shop)).toMatchObject({ subAccountId: 'acc_trainingShopCanada', currency: 'CAD' });
  await app.sell('1250', 'Repair');
  expect(justifi.charges()).toMatchObject([{ amount: 1250 }]);
  const [made] = justifi.requests('POST /v1/checkouts').slice(-1);
  expect(made!.headers['sub-account']).toBe('acc_trainingShopCanada');

  await till.keyboard.press('Control+l');
  await openBySecret(app);
  await expect(till.locator('#root').getByText('This register takes payments for Training Shop Canada (acc_trainingShopCanada).')).toBeVisible();
  await till.getByRole('button', { name: 'Disconnect, back to training' }).click();
  // A question comes first; Enter pressed at once keeps the account.
  await expect(till.getByRole('heading', { name: 'Disconnect this register?' })).toBeVisible();
  await till.keyboard.press('Enter');
  await expect(till.getByRole('button', { name: 'Test connection' })).toBeVisible();
  expect(savedAccount(shop)).not.toBeNull();
  await till.getByRole('button', { name: 'Disconnect, back to training' }).click();
  await till.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(till.locator('#root').getByText('TRAINING – no real payments')).toBeVisible();
  await untilBackAtTheTill(till);
  expect(savedAccount(shop)).toBeNull();
  await app.enter('300', 'Practice');
  await app.charge();
  const { page } = await app.form();
  expect(justifi.charges()).toHaveLength(1);
  expect(app.log()).not.toContain('form.failed');
  expect(app.log()).not.toMatch(new RegExp(`${SHOP.clientSecret}|sk_the_wrong_one`, 'u'));

  const training = await page.locator('justifi-config-provider').getAttribute('api-origin');
  await test.step('the training JustiFi takes no orders from another program or web page of the PC', async () => {
    const credentials = { client_id: 'test_training', client_secret: 'training' };
    const asProgram = await fetch(`${training}/oauth/token`, { method: 'POST', body: JSON.stringify(credentials) });
    const asWebPage = await fetch(`${training}/oauth/token`, { method: 'POST', headers: { origin: 'https://evil.example' }, body: new URLSearchParams(credentials) });
    const asCheckout = await page.evaluate(async (to) => (await fetch(`${to}/oauth/token`, { method: 'POST', body: 'client_id=test_training' }).catch(() => null))?.status ?? 'refused', training);
    expect([asProgram.status, asWebPage.status, asCheckout]).toEqual([401, 403, 'refused']);
  });

  await test.step('with a live account it sells for real money: LIVE on the till, PAID by JustiFi’s answer, in the journal of live sales', async () => {
    const madeInTest = { checkouts: justifi.books.checkouts().length, payments: justifi.books.payments().length };
    await till.getByRole('button', { name: 'Back' }).click();
    await till.getByRole('button', { name: /^Clear/u }).click();
    await form.open();
    await form.enter(LIVE_SHOP);
    await form.next();
    await form.choose({ name: 'Shop for money' });
    await form.connect();
    await untilBackAtTheTill(till);
    await expect(till.locator('#root').getByText('Live', { exact: true })).toBeVisible();
    await expect.poll(() => fetch(`${training}/v2/cardNumber`).then(({ status }) => status, () => 'closed')).toBe('closed');

    await app.enter('1999', 'Repair');
    await app.charge();
    await (await app.form()).payByCard(CARDS.pays);
    await app.says('PAID');
    expect(justifi.charges()).toMatchObject([{ amount: 1250 }, { amount: 1999 }]);
    expect(justifi.books.checkouts().slice(madeInTest.checkouts).every(({ mode, accountId }) => mode === 'live' && accountId === LIVE_SHOP.subAccountId)).toBe(true);
    expect(justifi.books.payments().slice(madeInTest.payments).map(({ mode }) => mode)).toEqual(['live']);
    expect(app.journal('live').sales.map(({ kind }) => kind)).toEqual(['paid']);
  });
  expect(shop.network.hostsAsked()).toEqual(['127.0.0.1', ...JUSTIFI_HOSTS].toSorted());
});

/** Changes the content of a till's keyring from outside. */
function changeKeyring({ keyringFolder }: Shop, script: string): void {
  const program = `const { default: keytar } = await import('keytar'); ${script}`;
  const env = { ...process.env, COUNTER_TEST_KEYRING_FOLDER: keyringFolder, COUNTER_TEST_KEYRING_PASSWORD: 'the right one' };
  execFileSync('bash', [join(import.meta.dirname, '../setup/with-keyring.sh'), process.execPath, '--input-type=module', '-e', program], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

test('with a locked keyring the next start says so, takes no payment and is no first run; once its item is back, Try again opens the account, without a restart and with what was typed', async ({ connectedShop: shop }) => {
  const locked = await shop.open({ keyring: 'locked' });
  const words = await watchWords(locked.till);
  const bannerOf = ({ till }: typeof locked) => till.getByRole('note').filter({ hasText: "This PC’s keychain is locked or was reset. Nothing was charged." });
  const banner = bannerOf(locked);
  await expect(locked.till.locator('#root').getByText('TEST – no real payments')).toBeVisible();
  await expect(locked.till.locator('#root').getByText(/TRAINING|Welcome to Counter/u)).toHaveCount(0);
  await expect(banner).toBeVisible();
  expect(locked.log()).toContain('error account.broken {"problem":"keychain-locked"}');

  // The keychain is empty: JustiFi is asked whether the secret is right.
  await openBySecret(locked, { clientId: SHOP.clientId, clientSecret: 'sk_the_wrong_one' });
  await expect(locked.till.getByRole('note')).toHaveText(/^JustiFi does not know these for this register\./u);
  await locked.till.getByLabel('Client secret', { exact: true }).fill(SHOP.clientSecret);
  await locked.till.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(locked.till.getByRole('tab', { name: 'JustiFi account' })).toBeVisible();
  await expect(locked.till.locator('#root').getByText('training mode')).toBeHidden();
  await locked.till.getByRole('button', { name: 'Test connection' }).click();
  await expect(locked.till.getByRole('listitem').filter({ hasText: "This PC’s keychain has the key" })).toContainText('locked or was reset');
  await locked.till.getByRole('button', { name: 'Replace the key' }).click();
  const form = setUpForm(locked.till);
  await form.enter(SHOP);
  await form.next();
  await form.connect();
  await expect(form.sentence).toHaveText(/^This PC’s keychain cannot be used, so nothing was saved\./u);
  expect(savedAccount(shop)).toMatchObject({ subAccountId: SHOP.subAccountId });
  await words.expectPlain();
  await locked.counter.close();

  changeKeyring(shop, `await keytar.setPassword('Aside', 'justifi', await keytar.getPassword('Counter', 'justifi')); await keytar.deletePassword('Counter', 'justifi');`);
  const app = await shop.open();
  await app.enter('1900', 'Repair');
  await app.charge();
  await expect(bannerOf(app)).toBeVisible();
  // Unchanged: Try again shows the same, and loses nothing.
  await app.till.getByRole('button', { name: 'Try again' }).click();
  await expect(app.till.getByRole('button', { name: 'Try again' })).toBeEnabled();
  await expect(bannerOf(app)).toBeVisible();
  // Simulated by an empty and a full keyring, which look the same to a program; the running daemon cannot get its password again.
  const address = /^DBUS_SESSION_BUS_ADDRESS=(.*)$/mu.exec(readFileSync(`/proc/${app.counter.pid}/environ`, 'utf8').replaceAll('\0', '\n'))![1]!;
  const program = `const { default: keytar } = await import('keytar'); await keytar.setPassword('Counter', 'justifi', await keytar.getPassword('Aside', 'justifi'));`;
  execFileSync(process.execPath, ['--input-type=module', '-e', program], { env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: address } });
  await app.till.getByRole('button', { name: 'Try again' }).click();
  await expect(bannerOf(app)).toBeHidden();
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$19.00');
  await expect(app.till.getByRole('textbox', { name: 'Description' })).toHaveValue('Repair');
  // The sentence is gone before the account is open.
  await app.preparedForm();
  await app.charge();
  await app.form();
  expect(shop.network.justifi.charges()).toEqual([]);
});
