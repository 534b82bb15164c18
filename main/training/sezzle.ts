import type { Checkout, PaymentMethod, SezzleOrder } from './books.ts';
import type { World } from './world.ts';

/*
 * JustiFi's side of Sezzle. The `bnpl` block has the fields of JustiFi's own mock of a checkout, and a completion carries no token, as its components up to 5.x
 * sent it; the statuses of an order, and the answer about one that is not approved, are guesses.
 */

/** Sezzle's own. JustiFi opens no order below it. */
const LEAST_IN_CENTS = 100;
/** As in JustiFi's mock: a moment after the checkout. */
const OPENED_AFTER_MS = 400;

/** Opens an order with the amount of this moment: a change of the checkout does not reach it. */
export function openSezzleOrder(world: World, { id, amount, createdAt }: Checkout, isOffered: boolean): void {
  if (!isOffered || amount < LEAST_IN_CENTS) return;
  world.books.sezzleOrders.set(id, { id: world.newId('ord'), balance: amount, status: 'created', createdAt: createdAt + OPENED_AFTER_MS });
}

/** The `bnpl` block of a checkout; null: it has no order. */
export function renderSezzleOrder(world: World, checkout: Checkout) {
  const order = world.books.sezzleOrders.get(checkout.id);
  if (order === undefined) return null;
  return {
    provider: 'sezzle',
    provider_client_id: 'sz_pub_training',
    provider_mode: checkout.mode === 'live' ? 'live' : 'sandbox',
    provider_checkout_url: `${world.settings().sezzleWindow}/checkout/${order.id}`,
    provider_order_id: order.id,
    provider_api_version: 'v2',
    balance: order.balance,
    status: order.status,
    created_at: new Date(order.createdAt).toISOString(),
  };
}

/** The order of a checkout becomes a payment; undefined: its customer has not approved it at Sezzle. */
export function takeSezzleOrder(world: World, { id, accountId }: Checkout): PaymentMethod | undefined {
  const order = world.books.sezzleOrders.get(id);
  if (order?.status !== 'approved') return undefined;
  world.books.sezzleOrders.set(id, { ...order, status: 'completed' });
  const method: PaymentMethod = { id: order.id, accountId, paymentMethodGroupId: null, details: { kind: 'pay-later' }, standing: 'valid', createdAt: world.now() };
  world.books.paymentMethods.set(method.id, method);
  return method;
}

/** A customer's actions in Sezzle's window. */
export type SezzlePress = 'approve' | 'cancel' | 'fail';
const BECOMES = { approve: 'approved', cancel: 'canceled', fail: 'failed' } as const satisfies Record<SezzlePress, SezzleOrder['status']>;

/** False: there is no such order, or it is over. */
export function pressSezzle(world: World, orderId: string, press: SezzlePress): boolean {
  const found = [...world.books.sezzleOrders].find(([, order]) => order.id === orderId);
  if (found?.[1].status !== 'created') return false;
  world.books.sezzleOrders.set(found[0], { ...found[1], status: BECOMES[press] });
  return true;
}
