import { beforeEach, describe, expect, test } from 'vitest';
import { type Insured, wrongFields } from '../../contract/insured.ts';
import { premiumOf, purchaseOf, tipOf, withPremium, withPremiumApart, withTip, withoutPremium } from '../../main/sale/purchase.ts';
import { saleView } from '../../main/sale/sale-view.ts';
import { createQuote, plainMarkup } from '../../renderer/checkout/insurance.ts';
import { setTheCounter } from './counter.ts';

type Counter = ReturnType<typeof setTheCounter>;
let counter: Counter;

const ANA: Insured = { firstName: 'Ana', lastName: 'Diaz', email: 'ana@example.com', state: 'MN', postalCode: '55401' };
const state = () => counter.register.sale();
const lastForm = () => counter.forms.at(-1)!;
const claim = (change: object = {}) => ({ checkoutId: 'cho_1', componentAmountInCents: 1799, methodType: 'new_card', isAuthorisationShown: false, ...change });
const noted = () => counter.journal.findLast(({ event }) => event.kind === 'submit-allowed')?.event;

/** The customer has taken the insurance, or declined it: JustiFi's total has it. */
function answer(premiumInCents: number): void {
  const checkout = counter.api.get('cho_1')!;
  counter.api.set('cho_1', { ...checkout, totalInCents: checkout.amountInCents + premiumInCents });
}

async function toQuestion(): Promise<void> {
  await counter.toReady();
  counter.register.payBy('sale-1', 'insured');
  await counter.settle();
}

async function toForm(): Promise<void> {
  await toQuestion();
  expect(counter.register.quoteInsurance('sale-1', ANA)).toEqual({ kind: 'ok', value: null });
  await counter.settle();
  lastForm().becomeReady();
  await counter.settle();
}

beforeEach(() => {
  counter = setTheCounter([], [], { ways: ['card-form', 'insured'] });
});

