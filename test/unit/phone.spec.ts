import { beforeEach, describe, expect, test } from 'vitest';
import { counterSnapshot } from '../../main/sale/counter-snapshot.ts';
import { openLink } from '../../main/sale/sale.ts';
import type { OpenRegister } from '../../main/sale/till-register.ts';
import { hostedCheckoutAddress } from '../../main/account/hosted-checkout.ts';
import { historyStateOf } from '../../main/history/history-state.ts';
import { setTheCounter } from './counter.ts';

type Counter = ReturnType<typeof setTheCounter>;
const WAYS = ['card-form', 'reader', 'phone'] as const;
const DAY_MS = 24 * 60 * 60_000;
let counter: Counter;

const state = (at = counter) => at.register.sale();
const creates = (at = counter) => at.requests.filter((request) => request.startsWith('create '));
const reads = (at = counter) => at.requests.filter((request) => request.startsWith('read ')).length;
const expire = (at = counter) => void at.api.set('cho_1', { ...at.api.get('cho_1')!, status: 'expired' });

/** The customer chooses the phone while the card form is on the screen, and the code is shown. */
async function toLink(at = counter): Promise<void> {
  await at.toReady();
  at.register.payBy('sale-1', 'phone');
  await at.settle();
  expect(state(at)).toMatchObject({ kind: 'ready', tender: 'phone', checkoutId: 'cho_1' });
}

async function payBy(tender: 'card-form' | 'reader' | 'phone', at = counter): Promise<void> {
  expect(at.register.payBy('sale-1', tender).kind).toBe('ok');
  await at.settle();
  if (tender !== 'card-form') return;
  at.form().becomeReady();
  await at.settle();
}

const snapshot = (at = counter) =>
  counterSnapshot(
    {
      kind: 'open',
      view: { kind: 'training' },
      mode: 'test',
      currency: 'USD',
      register: at.register,
      repairs: { notice: () => null },
      comparisons: { notice: () => null },
      reachability: { failure: () => null },
    } as unknown as OpenRegister,
    { saleId: 'x', amountInCents: 0, description: '', problem: null },
    { registerName: 'Register 1', registerId: 'register-1', descriptionPresets: [], quickItems: [], usualDescription: null, account: null },
  );

beforeEach(() => {
  counter = setTheCounter([], [], { ways: WAYS });
});

