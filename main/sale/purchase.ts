import type { Currency } from '../../contract/money.ts';

/** The purchase of a sale. Fixed when Charge is pressed: a checkout that was once shown never gets another amount. */
export type Purchase = {
  readonly lines: readonly PurchaseLine[];
  /** The sum of the lines. Limits and WRONG AMOUNT compare with it. */
  readonly totalInCents: number;
  readonly currency: Currency;
  /** Shown to JustiFi and to the customer. */
  readonly description: string;
};

/** `premium`: of an insurance that the customer took with the payment. `premium-apart`: the insurer charged it itself, so it is no part of the total. */
type PurchaseLine =
  | { readonly kind: 'goods'; readonly description: string; readonly amountInCents: number }
  | { readonly kind: 'tip' | 'premium' | 'premium-apart'; readonly amountInCents: number };

export function purchaseOf(amountInCents: number, currency: Currency, description: string): Purchase {
  return { lines: [{ kind: 'goods', description, amountInCents }], totalInCents: amountInCents, currency, description };
}

/** The purchase with the customer's tip; 0: none. */
export function withTip(purchase: Purchase, tipInCents: number): Purchase {
  if (tipInCents === 0) return purchase;
  return { ...purchase, lines: [...purchase.lines, { kind: 'tip', amountInCents: tipInCents }], totalInCents: purchase.totalInCents + tipInCents };
}

/** The purchase with the premium of an insurance; 0: none was taken. */
export function withPremium(purchase: Purchase, premiumInCents: number): Purchase {
  if (premiumInCents === 0) return purchase;
  return { ...purchase, lines: [...purchase.lines, { kind: 'premium', amountInCents: premiumInCents }], totalInCents: purchase.totalInCents + premiumInCents };
}

/** The purchase as it was before an insurance was offered. */
export function withoutPremium(purchase: Purchase): Purchase {
  const premiumInCents = premiumOf(purchase);
  return premiumInCents === 0 ? purchase : { ...purchase, lines: purchase.lines.filter(({ kind }) => kind !== 'premium'), totalInCents: purchase.totalInCents - premiumInCents };
}

/** The purchase when it turns out that the insurer charged the premium itself. */
export function withPremiumApart(purchase: Purchase): Purchase {
  const { lines, ...rest } = withoutPremium(purchase);
  return { ...rest, lines: [...lines, { kind: 'premium-apart', amountInCents: premiumOf(purchase) }] };
}

/** 0: there is none. */
export function tipOf(purchase: Purchase): number {
  return sumOf(purchase, 'tip');
}

/** The insurance premium in the total; 0: none. */
export function premiumOf(purchase: Purchase): number {
  return sumOf(purchase, 'premium');
}

/** The cashier's own line. */
export function beforeTip(purchase: Purchase): number {
  return sumOf(purchase, 'goods');
}

function sumOf({ lines }: Purchase, wanted: PurchaseLine['kind']): number {
  return lines.reduce((sum, { kind, amountInCents }) => (kind === wanted ? sum + amountInCents : sum), 0);
}

/** Whether two purchases are the same; the tip may differ. */
export function isSamePurchase(one: Purchase, other: Purchase): boolean {
  return beforeTip(one) === beforeTip(other) && one.description === other.description;
}
