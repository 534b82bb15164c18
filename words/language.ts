import type { Language } from '../contract/language.ts';
import type { Currency } from '../contract/money.ts';

/** Each by its own name, so that it is found by people who cannot read the one on the screen. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', es: 'Español', fr: 'Français' };

/** How money, dates and numbers are written: by the language and by the country whose currency it is. */
export function localeOf(language: Language, currency: Currency): string {
  if (language === 'fr') return 'fr-CA';
  if (language === 'es') return 'es-US';
  return currency === 'CAD' ? 'en-CA' : 'en-US';
}
