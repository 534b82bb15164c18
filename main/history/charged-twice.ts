import type { ChargedTwice, HistoryLine, PaymentEvidence } from '../../contract/history.ts';
import type { Result } from '../../contract/result.ts';
import { type Payment, isPending, isTaken } from '../sale/payments.ts';
import { type Purchase, beforeTip } from '../sale/purchase.ts';
import type { Taken } from '../sale/sale.ts';

/** The input: the sale, the sales of this register that look the same, and JustiFi's payments of those days. */
type TwiceParts = {
  readonly sale: Taken;
  readonly ours: readonly HistoryLine[];
  readonly theirs: Result<{ readonly items: readonly Payment[]; readonly unreadable: number; readonly isCut: boolean }, unknown>;
  /** The sale of this register on a checkout; null: another register's. */
  readonly saleOn: (checkoutId: string) => { readonly id: string; readonly purchase: Purchase } | null;
};

/**
 * Was this customer charged twice? Payments for the same on the same card within a day: of the same amount, or of this register and without tip and premium of the
 * same amount. JustiFi's list decides; without it the journal's sales are shown, and nothing is claimed.
 */
export function chargedTwiceOf({ sale, ours, theirs, saleOn }: TwiceParts): ChargedTwice {
  if (theirs.kind === 'failed') return { verdict: 'not-known', count: ours.length, evidence: ours.map((line) => evidenceOfSale(line, sale.id)) };
  const candidates = theirs.value.items.filter((payment) => mayBeTwin(payment, sale)).map((payment) => ({ payment, own: payment.checkoutId === null ? null : saleOn(payment.checkoutId) }));
  const same = candidates.filter(({ payment, own }) => payment.amountInCents === sale.chargedInCents || (own !== null && beforeTip(own.purchase) === beforeTip(sale.purchase)));
  const inOrder = same.toSorted(({ payment: one }, { payment: other }) => (one.madeAt ?? '').localeCompare(other.madeAt ?? ''));
  const evidence = inOrder.map(
    ({ payment, own }): PaymentEvidence => ({
      paymentId: payment.id,
      at: payment.madeAt,
      amountInCents: payment.amountInCents,
      givenBackInCents: givenBack(payment),
      isPending: isPending(payment),
      description: own?.purchase.description ?? null,
      isThisSale: own?.id === sale.id,
    }),
  );
  const kept = evidence.filter((payment) => payment.givenBackInCents < payment.amountInCents).length;
  // An incomplete list does not prove "charged once".
  const isWhole = !theirs.value.isCut && theirs.value.unreadable === 0;
  if (!isWhole && kept < 2) return { verdict: 'not-known', count: evidence.length, evidence };
  if (evidence.length === 0) return { verdict: 'no-payment', count: 0, evidence };
  if (evidence.length === 1) return { verdict: 'once', count: 1, evidence };
  return { verdict: kept > 1 ? 'several' : 'given-back', count: evidence.length, evidence };
}

/** Taken or under way or voided, on a card with the same last digits; or on the same checkout, whatever the card. */
function mayBeTwin(payment: Payment, { paidWith, checkoutId }: Taken): boolean {
  const hasMoved = isTaken(payment) || isPending(payment) || payment.status === 'canceled';
  return hasMoved && (payment.checkoutId === checkoutId || (paidWith.last4 !== null && payment.paidWith.last4 === paidWith.last4));
}

function givenBack({ status, amountInCents, refundedInCents }: Payment): number {
  return status === 'canceled' ? amountInCents : refundedInCents;
}

function evidenceOfSale({ saleId, at, amountInCents, givenBackInCents, state, description }: HistoryLine, thisSaleId: string): PaymentEvidence {
  return { paymentId: null, at, amountInCents, givenBackInCents, isPending: state === 'accepted', description, isThisSale: saleId === thisSaleId };
}
