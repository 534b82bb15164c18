import type { TrainingPay } from '../../contract/pay-link.ts';
import type { Checkout, PaymentMethod } from './books.ts';
import { recordCompletion, refusedWhenFinal } from './checkout.ts';
import type { TrainingAnswer, TrainingRequest } from './exchange.ts';
import { type CardScenario, testCards } from './test-card.ts';
import type { World } from './world.ts';

/*
 * The page of a checkout, which its customer opens on their own phone. JustiFi publishes its address, that it lives for a week, and the two words below;
 * the rest of it is Counter's guess.
 */

const PATH = /^\/hosted-checkout\/(?<id>[\w-]{1,100})$/u;

/** The page, and the presses on it; undefined: the request is for another page. */
export async function hostedCheckoutPage(world: World, { method, path, body }: Pick<TrainingRequest, 'method' | 'path' | 'body'>): Promise<TrainingAnswer | undefined> {
  const id = PATH.exec(path)?.groups?.['id'];
  if (id === undefined || (method !== 'GET' && method !== 'POST')) return undefined;
  const how = new URLSearchParams(body).get('how');
  const isPaid = method === 'POST' && (await payHostedCheckout(world, id, how === 'is-declined' ? how : 'pays'));
  const checkout = world.books.checkouts.get(id);
  return { status: checkout === undefined ? 404 : 200, headers: HEADERS, body: pageOf(checkout === undefined ? '<p>There is no such checkout.</p>' : contentOf(world, checkout, method === 'POST' && isPaid)) };
}

/** Does this on the page as a customer. False: the checkout is paid or has expired, or there is none. */
export async function payHostedCheckout(world: World, checkoutId: string, how: TrainingPay): Promise<boolean> {
  const checkout = world.books.checkouts.get(checkoutId);
  if (checkout === undefined || refusedWhenFinal(world, checkout) !== undefined) return false;
  const card = testCards[0]!;
  const method: PaymentMethod = {
    id: world.newId('pm'),
    accountId: checkout.accountId,
    paymentMethodGroupId: null,
    details: { kind: 'card', brand: card.brand, lastFour: card.number.slice(-4), name: null, addressLine1Check: 'unchecked', postalCodeCheck: 'pass', scenario: how === 'pays' ? { kind: 'approved' } : DECLINED },
    standing: 'valid',
    createdAt: world.now(),
  };
  world.books.paymentMethods.set(method.id, method);
  world.books.checkoutsInFlight.add(checkoutId);
  try {
    await world.cardNetwork();
    // A reader may have added an attempt meanwhile.
    recordCompletion(world, world.books.checkouts.get(checkoutId) ?? checkout, method);
    return true;
  } finally {
    world.books.checkoutsInFlight.delete(checkoutId);
  }
}

const DECLINED: CardScenario = { kind: 'declined', error: { code: 'card_declined', decline_code: 'generic_decline', message: 'The card was declined.', network: 'VISA', network_error_category: null, network_error_code: '005' } };

function contentOf(world: World, checkout: Checkout, wasTried: boolean): string {
  const refusal = refusedWhenFinal(world, checkout);
  if (refusal?.error.code === 'checkout_already_completed') return '<h1>Checkout Complete</h1>';
  if (refusal?.error.code === 'checkout_expired') return '<h1>Checkout Session Expired</h1>';
  const amount = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(checkout.amount / 100);
  return `<h1>${amount}</h1><p>${escaped(checkout.description)}</p>${wasTried ? '<p>Payment failed. Please try again.</p>' : ''}<form method="post"><button name="how" value="pays">Pay with a test card</button> <button name="how" value="is-declined">A card that is declined</button></form>`;
}

const pageOf = (content: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Training checkout</title>
${content}
</html>
`;

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  // SECURITY: no script, no picture, and no other page may show it.
  'content-security-policy': "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
