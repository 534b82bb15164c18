import { beforeEach, describe, expect, test } from 'vitest';
import { setTheCounter } from '../counter.ts';

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter();
});

describe('a form that is slow', () => {
  test('has six seconds; then it is closed, and a second one on the same checkout has four of its own: never two documents of one sale', async () => {
    await counter.type();
    await counter.charge();
    await counter.pass(5_900);
    expect(counter.forms).toHaveLength(1);
    await counter.pass(200);
    expect(counter.forms.map(({ checkoutId, state }) => [checkoutId, state])).toEqual([['cho_1', 'closed'], ['cho_1', 'hidden']]);
    counter.forms[0]!.becomeReady();
    await counter.pass(3_000);
    expect(counter.register.sale().kind).toBe('preparing');
    counter.forms[1]!.becomeReady();
    await counter.settle();
    expect(counter.forms.map(({ state }) => state)).toEqual(['closed', 'shown']);
    expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_1' });
  });

  test('the second has its four seconds also on a PC that stood still while the first loaded', async () => {
    await counter.type();
    await counter.charge();
    await counter.standStill(11_000);
    expect(counter.forms.map(({ state }) => state)).toEqual(['closed', 'hidden']);
    await counter.pass(3_900);
    counter.forms[1]!.becomeReady();
    await counter.settle();
    expect(counter.forms.map(({ state }) => state)).toEqual(['closed', 'shown']);
  });

  test('and comes just in time is shown', async () => {
    await counter.type();
    await counter.charge();
    await counter.pass(5_900);
    counter.forms[0]!.becomeReady();
    await counter.settle();
    expect(counter.forms.map(({ state }) => state)).toEqual(['shown']);
  });

  test('and is cancelled leaves no document', async () => {
    await counter.type();
    await counter.charge();
    await counter.pass(6_500);
    counter.register.goBack(counter.register.sale().id);
    counter.forms.forEach(({ becomeReady }) => becomeReady());
    await counter.pass(20_000);
    expect(counter.forms.filter(({ state }) => state === 'shown')).toEqual([]);
    expect(counter.forms.slice(0, 2).map(({ state }) => state)).toEqual(['closed', 'closed']);
  });
});

test('a form whose fields never answer gives the cashier a next step ten seconds after Charge, and Try again keeps the checkout (F-30)', async () => {
  await counter.type();
  await counter.charge();
  await counter.pass(9_900);
  expect(counter.register.sale().kind).toBe('preparing');
  await counter.pass(200);
  expect(counter.register.sale()).toMatchObject({ kind: 'not-charged', reason: 'form-lost', checkoutId: 'cho_1' });
  counter.register.tryAgain('sale-1');
  await counter.settle();
  counter.form().becomeReady();
  await counter.settle();
  expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_1' });
});

test('a form is renewed with its token, on the same checkout, before the hour of the token is over (F-12)', async () => {
  await counter.toReady();
  await counter.pass(54 * 60_000);
  expect(counter.requests.filter((request) => request === 'token cho_1')).toHaveLength(1);
  await counter.pass(61_000);
  expect(counter.requests.filter((request) => request === 'token cho_1')).toHaveLength(2);
  counter.form().becomeReady();
  await counter.settle();
  expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_1' });
});

describe('details that JustiFi refuses in the form', () => {
  const refuse = () => counter.form().listener.hinted({ kind: 'failed', word: 'tokenize-error' });

  test('are a mistyped card the first time, and perhaps an old token the second: a fresh form on the same checkout (F-12)', async () => {
    await counter.toReady();
    refuse();
    await counter.settle();
    expect(counter.register.sale().kind).toBe('ready');
    expect(counter.requests.filter((request) => request === 'token cho_1')).toHaveLength(1);
    refuse();
    await counter.settle();
    expect(counter.requests.filter((request) => request === 'token cho_1')).toHaveLength(2);
    counter.form().becomeReady();
    await counter.settle();
    expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_1' });
  });

  test('because the shop may not take payments, are a problem for the manager, not for the customer (F-13)', async () => {
    await counter.toReady();
    counter.trouble.account = { kind: 'not-set-up', code: 'account-disabled' };
    refuse();
    await counter.settle();
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799, problem: { kind: 'not-set-up', code: 'account-disabled' } });
  });
});

test('C-30: a PC that slept gets a fresh form with a fresh token, on the same checkout; that it is empty is said until it is used', async () => {
  await counter.toReady();
  expect(counter.register.formEmptied()).toBe(null);
  counter.register.woke();
  await counter.settle();
  counter.form().becomeReady();
  await counter.settle();
  expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_1' });
  expect(counter.requests.filter((request) => request === 'token cho_1')).toHaveLength(2);
  expect(counter.register.formEmptied()).toBe('asleep');
  expect((await counter.pay()).kind).toBe('ok');
  expect(counter.register.formEmptied()).toBe(null);
});

test('C-30: a form that is replaced because its token grows old says that it is empty too', async () => {
  await counter.toReady();
  await counter.pass(55 * 60_000);
  counter.form().becomeReady();
  await counter.settle();
  expect(counter.kinds()).toContain('form-renewed');
  expect(counter.register.formEmptied()).toBe('renewed');
  counter.register.goBack('sale-1');
  expect(counter.register.formEmptied()).toBe(null);
});
