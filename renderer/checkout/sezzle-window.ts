import type { SezzleMount } from '../../contract/form-order.ts';

/*
 * One try in Sezzle's window, by Sezzle's script (https://docs.sezzle.com/docs/guides/direct/sdk). Whether the script notices that its window was closed by its X, or
 * never opened, is not published: so the window is watched here as well.
 */

/** How it ended. Only the first three are Sezzle's reports; after `closed` and `unknown` the customer may have agreed. */
export type SezzleEnd = 'complete' | 'cancelled' | 'failed' | 'closed' | 'unknown' | 'blocked' | 'broken';

type Sdk = {
  init(listeners: { onClick(event?: Event): void; onComplete(): void; onCancel(): void; onFailure(): void }): void;
  startCheckout(order: { readonly checkout_url: string }): void;
};

declare global {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface Window {
    readonly Checkout?: new (options: { readonly mode: 'popup'; readonly publicKey: string; readonly apiMode: string; readonly apiVersion: string }) => Sdk;
  }
}

const LOOK_EVERY_MS = 250;
/** A script that has opened no window by then was not allowed to. */
const OPENS_WITHIN_MS = 2_000;
/** Its last report may come after its window has closed. */
const WORD_WITHIN_MS = 1_000;

/** Opens it; `ended` is called once. A new document and a new object of the script for each try: the same object would keep the end of the try before. */
export function openSezzleWindow({ publicKey, mode, apiVersion, address }: SezzleMount, ended: (end: SezzleEnd) => void): { close(): void } {
  let opened: Window | null = null;
  const hasOpened = () => opened !== null;
  let isOver = false;
  let quietMs = 0;
  const openWindow = window.open.bind(window);
  window.open = (...given) => {
    const made = openWindow(...given);
    opened = made ?? opened;
    return made;
  };
  const looking = setInterval(look, LOOK_EVERY_MS);

  function look(): void {
    const isThere = opened !== null && !opened.closed;
    quietMs = isThere ? 0 : quietMs + LOOK_EVERY_MS;
    if (opened === null && quietMs >= OPENS_WITHIN_MS) end('blocked');
    else if (opened !== null && quietMs >= WORD_WITHIN_MS) end('closed');
  }

  function end(how: SezzleEnd): void {
    if (isOver) return;
    isOver = true;
    clearInterval(looking);
    opened?.close();
    ended(how);
  }

  try {
    const sdk = new window.Checkout!({ mode: 'popup', publicKey, apiMode: mode, apiVersion });
    sdk.init({ onClick: (event) => event?.preventDefault(), onComplete: () => end('complete'), onCancel: () => end('cancelled'), onFailure: () => end('failed') });
    sdk.startCheckout({ checkout_url: address });
  } catch {
    end(hasOpened() ? 'unknown' : 'broken');
  }
  return { close: () => opened?.close() };
}
