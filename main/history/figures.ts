import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { TENDERS, type TenderKind } from '../../contract/tender.ts';
import type { ReportList } from '../../contract/report.ts';
import type { PaidWith } from '../../contract/till-snapshot.ts';
import { MOVEMENT_KINDS, type MovementKind } from './movement.ts';

/** `after`: the journal entry behind which it begins. `closedAt`: when the report before was closed (UTC, ISO 8601); null: there is none. */
export type FiguresOrder = { readonly after: number; readonly closedAt: string | null };

/** Movements that have all of this in common. */
export type Figure = {
  readonly kind: MovementKind;
  readonly tender: TenderKind | null;
  readonly paidKind: PaidWith['kind'];
  readonly cashier: string | null;
  readonly businessDay: string;
  readonly count: number;
  readonly amountInCents: number;
  /** The number of those with a tip, and the sum of their tips. */
  readonly tipCount: number;
  readonly tipInCents: number;
  /** The number of those with an insurance, and the sum of their premiums. */
  readonly premiumCount: number;
  readonly premiumInCents: number;
};

/** The figures of a report, from the journal up to the entry `upTo`. */
export type Figures = {
  readonly upTo: number;
  readonly moved: readonly Figure[];
  readonly pendingTransfers: ReportList;
  readonly openPayments: ReportList;
  readonly openReversals: ReportList;
  readonly latePayments: ReportList;
};

/** A closed report is one entry of the journal, which has a longest length (journal-mirror-line.ts). */
const MOST_LINES = 25;
const LONGEST_DESCRIPTION = 40;

const MOVED = `
  SELECT kind, tender, paid_kind, cashier, business_day, count(*) AS count, sum(amount_in_cents) AS amount_in_cents, count(nullif(tip_in_cents, 0)) AS tip_count, sum(tip_in_cents) AS tip_in_cents, count(nullif(premium_in_cents, 0)) AS premium_count, sum(premium_in_cents) AS premium_in_cents FROM movement
  WHERE sequence > ? AND kind <> 'settled' GROUP BY kind, tender, paid_kind, cashier, business_day`;

/** Sales with one line each: `at`, `business_day` and `amount_in_cents` under these names. */
const PENDING = `
  SELECT s.number, s.id, m.at, m.business_day, s.charged_in_cents - s.given_back_in_cents AS amount_in_cents, s.description
  FROM sale s JOIN movement m ON m.sale = s.number AND m.kind = 'taken'
  WHERE s.is_pending = 1 AND s.has_failed = 0 AND s.charged_in_cents > s.given_back_in_cents`;
const OPEN = `SELECT number, id, at, business_day, open_in_cents AS amount_in_cents, description FROM sale WHERE open_kind = ?`;
/** It began before the report was closed, by the journal; or the journal had lost it. */
const LATE = `
  SELECT s.number, s.id, m.at, m.business_day, m.amount_in_cents, s.description FROM movement m JOIN sale s ON s.number = m.sale
  WHERE m.sequence > ?1 AND m.kind = 'taken' AND m.at < ?2 AND (m.sale <= ?1 OR m.tender IS NULL)`;

const figureRow = z.object({
  kind: z.enum(MOVEMENT_KINDS),
  tender: z.enum(TENDERS).nullable(),
  paid_kind: z.enum(['card', 'card-present', 'bank', 'unknown']),
  cashier: z.string().nullable(),
  business_day: z.string(),
  count: z.int(),
  amount_in_cents: z.int(),
  tip_count: z.int(),
  tip_in_cents: z.int(),
  premium_count: z.int(),
  premium_in_cents: z.int(),
});
const sumRow = z.object({ count: z.int(), amount_in_cents: z.int() });
const lineRow = z.object({ id: z.string(), at: z.string(), business_day: z.string(), amount_in_cents: z.int(), description: z.string() });

/** The money that moved after an entry of the journal, and the open payments, up to the last entry that the history has read. */
export function readFigures(history: DatabaseSync, { after, closedAt }: FiguresOrder): Figures {
  const list = (sales: string, ...values: readonly (string | number)[]): ReportList => {
    const { count, amount_in_cents: amountInCents } = sumRow.parse(history.prepare(`SELECT count(*) AS count, coalesce(sum(amount_in_cents), 0) AS amount_in_cents FROM (${sales})`).get(...values));
    const rows = count === 0 ? [] : history.prepare(`SELECT id, at, business_day, amount_in_cents, substr(description, 1, ${LONGEST_DESCRIPTION}) AS description FROM (${sales}) ORDER BY number LIMIT ${MOST_LINES}`).all(...values);
    return { count, amountInCents, lines: rows.map((row) => lineRow.parse(row)).map(({ id: saleId, business_day: businessDay, amount_in_cents: cents, ...line }) => ({ saleId, businessDay, amountInCents: cents, ...line })) };
  };
  return {
    upTo: z.object({ sequence: z.int() }).parse(history.prepare('SELECT sequence FROM head').get()).sequence,
    moved: history.prepare(MOVED).all(after).map((row) => figureOf(figureRow.parse(row))),
    pendingTransfers: list(PENDING),
    openPayments: list(OPEN, 'payment'),
    openReversals: list(OPEN, 'reversal'),
    latePayments: closedAt === null ? { count: 0, amountInCents: 0, lines: [] } : list(LATE, after, closedAt),
  };
}

function figureOf({ paid_kind: paidKind, business_day: businessDay, amount_in_cents: amountInCents, tip_count: tipCount, tip_in_cents: tipInCents, premium_count: premiumCount, premium_in_cents: premiumInCents, ...figure }: z.infer<typeof figureRow>): Figure {
  return { ...figure, paidKind, businessDay, amountInCents, tipCount, tipInCents, premiumCount, premiumInCents };
}
