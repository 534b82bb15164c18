import type { DatabaseSync } from 'node:sqlite';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { Sale } from '../sale/sale.ts';
import { type JournalUnreadable, PAID_KINDS, type SaleMemory, UNFINISHED_KINDS } from '../sale/journal.ts';
import { readNotes } from './journal-database.ts';
import { keepDraft, readDraft } from './journal-draft.ts';
import type { JournalFiles } from './journal-files.ts';
import type { JournalPlace } from './journal-place.ts';
import { repairsIn } from './journal-repair.ts';
import { parseLeftCheckout, parseSale, parseStateRow } from './journal-rows.ts';
import { JournalDamaged, failureOf } from './journal-trouble.ts';

const UNFINISHED = `SELECT state FROM sale WHERE kind IN (${UNFINISHED_KINDS.map(() => '?').join(', ')}) ORDER BY sequence`;

const LAST_PAID = `SELECT state FROM sale WHERE kind IN (${PAID_KINDS.map(() => '?').join(', ')}) ORDER BY sequence DESC LIMIT 1`;

/** Events that name a checkout of their sale, or end a sale that has one. */
const LEFT_CHECKOUTS = `
  WITH mentioned AS (
    SELECT sequence, kind, coalesce(event ->> '$.checkoutId', state ->> '$.checkoutId') AS checkout_id
    FROM entry WHERE kind IN ('checkout-created', 'checkout-abandoned', 'amount-confirmed', 'form-shown', 'left') AND at >= ?
  ), known AS (
    SELECT checkout_id, min(sequence) AS first, max(sequence) AS last, max(kind = 'form-shown') AS shown
    FROM mentioned WHERE checkout_id IS NOT NULL GROUP BY checkout_id
  )
  SELECT known.checkout_id, l.sale_id, f.at AS since, known.shown
  FROM known JOIN entry AS f ON f.sequence = known.first JOIN entry AS l ON l.sequence = known.last
  WHERE NOT EXISTS (SELECT 1 FROM sale WHERE sale.checkout_id = known.checkout_id AND sale.kind <> 'left')
  ORDER BY known.first`;

/** What the journal can tell of earlier runs. Whatever is read back is parsed, and what does not parse is said, not thrown. */
export function remember({ files, place }: { readonly files: JournalFiles; readonly place: JournalPlace }, database: DatabaseSync): Omit<SaleMemory, 'settleRepair'> {
  function sale(id: string): Result<Sale | null, JournalUnreadable> {
    return read(() => {
      const row = database.prepare('SELECT state FROM sale WHERE id = ?').get(id);
      return row === undefined ? null : saleIn(row);
    });
  }

  return {
    sale,
    unfinished: () => read(() => database.prepare(UNFINISHED).all(...UNFINISHED_KINDS).map(saleIn)),
    lastPaid: () =>
      read(() => {
        const row = database.prepare(LAST_PAID).get(...PAID_KINDS);
        return row === undefined ? null : saleIn(row);
      }),
    checkoutsLeftSince: (sinceUtc) => read(() => database.prepare(LEFT_CHECKOUTS).all(sinceUtc).map(parseLeftCheckout)),
    keepDraft: (draft) => keepDraft(files, place.draft, draft),
    draft() {
      const draft = readDraft(files, place.draft);
      const known = draft === null ? null : sale(draft.saleId);
      const becameSale = known?.kind === 'ok' && known.value !== null && known.value.kind !== 'draft';
      return becameSale ? null : draft;
    },
    untoldRepairs() {
      return read(() => {
        const settled = new Set(readNotes(database).flatMap(({ note }) => (note.kind === 'repair-settled' ? [note.sequence] : [])));
        return repairsIn(database).filter(({ sequence }) => !settled.has(sequence));
      });
    },
  };
}

function saleIn(row: unknown): Sale {
  const sale = parseSale(parseStateRow(row));
  if (sale.kind === 'failed') throw new JournalDamaged(sale.failure.detail);
  return sale.value;
}

function read<Value>(query: () => Value): Result<Value, JournalUnreadable> {
  try {
    return ok(query());
  } catch (error) {
    return failed({ kind: 'journal-unreadable', detail: failureOf(error).detail });
  }
}
