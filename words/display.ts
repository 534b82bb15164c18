import type { Language } from '../contract/language.ts';
import { type DisplayWords, englishDisplay } from './en/display.ts';
import { spanishDisplay } from './es/display.ts';
import { frenchDisplay } from './fr/display.ts';

/** Apart from the till's: the customer's page has none of the cashier's texts. */
export const DISPLAY_WORDS: Readonly<Record<Language, DisplayWords>> = { en: englishDisplay, es: spanishDisplay, fr: frenchDisplay };
