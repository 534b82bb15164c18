import { type Result, ok } from '../../contract/result.ts';
import type { Log } from '../log/log.ts';
import type { DayJournal } from '../report/day-close.ts';
import type { JournalFailure } from '../sale/journal.ts';
import type { RegisterParts } from '../sale/register.ts';
import type { Sale } from '../sale/sale.ts';
import type { SaleEvent } from '../sale/sale-event.ts';
import type { Sold } from '../sale/till-register.ts';
import type { Journal } from '../storage/journal.ts';

type JournalInUseParts = {
  readonly log: Pick<Log, 'error'>;
  /** An event is in the journal. */
  readonly onRecorded: (sale: Sale, event: SaleEvent) => void;
  /** A write or a check found the journal damaged. */
  readonly onDamaged: () => void;
};

/** The journal of an open register. Reports each written event, and damage found by a write, a read or a check. */
type JournalInUse = {
  readonly saleJournal: RegisterParts['journal'];
  readonly closeDay: DayJournal['closeDay'];
  readonly damaged: (failure: JournalFailure) => void;
  /** Null: there is no sale with this id, or the journal cannot be read. `atCounter`: the sale at the counter now. */
  sold(saleId: string, atCounter: Sale): Sold | null;
};

export function journalInUse(journal: Journal, { log, onRecorded, onDamaged }: JournalInUseParts): JournalInUse {
  function damaged({ detail }: JournalFailure): void {
    log.error('journal.damaged', { detail });
    onDamaged();
  }

  function noticed(written: Result<null, JournalFailure>): Result<null, JournalFailure> {
    if (written.kind === 'failed' && written.failure.reason === 'damaged') damaged(written.failure);
    return written;
  }

  return {
    saleJournal: {
      sale: journal.sale,
      saleOn: journal.saleOn,
      record(sale, event) {
        const written = noticed(journal.record(sale, event));
        if (written.kind === 'ok') onRecorded(sale, event);
        return written;
      },
    },
    closeDay: (day) => noticed(journal.closeDay(day)),
    damaged,
    sold(saleId, atCounter) {
      const sale = atCounter.id === saleId ? ok(atCounter) : journal.sale(saleId);
      const by = journal.soldBy(saleId);
      if (sale.kind === 'failed') log.error('journal.unreadable', { detail: sale.failure.detail });
      return sale.kind === 'failed' || sale.value === null ? null : { sale: sale.value, by: by.kind === 'ok' ? by.value : null };
    },
  };
}
