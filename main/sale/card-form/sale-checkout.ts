import type { ChargeProblem } from '../../../contract/problem.ts';
import { type Result, failed, ok } from '../../../contract/result.ts';
import type { Checkout } from '../checkout.ts';
import type { CurrentSale } from '../current-sale.ts';
import { type NewCheckoutParts, createConfirmed, differences, orderOf } from '../new-checkout.ts';
import type { TimeBudget } from '../timers.ts';
import type { CheckoutPreparation } from './checkout-preparation.ts';
import type { MountedForm } from './mounted-form.ts';
import type { PreparedCheckout } from './prepared-checkout.ts';

/** JustiFi must confirm the amount of a prepared checkout within this, else a new checkout is faster. */
const CONFIRM_WITHIN_MS = 4_000;

const NO_ANSWER = failed({ kind: 'network', code: 'too-late' } as const);

/** The form that was prepared with the checkout; null when there is none. */
export type EarlyForm = Promise<MountedForm | null>;

/** Gives the sale at the counter its checkout, with the amount confirmed by JustiFi. */
export type SaleCheckout = {
  /** The prepared checkout with its amount changed; on any doubt a new one. */
  confirm(saleId: string, time: TimeBudget): Promise<Result<EarlyForm, ChargeProblem>>;
};

export function createSaleCheckout(parts: NewCheckoutParts, current: CurrentSale, preparation: Pick<CheckoutPreparation, 'take'>): SaleCheckout {
  return {
    async confirm(saleId, time) {
      const candidate = preparation.take();
      if (candidate !== null) {
        const checkout = await changePrepared(parts, current, candidate, time);
        if (checkout !== null && current.isStillPreparing(saleId)) {
          current.learn({ kind: 'amount-confirmed', checkoutId: checkout.id, amountInCents: checkout.amountInCents });
          return ok(candidate.form);
        }
        candidate.discard();
        if (!current.isStillPreparing(saleId)) return failed({ kind: 'sale-in-progress' });
      }
      const created = await createConfirmed(parts, current, saleId, time);
      return created.kind === 'ok' ? ok(Promise.resolve(null)) : created;
    },
  };
}

/** Changes the prepared checkout to the sale's amount, unless that was done while the cashier paused. Null on any doubt: it is then abandoned, and never shown. */
async function changePrepared(parts: NewCheckoutParts, current: CurrentSale, candidate: PreparedCheckout, time: TimeBudget): Promise<Checkout | null> {
  const untilMs = time.leftMs() - CONFIRM_WITHIN_MS;
  const created = await time.spend(CONFIRM_WITHIN_MS, candidate.created, null);
  const sale = current.get();
  if (created === null || created.kind === 'failed' || sale.kind !== 'preparing') return null;
  const { purchase, id: saleId } = sale;
  const timeoutMs = () => time.leftMs() - untilMs;
  const changed = await time.spend(timeoutMs(), candidate.change(orderOf(parts, current, purchase), timeoutMs), NO_ANSWER);
  const wrong =
    changed.kind === 'failed' ? [changed.failure.kind] : changed.value.id === created.value.id ? differences(changed.value, { purchase, saleId, mode: parts.mode }) : ['id'];
  if (changed.kind === 'ok' && wrong.length === 0) return changed.value;
  current.learn({ kind: 'checkout-abandoned', checkoutId: created.value.id, why: wrong.join(',') });
  return null;
}
