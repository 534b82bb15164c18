import type { Page } from 'playwright';
import type * as Electron from 'electron';
import { afterEach, describe, expect, it } from 'vitest';
import { app, till, inMain, inWholeBrowser, site, withApp, openWindow, eventsNamed } from './fixture.ts';

inWholeBrowser();
withApp();

describe('a window', () => {
  it('is shown, hidden and focused, and loses the focus to another', async () => {
    await inMain(({ state, windows }) => {
      const [first] = windows();
      first!.focus();
      for (const name of ['show', 'hide', 'focus', 'blur'] as const) first!.on(name as 'show', () => state.events.push({ name }));
    });
    const second = await openWindow(`${site.origin}/second`, { show: false });
    expect(await app.isVisible(till)).toBe(true);
    expect(await app.isVisible(second)).toBe(false);
    expect(await Promise.all([till, second].map((page) => page.evaluate(() => [document.hasFocus(), document.visibilityState])))).toEqual([
      [true, 'visible'],
      [false, 'visible'],
    ]);
    await inMain(({ windows }) => windows()[1]!.show());
    expect(await app.isVisible(second)).toBe(true);
    await expect.poll(() => Promise.all([till, second].map((page) => page.evaluate(() => document.hasFocus())))).toEqual([false, true]);
    const focused = await inMain(({ electron, windows }) => {
      const [first, other] = windows();
      const before = electron.BrowserWindow.getFocusedWindow() === other;
      first!.hide();
      first!.show();
      return [before, electron.BrowserWindow.getFocusedWindow() === first, other!.isFocused()];
    });
    expect(focused).toEqual([true, true, false]);
    expect((await eventsNamed('show', 'hide', 'focus', 'blur')).map((event) => event.name)).toEqual(['blur', 'hide', 'show', 'focus']);
  });

  it('runs and paints while it is hidden', async () => {
    const hidden = await openWindow(`${site.origin}/hidden`, { show: false });
    const frames = await hidden.evaluate(
      () =>
        new Promise((resolve) => {
          let count = 0;
          const next = (): void => {
            count += 1;
            if (count === 3) resolve(count);
            else requestAnimationFrame(next);
          };
          next();
        }),
    );
    expect(frames).toBe(3);
  });

  it('is typed into by a test, also into a field of another origin', async () => {
    for (const partition of ['', 'a']) {
      const page = await openWindow(`${site.origin}/drive-${partition}`, { webPreferences: { partition } });
      await page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src })), `${site.otherOrigin}/card`);
      const card = page.frameLocator('iframe').locator('#card');
      await card.click();
      await page.keyboard.type('4242 4242');
      await expect.poll(() => card.inputValue()).toBe('4242 4242');
      await page.locator('#here').fill('here');
      await page.locator('#here').press('Tab');
      await page.keyboard.type('!');
      await expect.poll(() => card.inputValue()).toContain('!');
      expect((await page.screenshot()).length).toBeGreaterThan(1000);
    }
  });

  it('has the size it was given', async () => {
    expect(await till.evaluate(() => [innerWidth, innerHeight])).toEqual([640, 480]);
    const sizes = await inMain(({ windows }) => {
      const [first] = windows();
      first!.setSize(500, 400);
      return [first!.getSize(), first!.getContentBounds().width];
    });
    expect(sizes).toEqual([[500, 400], 500]);
    await expect.poll(() => till.evaluate(() => [innerWidth, innerHeight])).toEqual([500, 400]);
  });

  it('is ready to show once it has painted', async () => {
    await expect.poll(() => inMain(({ state }) => (state.readyToShow ??= state.events.some((event) => event.name === 'ready-to-show')))).toBeDefined();
  });

  it('closes unless it is told not to, and cannot be used afterwards', async () => {
    const second = await openWindow(`${site.origin}/closing`);
    const stayed = await inMain(({ state, windows }) => {
      const window = windows()[1]!;
      let mayClose = false;
      window.on('close', (event) => {
        if (!mayClose) event.preventDefault();
      });
      window.on('closed', () => state.events.push({ name: 'closed' }));
      window.close();
      const open = !window.isDestroyed();
      mayClose = true;
      state.close = () => window.close();
      state.use = () => window.show();
      return open;
    });
    expect(stayed).toBe(true);
    expect(second.isClosed()).toBe(false);
    await inMain(({ state }) => (state.close as () => void)());
    await expect.poll(() => eventsNamed('closed')).toHaveLength(1);
    await expect.poll(() => second.isClosed()).toBe(true);
    expect(await inMain(({ windows }) => windows().length)).toBe(1);
    await expect(inMain(({ state }) => (state.use as () => void)())).rejects.toThrow('Object has been destroyed');
  });

  it('emits no event once it is destroyed, even if its page had begun one', async () => {
    await openWindow('app://till/other.html?talks', { webPreferences: { partition: 'till' } });
    const heard = await inMain(async ({ windows }) => {
      const window = windows().find((each) => each.webContents.getURL().endsWith('?talks'))!;
      const { webContents } = window;
      let afterwards = 0;
      const first = new Promise((resolve) => {
        webContents.on('console-message', () => {
          if (window.isDestroyed()) afterwards += 1;
          else window.destroy();
          resolve(null);
        });
      });
      const talk = webContents.executeJavaScript('for (let n = 0; n < 100; n += 1) console.log(n)').catch(() => undefined);
      await first;
      await talk;
      // By then Chromium has answered another window, and so has sent all messages about this one.
      await windows()[0]!.webContents.executeJavaScript('1');
      return afterwards;
    });
    expect(heard).toBe(0);
  });

  it('is refused with preferences less safe than the default', async () => {
    const unsafe = [
      { contextIsolation: false },
      { sandbox: false },
      { webSecurity: false },
      { nodeIntegration: true },
      { nodeIntegrationInSubFrames: true },
      { nodeIntegrationInWorker: true },
      { webviewTag: true },
      { allowRunningInsecureContent: true },
      { experimentalFeatures: true },
      { enableBlinkFeatures: 'CSSVariables' },
      { navigateOnDragDrop: true },
      { madeUp: true },
    ];
    const refusals = await inMain(({ electron }, all) =>
      all.map((webPreferences) => {
        try {
          return typeof new electron.BrowserWindow({ show: false, webPreferences });
        } catch (error) {
          return (error as Error).message;
        }
      }), unsafe);
    for (const [index, refusal] of refusals.entries()) expect(refusal).toContain(`webPreferences.${Object.keys(unsafe[index]!)[0]}`);
    expect(await inMain(({ windows }) => windows().length)).toBe(1);
  });

  it('shares cookies and storage with its partition, and with no other', async () => {
    const [one, same, other] = [
      await openWindow(`${site.origin}/one`, { webPreferences: { partition: 'a' } }),
      await openWindow(`${site.origin}/same`, { webPreferences: { partition: 'a' } }),
      await openWindow(`${site.origin}/other`, { webPreferences: { partition: 'b' } }),
    ];
    await one.evaluate(() => {
      document.cookie = 'who=one';
      localStorage.setItem('who', 'one');
    });
    const read = (page: Page): Promise<unknown> => page.evaluate(() => [document.cookie, localStorage.getItem('who')]);
    // Chromium tells the other processes of a change a moment later.
    await expect.poll(() => Promise.all([one, same, other].map(read))).toEqual([['who=one', 'one'], ['who=one', 'one'], ['', null]]);
    await inMain(({ electron }) => electron.session.fromPartition('a').clearStorageData());
    await expect.poll(() => read(same)).toEqual(['', null]);
  });

  it('reports that its renderer has crashed, and works again after a reload', async () => {
    const victim = await openWindow(`${site.origin}/victim`);
    await inMain(({ state, windows }) => {
      const { webContents } = windows()[1]!;
      webContents.on('render-process-gone', (_event, details) => {
        state.events.push({ name: 'gone', reason: details.reason });
        webContents.reload();
      });
      webContents.forcefullyCrashRenderer();
    });
    await expect.poll(() => eventsNamed('gone')).toEqual([{ name: 'gone', reason: 'crashed' }]);
    const again = await app.window(`${site.origin}/victim`);
    await expect.poll(() => again === victim || again.isClosed()).toBe(false);
    expect(await again.evaluate(() => window.fixture.invoke('sender'))).toMatchObject({ url: `${site.origin}/victim`, id: expect.any(Number) });
    expect(await inMain(({ windows }) => windows().length)).toBe(2);
  });

  it('reports why an address cannot be loaded', async () => {
    const failures = await inMain(async ({ electron, state }) => {
      const window = new electron.BrowserWindow({ show: false });
      window.webContents.on('did-fail-load', (_event, code, description) => state.events.push({ name: 'failed', code, description }));
      const error = await window.loadURL('http://127.0.0.1:9/').catch((reason: unknown) => reason as Error & { code: string; errno: number });
      return [error?.message, error?.code, error?.errno];
    });
    // Port 9 (discard) is one of those that Chromium itself refuses, in words of its own.
    expect(failures[0]).toMatch(/^ERR_\w+ \(-\d+\) loading 'http:\/\/127\.0\.0\.1:9\/'$/u);
    expect(await eventsNamed('failed')).toHaveLength(1);
  });
});

