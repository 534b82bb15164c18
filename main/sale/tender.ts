import type { Insured } from '../../contract/insured.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import type { Result } from '../../contract/result.ts';
import type { TenderKind } from '../../contract/tender.ts';
import type { NotChargedReason } from '../../contract/till-snapshot.ts';
import type { QrDrawing } from '../../contract/qr-drawing.ts';
import type { Purchase } from './purchase.ts';

/** A way to pay, as a sale uses it. The outcome is always read from the checkout. */
export type Tender = {
  readonly kind: TenderKind;
  /** Amounts, besides the sale's, that its page may report: it read its checkout once, before Charge. */
  readonly preparedAmounts: readonly number[];
  /** The component's names of the payment methods that may be charged here. */
  readonly methodTypes: readonly string[];
  /** The words that the customer sees and agrees to by paying with this method; null: none are needed. */
  authorisation(methodType: string): string | null;
  /** How long after Pay, without any answer, the outcome counts as not known. Milliseconds. */
  readonly unclearAfterMs: number;
  /** Prepares, hidden, as much as possible before Charge. Called often: a finished preparation is kept. `typedNow`: the purchase that Charge would charge; null: none. */
  prepare(typedNow?: () => Purchase | null): void;
  /** Discards an unused preparation. */
  discard(): void;
  /** Lets the customer pay the sale, on a checkout whose amount JustiFi has confirmed. The state of the sale shows how it ended. */
  present(saleId: string): void;
  /** The present presentation to the customer; null: none. A new presentation is a new object. */
  presented(): object | null;
  /** The link on the screen now; null: none. */
  link(): PresentedLink | null;
  /** How long the customer still has; null: as long as they like, or they have ended. */
  secondsLeft(): number | null;
  /** Of the way with an insurance. `quote`: the customer's details are known, and their form may open. */
  readonly insurance?: { wantsDetails(): boolean; quote(saleId: string, insured: Insured): Result<null, ChargeProblem> };
  /** After a decline: prepares the next try on the same checkout, while the cashier reads the reason. */
  prepareRetry(checkoutId: string): void;
  /** Out of sight; a request that is under way goes on. */
  hide(): void;
  /** Takes it away from the customer. A payment may still arrive, so JustiFi is asked afterwards. */
  withdraw(): void;
  /** The PC slept, and tokens ran out meanwhile. */
  woke(): void;
};

/** `address`: opening it is enough to pay the sale. */
export type PresentedLink = { readonly address: string; readonly code: QrDrawing };

/** The reports of a tender to the register. */
export type TenderHost = {
  /** The customer can pay now. */
  shown(): void;
  /** The write-ahead point: asked before the charge. Anything but ok means: do not charge. */
  submit(claim: SubmitClaim): Promise<Result<null, SubmitRefusal>>;
  /** Only a hint to ask JustiFi. */
  hinted(hint: PaymentHint): void;
  /** JustiFi's own answer to main's request to pay: it was not taken. */
  refused(refusal: RequestRefusal): void;
  /** The customer has agreed at Sezzle, or may have: main sends the request that is in the journal. */
  complete(): void;
  /** The customer does not want to pay this way. */
  goBack(): void;
  /** It broke, froze or was closed. */
  lost(why: string): void;
};

export type SubmitClaim = { readonly checkoutId: string; readonly componentAmountInCents: number | null; readonly methodType: string; readonly isAuthorisationShown: boolean; readonly completion?: OwnCompletion };

/** Main's own request to pay, journaled with its key: with a method that is saved at JustiFi, sent once; null: of the order at Sezzle, asked again with its key. */
export type OwnCompletion = { readonly methodId: string | null; readonly idempotencyKey: string };

/** Why a charge is not allowed now. */
export type SubmitRefusal = { readonly kind: 'amount-changed' | 'not-now' | 'journal-unwritable' };

/** `isCertain`: it cannot be under way all the same. */
export type RequestRefusal = { readonly reason: NotChargedReason; readonly isCertain: boolean };

/** A sign of a payment. `answered` has the HTTP status of the request to pay. */
export type PaymentHint =
  | { readonly kind: 'submitted' | 'failed'; readonly word: string }
  | { readonly kind: 'answered'; readonly status: number };

/** Whether a payment may have been made. */
export function isSignOfPayment(hint: PaymentHint): boolean {
  if (hint.kind === 'submitted') return true;
  if (hint.kind === 'answered') return hint.status >= 200 && hint.status < 300;
  return hint.word === 'checkout-already-completed';
}
