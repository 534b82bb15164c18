import type { Language } from '../../contract/language.ts';
import type { PrintProblem } from '../../contract/printing.ts';
import type { ReportProblem, SaveProblem } from '../../contract/report.ts';
import { type Result, failed } from '../../contract/result.ts';
import type { SaveChosen } from '../manager/saved-file.ts';
import type { ReceiptDesk } from '../printing/receipt-desk.ts';
import { dayPaper } from '../receipt/day-paper.ts';
import { dayCsv } from '../report/day-csv.ts';
import type { DayClose } from '../report/day-close.ts';

type ReportPapersParts = {
  readonly dayClose: () => DayClose | null;
  readonly desk: Pick<ReceiptDesk, 'print' | 'printPaper'>;
  readonly saveFile: SaveChosen;
  readonly language: () => Language;
  /** For numbers and lists, whatever the till's language. BCP 47. */
  readonly systemLocale: () => string;
  readonly utcNow: () => string;
};

/** A day's report on paper and in a file. `sequence`: of a closed day; null: as it is now. */
type ReportPapers = {
  print(sequence: number | null): Promise<Result<null, PrintProblem | ReportProblem>>;
  save(sequence: number | null): Promise<Result<null, SaveProblem | ReportProblem>>;
};

export function createReportPapers({ dayClose, desk, saveFile, language, systemLocale, utcNow }: ReportPapersParts): ReportPapers {
  const find = async (sequence: number | null) => dayClose()?.find(sequence) ?? failed({ kind: 'still-starting' } as const);
  return {
    async print(sequence) {
      const found = await find(sequence);
      if (found.kind === 'failed') return found;
      const { report, closed } = found.value;
      if (closed === null) return desk.printPaper((place) => dayPaper({ report, closed, at: utcNow(), copyNumber: 0 }, place));
      return desk.print({ paper: { kind: 'day', number: closed.number, sequence: closed.sequence, closedAt: closed.closedAt }, copyFor: 'merchant' });
    },
    async save(sequence) {
      const found = await find(sequence);
      if (found.kind === 'failed') return found;
      const { report, closed } = found.value;
      const name = closed === null ? `x-${utcNow().slice(0, 'yyyy-mm-dd'.length)}.csv` : `z-${closed.number}-${closed.businessDay}.csv`;
      const saved = await saveFile(name, dayCsv(report, closed, language(), systemLocale()), () => true);
      if (saved.kind === 'ok') return saved;
      return failed(saved.failure.kind === 'unwritable' ? { kind: 'save-failed', code: saved.failure.code } : { kind: 'save-cancelled' });
    },
  };
}
