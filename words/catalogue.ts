import type { Language } from '../contract/language.ts';
import type { Currency } from '../contract/money.ts';
import type { BackOfficeWords } from './en/back-office.ts';
import type { TillWords } from './en/till.ts';
import { type Formats, openFormats } from './formats.ts';

/**
 * The words of a sale, in one language and with one currency. English is the type: a sentence that exists there
 * and missing in another language does not compile.
 */
export type SaleWords = { readonly language: Language; readonly format: Formats; readonly till: TillWords };

/** Every text of the till's window. */
export type Words = SaleWords & BackOfficeWords;

/** The words of one language, for any currency. */
export type Catalogue<Provided> = (currency: Currency) => Provided;

/* Each language is fetched when it is needed; the words beside the sale are fetched separately. */

const TILL: Readonly<Record<Language, () => Promise<(format: Formats) => TillWords>>> = {
  en: async () => (await import('./en/till.ts')).englishTill,
  es: async () => (await import('./es/till.ts')).spanishTill,
  fr: async () => (await import('./fr/till.ts')).frenchTill,
};

const BACK_OFFICE: Readonly<Record<Language, () => Promise<(format: Formats, till: TillWords) => BackOfficeWords>>> = {
  en: async () => (await import('./en/back-office.ts')).englishBackOffice,
  es: async () => (await import('./es/back-office.ts')).spanishBackOffice,
  fr: async () => (await import('./fr/back-office.ts')).frenchBackOffice,
};

/** Rejects when the words cannot be fetched. */
export async function loadSaleWords(language: Language): Promise<Catalogue<SaleWords>> {
  const till = await TILL[language]();
  return (currency) => {
    const format = openFormats(language, currency);
    return { language, format, till: till(format) };
  };
}

/** The same, with the words beside the sale. */
export async function loadWords(language: Language): Promise<Catalogue<Words>> {
  const [saleWords, backOffice] = await Promise.all([loadSaleWords(language), BACK_OFFICE[language]()]);
  return (currency) => {
    const words = saleWords(currency);
    return { ...words, ...backOffice(words.format, words.till) };
  };
}
