import type { Language } from '../../contract/language.ts';
import type { DayReport, KeptDay, ReportList, ReportSum, ReportTotals } from '../../contract/report.ts';
import { reportWords } from '../../words/report.ts';
import { csvText } from '../files/csv.ts';

type Row = Parameters<typeof csvText>[0][number];

const LISTS = ['openPayments', 'openReversals', 'latePayments', 'pendingTransfers'] as const;

/** The report as a CSV for a spreadsheet of this locale (BCP 47): a line for each group, then one for each sale beside the totals. */
export function dayCsv(report: DayReport, closed: KeptDay | null, language: Language, locale: string): string {
  const { words } = reportWords(language, report.currency);
  const { paper, by } = words;
  const groups: readonly (readonly [section: string, name: string, totals: ReportTotals])[] = [
    [words.total, '', report.totals],
    ...report.byTender.map(({ tender, ...totals }) => [by.tender, words.tenders[tender], totals] as const),
    ...report.byCashier.map(({ cashier, ...totals }) => [by.cashier, cashier ?? words.noName, totals] as const),
    ...report.byDay.map(({ businessDay, ...totals }) => [by.day, businessDay ?? words.earlierDays, totals] as const),
  ];
  const counted = (name: string) => [`${name}: ${paper.count}`, `${name}: ${paper.amount}`];
  const head: readonly Row[] = [
    [closed === null ? paper.x : words.closed.name(closed.number), closed?.businessDay ?? null, closed?.registerName ?? null],
    [paper.from, report.since],
    ...(closed === null ? [] : [[paper.closedAt, closed.closedAt]]),
    [paper.entries, { whole: report.after + 1 }, { whole: report.upTo }],
    [],
    [paper.section, paper.name, ...counted(words.payments), ...counted(words.voids), ...counted(words.refunds), ...counted(words.failedTransfers), words.net, ...counted(words.tips), ...counted(words.tipsBack), ...counted(words.premiums), ...counted(words.premiumsBack)],
  ];
  return csvText([...head, ...groups.map(([section, name, totals]) => [section, name, ...cellsOf(totals)]), ...LISTS.flatMap((name) => listRows(words.lists[name].title, report[name]))], locale);

  function listRows(title: string, { count, amountInCents, lines }: ReportList): readonly Row[] {
    if (count === 0) return [];
    return [
      [],
      [title, { whole: count }, { cents: amountInCents }],
      [paper.day, paper.sale, paper.amount, paper.name],
      ...lines.map(({ businessDay, saleId, amountInCents: cents, description }): Row => [businessDay, saleId, { cents }, description]),
      ...(count > lines.length ? [[words.more(count - lines.length)]] : []),
    ];
  }

  function cellsOf({ payments, voids, refunds, failedTransfers, netInCents, tips, tipsBack, premiums, premiumsBack }: ReportTotals): Row {
    const counts = (...sums: readonly ReportSum[]) => sums.flatMap((sum) => [{ whole: sum.count }, { cents: sum.amountInCents }]);
    return [...counts(payments, voids, refunds, failedTransfers), { cents: netInCents }, ...counts(tips, tipsBack, premiums, premiumsBack)];
  }
}
