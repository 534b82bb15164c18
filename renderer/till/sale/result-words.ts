import { CARD_BRANDS } from '../../../contract/card-brand.ts';
import { assertNever } from '../../../contract/result.ts';
import type { LatePayment, PaidWith, SaleLink, SaleView } from '../../../contract/till-snapshot.ts';
import type { SaleWords } from '../../../words/catalogue.ts';

export type SaleResultView = Extract<SaleView, { kind: 'paid' | 'accepted' | 'declined' | 'not-charged' | 'wrong-amount' }>;

/** One word and one sentence for the outcome of a sale. `link`: it may still be paid by one, so it is not shown as over. */
export function resultWords(sale: SaleResultView, { till, format }: SaleWords, link: SaleLink | null): { readonly word: string; readonly sentence: string } {
  const { result, decline } = till;
  switch (sale.kind) {
    case 'paid':
      return { word: result.paid, sentence: `${paidWithWords(sale.paidWith, { till })}, ${format.time(sale.at)}` };
    case 'accepted':
      return { word: result.accepted, sentence: result.acceptedSentence };
    case 'declined':
      return { word: result.declined, sentence: decline[sale.reason] };
    case 'not-charged':
      return { word: link === null ? result.notCharged : result.notPaidYet, sentence: notChargedSentence(sale, till) };
    case 'wrong-amount':
      return { word: result.wrongAmount, sentence: result.wrongAmountSentence };
    default:
      return assertNever(sale);
  }
}

function notChargedSentence({ reason, tender }: Extract<SaleView, { kind: 'not-charged' }>, { decline, notCharged, paying }: SaleWords['till']): string {
  if (reason === 'form-lost' && tender !== 'card-form') return { ...paying, ...paying[tender] }.lost;
  return reason === 'canceled' || reason === 'timed-out' ? decline[reason] : notCharged[reason];
}

/** "Visa •••• 4242"; dots and digits stay in one line. */
export function paidWithWords({ kind, brand, last4 }: PaidWith, { till }: Pick<SaleWords, 'till'>): string {
  const name = CARD_BRANDS[brand ?? ''] ?? till.paidWith[kind === 'card-present' ? 'card' : kind];
  return last4 === null ? name : `${name} ••••\u00a0${last4}`;
}

export function latePaymentSentence({ mustRefund, isReversing, refused }: LatePayment, { till }: Pick<SaleWords, 'till'>): string {
  if (isReversing) return mustRefund ? till.late.refunding : till.late.voiding;
  if (refused === 'refund') return till.late.refundRefused;
  return mustRefund ? till.late.mustRefund : till.late.mayVoid;
}
