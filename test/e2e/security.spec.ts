import type { Page } from 'playwright';
import { type Role, channels } from '../../contract/channels.ts';
import { type RawIpc, compromisedApp } from './compromised-app.ts';
import { expect, test } from './connected-till.ts';
import { type TillApp, openTillApp } from './till-app.ts';

/** The till and the checkout page of one sale, both as they stand on the screen. */
async function bothPages(app: TillApp): Promise<readonly [till: Page, checkout: Page]> {
  await app.enter('1799', 'One donut');
  await app.charge();
  return [app.till, (await app.form()).page];
}

/** The details of every line of this kind. */
function logged(app: TillApp, what: string): string[] {
  const lines = app.log().split('\n').map((line) => line.split(' '));
  return lines.filter((words) => words[2] === what).map((words) => words.slice(3).join(' '));
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

test('S-10, S-11, S-12: each window is created safe, in a session of its own, with exactly its own bridge and no permission', async ({ app }) => {
  const [till, checkout] = await bothPages(app);

  const created = (await app.counter.recorded('browserWindow.created')) as readonly Readonly<Record<string, unknown>>[];
  expect(created.length).toBeGreaterThanOrEqual(2);
  for (const preferences of created) {
    expect(preferences).toMatchObject({
      sandbox: true, contextIsolation: true, webSecurity: true, nodeIntegration: false, nodeIntegrationInSubFrames: false, nodeIntegrationInWorker: false,
      allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, navigateOnDragDrop: false, devTools: false,
    });
    expect(preferences).not.toHaveProperty('enableBlinkFeatures');
  }
  expect(await browserContextOf(till)).not.toBe(await browserContextOf(checkout));

  for (const [page, role, other] of [[till, 'till', 'checkout'], [checkout, 'checkout', 'till']] as const) {
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
      const bridges = await frame.evaluate((wanted) => wanted.filter((name) => name in window), ['till', 'checkout']);
      expect(bridges).toEqual(frame === page.mainFrame() ? [role] : []);
    }
    expect(await page.evaluate((name) => name in window, other)).toBe(false);
  }

  for (const page of [till, checkout]) {
    for (const frame of page.frames()) {
      const granted = await frame.evaluate(async () => {
        const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'clipboard-write', 'persistent-storage', 'accelerometer', 'idle-detection', 'window-management', 'local-fonts', 'screen-wake-lock', 'display-capture'];
        const states = await Promise.all(names.map(async (name) => [name, (await navigator.permissions.query({ name: name as PermissionName })).state]));
        return states.filter(([, state]) => state !== 'denied').map(([name]) => name);
      });
      expect(granted).toEqual([]);
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
});

test('S-14: a page that was taken over reaches main only through the calls of its own window, and each of its tries is logged', async ({ target, userData }, info) => {
  const app = await openTillApp(target, userData, compromisedApp(info.outputPath('app')));
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

  for (const name of Object.keys(channels.till.calls)) {
    expect(await invoke(checkout, `till:${name}`, { saleId, amountInCents: 100, description: 'Stolen' })).toEqual(REFUSED);
  }
  expect(logged(app, 'ipc.refused')).toEqual(Object.keys(channels.till.calls).map((name) => `{"channel":"till:${name}","why":"window is checkout"}`));
  for (const name of Object.keys(channels.checkout.calls)) expect(await invoke(till, `checkout:${name}`, { checkoutId: sales.at(-1)!.checkout_id })).toEqual(REFUSED);
  expect(logged(app, 'ipc.refused').slice(-1)).toEqual(['{"channel":"checkout:trouble","why":"window is till"}']);

  const proto = JSON.parse(`{"saleId":"${saleId}","__proto__":{"amountInCents":1}}`) as object;
  for (const args of [[], [null], ['charge'], [{ saleId }, { saleId }], [{ saleId, more: 1 }], [{ saleId: { toString: 1 } }], [proto], [[saleId]]]) {
    expect(await invoke(till, 'till:goBack', ...args)).toEqual(REFUSED);
  }
  expect(logged(app, 'ipc.refused').slice(-8)).toEqual(
    Array.from({ length: 8 }, (_, index) => `{"channel":"till:goBack","why":"${index === 3 ? 'more than one argument' : 'input does not parse'}"}`),
  );
  // Not in the contract: nobody listens, whatever the name.
  for (const channel of ['till:secret', 'till:__proto__', 'till:constructor', '__proto__', 'toString', '', 'till:charge ']) {
    expect(await invoke(till, channel, { saleId })).toMatch(/^rejected: .*No handler registered/u);
  }
  await till.evaluate((id) => {
    const { raw } = window as unknown as { raw: RawIpc };
    for (const name of ['till:goBack', 'till:newSale', 'error']) raw.send(name, { saleId: id });
  }, saleId);

  // Reports about another checkout move nothing; asking to submit another one ends the form, and nothing was charged.
  expect(await invoke(checkout, 'checkout:goBack', { checkoutId: 'cho_other' })).toEqual({ kind: 'ok', value: null });
  await expect(till.getByText('Ready for the card.')).toBeVisible();
  void invoke(checkout, 'checkout:submit', { checkoutId: 'cho_other', componentAmountInCents: null, methodType: 'new_card' }).catch(() => undefined);
  await expect(till.getByRole('alert')).toHaveText(/^The amount changed on the way\. Nothing was charged\./u);
  expect(app.journal().events.map(({ kind }) => kind)).not.toContain('submit-allowed');
  await app.counter.close();
});

test('S-13: neither page leads anywhere: not by a link, a form, a script, a new window or a download', async ({ app }) => {
  const pages = await bothPages(app);
  const { port } = new URL(pages[1].url());
  const windowsBefore = app.counter.windows().length;
  const navigate = (page: Page, url: string) =>
    page.evaluate((to) => {
      location.href = to;
    }, url);

  for (const page of pages) {
    const address = page.url();
    const title = await page.title();
    const refused = [
      'http://localhost.evil.example/',
      `http://localhost:${port}@evil.example/`,
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/other`,
      'http://[::1]:1/',
      'https://components.justifi.ai.evil.example/',
      'https://components.justifi.ai@evil.example/?secret=in-the-query',
      'app://other/',
      'app://till.evil.example/',
    ];
    const before = logged(app, 'window.navigation-refused').length;
    for (const url of refused) await navigate(page, url);
    // Chromium itself or the page's policy stops these, so no guard hears of them.
    for (const url of ['file:///etc/passwd', 'javascript:document.title="taken over"', 'data:text/html,taken over']) await navigate(page, url);
    await page.evaluate(() => {
      const add = (name: string, attributes: Readonly<Record<string, string>>) => {
        const element = document.createElement(name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        document.body.append(element);
        return element;
      };
      add('a', { href: 'http://link.evil.example/' }).click();
      add('a', { href: 'http://new.evil.example/', target: '_blank' }).click();
      (add('form', { action: 'http://form.evil.example/', method: 'post' }) as HTMLFormElement).submit();
      add('meta', { 'http-equiv': 'refresh', content: '0;url=http://meta.evil.example/' });
      const opened = window.open('http://opened.evil.example/');
      const popUp = window.open('about:blank', 'pop-up', 'width=300,height=200');
      add('a', { href: URL.createObjectURL(new Blob(['card numbers'])), download: 'cards.txt' }).click();
      return [opened, popUp];
    });
    // The last one: when this has been refused, so has everything before it.
    await navigate(page, 'https://last.evil.example/');
    const shown = (url: string) => `{"url":"${url.replace(/^(https?:\/\/)[^/@]*@/u, '$1').replace(/\?.*$/u, '')}"}`;
    await expect.poll(() => logged(app, 'window.navigation-refused').slice(before)).toEqual(expect.arrayContaining([...refused, 'http://link.evil.example/', 'https://last.evil.example/'].map(shown)));
    for (const url of ['http://new.evil.example/', 'http://opened.evil.example/']) await expect.poll(() => logged(app, 'window.open-refused')).toContain(shown(url));
    const role = page === pages[0] ? 'till' : 'checkout';
    await expect.poll(() => logged(app, 'window.download-refused')).toContain(`{"role":"${role}"}`);
    expect(page.url()).toBe(address);
    expect(await page.title()).toBe(title);
  }
  expect(app.counter.windows()).toHaveLength(windowsBefore);
  expect(app.log()).not.toContain('in-the-query');
  expect(await app.counter.recorded('shell.openExternal')).toEqual([]);
});
