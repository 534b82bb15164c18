import type { CurrentSale } from './current-sale.ts';
import type { SaleLedger } from './sale-ledger.ts';

type Typed = { readonly amountInCents: number; readonly description: string };

/** A sale that was charged another amount stops the till until the manager has looked at it. */
type WrongAmountStop = {
  /** The text that was typed when the sale with the wrong amount came to the counter; null: none. */
  typed(): Typed | null;
  /** The text is back on the screen. */
  forgetTyped(): void;
};

/** Also for one that is found late: it comes to the counter as soon as no other sale is under way there. */
export function createWrongAmountStop(ledger: SaleLedger, current: CurrentSale): WrongAmountStop {
  let typed: Typed | null = null;
  ledger.onChange(() => {
    const draft = current.get();
    const wrong = draft.kind === 'draft' ? ledger.sales().find(({ kind }) => kind === 'wrong-amount') : undefined;
    if (draft.kind !== 'draft' || wrong === undefined) return;
    typed = { amountInCents: draft.amountInCents, description: draft.description };
    current.replace(wrong);
  });
  return {
    typed: () => typed,
    forgetTyped() {
      typed = null;
    },
  };
}