describe('a sale that the customer pays on their phone', () => {
  test('is the one checkout of the sale: the form is taken away, JustiFi is asked once, it is journaled, and only then the link is shown', async () => {
    await counter.toReady();
    const listener = counter.form().listener;
    const before = reads();
    counter.trouble.unwritable = 'link-shown';
    counter.register.payBy('sale-1', 'phone');
    await counter.settle();
    expect(counter.register.presentedLink()).toBeNull();
    expect(counter.forms.map((form) => form.state)).toEqual(['closed']);
    expect(reads() - before).toBeGreaterThanOrEqual(1);
    counter.trouble.unwritable = null;
    await counter.pass(2_000);
    await payBy('phone');
    expect(counter.register.presentedLink()).toMatchObject({ address: 'https://components.justifi.ai/hosted-checkout/cho_1' });
    expect(creates()).toHaveLength(1);
    // The closed form may not charge any more.
    expect(await listener.submit({ checkoutId: 'cho_1', componentAmountInCents: 1799, methodType: 'new_card', isAuthorisationShown: true })).toMatchObject({ kind: 'failed' });
  });

  test('shows the code with the very first snapshot after it is in the journal', async () => {
    await counter.toReady();
    const drawn: (boolean | null)[] = [];
    counter.whenDrawn(() => drawn.push(state().kind === 'ready' ? counter.register.presentedLink() !== null : null));
    counter.register.payBy('sale-1', 'phone');
    await counter.settle();
    expect(drawn.filter((isShown) => isShown !== null)).not.toContain(false);
    expect(drawn).toContain(true);
  });

  test('has the link in the journal, with its week, and without its address', async () => {
    await toLink();
    const entry = counter.journal.find(({ event }) => event.kind === 'link-shown')!;
    expect(entry.event).toMatchObject({ checkoutId: 'cho_1', link: { shownAt: '2026-11-23T15:00:00.000Z', payableUntil: '2026-11-30T15:00:00.000Z' } });
    expect(JSON.stringify(counter.journal)).not.toContain('hosted-checkout');
  });

  test('is PAID when JustiFi says so, asked every three seconds', async () => {
    await toLink();
    const before = reads();
    await counter.pass(60_000);
    expect(reads() - before).toBeGreaterThanOrEqual(19);
    expect(reads() - before).toBeLessThan(24);
    expect(state().kind).toBe('ready');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(3_100);
    expect(state()).toMatchObject({ kind: 'paid', tender: 'phone', paymentId: 'py_1' });
    expect(counter.register.presentedLink()).toBeNull();
    expect(snapshot().saleLink).toBeNull();
  });

  test('is asked about less often while it is not paid: after ten minutes the pauses grow', async () => {
    await toLink();
    await counter.pass(2 * 60 * 60_000);
    const before = reads();
    await counter.pass(60 * 60_000);
    expect(reads() - before).toBeLessThan(15);
    expect(state().kind).toBe('ready');
  });

  test('whose card is declined on the phone stays as it is: the customer tries again there', async () => {
    await toLink();
    counter.complete('cho_1', 'failed');
    await counter.pass(60_000);
    expect(state()).toMatchObject({ kind: 'ready', attempts: { failed: ['chc_1'] } });
    expect(snapshot().saleLink).toMatchObject({ wasDeclined: true, code: { size: 45 } });
    expect(counter.kinds().filter((kind) => kind === 'outcome-known')).toHaveLength(1);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(3_100);
    expect(state().kind).toBe('paid');
  });

  test('paid by a bank transfer there is ACCEPTED', async () => {
    await toLink();
    counter.complete('cho_1', 'pending');
    await counter.pass(3_100);
    expect(state()).toMatchObject({ kind: 'accepted', isPending: true });
  });

  test('of which JustiFi holds another amount becomes a new sale before any link is shown', async () => {
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
    expect(state().kind).toBe('paid');
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
    expect(state()).toMatchObject({ kind: 'not-charged', reason: 'form-lost' });
  });

  test('when it is not offered cannot be chosen', async () => {
    counter.offer(['card-form']);
    await counter.toReady();
    expect(counter.register.payBy('sale-1', 'phone').kind).toBe('failed');
  });
});

