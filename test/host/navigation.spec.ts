import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { addressOf } from './driver.ts';
import { devicesGranted, grantedTo } from './granted-permissions.ts';
import { newFolder, app, till, inMain, site, withApp, openWindow, eventsNamed } from './fixture.ts';
import type * as WindowSecurity from '../../main/shell/window-security.ts';

withApp();

describe('navigation', () => {
  it.each([
    ['a link', `const a = document.createElement('a'); a.href = 'URL'; document.body.append(a); a.click()`],
    ['a script', `location.href = 'URL'`],
    ['a form', `const f = document.createElement('form'); f.action = 'URL'; f.method = 'POST'; document.body.append(f); f.submit()`],
  ])('by %s is stopped when main says so', async (_by, script) => {
    await inMain(({ state, windows }) => {
      windows()[0]!.webContents.on('will-navigate', (navigation) => {
        navigation.preventDefault();
        state.events.push({ name: 'will-navigate', url: navigation.url, isMainFrame: navigation.isMainFrame });
      });
    });
    const before = site.asked.length;
    await till.evaluate(script.replace('URL', `${site.origin}/left`));
    await expect.poll(() => eventsNamed('will-navigate')).toEqual([{ name: 'will-navigate', url: `${site.origin}/left`, isMainFrame: true }]);
    const sender = await till.evaluate(() => window.fixture.invoke('sender'));
    expect(sender).toMatchObject({ url: expect.stringContaining('app://till/index.html') });
    expect(site.asked.length).toBe(before);
  });

  it('within the app is announced with the address of the scheme', async () => {
    await inMain(({ state, windows }) => {
      windows()[0]!.webContents.on('will-navigate', ({ url }) => state.events.push({ name: 'will-navigate', url }));
    });
    await till.evaluate(() => {
      location.href = 'other.html?x=1#here';
    });
    await till.waitForURL(/other/u);
    expect(await eventsNamed('will-navigate')).toEqual([{ name: 'will-navigate', url: 'app://till/other.html?x=1#here' }]);
  });

  it('by a page that refreshes itself is stopped', async () => {
    const page = await openWindow(`${site.origin}/start`);
    await inMain(async ({ state, windows }, url) => {
      const { webContents } = windows()[1]!;
      webContents.on('will-navigate', (navigation) => {
        navigation.preventDefault();
        state.events.push({ name: 'will-navigate', url: navigation.url });
      });
      await webContents.loadURL(url);
    }, `${site.origin}/refresh`);
    await expect.poll(() => eventsNamed('will-navigate')).toEqual([{ name: 'will-navigate', url: `${site.origin}/refreshed` }]);
    expect(addressOf(page)).toBe(`${site.origin}/refresh`);
    expect(site.asked).not.toContain('GET /refreshed');
  });

  it('by a redirect is stopped before the other server is asked', async () => {
    const outcome = await inMain(async ({ electron, state }, url) => {
      const { webContents } = new electron.BrowserWindow({ show: false });
      webContents.on('will-navigate', () => state.events.push({ name: 'will-navigate' }));
      webContents.on('will-redirect', (navigation) => {
        navigation.preventDefault();
        state.events.push({ name: 'will-redirect', url: navigation.url });
      });
      return webContents.loadURL(url).catch((error: unknown) => (error as Error).message);
    }, `${site.origin}/redirect`);
    expect(outcome).toBe(`ERR_ABORTED (-3) loading '${site.origin}/redirect'`);
    // Main's own loads need no permission; their redirects do.
    expect(await eventsNamed('will-navigate', 'will-redirect')).toEqual([{ name: 'will-redirect', url: `${site.otherOrigin}/redirected` }]);
    expect(site.asked).not.toContain('GET /redirected');
  });

  it('of a subframe is announced for that frame', async () => {
    const page = await openWindow(`${site.origin}/frames`);
    await inMain(({ state, windows }, forbidden) => {
      const { webContents } = windows()[1]!;
      webContents.on('will-navigate', () => state.events.push({ name: 'will-navigate' }));
      webContents.on('will-frame-navigate', (navigation) => {
        state.events.push({ name: 'will-frame-navigate', url: navigation.url, isMainFrame: navigation.isMainFrame });
        if (navigation.url === forbidden) navigation.preventDefault();
      });
    }, `${site.otherOrigin}/forbidden`);
    await page.evaluate(([allowed, forbidden]) => {
      for (const src of [allowed, forbidden]) document.body.append(Object.assign(document.createElement('iframe'), { src }));
    }, [`${site.otherOrigin}/card`, `${site.otherOrigin}/forbidden`] as const);
    await page.frameLocator('iframe').first().locator('#card').waitFor();
    await expect.poll(() => eventsNamed('will-frame-navigate', 'will-navigate')).toEqual([
      { name: 'will-frame-navigate', url: `${site.otherOrigin}/card`, isMainFrame: false },
      { name: 'will-frame-navigate', url: `${site.otherOrigin}/forbidden`, isMainFrame: false },
    ]);
    expect(site.asked).not.toContain('GET /forbidden');
  });

  it.each([
    ['window.open', `open('URL')`],
    ['a link to a new window', `const a = document.createElement('a'); a.href = 'URL'; a.target = '_blank'; document.body.append(a); a.click()`],
    ['Ctrl and a link', `const a = document.createElement('a'); a.href = 'URL'; document.body.append(a); a.dispatchEvent(new MouseEvent('click', { ctrlKey: true, bubbles: true, cancelable: true })); null`],
  ])('to another window by %s loads nothing', async (_by, script) => {
    const page = await openWindow(`${site.origin}/opener`);
    await inMain(({ state, windows }) => {
      windows()[1]!.webContents.setWindowOpenHandler(({ url }) => {
        state.events.push({ name: 'window.open', url });
        return { action: 'deny' };
      });
    });
    const opened = await page.evaluate(script.replace('URL', `${site.origin}/popup`));
    expect(opened ?? null).toBeNull();
    await expect.poll(() => eventsNamed('window.open')).toEqual([{ name: 'window.open', url: `${site.origin}/popup` }]);
    // A request that must not come cannot be waited for; one that comes later can.
    await page.evaluate(() => fetch('/after-popup'));
    expect(site.asked).not.toContain('GET /popup');
    expect(await inMain(({ windows }) => windows().length)).toBe(2);
  });

  it('to another window that main allows opens it, with its opener, in the page’s session, and its own navigation is announced', async () => {
    const page = await openWindow(`${site.origin}/opener`);
    await inMain(({ state, windows }) => {
      const { webContents } = windows()[1]!;
      webContents.setWindowOpenHandler(() => ({ action: 'allow', overrideBrowserWindowOptions: { width: 320, height: 240 } }));
      webContents.on('did-create-window', (window) => {
        state.events.push({ name: 'did-create-window', sharesSession: window.webContents.session === webContents.session, hasOpener: window.webContents.opener === webContents.mainFrame });
        window.webContents.on('will-navigate', (navigation) => {
          state.events.push({ name: 'will-navigate', url: navigation.url });
          if (navigation.url.endsWith('/forbidden')) navigation.preventDefault();
        });
      });
    });
    await page.evaluate((url) => {
      window.addEventListener('message', ({ data }) => (document.title = data));
      open(url, 'other', 'popup,width=320,height=240');
    }, `${site.otherOrigin}/card`);
    const opened = await app.window(`${site.otherOrigin}/card`);
    await opened.evaluate(() => {
      opener.postMessage('heard', '*');
      location.href = '/forbidden';
    });
    await page.waitForFunction(() => document.title === 'heard');
    await expect.poll(() => eventsNamed('did-create-window', 'will-navigate')).toEqual([
      { name: 'did-create-window', sharesSession: true, hasOpener: true },
      { name: 'will-navigate', url: `${site.otherOrigin}/card` },
      { name: 'will-navigate', url: `${site.otherOrigin}/forbidden` },
    ]);
    expect(site.asked).not.toContain('GET /forbidden');
    await inMain(({ windows }) => windows()[2]!.destroy());
    await expect.poll(() => opened.isClosed()).toBe(true);
  });

  it('to a download is announced and saves no file', async () => {
    const page = await openWindow(`${site.origin}/downloads`);
    await inMain(({ state, windows }) => {
      const { session } = windows()[1]!.webContents;
      session.once('will-download', (event, item) => {
        event.preventDefault();
        state.events.push({ name: 'will-download', url: item.getURL(), filename: item.getFilename(), state: item.getState() });
      });
    });
    await page.evaluate(() => {
      location.href = '/file';
    });
    await expect.poll(() => eventsNamed('will-download')).toEqual([
      { name: 'will-download', url: `${site.origin}/file`, filename: 'report.csv', state: 'cancelled' },
    ]);
    expect(addressOf(page)).toBe(`${site.origin}/downloads`);
  });
});

