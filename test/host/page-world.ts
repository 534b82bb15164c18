import type { bridgeEnd } from './context-bridge.ts';

/**
 * Runs in the page's own world, before its first script: the other end of contextBridge, and a `window.open` that
 * gives null as Electron's does when the window open handler denies.
 *
 * It runs by its source text and may refer to nothing outside itself. `secret` names the one event by which the two
 * worlds meet; it is over before the page can listen.
 */
export function pageWorld(secret: string, makeBridgeEnd: typeof bridgeEnd): void {
  const nativeOpen = window.open;
  window.open = new Proxy(nativeOpen, {
    apply(target, self, args) {
      // The browser is still asked: that is how main hears of the attempt.
      Reflect.apply(target, self, args);
      return null;
    },
  });
  if (window !== window.top) return;

  function deepFreeze(value: unknown): unknown {
    if ((typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) || typeof value === 'function') {
      for (const key of Object.getOwnPropertyNames(value)) deepFreeze((value as Record<string, unknown>)[key]);
      Object.freeze(value);
    }
    return value;
  }

  function expose(bridge: ReturnType<typeof bridgeEnd>, key: string, api: unknown): void {
    if (Object.hasOwn(window, key)) {
      bridge.post({ kind: 'refused', reason: 'Cannot bind an API on top of an existing property on the window object' });
      return;
    }
    const value = deepFreeze(bridge.unpack(api));
    Object.defineProperty(window, key, { value, enumerable: true, configurable: false, writable: false });
  }

  document.addEventListener(
    secret,
    (event) => {
      const channel = (event as MouseEvent).relatedTarget!;
      const bridge = makeBridgeEnd(channel, 'to-preload', 'to-page', (message) => {
        const { kind, key, api } = message as { readonly kind: string; readonly key: string; readonly api: unknown };
        if (kind === 'expose') expose(bridge, key, api);
      });
    },
    { once: true },
  );
}
