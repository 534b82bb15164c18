import type { ConnectionFailure } from '../../contract/connection-failure.ts';
import { type DescriptionProblem, checkDescription } from '../../contract/description.ts';
import { type AmountLimits, type Currency, checkAmount } from '../../contract/money.ts';
import type { ChargeDoubt, ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type Purchase, purchaseOf } from './purchase.ts';
import type { RecentlyPaid } from './recently-paid.ts';

/** The shop's own limits, within JustiFi's. */
export type ChargeLimits = AmountLimits & {
  /** Above this an amount has to be confirmed; null: never asked. */
  readonly confirmAboveInCents: number | null;
  /** The same amount and description again within this time has to be confirmed. 0: never asked. */
  readonly sameAgainWithinMs: number;
};

export type Draft = { readonly saleId: string; readonly amountInCents: number; readonly description: string };
/** `confirmed`: the warnings that the cashier has confirmed. */
export type ChargeOrder = Draft & { readonly confirmed: readonly ChargeDoubt[] };

/** The description of a sale where it is left empty; null: it has to be entered. */
export type UsualDescription = () => string | null;

export type ChargeCheckParts = { readonly limits: () => ChargeLimits; readonly connectionFailure: () => ConnectionFailure | null; readonly currency: Currency; readonly usualDescription: UsualDescription };

/** The purchase that may be charged, or why it may not. */
export function checkCharge(parts: ChargeCheckParts, recentlyPaid: RecentlyPaid, { confirmed, ...draft }: ChargeOrder): Result<Purchase, ChargeProblem> {
  const limits = parts.limits();
  const typed = typedPurchase(parts, draft);
  if (typed.kind === 'failed') return typed;
  const purchase = typed.value;
  const isUnusual = limits.confirmAboveInCents !== null && purchase.totalInCents > limits.confirmAboveInCents;
  if (isUnusual && !confirmed.includes('amount-unusual')) return failed({ kind: 'amount-unusual' });
  // A double charge, or a second customer with the same?
  const same = confirmed.includes('paid-just-now') ? null : recentlyPaid.same(purchase, limits.sameAgainWithinMs);
  return same === null ? ok(purchase) : failed({ kind: 'paid-just-now', ...same });
}

/** The purchase as it is typed now, before any question to the cashier. */
export function typedPurchase(parts: ChargeCheckParts, { amountInCents, description }: Omit<Draft, 'saleId'>): Result<Purchase, ChargeProblem> {
  const amount = checkAmount(amountInCents, parts.limits());
  if (amount.kind === 'failed') return amount;
  const text = describe(description, parts.usualDescription());
  if (text.kind === 'failed') return text;
  const connection = parts.connectionFailure();
  if (connection !== null) return failed({ kind: 'no-connection', ...connection });
  return ok(purchaseOf(amount.value, parts.currency, text.value));
}

function describe(entered: string, usual: string | null): Result<string, DescriptionProblem> {
  const text = checkDescription(entered);
  const isEmpty = text.kind === 'failed' && text.failure.kind === 'description-empty';
  return isEmpty && usual !== null ? checkDescription(usual) : text;
}