describe('a card payment with an insurance', () => {
  test('asks at the till for the insured person, before any form; the quote is for the typed amount', async () => {
    await toQuestion();
    expect([state().kind, counter.register.wantsInsured(), counter.forms.map(({ state: form }) => form)]).toEqual(['ready', true, ['closed']]);
    counter.register.quoteInsurance('sale-1', ANA);
    await counter.settle();
    expect(lastForm().insurance).toEqual({ ...ANA, country: 'US', insurableInCents: 1799 });
    lastForm().becomeReady();
    await counter.settle();
    expect([state().kind, counter.register.wantsInsured(), counter.api.size]).toEqual(['ready', false, 1]);
  });

  test('keeps the customer’s details out of the journal and the log', async () => {
    await toForm();
    answer(500);
    await lastForm().listener.submit(claim({ componentAmountInCents: 2299 }));
    expect(JSON.stringify([counter.journal, counter.lines])).not.toMatch(/Ana|Diaz|55401|example\.com/u);
  });

  test('that is taken: the premium is a line of its own in the journal before the charge, and JustiFi charges the total', async () => {
    await toForm();
    answer(500);
    expect(await lastForm().listener.submit(claim({ componentAmountInCents: 2299 }))).toEqual({ kind: 'ok', value: null });
    expect(noted()).toMatchObject({ amountInCents: 2299, premiumInCents: 500 });
    counter.complete('cho_1', 'succeeded', 2299);
    lastForm().listener.hinted({ kind: 'submitted', word: 'succeeded' });
    await counter.settle();
    expect(saleView(state(), null)).toMatchObject({ kind: 'paid', amountInCents: 2299, premiumInCents: 500 });
  });

  test('that is declined costs the typed amount', async () => {
    await toForm();
    expect(await lastForm().listener.submit(claim())).toEqual({ kind: 'ok', value: null });
    expect(noted()).not.toHaveProperty('premiumInCents');
    counter.complete('cho_1', 'succeeded');
    lastForm().listener.hinted({ kind: 'submitted', word: 'succeeded' });
    await counter.settle();
    expect(saleView(state(), null)).toMatchObject({ kind: 'paid', amountInCents: 1799 });
  });

  test('is read again at each Pay: an earlier answer does not count', async () => {
    await toForm();
    // The form was shown with a reading without it.
    answer(500);
    expect(await lastForm().listener.submit(claim({ componentAmountInCents: 1799 }))).toEqual({ kind: 'failed', failure: { kind: 'not-now' } });
    expect(state().kind).toBe('ready');
    answer(0);
    expect((await lastForm().listener.submit(claim({ componentAmountInCents: 2299 }))).kind).toBe('failed');
    expect(state().kind).toBe('ready');
    expect((await lastForm().listener.submit(claim())).kind).toBe('ok');
  });

  test('whose premium makes the amount larger than the shop allows is not charged', async () => {
    await toForm();
    answer(99_999_000);
    expect((await lastForm().listener.submit(claim({ componentAmountInCents: 100_000_799 }))).kind).toBe('failed');
    expect(noted()).toBeUndefined();
  });

  test.each([
    ['in the payment', 2299, undefined, { kind: 'paid', amountInCents: 2299 }],
    ['by the insurer, in a transaction of its own', 1799, 500, { kind: 'paid', amountInCents: 1799 }],
    ['not at all: WRONG AMOUNT', 1799, undefined, { kind: 'wrong-amount', amountInCents: 2299, chargedInCents: 1799 }],
    ['with another amount: WRONG AMOUNT', 1799, 400, { kind: 'wrong-amount', chargedInCents: 1799 }],
  ])('has its premium charged %s', async (_how, charged, apart, shown) => {
    await toForm();
    answer(500);
    await lastForm().listener.submit(claim({ componentAmountInCents: 2299 }));
    counter.complete('cho_1', 'succeeded', charged);
    const checkout = counter.api.get('cho_1')!;
    counter.api.set('cho_1', { ...checkout, completions: checkout.completions.map((one) => ({ ...one, ...(apart !== undefined && { apartInCents: apart }) })) });
    lastForm().listener.hinted({ kind: 'submitted', word: 'succeeded' });
    await counter.settle();
    expect(saleView(state(), null)).toMatchObject(shown);
  });

  test('and a declined card: the next try asks for nothing again, and uses JustiFi’s premium at that time', async () => {
    await toForm();
    answer(500);
    await lastForm().listener.submit(claim({ componentAmountInCents: 2299 }));
    counter.complete('cho_1', 'failed');
    lastForm().listener.hinted({ kind: 'failed', word: 'complete-checkout-error' });
    await counter.settle();
    expect(state()).toMatchObject({ kind: 'declined' });
    await counter.again();
    expect([state().kind, counter.register.wantsInsured(), lastForm().insurance?.firstName]).toEqual(['ready', false, 'Ana']);
    expect((await lastForm().listener.submit(claim({ componentAmountInCents: 2299 }))).kind).toBe('ok');
    expect(noted()).toMatchObject({ amountInCents: 2299, premiumInCents: 500 });
  });

  test('another way to pay never takes the premium: the sale gets a new checkout', async () => {
    await toForm();
    answer(500);
    counter.register.payBy('sale-1', 'card-form');
    await counter.settle();
    expect(state()).toMatchObject({ kind: 'preparing', tender: 'card-form', purchase: { totalInCents: 1799 } });
    expect(state().id).not.toBe('sale-1');
  });

  test('is paid only by a card, and by no closed form', async () => {
    await toForm();
    for (const methodType of ['new_bank_account', 'saved_card', 'plaid', 'sezzle']) expect((await lastForm().listener.submit(claim({ methodType }))).kind, methodType).toBe('failed');
    expect((await counter.forms[0]!.listener.submit(claim())).kind).toBe('failed');
    expect(state().kind).toBe('ready');
  });

  test('is not quoted for a sale that is over, for another, or twice', async () => {
    await toQuestion();
    expect(counter.register.quoteInsurance('sale-0', ANA).kind).toBe('failed');
    counter.register.quoteInsurance('sale-1', ANA);
    expect(counter.register.quoteInsurance('sale-1', ANA).kind).toBe('failed');
    counter.register.goBack('sale-1');
    expect(counter.register.quoteInsurance('sale-1', ANA).kind).toBe('failed');
  });

  test('after Back the next customer is asked anew', async () => {
    await toForm();
    counter.register.goBack('sale-1');
    await counter.settle();
    await counter.toReady();
    counter.register.payBy(state().id, 'insured');
    await counter.settle();
    expect(counter.register.wantsInsured()).toBe(true);
  });

  test('while the till asks, sleep opens no form; with the form open it gets a fresh one with the same customer', async () => {
    await toQuestion();
    const opened = counter.forms.length;
    counter.register.woke();
    await counter.settle();
    expect([counter.register.wantsInsured(), counter.forms.length]).toEqual([true, opened]);
    counter.register.quoteInsurance('sale-1', ANA);
    await counter.settle();
    lastForm().becomeReady();
    await counter.settle();
    counter.register.woke();
    await counter.settle();
    expect(lastForm().insurance?.firstName).toBe('Ana');
    expect(counter.forms).toHaveLength(opened + 2);
  });
});

