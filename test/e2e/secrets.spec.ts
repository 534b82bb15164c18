import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Page } from 'playwright';
import { CARDS } from './card-form.ts';
import { type Shop, SHOP, expect, openBySecret, setUpForm, test, untilBackAtTheTill } from './connected-till.ts';
import { collectSnapshots, filesUnder, processesUnder, wholeDocument } from './evidence.ts';
import { watchWords } from './plain-words.ts';
import type { TillApp } from './till-app.ts';

/* The only places of the shop's secrets. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

const MANAGER_PIN = '804173';
const CASHIER_PIN = '4829';
const WRONG_SECRET = 'sk_wrong_9d3b7a10c55e';

async function typePin(till: Page, label: string, pin: string): Promise<void> {
  await till.getByLabel(label, { exact: true }).fill(pin);
  await till.keyboard.press('Enter');
}

/** The content of the keyring, read as another program of the same user would. */
function keyringItem({ keyringFolder }: Shop): { readonly pepper: string; readonly credentials: unknown } {
  const program = `const { default: keytar } = await import('keytar'); process.stdout.write(await keytar.getPassword('Counter', 'justifi'));`;
  const env = { ...process.env, COUNTER_TEST_KEYRING_FOLDER: keyringFolder, COUNTER_TEST_KEYRING_PASSWORD: 'the right one' };
  return JSON.parse(execFileSync('bash', [join(import.meta.dirname, '../setup/with-keyring.sh'), process.execPath, '--input-type=module', '-e', program], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

test('S-20, S-22, S-23: over a whole day, no secret is in any file, log, export, page, process or environment; it is only in the keychain', async ({ shop, target }) => {
  test.skip(target === 'electron', 'only the stand-in shows every message');
  const { justifi } = shop.network;
  const exports = join(shop.userData, 'exports');
  execFileSync('mkdir', [exports]);
  const seen: { readonly name: string; readonly text: string }[] = [];
  const look = async (when: string, app: TillApp): Promise<void> => {
    seen.push(...processesUnder(app.counter.pid).map(({ name, text }) => ({ name: `${when}: ${name}`, text })), { name: `${when}: page`, text: await wholeDocument(app.till) });
  };

  // The morning: connected, after one wrong try; a PIN, a cashier; sales.
  const app = await shop.open({ env: { COUNTER_HOST_DEBUG: '1' }, chromium: 'own' });
  const { till, counter } = app;
  const snapshots = await collectSnapshots(till);
  const form = setUpForm(till);
  await form.open();
  await form.enter({ ...SHOP, clientSecret: WRONG_SECRET });
  await form.next();
  await form.enter(SHOP);
  await form.next();
  // S-20: after the first answer the page has cleared the secret, and no call returns it.
  await expect(till.locator('#root').getByText('Which account gets the payments?')).toBeVisible();
  expect(await wholeDocument(till)).not.toContain(SHOP.clientSecret);
  await form.connect();
  await untilBackAtTheTill(till);
  await form.open();
  await till.getByRole('button', { name: 'Replace the key' }).click();
  expect(await form.typed()).toEqual({ clientId: '', clientSecret: '' });
  await expect(till.getByLabel('Client secret', { exact: true })).toHaveAttribute('type', 'password');
  await till.getByRole('tab', { name: 'Manager PIN' }).click();
  await typePin(till, 'New PIN', MANAGER_PIN);
  await typePin(till, 'New PIN again', MANAGER_PIN);
  await expect(till.locator('#root').getByText('New PIN saved.')).toBeVisible();
  await till.getByRole('tab', { name: 'Cashiers' }).click();
  await till.getByRole('button', { name: 'Add a cashier' }).click();
  await till.getByRole('textbox', { name: 'Name' }).fill('Anna');
  await typePin(till, 'PIN (four digits)', CASHIER_PIN);
  await expect(till.getByRole('listitem').filter({ hasText: 'Anna' })).toBeVisible();
  await till.getByRole('tab', { name: 'JustiFi account' }).click();
  await till.getByRole('button', { name: 'Test connection' }).click();
  await expect(till.locator('#root').getByText('Ready to take payments.')).toBeVisible();
  await look('manager', app);
  await till.keyboard.press('Control+l');
  await till.getByRole('group', { name: 'Cashiers' }).getByRole('button', { name: 'Anna' }).click();
  await typePin(till, 'Your PIN', CASHIER_PIN);
  await expect(till.getByRole('button', { name: 'Sign out Anna' })).toBeVisible();
  await app.enter('1900', 'Repair');
  await app.charge();
  await (await app.form()).payByCard(CARDS.declined);
  await app.says('DECLINED');
  await till.getByRole('button', { name: /^Try again/u }).click();
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  await look('paid', app);
  await till.getByRole('button', { name: /^New sale/u }).click();

  // The evening: exports, then a crash, and the next day.
  await till.getByRole('button', { name: 'Manager', exact: true }).click();
  await typePin(till, 'Manager PIN', '999888');
  await expect(till.getByRole('note')).toContainText('Wrong PIN.');
  await typePin(till, 'Manager PIN', MANAGER_PIN);
  await till.getByRole('tab', { name: 'Audit log' }).click();
  await counter.answerNextDialog({ canceled: false, filePath: join(exports, 'audit.csv') });
  await till.getByRole('button', { name: /^Export/u }).click();
  await expect.poll(() => readdirSync(exports)).toContain('audit.csv');
  await till.getByRole('tab', { name: 'Copy settings' }).click();
  await counter.answerNextDialog({ canceled: false, filePath: join(exports, 'settings.json') });
  await till.getByRole('button', { name: 'Save as a file' }).click();
  await expect(till.locator('#root').getByText('The file is saved.')).toBeVisible();
  const pushed = JSON.stringify(await snapshots());
  await counter.kill();
  const output = stripVTControlCharacters(counter.output).replaceAll(/\[host \d+ ms\]/gu, '');

  const next = await shop.open({ till: 'sign-in' });
  await next.till.getByRole('button', { name: 'Manager', exact: true }).click();
  await next.till.getByRole('button', { name: 'Forgotten?' }).click();
  await next.till.getByRole('textbox', { name: 'Client id' }).fill(SHOP.clientId);
  await next.till.getByLabel('Client secret', { exact: true }).fill(SHOP.clientSecret);
  await next.till.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(next.till.getByRole('tab', { name: 'JustiFi account' })).toBeVisible();
  await look('forgotten', next);
  await next.counter.close();

  const { pepper, credentials } = keyringItem(shop);
  expect(credentials).toEqual({ kind: 'client', clientId: SHOP.clientId, clientSecret: SHOP.clientSecret });
  const tokens = new Set(justifi.requests().flatMap(({ headers }) => (headers['host'] === 'api.justifi.ai' && headers['authorization'] !== undefined ? [headers['authorization'].replace('Bearer ', '')] : [])));
  expect(tokens.size).toBeGreaterThan(1);
  // Each typed text is in exactly one message to main; main's answers and pushes hold none of it.
  const toMain = /channel: '(?:manager:findSubAccounts|manager:setPin|manager:saveCashier|till:signIn|till:unlockManager|till:proveSecret)'[\s\S]*?\n\}/gu;
  expect(output.match(toMain)?.join('')).toContain(SHOP.clientSecret);
  const everything = [...filesUnder(shop.userData), ...filesUnder(shop.keyringFolder), ...seen, { name: 'snapshots', text: pushed }, { name: 'messages', text: output.replaceAll(toMain, '') }];
  expect(everything.map(({ name }) => name).join('\n')).toMatch(/audit\.csv[\s\S]*settings\.json/u);
  for (const secret of [SHOP.clientSecret, WRONG_SECRET, pepper, ...tokens]) {
    for (const { name, text } of everything) expect(text.includes(secret), name).toBe(false);
  }
  // Six digits occur by chance in times and sizes; not beside the words of a PIN.
  for (const { name, text } of everything) expect(text, name).not.toMatch(new RegExp(`pin\\W{1,6}(?:${MANAGER_PIN}|${CASHIER_PIN})`, 'iu'));
});

test('S-21: on a PC without a keychain no secret is saved, and no file replaces it; the till says so, and goes on in training', async ({ shop }) => {
  const app = await shop.open({ keyring: 'none' });
  const words = await watchWords(app.till);
  const form = setUpForm(app.till);
  await form.open();
  await form.enter(SHOP);
  await form.next();
  await form.connect();
  await expect(form.sentence).toHaveText(/^This PC’s keychain cannot be used, so nothing was saved\./u);
  expect([...app.log().matchAll(/ account\.connect (.*)$/gmu)].map(([, line]) => line)).toEqual([expect.stringMatching(/^\{"result":"keychain-unavailable","detail":/u)]);
  await app.till.getByRole('button', { name: 'Back to the till' }).click();
  await expect(app.till.locator('#root').getByText('TRAINING – no real payments')).toBeVisible();
  await app.enter('700', 'Repair');
  await app.charge();
  await app.form();
  expect(shop.network.justifi.requests('POST /v1/checkouts')).toEqual([]);
  await words.expectPlain();
  await app.counter.close();
  for (const { name, text } of filesUnder(shop.userData)) expect(text.includes(SHOP.clientSecret), name).toBe(false);
  const settings = JSON.parse(readFileSync(join(shop.userData, 'settings.json'), 'utf8')) as { readonly account?: unknown };
  expect(settings.account ?? null).toBeNull();
});

test('S-24, A-01, C-23: a new till on a PC that takes neither its settings nor its audit log says so, and no more once it does; an untrusted certificate ends the connection, also where the environment asks for less; no source of ours turns the check off', async ({ shop }) => {
  // A folder in place of a file: it can be neither read nor replaced, even by root.
  const auditLog = join(shop.userData, 'audit.db');
  const settingsCopy = join(shop.userData, 'settings.json.copy');
  mkdirSync(auditLog);
  const app = await shop.open({ till: 'first-run', env: { NODE_EXTRA_CA_CERTS: '', NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
  const { till } = app;
  await test.step('C-23: the first screen says that the settings cannot be saved', async () => {
    rmSync(settingsCopy);
    mkdirSync(settingsCopy);
    const begin = till.getByRole('button', { name: /^Try it in training mode/u });
    await begin.click();
    await expect(till.getByRole('note')).toHaveText('This PC cannot write to its disk. Nothing was changed.');
    rmdirSync(settingsCopy);
    await begin.click();
    await expect(till.getByRole('button', { name: '7', exact: true })).toBeVisible();
  });
  await test.step('A-01: the till says that the audit log cannot be written, and no more once it can', async () => {
    const forCashier = till.getByRole('note').filter({ hasText: 'The audit log cannot be written. Payments go on. Call the manager.' });
    await expect(forCashier).toBeVisible();
    await till.keyboard.press('F10');
    const forManager = till.locator('#root').getByText('Payments go on meanwhile; no setting can be changed.');
    await expect(forManager).toBeVisible();
    rmdirSync(auditLog);
    await shop.atPace(20, () => expect(forManager).toHaveCount(0));
    await till.keyboard.press('Escape');
    await expect(forCashier).toHaveCount(0);
  });

  const form = setUpForm(till);
  await form.open();
  await form.enter(SHOP);
  await form.next();
  await expect(form.sentence).toHaveText(/^The certificate for JustiFi is not one that this PC trusts, so nothing was sent or saved\. .*\((?:DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_\w+)\)$/u);
  expect(shop.network.justifi.requests()).toEqual([]);
  await app.counter.close();

  const root = join(import.meta.dirname, '../..');
  const sources = ['contract', 'words', 'main', 'preload', 'renderer'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/u.test(name)).map((name) => join(root, folder, name)));
  const weak = /ignore-certificate-errors|rejectUnauthorized:\s*false|setCertificateVerifyProc|certificate-error|process\.env\b/u;
  for (const source of sources) expect(readFileSync(source, 'utf8'), source).not.toMatch(weak);
});

test('S-20: the credentials in the keychain can be replaced but never read back, not even by a page that was taken over', async ({ runningShop: shop }) => {
  const app = await shop.open();
  await openBySecret(app);
  await expect(app.till.getByRole('tab', { name: 'JustiFi account' })).toBeVisible();
  const bridges = await app.till.evaluate(() => {
    const { till, manager } = window as unknown as Record<'till' | 'manager', Record<string, unknown>>;
    return [...Object.keys(till), ...Object.keys(manager)];
  });
  expect(bridges.filter((name) => /secret|credential|key|token|pepper/iu.test(name))).toEqual(['proveSecret']);
  const answers = await app.till.evaluate(async () => {
    const { till, manager } = window as unknown as Record<'till' | 'manager', Record<string, () => Promise<unknown>>>;
    return JSON.stringify([await till['snapshot']!(), await manager['readSettings']!(), await manager['testConnection']!()]);
  });
  expect(answers).toContain('Training Shop');
  for (const secret of [SHOP.clientSecret, SHOP.clientId]) expect(answers).not.toContain(secret);
});
