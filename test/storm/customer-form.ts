import { randomUUID } from 'node:crypto';
import { fetch } from 'undici';
import { z } from 'zod';
import type { CheckoutForm, CheckoutFormListener, CheckoutFormOrder, CheckoutForms } from '../../main/sale/card-form/checkout-form.ts';
import { PREPARED_AMOUNT_IN_CENTS } from '../../main/sale/card-form/prepared-checkout.ts';
import type { Said } from './line.ts';
import { createInsuranceOffer } from './insurance-offer.ts';
import { type InsuranceAnswer, PAYING, type SezzleWindow, type Visit } from './plan.ts';
import type { ShopTime } from './shop-time.ts';

/** The customer at the form now. */
export type Customer = {
  /** The customer's plan for the next form. */
  expects(): Visit;
  /** A form is used up. */
  sees(): Visit;
  insures(): InsuranceAnswer;
  /** The plan of Sezzle's next window. */
  expectsAtSezzle(): SezzleWindow;
  /** A window can be used once. */
  atSezzle(): SezzleWindow;
};

export type CustomerFormParts = {
  readonly origin: string;
  readonly subAccountId: string;
  readonly customer: Customer;
  readonly time: ShopTime;
  readonly say: (said: Said) => void;
  /** The way to pay that the document offers. */
  readonly way: 'card-form' | 'plaid' | 'insured';
};

const MOST_TOKENISATIONS = 3;
/** A form that was prepared before Charge has to give way as well. */
const SLOW_MS = 9_000;
const checkoutAnswer = z.object({ data: z.object({ payment_amount: z.int(), status: z.string(), payment_settings: z.object({ google_payments: z.boolean() }) }) });
const methodAnswer = z.object({ id: z.string() });
const linkAnswer = z.object({ data: z.object({ link_token: z.string() }) });

/**
 * Stands in for the checkout window, JustiFi's component in it, and the customer before it. It speaks to JustiFi as the component
 * does: reads the checkout at mount, tokenises, asks main, completes with a new key, and then reports, rightly or wrongly.
 */
export function openCustomerForms(parts: CustomerFormParts): CheckoutForms {
  return { open: (order, listener) => openCustomerForm(parts, order, listener) };
}

