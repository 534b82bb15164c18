import { type Result, ok } from '../../contract/result.ts';
import type { JournalFailure, JournalHealth, SaleJournal, SaleMemory } from '../sale/journal.ts';
import { remember } from './journal-memory.ts';
import { type JournalParts, type KeptLog, openKeptLog } from './kept-log.ts';

export type Journal = SaleJournal & SaleMemory & Pick<KeptLog, 'verifyAll' | 'backUp' | 'close'>;

export type OpenedJournal = { readonly journal: Journal; readonly health: JournalHealth };

/**
 * The till's memory: every event of every sale and the state it led to, each written before its effect, in two copies that
 * check each other (docs/journal.md). Opening it repairs what can be repaired, and says so.
 */
export function openSaleJournal(parts: JournalParts): Result<OpenedJournal, JournalFailure> {
  const opened = openKeptLog(parts);
  if (opened.kind === 'failed') return opened;
  const { log, health } = opened.value;
  const { append, untoldRepairs, settleRepair, verifyAll, backUp, close } = log;
  const record: SaleJournal['record'] = (sale, event) => append({ saleId: sale.id, event, state: sale });
  return ok({ health, journal: { record, ...remember(log), untoldRepairs, settleRepair, verifyAll, backUp, close } });
}

/** As `openSaleJournal`, for a caller that does not look at the health. */
export function openJournal(file: string, utcNow: () => string): Result<Journal, JournalFailure> {
  const opened = openSaleJournal({ file, utcNow, utcOffsetInMinutes: () => -new Date().getTimezoneOffset() });
  return opened.kind === 'ok' ? ok(opened.value.journal) : opened;
}
