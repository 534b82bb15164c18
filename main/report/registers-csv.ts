import type { AccountSums, AllRegisters, TakenAt } from '../../contract/all-registers.ts';
import type { Language } from '../../contract/language.ts';
import type { ReportSum } from '../../contract/report.ts';
import { missingSentences, takenAtName } from '../../words/registers.ts';
import { reportWords } from '../../words/report.ts';
import { csvText } from '../files/csv.ts';

type Row = Parameters<typeof csvText>[0][number];

/** A day of all registers as a CSV for a spreadsheet of this locale (BCP 47): a line for each, then the missing parts, in sentences. */
export function registersCsv(day: AllRegisters, language: Language, locale: string): string {
  const { words } = reportWords(language, day.currency);
  const { registers, paper, by } = words;
  const counted = (name: string) => [`${name}: ${paper.count}`, `${name}: ${paper.amount}`];
  const lines: readonly (readonly [section: string, name: string, id: string | null, sums: AccountSums])[] = [
    [words.total, '', null, day.total],
    ...day.rows.map(({ at, ...sums }) => [registers.register, takenAtName(at, registers), idOf(at), sums] as const),
    ...day.byPaidBy.map(({ paidBy, ...sums }) => [by.tender, registers.paidBy[paidBy], null, sums] as const),
  ];
  const names = [words.payments, words.voids, words.refunds].flatMap(counted);
  const beside = [registers.pending, registers.pendingRefunds, registers.failed].flatMap(counted);
  return csvText(
    [
      [registers.title, day.businessDay, day.currency],
      [paper.from, day.from, day.to],
      [paper.made, day.readAt],
      [],
      [paper.section, paper.name, 'register_id', ...names, words.net, ...beside, registers.fees],
      ...lines.map(([section, name, id, sums]): Row => [section, name, id, ...cellsOf(sums)]),
      ...missingSentences(day, registers).map((sentence): Row => [sentence]),
    ],
    locale,
  );
}

function idOf(at: TakenAt): string | null {
  return at.kind === 'register' ? at.id : null;
}

function cellsOf({ payments, voids, refunds, netInCents, pending, pendingRefunds, failed, feesInCents }: AccountSums): Row {
  const cells = (sums: readonly ReportSum[]) => sums.flatMap(({ count, amountInCents }) => [{ whole: count }, { cents: amountInCents }]);
  return [...cells([payments, voids, refunds]), { cents: netInCents }, ...cells([pending, pendingRefunds, failed]), feesInCents === null ? null : { cents: feesInCents }];
}