describe('a link that was shown stays payable for a week', () => {
  test.each(['card-form', 'reader'] as const)('so what is chosen next (%s) pays the same checkout', async (tender) => {
    await toLink();
    await payBy(tender);
    expect(state()).toMatchObject({ tender, checkoutId: 'cho_1', attempts: { link: { payableUntil: '2026-11-30T15:00:00.000Z' } } });
    expect(counter.register.presentedLink()).toBeNull();
    expect(snapshot().saleLink).toEqual({ payableUntil: '2026-11-30T15:00:00.000Z', wasDeclined: false, code: null });
    expect(creates()).toHaveLength(1);
  });

  test('paid while the card form is on the screen: PAID, and the form is closed', async () => {
    await toLink();
    await payBy('card-form');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(16_000);
    expect(state()).toMatchObject({ kind: 'paid', paymentId: 'py_1' });
    expect(counter.forms.filter((form) => form.state !== 'closed')).toEqual([]);
  });

  test('paid in the moment before Pay on the card form: Pay reads the checkout anew, and charges nothing', async () => {
    await toLink();
    await payBy('card-form');
    counter.complete('cho_1', 'succeeded');
    expect(await counter.pay({ componentAmountInCents: 1799 })).toMatchObject({ kind: 'failed', failure: { kind: 'not-now' } });
    expect(counter.kinds()).not.toContain('submit-allowed');
    await counter.pass(2_000);
    expect(state().kind).toBe('paid');
  });

  test('paid while the reader is asking: PAID', async () => {
    await toLink();
    await payBy('reader');
    expect(state().kind).toBe('submitting');
    counter.attempt('cho_1', { id: 'chc_1', status: 'processing', paymentStatus: '' });
    counter.complete('cho_1', 'succeeded');
    await counter.pass(1_600);
    expect(state()).toMatchObject({ kind: 'paid', tender: 'reader', paymentId: 'py_1' });
  });

  test('a decline at the reader leaves it open, and it is still watched', async () => {
    await toLink();
    await payBy('reader');
    counter.complete('cho_1', 'failed');
    await counter.pass(1_600);
    expect(state()).toMatchObject({ kind: 'declined', tender: 'reader' });
    expect(snapshot().saleLink).toMatchObject({ payableUntil: '2026-11-30T15:00:00.000Z' });
    expect(historyStateOf(state())).toBe('link-open');
    counter.complete('cho_1', 'succeeded');
    await counter.pass(16_000);
    expect(state().kind).toBe('paid');
  });

  test('a payment that never reached JustiFi is not called NOT CHARGED alone: the link goes with it', async () => {
    await toLink();
    await payBy('card-form');
    await counter.pay({ componentAmountInCents: 1799 });
    await counter.pass(170_000);
    expect(state()).toMatchObject({ kind: 'not-charged', reason: 'not-received' });
    expect(openLink(state())).not.toBeNull();
    expect(historyStateOf(state())).toBe('link-open');
  });

  test('Back from another way leads to the link again, and from the link nowhere: the amount cannot be typed a second time', async () => {
    await toLink();
    await payBy('card-form');
    expect(counter.register.goBack('sale-1').kind).toBe('ok');
    await counter.settle();
    expect(state()).toMatchObject({ id: 'sale-1', kind: 'ready', tender: 'phone', checkoutId: 'cho_1' });
    expect(counter.register.goBack('sale-1').kind).toBe('failed');
    expect(creates()).toHaveLength(1);
    expect(counter.journal.filter(({ event }) => event.kind === 'link-shown').map(({ sale }) => openLink(sale)?.shownAt)).toEqual(['2026-11-23T15:00:00.000Z', '2026-11-23T15:00:00.000Z']);
  });

  test('where links are no longer offered, another way pays it, and Back leaves it', async () => {
    await toLink();
    const again = counter.restart({ ways: ['card-form'] });
    await again.pass(2_000);
    expect(again.register.tryAgain('sale-1').kind).toBe('ok');
    await again.settle();
    again.form().becomeReady();
    await again.settle();
    expect(state(again)).toMatchObject({ kind: 'ready', tender: 'card-form', checkoutId: 'cho_1' });
    expect(again.register.goBack('sale-1').kind).toBe('ok');
    expect(state(again)).toMatchObject({ kind: 'draft', amountInCents: 0 });
    expect(snapshot(again).openLinkCount).toBe(1);
  });

  test('what JustiFi holds wrongly is not charged again by itself on a second checkout', async () => {
    await toLink();
    await payBy('card-form');
    counter.api.set('cho_1', { ...counter.api.get('cho_1')!, amountInCents: 51 });
    await counter.pay({ componentAmountInCents: 1799 });
    await counter.settle();
    expect(state()).toMatchObject({ kind: 'draft', amountInCents: 0, problem: { kind: 'amount-changed' } });
    expect(counter.journal.filter(({ event }) => event.kind === 'charge-asked')).toHaveLength(1);
  });
});