describe('a request filter', () => {
  /** Cancels requests with one of these words in them, and records all. */
  async function cancelInDefaultSession(...words: readonly string[]): Promise<void> {
    await inMain(({ electron, state }, forbidden) => {
      electron.session.defaultSession.webRequest.onBeforeRequest(({ url, resourceType, method, frame, webContentsId }, callback) => {
        state.events.push({ name: 'request', url, resourceType, method, frame: frame?.url ?? null, webContentsId });
        callback({ cancel: forbidden.some((word) => url.includes(word)) });
      });
    }, words);
  }

  it('sees and stops requests of the page, of subframes of another origin, of workers, and of sockets', async () => {
    await cancelInDefaultSession('from-', 'forbidden');
    const page = await openWindow(`${site.origin}/filtered`);
    const seen = await page.evaluate(async (otherOrigin) => {
      const socket = (path: string): Promise<string> =>
        new Promise((resolve) => {
          const webSocket = new WebSocket(path);
          webSocket.addEventListener('open', () => resolve('open'));
          webSocket.addEventListener('error', () => resolve('refused'));
        });
      const ofPage = await fetch('/from-page').catch((error: unknown) => (error as Error).message);
      const worker = await new Promise((resolve) => {
        new Worker('/worker.js').addEventListener('message', (event) => resolve(event.data));
      });
      const sockets = [await socket('/socket-forbidden'), await socket('/socket')];
      await new Promise((resolve) => {
        const frame = document.createElement('iframe');
        frame.addEventListener('load', resolve);
        frame.src = `${otherOrigin}/nested`;
        document.body.append(frame);
      });
      return { page: ofPage, worker, sockets };
    }, site.otherOrigin);
    expect(seen).toEqual({ page: 'Failed to fetch', worker: 'cancelled', sockets: ['refused', 'open'] });
    const requestOf = async (path: string): Promise<unknown> =>
      (await eventsNamed('request')).find((event) => (event.url as string).endsWith(path));
    await expect.poll(() => requestOf('/from-nested')).toMatchObject({ resourceType: 'xhr', frame: `${site.otherOrigin}/nested` });
    expect(await requestOf('/filtered')).toMatchObject({ resourceType: 'mainFrame', method: 'GET', webContentsId: expect.any(Number) });
    expect(await requestOf('/nested')).toMatchObject({ resourceType: 'subFrame' });
    expect(await requestOf('/socket')).toMatchObject({ resourceType: 'webSocket' });
    expect(site.asked.filter((line) => line.includes('from-') || line.includes('forbidden'))).toEqual([]);
    expect(site.asked).toContain('WEBSOCKET /socket');
  });

  it('stops a document, and each step of a redirect', async () => {
    await cancelInDefaultSession('redirected');
    const outcome = await inMain(({ electron }, url) => {
      const window = new electron.BrowserWindow({ show: false });
      return window.loadURL(url).catch((error: unknown) => (error as { code: string }).code);
    }, `${site.origin}/redirect`);
    expect(outcome).toBe('ERR_BLOCKED_BY_CLIENT');
    expect(site.asked).not.toContain('GET /redirected');
  });

  it('is asked only about its own addresses, and only by its own session', async () => {
    await inMain(({ electron, state }) => {
      electron.session.fromPartition('a').webRequest.onBeforeRequest({ urls: ['*://*/only*'] }, ({ url }, callback) => {
        state.events.push({ name: 'asked', url });
        callback({});
      });
    });
    const page = await openWindow(`${site.origin}/elsewhere`, { webPreferences: { partition: 'a' } });
    await page.evaluate(() => fetch('/only-this'));
    const other = await openWindow(`${site.origin}/third`);
    await other.evaluate(() => fetch('/only-that'));
    expect(await eventsNamed('asked')).toEqual([{ name: 'asked', url: `${site.origin}/only-this` }]);
  });

  it('changes headers, and leaves preflights to the server', async () => {
    await inMain(({ electron }) => {
      const { webRequest } = electron.session.defaultSession;
      webRequest.onBeforeSendHeaders(({ requestHeaders }, callback) => {
        callback({ requestHeaders: { ...requestHeaders, 'x-added': 'by main' } });
      });
      webRequest.onHeadersReceived(({ responseHeaders, statusCode }, callback) => {
        callback({ responseHeaders: { ...responseHeaders, 'x-status': [String(statusCode)], 'access-control-expose-headers': ['*'] } });
      });
    });
    const page = await openWindow(`${site.origin}/headers`);
    const seen = await page.evaluate(async (otherOrigin) => {
      const response = await fetch(`${otherOrigin}/cors`, { method: 'PUT', headers: { 'x-own': '1' } });
      return [await response.text(), response.headers.get('x-status')];
    }, site.otherOrigin);
    expect(seen).toEqual(['by main', '200']);
    expect(site.asked.filter((line) => line.endsWith('/cors'))).toEqual(['OPTIONS /cors', 'PUT /cors']);
  });
});

