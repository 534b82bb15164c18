import { beforeEach, describe, expect, test } from 'vitest';
import { setTheCounter } from '../counter.ts';
import { WAYS, creates, payBy, reads, snapshot, state, toLink } from './link-counter.ts';

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter([], [], { ways: WAYS });
});

describe('a sale that the customer pays on their phone', () => {
  test('is the one checkout of the sale: the form is taken away, JustiFi is asked once, it is journaled, and only then the link is shown', async () => {
    await counter.toReady();
    const listener = counter.form().listener;
    const before = reads(counter);
    counter.trouble.unwritable = 'link-shown';
    counter.register.payBy('sale-1', 'phone');
    await counter.settle();
    expect(counter.register.presentedLink()).toBeNull();
    expect(counter.forms.map((form) => form.state)).toEqual(['closed']);
    expect(reads(counter) - before).toBeGreaterThanOrEqual(1);
    counter.trouble.unwritable = null;
    await counter.pass(2_000);
    await payBy(counter, 'phone');
    expect(counter.register.presentedLink()).toMatchObject({ address: 'https://components.justifi.ai/hosted-checkout/cho_1' });
    expect(creates(counter)).toHaveLength(1);
    // The closed form may not charge any more.
    expect(await listener.submit({ checkoutId: 'cho_1', componentAmountInCents: 1799, methodType: 'new_card', isAuthorisationShown: true })).toMatchObject({ kind: 'failed' });
  });

  test('shows the code with the very first snapshot after it is in the journal', async () => {
    await counter.toReady();
    const drawn: (boolean | null)[] = [];
    counter.whenDrawn(() => drawn.push(state(counter).kind === 'ready' ? counter.register.presentedLink() !== null : null));
    counter.register.payBy('sale-1', 'phone');
    await counter.settle();
    expect(drawn.filter((isShown) => isShown !== null)).not.toContain(false);
    expect(drawn).toContain(true);
  });

  test('has the link in the journal, with its week, and without its address', async () => {
    await toLink(counter);
    const entry = counter.journal.find(({ event }) => event.kind === 'link-shown')!;
    expect(entry.event).toMatchObject({ checkoutId: 'cho_1', link: { shownAt: '2026-11-23T15:00:00.000Z', payableUntil: '2026-11-30T15:00:00.000Z' } });
    expect(JSON.stringify(counter.journal)).not.toContain('hosted-checkout');
  });

  test('is PAID when JustiFi says so, asked every three seconds', async () => {
    await toLink(counter);
    const before = reads(counter);
    await counter.pass(60_000);
    expect(reads(counter) - before).toBeGreaterThanOrEqual(19);
    expect(reads(counter) - before).toBeLessThan(24);
    expect(state(counter).kind).toBe('ready');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(3_100);
    expect(state(counter)).toMatchObject({ kind: 'paid', tender: 'phone', paymentId: 'py_1' });
    expect(counter.register.presentedLink()).toBeNull();
    expect(snapshot(counter).saleLink).toBeNull();
  });

  test('is asked about less often while it is not paid: after ten minutes the pauses grow', async () => {
    await toLink(counter);
    await counter.pass(2 * 60 * 60_000);
    const before = reads(counter);
    await counter.pass(60 * 60_000);
    expect(reads(counter) - before).toBeLessThan(15);
    expect(state(counter).kind).toBe('ready');
  });

  test('whose card is declined on the phone does not change: the customer tries again there', async () => {
    await toLink(counter);
    counter.complete('cho_1', 'failed');
    await counter.pass(60_000);
    expect(state(counter)).toMatchObject({ kind: 'ready', attempts: { failed: ['chc_1'] } });
    expect(snapshot(counter).saleLink).toMatchObject({ wasDeclined: true, code: { size: 45 } });
    expect(counter.kinds().filter((kind) => kind === 'outcome-known')).toHaveLength(1);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(3_100);
    expect(state(counter).kind).toBe('paid');
  });

  test('paid by a bank transfer there is ACCEPTED', async () => {
    await toLink(counter);
    counter.complete('cho_1', 'pending');
    await counter.pass(3_100);
    expect(state(counter)).toMatchObject({ kind: 'accepted', isPending: true });
  });

  test('with another amount at JustiFi becomes a new sale before any link is shown', async () => {
    await counter.toReady();
    counter.api.set('cho_1', { ...counter.api.get('cho_1')!, amountInCents: 51 });
    counter.register.payBy('sale-1', 'phone');
    await counter.settle();
    expect(counter.journal.flatMap(({ event }) => (event.kind === 'link-shown' ? [event.checkoutId] : []))).toEqual(['cho_2']);
  });

  test('that is paid already shows no link', async () => {
    await counter.toReady();
    counter.complete('cho_1', 'succeeded');
    counter.register.payBy('sale-1', 'phone');
    await counter.pass(2_000);
    expect(counter.kinds()).not.toContain('link-shown');
    expect(state(counter).kind).toBe('paid');
  });

  test('shows no link while JustiFi cannot be read', async () => {
    await counter.toReady();
    counter.trouble.read = { kind: 'network', code: 'ETIMEDOUT' };
    counter.register.payBy('sale-1', 'phone');
    await counter.pass(15_000);
    expect(counter.kinds()).not.toContain('link-shown');
  });

  test('whose address is not one of JustiFi’s is not shown', async () => {
    await counter.toReady();
    counter.trouble.isAddressWrong = true;
    counter.register.payBy('sale-1', 'phone');
    await counter.pass(3_000);
    expect(counter.kinds()).not.toContain('link-shown');
    expect(state(counter)).toMatchObject({ kind: 'not-charged', reason: 'form-lost' });
  });

  test('when it is not offered cannot be chosen', async () => {
    counter.offer(['card-form']);
    await counter.toReady();
    expect(counter.register.payBy('sale-1', 'phone').kind).toBe('failed');
  });
});
