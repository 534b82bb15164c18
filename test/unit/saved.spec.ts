import { beforeEach, describe, expect, test } from 'vitest';
import { setTheCounter } from './counter.ts';

type Counter = ReturnType<typeof setTheCounter>;
let counter: Counter;

const WAYS = ['card-form', 'saved'] as const;
const state = (at = counter) => at.register.sale();
const completions = (at = counter) => at.requests.filter((request) => request.startsWith('complete '));

/** The customer's cards are on the screen. */
async function atCards(at = counter): Promise<void> {
  await at.toReady();
  at.register.payBy(at.register.sale().id, 'saved');
  await at.settle();
}

beforeEach(() => {
  counter = setTheCounter([], [], { ways: WAYS });
});

describe('a sale with a saved card', () => {
  test('has the checkout of the card form, which is taken away, and is payable as soon as that was read', async () => {
    await atCards();
    expect(state()).toMatchObject({ kind: 'ready', tender: 'saved', checkoutId: 'cho_1' });
    expect(counter.forms.filter(({ state: form }) => form === 'shown')).toEqual([]);
    expect(completions()).toEqual([]);
    expect(counter.api.size).toBe(1);
  });

  test('is journaled with its key before JustiFi is asked to charge, and PAID when the checkout says so', async () => {
    await atCards();
    const held = counter.holdCompletion();
    expect(await counter.paySaved()).toEqual({ kind: 'ok', value: null });
    expect(state()).toMatchObject({ kind: 'submitting', tender: 'saved' });
    const allowed = counter.journal.findLast(({ event }) => event.kind === 'submit-allowed')!.event;
    const key = 'completion' in allowed ? allowed.completion.idempotencyKey : '';
    expect(allowed).toMatchObject({ checkoutId: 'cho_1', amountInCents: 1799, completion: { methodId: 'pm_1', idempotencyKey: key } });
    expect(completions()).toEqual([`complete cho_1 pm_1 ${key}`]);
    counter.complete('cho_1', 'succeeded');
    held.open();
    await counter.pass(100);
    expect(state()).toMatchObject({ kind: 'paid', tender: 'saved', paidWith: { brand: 'visa', last4: '4242' } });
  });

  test('is not PAID by JustiFi’s answer to the completion alone', async () => {
    await atCards();
    await counter.paySaved();
    expect(state().kind).toBe('submitting');
    await counter.pass(800);
    expect(state().kind).toBe('checking');
  });

  test('that is pressed twice is charged once', async () => {
    await atCards();
    const pressed = await Promise.all([counter.paySaved('pm_1'), counter.paySaved('pm_2')]);
    expect(pressed.map(({ kind }) => kind)).toEqual(['ok', 'failed']);
    await counter.paySaved();
    expect(completions()).toHaveLength(1);
    expect(state()).toMatchObject({ attempts: { submits: 1, open: 1 } });
  });

  test('declined by the bank is DECLINED, and the next card pays the same checkout with another key', async () => {
    await atCards();
    const held = counter.holdCompletion();
    await counter.paySaved();
    counter.complete('cho_1', 'failed');
    counter.trouble.completion = { kind: 'declined', code: 'card_declined', status: 402 };
    held.open();
    await counter.pass(100);
    expect(state()).toMatchObject({ kind: 'declined', reason: 'declined', attempts: { open: 0, failed: ['chc_1'] } });
    counter.register.tryAgain('sale-1');
    await counter.settle();
    counter.trouble.completion = null;
    await counter.paySaved('pm_2');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(1_100);
    expect(state().kind).toBe('paid');
    const [first, second] = completions().map((request) => request.split(' '));
    expect([first?.slice(1, 3), second?.slice(1, 3)]).toEqual([['cho_1', 'pm_1'], ['cho_1', 'pm_2']]);
    expect(first?.[3]).not.toBe(second?.[3]);
  });

  test.each([
    ['does not have the card any more', 'method-gone', 0, { kind: 'invalid', code: 'payment_method_not_found', status: 404, parameter: null }],
    ['refuses the request', 'refused', 0, { kind: 'invalid', code: 'invalid_parameter', status: 422, parameter: null }],
    ['refuses this key', 'refused', 0, { kind: 'forbidden', code: 'not_authorized', status: 403, aboutOriginUrl: false }],
    ['has had too many tries', 'too-many-tries', 0, { kind: 'rate-limited', code: 'rate', status: 429 }],
    ['may be carrying the request out', 'refused', 1, { kind: 'conflict', code: 'http-409', status: 409 }],
  ] as const)('that JustiFi %s is NOT CHARGED at once', async (_what, reason, open, failure) => {
    await atCards();
    counter.trouble.completion = failure;
    await counter.paySaved();
    expect(state()).toMatchObject({ kind: 'not-charged', reason, attempts: { open } });
  });

  test('whose answer is lost is asked about, and never sent again: PAID when it arrived', async () => {
    await atCards();
    counter.trouble.completion = { kind: 'network', code: 'ECONNRESET' };
    await counter.paySaved();
    await counter.pass(800);
    expect(state().kind).toBe('checking');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(5_000);
    expect(state().kind).toBe('paid');
    expect(completions()).toHaveLength(1);
  });

  test('that never arrived is NOT CHARGED after two and a half minutes, and stays watched', async () => {
    await atCards();
    counter.trouble.completion = { kind: 'network', code: 'ECONNRESET' };
    await counter.paySaved();
    await counter.pass(170_000);
    expect(state()).toMatchObject({ kind: 'not-charged', reason: 'not-received', attempts: { open: 1 } });
    expect(completions()).toHaveLength(1);
  });

  test('of a till that is killed in the middle comes back as UNKNOWN: JustiFi is asked, and the same key is not sent again', async () => {
    await atCards();
    counter.holdCompletion();
    await counter.paySaved();
    const again = counter.restart({ ways: WAYS });
    await again.settle();
    expect(again.register.sale()).toMatchObject({ kind: 'checking', tender: 'saved' });
    again.complete('cho_1', 'succeeded');
    await again.pass(5_000);
    expect(again.register.sale().kind).toBe('paid');
    expect(completions(again)).toEqual([]);
  });

  test('is left for the card form before a card is chosen, on the same checkout', async () => {
    await atCards();
    counter.register.payBy('sale-1', 'card-form');
    await counter.settle();
    counter.form().becomeReady();
    await counter.settle();
    expect(state()).toMatchObject({ kind: 'ready', tender: 'card-form', checkoutId: 'cho_1' });
    expect((await counter.paySaved()).kind).toBe('failed');
    expect(completions()).toEqual([]);
  });

  test('is typed again after Back, and a late press charges nothing', async () => {
    await atCards();
    counter.register.goBack('sale-1');
    await counter.settle();
    expect(state().kind).toBe('draft');
    expect((await counter.paySaved('pm_1', 'sale-1')).kind).toBe('failed');
    expect(completions()).toEqual([]);
  });

  test('is not charged where the journal cannot take it, or the checkout cannot be read', async () => {
    await atCards();
    counter.trouble.unwritable = 'submit-allowed';
    expect(await counter.paySaved()).toMatchObject({ failure: { kind: 'journal-unwritable' } });
    expect(completions()).toEqual([]);
    counter.trouble.unwritable = null;
    expect((await counter.paySaved()).kind).toBe('ok');
    expect(completions()).toHaveLength(1);
  });

  test('whose amount was changed at JustiFi is charged nothing: the purchase begins anew', async () => {
    await atCards();
    await counter.pass(61_000);
    counter.api.set('cho_1', { ...counter.api.get('cho_1')!, amountInCents: 5 });
    expect(await counter.paySaved()).toMatchObject({ failure: { kind: 'amount-changed' } });
    expect(completions()).toEqual([]);
    expect(state()).not.toMatchObject({ checkoutId: 'cho_1' });
  });

  test('an answer that comes when its sale has been left is no sign for the next sale', async () => {
    await atCards();
    const held = counter.holdCompletion();
    await counter.paySaved();
    await counter.pass(16_000);
    expect(state().kind).toBe('checking');
    counter.register.serveNext('sale-1');
    await counter.type();
    counter.form().becomeReady();
    await counter.charge(1799, 'One donut', ['may-still-be-paid']);
    held.open();
    await counter.settle();
    expect(state().kind).toBe('ready');
  });
});
