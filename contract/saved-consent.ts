import { containsCardNumber } from './card-number.ts';
import { withoutControls } from './control-characters.ts';
import { type Result, failed, ok } from './result.ts';

export const LONGEST_SAVED_CONSENT = 600;

/** What Counter puts in: the shop's name. */
const SHOP = '{shop}';

/** The wording of a shop, as it is kept; empty: Counter's own. A consent that does not name who keeps the card is none. */
export function checkSavedConsent(typed: string): Result<string, { readonly kind: 'saved-consent-incomplete' | 'saved-consent-card-number' }> {
  const wording = withoutControls(typed).trim();
  if (wording === '') return ok('');
  if (containsCardNumber(wording)) return failed({ kind: 'saved-consent-card-number' });
  return wording.includes(SHOP) ? ok(wording) : failed({ kind: 'saved-consent-incomplete' });
}

/** What the customer agrees to before their card is saved. */
export function savedConsent(wording: string, shop: string): string {
  return wording.replaceAll(SHOP, () => shop);
}
