import { assertNever } from '../../contract/result.ts';
import type { LatePayment, PaidWith, SaleView } from '../../contract/till-snapshot.ts';
import type { Words } from '../words/catalogue.ts';

export type SaleResultView = Extract<SaleView, { kind: 'paid' | 'accepted' | 'declined' | 'not-charged' | 'wrong-amount' }>;

/** One word and one sentence for what became of a sale. */
export function resultWords(sale: SaleResultView, { till, format }: Words): { readonly word: string; readonly sentence: string } {
  const { result, decline, notCharged } = till;
  switch (sale.kind) {
    case 'paid':
      return { word: result.paid, sentence: `${paidWithWords(sale.paidWith, { till })}, ${format.time(sale.at)}` };
    case 'accepted':
      return { word: result.accepted, sentence: result.acceptedSentence };
    case 'declined':
      return { word: result.declined, sentence: decline[sale.reason] };
    case 'not-charged':
      return { word: result.notCharged, sentence: notCharged[sale.reason] };
    case 'wrong-amount':
      return { word: result.wrongAmount, sentence: result.wrongAmountSentence(sale.chargedInCents) };
    default:
      return assertNever(sale);
  }
}

/** "Visa •••• 4242" */
export function paidWithWords({ kind, brand, last4 }: PaidWith, { till }: Pick<Words, 'till'>): string {
  const name = kind === 'bank' ? till.paidWith.bank : (BRANDS[brand ?? ''] ?? till.paidWith.card);
  return last4 === null ? name : `${name} •••• ${last4}`;
}

export function latePaymentSentence({ mustRefund, isReversing, refused }: LatePayment, { till }: Pick<Words, 'till'>): string {
  if (isReversing) return till.late.reversing;
  if (refused === 'refund') return till.late.refundRefused;
  return mustRefund ? till.late.mustRefund : till.late.mayVoid;
}

/** Names, the same in every language. */
const BRANDS: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  american_express: 'American Express',
  amex: 'American Express',
  discover: 'Discover',
  diners_club: 'Diners Club',
  jcb: 'JCB',
};
