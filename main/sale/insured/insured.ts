import type { Insured } from '../../../contract/insured.ts';
import { failed, ok } from '../../../contract/result.ts';
import type { CheckoutForms } from '../card-form/checkout-form.ts';
import { formListener } from '../card-form/form-listener.ts';
import type { MountParts } from '../card-form/mounted-form.ts';
import { createSaleCheckout } from '../card-form/sale-checkout.ts';
import { type SaleFormParts, openSaleForm } from '../card-form/sale-form.ts';
import type { Answer, CurrentSale } from '../current-sale.ts';
import { type NewCheckoutParts, checkoutOfSale } from '../new-checkout.ts';
import { beforeTip } from '../purchase.ts';
import { isOver } from '../sale.ts';
import type { Tender, TenderHost } from '../tender.ts';
import { createTimeBudget } from '../timers.ts';

/** The cashier is told within this after Charge what to do next. */
const CHARGE_WITHIN_MS = 10_000;
/** The component answers Pay within seconds, or its page was lost. */
const UNCLEAR_AFTER_MS = 10_000;

type InsuredParts = NewCheckoutParts & MountParts & Pick<SaleFormParts, 'timers'>;

/**
 * A card, with an insurance that the customer may take. The till asks the insurer's questions; then the card form opens in a
 * document of its own, with JustiFi's quote in it. It is never prepared: the quote is made for the amount of the sale. The premium is read
 * from JustiFi at Pay (submit-gate.ts).
 */
export function createInsured(parts: InsuredParts, current: CurrentSale, host: TenderHost): Tender {
  const question = createQuestion(parts, current);
  /** Only while the sale can still be paid. */
  let customer: { readonly saleId: string; readonly insured: Insured } | null = null;
  const listener = formListener(current, host, { lost, countFailedTry: (what) => form.countFailedTry(what) });
  const forms: CheckoutForms = { open: (order, opened) => parts.forms.open({ ...order, insurance: insurance() }, opened) };
  const checkout = createSaleCheckout(parts, current, { take: () => null });
  const form = openSaleForm({ ...parts, forms, bankAuthorisation: () => '' }, current, checkout, listener, { shown: host.shown, lost });

  function insurance() {
    const sale = current.get();
    if (customer === null || sale.kind === 'draft') return null;
    return { ...customer.insured, country: sale.purchase.currency === 'CAD' ? ('CA' as const) : ('US' as const), insurableInCents: beforeTip(sale.purchase) };
  }

  function lost(why: string): void {
    form.close();
    host.lost(why);
  }

  function quote(saleId: string, insured: Insured): Answer {
    const sale = current.get();
    if (question.asked() === null || sale.kind !== 'ready' || sale.id !== saleId || sale.tender !== 'insured') return failed({ kind: 'sale-in-progress' });
    const noted = current.intend({ kind: 'form-renewed', why: 'insured-known' });
    if (noted.kind === 'failed') return noted;
    question.end();
    customer = { saleId, insured };
    void form.bringToScreen(saleId);
    return ok(null);
  }

  return {
    kind: 'insured',
    preparedAmounts: [],
    methodTypes: ['new_card'],
    authorisation: () => null,
    unclearAfterMs: UNCLEAR_AFTER_MS,
    prepare() {},
    discard() {},
    present(saleId) {
      if (customer?.saleId === saleId) void form.bringToScreen(saleId);
      else void question.ask(saleId);
    },
    presented: () => form.shown() ?? question.asked(),
    link: () => null,
    secondsLeft: () => null,
    insurance: { wantsDetails: () => question.asked() !== null, quote },
    prepareRetry: (checkoutId) => customer !== null && form.prepareRetry(checkoutId),
    hide: form.hide,
    withdraw() {
      question.end();
      form.close();
      const sale = current.get();
      if (isOver(sale) || sale.kind === 'unresolved' || sale.kind === 'draft') customer = null;
    },
    woke() {
      if (question.asked() === null) form.renew();
    },
  };
}

/** The insured person, asked for at the till on a checkout that JustiFi has confirmed. */
function createQuestion(parts: InsuredParts, current: CurrentSale) {
  /** A new question is a new object. */
  let question: object | null = null;
  return {
    asked: () => question,
    async ask(saleId: string): Promise<void> {
      const mine = {};
      question = mine;
      const isWanted = () => question === mine && current.isStillPreparing(saleId);
      const given = await checkoutOfSale(parts, current, saleId, createTimeBudget(parts, CHARGE_WITHIN_MS));
      if (!isWanted()) return;
      if (given.kind === 'failed') return current.learn({ kind: 'preparation-failed', problem: given.failure });
      const noted = await current.intendSoon({ kind: 'form-shown', checkoutId: given.value }, isWanted);
      if (noted.kind === 'failed' && isWanted()) current.learn({ kind: 'preparation-failed', problem: noted.failure });
    },
    end() {
      question = null;
    },
  };
}
