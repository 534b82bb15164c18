import { formatMoney } from '../../contract/money.ts';
import { receiptCode, shownReceiptCode } from '../../contract/receipt-code.ts';
import { localeOf } from '../../words/language.ts';
import { RECEIPT_WORDS } from '../../words/receipt.ts';
import { type Reversal, givenBackInCents } from '../sale/reversal.ts';
import { type Receipt, type ReceiptOrder, type ReceiptPlace, type ReceiptRow, RULE, footRows, headRows, lineRows, pair, paidWithText, stampRows, timeFormat } from './receipt.ts';

/** A void or refund that has a receipt: JustiFi gave the money back, or has accepted the request. */
export type ReceiptReversal = Reversal & { readonly state: 'done' | 'pending' };

/** A refused or unanswered one has no receipt: no money went back. */
export function hasReversalReceipt(reversal: Reversal): reversal is ReceiptReversal {
  return reversal.state === 'done' || reversal.state === 'pending';
}

/** The receipt of one void or refund. The rest is the one right after it, so that a copy stays the same when more is given back. */
export function reversalReceiptOf({ sale, reversal, copyFor, copyNumber }: ReceiptOrder & { readonly reversal: ReceiptReversal }, place: ReceiptPlace): Receipt {
  const { language } = place;
  const words = RECEIPT_WORDS[language];
  const locale = localeOf(language, sale.purchase.currency);
  const money = (amountInCents: number) => formatMoney({ amountInCents, currency: sale.purchase.currency }, locale);
  const when = timeFormat(locale, place);
  const code = receiptCode(sale.id);
  const { kind, state } = reversal;
  const isPending = state === 'pending';
  const givenBack = givenBackInCents(sale.reversals.slice(0, sale.reversals.findIndex(({ id }) => id === reversal.id) + 1));
  const rows: ReceiptRow[] = [
    ...headRows(place, words),
    ...stampRows(place.mode, copyNumber, words, locale),
    { kind: 'text', text: words.slip[kind], look: 'name' },
    pair(words.date, when(reversal.askedAt)),
    pair(words.register, place.registerName),
    ...(reversal.cashier === null ? [] : [pair(words.cashier, reversal.cashier)]),
    RULE,
    pair(words.receipt, shownReceiptCode(code)),
    pair(words.slip.soldAt, when(sale.at)),
    ...lineRows(sale.purchase, words, money),
    RULE,
    { kind: 'pair', name: (isPending ? words.pending : words)[kind], value: money(reversal.amountInCents), look: 'total' },
    pair(words.slip.to, paidWithText(sale.paidWith, words)),
    ...(reversal.reason === null ? [] : [pair(words.slip.reason, words.slip.reasons[reversal.reason])]),
    ...(isPending ? [{ kind: 'text', text: words.slip.canFail, look: 'left' } as const] : []),
    RULE,
    pair(words.charged, money(sale.chargedInCents)),
    pair(words.slip.givenBack, money(0 - givenBack)),
    pair(words.net, money(sale.chargedInCents - givenBack)),
    RULE,
    ...footRows(copyFor, place.shop, words),
    { kind: 'code', digits: code },
  ];
  return { language, title: `${words.slip[kind]} ${shownReceiptCode(code)}`, rows };
}
