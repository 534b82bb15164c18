import type { DayReport, KeptDay, ReportSum, ReportTotals } from '../../contract/report.ts';
import { type ReportLanguage, reportWords } from '../../words/report.ts';
import { RECEIPT_WORDS } from '../../words/receipt.ts';
import { type Receipt, type ReceiptPlace, type ReceiptRow, RULE, headRows, pair, stampRows } from './receipt.ts';

/** `closed`: its closed day; null: it is the present report. `at`: when it is printed, UTC, ISO 8601. `copyNumber`: 0: the first print. */
type PrintedReport = { readonly report: DayReport; readonly closed: KeptDay | null; readonly at: string; readonly copyNumber: number };

type Place = Omit<ReceiptPlace, 'cashier'>;

const LISTS = ['openPayments', 'openReversals', 'latePayments', 'pendingTransfers'] as const;

/** A day's report on paper, in the rows of a receipt, so that every receipt printer can print it. */
export function dayPaper({ report, closed, at, copyNumber }: PrintedReport, place: Place): Receipt {
  const language = reportWords(place.language, report.currency);
  const { words, format } = language;
  const receiptWords = RECEIPT_WORDS[place.language];
  const title = closed === null ? words.paper.x : words.closed.name(closed.number);
  const cashier = closed?.cashier ?? null;
  const rows: ReceiptRow[] = [
    ...headRows(place, receiptWords),
    ...stampRows(place.mode, copyNumber, receiptWords, format.locale),
    { kind: 'text', text: title, look: 'name' },
    ...(closed === null ? [] : [pair(words.by.day, format.day(closed.businessDay)), pair(words.paper.closedAt, format.dayAndTime(closed.closedAt))]),
    pair(words.paper.from, report.since === null ? '–' : format.dayAndTime(report.since)),
    pair(words.paper.made, format.dayAndTime(at)),
    pair(receiptWords.register, closed?.registerName ?? place.registerName),
    ...(cashier === null ? [] : [pair(receiptWords.cashier, cashier)]),
    pair(words.paper.entries, `${format.number(report.after + 1)}–${format.number(report.upTo)}`),
    RULE,
    ...totalRows(report.totals, language),
    { kind: 'pair', name: words.net, value: format.money(report.totals.netInCents), look: 'total' },
    ...besideRows(report.totals, language),
    ...groupRows(words.by.tender, report.byTender.map(({ tender, ...totals }) => [words.tenders[tender], totals]), language),
    ...(report.byCashier.some((row) => row.cashier !== null) ? groupRows(words.by.cashier, report.byCashier.map(({ cashier: name, ...totals }) => [name ?? words.noName, totals]), language) : []),
    ...(report.byDay.length > 1 ? groupRows(words.by.day, report.byDay.map(({ businessDay, ...totals }) => [businessDay === null ? words.earlierDays : format.day(businessDay), totals]), language) : []),
    ...LISTS.flatMap((name) => listRows(report, name, language)),
    RULE,
  ];
  return { language: place.language, title, rows };
}

/** The tips and premiums in the amounts above; no rows where there are none. */
function besideRows({ tips, tipsBack, premiums, premiumsBack }: ReportTotals, language: ReportLanguage): readonly ReceiptRow[] {
  const rows = [[language.words.tips, tips] as const, [language.words.tipsBack, tipsBack] as const, [language.words.premiums, premiums] as const, [language.words.premiumsBack, premiumsBack] as const];
  return rows.flatMap(([name, sum]) => (sum.count === 0 ? [] : [sumRow(name, sum, language)]));
}

function sumRow(name: string, { count, amountInCents }: ReportSum, { format }: ReportLanguage): ReceiptRow {
  return pair(`${name} (${format.number(count)})`, format.money(amountInCents));
}

function totalRows({ payments, voids, refunds, failedTransfers }: ReportTotals, language: ReportLanguage): readonly ReceiptRow[] {
  const { words } = language;
  const row = (name: string, sum: ReportSum) => sumRow(name, sum, language);
  return [row(words.payments, payments), row(words.voids, voids), row(words.refunds, refunds), ...(failedTransfers.count === 0 ? [] : [row(words.failedTransfers, failedTransfers)])];
}

function groupRows(title: string, groups: readonly (readonly [name: string, totals: ReportTotals])[], language: ReportLanguage): readonly ReceiptRow[] {
  if (groups.length === 0) return [];
  return [RULE, { kind: 'text', text: title, look: 'centred' }, ...groups.flatMap(([name, totals]): readonly ReceiptRow[] => [pair(name, language.format.money(totals.netInCents)), ...partsOf(totals, language)])];
}

/** Below a net amount that is more than payments. */
function partsOf(totals: ReportTotals, language: ReportLanguage): readonly ReceiptRow[] {
  return [...(totals.netInCents === totals.payments.amountInCents ? [] : totalRows(totals, language)), ...besideRows(totals, language)];
}

function listRows(report: DayReport, name: (typeof LISTS)[number], { words, format }: ReportLanguage): readonly ReceiptRow[] {
  const { count, amountInCents, lines } = report[name];
  if (count === 0) return [];
  return [
    RULE,
    { kind: 'text', text: `${words.lists[name].title}: ${words.sales(count)}, ${format.money(amountInCents)}`, look: 'left' },
    { kind: 'text', text: words.lists[name].note, look: 'left' },
    ...lines.map(({ businessDay, description, amountInCents: cents }) => pair(`${format.day(businessDay)} ${description}`, format.money(cents))),
    ...(count > lines.length ? [{ kind: 'text', text: words.more(count - lines.length), look: 'left' } as const] : []),
  ];
}
