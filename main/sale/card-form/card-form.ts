import type { CurrentSale } from '../current-sale.ts';
import type { NewCheckoutParts } from '../new-checkout.ts';
import type { Purchase } from '../purchase.ts';
import type { Tender, TenderHost } from '../tender.ts';
import { formListener } from './form-listener.ts';
import { PREPARED_AMOUNT_IN_CENTS } from './prepared-checkout.ts';
import { type CheckoutPreparationParts, createCheckoutPreparation } from './checkout-preparation.ts';
import { createSaleCheckout } from './sale-checkout.ts';
import { type SaleFormParts, openSaleForm } from './sale-form.ts';

/** The component answers Pay within seconds, or its page was lost. */
const UNCLEAR_AFTER_MS = 10_000;

type CardFormParts = CheckoutPreparationParts & NewCheckoutParts & Pick<SaleFormParts, 'bankAuthorisation'>;

const BANK_ACCOUNT = 'new_bank_account';

/** Card or bank account, typed into JustiFi's component in a document of its own. */
export function createCardForm(parts: CardFormParts, current: CurrentSale, host: TenderHost): Tender {
  const listener = formListener(current, host, { lost, countFailedTry: (what) => form.countFailedTry(what), lostBefore: () => preparation.lost() });
  /** The token of the form that was shown last. */
  let shownAuthorisation = '';
  const bankAuthorisation = (purchase: Purchase) => (shownAuthorisation = parts.bankAuthorisation(purchase));
  const preparation = createCheckoutPreparation(parts, current, listener);
  const checkout = createSaleCheckout(parts, current, preparation);
  const form = openSaleForm({ ...parts, bankAuthorisation }, current, checkout, listener, { shown: host.shown, lost });

  function lost(why: string): void {
    form.close();
    host.lost(why);
  }

  return {
    kind: 'card-form',
    preparedAmounts: [PREPARED_AMOUNT_IN_CENTS],
    methodTypes: ['new_card', BANK_ACCOUNT],
    authorisation: (methodType) => (methodType === BANK_ACCOUNT ? shownAuthorisation : null),
    unclearAfterMs: UNCLEAR_AFTER_MS,
    prepare: preparation.prepare,
    discard: preparation.discard,
    present: (saleId) => void form.bringToScreen(saleId),
    presented: form.shown,
    link: () => null,
    secondsLeft: () => null,
    prepareRetry: form.prepareRetry,
    hide: form.hide,
    withdraw: form.close,
    woke: form.renew,
  };
}
