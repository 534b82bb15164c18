import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Page } from 'playwright';
import type { Bridge } from '../../contract/channels.ts';
import { COMPONENT_STYLE_HASH, JUSTIFI_ORIGINS } from '../../main/local-origin/checkout-policy.ts';
import { CHECKOUT_INVENTORY } from '../../main/local-origin/page-inventory.ts';
import { journalNameOf } from '../../main/storage/journal-name.ts';
import type { TestJustifi } from '../justifi/justifi.ts';
import { insert, logged } from './both-pages.ts';
import { CARDS } from './card-form.ts';
import { MANAGER_PIN, SHOP, type Shop, expect, setUpForm, test } from './connected-till.ts';
import { collectSnapshots, filesUnder, heapOf, openToOthers, processesUnder, wholeDocument } from './evidence.ts';
import { typeByHand } from './keys.ts';
import { countPointers, fillByKey, openSectionByKey, pressByKey, tabTo, typePinByKey } from './tab-key.ts';
import type { TillApp } from './till-app.ts';

/* The first day of a register: it is set up and sells without a mouse, and each place is searched for what must not be there. */
const CASHIER_PIN = '4829';
const WRONG_SECRET = 'sk_wrong_9d3b7a10c55e';

type Found = { readonly name: string; readonly text: string };

/** The day so far: what was seen of it, beside what is still there at its end. */
type Day = {
  readonly app: TillApp;
  readonly shop: Shop;
  readonly snapshots: () => Promise<readonly unknown[]>;
  readonly seen: Found[];
};

/** What other programs, and a page that was taken over, could read at this moment. */
async function look(when: string, { app, seen }: Day): Promise<void> {
  seen.push(...processesUnder(app.counter.pid).map(({ name, text }) => ({ name: `${when}: ${name}`, text })), { name: `${when}: page`, text: await wholeDocument(app.till) });
}

/** All messages between main and its pages. */
const messagesOf = ({ counter }: TillApp) => stripVTControlCharacters(counter.output).replaceAll(/\[host \d+ ms\]/gu, '');

async function fillPin(till: Page, label: string, pin: string): Promise<void> {
  await till.getByLabel(label, { exact: true }).fill(pin);
  await till.keyboard.press('Enter');
}

async function setUpByKeyboard({ till }: TillApp): Promise<void> {
  await pressByKey(till, /^Connect JustiFi/u);
  await expect(till.getByRole('textbox', { name: 'Client id' })).toBeFocused();
  await typeByHand(till, SHOP.clientId);
  await fillByKey(till, 'Client secret', WRONG_SECRET);
  await till.keyboard.press('Enter');
  await expect(till.getByRole('note')).toBeVisible();
  await fillByKey(till, 'Client secret', SHOP.clientSecret);
  await till.keyboard.press('Enter');
  await expect(till.getByRole('radio', { name: /^Training Shop acc_/u })).toBeVisible();
  // S-20: after JustiFi's first answer the page has cleared the secret.
  expect(await wholeDocument(till)).not.toContain(SHOP.clientSecret);
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
  await till.getByRole('button', { name: '7', exact: true }).waitFor();
}

type Form = { readonly styles: Awaited<ReturnType<typeof stylesOf>>; readonly filled: string; readonly heap: string };

/** Returns what was in the form, with the card typed into its fields. */
async function sellByKeyboard({ app, shop }: Day): Promise<Form> {
  const { till } = app;
  await typeByHand(till, '1799');
  await fillByKey(till, 'Description F2', 'One donut');
  await till.keyboard.press('F9');
  const form = await app.form();
  await test.step('S-05, S-13: an attacker between this PC and JustiFi’s field host redirects a frame', () => expectRedirectStopped(form.page, shop.network.justifi));
  const styles = await stylesOf(form.page);
  await form.typeCard(CARDS.pays);
  const filled = await wholeDocument(form.page);
  let heap = '';
  // A page stands still while its heap is written down, so long that main would take it for frozen.
  await shop.atPace(1 / 20, async () => {
    heap = await heapOf(form.page);
  });
  await form.page.keyboard.press('Enter');
  await app.says('PAID');
  await expect(till.getByRole('button', { name: /New sale/u })).toBeEnabled();
  await till.keyboard.press('Enter');
  await till.getByRole('button', { name: '7', exact: true }).waitFor();
  return { styles, filled, heap };
}

