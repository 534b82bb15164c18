import { z } from 'zod';
import { CURRENCIES } from '../../contract/money.ts';
import { type ClosedDay, type KeptDay, REPORT_TENDERS } from '../../contract/report.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { keptText } from '../../contract/text.ts';
import type { JournalFailure, JournalUnreadable } from '../sale/journal.ts';
import type { AppendOnlyLog } from './append-only-log.ts';
import { failureOf } from './journal-trouble.ts';

/** Its entries belong to no sale. */
const KIND = 'day-closed';

const sum = z.object({ count: z.int().min(0), amountInCents: z.int() });
const totals = { payments: sum, voids: sum, refunds: sum, failedTransfers: sum, tips: sum, tipsBack: sum, premiums: sum, premiumsBack: sum, netInCents: z.int() };
const list = sum.extend({ lines: z.array(z.object({ saleId: keptText(), at: keptText(), businessDay: keptText(), amountInCents: z.int(), description: keptText() })) });
const report = z.object({
  currency: z.enum(CURRENCIES),
  after: z.int().min(0),
  upTo: z.int().min(0),
  since: keptText().nullable(),
  totals: z.object(totals),
  byTender: z.array(z.object({ ...totals, tender: z.enum(REPORT_TENDERS) })),
  byCashier: z.array(z.object({ ...totals, cashier: keptText().nullable() })),
  byDay: z.array(z.object({ ...totals, businessDay: keptText().nullable() })),
  pendingTransfers: list,
  openPayments: list,
  openReversals: list,
  latePayments: list,
});

/** A closed day as the journal stores it. */
export const closedDaySchema = z.object({
  kind: z.literal(KIND),
  number: z.int().min(1),
  registerId: keptText(),
  registerName: keptText(),
  businessDay: keptText(),
  closedAt: keptText(),
  cashier: keptText().nullable(),
  report,
});

const dayRow = z.object({ sequence: z.int(), event: z.string() });
const numberRow = z.object({ number: z.int() });

const DAYS = 'SELECT sequence, event FROM entry WHERE kind = ? AND sale_id IS NULL AND sequence < ? ORDER BY sequence DESC LIMIT ?';
const LAST_NUMBER = "SELECT coalesce(max(event ->> '$.number'), 0) AS number FROM entry WHERE kind = ? AND sale_id IS NULL AND event ->> '$.registerId' = ?";

/** The journal's side of main/report: closes a day, and reads the closed ones. */
export type ClosedDays = {
  closeDay(day: ClosedDay): Result<null, JournalFailure>;
  closedDays(before: number | null, limit: number): Result<readonly KeptDay[], JournalUnreadable>;
  lastDayNumber(registerId: string): Result<number, JournalUnreadable>;
};

export function openClosedDays({ append, database }: Pick<AppendOnlyLog, 'append' | 'database'>): ClosedDays {
  function read<Value>(query: () => Value): Result<Value, JournalUnreadable> {
    try {
      return ok(query());
    } catch (error) {
      return failed({ kind: 'journal-unreadable', detail: failureOf(error).detail });
    }
  }

  return {
    closeDay: (day) => append({ saleId: null, event: { kind: KIND, ...day }, state: null }),
    closedDays: (before, limit) => read(() => database.prepare(DAYS).all(KIND, before ?? Number.MAX_SAFE_INTEGER, limit).map(dayOf)),
    lastDayNumber: (registerId) => read(() => numberRow.parse(database.prepare(LAST_NUMBER).get(KIND, registerId)).number),
  };
}

/** Throws where it cannot be read. */
function dayOf(row: unknown): KeptDay {
  const { sequence, event } = dayRow.parse(row);
  const { number, registerId, registerName, businessDay, closedAt, cashier, report: kept } = closedDaySchema.parse(JSON.parse(event));
  return { sequence, number, registerId, registerName, businessDay, closedAt, cashier, report: kept };
}
