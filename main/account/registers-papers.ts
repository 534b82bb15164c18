import type { AllRegisters, AllRegistersProblem } from '../../contract/all-registers.ts';
import type { Locked } from '../../contract/channels.ts';
import type { Language } from '../../contract/language.ts';
import type { PrintProblem } from '../../contract/printing.ts';
import type { SaveProblem } from '../../contract/report.ts';
import { type Result, failed } from '../../contract/result.ts';
import { type IsStillOpen, LOCKED } from '../manager/guard.ts';
import type { SaveChosen } from '../manager/saved-file.ts';
import type { ReceiptDesk } from '../printing/receipt-desk.ts';
import { registersPaper } from '../receipt/registers-paper.ts';
import { registersCsv } from '../report/registers-csv.ts';

type RegistersPapersParts = {
  /** The day that was read last; null: none was. */
  readonly last: () => AllRegisters | null;
  readonly desk: Pick<ReceiptDesk, 'printPaper'>;
  readonly saveFile: SaveChosen;
  readonly language: () => Language;
  /** For numbers and lists, whatever the till's language. BCP 47. */
  readonly systemLocale: () => string;
  readonly utcNow: () => string;
};

/** The day of all registers that was read last, on paper and in a file. */
type RegistersPapers = {
  print(): Promise<Result<null, PrintProblem | AllRegistersProblem>>;
  save(isStillOpen: IsStillOpen): Promise<Result<null, SaveProblem | AllRegistersProblem> | Locked>;
};

export function createRegistersPapers({ last, desk, saveFile, language, systemLocale, utcNow }: RegistersPapersParts): RegistersPapers {
  const nothing = () => failed({ kind: 'nothing-read' } as const);
  return {
    async print() {
      const day = last();
      return day === null ? nothing() : desk.printPaper((place) => registersPaper(day, utcNow(), place));
    },
    async save(isStillOpen) {
      const day = last();
      if (day === null) return nothing();
      const saved = await saveFile(`all-registers-${day.businessDay}.csv`, registersCsv(day, language(), systemLocale()), isStillOpen);
      if (saved.kind === 'ok') return saved;
      const { failure } = saved;
      if (failure.kind === 'locked') return LOCKED;
      return failed(failure.kind === 'unwritable' ? { kind: 'save-failed', code: failure.code } : { kind: 'save-cancelled' });
    },
  };
}
