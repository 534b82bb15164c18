import type { Currency } from '../../contract/money.ts';

/** What is being sold. Fixed when Charge is pressed: a checkout that was once shown never gets another amount. */
export type Purchase = {
  readonly lines: readonly PurchaseLine[];
  /** The sum of the lines: limits and WRONG AMOUNT go by it. */
  readonly totalInCents: number;
  readonly currency: Currency;
  /** What JustiFi and the customer read. */
  readonly description: string;
};

/** Goods for now. A tip or a premium will be a line of its own. */
export type PurchaseLine = { readonly kind: 'goods'; readonly description: string; readonly amountInCents: number };

export function purchaseOf(amountInCents: number, currency: Currency, description: string): Purchase {
  return { lines: [{ kind: 'goods', description, amountInCents }], totalInCents: amountInCents, currency, description };
}
