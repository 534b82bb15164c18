import type { CurrentSale } from '../current-sale.ts';
import { isSignOfPayment, type TenderHost } from '../tender.ts';
import type { CheckoutFormListener } from './checkout-form.ts';

type FormListenerParts = {
  /** The form of the sale at the counter was lost. */
  readonly lost: (why: string) => void;
  /** JustiFi limits the tries of a token. */
  readonly countFailedTry: (what: 'refused' | 'other') => void;
  /** No form was shown to the customer yet. */
  readonly lostBefore?: () => void;
};

/** Passes the reports of a document with JustiFi's component to the sale at the counter. */
export function formListener(current: Pick<CurrentSale, 'get'>, host: TenderHost, { lost, countFailedTry, lostBefore }: FormListenerParts): CheckoutFormListener {
  return {
    submit: host.submit,
    goBack: host.goBack,
    hinted(hint) {
      host.hinted(hint);
      if (hint.kind === 'failed' && !isSignOfPayment(hint) && current.get().kind === 'ready') countFailedTry(hint.word === 'tokenize-error' ? 'refused' : 'other');
    },
    lost(why) {
      const { kind } = current.get();
      if (kind === 'ready' || kind === 'submitting') lost(why);
      else if (kind === 'draft') lostBefore?.();
    },
  };
}
