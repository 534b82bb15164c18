import type { Checkout, Checkouts } from './checkout.ts';
import { hasFailed } from './reconcile.ts';
import type { OnCheckout } from './sale.ts';
import { type Timers, within } from './timers.ts';

/** An older answer is read again. */
const FRESH_FOR_MS = 60_000;
/** The customer has pressed Pay and waits for it. */
const ANSWER_WITHIN_MS = 9_000;
const ASK_AGAIN_MS = [500, 1_500, 3_000] as const;

/** Checks that the checkout at JustiFi is exactly this sale. */
export type AmountCheck = {
  /** Reads the checkout while the customer types, so that Pay does not have to wait. */
  begin(sale: OnCheckout): Promise<Verdict>;
  /** The answer of the last minute, or a new one. */
  verdict(sale: OnCheckout): Promise<Verdict>;
};

export type Verdict =
  /** `failed`: the attempts that have failed by now, by id. `premiumInCents`: of the insurance that the customer has accepted; 0: none. */
  | { readonly kind: 'agrees'; readonly failed: readonly string[]; readonly premiumInCents: number }
  | { readonly kind: 'differs'; readonly why: string }
  /** The checkout was paid, is being paid, or has expired. */
  | { readonly kind: 'not-payable' }
  | { readonly kind: 'no-answer' };

type AmountCheckParts = {
  readonly checkouts: Pick<Checkouts, 'read'>;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  /** The mode that JustiFi's checkouts must have with these credentials; null: any (training). */
  readonly mode: 'test' | 'live' | null;
};

export function createAmountCheck(parts: AmountCheckParts): AmountCheck {
  let last: { readonly checkoutId: string; readonly sinceMs: number; readonly verdict: Promise<Verdict> } | null = null;

  function begin(sale: OnCheckout): Promise<Verdict> {
    const verdict = within(parts.timers, ANSWER_WITHIN_MS, read(sale), { kind: 'no-answer' } as const);
    last = { checkoutId: sale.checkoutId, sinceMs: parts.monotonicMs(), verdict };
    return verdict;
  }

  async function read(sale: OnCheckout): Promise<Verdict> {
    const answer = await parts.checkouts.read(sale.checkoutId);
    return answer.kind === 'ok' ? judge(sale, answer.value, parts.mode) : readAgain(sale, 0);
  }

  async function readAgain(sale: OnCheckout, tries: number): Promise<Verdict> {
    const pauseMs = ASK_AGAIN_MS[tries];
    if (pauseMs === undefined) return { kind: 'no-answer' };
    await new Promise<void>((resolve) => parts.timers.after(pauseMs, resolve));
    const answer = await parts.checkouts.read(sale.checkoutId);
    return answer.kind === 'ok' ? judge(sale, answer.value, parts.mode) : readAgain(sale, tries + 1);
  }

  return {
    begin,
    async verdict(sale) {
      const known = last;
      if (known === null || known.checkoutId !== sale.checkoutId || parts.monotonicMs() - known.sinceMs > FRESH_FOR_MS) return begin(sale);
      const verdict = await known.verdict;
      return verdict.kind === 'no-answer' ? begin(sale) : verdict;
    },
  };
}

/** The customer may take an insurance, and change their mind until Pay: each answer of JustiFi's is out of date at once. */
export function mayBeInsured({ tender }: Pick<OnCheckout, 'tender'>): boolean {
  return tender === 'insured';
}

function judge({ id, purchase, tender }: OnCheckout, checkout: Checkout, mode: 'test' | 'live' | null): Verdict {
  const isOver = checkout.status === 'completed' || checkout.status === 'expired' || checkout.successfulPaymentId !== null;
  if (isOver || checkout.completions.some((one) => !hasFailed(one))) return { kind: 'not-payable' };
  // Another way to pay takes no premium: with one in JustiFi's total the sale gets a new checkout.
  const premiumInCents = mayBeInsured({ tender }) ? Math.max(0, checkout.totalInCents - checkout.amountInCents) : 0;
  const checks: Readonly<Record<string, boolean>> = {
    amount: checkout.amountInCents === purchase.totalInCents,
    total: checkout.totalInCents === purchase.totalInCents + premiumInCents,
    currency: checkout.currency === purchase.currency,
    sale: checkout.saleId === id,
    mode: mode === null || checkout.mode === mode,
  };
  const wrong = Object.keys(checks).filter((name) => checks[name] !== true);
  return wrong.length === 0 ? { kind: 'agrees', failed: checkout.completions.map((one) => one.id), premiumInCents } : { kind: 'differs', why: wrong.join(',') };
}
