import { USUAL_PRESETS } from '../../contract/register-settings.ts';
import type { Words } from '../words/catalogue.ts';

/** Buttons that nobody has set speak the till's language; what somebody has set stays as it is. */
export function shownPresets(stored: readonly string[], { till }: Words): readonly string[] {
  return isSame(stored, USUAL_PRESETS) ? till.enter.usualPresets : stored;
}

/** The way back: as they are stored, so that reading and saving them changes nothing. */
export function storedPresets(shown: readonly string[], { till }: Words): readonly string[] {
  return isSame(shown, till.enter.usualPresets) ? USUAL_PRESETS : shown;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}
