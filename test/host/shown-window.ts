import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rectangle } from 'electron';
import type { CdpSession, Protocol } from './cdp-connection.ts';
import { type ChromiumProcess, startChromium } from './chromium-process.ts';
import { debugLog, hostSettings } from './host-settings.ts';
import type { RenderedPage } from './rendered-page.ts';
import { BINDING, PAGE_NAME, type PersonInput, type Question, type ShownWindowPage, shownWindowScript, shownWindowUrl } from './shown-window-page.ts';
import type { WebContents } from './web-contents.ts';

/** The shown pages of a window, lowest first, and the changes that a person makes. */
export type ShownParts = {
  readonly title: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly pages: () => readonly { readonly contents: WebContents; readonly bounds: Rectangle; readonly isSeen: boolean }[];
  /** The page with the keyboard. */
  readonly keyboard: () => WebContents | null;
  readonly resized: (width: number, height: number) => void;
  /** The person has closed it. */
  readonly closed: () => void;
};

type Watched = { readonly page: RenderedPage; readonly stop: () => void };

const icon = readFileSync(join(import.meta.dirname, '../../packaging/icon.svg'), 'utf8');

/**
 * A window on the screen of this PC, for a person: an app window of a Chromium of its own, without a tab or an address bar, in which the pages of the
 * stand-in's window are drawn over each other as they change, and which gives them the person's mouse and keys. The pages themselves live where
 * they live in the tests.
 */
export class ShownWindow {
  readonly #parts: ShownParts;
  readonly #chromium: ChromiumProcess;
  readonly #ready: Promise<CdpSession>;
  readonly #watched = new Map<WebContents, Watched>();
  #windowId: number | undefined;
  #asked: { readonly cancelId: number; readonly answer: (button: number) => void }[] = [];
  /** A button that is held down belongs to the page on which it was pressed. */
  #pressed: { readonly contents: WebContents; readonly bounds: Rectangle } | null = null;
  #isOver = false;

  constructor(parts: ShownParts) {
    this.#parts = parts;
    this.#chromium = startChromium({ appWindow: { url: shownWindowUrl(parts.title, icon), ...parts.size }, debuggingPort: hostSettings.screenPort, chromiumArguments: hostSettings.chromiumArguments });
    this.#ready = this.#open();
    this.#ready.catch((error: unknown) => debugLog('the window on the screen is gone:', error));
    void this.#chromium.ended.then(() => this.#gone());
  }

