import { formListener } from '../card-form/form-listener.ts';
import type { MountParts } from '../card-form/mounted-form.ts';
import { createSaleCheckout } from '../card-form/sale-checkout.ts';
import { type SaleFormParts, openSaleForm } from '../card-form/sale-form.ts';
import type { CurrentSale } from '../current-sale.ts';
import type { NewCheckoutParts } from '../new-checkout.ts';
import type { Purchase } from '../purchase.ts';
import type { Tender, TenderHost } from '../tender.ts';

/** The component answers Pay within seconds, or its page was lost. */
const UNCLEAR_AFTER_MS = 10_000;

/** The component's name of it. */
const PLAID = 'plaid';

/** `forms`: documents that offer Plaid and nothing else. */
type PlaidParts = NewCheckoutParts & MountParts & Pick<SaleFormParts, 'bankAuthorisation' | 'timers'>;

/**
 * The customer logs in to their bank, in a document of its own. It is never prepared: a link to Plaid is asked for at the mount, and it ages; and in a document
 * in which a card was tried before, that card would be charged in place of the bank account (docs/justifi.md).
 */
export function createPlaid(parts: PlaidParts, current: CurrentSale, host: TenderHost): Tender {
  /** On the form that was shown last. */
  let shownAuthorisation = '';
  const bankAuthorisation = (purchase: Purchase) => (shownAuthorisation = parts.bankAuthorisation(purchase));
  const listener = formListener(current, host, { lost, countFailedTry: (what) => form.countFailedTry(what) });
  const checkout = createSaleCheckout(parts, current, { take: () => null });
  const form = openSaleForm({ ...parts, bankAuthorisation }, current, checkout, listener, { shown: host.shown, lost });

  function lost(why: string): void {
    form.close();
    host.lost(why);
  }

  return {
    kind: 'plaid',
    preparedAmounts: [],
    methodTypes: [PLAID],
    authorisation: (methodType) => (methodType === PLAID ? shownAuthorisation : null),
    unclearAfterMs: UNCLEAR_AFTER_MS,
    prepare() {},
    discard() {},
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
