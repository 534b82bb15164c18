import { CARD_BRANDS } from '../../contract/card-brand.ts';
import type { Language } from '../../contract/language.ts';
import { formatMoney } from '../../contract/money.ts';
import { receiptCode, shownReceiptCode } from '../../contract/receipt-code.ts';
import type { RegisterSettings } from '../../contract/register-settings.ts';
import type { Mode, PaidWith } from '../../contract/till-snapshot.ts';
import { localeOf } from '../../words/language.ts';
import { RECEIPT_WORDS, type ReceiptWords } from '../../words/receipt.ts';
import type { Purchase } from '../sale/purchase.ts';
import { type Reversal, givenBackInCents } from '../sale/reversal.ts';
import type { Sale, Taken } from '../sale/sale.ts';

/** A sale that has a receipt: the customer's money moved, or a transfer was accepted. */
export type ReceiptSale = Extract<Sale, Taken>;

/**
 * The rows of a receipt, from top to bottom, in one language; every form (thermal, SVG, page, text) is made of them. SECURITY (S-06): of a card it
 * has the brand and the last four digits. The journal has no more.
 */
export type Receipt = {
  readonly language: Language;
  readonly title: string;
  readonly rows: readonly ReceiptRow[];
};

export type ReceiptRow =
  /** Base64 of a PNG. */
  | { readonly kind: 'logo'; readonly png: string }
  | { readonly kind: 'text'; readonly text: string; readonly look: 'name' | 'centred' | 'left' }
  /** For important lines: white on black. */
  | { readonly kind: 'stamp'; readonly text: string }
  | { readonly kind: 'pair'; readonly name: string; readonly value: string; readonly look: 'usual' | 'total' }
  | { readonly kind: 'rule' }
  /** 12 digits, as Code 128-C. */
  | { readonly kind: 'code'; readonly digits: string };

export type ReceiptOrder = {
  readonly sale: ReceiptSale;
  readonly copyFor: 'customer' | 'merchant';
  /** 0: the first print. R-10: every later one shows its copy number. */
  readonly copyNumber: number;
};

/** The register that makes a receipt. */
export type ReceiptPlace = {
  readonly shop: RegisterSettings['receipt'];
  readonly logo: string | null;
  readonly mode: Mode;
  readonly registerName: string;
  /** The cashier's name; null: there are no names. */
  readonly cashier: string | null;
  readonly language: Language;
  /** Of the shop; undefined: the PC's. */
  readonly timeZone?: string;
};

const HAS_RECEIPT: ReadonlySet<Sale['kind']> = new Set(['paid', 'accepted', 'wrong-amount', 'wrong-amount-seen', 'late', 'reversing', 'reversed', 'disputed']);

export function hasReceipt(sale: Sale): sale is ReceiptSale {
  return HAS_RECEIPT.has(sale.kind);
}

export function receiptOf({ sale, copyFor, copyNumber }: ReceiptOrder, place: ReceiptPlace): Receipt {
  const { language, mode, shop } = place;
  const words = RECEIPT_WORDS[language];
  const locale = localeOf(language, sale.purchase.currency);
  const money = (amountInCents: number) => formatMoney({ amountInCents, currency: sale.purchase.currency }, locale);
  const when = timeFormat(locale, place);
  const code = receiptCode(sale.id);
  const rows: ReceiptRow[] = [
    ...headRows(place, words),
    ...stampRows(mode, copyNumber, words, locale),
    pair(words.date, when(sale.at)),
    pair(words.receipt, shownReceiptCode(code)),
    pair(words.register, place.registerName),
    ...(place.cashier === null ? [] : [pair(words.cashier, place.cashier)]),
    RULE,
    ...lineRows(sale.purchase, words, money),
    RULE,
    { kind: 'pair', name: words.total, value: money(sale.purchase.totalInCents), look: 'total' },
    ...paymentRows(sale, { words, money }),
    ...reversalRows(sale, { words, money, when }),
    RULE,
    ...footRows(copyFor, shop, words),
    { kind: 'code', digits: code },
  ];
  return { language, title: `${words.receipt} ${shownReceiptCode(code)}`, rows };
}

/** The purchase, and the tip. */
export function lineRows({ lines }: Purchase, words: ReceiptWords, money: (amountInCents: number) => string): readonly ReceiptRow[] {
  return lines.map((line) => pair(line.kind === 'goods' ? line.description : words[GIVEN_BESIDE[line.kind]], money(line.amountInCents)));
}

const GIVEN_BESIDE = { tip: 'tip', premium: 'premium', 'premium-apart': 'premiumApart' } as const;

