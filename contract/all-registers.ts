import type { Currency } from './money.ts';
import type { ReportSum } from './report.ts';

/** How it was paid, as far as JustiFi's payments tell. `card`: on the form, with a saved card or on a phone. */
export const PAID_BY = ['card', 'reader', 'bank-account', 'not-known'] as const;
export type PaidBy = (typeof PAID_BY)[number];

/** What JustiFi has of some payments of a day. What goes back is negative. */
export type AccountSums = {
  /** Money that was taken that day, also if it went back later. */
  readonly payments: ReportSum;
  /** Payments of the day that were taken back whole. */
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
  /** What JustiFi says that it took for these payments; null: it says nothing. Not in the net amount. */
  readonly feesInCents: number | null;
};

/** Whose payments they are. `elsewhere`: no register of Counter made them. `not-known`: their register could not be found out. */
export type TakenAt = { readonly kind: 'register'; readonly id: string; readonly name: string | null; readonly isThis: boolean } | { readonly kind: 'elsewhere' } | { readonly kind: 'not-known' };

/** A business day of the whole account, as JustiFi has it. Nothing of it is in the journal. Times are UTC, ISO 8601. */
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

/** What is in no sum, or stands in the wrong row, because it could not be read. */
export type Missing = {
  /** Payments and refunds in a shape or with a state that Counter does not know. */
  readonly unreadable: number;
  /** Payments of another account, of test instead of live or the other way round, or in another currency. */
  readonly ofOthers: number;
  /** JustiFi has more than were read: the earliest ones of the day are missing. */
  readonly morePayments: boolean;
  readonly moreRefunds: boolean;
};

/** How far it is. `isWaiting`: JustiFi has asked for a pause. */
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