describe('the lines of a purchase', () => {
  const purchase = withTip(purchaseOf(1799, 'USD', 'Camp'), 200);
  test('have the premium beside goods and tip, and lose it again', () => {
    const insured = withPremium(purchase, 500);
    expect([insured.totalInCents, premiumOf(insured), tipOf(insured)]).toEqual([2499, 500, 200]);
    expect(withoutPremium(insured)).toEqual(purchase);
    expect(withPremium(purchase, 0)).toBe(purchase);
    expect(withPremiumApart(insured)).toEqual({ ...purchase, lines: [...purchase.lines, { kind: 'premium-apart', amountInCents: 500 }] });
  });
});

describe('the questions for a quote', () => {
  test.each([
    [{}, []],
    [{ postalCode: 'K1A 0B1', state: 'on' }, []],
    [{ postalCode: '55401-1234' }, []],
    [{ firstName: '  ', email: 'ana', state: 'Minnesota', postalCode: '1234' }, ['firstName', 'email', 'state', 'postalCode']],
    [{ lastName: '4242 4242 4242 4242' }, ['lastName']],
  ])('%j is wrong in %j', (change, wrong) => {
    expect(wrongFields({ ...ANA, ...change })).toEqual(wrong);
  });
});

describe('the quote in the form', () => {
  function follow() {
    const gone: string[] = [];
    const quote = createQuote(() => gone.push('gone'));
    return { quote, gone };
  }
  test('must be answered, and the total read, before Pay', () => {
    const { quote } = follow();
    quote.totalRead(true);
    expect(quote.state()).toBe('asked');
    quote.quoted(true);
    expect(quote.state()).toBe('offered');
    quote.answering();
    quote.totalRead(true);
    expect(quote.state(), 'a total from before the answer').toBe('answering');
    quote.answerEnded('taken');
    quote.totalRead(true);
    expect(quote.state()).toBe('answered');
  });
  test('whose answer JustiFi refused has to be answered again', () => {
    const { quote } = follow();
    quote.quoted(true);
    quote.answering();
    quote.answerEnded('not-taken');
    expect(quote.state()).toBe('offered');
  });
  test('that JustiFi does not have any more is removed, but not once JustiFi’s total may have a premium', () => {
    const { quote, gone } = follow();
    quote.quoted(true);
    quote.answering();
    quote.answerEnded('refused');
    expect([quote.state(), gone]).toEqual(['none', ['gone']]);
    const taken = follow();
    taken.quote.quoted(true);
    taken.quote.answering();
    taken.quote.answerEnded('taken');
    taken.quote.answering();
    taken.quote.answerEnded('refused');
    expect([taken.quote.state(), taken.gone]).toEqual(['offered', []]);
  });
  test('is not answered while the last of two answers is under way', () => {
    const { quote } = follow();
    quote.quoted(true);
    quote.answering();
    quote.answering();
    quote.answerEnded('taken');
    quote.totalRead(true);
    expect(quote.state()).toBe('answering');
  });
  test('that fails, or that the account does not have, is removed once', () => {
    const { quote, gone } = follow();
    quote.quoted(false);
    quote.totalRead(false);
    expect([quote.state(), gone]).toEqual(['none', ['gone']]);
  });
});

test('the insurer’s texts keep only plain tags', () => {
  expect(plainMarkup('<p style="x">A <b>b</b><br/>c</p>')).toBe('<p>A <b>b</b><br>c</p>');
  expect(plainMarkup('<a href="https://x.invalid" target=_blank>terms</a>')).toBe('terms');
  for (const evil of ['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '<svg/onload=alert(1)>', '<p onclick=alert(1)>x', '<iframe src=//x>', '<<b>img src=x>', '<style>*{}</style>', '<p title="a>b" onclick=y>']) {
    const kept = plainMarkup(evil);
    expect(kept.replaceAll(/<\/?(p|b|br|strong|i|em|ul|ol|li)>/gu, ''), evil).not.toContain('<');
  }
});
