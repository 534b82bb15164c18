import type { Purchase } from '../purchase.ts';
import type { TenderHost } from '../tender.ts';

/** The window in which the customer pays, as a sale sees it. One form is one document, and serves one sale only. */
export type CheckoutForms = {
  /** Opens a fresh document and mounts JustiFi's component in it, hidden and inert. */
  open(order: CheckoutFormOrder, listener: CheckoutFormListener): CheckoutForm;
};

export type CheckoutFormOrder = { readonly checkoutId: string; readonly componentToken: string };

export type CheckoutForm = {
  /** The card fields were observed to answer. False when the document was lost first. Never settles by itself on a hung host. */
  readonly ready: Promise<boolean>;
  /** Draws the confirmed amount, makes the form usable, shows the window. False when the document was lost. */
  show(purchase: Purchase): Promise<boolean>;
  /** Off the screen, but the document lives on: a request of the component may still be under way. */
  hide(): void;
  close(): void;
};

/** What a document tells. `lost`: it crashed, froze or was closed. */
export type CheckoutFormListener = Omit<TenderHost, 'shown'>;