/** A test print: every letter of the three languages, the width, the code. */
export function testReceipt(place: Pick<ReceiptPlace, 'shop' | 'logo' | 'registerName' | 'language'>, at: string): Receipt {
  const words = RECEIPT_WORDS[place.language];
  const rows: ReceiptRow[] = [
    ...headRows(place, words),
    stamp(words.testPage),
    pair(words.date, at),
    pair(words.register, place.registerName),
    RULE,
    ...['ABCDEFGHIJKLM NOPQRSTUVWXYZ', 'abcdefghijklm nopqrstuvwxyz', '0123456789 $ ¢ € % & @', 'áéíóúüñ ¿? ¡! àâäçèêëîïôœùûÿ «»'].map((text): ReceiptRow => ({ kind: 'text', text, look: 'left' })),
    RULE,
    { kind: 'pair', name: words.total, value: formatMoney({ amountInCents: 123_456, currency: 'USD' }, localeOf(place.language, 'USD')), look: 'total' },
    { kind: 'code', digits: receiptCode('0') },
  ];
  return { language: place.language, title: words.testPage, rows };
}

/** "Visa **** 4242". */
export function paidWithText({ kind, brand, last4 }: PaidWith, words: ReceiptWords): string {
  const name = kind === 'bank' ? words.bank : kind === 'unknown' ? words.payment : (CARD_BRANDS[brand ?? ''] ?? words.card);
  return last4 === null ? name : `${name} **** ${last4}`;
}

/** The shop, as at the head of every paper. */
export function headRows({ shop, logo }: Pick<ReceiptPlace, 'shop' | 'logo'>, words: ReceiptWords): readonly ReceiptRow[] {
  return [
    ...(logo === null ? [] : [{ kind: 'logo', png: logo } as const]),
    ...(shop.shopName === '' ? [] : [{ kind: 'text', text: shop.shopName, look: 'name' } as const]),
    ...shop.address.map(centred),
    ...(shop.taxId === '' ? [] : [centred(`${words.taxId}: ${shop.taxId}`)]),
    ...shop.header.map(centred),
  ];
}

/** Marks a paper that is no payment, or not the first print. */
export function stampRows(mode: Mode, copyNumber: number, words: ReceiptWords, locale: string): readonly ReceiptRow[] {
  return [...(mode === 'live' ? [] : [stamp(words[mode])]), ...(copyNumber === 0 ? [] : [stamp(`${words.copy} ${new Intl.NumberFormat(locale).format(copyNumber)}`)])];
}

/** The shop's own text is on the customer's copy only. */
export function footRows(copyFor: ReceiptOrder['copyFor'], shop: ReceiptPlace['shop'], words: ReceiptWords): readonly ReceiptRow[] {
  return (copyFor === 'customer' ? [...shop.footer, words.customerCopy] : [words.merchantCopy]).map(centred);
}

/** On the shop's clock. */
export function timeFormat(locale: string, { timeZone }: Pick<ReceiptPlace, 'timeZone'>): (utc: string) => string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return (utc) => format.format(new Date(utc));
}

type ReceiptLanguage = { readonly words: ReceiptWords; readonly money: (amountInCents: number) => string };

function paymentRows(sale: ReceiptSale, { words, money }: ReceiptLanguage): readonly ReceiptRow[] {
  const charged = money(sale.chargedInCents);
  return [
    pair(paidWithText(sale.paidWith, words), charged),
    // For a card at a reader, JustiFi's API returns brand and last four, but no EMV application (docs/justifi.md).
    ...(sale.paidWith.kind === 'card-present' ? [pair(words.entry.name, words.entry.reader)] : []),
    // JustiFi charged another amount than the sale's: both are printed.
    ...(sale.chargedInCents === sale.purchase.totalInCents ? [] : [{ kind: 'pair', name: words.charged, value: charged, look: 'total' } as const]),
    ...(sale.paidWith.kind === 'bank' && sale.attempts.authorisation !== null ? [{ kind: 'text', text: sale.attempts.authorisation, look: 'left' } as const] : []),
    ...(sale.isPending ? [{ kind: 'text', text: words.canFail, look: 'left' } as const] : []),
  ];
}

/** Each reversal with its own day and amount, and the rest. */
function reversalRows(sale: ReceiptSale, { words, money, when }: ReceiptLanguage & { readonly when: (utc: string) => string }): readonly ReceiptRow[] {
  const told = sale.reversals.filter(({ state }) => state === 'done' || state === 'pending');
  if (told.length === 0) return [];
  const nameOf = ({ kind, state, askedAt }: Reversal) => `${(state === 'pending' ? words.pending : words)[kind]}, ${when(askedAt)}`;
  return [
    RULE,
    ...told.map((reversal) => pair(nameOf(reversal), money(-reversal.amountInCents))),
    { kind: 'pair', name: words.net, value: money(sale.chargedInCents - givenBackInCents(sale.reversals)), look: 'total' },
  ];
}

export const RULE: ReceiptRow = { kind: 'rule' };

export function pair(name: string, value: string): ReceiptRow {
  return { kind: 'pair', name, value, look: 'usual' };
}

function stamp(text: string): ReceiptRow {
  return { kind: 'stamp', text };
}

function centred(text: string): ReceiptRow {
  return { kind: 'text', text, look: 'centred' };
}
