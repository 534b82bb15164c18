import { containsCardNumber } from './card-number.ts';
import { withoutControls } from './control-characters.ts';
import { type Result, failed, ok } from './result.ts';

/** Long enough for any shop, short enough for a receipt line and JustiFi's dashboard. Counted in visible characters. */
export const LONGEST_DESCRIPTION = 200;

/** The buttons under the description until others are set. The till shows them in its own language. */
export const USUAL_PRESETS = ['Counter sale', 'Repair', 'Deposit', 'Gift card'] as const;

export type DescriptionProblem =
  | { readonly kind: 'description-empty' }
  | { readonly kind: 'description-too-long'; readonly longest: number }
  | { readonly kind: 'description-card-number' };

/** The description of a sale, trimmed, on one line and without control characters; refused when empty, too long, or with a card number. */
export function checkDescription(text: string): Result<string, DescriptionProblem> {
  const line = withoutControls(text).replaceAll(/\s+/gu, ' ').trim();
  if (line === '') return failed({ kind: 'description-empty' });
  if (containsCardNumber(line)) return failed({ kind: 'description-card-number' });
  if (line.length > LONGEST_DESCRIPTION && countCharacters(line) > LONGEST_DESCRIPTION) return failed({ kind: 'description-too-long', longest: LONGEST_DESCRIPTION });
  return ok(line);
}

/** An emoji of five code points is one character to the person who typed it. Not at the start of Counter: the segmenter takes 20 ms to make. */
function countCharacters(text: string): number {
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].length;
}