async function manageByKeyboard({ till }: TillApp): Promise<void> {
  await till.keyboard.press('F10');
  // The first PIN opened the side; it is still open.
  await openSectionByKey(till, 'Sales and limits');
  await fillByKey(till, 'Smallest amount', '2.00');
  await till.keyboard.press('Enter');
  await expect(till.locator('#root').getByText('Saved.')).toBeVisible();
}

async function addCashier({ till }: TillApp): Promise<void> {
  await till.getByRole('tab', { name: 'JustiFi account' }).click();
  await till.getByRole('button', { name: 'Replace the key' }).click();
  // S-20: no call returns it.
  expect(await setUpForm(till).typed()).toEqual({ clientId: '', clientSecret: '' });
  await expect(till.getByLabel('Client secret', { exact: true })).toHaveAttribute('type', 'password');
  await till.getByRole('tab', { name: 'Cashiers' }).click();
  await till.getByRole('button', { name: 'Add a cashier' }).click();
  await till.getByRole('textbox', { name: 'Name' }).fill('Anna');
  await fillPin(till, 'PIN (four digits)', CASHIER_PIN);
  await expect(till.getByRole('listitem').filter({ hasText: 'Anna' })).toBeVisible();
}

/** From a bank account. */
async function sellAsCashier(day: Day): Promise<void> {
  const { app } = day;
  const { till } = app;
  await till.keyboard.press('Control+l');
  await till.getByRole('group', { name: 'Cashiers' }).getByRole('button', { name: 'Anna' }).click();
  await fillPin(till, 'Your PIN', CASHIER_PIN);
  await expect(till.getByRole('button', { name: 'Sign out Anna' })).toBeVisible();
  await app.enter('12000', 'Deposit');
  await app.charge();
  const bank = await app.form();
  await bank.fillBankAccount();
  await bank.pay();
  await app.says('ACCEPTED');
  await look('accepted', day);
  await till.getByRole('button', { name: /^New sale/u }).click();
}

/** The manager's evening, with a forgotten PIN: what the card page did is reported, and the day is exported. */
async function exportDay(day: Day, exports: string): Promise<void> {
  const { till, counter } = day.app;
  await till.getByRole('button', { name: 'Manager', exact: true }).click();
  await fillPin(till, 'Manager PIN', '999888');
  await expect(till.getByRole('note')).toContainText('Wrong PIN.');
  await till.getByRole('button', { name: 'Forgotten?' }).click();
  await till.getByRole('textbox', { name: 'Client id' }).fill(SHOP.clientId);
  await till.getByLabel('Client secret', { exact: true }).fill(SHOP.clientSecret);
  await till.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(till.getByRole('tab', { name: 'JustiFi account' })).toBeVisible();
  await look('forgotten', day);
  await expect(till.locator('#root').getByText('The card page changed. See Diagnostics.')).toBeVisible();
  await till.getByRole('tab', { name: 'Diagnostics' }).click();
  await expect(till.locator('#root').getByText('request: subFrame GET components.justifi.ai', { exact: true })).toBeVisible();
  await till.getByRole('tab', { name: 'Audit log' }).click();
  await counter.answerNextDialog({ canceled: false, filePath: join(exports, 'audit.csv') });
  await till.getByRole('button', { name: /^Export/u }).click();
  await expect.poll(() => readdirSync(exports)).toContain('audit.csv');
  await till.getByRole('tab', { name: 'Copy settings' }).click();
  await counter.answerNextDialog({ canceled: false, filePath: join(exports, 'settings.json') });
  await till.getByRole('button', { name: 'Save as a file' }).click();
  await expect(till.locator('#root').getByText('The file is saved.')).toBeVisible();
}

