import { DatabaseSync } from 'node:sqlite';
import { UNFINISHED_KINDS } from '../../main/sale/journal.ts';
import type { Sale } from '../../main/sale/sale.ts';
import type { SaleEvent } from '../../main/sale/sale-event.ts';
import { verifyAll } from '../integration/journal-shop.ts';
import { openSaleJournal } from '../../main/storage/journal.ts';

export type Entry = { readonly sale: Sale; readonly event: SaleEvent };

/** The final content of the journal, read by a program of its own. */
export type JournalReading = {
  readonly entries: readonly Entry[];
  /** The last state of each sale. */
  readonly sales: ReadonlyMap<string, Sale>;
  /** The damage of the journal itself; null when both copies are whole. */
  readonly trouble: string | null;
};

export async function readJournal(file: string): Promise<JournalReading> {
  const trouble = await troubleOf(file);
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database.prepare('SELECT event, state FROM entry WHERE sale_id IS NOT NULL ORDER BY sequence').all();
    const entries = rows.map(({ event, state }): Entry => ({ event: JSON.parse(String(event)), sale: JSON.parse(String(state)) }));
    return { entries, sales: new Map(entries.map(({ sale }) => [sale.id, sale])), trouble };
  } finally {
    database.close();
  }
}

async function troubleOf(file: string): Promise<string | null> {
  const opened = openSaleJournal({ file, utcNow: () => new Date().toISOString(), utcOffsetInMinutes: () => 0, check: 'whole' });
  if (opened.kind === 'failed') return opened.failure.detail;
  const { journal, health } = opened.value;
  const whole = await verifyAll(journal);
  journal.close();
  if (whole.kind === 'failed') return whole.failure.detail;
  return health.kind === 'sound' || health.kind === 'interrupted' ? null : JSON.stringify(health);
}

/** How many sales still need the cashier; the till may be writing meanwhile. */
export function countUnfinished(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    const { count } = database.prepare(`SELECT count(*) AS count FROM sale WHERE kind IN (${UNFINISHED_KINDS.map(() => '?').join(', ')})`).get(...UNFINISHED_KINDS) ?? {};
    return Number(count);
  } finally {
    database.close();
  }
}

/** Paid or refunded sales: a customer's bank may dispute them. */
export function disputableIn(file: string): readonly { readonly saleId: string; readonly paymentId: string }[] {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    const rows = database.prepare("SELECT id, state ->> '$.paymentId' AS payment FROM sale WHERE kind = 'paid' OR (kind = 'reversed' AND state ->> '$.reversals[#-1].kind' = 'refund') ORDER BY sequence").all();
    return rows.map(({ id, payment }) => ({ saleId: String(id), paymentId: String(payment) }));
  } finally {
    database.close();
  }
}

/** The number of disputes in the journal; the till may be writing meanwhile. */
export function countDisputes(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    const { count } = database.prepare("SELECT count(*) AS count FROM entry WHERE kind = 'transfer-ended' AND event ->> '$.how' = 'disputed'").get() ?? {};
    return Number(count);
  } finally {
    database.close();
  }
}

/** The checkouts whose link was shown, whatever the till reported. */
export function linksIn(file: string): readonly string[] {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    return database.prepare("SELECT DISTINCT json_extract(event, '$.checkoutId') AS checkout FROM entry WHERE kind = 'link-shown'").all().map(({ checkout }) => String(checkout));
  } finally {
    database.close();
  }
}
