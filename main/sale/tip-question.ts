import { checkAmount } from '../../contract/money.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type TipOffer, isDoubtful, isOffered } from '../../contract/tip.ts';
import type { ChargeCheckParts } from './charge-check.ts';
import type { CurrentSale } from './current-sale.ts';
import { type Purchase, beforeTip, withTip } from './purchase.ts';

/** The tips offered for a purchase of this amount; null: none. */
export type TipOfferOf = (purchaseInCents: number) => TipOffer | null;

/** `chosenInCents`: the customer's choice; null: none yet. `isDoubtful`: the cashier has to confirm it. */
export type AskedTip = { readonly purchase: Purchase; readonly offer: TipOffer; readonly chosenInCents: number | null; readonly isDoubtful: boolean };

export type TipChosen = { readonly tipInCents: number; readonly isConfirmed: boolean };

/**
 * Between Charge and the form: the customer chooses a tip for a purchase that may be charged. Until then the sale is a draft: nothing is journaled, and a crash brings it
 * back to the keypad. The choice is kept when the same sale could not begin, so that the customer is not asked twice.
 */
export type TipQuestion = {
  /** About the draft at the counter; null: its customer is not asked. */
  asked(): AskedTip | null;
  /** False: there is nothing to offer. */
  ask(purchase: Purchase): boolean;
  /** The purchase to charge. Fails without a question, with a tip that was not offered, and once with one that has to be confirmed. */
  choose(chosen: TipChosen): Result<Purchase, ChargeProblem>;
  /** Back at the keypad. The next Charge asks anew. */
  end(): void;
};

type TipQuestionParts = Pick<ChargeCheckParts, 'limits' | 'connectionFailure'> & { readonly tipOffer: TipOfferOf };

export function createTipQuestion({ tipOffer, limits, connectionFailure }: TipQuestionParts, current: Pick<CurrentSale, 'get' | 'replace'>): TipQuestion {
  let question: (AskedTip & { readonly saleId: string }) | null = null;

  function asked(): AskedTip | null {
    const sale = current.get();
    return sale.kind === 'draft' && sale.id === question?.saleId ? question : null;
  }

  /** The draft is shown anew, without a problem of the step before. */
  function become(next: AskedTip | null): void {
    const sale = current.get();
    question = next && { ...next, saleId: sale.id };
    if (sale.kind === 'draft') current.replace({ ...sale, problem: null });
  }

  return {
    asked,
    ask(purchase) {
      const offer = tipOffer(purchase.totalInCents);
      if (offer !== null) become({ purchase, offer, chosenInCents: null, isDoubtful: false });
      return offer !== null;
    },
    choose({ tipInCents, isConfirmed }) {
      const now = asked();
      if (now === null || !isOffered(now.offer, tipInCents)) return failed({ kind: 'sale-in-progress' });
      const { purchase, offer } = now;
      // Only a shown tip can be confirmed.
      const mayBeMistyped = isDoubtful(offer, tipInCents, beforeTip(purchase), limits().confirmAboveInCents) && !(isConfirmed && now.isDoubtful && now.chosenInCents === tipInCents);
      become({ ...now, chosenInCents: tipInCents, isDoubtful: mayBeMistyped });
      if (mayBeMistyped) return failed({ kind: 'amount-unusual' });
      const total = withTip(purchase, tipInCents);
      const amount = checkAmount(total.totalInCents, limits());
      if (amount.kind === 'failed') return amount;
      const connection = connectionFailure();
      return connection === null ? ok(total) : failed({ kind: 'no-connection', ...connection });
    },
    end: () => become(null),
  };
}
