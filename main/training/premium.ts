import type { Checkout } from './books.ts';
import type { World } from './world.ts';

/** The price of the insurance that the customer took for this checkout; 0: none. */
export function premiumOf(world: World, { insuranceQuoteId }: Checkout): number {
  const quote = world.books.insuranceQuotes.get(insuranceQuoteId ?? '');
  return quote?.accepted === true ? quote.premium : 0;
}
