import { createContext, use } from 'react';
import { type Words, openWords } from '../words/catalogue.ts';

/** The catalogue of the language that the till speaks now. Only `Till` provides it. */
export const WordsContext = createContext<Words>(openWords('en', 'USD'));

export function useWords(): Words {
  return use(WordsContext);
}
