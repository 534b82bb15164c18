import { mkdirSync, readFileSync, readdirSync, rmSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { SHOP, expect, openBySecret, setUpForm, test } from './connected-till.ts';
import { filesUnder } from './evidence.ts';
import { watchWords } from './plain-words.ts';

/* The only places of the shop's secrets. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

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
