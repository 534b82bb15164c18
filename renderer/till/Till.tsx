import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { type Language, chosenLanguage } from '../../contract/language.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import type { SaleWords } from '../../words/catalogue.ts';
import type { Parts } from './parts.ts';
import { Register, type RegisterProps } from './Register.tsx';
import type { SnapshotStore } from './snapshot-store.ts';
import { Speaking } from './Speaking.tsx';
import { usePart } from './use-part.ts';
import { useSpokenLanguage } from './use-spoken-language.ts';

type Props = Omit<RegisterProps, 'snapshot' | 'words' | 'later' | 'language' | 'onSpeak'> & { readonly store: SnapshotStore; readonly parts: Parts };

/** The cashier's window, in the language of the register, or in the one chosen at sign-in. Empty until the first snapshot and the words are loaded. */
export function Till({ store, parts, ...props }: Props) {
  const snapshot = useSyncExternalStore(store.subscribe, store.read);
  const { spoken, speak } = useSpokenLanguage(snapshot, props.managerBridge);
  const language = spoken ?? chosenLanguage(snapshot?.appearance.language ?? 'auto', navigator.languages);
  const words = useAppearance(parts, snapshot, language);
  if (snapshot === null || words === null) return null;
  return (
    <Speaking words={words}>
      <Register snapshot={snapshot} words={words} later={parts.later[language]} language={language} onSpeak={speak} {...props} />
    </Speaking>
  );
}

/** Sets language and theme on the document, and returns the words. Null: they are not loaded yet. */
function useAppearance(parts: Parts, snapshot: TillSnapshot | null, language: Language): SaleWords | null {
  const state = usePart(parts.words[language]);
  // The guard around the page shows that without a catalogue.
  if (state.kind === 'failed') throw new Error('The words of the till cannot be fetched');
  const catalogue = state.kind === 'loaded' ? state.content : null;
  const currency = snapshot?.currency ?? 'USD';
  const theme = snapshot?.appearance.theme ?? 'auto';
  const textSize = snapshot?.textSize ?? 100;
  const words = useMemo(() => catalogue?.(currency) ?? null, [catalogue, currency]);
  // The language of the shown words: while another language is fetched, the last one stays.
  const shown = words?.format.locale.slice(0, 2) ?? language;
  useEffect(() => {
    document.documentElement.lang = shown;
    document.documentElement.dataset['theme'] = theme;
    document.documentElement.style.setProperty('--zoom', String(textSize / 100));
  }, [shown, theme, textSize]);
  return words;
}
