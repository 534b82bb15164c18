import type { Checkout } from './books.ts';
import type { World } from './world.ts';

/** What the customer pays for the insurance of this checkout; 0: none was taken. */
export function premiumOf(world: World, { insuranceQuoteId }: Checkout): number {
  const quote = world.books.insuranceQuotes.get(insuranceQuoteId ?? '');
  return quote?.accepted === true ? quote.premium : 0;
}