describe('a permission', () => {
  const askForAll = (page: Page): Promise<unknown> =>
    page.evaluate(async () => {
      const query = (name: string): Promise<string> => navigator.permissions.query({ name: name as PermissionName }).then((status) => status.state);
      return {
        geolocation: await query('geolocation'),
        midi: await query('midi'),
        clipboard: await query('clipboard-read'),
        notifications: await Notification.requestPermission(),
        camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'granted', (error: unknown) => (error as Error).name),
      };
    });

  const GRANTED = { geolocation: 'granted', midi: 'granted', clipboard: 'granted', notifications: 'granted' };
  const DENIED = { geolocation: 'denied', midi: 'denied', clipboard: 'denied', notifications: 'denied' };

  it('is granted to every page where there is no handler, as in Electron', async () => {
    expect(await askForAll(await openWindow(`${site.otherOrigin}/asks`))).toMatchObject(GRANTED);
  });

  it('is denied by handlers that deny, also when they come later', async () => {
    const page = await openWindow(`${site.otherOrigin}/first`, { webPreferences: { partition: 'denying' } });
    expect(await askForAll(page)).toMatchObject(GRANTED);
    await inMain(({ electron }) => {
      const session = electron.session.fromPartition('denying');
      session.setPermissionCheckHandler(() => false);
      session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
    });
    const later = await openWindow(`${site.otherOrigin}/later`, { webPreferences: { partition: 'denying' } });
    expect(await askForAll(later)).toMatchObject(DENIED);
    const answer = later.evaluate(
      () =>
        new Promise((resolve) => {
          navigator.geolocation.getCurrentPosition(() => resolve('granted'), (error) => resolve(error.code === error.PERMISSION_DENIED));
        }),
    );
    expect(await answer).toBe(true);
  });

  describe('A-19: that one handler of window-security.ts was to refuse', () => {
    const source = readFileSync(join(import.meta.dirname, '../../main/shell/window-security.ts'), 'utf8');
    const without = (handler: string | null) => (handler === null ? source : source.replace(new RegExp(String.raw`^  session\.${handler}\((?:.*\);\n|.*\{\n[\s\S]*?^  \}\);\n)`, 'mu'), ''));

    /** S-12 for a window whose session was secured by a copy of window-security.ts. */
    async function seenOf(copy: string): Promise<{ readonly permissions: readonly string[]; readonly devices: number }> {
      const file = join(newFolder(), 'window-security.mts');
      writeFileSync(file, copy);
      await inMain(({ electron }, path) => {
        const { secureSession } = process.getBuiltinModule('node:module').createRequire(path)(path) as typeof WindowSecurity;
        secureSession(electron.session.fromPartition(path), { role: 'copy', origin: () => '', mayRequest: () => true }, () => undefined);
      }, file);
      const before = (await devicesGranted(app)).granted.length;
      const page = await openWindow(`${site.otherOrigin}/copy`, { webPreferences: { partition: file } });
      return { permissions: await grantedTo(page.mainFrame()), devices: (await devicesGranted(app)).granted.length - before };
    }

    it('is refused while all three are there', async () => {
      expect(await seenOf(without(null))).toEqual({ permissions: [], devices: 0 });
    });

    it.each(['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler'])('is seen by S-12 without %s', async (handler) => {
      expect(without(handler)).not.toBe(source);
      const seen = await seenOf(without(handler));
      expect(seen).not.toEqual({ permissions: [], devices: 0 });
      expect(handler === 'setDevicePermissionHandler' ? seen.devices : seen.permissions.length).toBeGreaterThan(2);
    });
  });

  it('is decided by the handlers', async () => {
    await inMain(({ electron, state }) => {
      const session = electron.session.fromPartition('granting');
      session.setPermissionCheckHandler((_contents, permission, origin) => {
        state.events.push({ name: 'check', permission, origin });
        return permission !== 'midi';
      });
      session.setPermissionRequestHandler((_contents, permission, callback, details) => {
        state.events.push({ name: 'request', permission, url: details.requestingUrl });
        callback(permission === 'geolocation');
      });
    });
    const page = await openWindow(`${site.otherOrigin}/granted`, { webPreferences: { partition: 'granting' } });
    expect(await askForAll(page)).toMatchObject({ geolocation: 'granted', midi: 'denied', notifications: 'denied', clipboard: 'denied' });
    const events = await eventsNamed('check', 'request');
    expect(events).toContainEqual({ name: 'check', permission: 'midi', origin: `${site.otherOrigin}/` });
    expect(events).toContainEqual({ name: 'request', permission: 'geolocation', url: `${site.otherOrigin}/granted` });
    expect(events).not.toContainEqual(expect.objectContaining({ name: 'request', permission: 'midi' }));
  });
});
