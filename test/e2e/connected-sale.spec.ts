import { stripVTControlCharacters } from 'node:util';
import type { Page } from 'playwright';
import type { Bridge } from '../../contract/channels.ts';
import { COMPONENT_STYLE_HASH, JUSTIFI_ORIGINS } from '../../main/local-origin/checkout-policy.ts';
import { CHECKOUT_INVENTORY } from '../../main/local-origin/page-inventory.ts';
import { journalNameOf } from '../../main/storage/journal-name.ts';
import type { TestJustifi } from '../justifi/justifi.ts';
import { CARDS, cardForm } from './card-form.ts';
import { SHOP, type Shop, connectAccount, expect, openBySecret, test } from './connected-till.ts';
import { collectSnapshots, filesUnder, heapOf, openToOthers, processesUnder, wholeDocument } from './evidence.ts';
import type { TillApp } from './till-app.ts';
import { bothPages, insert, logged } from './both-pages.ts';

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

/** The card is nowhere but for its last four digits, and the secret and the tokens are nowhere outside main. */
async function expectKept(app: TillApp, { userData, keyringFolder, network }: Shop, { heap, filledForm, snapshots }: { readonly heap: string; readonly filledForm: string; readonly snapshots: readonly unknown[] }): Promise<void> {
  expect(heap).toContain('justifi-checkout');
  const { sales, events } = app.journal('test');
  const files = filesUnder(userData);
  const ipc = stripVTControlCharacters(app.counter.output).replaceAll(/\[host \d+ ms\]/gu, '');
  const manager = await app.till.evaluate(async () => {
    const bridge = (window as unknown as { readonly manager: Bridge<'manager'> }).manager;
    return [await bridge.readAudit({ filter: { group: null, who: null, day: null }, before: null }), await bridge.readDiagnostics({ screen: '' })];
  });
  expect(manager).toMatchObject([{ kind: 'ok', value: { trouble: null } }, { kind: 'ok' }]);
  // What is exported is what the manager reads: audit log and diagnostics.
  const places = { log: app.log(), journal: JSON.stringify([sales, events]), manager: JSON.stringify(manager), ipc, snapshots: JSON.stringify(snapshots), till: await wholeDocument(app.till), form: filledForm };
  expect(JSON.stringify(places)).toContain('4242');
  const number = new RegExp(CARDS.pays.split('').join('[ .\\-_/]?'), 'u');
  const securityCode = /\b987\b/u;
  const expiry = /\b0?9["' ]*[/\-,][^\d]{0,20}(?:20)?37\b/u;
  /** Not in the middle of an id or a sum. */
  const fiveDigits = /(?<![\da-f])\d*2[ .\-_/]?4242(?![\da-f])/u;
  for (const [place, text] of Object.entries(places)) {
    for (const secret of [number, fiveDigits, securityCode, expiry]) expect(text, place).not.toMatch(secret);
  }
  for (const { name, text } of files) expect(text, name).not.toMatch(number);

  const { requests } = network.justifi;
  const fromMain = requests().filter(({ headers }) => headers['host'] === 'api.justifi.ai');
  const accessTokens = new Set(fromMain.flatMap(({ headers }) => (headers['authorization'] === undefined ? [] : [headers['authorization'].replace('Bearer ', '')])));
  expect(accessTokens.size).toBeGreaterThan(0);
  const account = SHOP.subAccountId;
  for (const { body } of requests('POST /v1/web_component_tokens')) {
    expect(JSON.parse(body)).toEqual({ resources: [expect.stringMatching(/^write:checkout:cho_\w+$/u), `write:tokenize:${account}`] });
  }
  const withoutTyping = ipc.replace(/channel: 'manager:findSubAccounts'[\s\S]*?\n\}/u, '');
  expect(ipc).toContain(SHOP.clientSecret);
  const processes = processesUnder(app.counter.pid);
  expect(processes.filter(({ text }) => text.includes('chromium')).length).toBeGreaterThan(1);
  const outside = [
    ...files,
    ...filesUnder(keyringFolder),
    ...processes,
    ...Object.entries({ ...places, ipc: withoutTyping, heap }).map(([name, text]) => ({ name, text })),
  ];
  for (const secret of [SHOP.clientSecret, ...accessTokens]) {
    for (const { name, text } of outside) expect(text.includes(secret), name).toBe(false);
  }
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

test('S-01, S-02, S-03, S-05, S-06, S-13, S-22, S-23, A-18, F-31: a register is connected and takes a card and a bank transfer: the card is nowhere outside the hosted fields but for its last four digits, the secret and the token nowhere outside main; the pages load only what the inventory lists, and other requests are reported to the manager; and no file can be read by another user of the PC', async ({ shop, target }) => {
  test.skip(target === 'electron' || process.platform !== 'linux', 'only the stand-in shows every message and request; a test’s keyring is a Secret Service');
  const app = await shop.open({ env: { COUNTER_HOST_DEBUG: '1' }, chromium: 'own' });
  await connectAccount(app);
  const inTraining = stripVTControlCharacters(app.counter.output).length;
  const [till, checkout] = await bothPages(app);
  const snapshots = await collectSnapshots(till);
  await test.step('S-05, S-13: an attacker between this PC and JustiFi’s field host redirects a frame', () => expectRedirectStopped(checkout, shop.network.justifi));
  const styles = await stylesOf(checkout);
  const form = cardForm(checkout);
  await form.fillCard(CARDS.pays);
  await form.field('expirationMonth').fill('09');
  await form.field('expirationYear').fill('37');
  await form.field('CVV').fill('987');
  const filledForm = await wholeDocument(checkout);
  let heap = '';
  // A page stands still while its heap is written down, so long that main would take it for frozen.
  await shop.atPace(1 / 20, async () => {
    heap = await heapOf(checkout);
  });
  await form.pay();
  await app.says('PAID');
  await till.getByRole('button', { name: /^New sale/u }).click();
  await app.enter('12000', 'Deposit');
  await app.charge();
  const bank = await app.form();
  await bank.fillBankAccount();
  await bank.pay();
  await app.says('ACCEPTED');

  await expectKept(app, shop, { heap, filledForm, snapshots: await snapshots() });
  expectListed(app, inTraining, styles);
  await app.till.getByRole('button', { name: /^New sale/u }).click();
  await app.till.keyboard.press('Control+l');
  await openBySecret(app);
  await expect(app.till.locator('#root').getByText('The card page changed. See Diagnostics.')).toBeVisible();
  await app.till.getByRole('tab', { name: 'Diagnostics' }).click();
  await expect(app.till.locator('#root').getByText('request: subFrame GET components.justifi.ai', { exact: true })).toBeVisible();
  // Main asks JustiFi's API; the other two are the form's, by way of main's proxy.
  expect(shop.network.hostsAsked()).toEqual(['127.0.0.1', 'api.justifi.ai', 'components.justifi.ai', 'wc-proxy.justifi.ai']);
  for (const what of ['window.request-refused', 'checkout-page.request-refused', 'checkout-page.uncaught-error']) expect(logged(app, what)).toEqual([]);
  const set = await till.evaluate(() => (window as unknown as { manager: Bridge<'manager'> }).manager.setPin({ currentPin: null, pin: '482913' }));
  expect(set).toEqual({ kind: 'ok', value: null });
  const written = filesUnder(shop.userData).map(({ name }) => name);
  for (const name of ['settings.json', 'settings.json.copy', 'pins.json', 'pins.json.copy', 'counter.log', ...['db', 'db-wal', 'draft.json', 'head'].map((ending) => `${journalNameOf('test', SHOP.subAccountId)}.${ending}`), 'audit.db']) expect(written).toContain(name);
  expect(openToOthers(shop.userData)).toEqual([]);
});
