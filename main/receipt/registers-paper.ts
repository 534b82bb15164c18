import type { AccountSums, AllRegisters } from '../../contract/all-registers.ts';
import type { ReportSum } from '../../contract/report.ts';
import { RECEIPT_WORDS } from '../../words/receipt.ts';
import { missingSentences, takenAtName } from '../../words/registers.ts';
import { type ReportLanguage, reportWords } from '../../words/report.ts';
import { type Receipt, type ReceiptPlace, type ReceiptRow, RULE, headRows, pair, stampRows } from './receipt.ts';

/** A day of all registers on paper, in the rows of a receipt, so that every receipt printer can print it. `at`: when it is printed, UTC, ISO 8601. */
export function registersPaper(day: AllRegisters, at: string, place: Omit<ReceiptPlace, 'cashier'>): Receipt {
  const language = reportWords(place.language, day.currency);
  const { words, format } = language;
  const { registers } = words;
  const receiptWords = RECEIPT_WORDS[place.language];
  const said = [...missingSentences(day, registers), registers.note].map((text): ReceiptRow => ({ kind: 'text', text, look: 'left' }));
  const rows: readonly ReceiptRow[] = [
    ...headRows(place, receiptWords),
    ...stampRows(place.mode, 0, receiptWords, format.locale),
    { kind: 'text', text: registers.title, look: 'name' },
    pair(words.by.day, format.day(day.businessDay)),
    { kind: 'text', text: registers.readAt(format.dayAndTime(day.readAt)), look: 'left' },
    pair(words.paper.made, format.dayAndTime(at)),
    pair(receiptWords.register, place.registerName),
    RULE,
    ...sumRows(day.total, language),
    { kind: 'pair', name: words.net, value: format.money(day.total.netInCents), look: 'total' },
    ...groupRows(registers.register, day.rows.map(({ at: taken, ...sums }) => [taken.kind === 'register' && taken.isThis ? `${takenAtName(taken, registers)} (${registers.thisRegister})` : takenAtName(taken, registers), sums]), language),
    ...groupRows(words.by.tender, day.byPaidBy.map(({ paidBy, ...sums }) => [registers.paidBy[paidBy], sums]), language),
    RULE,
    ...said,
  ];
  return { language: place.language, title: registers.title, rows };
}

function sumRows({ payments, voids, refunds, pending, pendingRefunds, failed, feesInCents }: AccountSums, { words, format }: ReportLanguage): readonly ReceiptRow[] {
  const row = (name: string, { count, amountInCents }: ReportSum) => pair(`${name} (${format.number(count)})`, format.money(amountInCents));
  const unlessNone = (name: string, sum: ReportSum) => (sum.count === 0 ? [] : [row(name, sum)]);
  const { registers } = words;
  return [
    row(words.payments, payments),
    ...unlessNone(words.voids, voids),
    ...unlessNone(words.refunds, refunds),
    ...unlessNone(registers.pending, pending),
    ...unlessNone(registers.pendingRefunds, pendingRefunds),
    ...unlessNone(registers.failed, failed),
    ...(feesInCents === null ? [] : [pair(registers.fees, format.money(feesInCents))]),
  ];
}

function groupRows(title: string, groups: readonly (readonly [name: string, sums: AccountSums])[], language: ReportLanguage): readonly ReceiptRow[] {
  if (groups.length === 0) return [];
  return [RULE, { kind: 'text', text: title, look: 'centred' }, ...groups.flatMap(([name, sums]): readonly ReceiptRow[] => [pair(name, language.format.money(sums.netInCents)), ...sumRows(sums, language)])];
}
