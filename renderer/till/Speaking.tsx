import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { SaleWords } from '../../words/catalogue.ts';
import { WordsContext } from './use-words.ts';

/** Sets the language of everything inside: Counter's words, and React Aria's own for screen readers. */
export function Speaking({ words, children }: { readonly words: SaleWords; readonly children: ReactNode }) {
  return (
    <I18nProvider locale={words.format.locale}>
      <WordsContext value={words}>{children}</WordsContext>
    </I18nProvider>
  );
}
