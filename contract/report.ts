import type { Currency } from './money.ts';
import type { JournalProblem } from './problem.ts';
import type { TenderKind } from './tender.ts';

/** How many, and what they come to. What goes back is negative. */
export type ReportSum = { readonly count: number; readonly amountInCents: number };

/** Money that moved. `failedTransfers`: bank transfers that were taken as accepted, and failed. */
export type ReportTotals = {
  readonly payments: ReportSum;
  readonly voids: ReportSum;
  readonly refunds: ReportSum;
  readonly failedTransfers: ReportSum;
  /** What of the payments is tips. */
  readonly tips: ReportSum;
  /** What of the other three is tips: of sales of which nothing is left. A refund of a part is of the purchase. */
  readonly tipsBack: ReportSum;
  /** What of the payments is premiums of insurances that JustiFi charged with them. */
  readonly premiums: ReportSum;
  readonly premiumsBack: ReportSum;
  /** The sum of the four movements; tips and premiums are in them. */
  readonly netInCents: number;
};

/** A void or refund belongs to the tender that it gives back. `bank-account`: typed in the card form; one that the customer logged in to is `plaid`. `not-known`: the journal had lost the sale. */
export type ReportTender = (typeof REPORT_TENDERS)[number];
export const REPORT_TENDERS = ['reader', 'card-form', 'plaid', 'insured', 'sezzle', 'saved', 'phone', 'bank-account', 'not-known'] as const satisfies readonly (TenderKind | 'bank-account' | 'not-known')[];

/** One sale, in a list beside the totals. `at`: UTC, ISO 8601. */
type ReportLine = { readonly saleId: string; readonly at: string; readonly businessDay: string; readonly amountInCents: number; readonly description: string };

/** All of them counted, and the first few as lines. */
export type ReportList = ReportSum & { readonly lines: readonly ReportLine[] };

/** What the entries of the journal behind `after`, up to `upTo`, say about money: by what was written, never by a clock. */
export type DayReport = {
  readonly currency: Currency;
  readonly after: number;
  readonly upTo: number;
  /** When the last report was closed (UTC, ISO 8601); null: none was. */
  readonly since: string | null;
  readonly totals: ReportTotals;
  readonly byTender: readonly (ReportTotals & { readonly tender: ReportTender })[];
  /** Payments by who charged, voids and refunds by who asked for them; null: the register has no names. */
  readonly byCashier: readonly (ReportTotals & { readonly cashier: string | null })[];
  /** By the shop's own day on which the money moved; null: days before those. */
  readonly byDay: readonly (ReportTotals & { readonly businessDay: string | null })[];
  /** Bank transfers that are accepted and not settled; their money is in the totals of the day on which they were accepted. */
  readonly pendingTransfers: ReportList;
  /** Payments without a known end: in no total. */
  readonly openPayments: ReportList;
  /** Voids and refunds without an answer: in no total. */
  readonly openReversals: ReportList;
  /** Payments that JustiFi had taken before the last report was closed, and that became known after it: in these totals. */
  readonly latePayments: ReportList;
};

/** A Z report: what the day's report was when it was closed. It never changes. */
export type ClosedDay = {
  /** Without a gap for each register. */
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

/** The report of now, and those that are closed. `number`: what it will have when it is closed. */
export type DayView = { readonly number: number; readonly report: DayReport; readonly closed: KeptDays };

/** `netInCents`: payments less what went back. */
export type ChartSum = { readonly payments: ReportSum; readonly netInCents: number };

/** The day by hour, and the days up to it, oldest first: by the shop's own clock and days, whatever was closed when. */
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

/** Where the report and JustiFi do not say the same about a payment; fees and payouts are not looked at. */
export type ReportDifference = {
  readonly kind: 'missing-here' | 'missing-there' | 'other-amount' | 'other-state' | 'pending';
  /** Null: this register has no such sale. */
  readonly saleId: string | null;
  readonly paymentId: string | null;
  readonly at: string | null;
  readonly description: string | null;
  /** Of `other-amount`: what was charged; else what is left of it. Null: it is not there at all. */
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
  /** Payments of the same time that other registers or programs took on this account. */
  readonly elsewhere: ReportSum;
  /** False: not everything could be read, so there may be more. */
  readonly isComplete: boolean;
};
