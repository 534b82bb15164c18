import type { Language } from '../../contract/language.ts';
import { type Catalogue, type SaleWords, type Words, loadSaleWords, loadWords } from '../../words/catalogue.ts';
import type { LaterScreen } from './LaterScreen.tsx';
import { type Part, openPart } from './part.ts';

/** The parts that are not in the script of the sale. */
export type Parts = {
  /** Needed before the first paint. */
  readonly words: Readonly<Record<Language, Part<Catalogue<SaleWords>>>>;
  /** Everything beside the sale, with its words. */
  readonly later: Readonly<Record<Language, Part<Later>>>;
};

export type Later = { readonly Screen: typeof LaterScreen; readonly words: Catalogue<Words> };

export function openParts(onFailed: () => void): Parts {
  const words = (language: Language) => openPart(() => loadSaleWords(language), onFailed);
  const later = (language: Language) => openPart(() => loadLater(language), onFailed);
  return { words: { en: words('en'), es: words('es'), fr: words('fr') }, later: { en: later('en'), es: later('es'), fr: later('fr') } };
}

async function loadLater(language: Language): Promise<Later> {
  const [{ LaterScreen: Screen }, words] = await Promise.all([import('./LaterScreen.tsx'), loadWords(language)]);
  return { Screen, words };
}
