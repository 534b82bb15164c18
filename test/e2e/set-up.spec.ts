import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '../justifi/fault.ts';
import { CARDS } from './card-form.ts';
import { type Shop, type Credentials, SHOP, connectAccount, expect, openBySecret, setUpForm, test, untilBackAtTheTill } from './connected-till.ts';
import { watchWords } from './plain-words.ts';
import type { TillApp } from './till-app.ts';

/* A simulated live JustiFi under its real names and over TLS, and a real GNOME Keyring for each till. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

async function pay(app: TillApp, digits: string, description: string): Promise<void> {
  await app.enter(digits, description);
  await app.charge();
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
}

/** What each attempt to connect came to, as the log has it. */
function connectLines(app: TillApp): string[] {
  return [...app.log().matchAll(/ account\.connect (.*)$/gmu)].map((line) => line[1]!);
}

function savedAccount({ userData }: Shop): unknown {
  const file = join(userData, 'settings.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')).account ?? null) : null;
}

test('a first run is training; the right credentials make it a till that charges at JustiFi, after a restart too, until it is disconnected', async ({ shop }) => {
  const { justifi } = shop.network;
  const first = await shop.open();
  await expect(first.till.locator('#root').getByText('TRAINING – no real payments')).toBeVisible();
  await connectAccount(first);
  await pay(first, '1799', 'One donut');
  expect(justifi.charges()).toMatchObject([{ amount: 1799 }]);
  expect(first.log()).not.toContain('form.failed');
  // Dismissed: an outcome that was not dismissed would be shown again.
  await expect(first.till.getByRole('button', { name: /New sale/u })).toBeEnabled();
  await first.till.keyboard.press('Enter');
  await expect(first.till.getByRole('button', { name: '7', exact: true })).toBeVisible();
  await first.counter.close();

  const second = await shop.open();
  await expect(second.till.locator('#root').getByText('TEST – no real payments')).toBeVisible();
  await pay(second, '2500', 'Repair');
  expect(justifi.charges().map(({ amount }) => amount)).toEqual([1799, 2500]);
  expect(second.journal('test').sales.filter(({ kind }) => kind === 'paid')).toHaveLength(2);
  expect(second.journal('training').sales.filter(({ kind }) => kind === 'paid')).toHaveLength(0);
  await expect(second.till.getByRole('button', { name: /New sale/u })).toBeEnabled();
  await second.till.keyboard.press('Enter');

  await openBySecret(second);
  await expect(second.till.locator('#root').getByText(`This register takes payments for Training Shop (${SHOP.subAccountId}).`)).toBeVisible();
  await second.till.getByRole('button', { name: 'Disconnect, back to training' }).click();
  // Asked about; and a hand that presses Enter at once stays.
  await expect(second.till.getByRole('heading', { name: 'Disconnect this register?' })).toBeVisible();
  await second.till.keyboard.press('Enter');
  await expect(second.till.getByRole('button', { name: 'Test connection' })).toBeVisible();
  expect(savedAccount(shop)).not.toBeNull();
  await second.till.getByRole('button', { name: 'Disconnect, back to training' }).click();
  await second.till.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(second.till.locator('#root').getByText('TRAINING – no real payments')).toBeVisible();
  await untilBackAtTheTill(second.till);
  expect(savedAccount(shop)).toBeNull();
  await pay(second, '300', 'Practice');
  expect(justifi.charges()).toHaveLength(2);
  expect(second.log()).not.toContain('form.failed');
  for (const app of [first, second]) expect(app.log()).not.toContain(SHOP.clientSecret);
});

