import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { receiptCode } from '../../contract/receipt-code.ts';
import { keptText } from '../../contract/text.ts';
import { givenBackInCents } from '../sale/reversal.ts';
import { beforeTip } from '../sale/purchase.ts';
import type { Sale } from '../sale/sale.ts';
import { readEntries } from '../storage/journal-database.ts';
import { parseSale } from '../storage/journal-rows.ts';
import { historyStateOf, isListed } from './history-state.ts';
import { type MoneyKnown, type Movement, hasMoney, movementsBetween, openMoneyOf } from './movement.ts';

/** Entries that are read in one transaction: some tenths of a second. */
const ENTRIES_AT_A_TIME = 4_000;

/** Only after these can money have moved, or has a sale a header. The state of any other entry is read when it is the last one of its sale. */
const TOLD_ONE_BY_ONE: ReadonlySet<string> = new Set(['charge-asked', 'found', 'outcome-known', 'reversal-answered', 'transfer-ended']);

/** What the history needs of an event. */
const eventSchema = z.object({
  kind: keptText(),
  header: z.object({ cashier: keptText().nullable(), businessDay: keptText() }).optional(),
  businessDay: keptText().optional(),
  outcome: z.object({ takenAt: keptText().nullish() }).optional(),
});
type HistoryEvent = z.infer<typeof eventSchema>;

const entryRow = z.object({ sequence: z.int(), at: z.string(), utc_offset_in_minutes: z.int(), sale_id: z.string(), kind: z.string(), event: z.string(), state: z.string() });
type EntryRow = z.infer<typeof entryRow>;

const moneyRow = z.object({ number: z.int(), charged_in_cents: z.int().nullable(), is_pending: z.int(), has_failed: z.int(), cashier: z.string().nullable(), paid_kind: z.string() });
const reversalRow = z.object({ reversal_id: z.string() });
const headRow = z.object({ sequence: z.int(), link: z.string() });

export type Progress = { readonly done: number; readonly of: number };

/** Brings the history up to the journal, a part at a time. Throws what SQLite throws, and where an entry cannot be read. */
export type Projection = {
  /** Whether the journal still has the entries that the history was made from. */
  fits(): boolean;
  /** Reads the next entries. `done` equals `of` when the history is up to date. */
  step(): Progress;
};

export function openProjection(history: DatabaseSync, journal: DatabaseSync): Projection {
  const reader = readEntries(journal);
  const write = prepareWriting(history);
  const entries = journal.prepare('SELECT sequence, at, utc_offset_in_minutes, sale_id, kind, event, state FROM entry WHERE sequence > ? AND sequence <= ? AND sale_id IS NOT NULL ORDER BY sequence');
  const setHead = history.prepare('UPDATE head SET sequence = ?, link = ?');
  const head = () => headRow.parse(history.prepare('SELECT sequence, link FROM head').get());

  function take(rows: readonly EntryRow[]): void {
    const lastOf = new Map(rows.map(({ sale_id: saleId, sequence }) => [saleId, sequence]));
    for (const row of rows) {
      if (!TOLD_ONE_BY_ONE.has(row.kind) && lastOf.get(row.sale_id) !== row.sequence) continue;
      const sale = parseSale(row.state);
      if (sale.kind === 'failed') throw new Error(sale.failure.detail);
      if (sale.value.kind !== 'draft') write(row, sale.value, eventSchema.parse(JSON.parse(row.event)));
    }
  }

  return {
    fits() {
      const { sequence, link } = head();
      return sequence === 0 || reader.entry(sequence)?.link === link;
    },
    step() {
      const { sequence: from } = head();
      const end = reader.head();
      const upTo = reader.headUpTo(from + ENTRIES_AT_A_TIME);
      const reached = upTo.sequence > from ? upTo : end;
      if (reached.sequence <= from) return { done: end.sequence, of: end.sequence };
      history.exec('BEGIN IMMEDIATE');
      try {
        take(entries.all(from, reached.sequence).map((row) => entryRow.parse(row)));
        setHead.run(reached.sequence, reached.link);
        history.exec('COMMIT');
      } catch (error) {
        history.exec('ROLLBACK');
        throw error;
      }
      return { done: reached.sequence, of: end.sequence };
    },
  };
}

type SoldSale = Exclude<Sale, { kind: 'draft' }>;

