import { describe, expect, it } from 'vitest';
import { addressOf } from './driver.ts';
import { app, till, inMain, site, withApp, openWindow, eventsNamed } from './fixture.ts';

withApp();

// First: later tests load other addresses.
describe("the app's own scheme, from the start on", () => {
  it('is in every URL that main sees', async () => {
    const seen = await inMain(({ state, windows }) => ({
      url: windows()[0]!.webContents.getURL(),
      frame: windows()[0]!.webContents.mainFrame.origin,
      requests: state.requests.map((request) => new URL(request.url).pathname).toSorted(),
      schemes: [...new Set(state.requests.map((request) => new URL(request.url).protocol))],
    }));
    expect(seen).toEqual({
      url: 'app://till/index.html?from=main#top',
      frame: 'app://till',
      requests: ['/desk.html', '/index.html', '/index.js'],
      schemes: ['app:'],
    });
    expect(addressOf(till)).toBe('app://till/index.html?from=main#top');
  });
});

describe('a preload and its page', () => {
  it('run in two worlds, the preload before the first script of the page', async () => {
    expect(await till.evaluate(() => window.early)).toBe('object undefined undefined undefined undefined');
    expect(await till.evaluate(() => window.fixture.documentAtPreload)).toBe('loading');
    expect(await till.evaluate(() => window.fixture.invoke('sender'))).toMatchObject({ origin: 'app://till', parent: null, isMainFrame: true });
    expect(await till.evaluate(() => window.fixture.process)).toMatchObject({ argv: ['--till=7'], type: 'renderer', sandboxed: true });
  });

  it('are under the policy that the scheme handler sends', async () => {
    expect(await till.evaluate(() => window.inlineRan)).toBeUndefined();
  });

  it('share an API that the page can call but not change', async () => {
    const seen = await till.evaluate(() => {
      'use strict';
      const attempt = (action: () => unknown): unknown => {
        try {
          return action();
        } catch (error) {
          return (error as Error).name;
        }
      };
      return {
        sum: window.fixture.sum(2, 3),
        deep: window.fixture.nested.deep(),
        list: window.fixture.nested.list,
        callback: window.fixture.callBack((value) => value * 2),
        replaced: attempt(() => ((window as { fixture: unknown }).fixture = 1)),
        changed: attempt(() => ((window.fixture.nested as { deep: unknown }).deep = 1)),
        frozen: Object.isFrozen(window.fixture) && Object.isFrozen(window.fixture.nested.list),
      };
    });
    expect(seen).toEqual({
      sum: 5,
      deep: 'deep',
      list: [1, { two: 2 }],
      callback: 41,
      replaced: 'TypeError',
      changed: 'TypeError',
      frozen: true,
    });
  });

  it('pass errors and promises to each other as Electron does', async () => {
    const seen = await till.evaluate(async () => {
      const { value, again } = await window.fixture.later({ a: [1] });
      let thrown = '';
      try {
        window.fixture.throws();
      } catch (error) {
        thrown = `${(error as Error).name}: ${(error as Error).message}, ${String(error instanceof Error)}`;
      }
      const rejected = await window.fixture.rejects().catch((error: unknown) => (error as Error).message);
      return { value, again: again(), thrown, rejected };
    });
    expect(seen).toEqual({ value: { a: [1] }, again: { a: [1] }, thrown: 'Error: nope, true', rejected: 'not today' });
  });

  it('refuse what a sandboxed preload cannot do, and what the stand-in lacks', async () => {
    const seen = await till.evaluate(() => [
      window.fixture.sendSync(),
      window.fixture.missing(),
      window.fixture.requireFs(),
      window.fixture.exposeTwice(),
    ]);
    expect(seen).toEqual([
      expect.stringContaining('ipcRenderer.sendSync is not in the Chromium host'),
      expect.stringContaining('ipcRenderer.postMessage is not in the Chromium host'),
      'module not found: fs',
      'Cannot bind an API on top of an existing property on the window object',
    ]);
  });

  it("hear main's errors in Electron's words", async () => {
    const messages = await till.evaluate(() => {
      const failures = [
        window.fixture.invoke('fail'),
        window.fixture.invoke('nobody'),
        window.fixture.invoke('unclonable'),
        window.fixture.invoke('echo', () => 1),
      ];
      return Promise.all(failures.map((failure) => failure.catch((error: unknown) => (error as Error).message)));
    });
    // The function is refused by the preload's own world only where it is not a proxy: here the bridge has made it one.
    expect(messages).toEqual([
      "Error invoking remote method 'fail': RangeError: no stock",
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
      "Error invoking remote method 'unclonable': Error: An object could not be cloned.",
      'An object could not be cloned.',
    ]);
    expect(app.output).toContain("Error occurred in handler for 'fail': RangeError: no stock");
  });

  it('exchange structured clones with main', async () => {
    const seen = await till.evaluate(async () => {
      const cyclic: Record<string, unknown> = { name: 'cyclic' };
      cyclic.self = cyclic;
      const sent = {
        date: new Date(5),
        map: new Map<unknown, unknown>([['a', new Set([1])]]),
        bytes: new Uint8Array([1, 2, 250]),
        floats: new Float64Array([0.5]),
        big: 10n,
        nothing: undefined,
        notANumber: Number.NaN,
        minusZero: -0,
        error: new RangeError('too much'),
        pattern: /a+/gi,
        sparse: [1, , 3], // oxlint-disable-line no-sparse-arrays
        text: 'ü€😀',
      };
      const got = (await window.fixture.invoke('echo', sent)) as typeof sent;
      return {
        date: got.date instanceof Date && got.date.getTime(),
        map: [...(got.map.get('a') as Set<number>)],
        bytes: got.bytes instanceof Uint8Array && [...got.bytes],
        floats: got.floats instanceof Float64Array && [...got.floats],
        big: got.big === 10n,
        nothing: 'nothing' in got && typeof got.nothing,
        notANumber: Number.isNaN(got.notANumber),
        minusZero: Object.is(got.minusZero, -0),
        error: got.error instanceof Error && got.error.message,
        pattern: String(got.pattern),
        sparse: [got.sparse.length, 1 in got.sparse],
        text: got.text,
      };
    });
    expect(seen).toEqual({
      date: 5,
      map: [1],
      bytes: [1, 2, 250],
      floats: [0.5],
      big: true,
      nothing: 'undefined',
      notANumber: true,
      minusZero: true,
      error: 'too much',
      pattern: '/a+/gi',
      sparse: [3, false],
      text: 'ü€😀',
    });
  });

  it('get main’s messages until they stop listening', async () => {
    const heard = till.evaluate(
      () =>
        new Promise((resolve) => {
          const calls: unknown[] = [];
          window.fixture.once('tick', () => calls.push('once'));
          const stop = window.fixture.on('tick', (count) => {
            calls.push(count);
            if (count === 2) stop();
            if (count === 2) window.fixture.send('told', 'two');
          });
          window.fixture.once('answer', (word, map) => resolve([calls, word, [...(map as Map<string, bigint>)].map(String)]));
          window.fixture.send('told', 'ready');
          window.fixture.once('done', () => resolve(calls));
        }),
    );
    await expect.poll(() => eventsNamed('told')).toHaveLength(1);
    expect(await heard).toEqual([[], 'heard', ['n,1']]);
    const counted = till.evaluate(
      () =>
        new Promise((resolve) => {
          const calls: unknown[] = [];
          window.fixture.once('tick', () => calls.push('once'));
          const stop = window.fixture.on('tick', (count) => {
            calls.push(count);
            if (count === 2) stop();
          });
          window.fixture.once('done', () => resolve(calls));
          document.title = 'listening';
        }),
    );
    await expect.poll(() => till.title()).toBe('listening');
    await inMain(({ windows }) => {
      for (const count of [1, 2, 3]) windows()[0]!.webContents.send('tick', count);
      windows()[0]!.webContents.send('done');
    });
    expect(await counted).toEqual(['once', 1, 2]);
  });

  it('do not exist in subframes, of their own origin or another', async () => {
    const page = await openWindow(`${site.origin}/framed`);
    await page.evaluate(async (other) => {
      const load = (attributes: Partial<HTMLIFrameElement>): Promise<void> =>
        new Promise((resolve) => {
          const frame = Object.assign(document.createElement('iframe'), attributes);
          frame.addEventListener('load', () => resolve());
          document.body.append(frame);
        });
      await load({ src: '/same' });
      await load({ src: `${other}/card` });
      await load({ srcdoc: 'written' });
    }, site.otherOrigin);
    const frames = page.frames().slice(1);
    expect(frames).toHaveLength(3);
    for (const frame of frames) {
      const globals = await frame.evaluate(() => [typeof window.fixture, Object.keys(window).filter((key) => key.includes('ounterHost'))]);
      expect(globals).toEqual(['undefined', []]);
    }
    const sender = await page.evaluate(() => window.fixture.invoke('sender'));
    expect(sender).toMatchObject({ url: `${site.origin}/framed`, origin: site.origin, parent: null, isMainFrame: true });
    const tree = await inMain(({ windows }) =>
      windows()[1]!.webContents.mainFrame.framesInSubtree.map((frame) => [frame.url, frame.origin, frame.parent?.url ?? null]),
    );
    expect(tree).toEqual([
      [`${site.origin}/framed`, site.origin, null],
      [`${site.origin}/same`, site.origin, `${site.origin}/framed`],
      [`${site.otherOrigin}/card`, site.otherOrigin, `${site.origin}/framed`],
      ['about:srcdoc', site.origin, `${site.origin}/framed`],
    ]);
  });

  it('exist again after a reload', async () => {
    await till.reload();
    expect(await till.evaluate(() => window.fixture.invoke('echo', 7))).toBe(7);
    await inMain(({ windows }) => windows()[0]!.webContents.reload());
    await expect.poll(() => till.evaluate(() => window.fixture.invoke('echo', 8)).catch(() => 'reloading')).toBe(8);
  });
});

