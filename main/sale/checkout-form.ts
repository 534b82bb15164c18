import type { Result } from '../../contract/result.ts';
import type { Purchase } from './sale.ts';

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

/** Why the component may not charge now. */
export type SubmitRefusal = { readonly kind: 'amount-changed' | 'not-now' | 'journal-unwritable' };

/** What the page saw. `answered` is the HTTP status of the component's own request to pay. */
export type FormHint =
  | { readonly kind: 'submitted' | 'failed'; readonly word: string }
  | { readonly kind: 'answered'; readonly status: number };

export type CheckoutFormListener = {
  /** Called after tokenisation and before the charge; the component charges only on ok. */
  submit(claim: { readonly checkoutId: string; readonly componentAmountInCents: number | null; readonly methodType: string }): Result<null, SubmitRefusal>;
  /** The component believes that it is done, or that it failed. A hint to ask JustiFi, nothing more. */
  hinted(hint: FormHint): void;
  goBack(): void;
  /** The document crashed, froze or was closed. */
  lost(why: string): void;
};
