import type { Currency } from './money.ts';
import type { ReportSum } from './report.ts';

/** The way to pay, as far as JustiFi's payments show it. `card`: on the form, with a saved card or on a phone. */
export const PAID_BY = ['card', 'reader', 'bank-account', 'not-known'] as const;
export type PaidBy = (typeof PAID_BY)[number];

/** The sums of some payments of a day at JustiFi. Money that goes back is negative. */
export type AccountSums = {
  /** Money taken that day, even if it went back later. */
  readonly payments: ReportSum;
  /** Payments of the day that were voided. */
  readonly voids: ReportSum;
  /** Made that day, of payments of any day. */
  readonly refunds: ReportSum;
  /** The sum of the three. */
  readonly netInCents: number;
  /** Payments that are not settled, and refunds that JustiFi has not carried out: in no sum above. */
  readonly pending: ReportSum;
  readonly pendingRefunds: ReportSum;
  /** No money moved. */
  readonly failed: ReportSum;
  /** JustiFi's fees for these payments; null: not reported. Not in the net amount. */
  readonly feesInCents: number | null;
};

/** The register of the payments. `elsewhere`: no register of Counter made them. `not-known`: their register could not be found out. */
export type TakenAt = { readonly kind: 'register'; readonly id: string; readonly name: string | null; readonly isThis: boolean } | { readonly kind: 'elsewhere' } | { readonly kind: 'not-known' };

/** A business day of the whole account at JustiFi. None of it is in the journal. Times are UTC, ISO 8601. */
export type AllRegisters = {
  readonly businessDay: string;
  readonly from: string;
  /** The end of the day is not part of it. */
  readonly to: string;
  readonly readAt: string;
  readonly currency: Currency;
  readonly total: AccountSums;
  /** This register first, then by name. */
  readonly rows: readonly (AccountSums & { readonly at: TakenAt })[];
  readonly byPaidBy: readonly (AccountSums & { readonly paidBy: PaidBy })[];
  readonly missing: Missing;
};

/** Entries that are in no sum, or in the wrong row, because they could not be read. */
export type Missing = {
  /** Payments and refunds in a shape or with a state that Counter does not know. */
  readonly unreadable: number;
  /** Payments of another account, of test instead of live or the other way round, or in another currency. */
  readonly ofOthers: number;
  /** JustiFi has more than were read: the earliest ones of the day are missing. */
  readonly morePayments: boolean;
  readonly moreRefunds: boolean;
};

/** The progress of the reading. `isWaiting`: JustiFi has asked for a pause. */
export type RegistersProgress = { readonly step: 'payments' | 'refunds' | 'registers'; readonly read: number; readonly isWaiting: boolean };

export type AllRegistersProblem = {
  readonly kind:
    | 'still-starting'
    /** It is being read for another press. */
    | 'being-read'
    | 'stopped'
    | 'day-not-begun'
    | 'no-connection'
    | 'credentials-refused'
    | 'not-permitted'
    | 'justifi-busy'
    | 'justifi-trouble'
    | 'answer-unreadable'
    /** To be printed or saved: none was read. */
    | 'nothing-read';
};