/** The content of the keyring, read as another program of the same user would. */
function keyringItem({ keyringFolder }: Shop): { readonly pepper: string; readonly credentials: unknown } {
  const program = `const { default: keytar } = await import('keytar'); process.stdout.write(await keytar.getPassword('Counter', 'justifi'));`;
  const env = { ...process.env, COUNTER_TEST_KEYRING_FOLDER: keyringFolder, COUNTER_TEST_KEYRING_PASSWORD: 'the right one' };
  return JSON.parse(execFileSync('bash', [join(import.meta.dirname, '../setup/with-keyring.sh'), process.execPath, '--input-type=module', '-e', program], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

/** The styles that stand in the page itself, and how many it has adopted. */
function stylesOf(page: Page): Promise<{ readonly inline: readonly string[]; readonly adopted: number }> {
  return page.evaluate(async () => {
    const roots = (root: ParentNode): ParentNode[] => [root, ...[...root.querySelectorAll('*')].flatMap((element) => (element.shadowRoot === null ? [] : roots(element.shadowRoot)))];
    const texts = roots(document).flatMap((root) => [...root.querySelectorAll('style')].map((style) => style.textContent));
    const adopted = roots(document).flatMap((root) => ('adoptedStyleSheets' in root ? (root as ShadowRoot).adoptedStyleSheets : []));
    const hashes = await Promise.all([...new Set(texts)].map((text) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
    return { inline: hashes.map((hash) => btoa(String.fromCharCode(...new Uint8Array(hash)))), adopted: adopted.length };
  });
}

async function expectRedirectStopped(checkout: Page, justifi: TestJustifi): Promise<void> {
  justifi.addFault({ on: 'GET /elsewhere', kind: 'redirect', to: 'https://redirect.evil.example/v2/cardNumber' });
  const stopped = checkout.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => resolve([effectiveDirective, blockedURI]));
      }),
  );
  await insert(checkout, 'iframe', { src: 'https://components.justifi.ai/elsewhere' });
  expect(await stopped).toEqual(['frame-src', 'https://redirect.evil.example']);
  expect(justifi.requests('GET /elsewhere')).toHaveLength(1);
}

/** Every text of the day but the form's own; what is exported is what the manager reads: audit log and diagnostics. */
async function textsOf({ app, snapshots }: Day): Promise<readonly Found[]> {
  const { sales, events } = app.journal('test');
  const manager = await app.till.evaluate(async () => {
    const bridge = (window as unknown as { readonly manager: Bridge<'manager'> }).manager;
    return [await bridge.readAudit({ filter: { group: null, who: null, day: null }, before: null }), await bridge.readDiagnostics({ screen: '' })];
  });
  expect(manager).toMatchObject([{ kind: 'ok', value: { trouble: null } }, { kind: 'ok' }]);
  const texts = { log: app.log(), journal: JSON.stringify([sales, events]), manager: JSON.stringify(manager), messages: messagesOf(app), snapshots: JSON.stringify(await snapshots()), till: await wholeDocument(app.till) };
  return Object.entries(texts).map(([name, text]) => ({ name, text }));
}

/** The card is nowhere but for its last four digits. */
function expectNoCard(texts: readonly Found[], { userData }: Shop): void {
  expect(JSON.stringify(texts)).toContain('4242');
  const number = new RegExp(CARDS.pays.split('').join('[ .\\-_/]?'), 'u');
  const securityCode = /\b987\b/u;
  const expiry = /\b0?9["' ]*[/\-,][^\d]{0,20}(?:20)?37\b/u;
  /** Not in the middle of an id or a sum. */
  const fiveDigits = /(?<![\da-f])\d*2[ .\-_/]?4242(?![\da-f])/u;
  for (const { name, text } of texts) {
    for (const secret of [number, fiveDigits, securityCode, expiry]) expect(text, name).not.toMatch(secret);
  }
  for (const { name, text } of filesUnder(userData)) expect(text, name).not.toMatch(number);
}

/** Each typed text is in exactly one message to main; main's answers and pushes hold none of it. */
const TYPED = /channel: '(?:manager:findSubAccounts|manager:setPin|manager:saveCashier|till:signIn|till:unlockManager|till:proveSecret)'[\s\S]*?\n\}/gu;

/** The secret and the tokens are nowhere outside main, and the secret is only in the keychain. */
function expectNoSecret({ shop, seen }: Day, { heap, filled }: Form, texts: readonly Found[]): void {
  const { pepper, credentials } = keyringItem(shop);
  expect(credentials).toEqual({ kind: 'client', clientId: SHOP.clientId, clientSecret: SHOP.clientSecret });
  const { requests } = shop.network.justifi;
  const tokens = new Set(requests().flatMap(({ headers }) => (headers['host'] === 'api.justifi.ai' && headers['authorization'] !== undefined ? [headers['authorization'].replace('Bearer ', '')] : [])));
  expect(tokens.size).toBeGreaterThan(1);
  for (const { body } of requests('POST /v1/web_component_tokens')) {
    expect(JSON.parse(body)).toEqual({ resources: [expect.stringMatching(/^write:checkout:cho_\w+$/u), `write:tokenize:${SHOP.subAccountId}`] });
  }
  expect(texts.find(({ name }) => name === 'messages')?.text.match(TYPED)?.join('')).toContain(SHOP.clientSecret);
  expect(seen.filter(({ text }) => text.includes('chromium')).length).toBeGreaterThan(1);
  expect(heap).toContain('justifi-checkout');
  const untyped = texts.map(({ name, text }) => ({ name, text: text.replaceAll(TYPED, '') }));
  const everything = [...filesUnder(shop.userData), ...filesUnder(shop.keyringFolder), ...seen, ...untyped, { name: 'form', text: filled }, { name: 'heap', text: heap }];
  expect(everything.map(({ name }) => name).join('\n')).toMatch(/audit\.csv[\s\S]*settings\.json/u);
  for (const secret of [SHOP.clientSecret, WRONG_SECRET, pepper, ...tokens]) {
    for (const { name, text } of everything) expect(text.includes(secret), name).toBe(false);
  }
  // Six digits occur by chance in times and sizes; not beside the words of a PIN.
  for (const { name, text } of everything) expect(text, name).not.toMatch(new RegExp(`pin\\W{1,6}(?:${MANAGER_PIN}|${CASHIER_PIN})`, 'iu'));
}

/** no file can be read by another user of the PC. */
function expectOwnFiles({ userData }: Shop): void {
  const written = filesUnder(userData).map(({ name }) => name);
  for (const name of ['settings.json', 'settings.json.copy', 'pins.json', 'pins.json.copy', 'counter.log', ...['db', 'db-wal', 'draft.json', 'head'].map((ending) => `${journalNameOf('test', SHOP.subAccountId)}.${ending}`), 'audit.db']) expect(written).toContain(name);
  expect(openToOthers(userData)).toEqual([]);
}

/** Both pages have asked for what the inventory lists, and for nothing else but the frame that a test put in. `inTraining`: what was printed before the account was connected. */
function expectListed(app: TillApp, inTraining: number, styles: Awaited<ReturnType<typeof stylesOf>>): void {
  const asked = [...stripVTControlCharacters(app.counter.output).matchAll(/ request (\w+) (\w+) (\w+) (\S+)$/gmu)].filter(({ index, 1: window }) => window === '1' || index > inTraining).map(([, window, type, method, url]) => ({
    page: window === '1' ? ('till' as const) : ('checkout' as const),
    request: `${type} ${method} ${url!.replace(/\?.*$/u, '').replace(/localhost:\d+/u, 'localhost:<port>').replace(/cho_\w+/u, '<checkout>')}`,
  }));
  const redirected = asked.findIndex(({ request }) => request.endsWith('/elsewhere'));
  asked.splice(redirected, 1);
  const requestsOf = (page: 'till' | 'checkout') => [...new Set(asked.filter((each) => each.page === page).map(({ request }) => request))].toSorted();
  const scripts = ['LaterScreen', 'ReceiptActions', 'en-back-office', 'en-till', 'rolldown-runtime', 'shared', 'till'].map((name) => `script GET app://till/till/${name}.js`);
  expect(requestsOf('till')).toEqual(['font GET app://till/till/till.woff2', 'mainFrame GET app://till/', ...scripts, 'stylesheet GET app://till/till/till.css']);
  const hosts = { page: 'http://localhost:<port>', ...JUSTIFI_ORIGINS, sezzleWindows: '' };
  const listed = CHECKOUT_INVENTORY.filter(({ type }) => type !== 'inside').map(({ type, method, at, path }) => `${type} ${method} ${hosts[at]}${path}`);
  // What a hosted field does inside its own frame is JustiFi's; of the stand-in's it is known.
  expect(requestsOf('checkout')).toEqual([...listed, 'xhr POST https://components.justifi.ai/v1/js/payment_methods'].toSorted());
  expect(styles).toEqual({ inline: [/^'sha256-(.+)'$/u.exec(COMPONENT_STYLE_HASH)![1]], adopted: 0 });
  // The frame that the test put in, and nothing of both sales.
  expect(logged(app, 'page.changed')).toEqual(['{"what":"request: subFrame GET components.justifi.ai"}']);
}

test('S-01, S-02, S-03, S-05, S-06, S-13, S-20, S-22, S-23, A-18, F-31: a register is set up, sells and is managed by keyboard alone, and goes on for a day: the card is nowhere outside the hosted fields but for its last four digits, the secret only in the keychain, a token nowhere outside main; the pages load only what the inventory lists, and other requests are reported to the manager; and no file can be read by another user of the PC', async ({ shop, target }) => {
  test.skip(target === 'electron' || process.platform !== 'linux', 'only the stand-in shows every message and request; a test’s keyring is a Secret Service');
  const exports = join(shop.userData, 'exports');
  mkdirSync(exports, { mode: 0o700 });
  const app = await shop.open({ till: 'first-run', env: { COUNTER_HOST_DEBUG: '1' }, chromium: 'own' });
  const pointers = await countPointers(app.till);
  const day: Day = { app, shop, snapshots: await collectSnapshots(app.till), seen: [] };

  await test.step('the register is set up without a mouse', () => setUpByKeyboard(app));
  const inTraining = stripVTControlCharacters(app.counter.output).length;
  const form = await test.step('the first customer is served without a mouse', () => sellByKeyboard(day));
  await test.step('a setting is changed without a mouse', () => manageByKeyboard(app));
  expect(await pointers()).toBe(0);
  await test.step('S-20: the key can be replaced, but not read; a cashier gets a PIN', () => addCashier(app));
  await look('manager', day);
  await test.step('the cashier’s customer pays from a bank account', () => sellAsCashier(day));
  expect(shop.network.justifi.charges()).toMatchObject([{ amount: 1799 }, { amount: 12_000 }]);
  expectListed(app, inTraining, form.styles);
  // Main asks JustiFi's API; the other two are the form's, by way of main's proxy.
  expect(shop.network.hostsAsked()).toEqual(['127.0.0.1', 'api.justifi.ai', 'components.justifi.ai', 'wc-proxy.justifi.ai']);
  for (const what of ['window.request-refused', 'checkout-page.request-refused', 'checkout-page.uncaught-error']) expect(logged(app, what)).toEqual([]);
  await test.step('the manager is told of the request that no inventory lists, and exports the day', () => exportDay(day, exports));
  const texts = await textsOf(day);
  expectOwnFiles(shop);
  await app.counter.kill();
  expectNoCard([...texts, { name: 'form', text: form.filled }], shop);
  expectNoSecret(day, form, texts);
});
