import type { GiveBackOrder, GiveBackProblem, GivenBack } from '../../contract/history.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { chargeProblem } from './charge-problem.ts';
import type { Answer } from './current-sale.ts';
import type { JournalUnreadable } from './journal.ts';
import type { Payments } from './payments.ts';
import { type ReturnedFee, type Reversal, givenBackInCents, mustRefund } from './reversal.ts';
import type { ReversalRequests } from './reversal-requests.ts';
import { type ReversibleSale, type Sale, isReversible } from './sale.ts';

type GiveBackParts = {
  readonly payments: Pick<Payments, 'read'>;
  readonly reversals: Pick<ReversalRequests, 'reverse'>;
  readonly find: (saleId: string) => Result<Sale | null, JournalUnreadable>;
  readonly leaveCounter: (saleId: string) => Answer;
  readonly newId: () => string;
};

/**
 * Voids or refunds a sale of this register, even one of last year. The order carries the rest that was shown: pressed twice, the second one
 * finds less, and is refused.
 */
export function createGiveBack(parts: GiveBackParts): (saleId: string, order: GiveBackOrder) => Promise<Result<GivenBack, GiveBackProblem>> {
  function check(saleId: string, order: GiveBackOrder): Result<ReversibleSale, GiveBackProblem> {
    const found = parts.find(saleId);
    if (found.kind === 'failed') return failed({ kind: 'journal-unwritable' });
    return found.value === null ? failed({ kind: 'sale-unknown' }) : checkOrder(found.value, order);
  }

  return async (saleId, order) => {
    const before = check(saleId, order);
    if (before.kind === 'failed') return before;
    const fees = order.returnsFees && order.kind === 'refund' ? await feesFor(parts, before.value, order) : ok([]);
    if (fees.kind === 'failed') return fees;
    // JustiFi was asked in between.
    const now = check(saleId, order);
    if (now.kind === 'failed') return now;
    const left = parts.leaveCounter(saleId);
    if (left.kind === 'failed') return left;
    const reversalId = parts.newId();
    const asked = await parts.reversals.reverse(now.value, { kind: order.kind, amountInCents: order.amountInCents, ...(order.reason === null ? {} : { reason: order.reason }), fees: fees.value }, reversalId);
    const after = parts.find(saleId);
    const made = after.kind === 'ok' && after.value !== null && 'reversals' in after.value ? after.value.reversals.find(({ id }) => id === reversalId) : undefined;
    if (made !== undefined) return given(made);
    // It was requested, and its outcome cannot be read now.
    if (asked.kind === 'ok') return ok({ reversalId, state: 'asked' });
    const again = check(saleId, order);
    return again.kind === 'failed' ? again : asked;
  };
}

function checkOrder(sale: Sale, { kind, amountInCents, leftInCents }: GiveBackOrder): Result<ReversibleSale, GiveBackProblem> {
  if (sale.kind === 'reversing') return failed({ kind: 'reversal-under-way' });
  if (!isReversible(sale) || sale.paymentId === null) return failed({ kind: 'nothing-to-give-back' });
  const left = sale.chargedInCents - givenBackInCents(sale.reversals);
  if (leftInCents !== left) return failed({ kind: 'sale-changed' });
  if (amountInCents > left) return failed({ kind: 'refund-too-large', leftInCents: left });
  if (amountInCents < 1) return failed({ kind: 'amount-empty' });
  if (kind === 'void' && (mustRefund(sale.reversals) || amountInCents !== sale.chargedInCents)) return failed({ kind: 'void-over' });
  if (kind === 'refund' && sale.isPending) return failed({ kind: 'transfer-not-settled' });
  return ok(sale);
}

/** The share of the fees that goes with this part of the payment; with the last part, the rest of them. */
async function feesFor({ payments }: GiveBackParts, { paymentId }: ReversibleSale, { amountInCents, leftInCents }: GiveBackOrder): Promise<Result<readonly ReturnedFee[], GiveBackProblem>> {
  const payment = await payments.read(paymentId ?? '');
  if (payment.kind === 'failed') return failed(chargeProblem(payment.failure));
  const share = payment.value.fees.map((fee) => ({ ...fee, amountInCents: Math.floor((fee.amountInCents * amountInCents) / leftInCents) }));
  return ok(share.filter((fee) => fee.amountInCents > 0));
}

/** The answer in the journal, or none yet. */
function given({ id, state, kind, code }: Reversal): Result<GivenBack, GiveBackProblem> {
  if (state === 'refused') return failed({ kind: kind === 'void' ? 'void-refused' : 'refund-refused', code: code ?? '' });
  return ok({ reversalId: id, state });
}
