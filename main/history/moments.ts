import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** Business days, both included. */
export type MomentsOrder = { readonly from: string; readonly to: string };

/** The money that moved in a quarter of an hour of a business day. `at`: its beginning, UTC, ISO 8601. Finer than an hour: shops' clocks differ by halves and quarters. */
export type Moment = {
  readonly businessDay: string;
  readonly at: string;
  readonly payments: number;
  readonly paymentsInCents: number;
  readonly netInCents: number;
};

const MOMENTS = `
  SELECT business_day, substr(at, 1, 14) || printf('%02d', CAST(substr(at, 15, 2) AS INTEGER) / 15 * 15) || ':00.000Z' AS quarter,
    sum(kind = 'taken') AS payments, sum(CASE kind WHEN 'taken' THEN amount_in_cents ELSE 0 END) AS payments_in_cents, sum(amount_in_cents) AS net_in_cents
  FROM movement WHERE business_day BETWEEN ? AND ? AND kind <> 'settled' GROUP BY business_day, quarter ORDER BY business_day, quarter`;

const momentRow = z.object({ business_day: z.string(), quarter: z.string(), payments: z.int(), payments_in_cents: z.int(), net_in_cents: z.int() });

export function readMoments(history: DatabaseSync, { from, to }: MomentsOrder): readonly Moment[] {
  const rows = history.prepare(MOMENTS).all(from, to).map((row) => momentRow.parse(row));
  return rows.map(({ business_day: businessDay, quarter: at, payments, payments_in_cents: paymentsInCents, net_in_cents: netInCents }) => ({ businessDay, at, payments, paymentsInCents, netInCents }));
}
