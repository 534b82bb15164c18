import type { CashiersView } from './cashier.ts';
import type { Credentials } from './credentials.ts';
import type { Look } from './look.ts';
import type { Currency } from './money.ts';
import type { PolicyView } from './policy.ts';
import type { ChargeProblem } from './problem.ts';

/** Training never leaves this PC; test and live are told apart by JustiFi. */
export type Mode = 'training' | 'test' | 'live';

/** Why the card form is not on the screen any more though nothing was charged. */
export const NOT_CHARGED_REASONS = ['not-received', 'too-many-tries', 'expired', 'form-lost'] as const;
export type NotChargedReason = (typeof NOT_CHARGED_REASONS)[number];

/** A decline the customer can act on; everything else is shown as plain `declined` (never "stolen", never a code). */
export const DECLINE_REASONS = ['declined', 'insufficient-funds', 'expired-card', 'wrong-number', 'wrong-security-code', 'wrong-postal-code', 'canceled'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** How it was paid, as far as JustiFi says and as far as it may be shown: last four at most. */
export type PaidWith = { readonly kind: 'card' | 'bank' | 'unknown'; readonly brand: string | null; readonly last4: string | null };

/** The sale as people see it. Times are UTC, ISO 8601. */
export type SaleView =
  | { readonly kind: 'entering'; readonly saleId: string; readonly amountInCents: number; readonly description: string; readonly problem: ChargeProblem | null }
  | (SoldThing & { readonly kind: 'preparing' })
  | (SoldThing & { readonly kind: 'ready' })
  | (SoldThing & { readonly kind: 'submitting' })
  | (SoldThing & { readonly kind: 'checking' })
  | (SoldThing & { readonly kind: 'paid'; readonly paidWith: PaidWith; readonly at: string })
  | (SoldThing & { readonly kind: 'accepted'; readonly paidWith: PaidWith; readonly at: string })
  | (SoldThing & { readonly kind: 'declined'; readonly reason: DeclineReason })
  | (SoldThing & { readonly kind: 'not-charged'; readonly reason: NotChargedReason })
  | (SoldThing & { readonly kind: 'wrong-amount'; readonly chargedInCents: number });

type SoldThing = { readonly saleId: string; readonly amountInCents: number; readonly description: string };

export type LastSale = Extract<SaleView, { kind: 'paid' | 'accepted' | 'wrong-amount' }>;

/** A payment that JustiFi is still asked about, though its sale has left the counter. `since`: UTC, ISO 8601. */
export type UnresolvedPayment = {
  readonly saleId: string;
  readonly amountInCents: number;
  readonly description: string;
  readonly since: string;
  /** Its checkout's week is over: nothing can be paid on it any more, and the manager may end it. */
  readonly mayEnd: boolean;
};

/** A payment that went through after its sale was left. */
export type LatePayment = {
  readonly saleId: string;
  readonly amountInCents: number;
  readonly description: string;
  readonly paidWith: PaidWith;
  readonly at: string;
  /** Its 25 minutes for a void are over. */
  readonly mustRefund: boolean;
  /** A void or refund was asked for, and JustiFi has not answered. */
  readonly isReversing: boolean;
  /** What JustiFi refused last; null: nothing. */
  readonly refused: 'void' | 'refund' | null;
};

/** Why something cannot be written to this PC's disk. */
export type StorageTrouble = 'disk-full' | 'read-only' | 'in-use' | 'newer-counter' | 'damaged' | 'unknown';

/** The journal was damaged or changed from outside, and has been repaired; the manager is to know. */
export type JournalNotice = {
  readonly kind: 'restored' | 'tampered';
  /** Since when something may be missing (ISO 8601); null when nothing is. */
  readonly gapSinceUtc: string | null;
  /** JustiFi has been asked what happened in the gap. */
  readonly isLookedInto: boolean;
  /** Payments that were fetched back from JustiFi. */
  readonly found: { readonly count: number; readonly amountInCents: number };
};

export type AccountView =
  | { readonly kind: 'starting' }
  | { readonly kind: 'training' }
  | { readonly kind: 'connected'; readonly subAccountId: string; readonly name: string; readonly through: Credentials['kind'] }
  | { readonly kind: 'broken'; readonly problem: ChargeProblem };

/** The manager's side, as far as a page may know. Seconds as they were when this was pushed. */
export type ManagerView =
  /** No PIN yet and no account: nothing to guard, everybody may set the register up. */
  | { readonly kind: 'open' }
  /** `secret`: there is an account but no PIN, so only who knows its secret gets in; and which secret that is. */
  | { readonly kind: 'locked'; readonly opensWith: 'pin' | 'secret'; readonly secret: Credentials['kind']; readonly waitSeconds: number }
  | { readonly kind: 'unlocked'; readonly by: 'pin' | 'secret'; readonly hasPin: boolean; readonly secondsLeft: number };

/** Everything the till shows. Main pushes a new one after every change; the till keeps no truth of its own. */
export type TillSnapshot = {
  /** Nobody has chosen yet between training and an account: the very first screen. */
  readonly isFirstRun: boolean;
  /** No sale was paid on this register yet. */
  readonly isFirstSale: boolean;
  readonly mode: Mode;
  readonly account: AccountView;
  readonly registerName: string;
  /** Made by Counter; JustiFi's metadata and a token broker know the register by it. */
  readonly registerId: string;
  readonly currency: Currency;
  readonly descriptionPresets: readonly string[];
  /** Can JustiFi be reached? Without it no payment is begun. */
  readonly isOnline: boolean;
  readonly sale: SaleView;
  /** The last sale that took money, to look at once more. */
  readonly lastSale: LastSale | null;
  /** Payments whose outcome is still asked for in the background. */
  readonly toConfirm: number;
  readonly unresolved: readonly UnresolvedPayment[];
  readonly latePayments: readonly LatePayment[];
  readonly journalNotice: JournalNotice | null;
  /** Why the audit log cannot be written just now; null: it can. Payments go on without it, changes of settings do not. */
  readonly auditTrouble: StorageTrouble | null;
  readonly manager: ManagerView;
  readonly policy: PolicyView;
  /** The page that takes cards was seen to differ from what was built, or asked for something new: Diagnostics say what. */
  readonly isPageChanged: boolean;
  readonly cashiers: CashiersView;
  readonly look: Look;
};
