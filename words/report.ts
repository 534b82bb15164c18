import type { Language } from '../contract/language.ts';
import type { Currency } from '../contract/money.ts';
import { type ReportWords, englishReport } from './en/report.ts';
import { spanishReport } from './es/report.ts';
import { type Formats, openFormats } from './formats.ts';
import { frenchReport } from './fr/report.ts';

export type { ReportWords };
export type ReportLanguage = { readonly words: ReportWords; readonly format: Formats };

const REPORTS = { en: englishReport, es: spanishReport, fr: frenchReport } as const satisfies Readonly<Record<Language, (format: Formats) => ReportWords>>;

/** For the main process, which prints reports and writes them into files. */
export function reportWords(language: Language, currency: Currency): ReportLanguage {
  const format = openFormats(language, currency);
  return { words: REPORTS[language](format), format };
}
