import { type Result, failed, ok } from '../../contract/result.ts';
import type { Sale } from '../sale/sale.ts';
import { type JournalUnreadable, PAID_KINDS, type SaleQueries, UNFINISHED_KINDS } from '../sale/journal.ts';
import { LAST_SALES, LAST_SALE_KINDS } from '../sale/sale.ts';
import { keepDraft, readDraft } from './journal-draft.ts';
import { parseEventRow, parseSale, parseSoldBy, parseStateRow } from './journal-rows.ts';
import { type JournaledStep, readSteps } from './journal-steps.ts';
import { JournalDamaged, failureOf } from './journal-trouble.ts';
import type { AppendOnlyLog } from './append-only-log.ts';

const UNFINISHED = `SELECT state FROM sale WHERE kind IN (${UNFINISHED_KINDS.map(() => '?').join(', ')}) ORDER BY sequence`;

const LAST_PAID = `SELECT state FROM sale WHERE kind IN (${LAST_SALE_KINDS.map(() => '?').join(', ')}) ORDER BY sequence DESC LIMIT ${LAST_SALES}`;

/* The + keeps SQLite from walking through all paid sales: few entries are looked for. https://sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_ */
const FOUND = `
  SELECT state FROM sale WHERE +kind IN (${PAID_KINDS.map(() => '?').join(', ')})
  AND id IN (SELECT sale_id FROM entry WHERE kind = 'found' AND sequence > ?) ORDER BY sequence`;

const PAID_SINCE = `
  SELECT state FROM sale WHERE +kind IN ('paid', 'accepted')
  AND id IN (SELECT sale_id FROM entry WHERE kind = 'outcome-known' AND at >= ?) ORDER BY sequence`;

const ON_CHECKOUT = `SELECT state FROM sale WHERE checkout_id = ? ORDER BY kind = 'abandoned', sequence DESC LIMIT 1`;

const CHARGE_ASKED = `SELECT event FROM entry WHERE sale_id = ? AND kind = 'charge-asked' ORDER BY sequence LIMIT 1`;

/* The + lets SQLite go backwards from the newest entry, which is near; by the index it would sort every charge of the register. */
const LAST_CHARGED = `SELECT sale_id FROM entry WHERE +kind = 'charge-asked' ORDER BY sequence DESC LIMIT 1`;

/** Reads the journal's entries of earlier runs. Everything is parsed; an entry that does not parse is a failure, not a throw. */
export function openQueries({ files, paths, database }: Pick<AppendOnlyLog, 'files' | 'paths' | 'database'>): Omit<SaleQueries, 'untoldRepairs' | 'acknowledgeRepair'> & { readonly steps: (saleId: string) => Result<readonly JournaledStep[], JournalUnreadable> } {
  function sale(id: string): Result<Sale | null, JournalUnreadable> {
    return read(() => {
      const row = database.prepare('SELECT state FROM sale WHERE id = ?').get(id);
      return row === undefined ? null : saleIn(row);
    });
  }

  const lastCharged = (): Result<Sale | null, JournalUnreadable> => {
    const newest = database.prepare(LAST_CHARGED).get()?.['sale_id'];
    return typeof newest === 'string' ? sale(newest) : ok(null);
  };

  return {
    sale,
    steps: (saleId) => read(() => readSteps(database, saleId)),
    unfinished: () => read(() => database.prepare(UNFINISHED).all(...UNFINISHED_KINDS).map(saleIn)),
    foundAfter: (sequence) => read(() => database.prepare(FOUND).all(...PAID_KINDS, sequence).map(saleIn)),
    paidSince: (utc) => read(() => database.prepare(PAID_SINCE).all(utc).map(saleIn)),
    lastPaid: () => read(() => database.prepare(LAST_PAID).all(...LAST_SALE_KINDS).map(saleIn).toReversed()),
    soldBy: (saleId) =>
      read(() => {
        const row = database.prepare(CHARGE_ASKED).get(saleId);
        if (row === undefined) return null;
        const by = parseSoldBy(parseEventRow(row));
        if (by.kind === 'failed') throw new JournalDamaged(by.failure.detail);
        return by.value;
      }),
    saleOn: (checkoutId) =>
      read(() => {
        const row = database.prepare(ON_CHECKOUT).get(checkoutId);
        return row === undefined ? null : saleIn(row);
      }),
    unseen() {
      const draft = readDraft(files, paths.draft);
      const kept = draft === null ? ok(null) : sale(draft.saleId);
      if (kept.kind === 'failed' || kept.value === null || kept.value.kind === 'draft') return kept.kind === 'failed' ? kept : ok(null);
      // The draft of a later sale could not be saved, perhaps on a full disk: the sale that was charged last was on the screen.
      const last = lastCharged();
      return last.kind === 'failed' || last.value?.kind === 'paid' || last.value?.kind === 'accepted' ? last : ok(null);
    },
    keepDraft: (draft, clock) => keepDraft(files, paths.draft, draft, clock),
    draftClock: () => readDraft(files, paths.draft)?.clock ?? null,
    draft() {
      const draft = readDraft(files, paths.draft);
      const known = draft === null ? null : sale(draft.saleId);
      const becameSale = known?.kind === 'ok' && known.value !== null && known.value.kind !== 'draft';
      return draft === null || becameSale ? null : { saleId: draft.saleId, amountInCents: draft.amountInCents, description: draft.description };
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
