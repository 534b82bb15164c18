import type { Currency } from '../../contract/money.ts';

/** What is being sold. Fixed when Charge is pressed: a checkout that was once shown never gets another amount. */
export type Purchase = {
  readonly lines: readonly PurchaseLine[];
  /** The sum of the lines. Limits and WRONG AMOUNT compare with it. */
  readonly totalInCents: number;
  readonly currency: Currency;
  /** Shown to JustiFi and to the customer. */
  readonly description: string;
};

/** A premium will be a line of its own. */
type PurchaseLine = { readonly kind: 'goods'; readonly description: string; readonly amountInCents: number } | { readonly kind: 'tip'; readonly amountInCents: number };

export function purchaseOf(amountInCents: number, currency: Currency, description: string): Purchase {
  return { lines: [{ kind: 'goods', description, amountInCents }], totalInCents: amountInCents, currency, description };
}

/** The purchase with what the customer gives beside it; 0: nothing. */
export function withTip(purchase: Purchase, tipInCents: number): Purchase {
  if (tipInCents === 0) return purchase;
  return { ...purchase, lines: [...purchase.lines, { kind: 'tip', amountInCents: tipInCents }], totalInCents: purchase.totalInCents + tipInCents };
}

/** 0: there is none. */
export function tipOf({ lines }: Purchase): number {
  return lines.reduce((sum, { kind, amountInCents }) => (kind === 'tip' ? sum + amountInCents : sum), 0);
}

/** What the cashier typed. */
export function beforeTip(purchase: Purchase): number {
  return purchase.totalInCents - tipOf(purchase);
}

/** The same thing sold again? A customer may give another tip the second time. */
export function isSamePurchase(one: Purchase, other: Purchase): boolean {
  return beforeTip(one) === beforeTip(other) && one.description === other.description;
}