describe('a sale that is left with its link open', () => {
  beforeEach(async () => {
    await toLink();
    expect(counter.register.serveNext('sale-1').kind).toBe('ok');
    await counter.settle();
  });

  test('gives way to an empty sale, is no payment to confirm, and is in the list of open links', () => {
    expect(state()).toMatchObject({ kind: 'draft', amountInCents: 0, description: '' });
    expect(counter.toConfirm()).toEqual([]);
    expect(snapshot()).toMatchObject({ openLinkCount: 1, openLinks: [{ saleId: 'sale-1', amountInCents: 1799, description: 'One donut', shownAt: '2026-11-23T15:00:00.000Z', payableUntil: '2026-11-30T15:00:00.000Z' }] });
    expect(counter.register.openPayments()).toBe(1);
  });

  test('is asked about before the same is charged as a new sale, for an hour; something else is not', async () => {
    await counter.charge(2500, 'Repair');
    expect(state()).toMatchObject({ kind: 'preparing', purchase: { totalInCents: 2500 } });
    counter.register.goBack(state().id);
    await counter.charge();
    expect(state()).toMatchObject({ kind: 'draft', problem: { kind: 'may-still-be-paid' } });
    await counter.charge(1799, 'One donut', ['may-still-be-paid']);
    expect(state().kind).toBe('preparing');
    counter.register.goBack(state().id);
    await counter.pass(60 * 60_000);
    await counter.charge();
    expect(state().kind).toBe('preparing');
  });

  test('is told as late when it is paid days later, and is asked about four times an hour by then', async () => {
    await counter.pass(5 * DAY_MS);
    const before = reads();
    await counter.pass(60 * 60_000);
    expect(reads() - before).toBeGreaterThanOrEqual(3);
    expect(reads() - before).toBeLessThanOrEqual(5);
    expect(counter.kinds().filter((kind) => kind === 'outcome-known')).toEqual([]);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(16 * 60_000);
    expect(counter.views()).toMatchObject([{ saleId: 'sale-1', amountInCents: 1799, isReversing: false }]);
    expect(snapshot().openLinkCount).toBe(0);
  });

  test('is watched after a restart, too', async () => {
    const again = counter.restart({ ways: WAYS });
    expect(state(again).kind).toBe('draft');
    expect(snapshot(again).openLinkCount).toBe(1);
    again.complete('cho_1', 'succeeded');
    await again.pass(16_000);
    expect(again.late()).toMatchObject([{ id: 'sale-1', kind: 'late', tender: 'phone' }]);
  });

  test('is over when JustiFi says that the checkout has expired, and not before', async () => {
    await counter.pass(6 * DAY_MS);
    expect(snapshot().openLinkCount).toBe(1);
    expire();
    await counter.pass(16 * 60_000);
    expect(snapshot().openLinkCount).toBe(0);
    expect(counter.journal.findLast(({ sale }) => sale.id === 'sale-1')!.sale).toMatchObject({ kind: 'abandoned', attempts: { link: null } });
    expect(counter.register.openPayments()).toBe(0);
  });

  test('is for the manager to end when its week is over and JustiFi still does not say how it ended', async () => {
    await counter.pass(7 * DAY_MS + 1_000);
    expect(counter.toConfirm()).toMatchObject([{ saleId: 'sale-1', mayEnd: true }]);
    expect(counter.register.endUnresolved('sale-1').kind).toBe('ok');
    expect(snapshot().openLinkCount).toBe(0);
  });

  test('declined on the phone meanwhile stays open', async () => {
    counter.complete('cho_1', 'failed');
    await counter.pass(20_000);
    expect(snapshot().openLinkCount).toBe(1);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(20_000);
    expect(counter.late()).toHaveLength(1);
  });
});

