import type { ChargeProblem } from '../../contract/problem.ts';
import { disregard } from '../../contract/result.ts';
import type { Answer, CurrentSale } from './current-sale.ts';
import { type Purchase, beforeTip } from './purchase.ts';
import { type Sale, mayStillBePaid } from './sale.ts';
import type { Tender } from './tender.ts';

/** `startOver`, `charge`, `abandon`: of the sale flow. */
type ChargeAgainParts = {
  readonly current: CurrentSale;
  readonly tender: () => Tender;
  readonly startOver: (problem: ChargeProblem | null) => Answer;
  readonly charge: (purchase: Purchase, tender: Tender) => Answer;
  readonly abandon: () => Answer;
};

/** The same purchase as a new sale, on a new checkout: one sale shows one checkout. */
export function createChargeAgain({ current, tender, startOver, charge, abandon }: ChargeAgainParts): { chargeAgain(): void; chargeOnNew(): void } {
  /** The sale that was charged again. When that differs too, JustiFi did not just lose one change. */
  let chargedAgainId: string | null = null;

  function chargeAgain(): void {
    const sale = current.get();
    if (sale.id === chargedAgainId || mayStillBePaid(sale)) disregard(startOver({ kind: 'amount-changed' }), 'it is on the screen, or the sale stays where it is');
    else leaveAndCharge();
    askIfNotLeft(sale);
  }

  function chargeOnNew(): void {
    const sale = current.get();
    if (!mayStillBePaid(sale)) leaveAndCharge();
    askIfNotLeft(sale);
  }

  function askIfNotLeft({ id }: Sale): void {
    if (current.isStillPreparing(id)) current.learn({ kind: 'form-lost', why: 'not-left' });
  }

  function leaveAndCharge(): void {
    const sale = current.get();
    if (sale.kind === 'draft') return;
    const { purchase } = sale;
    const chosen = tender();
    chosen.discard();
    const ended = current.startDraft(beforeTip(purchase), purchase.description, abandon);
    const draft = current.get();
    if (ended.kind === 'failed' || draft.kind !== 'draft') return;
    chargedAgainId = draft.id;
    const charged = charge(purchase, chosen);
    if (charged.kind === 'failed') disregard(current.showProblem(charged.failure), 'it is on the screen');
  }

  return { chargeAgain, chargeOnNew };
}
