import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { keptText } from '../../contract/text.ts';

/** The parts of one entry of a sale that its page shows. */
export type JournaledStep = {
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly kind: string;
  readonly header: { readonly cashier: string | null; readonly registerName: string; readonly businessDay: string } | null;
  readonly outcome: 'paid' | 'accepted' | 'declined' | 'not-charged' | null;
  readonly answer: 'done' | 'pending' | 'refused' | null;
  readonly how: 'settled' | 'failed' | 'disputed' | 'canceled' | null;
};

const stepRow = z.object({ at: z.string(), event: z.string() });
const stepEvent = z.object({
  kind: keptText(),
  header: z.object({ cashier: keptText().nullable(), register: z.object({ name: keptText() }), businessDay: keptText() }).optional(),
  outcome: z.object({ kind: z.enum(['paid', 'accepted', 'declined', 'not-charged']) }).optional(),
  answer: z.object({ state: z.enum(['done', 'pending', 'refused']) }).optional(),
  how: z.enum(['settled', 'failed', 'disputed', 'canceled']).optional(),
});

/** The entries of a sale, oldest first. Throws where one cannot be read. */
export function readSteps(database: DatabaseSync, saleId: string): readonly JournaledStep[] {
  const rows = database.prepare('SELECT at, event FROM entry WHERE sale_id = ? ORDER BY sequence').all(saleId);
  return rows.map((row) => {
    const { at, event } = stepRow.parse(row);
    const { kind, header, outcome, answer, how } = stepEvent.parse(JSON.parse(event));
    return {
      at,
      kind,
      header: header === undefined ? null : { cashier: header.cashier, registerName: header.register.name, businessDay: header.businessDay },
      outcome: outcome?.kind ?? null,
      answer: answer?.state ?? null,
      how: how ?? null,
    };
  });
}