describe("the app's own scheme", () => {
  it('carries methods, bodies, redirects and failures', async () => {
    const seen = await till.evaluate(async () => {
      const posted = await fetch('/nowhere', { method: 'POST', body: 'price=1€' });
      const moved = await fetch('/moved');
      const broken = await fetch('/broken').catch((error: unknown) => (error as Error).message);
      return [posted.status, moved.redirected && (await moved.text()).includes('Other page'), broken];
    });
    expect(seen).toEqual([404, true, 'Failed to fetch']);
    const posted = await inMain(({ state }) => state.requests.find((request) => request.method === 'POST'));
    expect(posted).toEqual({ url: 'app://till/nowhere', method: 'POST', body: 'price=1€' });
  });

  it('is known only to the session that handles it, and can be declared only before the app is ready', async () => {
    const [elsewhere, tooLate] = await inMain(async ({ electron }) => {
      const window = new electron.BrowserWindow({ show: false, webPreferences: { partition: 'other' } });
      const failure = await window.loadURL('app://till/index.html').catch((error: unknown) => (error as { code: string }).code);
      try {
        electron.protocol.registerSchemesAsPrivileged([]);
        return [failure, ''];
      } catch (error) {
        return [failure, (error as Error).message];
      }
    });
    expect(elsewhere).toMatch(/^ERR_/u);
    expect(tooLate).toContain('before app is ready');
  });
});