describe('a window with views', () => {
  /** A BaseWindow of 600 by 400 with two pages, one behind the other; `front` names which is in front. */
  const twoViews = async (): Promise<readonly [behind: Page, front: Page]> => {
    await inMain(async ({ electron, preload }) => {
      const window = new electron.BaseWindow({ width: 600, height: 400, title: 'two views' });
      window.setMenuBarVisibility(false);
      for (const name of ['behind', 'front']) {
        const view = new electron.WebContentsView({ webPreferences: { preload, partition: 'till' } });
        window.contentView.addChildView(view);
        view.setBounds(name === 'front' ? { x: 300, y: 0, width: 300, height: 400 } : { x: 0, y: 0, width: 600, height: 400 });
        await view.webContents.loadURL(`app://till/other.html?${name}`);
      }
    });
    return [await app.window('app://till/other.html?behind'), await app.window('app://till/other.html?front')];
  };
  /** In main: the window and its views, lowest first. */
  const rearrange = (action: (window: Electron.BaseWindow, views: readonly Electron.WebContentsView[]) => unknown): Promise<unknown> =>
    inMain(({ electron }, source) => {
      const window = electron.BaseWindow.getAllWindows().find((each) => each.getTitle() === 'two views')!;
      const act = process.getBuiltinModule('node:vm').runInThisContext(`(${source})`) as typeof action;
      return act(window, window.contentView.children as Electron.WebContentsView[]);
    }, action.toString());
  const seen = async (pages: readonly Page[]) => Promise.all(pages.map((page) => app.isVisible(page)));

  afterEach(async () => {
    await inMain(({ electron }) => {
      for (const window of electron.BaseWindow.getAllWindows()) {
        if (window.getTitle() !== 'two views') continue;
        const pages = window.contentView.children as Electron.WebContentsView[];
        window.destroy();
        for (const { webContents } of pages) webContents.close();
      }
    });
  });

  it('shows each page in the size of its view, the later over the earlier, and hides what is covered whole', async () => {
    const pages = await twoViews();
    const sizes = () => Promise.all(pages.map((page) => page.evaluate(() => [innerWidth, innerHeight])));
    expect(await sizes()).toEqual([[600, 400], [300, 400]]);
    expect(await seen(pages)).toEqual([true, true]);
    // Behind the other, which covers it: invisible, and still drawing.
    await rearrange((window, [, front]) => window.contentView.addChildView(front!, 0));
    expect(await seen(pages)).toEqual([true, false]);
    expect(await pages[1].evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(document.visibilityState))))).toBe('visible');
    await rearrange((window, [front]) => window.contentView.addChildView(front!));
    expect(await seen(pages)).toEqual([true, true]);
    await rearrange((_window, [, front]) => front!.setVisible(false));
    expect(await seen(pages)).toEqual([true, false]);
    await rearrange((window, [, front]) => window.contentView.removeChildView(front!));
    await rearrange((_window, [behind]) => behind!.setBounds({ x: 0, y: 0, width: 500, height: 300 }));
    expect(await sizes()).toEqual([[500, 300], [300, 400]]);
    await rearrange((window) => window.hide());
    expect(await seen(pages)).toEqual([false, false]);
  });

  it('is one picture for a person', async () => {
    const [behind, front] = await twoViews();
    await behind.evaluate(() => (document.documentElement.style.background = 'rgb(255, 0, 0)'));
    await front.evaluate(() => (document.documentElement.style.background = 'rgb(0, 0, 255)'));
    const colours = async () => {
      const png = (await app.screenshot(behind)).toString('base64');
      return behind.evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0)!);
        const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
        context.drawImage(picture, 0, 0);
        return [[picture.width, picture.height], ...[50, 550].map((x) => Array.from(context.getImageData(x, 380, 1, 1).data).slice(0, 3))];
      }, png);
    };
    expect(await colours()).toEqual([[600, 400], [255, 0, 0], [0, 0, 255]]);
    await rearrange((window, [, top]) => window.contentView.addChildView(top!, 0));
    expect(await colours()).toEqual([[600, 400], [255, 0, 0], [255, 0, 0]]);
  });

  it('gives the keyboard to one of its pages, takes it away with the view, and gives it back to the same when the window comes back', async () => {
    const pages = await twoViews();
    const focused = () => Promise.all(pages.map((page) => page.evaluate(() => document.hasFocus())));
    await rearrange((_window, [, front]) => front!.webContents.focus());
    await expect.poll(focused).toEqual([false, true]);
    await rearrange((window) => window.blur());
    await expect.poll(focused).toEqual([false, false]);
    await rearrange((window) => window.focus());
    await expect.poll(focused).toEqual([false, true]);
    // The other page does not get it by itself (electron/electron#22841).
    await rearrange((window, [, front]) => window.contentView.removeChildView(front!));
    await expect.poll(focused).toEqual([false, false]);
  });

  it('does not close its pages when it is closed: their creator closes them', async () => {
    const pages = await twoViews();
    expect(await rearrange(async (window, views) => {
      window.close();
      await new Promise<void>((resolve) => void window.once('closed', () => resolve()));
      const pagesOfViews = views.map(({ webContents }) => webContents);
      const isGone = () => pagesOfViews.map((each) => each.isDestroyed());
      const before = isGone();
      for (const each of pagesOfViews) each.close();
      return [before, isGone(), views.map((view) => typeof view.webContents)];
    })).toEqual([[false, false], [true, true], ['undefined', 'undefined']]);
    await expect.poll(() => pages.map((page) => page.isClosed())).toEqual([true, true]);
  });

  it('loses a strip at the top to the menu bar where the application has a menu, until it is told not to show it', async () => {
    await twoViews();
    const height = () => rearrange((window) => [window.isMenuBarVisible(), window.getContentBounds().height, window.contentView.getBounds().height]);
    await inMain(({ electron }) => electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate([{ label: 'Keys', submenu: [] }])));
    expect(await height()).toEqual([false, 400, 400]);
    await rearrange((window) => window.setMenuBarVisibility(true));
    expect(await height()).toEqual([true, 375, 375]);
    await inMain(({ electron }) => process.platform === 'darwin' || electron.Menu.setApplicationMenu(null));
  });

  it('has accelerators that work in a frame of another site too, after the page, and only when the page has not taken the key', async () => {
    await inMain(({ electron, state }) => {
      state.pressed = [];
      const note = (key: string) => () => (state.pressed as string[]).push(key);
      electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate([
        { label: 'Keys', visible: false, submenu: [{ label: 'Back', accelerator: 'Esc', visible: false, click: note('Esc') }, { label: 'First', accelerator: 'Alt+1', visible: false, click: note('Alt+1') }] },
      ]));
    });
    const page = await openWindow(`${site.origin}/accelerators`);
    await page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src })), `${site.otherOrigin}/card`);
    await page.frameLocator('iframe').locator('#card').waitFor();
    const pressed = () => inMain(({ state }) => state.pressed);
    const frame = page.frames().find((each) => each.url().endsWith('/card'))!;
    await frame.locator('input').click();
    for (const key of ['4', '1', 'Alt+1', 'Escape']) await page.keyboard.press(key);
    await expect.poll(pressed).toEqual(['Alt+1', 'Esc']);
    await page.evaluate(() => addEventListener('keydown', (event) => event.preventDefault()));
    await frame.evaluate(() => addEventListener('keydown', (event) => event.preventDefault()));
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+1');
    expect(await frame.locator('input').inputValue()).toBe('41');
    expect(await pressed()).toEqual(['Alt+1', 'Esc']);
    await inMain(({ electron }) => process.platform === 'darwin' || electron.Menu.setApplicationMenu(null));
  });

  it('presses an accelerator again and again while its key is held, and a page sees which presses are repeats', async () => {
    await inMain(({ electron, state }) => {
      state.pressed = [];
      electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate([{ label: 'Keys', visible: false, submenu: [{ label: 'Back', accelerator: 'Esc', visible: false, click: () => (state.pressed as string[]).push('Esc') }] }]));
    });
    const page = await openWindow(`${site.origin}/held`);
    await page.evaluate(() => {
      const repeats: boolean[] = [];
      addEventListener('keydown', ({ repeat }) => repeats.push(repeat));
      Object.assign(window, { repeats });
    });
    for (let press = 0; press < 3; press += 1) await page.keyboard.down('Escape');
    await page.keyboard.up('Escape');
    await inMain(({ windows }) => {
      const { webContents } = windows().at(-1)!;
      webContents.sendInputEvent({ type: 'keyDown', keyCode: 'Esc' });
      webContents.sendInputEvent({ type: 'keyDown', keyCode: 'Esc', modifiers: ['isautorepeat'] });
      webContents.sendInputEvent({ type: 'keyUp', keyCode: 'Esc' });
    });
    await expect.poll(() => inMain(({ state }) => state.pressed)).toEqual(Array.from({ length: 5 }, () => 'Esc'));
    expect(await page.evaluate(() => (window as unknown as { readonly repeats: readonly boolean[] }).repeats)).toEqual([false, true, true, false, true]);
    await inMain(({ electron }) => process.platform === 'darwin' || electron.Menu.setApplicationMenu(null));
  });

  it('has accelerators for plus, minus and 0, each with and without Shift as Electron counts it, and for the numeric block by names of its own', async () => {
    const names = ['Ctrl+Plus', 'Ctrl+=', 'Ctrl+-', 'Ctrl+0', 'Ctrl+numadd', 'Ctrl+numsub', 'Ctrl+num0'];
    await inMain(
      ({ electron, state }, accelerators) => {
        state.pressed = [];
        const submenu = accelerators.map((accelerator) => ({ label: accelerator, accelerator, visible: false, click: () => (state.pressed as string[]).push(accelerator) }));
        electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate([{ label: 'Keys', visible: false, submenu }]));
      },
      names,
    );
    const page = await openWindow(`${site.origin}/signs`);
    const keys = ['Control+Shift+Equal', 'Control+Equal', 'Control+Minus', 'Control+Digit0', 'Control+NumpadAdd', 'Control+NumpadSubtract', 'Control+Numpad0', 'Control+Shift+Minus', 'Equal'];
    for (const key of keys) await page.keyboard.press(key);
    // Numpad0 without NumLock is Insert.
    await expect.poll(() => inMain(({ state }) => state.pressed)).toEqual(names.slice(0, -1));
    await inMain(({ electron }) => process.platform === 'darwin' || electron.Menu.setApplicationMenu(null));
  });
});
