import { randomUUID } from 'node:crypto';
import { openShop } from '../justifi/shop.ts';
import { REGISTER_ID, TWIN_PC } from './line.ts';

/** The server closes a connection that was idle in the very moment in which it is used again. */
const TRIES = 3;

/** A PC whose disk was copied from the till's: it has the same register id, and takes a payment of its own. */
export async function payAtTwin(origin: string, amount: number, tries = 1): Promise<void> {
  try {
    const shop = await openShop(origin);
    const checkoutId = await shop.newCheckout({ amount, description: 'At the twin', metadata: { sale: randomUUID(), register: 'Register 1', register_id: REGISTER_ID, pc: TWIN_PC } });
    const method = await shop.card('4242424242424242');
    await shop.complete(checkoutId, method.body.id);
  } catch (error) {
    if (tries === TRIES) throw error;
    await payAtTwin(origin, amount, tries + 1);
  }
}
