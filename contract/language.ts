export const LANGUAGES = ['en', 'es', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language of the setting; for `auto` the first of `preferred` (as "fr-CA") that there are words for. */
export function chosenLanguage(setting: Language | 'auto', preferred: readonly string[]): Language {
  if (setting !== 'auto') return setting;
  const known = preferred.map((tag) => LANGUAGES.find((language) => language === tag.slice(0, 2).toLowerCase()));
  return known.find((language) => language !== undefined) ?? 'en';
}
