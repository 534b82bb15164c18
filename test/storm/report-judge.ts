import type { HistoryState } from '../../contract/history.ts';
import { type HistoryFile, openHistoryFile } from '../../main/history/history-file.ts';
import { reportOf } from '../../main/report/report.ts';
import type { SaleBooks } from './books.ts';
import type { Finding } from './finding.ts';

type ReportJudgeParts = { readonly books: SaleBooks; readonly finds: (finding: Finding) => void };

const WITH_MONEY: ReadonlySet<HistoryState> = new Set<HistoryState>(['paid', 'accepted', 'partly-refunded', 'refunded', 'voided']);
const ALL = 1_000_000;

/** The day's report and the history, made of this journal, equal JustiFi's books to the cent. */
export function judgeReport({ books, finds }: ReportJudgeParts, journal: string): void {
  const history = openHistoryFile({ history: `${journal}.judged`, journal });
  try {
    readAll(history);
    const { payments, voids, refunds, netInCents } = reportOf(history.figures({ after: 0, closedAt: null }), { currency: 'USD', after: 0, since: null }).totals;
    const charges = books.charges();
    const takenInCents = total(charges.map(({ amount }) => amount));
    const returnedInCents = total(charges.map(books.returnedOf));
    const inHistory = total(history.page({ search: [], before: null, length: ALL }).lines.filter(({ state }) => WITH_MONEY.has(state)).map((line) => line.amountInCents - line.givenBackInCents));
    const compare = (what: string, here: number, there: number) => here !== there && finds({ kind: 'wrong', customer: null, what: `${what}: the till has ${here}, JustiFi's books ${there}` });
    compare('payments in the report', payments.count, charges.length);
    compare('taken in the report', payments.amountInCents, takenInCents);
    compare('given back in the report', -voids.amountInCents - refunds.amountInCents, returnedInCents);
    compare('net in the report', netInCents, takenInCents - returnedInCents);
    compare('net in the history', inHistory, takenInCents - returnedInCents);
  } finally {
    history.close();
  }
}

function readAll(history: HistoryFile): void {
  let progress = history.step();
  while (progress.done < progress.of) progress = history.step();
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
