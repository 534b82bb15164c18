import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** Numbers of journal entries: behind `after`, up to `upTo`. */
export type TakenOrder = { readonly after: number; readonly upTo: number };

/** A sale whose payment was written between two entries of the journal, as it is now. `at`: when JustiFi took it, UTC, ISO 8601. */
export type TakenSale = {
  readonly saleId: string;
  readonly at: string;
  readonly paymentId: string | null;
  readonly checkoutId: string | null;
  readonly chargedInCents: number;
  readonly givenBackInCents: number;
  readonly isPending: boolean;
  readonly hasFailed: boolean;
  readonly description: string;
};

/** `isCut`: there are more. */
export type TakenSales = { readonly sales: readonly TakenSale[]; readonly isCut: boolean };

const MOST_SALES = 5_000;

const TAKEN = `
  SELECT s.id, m.at, s.payment_id, s.checkout_id, m.amount_in_cents, s.given_back_in_cents, s.is_pending, s.has_failed, s.description
  FROM movement m JOIN sale s ON s.number = m.sale WHERE m.kind = 'taken' AND m.sequence > ? AND m.sequence <= ? ORDER BY m.sequence LIMIT ?`;

const takenRow = z.object({
  id: z.string(),
  at: z.string(),
  payment_id: z.string().nullable(),
  checkout_id: z.string().nullable(),
  amount_in_cents: z.int(),
  given_back_in_cents: z.int(),
  is_pending: z.int(),
  has_failed: z.int(),
  description: z.string(),
});

export function readTaken(history: DatabaseSync, { after, upTo }: TakenOrder): TakenSales {
  const rows = history.prepare(TAKEN).all(after, upTo, MOST_SALES + 1).map((row) => takenRow.parse(row));
  return { sales: rows.slice(0, MOST_SALES).map(saleOf), isCut: rows.length > MOST_SALES };
}

function saleOf(row: z.infer<typeof takenRow>): TakenSale {
  return {
    saleId: row.id,
    at: row.at,
    paymentId: row.payment_id,
    checkoutId: row.checkout_id,
    chargedInCents: row.amount_in_cents,
    givenBackInCents: row.given_back_in_cents,
    isPending: row.is_pending === 1,
    hasFailed: row.has_failed === 1,
    description: row.description,
  };
}
