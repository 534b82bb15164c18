import { LANGUAGES, type Language, type Look } from '../../contract/look.ts';
import type { Currency } from '../../contract/money.ts';

/** Each by its own name: whoever does not read the one on the screen finds the way back. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', es: 'Español', fr: 'Français' };

/** The language of the setting; for `auto` the first of `preferred` (as "fr-CA") that there is a catalogue for. */
export function chosenLanguage(setting: Look['language'], preferred: readonly string[]): Language {
  if (setting !== 'auto') return setting;
  const known = preferred.map((tag) => LANGUAGES.find((language) => language === tag.slice(0, 2).toLowerCase()));
  return known.find((language) => language !== undefined) ?? 'en';
}

/** How money, dates and numbers are written: by the language and by the country whose currency it is. */
export function localeOf(language: Language, currency: Currency): string {
  if (language === 'fr') return 'fr-CA';
  if (language === 'es') return 'es-US';
  return currency === 'CAD' ? 'en-CA' : 'en-US';
}
