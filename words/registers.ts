import type { AllRegisters, TakenAt } from '../contract/all-registers.ts';
import type { RegistersWords } from './en/registers.ts';

/** Whose line it is. A name is the manager's own text; an id is shown where JustiFi has no name. */
export function takenAtName(at: TakenAt, words: RegistersWords): string {
  if (at.kind === 'elsewhere') return words.elsewhere;
  if (at.kind === 'not-known') return words.notKnown;
  return at.name ?? at.id;
}

/** The parts missing in the sums, a sentence for each. */
export function missingSentences({ missing, rows }: Pick<AllRegisters, 'missing' | 'rows'>, { missing: words }: RegistersWords): readonly string[] {
  return [
    ...(missing.morePayments ? [words.morePayments] : []),
    ...(missing.moreRefunds ? [words.moreRefunds] : []),
    ...(missing.unreadable > 0 ? [words.unreadable(missing.unreadable)] : []),
    ...(missing.ofOthers > 0 ? [words.ofOthers(missing.ofOthers)] : []),
    ...(rows.some(({ at }) => at.kind === 'not-known') ? [words.registers] : []),
  ];
}
