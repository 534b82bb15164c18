import { ipcRenderer } from 'electron';
import type { Bridge, CallName, PushName, Role } from '../contract/channels.ts';
import { wireName } from '../contract/wire-name.ts';

/** A function that makes one call of the contract, and nothing else. */
export function ask<R extends Role, Name extends CallName<R>>(role: R, name: Name): Bridge<R>[Name] {
  const invoke = (input?: unknown) => ipcRenderer.invoke(wireName(role, name), input);
  return invoke as Bridge<R>[Name];
}

/** A function that hands one push of the contract to a listener, without Electron's event; it returns how to stop. */
export function listen<R extends Role>(role: R, name: PushName<R>): (listener: (payload: never) => void) => () => void {
  return (listener) => {
    const forward = (_event: unknown, ...payload: unknown[]) => listener(payload[0] as never);
    ipcRenderer.on(wireName(role, name), forward);
    return () => {
      ipcRenderer.removeListener(wireName(role, name), forward);
    };
  };
}
