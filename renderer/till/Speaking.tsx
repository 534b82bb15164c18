import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Words } from '../words/catalogue.ts';
import { WordsContext } from './use-words.ts';

/** Everything inside speaks this language: our words, and the few that React Aria says by itself to a screen reader. */
export function Speaking({ words, children }: { readonly words: Words; readonly children: ReactNode }) {
  return (
    <I18nProvider locale={words.format.locale}>
      <WordsContext value={words}>{children}</WordsContext>
    </I18nProvider>
  );
}
