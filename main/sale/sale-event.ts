import type { ChargeProblem } from '../../contract/problem.ts';
import type { TenderKind } from '../../contract/tender.ts';
import type { Purchase } from './purchase.ts';
import type { Reversal, ReversalAnswer, ReversalKind } from './reversal.ts';
import type { Outcome, ShownLink } from './sale.ts';
import type { SaleHeader } from './sale-header.ts';
import type { OwnCompletion } from './tender.ts';

/** Everything that happens to a sale, as it is in the journal. */
export type SaleEvent = Intent | Fact;

/** Ours: journaled first. What cannot be written, or is not allowed now, does not happen. */
export type Intent =
  | { readonly kind: 'charge-asked'; readonly purchase: Purchase; readonly header: SaleHeader }
  /** Before the request, so that a checkout is known about even when no answer comes. */
  | { readonly kind: 'checkout-asked'; readonly amountInCents: number; readonly idempotencyKey: string }
  | { readonly kind: 'form-shown'; readonly checkoutId: string }
  /** The customer gets a link to this checkout, which cannot be taken back. Its address is not written: it follows from the checkout. */
  | { readonly kind: 'link-shown'; readonly checkoutId: string; readonly link: ShownLink }
  /** A fresh form on the same checkout replaces the form before its token runs out. */
  | { readonly kind: 'form-renewed'; readonly why: string }
  /**
   * `failed`: attempts that JustiFi listed as failed just before. None of them is the answer to this one. `authorisation`: the words that the customer agreed to by paying
   * from a bank account, word for word; null: nothing had to be agreed to. `completion`: the request that main sends itself. `premiumInCents`: the premium in the amount, of an
   * insurance that the customer has accepted.
   */
  | { readonly kind: 'submit-allowed'; readonly checkoutId: string; readonly amountInCents: number; readonly premiumInCents?: number; readonly failed: readonly string[]; readonly authorisation: string | null; readonly completion?: OwnCompletion }
  | { readonly kind: 'retry-asked' }
  /** Another way to pay, on the same checkout. The one before is taken away first. */
  | { readonly kind: 'tender-chosen'; readonly tender: TenderKind }
  | { readonly kind: 'abandoned' }
  /** The sale leaves the counter, and JustiFi is asked how it ended. `at`: UTC, ISO 8601. */
  | { readonly kind: 'marked-unresolved'; readonly at: string }
  /** JustiFi has a checkout of this register whose sale the journal lost. */
  | { readonly kind: 'found'; readonly checkoutId: string; readonly purchase: Purchase; readonly at: string }
  /** Its checkout's week is over, JustiFi has not said how it ended, and the manager has ended it. */
  | { readonly kind: 'ended-by-manager' }
  | { readonly kind: 'wrong-amount-seen' }
  /** A late payment is kept: the customer has the goods. */
  | { readonly kind: 'late-kept' }
  /** The manager has seen that a bank transfer failed, or that a payment is disputed. */
  | { readonly kind: 'payment-trouble-seen' }
  | { readonly kind: 'reversal-asked'; readonly reversal: Reversal };

/**
 * It happened, also when it cannot be written, and in any state of the sale. `at`: when Counter learned it, UTC, ISO 8601. `businessDay`: the shop's own day on
 * which it happened at JustiFi, as far as JustiFi says when; stored, so that it never changes.
 */
export type Fact =
  | { readonly kind: 'checkout-created'; readonly checkoutId: string; readonly amountInCents: number }
  | { readonly kind: 'checkout-abandoned'; readonly checkoutId: string; readonly why: string }
  | { readonly kind: 'amount-confirmed'; readonly checkoutId: string; readonly amountInCents: number }
  | { readonly kind: 'preparation-failed'; readonly problem: ChargeProblem }
  | { readonly kind: 'submit-refused'; readonly why: string }
  | { readonly kind: 'form-lost'; readonly why: string }
  /** A payment may have been made that was never allowed. */
  | { readonly kind: 'payment-suspected'; readonly why: string }
  | { readonly kind: 'outcome-unclear'; readonly why: string }
  | { readonly kind: 'outcome-known'; readonly outcome: Outcome; readonly at: string; readonly businessDay: string }
  /** How a bank transfer ended that JustiFi had accepted. `disputed`: also any other payment, perhaps weeks after it was taken. `paymentId`: for a transfer that was accepted before its payment was known. */
  | { readonly kind: 'transfer-ended'; readonly how: TransferEnd; readonly paymentId?: string | null; readonly at: string; readonly businessDay: string }
  /** `books`: what JustiFi has of the payment, read when it refused a reversal; null: not read. */
  | { readonly kind: 'reversal-answered'; readonly reversalId: string; readonly answer: ReversalAnswer; readonly books: PaymentBooks | null; readonly at: string; readonly businessDay: string };

/** `canceled`: it was voided elsewhere. */
export type TransferEnd = (typeof TRANSFER_ENDS)[number];
const TRANSFER_ENDS = ['settled', 'failed', 'disputed', 'canceled'] as const;

export type PaymentBooks =
  /** The payment failed: nothing was charged. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'given-back'; readonly how: ReversalKind; readonly amountInCents: number }
  | { readonly kind: 'untouched' };

/** The fact of an outcome, on the day of the payment where JustiFi says when that was. */
export function outcomeKnown(outcome: Outcome, { utcNow, businessDay }: { readonly utcNow: () => string; readonly businessDay: (utc: string) => string }): Fact {
  const at = utcNow();
  const takenAt = 'takenAt' in outcome ? outcome.takenAt : null;
  return { kind: 'outcome-known', outcome, at, businessDay: businessDay(takenAt ?? at) };
}
