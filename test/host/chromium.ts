import type { CdpSession, Protocol } from './cdp-connection.ts';
import { borrowChromium, startChromium } from './chromium-process.ts';
import { debugLog, hostSettings } from './host-settings.ts';

type TargetInfo = Protocol.Target.TargetInfo;

export type NewPage = { readonly targetId: string; readonly session: CdpSession };

export type PageRequest = {
  readonly contextId: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** Frames, workers and pages; not the windows' own toolbars, which are targets as well. */
const followedTargets = [
  { type: 'browser', exclude: true },
  { type: 'browser_ui', exclude: true },
  { type: 'tab', exclude: true },
  {},
];

/** Every target waits for the client that attaches to it, so that no code runs in it before the stand-in is set up. */
export const followTargets = {
  autoAttach: true,
  waitForDebuggerOnStart: true,
  flatten: true,
  filter: followedTargets,
} as const satisfies Protocol.Target.setAutoAttachParameters;

/** The app's own, with the fields that a driver needs. */
const own = hostSettings.borrowedChromium === undefined ? startChromium(hostSettings) : null;

/** The one Chromium, and the owners of its targets. It is started, or joined, by the first import of this module. */
class Chromium {
  readonly #link = own ?? borrowChromium(hostSettings.borrowedChromium!);
  readonly own: typeof own = own;
  readonly root: CdpSession = this.#link.connection.root;
  readonly ended: Promise<void> = this.#link.ended;
  readonly lastWords: () => string = this.#link.lastWords;
  readonly ready: Promise<void>;
  /** "156.0.8078.79", when it is ready. */
  version = '';
  readonly #sessions = new Map<string, CdpSession>();
  readonly #waiting = new Map<string, (session: CdpSession) => void>();
  readonly #opening = new Set<Promise<unknown>>();
  readonly #ours = new Set<string>();
  /** The pages that may open a window now, by target, and the receiver of the new page. */
  readonly #allowedWindows = new Map<string, (page: NewPage) => void>();
  /** Workers that several pages share, by target: their requests name no frame of any page. */
  readonly #contextsOfWorkers = new Map<string, string>();

  constructor() {
    this.root.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const session = this.root.child(sessionId);
      if (targetInfo.type === 'page') void this.#attachPage(targetInfo, session);
      else this.#attachWorker(targetInfo, session);
    });
    this.ready = Promise.all([this.root.send('Browser.getVersion'), this.root.send('Target.setAutoAttach', followTargets)]).then(([{ product }]) => {
      this.version = product.split('/')[1]!;
      debugLog('Chromium is up:', product);
    });
  }

  /** A page without a document, which runs nothing until its session is told to (`Runtime.runIfWaitingForDebugger`). */
  async openPage({ contextId, ...bounds }: PageRequest): Promise<NewPage> {
    // Nothing gets the focus by being created; BrowserWindow decides.
    const target = { url: 'about:blank', browserContextId: contextId, newWindow: true, background: true, ...bounds };
    const creating = this.root.send('Target.createTarget', target).then((created) => {
      this.#ours.add(created.targetId);
      return created.targetId;
    });
    this.#opening.add(creating);
    const targetId = await creating.finally(() => this.#opening.delete(creating));
    const session = this.#sessions.get(targetId);
    if (session !== undefined) return { targetId, session };
    return new Promise((resolve) => {
      this.#waiting.set(targetId, (attached) => resolve({ targetId, session: attached }));
    });
  }

  /** The app's handler has allowed the window that this page is opening: `take` gets its page, which runs nothing until it is told to. */
  allowWindow(openerTargetId: string, take: (page: NewPage) => void): void {
    this.#allowedWindows.set(openerTargetId, take);
  }

  closePage(targetId: string): void {
    this.root.sendIfAlive('Target.closeTarget', { targetId });
  }

  contextOfWorker(targetId: string): string | undefined {
    return this.#contextsOfWorkers.get(targetId);
  }

  async #attachPage({ targetId, url, openerId = '' }: TargetInfo, session: CdpSession): Promise<void> {
    this.#sessions.set(targetId, session);
    this.#waiting.get(targetId)?.(session);
    // Whether it belongs to the app is known once every requested page has its id.
    await Promise.allSettled(this.#opening);
    if (this.#ours.has(targetId)) return;
    const take = this.#allowedWindows.get(openerId);
    if (take !== undefined) {
      this.#allowedWindows.delete(openerId);
      this.#ours.add(targetId);
      take({ targetId, session });
      return;
    }
    debugLog('closing a page that no BrowserWindow asked for:', url);
    // Its opener is suspended until it may continue; the network gate blocks all its requests.
    await session.send('Runtime.runIfWaitingForDebugger').catch(() => undefined);
    this.closePage(targetId);
  }

  #attachWorker({ targetId, browserContextId }: TargetInfo, session: CdpSession): void {
    if (browserContextId !== undefined) this.#contextsOfWorkers.set(targetId, browserContextId);
    session.sendIfAlive('Runtime.runIfWaitingForDebugger');
  }
}

export const chromium = new Chromium();
