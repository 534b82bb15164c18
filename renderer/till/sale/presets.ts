import { USUAL_PRESETS } from '../../../contract/description.ts';
import type { SaleWords } from '../../../words/catalogue.ts';

/** The default buttons are in the till's language; the manager's own are not changed. */
export function shownPresets(stored: readonly string[], { till }: SaleWords): readonly string[] {
  return isSame(stored, USUAL_PRESETS) ? till.enter.usualPresets : stored;
}

/** The inverse: the stored form, so that reading and saving changes nothing. */
export function storedPresets(shown: readonly string[], { till }: SaleWords): readonly string[] {
  return isSame(shown, till.enter.usualPresets) ? USUAL_PRESETS : shown;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}
