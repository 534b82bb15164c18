import type { ConnectionFailure } from '../../contract/connection-failure.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import { failed, ok } from '../../contract/result.ts';
import type { Answer, CurrentSale } from './current-sale.ts';
import { createChargeAgain } from './charge-again.ts';
import { type Purchase, beforeTip } from './purchase.ts';
import { LAST_SALES, type Sale, isLastSale, isOver, openLink } from './sale.ts';
import type { SaleHeader } from './sale-header.ts';
import type { SaleLedger } from './sale-ledger.ts';
import type { Tender } from './tender.ts';
import { createWrongAmountStop } from './wrong-amount-stop.ts';

/** Moves from one sale at the counter to the next, with the calls to its tender. */
export type SaleFlow = {
  /** The last sale that took money and is no longer at the counter. */
  lastSale(): Sale | null;
  /** Lets the tender prepare what it can before Charge. `typedNow`: the purchase that Charge would charge; null: none. */
  prepare(typedNow?: () => Purchase | null): void;
  /** The next sale. `end` ends the one before; when it fails, nothing has changed. */
  next(amountInCents?: number, description?: string, end?: () => Answer): Answer;
  /**
   * Abandons the sale, and begins another with the same amount and description: a checkout that was shown never gets another amount. One that the customer
   * has a link to is followed by an empty sale, so that the same purchase is not paid twice.
   */
  startOver(problem: ChargeProblem | null): Answer;
  /** `tender`: the first choice unless given. */
  charge(purchase: Purchase, tender?: Tender): Answer;
  /**
   * JustiFi does not hold the amount that it confirmed: abandons the sale, and charges the same purchase on a new checkout, unless the old one may still be
   * paid. A sale that cannot be left now, with nothing before the customer, is asked about.
   */
  chargeAgain(): void;
  /** The same for a way to pay that needs a new checkout. A sale that may still be paid is asked about. */
  chargeOnNew(): void;
  /** Ends a sale that is not paid: unresolved, and watched, when it has a checkout. */
  abandon(): Answer;
};

type SaleFlowParts = {
  readonly lastSales: readonly Sale[];
  readonly utcNow: () => string;
  readonly connectionFailure: () => ConnectionFailure | null;
  readonly header: (tender: Tender) => SaleHeader;
};

export function createSaleFlow(parts: SaleFlowParts, ledger: SaleLedger, current: CurrentSale, tender: () => Tender): SaleFlow {
  let taken = parts.lastSales;
  const wrongAmount = createWrongAmountStop(ledger, current);
  // Afterwards a sale may be given back, and a bank transfer may fail.
  ledger.onChange((changed) => {
    taken = taken.map((sale) => (sale.id === changed.id ? changed : sale));
  });

  function prepare(typedNow?: () => Purchase | null): void {
    if (current.get().kind === 'draft' && parts.connectionFailure() === null) tender().prepare(typedNow);
  }

  function next(amountInCents = wrongAmount.typed()?.amountInCents ?? 0, description = wrongAmount.typed()?.description ?? '', end?: () => Answer): Answer {
    const before = current.get();
    if (isLastSale(before)) taken = [...taken, before].slice(-LAST_SALES);
    const started = current.startDraft(amountInCents, description, end);
    if (started.kind === 'failed') return started;
    if (current.get().kind === 'draft') wrongAmount.forgetTyped();
    // The next amount is about to be typed.
    prepare();
    return started;
  }

  function abandon(): Answer {
    const sale = current.get();
    const hasCheckout = 'checkoutId' in sale && sale.checkoutId !== null;
    const ended = current.intend(hasCheckout ? { kind: 'marked-unresolved', at: parts.utcNow() } : { kind: 'abandoned' });
    if (ended.kind === 'ok') tender().withdraw();
    return ended;
  }

  function startOver(problem: ChargeProblem | null): Answer {
    const sale = current.get();
    if (sale.kind === 'draft') return ok(null);
    // A submitted payment cannot be called off. From the amber screen the next customer is served.
    if (sale.kind === 'submitting' || sale.kind === 'checking' || isOver(sale)) return failed({ kind: 'sale-in-progress' });
    const { description } = sale.purchase;
    const started = openLink(sale) === null ? next(beforeTip(sale.purchase), description, abandon) : next(0, '', abandon);
    return started.kind === 'ok' && problem !== null ? current.showProblem(problem) : started;
  }

  function charge(purchase: Purchase, chosen = tender()): Answer {
    const asked = current.intend({ kind: 'charge-asked', purchase, header: parts.header(chosen) });
    if (asked.kind === 'ok') chosen.present(current.get().id);
    return asked;
  }

  return { lastSale: () => taken.findLast(isLastSale) ?? null, prepare, next, startOver, charge, ...createChargeAgain({ current, tender, startOver, charge, abandon }), abandon };
}
