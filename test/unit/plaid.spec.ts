import { beforeEach, describe, expect, test } from 'vitest';
import { createPlaidLinks } from '../../renderer/checkout/plaid-links.ts';
import { createBankTokens } from '../../renderer/checkout/token-guard.ts';
import { AUTHORISATION, setTheCounter } from './counter.ts';

type Counter = ReturnType<typeof setTheCounter>;
let counter: Counter;

const WAYS = ['card-form', 'plaid'] as const;
const state = () => counter.register.sale();
const lastForm = () => counter.forms.at(-1)!;
const claim = (change: object = {}) => ({ checkoutId: 'cho_1', componentAmountInCents: 1799, methodType: 'plaid', isAuthorisationShown: true, ...change });

/** The customer chooses the login at their bank; the document is ready. */
async function atLogin(): Promise<void> {
  await counter.toReady();
  counter.register.payBy('sale-1', 'plaid');
  await counter.settle();
  lastForm().becomeReady();
  await counter.settle();
}

beforeEach(() => {
  counter = setTheCounter([], [], { ways: WAYS });
});

describe('a sale paid by a login at the bank', () => {
  test('has the checkout of the card form, which is taken away, and a document of its own', async () => {
    await atLogin();
    expect(state()).toMatchObject({ kind: 'ready', tender: 'plaid', checkoutId: 'cho_1' });
    expect(counter.forms.map(({ state: form }) => form)).toEqual(['closed', 'shown']);
    expect(counter.api.size).toBe(1);
  });

  test('is charged only by Plaid, with the authorisation before the customer, and it is in the journal', async () => {
    await atLogin();
    for (const wrong of [{ methodType: 'new_card' }, { methodType: 'saved_card' }, { methodType: 'new_bank_account' }, { isAuthorisationShown: false }, { checkoutId: 'cho_2' }]) {
      expect((await lastForm().listener.submit(claim(wrong))).kind, JSON.stringify(wrong)).toBe('failed');
      if (state().kind !== 'ready') return expect(wrong).toEqual({ checkoutId: 'cho_2' });
    }
    throw new Error('Another checkout ends the sale');
  });

  test('is accepted, not paid: a bank transfer takes days', async () => {
    await atLogin();
    expect(await lastForm().listener.submit(claim())).toEqual({ kind: 'ok', value: null });
    expect(counter.journal.findLast(({ event }) => event.kind === 'submit-allowed')!.event).toMatchObject({ authorisation: AUTHORISATION });
    counter.complete('cho_1', 'pending');
    lastForm().listener.hinted({ kind: 'submitted', word: 'pending' });
    await counter.settle();
    expect(state()).toMatchObject({ kind: 'accepted', tender: 'plaid' });
  });

  test('C-30: after the PC slept the login begins anew in a fresh document, and the cashier is told so until the customer pays', async () => {
    await atLogin();
    expect(counter.register.formEmptied()).toBe(null);
    counter.register.woke();
    await counter.settle();
    lastForm().becomeReady();
    await counter.settle();
    expect(counter.forms.map(({ state: form }) => form)).toEqual(['closed', 'closed', 'shown']);
    expect(state()).toMatchObject({ kind: 'ready', tender: 'plaid', checkoutId: 'cho_1' });
    expect(counter.register.formEmptied()).toBe('login');
    expect((await lastForm().listener.submit(claim())).kind).toBe('ok');
    expect(counter.register.formEmptied()).toBe(null);
  });

  test('is never prepared: the customer goes back to the card form, and to the bank again, in fresh documents', async () => {
    await atLogin();
    counter.register.payBy('sale-1', 'card-form');
    await counter.settle();
    lastForm().becomeReady();
    await counter.settle();
    counter.register.payBy('sale-1', 'plaid');
    await counter.settle();
    lastForm().becomeReady();
    await counter.settle();
    expect(counter.forms.map(({ state: form }) => form)).toEqual(['closed', 'closed', 'closed', 'shown']);
    expect([state().kind, counter.api.size]).toEqual(['ready', 1]);
  });

  test('does not charge by the form of the card that was taken away', async () => {
    await atLogin();
    expect((await counter.forms[0]!.listener.submit(claim({ methodType: 'new_card' }))).kind).toBe('failed');
    expect(state()).toMatchObject({ kind: 'ready', tender: 'plaid' });
  });

  test('is not offered, and not chosen, where the account or the manager has switched it off', async () => {
    counter.offer(['card-form']);
    await counter.toReady();
    expect(counter.register.payBy('sale-1', 'plaid').kind).toBe('failed');
    expect(state()).toMatchObject({ tender: 'card-form' });
  });

  test('says NOT CHARGED when its page is lost before Pay, and can be paid another way', async () => {
    await atLogin();
    lastForm().listener.lost('renderer-crashed');
    await counter.settle();
    expect(state()).toMatchObject({ kind: 'not-charged', reason: 'form-lost', tender: 'plaid' });
    counter.register.payBy('sale-1', 'card-form');
    await counter.settle();
    lastForm().becomeReady();
    await counter.settle();
    expect(state()).toMatchObject({ kind: 'ready', tender: 'card-form', checkoutId: 'cho_1' });
  });
});

describe('the links to Plaid of one document', () => {
  test('are requested twice, and not again after the second failure', () => {
    const links = createPlaidLinks();
    expect([links.mayAsk(), links.failed(true), links.failed(true)]).toEqual([true, 'wait', 'wait']);
    expect([links.mayAsk(), links.failed(true), links.mayAsk()]).toEqual([true, 'give-up', false]);
    links.giveUp();
    links.answered();
    expect([links.mayAsk(), links.found(), links.connected(), links.failed(true), links.state()]).toEqual([false, false, false, 'wait', 'gone']);
  });

  test('are counted from zero after one that worked', () => {
    const links = createPlaidLinks();
    links.mayAsk();
    expect(links.found(), 'not before JustiFi has answered').toBe(false);
    links.answered();
    expect([links.found(), links.found(), links.state()]).toEqual([true, false, 'ready']);
    // The bank does not answer, and the component reports it twice.
    expect([links.failed(true), links.failed(true), links.state()]).toEqual(['login-failed', 'wait', 'linking']);
    expect(links.found(), 'the old link is not the new one').toBe(false);
    expect([links.mayAsk(), links.mayAsk(), links.mayAsk()]).toEqual([true, true, false]);
  });

  test('an error that the component does not retry by itself waits for the customer', () => {
    const links = createPlaidLinks();
    links.mayAsk();
    links.answered();
    links.found();
    expect([links.connected(), links.failed(false), links.state()]).toEqual([true, 'login-failed', 'ready']);
    links.again();
    expect([links.state(), links.mayAsk()]).toEqual(['linking', true]);
  });
});

test('a token is charged once, and only if its account was connected in this document', () => {
  const tokens = createBankTokens();
  tokens.made('pm_bank');
  expect([tokens.isUnused('pm_saved'), tokens.isUnused(undefined), tokens.isUnused('pm_bank'), tokens.isUnused('pm_bank')]).toEqual([false, false, true, true]);
  tokens.use('pm_bank');
  expect(tokens.isUnused('pm_bank')).toBe(false);
});
