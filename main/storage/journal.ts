import { type Result, ok } from '../../contract/result.ts';
import { type ClosedDays, openClosedDays } from './closed-days.ts';
import { type JournaledStep } from './journal-steps.ts';
import type { JournalFailure, JournalHealth, JournalUnreadable, SaleJournal, SaleQueries } from '../sale/journal.ts';
import type { MaintainedLog } from './journal-maintenance.ts';
import { openQueries } from './journal-queries.ts';
import { type JournalParts, type AppendOnlyLog, openAppendOnlyLog } from './append-only-log.ts';

export type Journal = { readonly steps: (saleId: string) => Result<readonly JournaledStep[], JournalUnreadable> } & SaleJournal & SaleQueries & ClosedDays & MaintainedLog & Pick<AppendOnlyLog, 'close'>;

export type OpenedJournal = { readonly journal: Journal; readonly health: JournalHealth };

/**
 * The journal of the till: every event of every sale and the state after it, each written before its effect, in two copies that
 * check each other (docs/journal.md). Opening it repairs what can be repaired, and reports it.
 */
export function openSaleJournal(parts: JournalParts): Result<OpenedJournal, JournalFailure> {
  const opened = openAppendOnlyLog(parts);
  if (opened.kind === 'failed') return opened;
  const { log, health } = opened.value;
  const { append, untoldRepairs, acknowledgeRepair, paths, completed, checkSince, prepareBackup, keepBackup, close } = log;
  const record: SaleJournal['record'] = (sale, event) => append({ saleId: sale.id, event, state: sale });
  return ok({ health, journal: { record, ...openQueries(log), ...openClosedDays(log), untoldRepairs, acknowledgeRepair, paths, completed, checkSince, prepareBackup, keepBackup, close } });
}

/** As `openSaleJournal`, for a caller that does not look at the health. */
export function openJournal(file: string, utcNow: () => string): Result<Journal, JournalFailure> {
  const opened = openSaleJournal({ file, utcNow, utcOffsetInMinutes: () => -new Date().getTimezoneOffset() });
  return opened.kind === 'ok' ? ok(opened.value.journal) : opened;
}
