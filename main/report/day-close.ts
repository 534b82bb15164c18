import type { Currency } from '../../contract/money.ts';
import type { ClosedDay, DayChart, DayReport, DayView, KeptDay, KeptDays, ReportComparison, ReportProblem } from '../../contract/report.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { History } from '../history/history-thread.ts';
import type { JournalFailure, JournalUnreadable } from '../sale/journal.ts';
import { journalProblem } from '../sale/journal-problem.ts';
import { createSerialQueue } from '../sale/serial-queue.ts';
import { type ShopDay, businessDayOf, daysFrom } from '../sale/business-day.ts';
import { CHART_DAYS, dayChartOf } from './day-chart.ts';
import { type DayComparisonParts, compareDay } from './day-comparison.ts';
import { reportOf } from './report.ts';

/** The closed days in the journal. */
export type DayJournal = {
  /** Durable, in two copies, when it returns ok. A failed one may still be in the journal. */
  closeDay(day: ClosedDay): Result<null, JournalFailure>;
  /** Newest first, from before the entry `before` on; at most `limit`. */
  closedDays(before: number | null, limit: number): Result<readonly KeptDay[], JournalUnreadable>;
  /** The number of the last day that this register closed; 0: it has closed none. */
  lastDayNumber(registerId: string): Result<number, JournalUnreadable>;
};

/** A report to be printed or saved. `closed`: null: it is the present report. */
type OneReport = { readonly report: DayReport; readonly closed: KeptDay | null };

export type DayCloseParts = Pick<DayComparisonParts, 'payments' | 'checkouts'> & {
  readonly journal: DayJournal & DayComparisonParts['journal'];
  readonly history: Pick<History, 'ask'>;
  readonly register: { readonly id: string; readonly name: string };
  readonly currency: Currency;
  readonly cashier: () => string | null;
  readonly utcNow: () => string;
  /** By the present setting. */
  readonly shopDay: () => ShopDay;
};

/** The day's report of one register (X), and its closing (Z): the same report, kept in the journal as one entry with a number. */
export type DayClose = {
  /** `before`: where the page of closed days before ended; null: the newest. */
  read(before: number | null): Promise<Result<DayView, ReportProblem>>;
  /** Today by hour, and the last days. */
  chart(): Promise<Result<DayChart, ReportProblem>>;
  /** A closed one by its entry in the journal; null: the present one. */
  find(sequence: number | null): Promise<Result<OneReport, ReportProblem>>;
  /** The payments of a report against JustiFi's. */
  compare(sequence: number | null): Promise<Result<ReportComparison, ReportProblem>>;
  /** `number`: the number that the report on the screen would get. A day that was closed meanwhile is not closed again. */
  close(number: number): Promise<Result<KeptDay, ReportProblem>>;
};

/** Closed days of one answer. */
const PAGE_LENGTH = 30;

export function createDayClose(parts: DayCloseParts): DayClose {
  const { journal, history, register, currency, cashier, utcNow, shopDay } = parts;
  const now = () => reportOfNow(parts);
  const oneByOne = createSerialQueue();

  async function close(wanted: number): Promise<Result<KeptDay, ReportProblem>> {
    const current = await now();
    if (current.kind === 'failed') return current;
    const { number, report } = current.value;
    if (number !== wanted) return failed({ kind: 'day-closed' });
    const closedAt = utcNow();
    const written = journal.closeDay({ number, registerId: register.id, registerName: register.name, businessDay: businessDayOf(closedAt, shopDay()), closedAt, cashier: cashier(), report });
    if (written.kind === 'failed') return failed(journalProblem(written.failure.reason));
    // Read back from the journal, which is shown from now on.
    const kept = journal.closedDays(null, 1);
    const [day] = kept.kind === 'ok' ? kept.value : [];
    return day === undefined ? failed({ kind: 'report-unreadable' }) : ok(day);
  }

  async function find(sequence: number | null): Promise<Result<OneReport, ReportProblem>> {
    if (sequence === null) {
      const current = await now();
      return current.kind === 'ok' ? ok({ report: current.value.report, closed: null }) : current;
    }
    const days = journal.closedDays(sequence + 1, 1);
    const day = days.kind === 'ok' ? days.value.find((one) => one.sequence === sequence) : undefined;
    return day === undefined ? failed({ kind: 'report-unreadable' }) : ok({ report: day.report, closed: day });
  }

  return {
    async read(before) {
      const current = await now();
      if (current.kind === 'failed') return current;
      const closed = readClosedDays(journal, before);
      return closed.kind === 'failed' ? closed : ok({ ...current.value, closed: closed.value });
    },
    async chart() {
      const day = shopDay();
      const today = businessDayOf(utcNow(), day);
      const moments = await history.ask({ kind: 'moments', order: { from: daysFrom(today, 1 - CHART_DAYS), to: today } });
      if (moments.kind === 'failed') return failed({ kind: moments.failure.kind === 'still-starting' ? 'still-starting' : 'report-unreadable' });
      return ok(dayChartOf(moments.value, today, day, currency));
    },
    find,
    async compare(sequence) {
      const found = await find(sequence);
      if (found.kind === 'failed') return found;
      const { report, closed } = found.value;
      const taken = await history.ask({ kind: 'taken', order: { after: report.after, upTo: report.upTo } });
      if (taken.kind === 'failed') return failed({ kind: 'report-unreadable' });
      const to = closed?.closedAt ?? utcNow();
      return compareDay({ ...parts, registerId: register.id }, { ...taken.value, from: report.since ?? taken.value.sales[0]?.at ?? to, to });
    },
    close: (number) => oneByOne(() => close(number)),
  };
}

/** `number`: the number that it would get if the day were closed now. */
type NumberedReport = { readonly number: number; readonly report: DayReport };

/** The entries after the last closed day; the entry of that day is in no report. */
async function reportOfNow({ journal, history, register, currency }: DayCloseParts): Promise<Result<NumberedReport, ReportProblem>> {
  const last = journal.closedDays(null, 1);
  const number = journal.lastDayNumber(register.id);
  if (last.kind === 'failed' || number.kind === 'failed') return failed({ kind: 'report-unreadable' });
  const [day] = last.value;
  const after = day?.report.upTo ?? 0;
  const since = day?.closedAt ?? null;
  const figures = await history.ask({ kind: 'figures', order: { after, closedAt: since } });
  if (figures.kind === 'failed') return failed({ kind: figures.failure.kind === 'still-starting' ? 'still-starting' : 'report-unreadable' });
  return figures.value.upTo < after ? failed({ kind: 'report-unreadable' }) : ok({ number: number.value + 1, report: reportOf(figures.value, { currency, after, since }) });
}

/** Newest first, from before the entry `before` on. */
function readClosedDays(journal: DayJournal, before: number | null): Result<KeptDays, ReportProblem> {
  const days = journal.closedDays(before, PAGE_LENGTH + 1);
  if (days.kind === 'failed') return failed({ kind: 'report-unreadable' });
  const shown = days.value.slice(0, PAGE_LENGTH);
  return ok({ days: shown, next: days.value.length > PAGE_LENGTH ? (shown.at(-1)?.sequence ?? null) : null });
}
