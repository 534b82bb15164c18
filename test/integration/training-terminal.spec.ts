import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';

const READER = 'trm_training1';

let justifi: TestJustifi;
let shop: Shop;
beforeEach(async () => {
  justifi = await startJustifi();
  shop = await openShop(justifi.origin);
});
afterEach(() => justifi.close());

const pay = (checkoutId: string, terminalId = READER) => shop.call('POST /v1/terminals/pay', { body: { checkout_id: checkoutId, terminal_id: terminalId } });
const read = async (checkoutId: string) => (await shop.call(`GET /v1/checkouts/${checkoutId}`)).body.data;
const lastOf = async (checkoutId: string) => (await read(checkoutId)).completions.at(-1);

describe('the readers of the training JustiFi', () => {
  test('are listed, found by id, renamed, and shown which is which', async () => {
    expect((await shop.call('GET /v1/terminals')).body.data).toHaveLength(2);
    expect((await shop.call(`GET /v1/terminals?terminal_id=${READER}`)).body.data).toMatchObject([{ id: READER, nickname: 'Training reader', status: 'connected' }]);
    expect((await shop.call(`PATCH /v1/terminals/${READER}`, { body: { nickname: 'Front' } })).body.data.nickname).toBe('Front');
    expect((await shop.call(`POST /v1/terminals/${READER}/identify`)).status).toBe(204);
    expect((await shop.call('GET /v1/terminals/trm_none')).status).toBe(404);
  });

  test('tell their status only when they are asked themselves', async () => {
    await justifi.pressReader(READER, 'unplug');
    const listed = async () => (await shop.call(`GET /v1/terminals/${READER}`)).body.data.status;
    expect(await listed()).toBe('connected');
    expect((await shop.call(`GET /v1/terminals/${READER}/status`)).body.data.status).toBe('DISCONNECTED');
    expect(await listed()).toBe('disconnected');
  });

  test.each(['tap', 'insert'] as const)('take a card: %s', async (press) => {
    const checkoutId = await shop.newCheckout();
    expect((await pay(checkoutId)).body.data).toMatchObject({ id: expect.stringMatching(/^tses_/), session_type: 'payment', status: 'created', checkout_id: checkoutId, terminal_id: READER });
    expect(await lastOf(checkoutId)).toMatchObject({ status: 'processing', payment_mode: 'card_present', terminal_id: READER, payment_id: null });
    expect(await justifi.pressReader(READER, press)).toBe(true);
    const checkout = await read(checkoutId);
    expect(checkout).toMatchObject({ status: 'completed', completions: [{ status: 'succeeded', payment_status: 'succeeded', payment_mode: 'card_present' }] });
    const payment = (await shop.call(`GET /v1/payments/${checkout.successful_payment_id}`)).body.data;
    expect(payment).toMatchObject({ payment_mode: 'card_present', terminal_id: READER, payment_method: { card_present: { brand: 'visa', last4: expect.stringMatching(/^\d{4}$/), expiry: null } } });
    expect(justifi.charges(checkoutId)).toHaveLength(1);
  });

  test('decline a card, and the checkout can be paid another way', async () => {
    const checkoutId = await shop.newCheckout();
    await pay(checkoutId);
    await justifi.pressReader(READER, 'decline');
    expect(await lastOf(checkoutId)).toMatchObject({ status: 'failed', payment_status: 'failed', payment_error_code: 'card_declined' });
    const method = await shop.card('4242424242424242');
    expect((await shop.complete(checkoutId, method.body.id)).body.data.payment_status).toBe('succeeded');
  });

  test.each([['cancel', 'terminal_canceled'], ['run-out', 'terminal_timeout'], ['unplug', 'terminal_disconnected']] as const)('end without a card: %s', async (press, code) => {
    const checkoutId = await shop.newCheckout();
    await pay(checkoutId);
    await justifi.pressReader(READER, press);
    expect(await lastOf(checkoutId)).toMatchObject({ status: 'failed', payment_status: 'canceled', payment_error_code: code });
    expect(await justifi.pressReader(READER, 'tap')).toBe(false);
    expect(justifi.charges()).toEqual([]);
  });

  test('wait 90 seconds for a card', async () => {
    const checkoutId = await shop.newCheckout();
    await pay(checkoutId);
    justifi.advanceClock(89_000);
    expect(await lastOf(checkoutId)).toMatchObject({ status: 'processing' });
    justifi.advanceClock(1_500);
    expect(await lastOf(checkoutId)).toMatchObject({ status: 'failed', payment_error_code: 'terminal_timeout' });
    expect((await pay(checkoutId)).status).toBe(201);
  });

  test('refuse what cannot be paid there: busy, unplugged, removed, already paid, an account without readers', async () => {
    const first = await shop.newCheckout();
    const second = await shop.newCheckout();
    await pay(first);
    expect((await pay(second)).body.error.code).toBe('terminal_busy');
    await justifi.pressReader(READER, 'tap');
    expect((await pay(first)).body.error.code).toBe('checkout_already_completed');
    await justifi.pressReader(READER, 'unplug');
    expect((await pay(second)).body.error.code).toBe('terminal_disconnected');
    justifi.removeTerminal(READER);
    expect((await pay(second)).status).toBe(404);
    justifi.changeSettings({ subAccounts: [{ id: 'acc_trainingShop', name: 'Training Shop', currency: 'usd', status: 'enabled', ways: { card_present: false } }] });
    expect((await pay(second, 'trm_training2')).body.error.code).toBe('service_not_allowed');
  });

  test('a checkout that is at a reader and paid elsewhere meanwhile is paid once', async () => {
    const checkoutId = await shop.newCheckout();
    await pay(checkoutId);
    const method = await shop.card('4242424242424242');
    await shop.complete(checkoutId, method.body.id);
    await justifi.pressReader(READER, 'tap');
    expect(justifi.charges(checkoutId)).toHaveLength(1);
  });
});