test('whatever JustiFi or the network refuses while connecting is one sentence, one line in the log, and nothing typed is lost', async ({ shop }) => {
  const { justifi } = shop.network;
  const app = await shop.open();
  const words = await watchWords(app.till);
  const form = setUpForm(app.till);
  await form.open();

  const tokens = 'POST /oauth/token';
  const list = 'GET /v1/sub_accounts';
  const subAccount = 'GET /v1/sub_accounts/*';
  type Case = { readonly typed?: Partial<Credentials>; readonly faults?: readonly Fault[]; readonly sentence: RegExp; readonly log: string };
  const refused = /^JustiFi refused the client id or the secret\./u;
  const trouble = /^JustiFi did not answer as it should\. Nothing was saved\./u;
  const keys: readonly Case[] = [
    { typed: { clientId: ' ' }, sentence: /^Type the client id\.$/u, log: '{"result":"client-id-empty"}' },
    { typed: { clientSecret: '' }, sentence: /^Type the client secret\.$/u, log: '{"result":"client-secret-empty"}' },
    { typed: { clientId: 'https://dashboard.example.com' }, sentence: /^That is not a client id\./u, log: '{"result":"client-id-odd"}' },
    { typed: { clientSecret: 'x'.repeat(2_000) }, sentence: /^That is not a client secret\./u, log: '{"result":"client-secret-odd"}' },
    { typed: { clientSecret: 'sk_the_wrong_one' }, sentence: refused, log: '{"result":"credentials-refused","code":"not_authenticated"}' },
    { faults: [{ on: tokens, kind: 'body', body: 'html', moment: 'before' }], sentence: trouble, log: '{"result":"service-trouble","code":"not-json"}' },
    { faults: [{ on: tokens, kind: 'body', body: 'empty', moment: 'before' }], sentence: trouble, log: '{"result":"service-trouble","code":"not-json"}' },
    { faults: [{ on: tokens, kind: 'status', status: 500, moment: 'before' }], sentence: trouble, log: '{"result":"service-trouble","code":"internal_server_error"}' },
    { faults: [{ on: tokens, kind: 'disconnect', moment: 'before' }], sentence: /^No connection to JustiFi\. Nothing was saved\./u, log: '{"result":"no-connection","trouble":"no-answer","code":"UND_ERR_SOCKET"}' },
    { faults: [{ on: list, kind: 'status', status: 403, moment: 'before' }], sentence: /^These credentials may not use this sub account\./u, log: '{"result":"no-permission","code":"not_authorized"}' },
  ];
  for (const { typed = {}, faults = [], sentence, log } of keys) {
    for (const fault of faults) justifi.addFault(fault);
    await form.enter({ ...SHOP, ...typed });
    const linesBefore = connectLines(app).length;
    await form.next();
    await expect(form.sentence).toHaveText(sentence);
    await expect.poll(() => connectLines(app).slice(linesBefore)).toEqual([log]);
    expect(await form.typed()).toEqual({ clientId: SHOP.clientId, clientSecret: SHOP.clientSecret, ...typed });
    expect(savedAccount(shop)).toBeNull();
    justifi.clearFaults();
  }

  // No answer at all: the till says that it asks, and takes no second press.
  justifi.addFault({ on: tokens, kind: 'hang', moment: 'before', times: 1 });
  const asked = justifi.requests(tokens).length;
  await app.till.getByRole('button', { name: 'Next', exact: true }).click();
  const asking = app.till.getByRole('button', { name: 'Asking JustiFi…' });
  await expect(asking).toBeDisabled();
  await expect(form.sentence).toBeEmpty();
  await expect.poll(() => justifi.requests(tokens).length).toBe(asked + 1);
  justifi.dropHanging();
  await expect(form.sentence).toHaveText(/^No connection to JustiFi\./u);

  // The key is right. Now the shop: those that cannot take payments say why; any other goes by its id.
  await form.next();
  const closed = app.till.getByRole('radio', { name: /^Training Shop \(disabled\) .*Cannot take payments: JustiFi calls it disabled\.$/u });
  await expect(closed).toBeDisabled();
  await expect(app.till.getByRole('radio', { name: /^Training Shop acc_trainingShop .*Test – no real payments · US dollars · cards, bank accounts$/u })).toBeChecked();
  const shops: readonly (Case & { readonly id: string })[] = [
    { id: 'my shop', sentence: /It begins with acc_/u, log: '{"result":"sub-account-invalid"}' },
    { id: 'acc_nobody', sentence: /^JustiFi does not know this sub account\./u, log: '{"result":"sub-account-invalid"}' },
    { id: 'acc_trainingShopClosed', sentence: /cannot take payments yet: JustiFi calls it disabled\.$/u, log: '{"result":"sub-account-not-enabled","status":"disabled"}' },
    { id: SHOP.subAccountId, faults: [{ on: subAccount, kind: 'status', status: 403, moment: 'before' }], sentence: /^These credentials may not use this sub account\./u, log: '{"result":"no-permission","code":"not_authorized"}' },
    { id: SHOP.subAccountId, faults: [{ on: subAccount, kind: 'body', body: 'half-json', moment: 'after' }], sentence: trouble, log: '{"result":"service-trouble","code":"not-json"}' },
    // A bearer token never follows a redirect.
    { id: SHOP.subAccountId, faults: [{ on: subAccount, kind: 'redirect', to: 'https://api.justifi.ai/elsewhere' }], sentence: /^No connection to JustiFi\. Nothing was saved\./u, log: '{"result":"no-connection","trouble":"no-answer","code":"redirect-refused"}' },
  ];
  for (const { id, faults = [], sentence, log } of shops) {
    for (const fault of faults) justifi.addFault(fault);
    await form.choose({ id });
    const linesBefore = connectLines(app).length;
    await form.connect();
    await expect(form.sentence).toHaveText(sentence);
    await expect.poll(() => connectLines(app).slice(linesBefore)).toEqual([log]);
    await expect(app.till.getByRole('textbox', { name: 'Sub account id' })).toHaveValue(id);
    expect(savedAccount(shop)).toBeNull();
    justifi.clearFaults();
  }

  await form.choose({ name: 'Training Shop' });
  await form.connect();
  await expect(app.till.locator('#root').getByText('TEST – no real payments')).toBeVisible();
  expect(app.log()).not.toContain(SHOP.clientSecret);
  expect(app.log()).not.toContain('sk_the_wrong_one');
  expect(justifi.requests('GET /elsewhere')).toEqual([]);
  await words.expectPlain();
});

