import type { GiveBack, HistoryLine, ReversalView, SaleRecord, SaleStep, SaleStepKind } from '../../contract/history.ts';
import { type Reversal, givenBackInCents, mustRefund } from '../sale/reversal.ts';
import { tipOf } from '../sale/purchase.ts';
import { type Sale, isReversible } from '../sale/sale.ts';
import type { JournaledStep } from '../storage/journal-steps.ts';
import { hasMoney } from './movement.ts';
import { historyStateOf } from './history-state.ts';

/** JustiFi voids a payment for this long. */
const VOID_WINDOW_MS = 25 * 60_000;

type RecordedSale = { readonly sale: Exclude<Sale, { kind: 'draft' }>; readonly steps: readonly JournaledStep[] };

/** The full record of a sale, from its state and its entries. `nowUtc` only counts down the time for a void: JustiFi decides. */
export function saleRecordOf({ sale, steps }: RecordedSale, nowUtc: string, isUnread: (reversalId: string) => boolean): SaleRecord {
  const header = steps.find(({ header: one }) => one !== null)?.header ?? null;
  const money = 'reversals' in sale ? sale : null;
  const reversals = money?.reversals ?? [];
  const givenBack = givenBackInCents(reversals);
  const began = steps.find(({ kind }) => kind === 'charge-asked' || kind === 'found') ?? steps[0];
  const line: HistoryLine = {
    saleId: sale.id,
    at: began?.at ?? nowUtc,
    businessDay: header?.businessDay ?? '',
    amountInCents: sale.purchase.totalInCents,
    description: sale.purchase.description,
    paidWith: money?.paidWith ?? { kind: 'unknown', brand: null, last4: null },
    state: historyStateOf(sale),
    givenBackInCents: givenBack,
    cashier: header?.cashier ?? null,
  };
  return {
    line,
    registerName: header?.registerName ?? null,
    checkoutId: sale.checkoutId,
    paymentId: money?.paymentId ?? null,
    tipInCents: tipOf(sale.purchase),
    chargedInCents: money?.chargedInCents ?? null,
    leftInCents: money === null || !hasMoney(money) ? 0 : money.chargedInCents - givenBack,
    giveBack: giveBackOf(sale, nowUtc),
    reversals: reversals.map((reversal) => reversalView(reversal, isUnread)),
    steps: steps.flatMap(stepOf),
  };
}

function giveBackOf(sale: Sale, nowUtc: string): GiveBack {
  if (sale.kind === 'reversing') return { kind: 'under-way' };
  if (!isReversible(sale) || sale.paymentId === null) return { kind: 'nothing' };
  const ageMs = Date.parse(nowUtc) - Date.parse(sale.at);
  const leftMs = Math.min(VOID_WINDOW_MS, VOID_WINDOW_MS - ageMs);
  if (leftMs > 0 && !mustRefund(sale.reversals)) return { kind: 'void', secondsLeft: Math.ceil(leftMs / 1000) };
  return sale.isPending ? { kind: 'not-settled' } : { kind: 'refund' };
}

function reversalView({ id, kind, amountInCents, reason, fees, state, cashier, idempotencyKey, askedAt, refundId }: Reversal, isUnread: (reversalId: string) => boolean): ReversalView {
  return {
    id,
    kind,
    amountInCents,
    reason,
    returnedFeesInCents: fees.reduce((sum, fee) => sum + fee.amountInCents, 0),
    state: state === 'pending' && isUnread(id) ? 'unread' : state,
    cashier,
    isElsewhere: idempotencyKey === null,
    askedAt,
    refundId,
  };
}

const STEP_OF: Readonly<Record<string, SaleStepKind>> = {
  'charge-asked': 'charge-asked',
  found: 'found',
  'form-shown': 'form-shown',
  'link-shown': 'link-shown',
  'submit-allowed': 'submitted',
  'marked-unresolved': 'unresolved',
  'late-kept': 'kept',
  'ended-by-manager': 'ended-by-manager',
  'reversal-asked': 'reversal-asked',
};

/** The steps that a cashier understands; the rest is in the journal. */
function stepOf({ at, kind, outcome, answer, how }: JournaledStep): readonly SaleStep[] {
  const named = kind === 'outcome-known' ? outcome : kind === 'reversal-answered' ? `reversal-${answer}` : kind === 'transfer-ended' ? `transfer-${how}` : STEP_OF[kind];
  return isStep(named) ? [{ at, kind: named }] : [];
}

function isStep(kind: string | null | undefined): kind is SaleStepKind {
  return kind !== null && kind !== undefined;
}
