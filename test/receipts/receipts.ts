import { type Currency } from '../../contract/money.ts';
import type { Language } from '../../contract/language.ts';
import { registerSettings } from '../../contract/register-settings.ts';
import { type ReceiptReversal, reversalReceiptOf } from '../../main/receipt/reversal-receipt.ts';
import type { Reversal } from '../../main/sale/reversal.ts';
import { type ReceiptOrder, type ReceiptPlace, type ReceiptSale, receiptOf } from '../../main/receipt/receipt.ts';

/** The receipts of the tests: one shop in four places. */
export const PLACES = [
  { locale: 'en-US', language: 'en', currency: 'USD', timeZone: 'America/New_York' },
  { locale: 'en-CA', language: 'en', currency: 'CAD', timeZone: 'America/Toronto' },
  { locale: 'fr-CA', language: 'fr', currency: 'CAD', timeZone: 'America/Toronto' },
  { locale: 'es-US', language: 'es', currency: 'USD', timeZone: 'America/Chicago' },
] as const satisfies readonly { readonly locale: string; readonly language: Language; readonly currency: Currency; readonly timeZone: string }[];

export const SHOP = registerSettings.parse({
  receipt: {
    shopName: 'Café Ñandú & Fils',
    address: ['12 rue de l’Église', 'Montréal (Québec) H2X 1Y4'],
    taxId: '123456789 RT0001',
    header: ['Open 7–19, every day'],
    footer: ['Returns within 30 days', 'Thank you! ¡Gracias! Merci!'],
  },
}).receipt;

export const PAID_SALE: ReceiptSale = {
  kind: 'paid',
  id: '0d9c2f0a-5c1e-4b7e-9a59-1f6d5a3c7b21',
  purchase: { lines: [{ kind: 'goods', description: 'One chocolate donut, and a repair with a long name | {of} ~a "kind"', amountInCents: 123_456 }], totalInCents: 123_456, currency: 'USD', description: 'One chocolate donut' },
  checkoutId: 'cho_1',
  attempts: { submits: 1, open: 0, failed: [], shown: true, authorisation: null, completionKey: null, link: null },
  tender: 'card-form',
  paymentId: 'py_1',
  isPending: false,
  paidWith: { kind: 'card', brand: 'visa', last4: '4242' },
  chargedInCents: 123_456,
  at: '2026-11-27T23:30:00.000Z',
  reversals: [],
};

export const REFUND = { id: 'r1', paymentId: 'py_1', kind: 'refund', amountInCents: 1_000, reason: null, fees: [], idempotencyKey: 'k', cashier: null, askedAt: '2026-11-29T15:00:00.000Z', state: 'done', refundId: 're_1', code: null } as const;

export function placeOf({ language, timeZone }: (typeof PLACES)[number], other: Partial<ReceiptPlace> = {}): ReceiptPlace {
  return { shop: SHOP, logo: null, mode: 'live', registerName: 'Front counter', cashier: 'Zoë', language, timeZone, ...other };
}

export function exampleReceipt(place: (typeof PLACES)[number], order: Partial<ReceiptOrder> = {}, other: Partial<ReceiptPlace> = {}) {
  const sale = { ...PAID_SALE, ...order.sale, purchase: { ...(order.sale ?? PAID_SALE).purchase, currency: place.currency } } as ReceiptSale;
  return receiptOf({ copyFor: 'customer', copyNumber: 0, ...order, sale }, placeOf(place, other));
}

/** `reversals`: all of the sale; only this one by default. */
export function exampleReversalReceipt(place: (typeof PLACES)[number], reversal: ReceiptReversal, { reversals = [reversal], ...order }: Partial<Pick<ReceiptOrder, 'copyFor' | 'copyNumber'>> & { readonly reversals?: readonly Reversal[] } = {}, other: Partial<ReceiptPlace> = {}) {
  const sale = { ...PAID_SALE, reversals, purchase: { ...PAID_SALE.purchase, currency: place.currency } };
  return reversalReceiptOf({ copyFor: 'customer', copyNumber: 0, ...order, sale, reversal }, placeOf(place, other));
}
