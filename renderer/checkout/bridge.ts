import type { Bridge } from '../../contract/channels.ts';

declare global {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface Window {
    readonly checkout: Bridge<'checkout'>;
  }
}

/** Every call that this page may make to main. */
export const bridge: Bridge<'checkout'> = window.checkout;
