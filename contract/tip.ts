import type { RegisterSettings } from './register-settings.ts';

/** `percent`: of the purchase; null: the shop offers this amount. */
export type TipChoice = { readonly percent: number | null; readonly amountInCents: number };

/** The tips offered for one purchase; "no tip" is always one of them. */
export type TipOffer = {
  readonly choices: readonly TipChoice[];
  /** The largest amount that a customer may type, in cents; null: only the choices. */
  readonly anotherUpToInCents: number | null;
};

/** Null: nothing is offered, because tips are off or the largest total of the shop leaves no room. */
export function tipOffer({ offered, percents, amountsInCents, amountsBelowInCents, another }: RegisterSettings['tips'], purchaseInCents: number, largestTotalInCents: number): TipOffer | null {
  if (offered === 'none') return null;
  const roomInCents = largestTotalInCents - purchaseInCents;
  const isByPercent = offered === 'percents' && purchaseInCents >= amountsBelowInCents;
  const all: readonly TipChoice[] = isByPercent
    ? percents.map((percent) => ({ percent, amountInCents: percentOf(purchaseInCents, percent) }))
    : amountsInCents.map((amountInCents) => ({ percent: null, amountInCents }));
  const choices = all.filter(({ amountInCents }) => amountInCents > 0 && amountInCents <= roomInCents);
  const anotherUpToInCents = another && roomInCents > 0 ? roomInCents : null;
  return choices.length === 0 && anotherUpToInCents === null ? null : { choices, anotherUpToInCents };
}

/** Half a cent is rounded up. */
function percentOf(cents: number, percent: number): number {
  return Math.floor((cents * percent + 50) / 100);
}

export function isOffered({ choices, anotherUpToInCents }: TipOffer, tipInCents: number): boolean {
  if (tipInCents === 0 || isChoice(choices, tipInCents)) return true;
  return anotherUpToInCents !== null && Number.isSafeInteger(tipInCents) && tipInCents > 0 && tipInCents <= anotherUpToInCents;
}

function isChoice(choices: readonly TipChoice[], tipInCents: number): boolean {
  return choices.some(({ amountInCents }) => amountInCents === tipInCents);
}

/**
 * A customer's own amount that may be mistyped: more than the purchase, or one that lifts the total above the amount from which the shop confirms a charge
 * (null: it never does). The shop's own choices are never questioned.
 */
export function isDoubtful({ choices }: TipOffer, tipInCents: number, purchaseInCents: number, confirmAboveInCents: number | null): boolean {
  if (tipInCents === 0 || isChoice(choices, tipInCents)) return false;
  const liftsAbove = confirmAboveInCents !== null && purchaseInCents <= confirmAboveInCents && purchaseInCents + tipInCents > confirmAboveInCents;
  return tipInCents > purchaseInCents || liftsAbove;
}
