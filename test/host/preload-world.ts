import type { bridgeEnd } from './context-bridge.ts';
import type { wireCodec } from './wire-codec.ts';

/** The messages of a preload to main, by the binding that only its world has. */
export type PreloadMessage =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly arguments: readonly unknown[] }
  | { readonly kind: 'send'; readonly channel: string; readonly arguments: readonly unknown[] }
  | { readonly kind: 'preload-error'; readonly error: unknown };

/** The messages of main to a preload. */
export type MainMessage =
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: string }
  | { readonly kind: 'event'; readonly channel: string; readonly arguments: readonly unknown[] };

/** Names that both sides of the CDP binding agree on. */
export const preloadBinding = '__counterHostPost';
export const preloadDelivery = '__counterHostDeliver';

export type PreloadOptions = {
  readonly secret: string;
  readonly preloadPath: string;
  readonly binding: string;
  readonly delivery: string;
  /** `process` as a sandboxed preload sees it. */
  readonly process: Readonly<Record<string, unknown>>;
};

/**
 * Runs in the isolated world of the main frame: `require('electron')`, and then the preload itself
 *
 * It runs by its source text and may refer to nothing outside itself.
 */
export function preloadWorld(
  options: PreloadOptions,
  makeBridgeEnd: typeof bridgeEnd,
  makeCodec: typeof wireCodec,
  preload: (require: (name: string) => unknown, module: object, exports: object, process: object) => void,
): void {
  // No preload in subframes: webPreferences.nodeIntegrationInSubFrames is refused.
  if (window !== window.top) return;

  type Listener = (event: object, ...args: unknown[]) => void;
  const world = globalThis as unknown as Record<string, unknown>;
  const postText = world[options.binding] as (text: string) => void;
  const codec = makeCodec();
  const listeners = new Map<string, Listener[]>();
  const waiting = new Map<number, { readonly channel: string; resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;

  function post(message: PreloadMessage): void {
    postText(codec.encode(message));
  }

  function absent(what: string): () => never {
    return () => {
      throw new Error(`${what} is not in the Chromium host (test/host/README.md lists what is)`);
    };
  }

  function refusing<Members extends object>(owner: string, members: Members): Members {
    return new Proxy(members, {
      get(target, key, receiver) {
        if (typeof key === 'symbol' || key in target || key === 'then' || key === '__esModule') {
          return Reflect.get(target, key, receiver) as unknown;
        }
        return absent(`${owner}.${key}`)();
      },
    });
  }

  function deliver(message: MainMessage): void {
    if (message.kind === 'event') {
      for (const listener of listeners.get(message.channel) ?? []) {
        listener({ sender: ipcRenderer, senderId: 0, ports: [] }, ...message.arguments);
      }
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'result') call?.resolve(message.value);
    else call?.reject(new Error(`Error invoking remote method '${call.channel}': ${message.error}`));
  }

  function listen(channel: string, listener: Listener): typeof ipcRenderer {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return ipcRenderer;
  }

  function unlisten(channel: string, listener: Listener): typeof ipcRenderer {
    const known = listeners.get(channel) ?? [];
    const at = known.findLastIndex((each) => each === listener || (each as { once?: Listener }).once === listener);
    if (at >= 0) listeners.set(channel, known.toSpliced(at, 1));
    return ipcRenderer;
  }

  function listenOnce(channel: string, listener: Listener): typeof ipcRenderer {
    const once: Listener & { once?: Listener } = (event, ...args) => {
      unlisten(channel, once);
      listener(event, ...args);
    };
    once.once = listener;
    return listen(channel, once);
  }

  const ipcRenderer = refusing('ipcRenderer', {
    invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      return new Promise((resolve, reject) => {
        const id = ++lastId;
        post({ kind: 'invoke', id, channel, arguments: args });
        waiting.set(id, { channel, resolve, reject });
      });
    },
    send(channel: string, ...args: unknown[]): void {
      post({ kind: 'send', channel, arguments: args });
    },
    on: listen,
    addListener: listen,
    once: listenOnce,
    off: unlisten,
    removeListener: unlisten,
    removeAllListeners(channel?: string) {
      if (channel === undefined) listeners.clear();
      else listeners.delete(channel);
      return ipcRenderer;
    },
    listenerCount: (channel: string): number => listeners.get(channel)?.length ?? 0,
    sendSync: absent('ipcRenderer.sendSync'),
  });

  const channel = document.createElement('span');
  let refusedBecause: string | undefined;
  const bridge = makeBridgeEnd(channel, 'to-page', 'to-preload', (message) => {
    refusedBecause = (message as { readonly reason: string }).reason;
  });
  document.dispatchEvent(new MouseEvent(options.secret, { relatedTarget: channel }));

  const contextBridge = refusing('contextBridge', {
    exposeInMainWorld(key: string, api: unknown): void {
      refusedBecause = undefined;
      bridge.post({ kind: 'expose', key, api: bridge.pack(api) });
      throwIfRefused();
    },
  });

  function throwIfRefused(): void {
    if (refusedBecause !== undefined) throw new Error(refusedBecause);
  }

  const electron = refusing('electron (in a preload)', { ipcRenderer, contextBridge });

  function require(name: string): unknown {
    if (name === 'electron' || name === 'electron/renderer' || name === 'electron/common') return electron;
    throw new Error(`module not found: ${name}`);
  }

  Object.defineProperty(world, options.delivery, { value: (text: string) => deliver(codec.decode(text) as MainMessage) });
  const module = { exports: {} };
  try {
    preload.call(module.exports, require, module, module.exports, Object.freeze({ ...options.process }));
  } catch (error) {
    console.error(`Unable to load preload script: ${options.preloadPath}`);
    console.error(error);
    post({ kind: 'preload-error', error });
  }
}
