import { type Result, failed, ok } from '../../contract/result.ts';
import type { Sale } from '../sale/sale.ts';
import { type JournalUnreadable, PAID_KINDS, type SaleMemory, UNFINISHED_KINDS } from '../sale/journal.ts';
import { keepDraft, readDraft } from './journal-draft.ts';
import { parseSale, parseStateRow } from './journal-rows.ts';
import { JournalDamaged, failureOf } from './journal-trouble.ts';
import type { KeptLog } from './kept-log.ts';

const UNFINISHED = `SELECT state FROM sale WHERE kind IN (${UNFINISHED_KINDS.map(() => '?').join(', ')}) ORDER BY sequence`;

const LAST_PAID = `SELECT state FROM sale WHERE kind IN (${PAID_KINDS.map(() => '?').join(', ')}) ORDER BY sequence DESC LIMIT 1`;

const FOUND = `
  SELECT state FROM sale WHERE kind IN (${PAID_KINDS.map(() => '?').join(', ')})
  AND id IN (SELECT sale_id FROM entry WHERE kind = 'found' AND sequence > ?) ORDER BY sequence`;

const PAID_SINCE = `
  SELECT state FROM sale WHERE kind IN ('paid', 'accepted')
  AND id IN (SELECT sale_id FROM entry WHERE kind = 'outcome-known' AND at >= ?) ORDER BY sequence`;

const ON_CHECKOUT = `SELECT state FROM sale WHERE checkout_id = ? AND kind <> 'abandoned' ORDER BY sequence DESC LIMIT 1`;

/** What the journal can tell of earlier runs. Whatever is read back is parsed, and what does not parse is said, not thrown. */
export function remember({ files, place, database }: Pick<KeptLog, 'files' | 'place' | 'database'>): Omit<SaleMemory, 'untoldRepairs' | 'settleRepair'> {
  function sale(id: string): Result<Sale | null, JournalUnreadable> {
    return read(() => {
      const row = database.prepare('SELECT state FROM sale WHERE id = ?').get(id);
      return row === undefined ? null : saleIn(row);
    });
  }

  return {
    sale,
    unfinished: () => read(() => database.prepare(UNFINISHED).all(...UNFINISHED_KINDS).map(saleIn)),
    foundAfter: (sequence) => read(() => database.prepare(FOUND).all(...PAID_KINDS, sequence).map(saleIn)),
    paidSince: (utc) => read(() => database.prepare(PAID_SINCE).all(utc).map(saleIn)),
    lastPaid: () =>
      read(() => {
        const row = database.prepare(LAST_PAID).get(...PAID_KINDS);
        return row === undefined ? null : saleIn(row);
      }),
    saleOn: (checkoutId) =>
      read(() => {
        const row = database.prepare(ON_CHECKOUT).get(checkoutId);
        return row === undefined ? null : saleIn(row);
      }),
    unseen() {
      const draft = readDraft(files, place.draft);
      const last = draft === null ? ok(null) : sale(draft.saleId);
      return last.kind === 'failed' || last.value?.kind === 'paid' || last.value?.kind === 'accepted' ? last : ok(null);
    },
    keepDraft: (draft) => keepDraft(files, place.draft, draft),
    draft() {
      const draft = readDraft(files, place.draft);
      const known = draft === null ? null : sale(draft.saleId);
      const becameSale = known?.kind === 'ok' && known.value !== null && known.value.kind !== 'draft';
      return becameSale ? null : draft;
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
