import type { ChargeProblem } from '../../contract/problem.ts';
import type { Purchase } from './purchase.ts';
import type { Reversal, ReversalAnswer, ReversalKind } from './reversal.ts';
import type { Outcome } from './sale.ts';
import type { SaleHeader } from './sale-header.ts';

/** Everything that happens to a sale, as the journal keeps it. */
export type SaleEvent = Intent | Fact;

/** Ours: journaled first. What cannot be written, or is not allowed now, does not happen. */
export type Intent =
  | { readonly kind: 'charge-asked'; readonly purchase: Purchase; readonly header: SaleHeader }
  /** Before the request: a checkout that was made though no answer came is then at least known of. */
  | { readonly kind: 'checkout-asked'; readonly amountInCents: number; readonly idempotencyKey: string }
  | { readonly kind: 'form-shown'; readonly checkoutId: string }
  /** The form gives way to a fresh one on the same checkout, before its token runs out. */
  | { readonly kind: 'form-renewed'; readonly why: string }
  /** `failed`: attempts that JustiFi listed as failed just before. None of them is the answer to this one. */
  | { readonly kind: 'submit-allowed'; readonly checkoutId: string; readonly amountInCents: number; readonly failed: readonly string[] }
  | { readonly kind: 'retry-asked' }
  | { readonly kind: 'abandoned' }
  /** Left at the counter, and asked about from now on. `at`: UTC, ISO 8601. */
  | { readonly kind: 'left-unresolved'; readonly at: string }
  /** JustiFi knows of a checkout of this register whose sale the journal lost. */
  | { readonly kind: 'found'; readonly checkoutId: string; readonly purchase: Purchase; readonly at: string }
  /** Its checkout's week is over, JustiFi has not said how it ended, and the manager has ended it. */
  | { readonly kind: 'ended-by-manager' }
  | { readonly kind: 'wrong-amount-seen' }
  /** A late payment is kept: the customer has the goods. */
  | { readonly kind: 'late-kept' }
  | { readonly kind: 'reversal-asked'; readonly reversal: Reversal };

/** It happened, whether it can be written or not, and whatever state the sale is in. `at`: UTC, ISO 8601. */
export type Fact =
  | { readonly kind: 'checkout-created'; readonly checkoutId: string; readonly amountInCents: number }
  | { readonly kind: 'checkout-abandoned'; readonly checkoutId: string; readonly why: string }
  | { readonly kind: 'amount-confirmed'; readonly checkoutId: string; readonly amountInCents: number }
  | { readonly kind: 'preparation-failed'; readonly problem: ChargeProblem }
  | { readonly kind: 'submit-refused'; readonly why: string }
  | { readonly kind: 'form-lost'; readonly why: string }
  /** Something looks like a payment that was never allowed. */
  | { readonly kind: 'payment-suspected'; readonly why: string }
  | { readonly kind: 'outcome-unclear'; readonly why: string }
  | { readonly kind: 'outcome-known'; readonly outcome: Outcome; readonly at: string }
  /** `books`: what JustiFi has of the payment, read when it refused a reversal; null: not read. */
  | { readonly kind: 'reversal-answered'; readonly reversalId: string; readonly answer: ReversalAnswer; readonly books: PaymentBooks | null; readonly at: string };

export type PaymentBooks =
  /** Nobody was charged after all. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'given-back'; readonly how: ReversalKind; readonly amountInCents: number }
  | { readonly kind: 'untouched' };
