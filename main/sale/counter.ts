import type { ChargeProblem } from '../../contract/problem.ts';
import { failed, ok } from '../../contract/result.ts';
import type { Answer, CurrentSale } from './current-sale.ts';
import type { Purchase } from './purchase.ts';
import { type Sale, isOver, tookMoney } from './sale.ts';
import type { SaleHeader } from './sale-header.ts';
import type { SaleLedger } from './sale-ledger.ts';
import type { Tender } from './tender.ts';

/** How one sale at the counter gives way to another, and what the tender has to do about it. */
export type Counter = {
  /** The last sale that took money and gave way to another. */
  lastSale(): Sale | null;
  /** Lets the tender make ready what it can, while the cashier types. */
  prepare(): void;
  /** The next sale. `leave` ends the one before; when it fails, nothing has changed. */
  next(amountInCents?: number, description?: string, leave?: () => Answer): Answer;
  /** Leaves the sale, and begins another with what was typed. What was shown once never gets another amount. */
  startOver(problem: ChargeProblem | null): Answer;
  charge(purchase: Purchase): Answer;
  /** JustiFi does not hold what it confirmed: that checkout is left and watched, and the same is charged on a new one. */
  chargeAnew(): void;
  /** What is not at the counter any more is asked about, unless there is nothing to ask. */
  leave(): Answer;
};

export type CounterParts = {
  readonly lastSale: Sale | null;
  readonly utcNow: () => string;
  readonly isReachable: () => boolean;
  readonly header: (tender: Tender) => SaleHeader;
};

export function openCounter(parts: CounterParts, ledger: SaleLedger, current: CurrentSale, tender: () => Tender): Counter {
  let { lastSale } = parts;
  /** What was typed when a wrong amount took the counter. */
  let setAside: { readonly amountInCents: number; readonly description: string } | null = null;
  /** Charged anew once already: a second time it is not JustiFi that lost a change. */
  let anewId: string | null = null;

  /** A wrong amount stops the till, also when it is found late: as soon as no customer stands before the form. */
  ledger.onChange(() => {
    const draft = current.get();
    const wrong = draft.kind === 'draft' ? ledger.sales().find(({ kind }) => kind === 'wrong-amount') : undefined;
    if (draft.kind !== 'draft' || wrong === undefined) return;
    setAside = { amountInCents: draft.amountInCents, description: draft.description };
    current.replace(wrong);
  });

  function prepare(): void {
    if (current.get().kind === 'draft' && parts.isReachable()) tender().prepare();
  }

  function next(amountInCents = setAside?.amountInCents ?? 0, description = setAside?.description ?? '', leaving?: () => Answer): Answer {
    const before = current.get();
    if (tookMoney(before)) lastSale = before;
    const started = current.startDraft(amountInCents, description, leaving);
    if (started.kind === 'failed') return started;
    if (current.get().kind === 'draft') setAside = null;
    if (amountInCents > 0) prepare();
    return started;
  }

  function leave(): Answer {
    const sale = current.get();
    const hasCheckout = 'checkoutId' in sale && sale.checkoutId !== null;
    const left = current.intend(hasCheckout ? { kind: 'left-unresolved', at: parts.utcNow() } : { kind: 'abandoned' });
    if (left.kind === 'ok') tender().withdraw();
    return left;
  }

  function startOver(problem: ChargeProblem | null): Answer {
    const sale = current.get();
    if (sale.kind === 'draft') return ok(null);
    // What was submitted cannot be called off; from the amber screen the next customer is served.
    if (sale.kind === 'submitting' || sale.kind === 'checking' || isOver(sale)) return failed({ kind: 'sale-in-progress' });
    const started = next(sale.purchase.totalInCents, sale.purchase.description, leave);
    return started.kind === 'ok' && problem !== null ? current.showProblem(problem) : started;
  }

  function charge(purchase: Purchase): Answer {
    const asked = current.intend({ kind: 'charge-asked', purchase, header: parts.header(tender()) });
    if (asked.kind === 'ok') tender().present(current.get().id);
    return asked;
  }

  return {
    lastSale: () => lastSale,
    prepare,
    next,
    startOver,
    charge,
    leave,
    chargeAnew() {
      const sale = current.get();
      if (sale.kind === 'draft') return;
      if (sale.id === anewId) {
        startOver({ kind: 'amount-changed' });
        return;
      }
      const { purchase } = sale;
      tender().discard();
      const left = current.startDraft(purchase.totalInCents, purchase.description, leave);
      const draft = current.get();
      if (left.kind === 'failed' || draft.kind !== 'draft') return;
      anewId = draft.id;
      const charged = charge(purchase);
      if (charged.kind === 'failed') current.showProblem(charged.failure);
    },
  };
}
