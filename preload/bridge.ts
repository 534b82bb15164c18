import { ipcRenderer } from 'electron';
import type { Bridge, CallName, PushName, Role } from '../contract/channels.ts';
import { wireName } from '../contract/wire-name.ts';

type Names<R extends Role> = { readonly calls: readonly CallName<R>[]; readonly pushes: readonly PushName<R>[] };

/** Put in by the build from the contract, for the roles of this preload only (vite.config.ts). */
declare const CHANNEL_NAMES: { readonly [R in Role]: Names<R> };

/** SECURITY: the bridge of a page: one function for each call and push of its role in the contract, never `ipcRenderer` or an event. */
export function bridgeOf<R extends Role>(role: R): Bridge<R> {
  const { calls, pushes }: Names<R> = CHANNEL_NAMES[role];
  return Object.fromEntries([
    ...calls.map((name) => [name, call(wireName(role, name))]),
    ...pushes.map((name) => [`on${name.charAt(0).toUpperCase()}${name.slice(1)}`, listen(wireName(role, name))]),
  ]) as Bridge<R>;
}

function call(wire: string) {
  return (input?: unknown): Promise<unknown> => ipcRenderer.invoke(wire, input);
}

/** Passes a push to a listener, without Electron's event; returns a function that unsubscribes. */
function listen(wire: string) {
  return (listener: (payload: unknown) => void): (() => void) => {
    const forward = (_event: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on(wire, forward);
    return () => {
      ipcRenderer.removeListener(wire, forward);
    };
  };
}
