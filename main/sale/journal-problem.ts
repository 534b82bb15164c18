import type { JournalProblem } from '../../contract/problem.ts';
import type { JournalTrouble } from './journal.ts';

/** The cashier's problem when the journal cannot be written or opened. */
export function journalProblem(reason: JournalTrouble): JournalProblem {
  if (reason === 'in-use') return { kind: 'journal-in-use' };
  return { kind: reason === 'newer-counter' ? 'journal-of-newer-counter' : 'journal-unwritable' };
}
