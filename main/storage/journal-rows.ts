import { z } from 'zod';
import { CURRENCIES } from '../../contract/money.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { keptText, reportedText } from '../../contract/text.ts';
import { TENDERS } from '../../contract/tender.ts';
import { DECLINE_REASONS, NOT_CHARGED_REASONS } from '../../contract/till-snapshot.ts';
import type { JournalRepair, JournalUnreadable, KeptDraft, SoldBy } from '../sale/journal.ts';
import type { PcClock } from '../sale/pc-clock.ts';
import { FEE_TYPES, REVERSAL_KINDS, REVERSAL_REASONS, REVERSAL_STATES } from '../sale/reversal.ts';
import { REVERSIBLE_KINDS, type Sale, UNRESOLVED_WHY } from '../sale/sale.ts';
import type { ChainBreak, LinkedEntry } from './journal-chain.ts';

/** Parses everything that the journal reads from the disk, once. */

const entryRow = z.object({
  sequence: z.int().min(1),
  at: z.string(),
  utc_offset_in_minutes: z.int(),
  sale_id: z.string().nullable(),
  event: z.string(),
  state: z.string().nullable(),
  link: z.string(),
});

/** Throws on a row that does not parse: readers treat it as damage. */
export function parseEntryRow(row: unknown): LinkedEntry {
  const { sequence, at, utc_offset_in_minutes: utcOffsetInMinutes, sale_id: saleId, event, state, link } = entryRow.parse(row);
  return { sequence, at, utcOffsetInMinutes, saleId, event, state, link };
}

const line = z.discriminatedUnion('kind', [z.object({ kind: z.literal('goods'), description: reportedText(), amountInCents: z.int().min(0) }), z.object({ kind: z.enum(['tip', 'premium', 'premium-apart']), amountInCents: z.int().min(0) })]);
const purchase = z.object({ lines: z.array(line), totalInCents: z.int().min(0), currency: z.enum(CURRENCIES), description: reportedText() });
const paidWith = z.object({ kind: z.enum(['card', 'card-present', 'bank', 'unknown']), brand: keptText().nullable(), last4: keptText().nullable() });
const attempts = z.object({ submits: z.int().min(0), open: z.int().min(0), failed: z.array(keptText()), shown: z.boolean(), authorisation: keptText().nullable(), completionKey: keptText().nullable().default(null), link: z.object({ shownAt: keptText(), payableUntil: keptText() }).nullable() });
const onCheckout = { id: keptText(), purchase, checkoutId: keptText(), attempts, tender: z.enum(TENDERS).nullable() };
const reversal = z.object({
  id: keptText(),
  paymentId: keptText(),
  kind: z.enum(REVERSAL_KINDS),
  amountInCents: z.int().min(0),
  reason: z.enum(REVERSAL_REASONS).nullable(),
  fees: z.array(z.object({ type: z.enum(FEE_TYPES), amountInCents: z.int().min(0) })),
  idempotencyKey: keptText().nullable(),
  cashier: keptText().nullable(),
  askedAt: keptText(),
  state: z.enum(REVERSAL_STATES),
  refundId: keptText().nullable(),
  code: keptText().nullable(),
});
const taken = { ...onCheckout, paymentId: keptText().nullable(), isPending: z.boolean(), paidWith, chargedInCents: z.int(), at: keptText(), reversals: z.array(reversal) };

/** One schema for each state of a sale: a state without one, or with another shape, does not compile. */
const stateSchemas = {
  draft: z.object({
    kind: z.literal('draft'),
    id: keptText(),
    amountInCents: z.int().min(0),
    description: reportedText(),
    // A problem of an earlier run is not shown again.
    problem: z.unknown().transform(() => null),
  }),
  preparing: z.object({ ...onCheckout, kind: z.literal('preparing'), checkoutId: keptText().nullable() }),
  ready: z.object({ ...onCheckout, kind: z.literal('ready') }),
  submitting: z.object({ ...onCheckout, kind: z.literal('submitting') }),
  checking: z.object({ ...onCheckout, kind: z.literal('checking') }),
  declined: z.object({
    ...onCheckout,
    kind: z.literal('declined'),
    reason: z.enum(DECLINE_REASONS),
    code: keptText(),
  }),
  'not-charged': z.object({ ...onCheckout, kind: z.literal('not-charged'), reason: z.enum(NOT_CHARGED_REASONS) }),
  paid: z.object({ ...taken, kind: z.literal('paid') }),
  accepted: z.object({ ...taken, kind: z.literal('accepted') }),
  'wrong-amount': z.object({ ...taken, kind: z.literal('wrong-amount') }),
  'wrong-amount-seen': z.object({ ...taken, kind: z.literal('wrong-amount-seen') }),
  unresolved: z.object({ ...onCheckout, kind: z.literal('unresolved'), why: z.enum(UNRESOLVED_WHY), since: keptText() }),
  late: z.object({ ...taken, kind: z.literal('late') }),
  reversing: z.object({ ...taken, kind: z.literal('reversing'), of: z.enum(REVERSIBLE_KINDS) }),
  reversed: z.object({ ...taken, kind: z.literal('reversed') }),
  'transfer-failed': z.object({ ...taken, kind: z.literal('transfer-failed') }),
  'transfer-failed-seen': z.object({ ...taken, kind: z.literal('transfer-failed-seen') }),
  disputed: z.object({ ...taken, kind: z.literal('disputed') }),
  abandoned: z.object({ ...onCheckout, kind: z.literal('abandoned'), checkoutId: keptText().nullable() }),
} satisfies { readonly [Kind in Sale['kind']]: z.ZodType<Extract<Sale, { readonly kind: Kind }>> };

const { draft: draftState, ...laterStates } = stateSchemas;
/** By its kind: trying one schema after the other takes ten times as long, and the history reads years of sales. */
export const saleSchema: z.ZodType<Sale> = z.discriminatedUnion('kind', [draftState, ...Object.values(laterStates)]);

export function parseSale(text: string): Result<Sale, JournalUnreadable> {
  return parseText(saleSchema, text);
}

const chargeAsked = z.object({ header: z.object({ register: z.object({ name: reportedText() }), cashier: reportedText().nullable() }) });

export function parseSoldBy(event: string): Result<SoldBy, JournalUnreadable> {
  const parsed = parseText(chargeAsked, event);
  return parsed.kind === 'ok' ? ok({ registerName: parsed.value.header.register.name, cashier: parsed.value.header.cashier }) : parsed;
}

const eventRow = z.object({ event: z.string() });

export function parseEventRow(row: unknown): string {
  return eventRow.parse(row).event;
}

const stateRow = z.object({ state: z.string() });

export function parseStateRow(row: unknown): string {
  return stateRow.parse(row).state;
}

export type ClockedDraft = KeptDraft & { readonly clock: PcClock };

const pcClock = z.object({ utc: z.iso.datetime(), upMs: z.int().min(0) });
export const draftSchema: z.ZodType<ClockedDraft> = z.object({ saleId: keptText(), amountInCents: z.int().min(0), description: reportedText(), clock: pcClock });

export function parseDraft(text: string): ClockedDraft | null {
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

/** The prefix of the kind of every note of the log about itself. SECURITY: refused from outside, so that no line can pass for one. */
export const NOTE = 'log:';

/** The journal's entries about itself, in the same chain as the sales. */
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
