import type { Mode } from '../../../contract/till-snapshot.ts';
import { useWords } from '../use-words.ts';

/** Beside the word of a result that is not of real money. */
export function ModeTag({ mode }: { readonly mode: Mode }) {
  const { result } = useWords().till;
  return mode !== 'live' && <small className={`mode mode-${mode}`}>{result[mode]}</small>;
}