describe('a link, a crash and money that moved', () => {
  test('killed while the link is on the screen: the sale is at the counter again, JustiFi is asked, and the link can be shown again on the same checkout', async () => {
    await toLink();
    const again = counter.restart({ ways: WAYS });
    expect(state(again)).toMatchObject({ id: 'sale-1', kind: 'checking', tender: 'phone' });
    await again.pass(2_000);
    expect(state(again)).toMatchObject({ kind: 'not-charged', reason: 'form-lost' });
    expect(openLink(state(again))).not.toBeNull();
    expect(again.register.tryAgain('sale-1').kind).toBe('ok');
    await again.settle();
    expect(state(again)).toMatchObject({ kind: 'ready', tender: 'phone', checkoutId: 'cho_1' });
    expect(creates(again)).toEqual([]);
  });

  test('killed, and paid meanwhile: PAID at the counter', async () => {
    await toLink();
    const again = counter.restart({ ways: WAYS });
    again.complete('cho_1', 'succeeded');
    await again.pass(3_000);
    expect(state(again)).toMatchObject({ id: 'sale-1', kind: 'paid' });
  });

  test('killed after another way was chosen: the sale comes back, too', async () => {
    await toLink();
    await payBy('card-form');
    const again = counter.restart({ ways: WAYS });
    expect(state(again)).toMatchObject({ id: 'sale-1', kind: 'checking', tender: 'card-form' });
  });

  test('killed with two such sales: the last is at the counter, the other an open link', async () => {
    await toLink();
    const last = counter.journal.at(-1)!.sale;
    const again = setTheCounter([{ ...last, id: 'sale-0' }, last], [...counter.api.values()], { ways: WAYS });
    expect(state(again).id).toBe('sale-1');
    expect(snapshot(again).openLinks.map(({ saleId }) => saleId)).toEqual(['sale-0']);
  });

  test('a second payment of a link is no second sale: what JustiFi says after PAID changes nothing', async () => {
    await toLink();
    counter.complete('cho_1', 'succeeded');
    await counter.pass(3_100);
    const paid = state();
    counter.payment('py_2', 'cho_1');
    await counter.pass(60 * 60_000);
    expect(state()).toEqual(paid);
  });

  test('after a refund no link is open, and nothing is asked any more', async () => {
    await toLink();
    counter.complete('cho_1', 'succeeded');
    await counter.pass(3_100);
    await counter.register.giveBack('sale-1', { kind: 'refund', amountInCents: 1799, leftInCents: 1799, reason: null, returnsFees: false });
    await counter.settle();
    const before = reads();
    await counter.pass(60 * 60_000);
    expect(reads() - before).toBe(0);
    expect(snapshot()).toMatchObject({ saleLink: null, openLinkCount: 0 });
  });

  test('an expired link on the screen is said to be over, and the sale starts again', async () => {
    await toLink();
    expire();
    await counter.pass(3_100);
    expect(state()).toMatchObject({ kind: 'not-charged', reason: 'expired' });
    expect(openLink(state())).toBeNull();
  });
});

describe('the address of the page', () => {
  test('is JustiFi’s own, over https, and not long', () => {
    expect(hostedCheckoutAddress('https://components.justifi.ai', 'cho_1', false)).toBe('https://components.justifi.ai/hosted-checkout/cho_1');
  });

  test.each([
    ['not over https', 'http://components.justifi.ai', 'cho_1'],
    ['of another host', 'https://components.justifi.ai.evil.example', 'cho_1'],
    ['of another port', 'https://components.justifi.ai:8443', 'cho_1'],
    ['of this PC', 'http://127.0.0.1:4000', 'cho_1'],
    ['without end', 'https://components.justifi.ai', 'c'.repeat(300)],
    ['no address', 'nowhere', 'cho_1'],
  ])('%s is not shown with an account', (_what, origin, checkoutId) => {
    expect(hostedCheckoutAddress(origin, checkoutId, false)).toBeNull();
  });

  test('is on this PC in training, and what JustiFi calls a checkout cannot lead elsewhere', () => {
    expect(hostedCheckoutAddress('http://127.0.0.1:4000', 'cho_1', true)).toBe('http://127.0.0.1:4000/hosted-checkout/cho_1');
    expect(hostedCheckoutAddress('https://components.justifi.ai', '../../@evil.example/?x=#', false)).toBe('https://components.justifi.ai/hosted-checkout/..%2F..%2F%40evil.example%2F%3Fx%3D%23');
  });
});