test('a secret that was revoked, a permission that was taken away: the sale says that payments are not set up, never that it was declined', async ({ runningShop: shop }) => {
  const { justifi } = shop.network;
  const app = await shop.open();
  const words = await watchWords(app.till);
  const revoked: readonly Fault[] = [
    { on: 'POST /oauth/token', kind: 'status', status: 401, moment: 'before' },
    { on: 'POST /v1/checkouts', kind: 'status', status: 401, moment: 'before' },
  ];
  const forbidden: readonly Fault[] = [{ on: 'POST /v1/checkouts', kind: 'status', status: 403, moment: 'before' }];
  const notEnabled: readonly Fault[] = [{ on: 'POST /v1/checkouts', kind: 'status', status: 400, code: 'sub_account_not_enabled', moment: 'before' }];
  const problem = app.till.getByRole('note');
  await app.preparedForm();
  const lines = () => [...app.log().matchAll(/ checkout\.not-created (.*)$/gmu)].map((line) => line[1]!);

  for (const [faults, code, logged] of [
    [revoked, 'auth-401', '"failure":"unauthorised"'],
    [forbidden, 'permission-403', '"failure":"forbidden"'],
    [notEnabled, 'sub_account_not_enabled', '"failure":"invalid","code":"sub_account_not_enabled"'],
  ] as const) {
    justifi.clearFaults();
    for (const fault of faults) justifi.addFault(fault);
    // The checkout that was prepared before the faults began cannot be used either.
    justifi.addFault({ on: 'PATCH /v1/checkouts/*', kind: 'status', status: 401, moment: 'before' });
    const linesBefore = lines().length;
    await app.enter('1250', 'Repair');
    await app.charge();
    await expect(problem).toHaveText(`Payments are not set up on this register. Call the manager. (${code})`);
    await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$12.50');
    await expect(app.till.getByRole('textbox', { name: 'Description' })).toHaveValue('Repair');
    expect(lines().slice(linesBefore)).toEqual([expect.stringContaining(logged)]);
    await app.till.getByRole('button', { name: /^Clear/u }).click();
    await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$0.00');
  }

  justifi.clearFaults();
  await app.enter('1250', 'Repair');
  await app.charge();
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  expect(justifi.charges()).toMatchObject([{ amount: 1250 }]);
  const kinds = app.journal('test').sales.map(({ kind }) => kind);
  expect(kinds).not.toContain('declined');
  expect(app.log()).not.toMatch(/decline/iu);
  expect(app.log()).not.toContain(SHOP.clientSecret);
  await words.expectPlain();
});

