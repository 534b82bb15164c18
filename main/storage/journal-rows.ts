import { z } from 'zod';
import { CURRENCIES } from '../../contract/money.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { DECLINE_REASONS, NOT_CHARGED_REASONS } from '../../contract/till-snapshot.ts';
import type { JournalRepair, JournalUnreadable, KeptDraft } from '../sale/journal.ts';
import { REVERSAL_KINDS, REVERSAL_REASONS, REVERSAL_STATES } from '../sale/reversal.ts';
import { REVERSIBLE_KINDS, type Sale, UNRESOLVED_WHY } from '../sale/sale.ts';
import type { ChainBreak, LinkedEntry } from './journal-chain.ts';

/** The door of the journal: whatever comes back from the disk is parsed here, once. */

const entryRow = z.object({
  sequence: z.int().min(1),
  at: z.string(),
  utc_offset_in_minutes: z.int(),
  sale_id: z.string().nullable(),
  event: z.string(),
  state: z.string().nullable(),
  link: z.string(),
});

/** Throws on a row that is not one: to whoever reads entries that is damage like any other. */
export function parseEntryRow(row: unknown): LinkedEntry {
  const { sequence, at, utc_offset_in_minutes: utcOffsetInMinutes, sale_id: saleId, event, state, link } = entryRow.parse(row);
  return { sequence, at, utcOffsetInMinutes, saleId, event, state, link };
}

const line = z.object({ kind: z.literal('goods'), description: z.string(), amountInCents: z.int().min(0) });
const purchase = z.object({ lines: z.array(line), totalInCents: z.int().min(0), currency: z.enum(CURRENCIES), description: z.string() });
const paidWith = z.object({ kind: z.enum(['card', 'bank', 'unknown']), brand: z.string().nullable(), last4: z.string().nullable() });
const attempts = z.object({ submits: z.int().min(0), open: z.int().min(0), failed: z.array(z.string()), shown: z.boolean() });
const onCheckout = { id: z.string(), purchase, checkoutId: z.string(), attempts };
const reversal = z.object({
  id: z.string(),
  paymentId: z.string(),
  kind: z.enum(REVERSAL_KINDS),
  amountInCents: z.int().min(0),
  reason: z.enum(REVERSAL_REASONS).nullable(),
  idempotencyKey: z.string().nullable(),
  cashier: z.string().nullable(),
  askedAt: z.string(),
  state: z.enum(REVERSAL_STATES),
  refundId: z.string().nullable(),
  code: z.string().nullable(),
});
const taken = { ...onCheckout, paymentId: z.string().nullable(), paidWith, chargedInCents: z.int(), at: z.string(), reversals: z.array(reversal) };

/** One schema for each state of a sale: a state without one, or with another shape, does not compile. */
const stateSchemas = {
  draft: z.object({
    kind: z.literal('draft'),
    id: z.string(),
    amountInCents: z.int().min(0),
    description: z.string(),
    // What went wrong in an earlier run is not shown again.
    problem: z.unknown().transform(() => null),
  }),
  preparing: z.object({ ...onCheckout, kind: z.literal('preparing'), checkoutId: z.string().nullable() }),
  ready: z.object({ ...onCheckout, kind: z.literal('ready') }),
  submitting: z.object({ ...onCheckout, kind: z.literal('submitting') }),
  checking: z.object({ ...onCheckout, kind: z.literal('checking') }),
  declined: z.object({
    ...onCheckout,
    kind: z.literal('declined'),
    reason: z.enum(DECLINE_REASONS),
    code: z.string(),
  }),
  'not-charged': z.object({ ...onCheckout, kind: z.literal('not-charged'), reason: z.enum(NOT_CHARGED_REASONS) }),
  paid: z.object({ ...taken, kind: z.literal('paid') }),
  accepted: z.object({ ...taken, kind: z.literal('accepted') }),
  'wrong-amount': z.object({ ...taken, kind: z.literal('wrong-amount') }),
  'wrong-amount-seen': z.object({ ...taken, kind: z.literal('wrong-amount-seen') }),
  unresolved: z.object({ ...onCheckout, kind: z.literal('unresolved'), why: z.enum(UNRESOLVED_WHY), since: z.string() }),
  late: z.object({ ...taken, kind: z.literal('late') }),
  reversing: z.object({ ...taken, kind: z.literal('reversing'), of: z.enum(REVERSIBLE_KINDS) }),
  reversed: z.object({ ...taken, kind: z.literal('reversed') }),
  abandoned: z.object({ ...onCheckout, kind: z.literal('abandoned'), checkoutId: z.string().nullable() }),
} satisfies { readonly [Kind in Sale['kind']]: z.ZodType<Extract<Sale, { readonly kind: Kind }>> };

const saleSchema: z.ZodType<Sale> = z.union(Object.values(stateSchemas));

export function parseSale(text: string): Result<Sale, JournalUnreadable> {
  return parseText(saleSchema, text);
}

const stateRow = z.object({ state: z.string() });

export function parseStateRow(row: unknown): string {
  return stateRow.parse(row).state;
}

const draftSchema: z.ZodType<KeptDraft> = z.object({ saleId: z.string().min(1), amountInCents: z.int().min(0), description: z.string() });

export function parseDraft(text: string): KeptDraft | null {
  const draft = parseText(draftSchema, text);
  return draft.kind === 'ok' ? draft.value : null;
}

const flaw = z.enum(['missing', 'unreadable', 'behind', 'altered']).nullable();
const repairNote = z.object({
  kind: z.literal('log:repaired'),
  database: flaw,
  mirror: flaw,
  backup: z.string().nullable(),
  missing: z.array(z.object({ from: z.int(), to: z.int() })),
  gapSinceUtc: z.string().nullable(),
  setAside: z.array(z.string()),
  /** Where the chain starts anew because of this repair. */
  breaks: z.array(z.object({ missingFrom: z.int(), before: z.int() })),
});
const seenNote = z.object({ kind: z.literal('log:seen'), sequence: z.int() });

/** What the kind of every note of the log about itself begins with. SECURITY: refused from outside, so that no line can pass for one. */
export const NOTE = 'log:';

/** What the journal writes about itself, in the same chain as the sales. */
export type JournalNote = ({ readonly kind: 'log:repaired'; readonly breaks: readonly ChainBreak[] } & JournalRepair) | z.infer<typeof seenNote>;

export function parseNote(text: string): Result<JournalNote, JournalUnreadable> {
  return parseText(z.union([repairNote, seenNote]), text);
}

function parseText<Value>(schema: z.ZodType<Value>, text: string): Result<Value, JournalUnreadable> {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? ok(parsed.data) : failed({ kind: 'journal-unreadable', detail: 'An entry of the journal is not one that this Counter knows.' });
  } catch {
    return failed({ kind: 'journal-unreadable', detail: 'An entry of the journal is not JSON.' });
  }
}