/** Writes a sale as it is after an entry, and the money that this entry moved. */
function prepareWriting(history: DatabaseSync): (row: EntryRow, sale: SoldSale, event: HistoryEvent) => void {
  const known = history.prepare('SELECT number, charged_in_cents, is_pending, has_failed, cashier, paid_kind FROM sale WHERE id = ?');
  const reversed = history.prepare('SELECT reversal_id FROM movement WHERE sale = ? AND reversal_id IS NOT NULL');
  const insert = history.prepare(`
    INSERT INTO sale (number, id, code, at, business_day, amount_in_cents, purchase_in_cents, description, cashier, tender, state, is_listed, paid_kind, brand, last4, checkout_id, payment_id, charged_in_cents, is_pending, given_back_in_cents, has_failed, open_kind, open_in_cents)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const update = history.prepare('UPDATE sale SET amount_in_cents = ?, tender = ?, state = ?, is_listed = ?, paid_kind = ?, brand = ?, last4 = ?, checkout_id = ?, payment_id = ?, charged_in_cents = ?, is_pending = ?, given_back_in_cents = ?, has_failed = ?, open_kind = ?, open_in_cents = ? WHERE number = ?');
  const describe = history.prepare('INSERT INTO description (rowid, words) VALUES (?, ?)');
  const addCashier = history.prepare('INSERT OR IGNORE INTO cashier (name) VALUES (?)');
  const move = history.prepare('INSERT INTO movement (sequence, part, sale, kind, at, business_day, amount_in_cents, tip_in_cents, premium_in_cents, reversal_id, tender, paid_kind, cashier) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');

  return (row, sale, event) => {
    const before = known.get(sale.id);
    const money = before === undefined ? null : moneyRow.parse(before);
    const number = money?.number ?? row.sequence;
    const day = event.businessDay ?? event.header?.businessDay ?? wallDay(row);
    const columns = columnsOf(sale, money?.has_failed === 1);
    if (money === null) {
      const { header } = event;
      const { totalInCents, description } = sale.purchase;
      insert.run(number, sale.id, receiptCode(sale.id), row.at, header?.businessDay ?? day, totalInCents, beforeTip(sale.purchase), description, header?.cashier ?? null, ...columns);
      describe.run(number, description);
      if (header?.cashier !== undefined && header.cashier !== null) addCashier.run(header.cashier);
        } else update.run(sale.purchase.totalInCents, ...columns, number);
    const moneyKnown: MoneyKnown = {
      chargedInCents: money?.charged_in_cents ?? null,
      isPending: money?.is_pending === 1,
      hasFailed: money?.has_failed === 1,
      reversed: new Set(reversed.all(number).map((one) => reversalRow.parse(one).reversal_id)),
    };
    const chargedBy = money?.cashier ?? event.header?.cashier ?? null;
    const paidKind = 'reversals' in sale ? sale.paidWith.kind : (money?.paid_kind ?? 'unknown');
    for (const [part, movement] of movementsBetween(moneyKnown, sale).entries()) {
      const { kind, amountInCents, tipInCents, premiumInCents, reversalId } = movement;
      const at = (kind === 'taken' ? event.outcome?.takenAt : null) ?? row.at;
      move.run(row.sequence, part, number, kind, at, day, amountInCents, tipInCents, premiumInCents, reversalId, sale.tender, paidKind, reversalId === null ? chargedBy : askedBy(sale, movement));
    }
  };
}

/** Who asked for the void or refund, by name. */
function askedBy(sale: SoldSale, { reversalId }: Movement): string | null {
  return 'reversals' in sale ? (sale.reversals.find(({ id }) => id === reversalId)?.cashier ?? null) : null;
}

/** In the order of the statements above. */
function columnsOf(sale: SoldSale, hadFailed: boolean): readonly (string | number | null)[] {
  const open = openMoneyOf(sale);
  const ending = [open?.kind ?? null, open?.amountInCents ?? null] as const;
  const state = [sale.tender, historyStateOf(sale), isListed(sale) ? 1 : 0] as const;
  // It was taken, and the payment turned out to be none.
  if (!('reversals' in sale)) return [...state, 'unknown', null, null, sale.checkoutId, null, null, 0, 0, hadFailed ? 1 : 0, ...ending];
  const { paidWith, checkoutId, paymentId, chargedInCents, isPending, reversals } = sale;
  return [...state, paidWith.kind, paidWith.brand, paidWith.last4, checkoutId, paymentId, chargedInCents, isPending ? 1 : 0, givenBackInCents(reversals), hadFailed || !hasMoney(sale) ? 1 : 0, ...ending];
}

/** The calendar day on which it was written, for entries without a business day. */
function wallDay({ at, utc_offset_in_minutes: offset }: EntryRow): string {
  return new Date(Date.parse(at) + offset * 60_000).toISOString().slice(0, 'yyyy-mm-dd'.length);
}
