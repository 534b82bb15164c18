import { checkDescription } from '../../contract/description.ts';
import { type AmountLimits, type Currency, checkAmount } from '../../contract/money.ts';
import type { ChargeDoubt, ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type Purchase, purchaseOf } from './purchase.ts';
import type { RecentlyPaid } from './recently-paid.ts';

/** The shop's own limits, within JustiFi's. */
export type ChargeLimits = AmountLimits & {
  /** Above this an amount has to be confirmed; null: never asked. */
  readonly confirmAboveInCents: number | null;
  /** Within this the same amount and description once more is asked about. 0: never. */
  readonly sameAgainWithinMs: number;
};

export type Draft = { readonly saleId: string; readonly amountInCents: number; readonly description: string };
/** `confirmed`: what the cashier was asked about, and confirmed. */
export type ChargeOrder = Draft & { readonly confirmed: readonly ChargeDoubt[] };

export type ChargeCheckParts = { readonly limits: () => ChargeLimits; readonly isReachable: () => boolean; readonly currency: Currency };

/** The purchase that may be charged, or what stands against it. */
export function checkCharge(parts: ChargeCheckParts, recentlyPaid: RecentlyPaid, { amountInCents, description, confirmed }: ChargeOrder): Result<Purchase, ChargeProblem> {
  const limits = parts.limits();
  const amount = checkAmount(amountInCents, limits);
  if (amount.kind === 'failed') return amount;
  const text = checkDescription(description);
  if (text.kind === 'failed') return text;
  if (!parts.isReachable()) return failed({ kind: 'no-connection' });
  const purchase = purchaseOf(amount.value, parts.currency, text.value);
  const isUnusual = limits.confirmAboveInCents !== null && purchase.totalInCents > limits.confirmAboveInCents;
  if (isUnusual && !confirmed.includes('amount-unusual')) return failed({ kind: 'amount-unusual' });
  // A double charge, or a second customer with the same?
  const same = confirmed.includes('paid-just-now') ? null : recentlyPaid.same(purchase, limits.sameAgainWithinMs);
  return same === null ? ok(purchase) : failed({ kind: 'paid-just-now', ...same });
}
