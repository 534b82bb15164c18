import type { RegistersProgress } from './all-registers.ts';
import type { CashiersView } from './cashier.ts';
import type { ConnectionFailure } from './connection-failure.ts';
import type { SaveOffer } from './customer.ts';
import type { Credentials } from './credentials.ts';
import type { Appearance } from './appearance.ts';
import type { Currency } from './money.ts';
import type { PolicyView } from './policy.ts';
import type { PrintingView } from './printing.ts';
import type { ChargeProblem, StopReason } from './problem.ts';
import type { QuickItem } from './quick-item.ts';
import type { QrDrawing } from './qr-drawing.ts';
import type { TenderKind } from './tender.ts';
import type { TipOffer } from './tip.ts';
import type { ReaderScreen } from './training-reader.ts';

/** Training never leaves this PC; test and live are told apart by JustiFi. */
export type Mode = 'training' | 'test' | 'live';

/** Why the card form left the screen though nothing was charged. */
export const NOT_CHARGED_REASONS = ['not-received', 'refused', 'too-many-tries', 'expired', 'form-lost', 'reader-busy', 'reader-offline', 'reader-removed', 'reader-refused', 'method-gone'] as const;
export type NotChargedReason = (typeof NOT_CHARGED_REASONS)[number];

/** A decline the customer can act on; everything else is shown as plain `declined` (never "stolen", never a code). */
export const DECLINE_REASONS = ['declined', 'insufficient-funds', 'expired-card', 'wrong-number', 'wrong-security-code', 'wrong-postal-code', 'canceled', 'timed-out', 'reader-offline'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** JustiFi lists these as failed attempts too, though no bank declined anything: the screen shows NOT CHARGED. */
export const CALLED_OFF = ['canceled', 'timed-out', 'reader-offline'] as const satisfies readonly DeclineReason[];
export type CalledOff = (typeof CALLED_OFF)[number];

/** The payment method as JustiFi reports it and as far as it may be shown: last four at most. `card-present`: at a card reader. */
export type PaidWith = { readonly kind: 'card' | 'card-present' | 'bank' | 'unknown'; readonly brand: string | null; readonly last4: string | null };

/** The sale as people see it. Times are UTC, ISO 8601. */
export type SaleView =
  | { readonly kind: 'entering'; readonly saleId: string; readonly amountInCents: number; readonly description: string; readonly problem: ChargeProblem | null }
  /** Before the form: the customer chooses a tip. `amountInCents`: without it. `chosenInCents`: the customer's choice; null: none yet. `isDoubtful`: the cashier has to confirm it. */
  | { readonly kind: 'tip'; readonly saleId: string; readonly amountInCents: number; readonly description: string; readonly offer: TipOffer; readonly chosenInCents: number | null; readonly isDoubtful: boolean; readonly problem: ChargeProblem | null }
  | (PaidBy & { readonly kind: 'preparing' })
  | (PaidBy & { readonly kind: 'ready' })
  | (PaidBy & { readonly kind: 'submitting' })
  | (PaidBy & { readonly kind: 'checking' })
  | (SoldThing & { readonly kind: 'paid'; readonly paidWith: PaidWith; readonly at: string })
  | (SoldThing & { readonly kind: 'accepted'; readonly paidWith: PaidWith; readonly at: string })
  | (PaidBy & { readonly kind: 'declined'; readonly reason: Exclude<DeclineReason, CalledOff> })
  | (PaidBy & { readonly kind: 'not-charged'; readonly reason: NotChargedReason | CalledOff })
  | (SoldThing & { readonly kind: 'wrong-amount'; readonly chargedInCents: number });

/** `tipInCents`, `premiumInCents`: the tip and the insurance premium in the amount. */
type SoldThing = { readonly saleId: string; readonly amountInCents: number; readonly tipInCents: number; readonly premiumInCents?: number; readonly description: string };
/** `tender`: the way to pay that was chosen. */
type PaidBy = SoldThing & { readonly tender: TenderKind };

/** `asleep`: the PC was asleep. `renewed`: its token would have expired, or was refused. `login`: for either reason, and the customer was to log in to their bank. */
export type FormEmptied = 'asleep' | 'renewed' | 'login';

/** `isDisputed`: the customer's bank asks for the money back, and the manager has not seen it. */
export type LastSale = Extract<SaleView, { kind: 'paid' | 'accepted' | 'wrong-amount' }> & { readonly givenBack: GivenBackView | null; readonly isDisputed: boolean };

/** The later reversal of a sale. `asked`: JustiFi has not confirmed it yet. */
export type GivenBackView = { readonly kind: 'asked' | 'voided' | 'refunded' | 'partly-refunded'; readonly amountInCents: number };

/** A payment that JustiFi is still asked about, though its sale has left the counter. `since`: UTC, ISO 8601. */
export type UnresolvedPayment = {
  readonly saleId: string;
  readonly amountInCents: number;
  readonly description: string;
  readonly since: string;
  /** Its checkout has expired after a week: it cannot be paid any more, and the manager may end it. */
  readonly mayEnd: boolean;
};

/** A link to pay the sale at the counter: it stays payable, whatever way is chosen next. `payableUntil`: at the latest; UTC, ISO 8601. */
export type SaleLink = {
  readonly payableUntil: string;
  /** A card was declined on this sale, perhaps on the phone: its customer can try again there. */
  readonly wasDeclined: boolean;
  /** Null: the link is not on the screen now. */
  readonly code: QrDrawing | null;
};

/** A sale that was left while its customer had a link, and may still pay by it. Times are UTC, ISO 8601. */
export type OpenLink = { readonly saleId: string; readonly amountInCents: number; readonly description: string; readonly shownAt: string; readonly payableUntil: string };

/** A payment that went through after its sale was left. */
export type LatePayment = {
  readonly saleId: string;
  readonly amountInCents: number;
  readonly description: string;
  /** A bank transfer that JustiFi has accepted: it can still be returned. */
  readonly isPending: boolean;
  readonly paidWith: PaidWith;
  readonly at: string;
  /** Its 25 minutes for a void are over. */
  readonly mustRefund: boolean;
  /** A void or refund was requested, and JustiFi has not answered. */
  readonly isReversing: boolean;
  /** JustiFi's last refusal; null: none. */
  readonly refused: 'void' | 'refund' | null;
};

/**
 * The outcome of the late payment that was decided last. `voided`, `refunded`: JustiFi has done it. `kept`: it counts as paid.
 * `not-paid`: JustiFi now reports that it failed, so there was nothing to give back.
 */
export type LatePaymentEnd = { readonly saleId: string; readonly kind: 'kept' | 'voided' | 'refunded' | 'not-paid'; readonly amountInCents: number; readonly description: string };

/** The shop will not get this money, or may lose it. */
export type TroubledPayment = {
  readonly saleId: string;
  readonly kind: 'transfer-failed' | 'disputed';
  readonly amountInCents: number;
  /** Before the customer's bank disputed it. */
  readonly givenBackInCents: number;
  readonly description: string;
  readonly paidWith: PaidWith;
  readonly at: string;
};

/** Why something cannot be written to this PC's disk. */
export type StorageTrouble = 'disk-full' | 'read-only' | 'in-use' | 'newer-counter' | 'damaged' | 'unknown';

/** The journal was damaged or changed from outside, and has been repaired; for the manager. */
export type JournalNotice = {
  readonly kind: 'restored' | 'tampered';
  /** Since when something may be missing (ISO 8601); null when nothing is. */
  readonly gapSinceUtc: string | null;
  /** JustiFi has been searched for payments of the gap. */
  readonly isLookedInto: boolean;
  /** Payments that were restored from JustiFi. */
  readonly found: PaymentCount;
  /** Payments that another PC with this register's id has taken meanwhile: they are not this register's. */
  readonly onOtherPc: number;
  /** Entries of that time at JustiFi that Counter could not read. */
  readonly unreadable: number;
  /** False: JustiFi has more than could be looked through. */
  readonly isComplete: boolean;
};

type PaymentCount = { readonly count: number; readonly amountInCents: number };

/** JustiFi and the journal were compared, and differ; for the manager. */
export type ComparisonNotice = {
  /** Payments of this register that JustiFi had and the journal lacked; they are restored. */
  readonly unknown: PaymentCount;
  /** Taken with this register's id on another PC. */
  readonly onOtherPc: PaymentCount;
  /** PAID in the journal, and JustiFi has no such payment. */
  readonly missingAtJustifi: PaymentCount;
  /** May belong to this register, and could not be read. */
  readonly unreadable: number;
  /** False: JustiFi has more than could be looked through. */
  readonly isComplete: boolean;
  /** The disputed payments of the account: lines that could not be read, and whether all were looked through. */
  readonly disputes: { readonly unreadable: number; readonly isComplete: boolean };
};

export type AccountView =
  | { readonly kind: 'starting' }
  | { readonly kind: 'training' }
  | { readonly kind: 'connected'; readonly subAccountId: string; readonly name: string; readonly credentialsKind: Credentials['kind'] }
  | { readonly kind: 'broken'; readonly problem: ChargeProblem };

/** The manager's side, as far as a page may see it. Seconds as they were when this was pushed. */
export type ManagerView =
  /** No PIN and no account yet: nothing needs protection, and the register can be set up. */
  | { readonly kind: 'open' }
  /** `secret`: there is an account but no PIN, so its secret opens the side; and the kind of that secret. */
  | { readonly kind: 'locked'; readonly opensWith: 'pin' | 'secret'; readonly secret: Credentials['kind']; readonly waitSeconds: number }
  | { readonly kind: 'unlocked'; readonly by: 'pin' | 'secret'; readonly hasPin: boolean; readonly secondsLeft: number };

/** The whole state that the till shows. Main pushes a new one after every change; the till's page holds no state of its own. */
export type TillSnapshot = {
  /** `looking`: the state of this register is being read. `stopped`: it was connected, and a part of its data is missing; it takes no payments, not even in training. */
  readonly registerState: { readonly kind: 'looking' | 'in-use' } | { readonly kind: 'stopped'; readonly why: StopReason };
  /** Training or an account was not chosen yet: the very first screen. */
  readonly isFirstRun: boolean;
  /** No sale was paid on this register yet. */
  readonly isFirstSale: boolean;
  readonly mode: Mode;
  readonly account: AccountView;
  readonly registerName: string;
  /** The register that this one was copied from with its PC's disk, until the manager has seen it. */
  readonly copiedFrom: string | null;
  /** Made by Counter; it identifies the register in JustiFi's metadata and at a token broker. */
  readonly registerId: string;
  readonly currency: Currency;
  readonly descriptionPresets: readonly string[];
  /** Buttons with a price. */
  readonly quickItems: readonly QuickItem[];
  /** The description sent when none is entered; null: it has to be entered. */
  readonly usualDescription: string | null;
  /** Whether JustiFi can be reached. Otherwise no payment is begun. */
  readonly connectionFailure: ConnectionFailure | null;
  readonly sale: SaleView;
  /** The ways to pay now, the first choice first. With one there is nothing to choose. */
  readonly ways: readonly TenderKind[];
  /** How long the customer still has at the reader or at Sezzle, when this was pushed; null: as long as they like, or they have ended there. */
  readonly secondsToPay: number | null;
  /** The sale is to be paid with an insurance, and the customer's details for the quote are not typed yet. */
  readonly wantsInsured: boolean;
  /** Null: no link to the sale at the counter was shown, or it is paid. */
  readonly saleLink: SaleLink | null;
  /** The newest of them; `openLinkCount`: all. */
  readonly openLinks: readonly OpenLink[];
  readonly openLinkCount: number;
  /** The card of the paid sale on the screen can be saved; null: nothing can. */
  readonly saveOffer: SaveOffer | null;
  /** The card reader of this register; null: none is paired with this account. */
  readonly cardReader: { readonly terminalId: string; readonly name: string; readonly isFirst: boolean } | null;
  /** The screen of the reader of training, which is drawn on this one; null: not in training, or none is paired. */
  readonly trainingReader: ReaderScreen | null;
  /** The last sale that took money, to show once more. */
  readonly lastSale: LastSale | null;
  /** Payments whose outcome is still asked for in the background. */
  readonly toConfirm: number;
  readonly unresolved: readonly UnresolvedPayment[];
  readonly latePayments: readonly LatePayment[];
  /** Until the next Charge; null: none was decided since the last one. */
  readonly latePaymentEnd: LatePaymentEnd | null;
  /** Payments that failed or are disputed after they were accepted; for the manager. */
  readonly troubledPayments: readonly TroubledPayment[];
  /** Payments that only this account's credentials can ask about: they may still arrive, are not confirmed, or wait for a decision. */
  readonly openPayments: number;
  readonly journalNotice: JournalNotice | null;
  readonly comparisonNotice: ComparisonNotice | null;
  /** The card form was replaced by a fresh one, and the customer has to type again; null: it was not. */
  readonly formEmptied: FormEmptied | null;
  /** Another program is using the journal, and the last press waits for it. */
  readonly isJournalInUse: boolean;
  /** How far the day of all registers is read; null: none is being read. */
  readonly registersProgress: RegistersProgress | null;
  /** Why the audit log cannot be written just now; null: it can. Payments go on without it, changes of settings do not. */
  readonly auditTrouble: StorageTrouble | null;
  readonly manager: ManagerView;
  readonly policy: PolicyView;
  /** The page that takes cards differs from its build, or made an unknown request: Diagnostics show which. */
  readonly isPageChanged: boolean;
  readonly cashiers: CashiersView;
  readonly appearance: Appearance;
  /** Of the till's page now: the register's, or the one that the cashier has chosen with the keyboard until the next cashier. */
  readonly textSize: Appearance['textSize'];
  readonly printing: PrintingView;
};
