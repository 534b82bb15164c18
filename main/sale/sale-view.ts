import { assertNever } from '../../contract/result.ts';
import { CALLED_OFF, type CalledOff, type DeclineReason, type GivenBackView, type LastSale, type LatePayment, type SaleView, type TroubledPayment } from '../../contract/till-snapshot.ts';
import { type Purchase, beforeTip, premiumOf, tipOf } from './purchase.ts';
import { givenBackInCents, mustRefund } from './reversal.ts';
import { type LateSale, type Sale, type Taken, type TroubledSale, isLastSale } from './sale.ts';
import type { AskedTip } from './tip-question.ts';

/** A sale as the till may show it: no checkout id, no payment id, no code of a decline. */
export function saleView(sale: Sale, asked: AskedTip | null): SaleView {
  if (sale.kind === 'draft') {
    if (asked !== null) {
      const { purchase, offer, chosenInCents, isDoubtful } = asked;
      return { kind: 'tip', saleId: sale.id, amountInCents: beforeTip(purchase), description: purchase.description, offer, chosenInCents, isDoubtful, problem: sale.problem };
    }
    return { kind: 'entering', saleId: sale.id, amountInCents: sale.amountInCents, description: sale.description, problem: sale.problem };
  }
  const sold = { saleId: sale.id, ...purchaseView(sale.purchase) };
  // Null only for a sale that is never at the counter.
  const tender = sale.tender ?? 'card-form';
  switch (sale.kind) {
    case 'preparing':
    case 'ready':
    case 'submitting':
    case 'checking':
      return { kind: sale.kind, ...sold, tender };
    case 'paid':
    case 'accepted':
      return { kind: sale.kind, ...sold, paidWith: sale.paidWith, at: sale.at };
    case 'declined':
      return isCalledOff(sale.reason) ? { kind: 'not-charged', ...sold, tender, reason: sale.reason } : { kind: 'declined', ...sold, tender, reason: sale.reason };
    case 'not-charged':
      return { kind: 'not-charged', ...sold, tender, reason: sale.reason };
    case 'wrong-amount':
    case 'wrong-amount-seen':
      return { kind: 'wrong-amount', ...sold, chargedInCents: sale.chargedInCents };
    case 'unresolved':
    case 'late':
    case 'reversing':
    case 'reversed':
    case 'transfer-failed':
    case 'transfer-failed-seen':
    case 'disputed':
    case 'abandoned':
      // Never at the counter: these are in the background, or a new draft has replaced them.
      return { kind: 'entering', ...sold, problem: null };
    default:
      return assertNever(sale);
  }
}

function purchaseView(purchase: Purchase) {
  const premiumInCents = premiumOf(purchase);
  return { amountInCents: purchase.totalInCents, tipInCents: tipOf(purchase), ...(premiumInCents > 0 && { premiumInCents }), description: purchase.description };
}

function isCalledOff(reason: DeclineReason): reason is CalledOff {
  return CALLED_OFF.some((calledOff) => calledOff === reason);
}

/** Null for a sale that took no money. */
export function lastSaleView(sale: Sale | null): LastSale | null {
  if (sale === null || !isLastSale(sale)) return null;
  const { id: saleId, purchase, isPending, paidWith, at } = sale;
  const sold = { saleId, ...purchaseView(purchase), givenBack: givenBackView(sale), isDisputed: sale.kind === 'disputed' };
  if (sale.chargedInCents !== purchase.totalInCents) return { kind: 'wrong-amount', ...sold, chargedInCents: sale.chargedInCents };
  return { kind: isPending ? 'accepted' : 'paid', ...sold, paidWith, at };
}

function givenBackView({ kind, chargedInCents, reversals }: Taken & { readonly kind: string }): GivenBackView | null {
  const amountInCents = givenBackInCents(reversals);
  const last = reversals.at(-1);
  if (kind === 'reversing' && last !== undefined) return { kind: 'asked', amountInCents: last.amountInCents };
  if (amountInCents === 0) return null;
  if (reversals.some((reversal) => reversal.kind === 'void' && reversal.state === 'done')) return { kind: 'voided', amountInCents };
  return { kind: amountInCents < chargedInCents ? 'partly-refunded' : 'refunded', amountInCents };
}

export function troubledPayment({ id, kind, chargedInCents, purchase, paidWith, at, reversals }: TroubledSale): TroubledPayment {
  return { saleId: id, kind, amountInCents: chargedInCents, givenBackInCents: givenBackInCents(reversals), description: purchase.description, paidWith, at };
}

export function latePayment(sale: LateSale): LatePayment {
  const { id, chargedInCents, purchase, isPending, paidWith, at, reversals } = sale;
  const last = reversals.findLast(({ state }) => state === 'done' || state === 'refused');
  return {
    saleId: id,
    amountInCents: chargedInCents - givenBackInCents(reversals),
    description: purchase.description,
    isPending,
    paidWith,
    at,
    mustRefund: mustRefund(reversals),
    isReversing: sale.kind === 'reversing',
    refused: last?.state === 'refused' ? last.kind : null,
  };
}
