import { USUAL_PRESETS } from '../../../contract/description.ts';
import type { SaleWords } from '../../../words/catalogue.ts';

/** The default buttons are in the till's language; what the manager has set stays as it is. */
export function shownPresets(stored: readonly string[], { till }: SaleWords): readonly string[] {
  return isSame(stored, USUAL_PRESETS) ? till.enter.usualPresets : stored;
}

/** The way back: as they are stored, so that reading and saving them changes nothing. */
export function storedPresets(shown: readonly string[], { till }: SaleWords): readonly string[] {
  return isSame(shown, till.enter.usualPresets) ? USUAL_PRESETS : shown;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}
