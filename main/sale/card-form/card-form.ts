import type { CurrentSale } from '../current-sale.ts';
import { isSignOfPayment, type Tender, type TenderHost } from '../tender.ts';
import type { CheckoutFormListener } from './checkout-form.ts';
import { PREPARED_AMOUNT_IN_CENTS } from './prepared-checkout.ts';
import { type SaleCheckoutParts, openSaleCheckout } from './sale-checkout.ts';
import { openSaleForm } from './sale-form.ts';

export type CardFormParts = SaleCheckoutParts;

/** Card, bank account: whatever JustiFi's component offers, in a window of its own. */
export function openCardForm(parts: CardFormParts, current: CurrentSale, host: TenderHost): Tender {
  const listener: CheckoutFormListener = {
    submit: host.submit,
    goBack: host.goBack,
    hinted(hint) {
      host.hinted(hint);
      // JustiFi counts the tries of a token.
      if (hint.kind === 'failed' && !isSignOfPayment(hint) && current.get().kind === 'ready') form.countFailedTry(hint.word === 'tokenize-error' ? 'refused' : 'other');
    },
    lost(why) {
      const { kind } = current.get();
      if (kind === 'ready' || kind === 'submitting') lost(why);
    },
  };
  const checkout = openSaleCheckout(parts, current, listener);
  const form = openSaleForm(parts, current, checkout, listener, { shown: host.shown, lost });

  function lost(why: string): void {
    form.close();
    host.lost(why);
  }

  return {
    kind: 'card-form',
    withdrawal: 'at-once',
    preparedAmounts: [PREPARED_AMOUNT_IN_CENTS],
    prepare: checkout.prepare,
    discard: checkout.discard,
    present: (saleId) => void form.bringToScreen(saleId),
    presented: form.shown,
    prepareRetry: form.prepareRetry,
    hide: form.hide,
    withdraw: form.close,
    woke: form.renew,
  };
}
