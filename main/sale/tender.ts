import type { Result } from '../../contract/result.ts';

/** How a customer can pay. All pay the one checkout of the sale, and the outcome of all is read from it in the same way. */
export type TenderKind = (typeof TENDER_KINDS)[number];
export const TENDER_KINDS = ['card-form'] as const;

/** What a sale needs of a way to pay. */
export type Tender = {
  readonly kind: TenderKind;
  /**
   * What taking it away means: a form is gone at once, a reader only stops until the card is in, a link stays payable for a week.
   * Whatever it is, JustiFi is asked afterwards.
   */
  readonly withdrawal: 'at-once' | 'until-card-is-in' | 'stays-payable';
  /** Amounts, besides the sale's own, that its page may believe in: it read its checkout once, before Charge. */
  readonly preparedAmounts: readonly number[];
  /** Makes ready, out of sight, what can be ready before Charge. Does nothing where nothing can be. */
  prepare(): void;
  /** Lets go of what was made ready and not used. */
  discard(): void;
  /** Puts the sale before the customer, on a checkout whose amount JustiFi has confirmed. However it ends, the sale says so. */
  present(saleId: string): void;
  /** What is before the customer now; null: nothing. Another object is another presentation. */
  presented(): object | null;
  /** After a decline: makes the next try ready on the same checkout, while the cashier reads the reason. */
  prepareRetry(checkoutId: string): void;
  /** Out of sight; a request that is under way goes on. */
  hide(): void;
  withdraw(): void;
  /** The PC slept; tokens did not. */
  woke(): void;
};

/** What a tender tells the register. */
export type TenderHost = {
  /** It is before the customer. */
  shown(): void;
  /** The write-ahead point: asked before the charge. Anything but ok means: do not charge. */
  submit(claim: SubmitClaim): Promise<Result<null, SubmitRefusal>>;
  /** A hint to ask JustiFi, nothing more. */
  hinted(hint: PaymentHint): void;
  /** The customer does not want to pay this way. */
  goBack(): void;
  /** It broke, froze or was closed. */
  lost(why: string): void;
};

export type SubmitClaim = { readonly checkoutId: string; readonly componentAmountInCents: number | null; readonly methodType: string };

/** Why a charge may not be made now. */
export type SubmitRefusal = { readonly kind: 'amount-changed' | 'not-now' | 'journal-unwritable' };

/** What was seen of a payment. `answered` is the HTTP status of the request to pay. */
export type PaymentHint =
  | { readonly kind: 'submitted' | 'failed'; readonly word: string }
  | { readonly kind: 'answered'; readonly status: number };

/** Does it look as if a payment was made? */
export function isSignOfPayment(hint: PaymentHint): boolean {
  if (hint.kind === 'submitted') return true;
  if (hint.kind === 'answered') return hint.status >= 200 && hint.status < 300;
  return hint.word === 'checkout-already-completed';
}
