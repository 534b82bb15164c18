import type { Currency } from './money.ts';
import type { JournalProblem } from './problem.ts';
import type { TenderKind } from './tender.ts';

/** A number and a sum. Money that goes back is negative. */
export type ReportSum = { readonly count: number; readonly amountInCents: number };

/** Money that moved. `failedTransfers`: bank transfers that were taken as accepted, and failed. */
export type ReportTotals = {
  readonly payments: ReportSum;
  readonly voids: ReportSum;
  readonly refunds: ReportSum;
  readonly failedTransfers: ReportSum;
  /** The tips in the payments. */
  readonly tips: ReportSum;
  /** The tips in the other three: of sales that were given back in full. A partial refund is of the purchase. */
  readonly tipsBack: ReportSum;
  /** The insurance premiums in the payments, where JustiFi charged them together. */
  readonly premiums: ReportSum;
  readonly premiumsBack: ReportSum;
  /** The sum of the four movements; tips and premiums are in them. */
  readonly netInCents: number;
};

/** A void or refund belongs to the tender of its payment. `bank-account`: typed in the card form; one that the customer logged in to is `plaid`. `not-known`: the journal had lost the sale. */
export type ReportTender = (typeof REPORT_TENDERS)[number];
export const REPORT_TENDERS = ['reader', 'card-form', 'plaid', 'insured', 'sezzle', 'saved', 'phone', 'bank-account', 'not-known'] as const satisfies readonly (TenderKind | 'bank-account' | 'not-known')[];

/** One sale, in a list beside the totals. `at`: UTC, ISO 8601. */
type ReportLine = { readonly saleId: string; readonly at: string; readonly businessDay: string; readonly amountInCents: number; readonly description: string };

/** The number of all, and the first few as lines. */
export type ReportList = ReportSum & { readonly lines: readonly ReportLine[] };

/** The money in the journal's entries after `after`, up to `upTo`: by entry number, never by a clock. */
export type DayReport = {
  readonly currency: Currency;
  readonly after: number;
  readonly upTo: number;
  /** When the last report was closed (UTC, ISO 8601); null: none was. */
  readonly since: string | null;
  readonly totals: ReportTotals;
  readonly byTender: readonly (ReportTotals & { readonly tender: ReportTender })[];
  /** Payments by the cashier who charged, voids and refunds by the person who requested them; null: the register has no names. */
  readonly byCashier: readonly (ReportTotals & { readonly cashier: string | null })[];
  /** By the business day on which the money moved; null: earlier days. */
  readonly byDay: readonly (ReportTotals & { readonly businessDay: string | null })[];
  /** Bank transfers that are accepted and not settled; their money is in the totals of the day on which they were accepted. */
  readonly pendingTransfers: ReportList;
  /** Payments without a known outcome: in no total. */
  readonly openPayments: ReportList;
  /** Voids and refunds without an answer: in no total. */
  readonly openReversals: ReportList;
  /** Payments that JustiFi had taken before the last report was closed, and that became known after it: in these totals. */
  readonly latePayments: ReportList;
};

/** A Z report: the day's report when it was closed. It never changes. */
export type ClosedDay = {
  /** Consecutive for each register. */
  readonly number: number;
  readonly registerId: string;
  readonly registerName: string;
  readonly businessDay: string;
  /** UTC, ISO 8601. */
  readonly closedAt: string;
  /** Who closed it, by name. */
  readonly cashier: string | null;
  readonly report: DayReport;
};

/** `sequence`: its entry in the journal. */
export type KeptDay = ClosedDay & { readonly sequence: number };

/** Closed days, newest first. `next`: where the next page begins; null: this is the last one. */
export type KeptDays = { readonly days: readonly KeptDay[]; readonly next: number | null };

/** The present report, and the closed ones. `number`: the number that it will get when it is closed. */
export type DayView = { readonly number: number; readonly report: DayReport; readonly closed: KeptDays };

/** `netInCents`: payments less voids and refunds. */
export type ChartSum = { readonly payments: ReportSum; readonly netInCents: number };

/** The day by hour, and the days up to it, oldest first: by the shop's clock and business days, independent of closings. */
export type DayChart = {
  readonly currency: Currency;
  readonly businessDay: string;
  /** From the first hour in which money moved to the last. `hour`: of the clock, from 0. */
  readonly hours: readonly (ChartSum & { readonly hour: number })[];
  readonly days: readonly (ChartSum & { readonly businessDay: string })[];
};

export type ReportProblem =
  | { readonly kind: 'report-unreadable' }
  | { readonly kind: 'still-starting' }
  /** Closed meanwhile, by another press. */
  | { readonly kind: 'day-closed' }
  /** JustiFi did not answer. */
  | { readonly kind: 'not-compared' }
  | JournalProblem;

/** Why a report was not written into a file. */
export type SaveProblem = { readonly kind: 'save-cancelled' } | { readonly kind: 'save-failed'; readonly code: string };

/** A difference between the report and JustiFi about a payment; fees and payouts are not compared. */
export type ReportDifference = {
  readonly kind: 'missing-here' | 'missing-there' | 'other-amount' | 'other-state' | 'pending';
  /** Null: this register has no such sale. */
  readonly saleId: string | null;
  readonly paymentId: string | null;
  readonly at: string | null;
  readonly description: string | null;
  /** For `other-amount`: the charged amount; else the amount after refunds. Null: the payment is missing. */
  readonly hereInCents: number | null;
  readonly thereInCents: number | null;
  /** JustiFi's word. */
  readonly status: string | null;
};

/** The payments of a report against JustiFi's of the same time. */
export type ReportComparison = {
  readonly compared: number;
  readonly differenceCount: number;
  /** The first of them. */
  readonly differences: readonly ReportDifference[];
  /** Payments by other registers or programs on this account in the same time. */
  readonly elsewhere: ReportSum;
  /** False: not everything could be read, so there may be more. */
  readonly isComplete: boolean;
};
