import type { Bridge } from '../../contract/channels.ts';

declare global {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface Window {
    readonly till: Bridge<'till'>;
    readonly manager: Bridge<'manager'>;
  }
}

/** Every call that this page may make. Components get functions; only `main.tsx` uses this. */
export const bridge: Bridge<'till'> = window.till;

/** The calls that main answers only while the manager's side is open. */
export const managerBridge: Bridge<'manager'> = window.manager;