/** What the keyring of a till holds, changed from outside. */
function changeKeyring({ keyringFolder }: Shop, script: string): void {
  const program = `const { default: keytar } = await import('keytar'); ${script}`;
  const env = { ...process.env, COUNTER_TEST_KEYRING_FOLDER: keyringFolder, COUNTER_TEST_KEYRING_PASSWORD: 'the right one' };
  execFileSync('bash', [join(import.meta.dirname, '../setup/with-keyring.sh'), process.execPath, '--input-type=module', '-e', program], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

test('a keyring that is locked at the next start is said, takes no payment and is no first run; unlocked, the till is as it was', async ({ connectedShop: shop }) => {
  const locked = await shop.open({ keyring: 'locked' });
  const words = await watchWords(locked.till);
  const banner = locked.till.getByRole('note').filter({ hasText: 'keychain' });
  await expect(locked.till.locator('#root').getByText('TEST – no real payments')).toBeVisible();
  await expect(locked.till.locator('#root').getByText('TRAINING')).toBeHidden();
  await expect(locked.till.locator('#root').getByText('Welcome to Counter')).toBeHidden();
  await expect(banner).toContainText("This PC's keychain is locked or was reset. Nothing was charged.");
  await locked.enter('1900', 'Repair');
  await locked.charge();
  await expect(banner).toBeVisible();
  await expect(locked.till.getByRole('heading', { level: 1 })).toHaveText('$19.00');
  await expect(locked.till.getByRole('textbox', { name: 'Description' })).toHaveValue('Repair');
  expect(locked.log()).toContain('error account.broken {"problem":"keychain-locked"}');
  // Still locked: Try again says the same, and loses nothing.
  await locked.till.getByRole('button', { name: 'Try again' }).click();
  await expect(locked.till.getByRole('button', { name: 'Try again' })).toBeEnabled();
  await expect(banner).toBeVisible();
  await expect(locked.till.getByRole('heading', { level: 1 })).toHaveText('$19.00');

  // Nothing in the keychain to compare with: JustiFi itself is asked whether the secret is right.
  await openBySecret(locked, { clientId: SHOP.clientId, clientSecret: 'sk_the_wrong_one' });
  await expect(locked.till.getByRole('note')).toHaveText(/^JustiFi does not know these for this register\./u);
  await locked.till.getByLabel('Client secret', { exact: true }).fill(SHOP.clientSecret);
  await locked.till.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(locked.till.getByRole('tab', { name: 'JustiFi account' })).toBeVisible();
  await expect(locked.till.locator('#root').getByText('training mode')).toBeHidden();
  await locked.till.getByRole('button', { name: 'Test connection' }).click();
  await expect(locked.till.getByRole('listitem').filter({ hasText: "This PC's keychain has the key" })).toContainText('locked or was reset');
  await locked.till.getByRole('button', { name: 'Replace the key' }).click();
  const form = setUpForm(locked.till);
  await form.enter(SHOP);
  await form.next();
  await form.connect();
  await expect(form.sentence).toHaveText(/^This PC's keychain cannot be used, so nothing was saved\./u);
  expect(savedAccount(shop)).toMatchObject({ subAccountId: SHOP.subAccountId });
  await words.expectPlain();
  await locked.counter.close();

  const unlocked = await shop.open();
  await expect(unlocked.till.locator('#root').getByText('TEST – no real payments')).toBeVisible();
  await unlocked.enter('1900', 'Repair');
  await unlocked.charge();
  await unlocked.form();
  expect(shop.network.justifi.charges()).toEqual([]);
});

test('a keyring that was emptied or spoilt, or is not there: each is its own sentence, none is a first run, and connecting anew mends it', async ({ connectedShop: shop }) => {
  const says = (app: TillApp) => app.till.getByRole('note').filter({ hasText: 'keychain' });

  const without = await shop.open({ keyring: 'none' });
  await expect(says(without)).toContainText('This PC has no keychain that Counter can use.');
  await expect(without.till.locator('#root').getByText('TEST – no real payments')).toBeVisible();
  await without.counter.close();

  changeKeyring(shop, `await keytar.setPassword('Counter', 'justifi', '{"clientId": 1}');`);
  const spoilt = await shop.open();
  await expect(says(spoilt)).toContainText("What Counter keeps in this PC's keychain is damaged.");
  await spoilt.counter.close();

  changeKeyring(shop, `await keytar.deletePassword('Counter', 'justifi');`);
  const emptied = await shop.open();
  await expect(says(emptied)).toContainText("This PC's keychain is locked or was reset.");
  await openBySecret(emptied);
  await emptied.till.getByRole('button', { name: 'Replace the key' }).click();
  const form = setUpForm(emptied.till);
  await form.enter(SHOP);
  await form.next();
  await form.connect();
  await untilBackAtTheTill(emptied.till);
  await expect(says(emptied)).toBeHidden();
  await pay(emptied, '1900', 'Repair');
  expect(shop.network.justifi.charges()).toMatchObject([{ amount: 1900 }]);
});

test('a keyring that is unlocked while the till runs: Try again opens the account, without a restart and with what was typed', async ({ connectedShop: shop }) => {
  changeKeyring(shop, `await keytar.setPassword('Aside', 'justifi', await keytar.getPassword('Counter', 'justifi')); await keytar.deletePassword('Counter', 'justifi');`);

  const app = await shop.open();
  await app.enter('1900', 'Repair');
  await app.charge();
  await expect(app.till.getByRole('note').filter({ hasText: 'keychain' })).toBeVisible();
  // To a program, locked and unlocked look like empty and full; the running daemon cannot be given its password again.
  const address = /^DBUS_SESSION_BUS_ADDRESS=(.*)$/mu.exec(readFileSync(`/proc/${app.counter.pid}/environ`, 'utf8').replaceAll('\0', '\n'))![1]!;
  const program = `const { default: keytar } = await import('keytar'); await keytar.setPassword('Counter', 'justifi', await keytar.getPassword('Aside', 'justifi'));`;
  execFileSync(process.execPath, ['--input-type=module', '-e', program], { env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: address } });
  await app.till.getByRole('button', { name: 'Try again' }).click();
  await expect(app.till.getByRole('note').filter({ hasText: 'keychain' })).toBeHidden();
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$19.00');
  await app.charge();
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  expect(shop.network.justifi.charges()).toMatchObject([{ amount: 1900 }]);
});

test('the very first screen: training at one press, and a shop that connects is led from the key to the test', async ({ shop }) => {
  const app = await shop.open({ till: 'first-run' });
  const words = await watchWords(app.till);
  const { till } = app;
  await expect(till.getByRole('heading', { name: 'Welcome to Counter' })).toBeVisible();
  await till.getByRole('button', { name: /^Connect JustiFi/u }).click();
  const form = setUpForm(till);
  // Copied from the dashboard as a whole: sorted into the fields.
  await till.getByRole('textbox', { name: 'Client id' }).evaluate((field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, `Client ID: ${SHOP.clientId}\nClient Secret: ${SHOP.clientSecret}`);
  expect(await form.typed()).toEqual({ clientId: SHOP.clientId, clientSecret: SHOP.clientSecret });
  await form.next();
  await form.choose({ name: 'Training Shop Canada' });
  await form.connect();
  await till.getByRole('textbox', { name: 'Name of this register' }).fill('Front counter');
  await till.getByRole('button', { name: 'Next' }).click();
  for (let time = 0; time < 2; time += 1) {
    await till.getByLabel(time === 0 ? 'New PIN' : 'New PIN again', { exact: true }).fill('804173');
    await till.keyboard.press('Enter');
  }
  // C-65: neither the PIN that was just set nor the name is asked for again, there is one Next, and it saves what was typed.
  await expect(till.getByRole('textbox', { name: 'Smallest amount' })).toBeVisible();
  await expect(till.getByRole('textbox', { name: 'Name of this register' })).toBeHidden();
  await till.getByRole('textbox', { name: 'Largest amount' }).fill('500');
  await till.getByRole('button', { name: 'Next' }).click();
  await till.getByRole('button', { name: 'Test connection' }).click();
  await expect(till.locator('#root').getByText('Ready to take payments.')).toBeVisible();
  await expect(till.getByRole('listitem')).toHaveCount(6);
  await till.getByRole('button', { name: 'Start selling' }).click();
  await expect(till.locator('#root').getByText('TEST – no real payments')).toBeVisible();
  await expect(till.getByRole('banner')).toContainText('Front counter');
  await app.enter('50001', 'Repair');
  await app.charge();
  await expect(till.getByRole('note')).toContainText('$500.00');
  await till.getByRole('button', { name: /^Clear/u }).click();
  await pay(app, '1250', 'Repair');
  expect(shop.network.justifi.charges()).toMatchObject([{ amount: 1250 }]);
  expect(savedAccount(shop)).toMatchObject({ name: 'Training Shop Canada', currency: 'CAD', mode: 'test', credentialsKind: 'client' });
  await words.expectPlain();
  await app.counter.close();
  const again = await shop.open({ till: 'result' });
  await expect(again.till.locator('#root').getByText('Welcome to Counter')).toBeHidden();
});

test('S-31: another shop of the same key is chosen by name, without the secret; the register takes payments for it', async ({ connectedShop: shop }) => {
  const app = await shop.open();
  await openBySecret(app);
  await app.till.getByRole('button', { name: 'Change the sub account' }).click();
  const form = setUpForm(app.till);
  await expect(app.till.getByRole('radio', { name: /^Training Shop acc_/u })).toBeChecked();
  await form.choose({ name: 'Training Shop Canada' });
  await form.connect();
  await untilBackAtTheTill(app.till);
  expect(savedAccount(shop)).toMatchObject({ subAccountId: 'acc_trainingShopCanada', currency: 'CAD' });
  await pay(app, '1250', 'Repair');
  const [made] = shop.network.justifi.requests('POST /v1/checkouts').slice(-1);
  expect(made!.headers['sub-account']).toBe('acc_trainingShopCanada');
});