function openCustomerForm({ origin, subAccountId, customer, time, say, way }: CustomerFormParts, { checkoutId, componentToken, insurance }: CheckoutFormOrder, listener: CheckoutFormListener): CheckoutForm {
  const ready = Promise.withResolvers<boolean>();
  const document = new AbortController();
  const isGone = () => document.signal.aborted;
  const tell = (what: string) => say({ kind: 'page', what, checkout: checkoutId });
  let mountedAmount: number | null = null;
  let hasWallets = false;
  /** The link to the login at the bank, usable once. Null: there is none. */
  let link: string | null = null;

  async function request(method: string, path: string, body?: unknown, key = randomUUID()): Promise<{ readonly status: number; readonly body: unknown } | null> {
    try {
      const response = await fetch(origin + path, {
        method,
        headers: {
          authorization: `Bearer ${componentToken}`,
          'sub-account': subAccountId,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: document.signal,
      });
      const text = await response.text();
      return { status: response.status, body: parse(text) };
    } catch {
      return null;
    }
  }

  const offer = insurance ? createInsuranceOffer({ order: insurance, checkoutId, request, time, isGone, tell }) : null;

  async function mount(): Promise<void> {
    offer?.quote();
    const answer = await request('GET', `/v1/checkouts/${checkoutId}`);
    const checkout = checkoutAnswer.safeParse(answer?.body);
    // The component that cannot read its checkout stays empty and reports nothing.
    if (answer?.status !== 200 || !checkout.success) return;
    if (isGone()) return;
    const { status, payment_amount: amount, payment_settings: settings } = checkout.data.data;
    if (status === 'completed') {
      tell('is of no use on a completed checkout');
      ready.resolve(false);
      listener.hinted({ kind: 'failed', word: 'checkout-already-completed' });
      return;
    }
    mountedAmount = amount;
    hasWallets = way === 'card-form' && settings.google_payments;
    if (way === 'plaid') link = await askForLink();
    tell('mounted');
    ready.resolve(true);
  }

  async function visit(is: Visit): Promise<void> {
    await time.pause(is.hesitatesMs);
    if (isGone()) return;
    if (is.document === 'crashes-before-pay') return crash('before Pay');
    if (is.does === 'go-back') return listener.goBack();
    if (is.does === 'walk-away') return;
    if (is.likesWallets && hasWallets && (await payByWallet())) return;
    if (offer !== null) {
      mountedAmount = await offer.answered(customer.insures(), mountedAmount);
      if (isGone()) return;
      if (mountedAmount === null) return listener.goBack();
    }
    for (let tries = 1; tries <= MOST_TOKENISATIONS; tries += 1) {
      const method = await tokenise(is);
      if (isGone()) return;
      if (method !== null) return pay(is, method);
      listener.hinted({ kind: 'failed', word: 'payment-method-error' });
      // JustiFi takes two such requests in ten seconds.
      await time.pause(10_000);
    }
    if (!isGone()) listener.goBack();
  }

  /** A page that offers a wallet all the same: its sheet shows the amount of the mount. False: the customer takes a card. */
  async function payByWallet(): Promise<boolean> {
    const method = await tokenise(PAYING);
    const approvedInCents = mountedAmount ?? PREPARED_AMOUNT_IN_CENTS;
    if (method === null || isGone()) return isGone();
    const answer = await listener.submit({ checkoutId, componentAmountInCents: approvedInCents, methodType: 'google_pay', isAuthorisationShown: false });
    say({ kind: 'wallet', checkout: checkoutId, approvedInCents, isAllowed: answer.kind === 'ok' });
    if (isGone()) return true;
    if (answer.kind === 'ok') await complete(PAYING, method);
    // JustiFi takes two tokenisations in ten seconds.
    else await time.pause(10_000);
    return answer.kind === 'ok' || isGone();
  }

  async function askForLink(): Promise<string | null> {
    const answer = await request('POST', `/v1/plaid/${subAccountId}/link`, { checkout_id: checkoutId });
    const parsed = linkAnswer.safeParse(answer?.body);
    return answer?.status === 201 && parsed.success ? parsed.data.data.link_token : null;
  }

  /** The customer logs in, and the component makes a token of the account. */
  async function logIn(): Promise<string | null> {
    tell('logs in at the bank');
    link ??= await askForLink();
    const answer = link === null ? null : await request('POST', `/v1/plaid/${subAccountId}/tokenize`, { public_token: `public-training-0-${link}` });
    link = null;
    const parsed = methodAnswer.safeParse(answer?.body);
    return answer?.status === 201 && parsed.success ? parsed.data.id : null;
  }

  async function tokenise({ method }: Visit): Promise<string | null> {
    if (way === 'plaid') return logIn();
    tell('tokenises');
    const answer = await request('POST', '/v1/js/payment_methods', { payment_method: method.kind === 'card' ? { card: cardOf(method.number) } : { bank_account: accountOf(method.account) } });
    const parsed = methodAnswer.safeParse(answer?.body);
    return answer?.status === 201 && parsed.success ? parsed.data.id : null;
  }

  async function pay(is: Visit, method: string): Promise<void> {
    const believed = { mounted: mountedAmount ?? PREPARED_AMOUNT_IN_CENTS, nothing: null, 'another-amount': 4_711 }[is.believes];
    const presses = is.does === 'press-pay-twice' ? 2 : 1;
    // Both presses before any answer, as on a bouncing touch screen.
    const answers = await Promise.all(Array.from({ length: presses }, () => listener.submit({ checkoutId, componentAmountInCents: believed, methodType: way === 'plaid' ? 'plaid' : 'new_card', isAuthorisationShown: true })));
    if (isGone()) return;
    const allowed = answers.filter(({ kind }) => kind === 'ok');
    if (allowed.length === 0) return tell('may not pay');
    tell('pays');
    const paying = Promise.all(allowed.map(() => complete(is, method)));
    if (is.document === 'crashes-while-paying') {
      await time.pause(40);
      return crash('while paying');
    }
    const [status] = await paying;
    if (isGone()) return;
    tell(`was answered ${status ?? 'nothing'}`);
    if (is.document === 'crashes-after-pay') return crash('after Pay');
    if (is.tellsStatus && typeof status === 'number') listener.hinted({ kind: 'answered', status });
    const truth = status === 201 || status === 200 ? 'submitted' : 'failed';
    if (is.says !== truth) say({ kind: 'trouble', what: `the page says ${is.says}` });
    if (is.says !== 'nothing') listener.hinted({ kind: is.says, word: is.says === 'submitted' ? 'Checkout completed successfully' : 'complete-checkout-error' });
  }

  /** A browser repeats a POST by itself when the connection breaks, with the same key. */
  async function complete(is: Visit, method: string): Promise<number | null> {
    const key = randomUUID();
    const body = { payment_mode: 'ecom', payment_token: method };
    const sendings = is.repeatsItself ? 2 : 1;
    for (let sending = 1; sending <= sendings; sending += 1) {
      const answer = await request('POST', `/v1/checkouts/${checkoutId}/complete`, body, key);
      if (answer !== null || isGone()) return answer?.status ?? null;
    }
    return null;
  }

  function crash(when: string): void {
    say({ kind: 'trouble', what: `the document${offer === null ? '' : ' with an insurance'} crashed ${when}` });
    document.abort();
    listener.lost(`crashed ${when}`);
  }

  const expected = customer.expects().document;
  if (expected === 'never-ready') {
    customer.sees();
    say({ kind: 'trouble', what: 'the card fields never answer' });
  } else if (expected === 'slow') {
    customer.sees();
    say({ kind: 'trouble', what: 'the card fields answer late' });
    void time.pause(SLOW_MS).then(mount);
  } else {
    void mount();
  }

  return {
    ready: ready.promise,
    show(purchase) {
      if (isGone()) return Promise.resolve(false);
      tell(`shows ${purchase.totalInCents}`);
      void visit(customer.sees());
      return Promise.resolve(true);
    },
    hide: () => tell('is hidden'),
    close() {
      document.abort();
      ready.resolve(false);
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cardOf(number: string) {
  return { number, month: '11', year: '35', verification: number.startsWith('3') ? '1234' : '123', name: 'Leslie Knope', address_postal_code: '46001' };
}

function accountOf(account: string) {
  return { account_owner_name: 'Leslie Knope', routing_number: '110000000', account_number: account, account_type: 'checking', account_owner_type: 'individual', country: 'US', currency: 'usd' };
}
