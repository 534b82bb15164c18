import type { SezzleMount } from '../../../contract/form-order.ts';
import type { InsuranceOrder } from '../../../contract/insured.ts';
import type { Purchase } from '../purchase.ts';
import type { TenderHost } from '../tender.ts';

/** The form in which the customer pays, as a sale sees it. One form is one document, and serves one sale only. */
export type CheckoutForms = {
  /** Opens a fresh document and mounts JustiFi's component in it, hidden and inert. */
  open(order: CheckoutFormOrder, listener: CheckoutFormListener): CheckoutForm;
};

/** `sezzle`: the order of a document that offers Sezzle; it gets no token. */
export type CheckoutFormOrder = { readonly checkoutId: string; readonly componentToken: string; readonly insurance?: InsuranceOrder | null; readonly sezzle?: SezzleMount };

export type CheckoutForm = {
  /** True when the card fields have answered, false when the document was lost first. Stays pending while the field host hangs. */
  readonly ready: Promise<boolean>;
  /** Draws the confirmed amount and the bank debit authorisation, makes the form usable, raises its view. False when the document was lost. */
  show(purchase: Purchase, bankAuthorisation: string): Promise<boolean>;
  /** Off the screen. The document stays, because a request of the component may be under way. */
  hide(): void;
  close(): void;
};

/** The reports of a document. `lost`: it crashed, froze or was closed. */
export type CheckoutFormListener = Omit<TenderHost, 'shown' | 'refused' | 'complete'>;
