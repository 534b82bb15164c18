import type { DayReport, KeptDay, ReportSum, ReportTotals } from '../../contract/report.ts';
import { type SpokenReport, reportWords } from '../../words/report.ts';
import { RECEIPT_WORDS } from '../../words/receipt.ts';
import { type Receipt, type ReceiptPlace, type ReceiptRow, RULE, headRows, pair, stampRows } from './receipt.ts';

/** `closed`: its closed day; null: it is the present report. `at`: when it is printed, UTC, ISO 8601. `copyNumber`: 0: the first print. */
type PrintedReport = { readonly report: DayReport; readonly closed: KeptDay | null; readonly at: string; readonly copyNumber: number };

type Place = Omit<ReceiptPlace, 'cashier'>;

const LISTS = ['openPayments', 'openReversals', 'latePayments', 'pendingTransfers'] as const;

/** A day's report on paper, in the rows of a receipt, so that every receipt printer can print it. */
export function dayPaper({ report, closed, at, copyNumber }: PrintedReport, place: Place): Receipt {
  const spoken = reportWords(place.language, report.currency);
  const { words, format } = spoken;
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
    ...totalRows(report.totals, spoken),
    { kind: 'pair', name: words.net, value: format.money(report.totals.netInCents), look: 'total' },
    ...besideRows(report.totals, spoken),
    ...groupRows(words.by.tender, report.byTender.map(({ tender, ...totals }) => [words.tenders[tender], totals]), spoken),
    ...(report.byCashier.some((row) => row.cashier !== null) ? groupRows(words.by.cashier, report.byCashier.map(({ cashier: name, ...totals }) => [name ?? words.noName, totals]), spoken) : []),
    ...(report.byDay.length > 1 ? groupRows(words.by.day, report.byDay.map(({ businessDay, ...totals }) => [businessDay === null ? words.earlierDays : format.day(businessDay), totals]), spoken) : []),
    ...LISTS.flatMap((name) => listRows(report, name, spoken)),
    RULE,
  ];
  return { language: place.language, title, rows };
}

/** The tips and premiums in the amounts above; no rows where there are none. */
function besideRows({ tips, tipsBack, premiums, premiumsBack }: ReportTotals, spoken: SpokenReport): readonly ReceiptRow[] {
  const rows = [[spoken.words.tips, tips] as const, [spoken.words.tipsBack, tipsBack] as const, [spoken.words.premiums, premiums] as const, [spoken.words.premiumsBack, premiumsBack] as const];
  return rows.flatMap(([name, sum]) => (sum.count === 0 ? [] : [sumRow(name, sum, spoken)]));
}

function sumRow(name: string, { count, amountInCents }: ReportSum, { format }: SpokenReport): ReceiptRow {
  return pair(`${name} (${format.number(count)})`, format.money(amountInCents));
}

function totalRows({ payments, voids, refunds, failedTransfers }: ReportTotals, spoken: SpokenReport): readonly ReceiptRow[] {
  const { words } = spoken;
  const row = (name: string, sum: ReportSum) => sumRow(name, sum, spoken);
  return [row(words.payments, payments), row(words.voids, voids), row(words.refunds, refunds), ...(failedTransfers.count === 0 ? [] : [row(words.failedTransfers, failedTransfers)])];
}

function groupRows(title: string, groups: readonly (readonly [name: string, totals: ReportTotals])[], spoken: SpokenReport): readonly ReceiptRow[] {
  if (groups.length === 0) return [];
  return [RULE, { kind: 'text', text: title, look: 'centred' }, ...groups.flatMap(([name, totals]): readonly ReceiptRow[] => [pair(name, spoken.format.money(totals.netInCents)), ...partsOf(totals, spoken)])];
}

/** Below a net amount that is more than payments. */
function partsOf(totals: ReportTotals, spoken: SpokenReport): readonly ReceiptRow[] {
  return [...(totals.netInCents === totals.payments.amountInCents ? [] : totalRows(totals, spoken)), ...besideRows(totals, spoken)];
}

function listRows(report: DayReport, name: (typeof LISTS)[number], { words, format }: SpokenReport): readonly ReceiptRow[] {
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
