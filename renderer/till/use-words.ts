import { createContext, use } from 'react';
import type { SaleWords, Words } from '../../words/catalogue.ts';

/** The language of the till. Only `Speaking` provides it. */
export const WordsContext = createContext<SaleWords | null>(null);

/** The words beside the sale, too. Only `Later` provides them, to its own screens. */
export const AllWordsContext = createContext<Words | null>(null);

/** The words of a sale. */
export function useWords(): SaleWords {
  return provided(use(WordsContext));
}

/** All words, for screens inside `Later`. */
export function useAllWords(): Words {
  return provided(use(AllWordsContext));
}

function provided<Provided>(words: Provided | null): Provided {
  if (words === null) throw new Error('Words are used where none are provided');
  return words;
}