  /** Called after every change of the window's content. */
  layOut(): void {
    const seen = this.#parts.pages().filter(({ isSeen }) => isSeen);
    this.#call('layOut', seen.map(({ contents, bounds }) => ({ id: contents.id, ...bounds })));
    for (const [contents, { stop }] of this.#watched) {
      if (seen.some((page) => page.contents === contents)) continue;
      stop();
      this.#watched.delete(contents);
    }
    for (const { contents } of seen) contents.host.withPage((page) => this.#watch(contents, page));
  }

  setState(windowState: 'normal' | 'maximized' | 'fullscreen'): void {
    void this.#ready.then(() => this.#chromium.connection.root.sendIfAlive('Browser.setWindowBounds', { windowId: this.#windowId!, bounds: { windowState } }));
  }

  /** The button that the person presses. */
  ask(question: Question): Promise<number> {
    return new Promise((resolve) => {
      this.#asked.push({ cancelId: question.cancelId, answer: resolve });
      this.#call('ask', question);
    });
  }

  close(): void {
    this.#isOver = true;
    for (const { stop } of this.#watched.values()) stop();
    this.#watched.clear();
    this.#chromium.kill();
  }

  async #open(): Promise<CdpSession> {
    const { root } = this.#chromium.connection;
    const targetId = await firstPage(root);
    const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: true });
    const session = root.child(sessionId);
    session.on('Runtime.bindingCalled', ({ payload }) => this.#receive(JSON.parse(payload) as PersonInput));
    root.on('Target.targetDestroyed', (gone) => {
      if (gone.targetId === targetId) this.#gone();
    });
    await root.send('Target.setDiscoverTargets', { discover: true });
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: BINDING });
    this.#windowId = (await root.send('Browser.getWindowForTarget', { targetId })).windowId;
    await untilLoaded(session);
    await session.send('Runtime.evaluate', { expression: shownWindowScript() });
    return session;
  }

  /** The X of the window. The app may want to ask first, and then shows the window again. */
  #gone(): void {
    if (this.#isOver) return;
    this.close();
    for (const { answer, cancelId } of this.#asked.splice(0)) answer(cancelId);
    this.#parts.closed();
  }

  #call<Name extends keyof ShownWindowPage>(name: Name, ...args: Parameters<ShownWindowPage[Name]>): void {
    const expression = `${PAGE_NAME}.${name}(${args.map((argument) => JSON.stringify(argument)).join(', ')})`;
    this.#ready.then((session) => session.sendIfAlive('Runtime.evaluate', { expression }), () => undefined);
  }

  #watch(contents: WebContents, page: RenderedPage): void {
    const before = this.#watched.get(contents);
    if (before?.page === page || this.#isOver) return;
    before?.stop();
    this.#watched.set(contents, { page, stop: page.watch((jpeg) => this.#call('draw', contents.id, jpeg)) });
  }

  #receive(input: PersonInput): void {
    switch (input.kind) {
      case 'size':
        this.#parts.resized(input.width, input.height);
        break;
      case 'answer':
        this.#asked.shift()?.answer(input.button);
        break;
      case 'text':
        this.#parts.keyboard()?.host.withPage((page) => page.input.insertText(input.text));
        break;
      case 'key': {
        const { kind: _kind, ...event } = input;
        this.#parts.keyboard()?.host.withPage((page) => page.input.typeAsPerson(event));
        break;
      }
      case 'mouse':
      case 'wheel':
        this.#point(input);
        break;
    }
  }

  #point(input: Extract<PersonInput, { readonly kind: 'mouse' | 'wheel' }>): void {
    const at = this.#pressed ?? this.#pageAt(input.x, input.y);
    if (at === null) return;
    const place = { x: input.x - at.bounds.x, y: input.y - at.bounds.y, modifiers: input.modifiers };
    const event: Protocol.Input.dispatchMouseEventParameters =
      input.kind === 'wheel'
        ? { ...place, type: 'mouseWheel', deltaX: input.deltaX, deltaY: input.deltaY }
        : { ...place, type: input.type, button: input.button, buttons: input.buttons, clickCount: input.clickCount };
    if (event.type === 'mousePressed') {
      this.#pressed = at;
      at.contents.focus();
    }
    if (event.type === 'mouseReleased') this.#pressed = null;
    at.contents.host.withPage((page) => page.input.dispatchMouse(event));
  }

  #pageAt(x: number, y: number): { readonly contents: WebContents; readonly bounds: Rectangle } | null {
    const holds = ({ bounds }: { readonly bounds: Rectangle }) => x >= bounds.x && y >= bounds.y && x < bounds.x + bounds.width && y < bounds.y + bounds.height;
    return this.#parts.pages().findLast((page) => page.isSeen && holds(page)) ?? null;
  }
}

/** The page of the app window, as soon as there is one. */
async function firstPage(root: CdpSession): Promise<string> {
  const found = Promise.withResolvers<string>();
  root.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.type === 'page') found.resolve(targetInfo.targetId);
  });
  await root.send('Target.setDiscoverTargets', { discover: true });
  return found.promise;
}

/** The window begins with an empty document. */
async function untilLoaded(session: CdpSession): Promise<void> {
  for (;;) {
    const { result } = await session.send('Runtime.evaluate', { expression: "location.protocol === 'data:' && document.readyState === 'complete'" });
    if (result.value === true) return;
    await sleep(20);
  }
}
