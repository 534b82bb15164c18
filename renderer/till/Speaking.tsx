import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { SaleWords } from '../../words/catalogue.ts';
import { WordsContext } from './use-words.ts';

/** Everything inside is in this language: our words, and the few that React Aria itself gives to a screen reader. */
export function Speaking({ words, children }: { readonly words: SaleWords; readonly children: ReactNode }) {
  return (
    <I18nProvider locale={words.format.locale}>
      <WordsContext value={words}>{children}</WordsContext>
    </I18nProvider>
  );
}
