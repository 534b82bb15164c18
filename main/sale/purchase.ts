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

/** Goods for now. A tip or a premium will be a line of its own. */
type PurchaseLine = { readonly kind: 'goods'; readonly description: string; readonly amountInCents: number };

export function purchaseOf(amountInCents: number, currency: Currency, description: string): Purchase {
  return { lines: [{ kind: 'goods', description, amountInCents }], totalInCents: amountInCents, currency, description };
}
