import { useMemo } from 'react';
import { Button } from '../skin/Button.tsx';
import type { LaterScreenProps } from './LaterScreen.tsx';
import type { Later as LaterPart } from './parts.ts';
import type { Part } from './part.ts';
import { Said } from './Said.tsx';
import { usePart } from './use-part.ts';
import { AllWordsContext, useWords } from './use-words.ts';

/** A screen beside the sale: as soon as it is fetched, which it usually is already. */
export function Later({ part, ...props }: LaterScreenProps & { readonly part: Part<LaterPart> }) {
  const { till } = useWords();
  const state = usePart(part);
  const { currency } = props.snapshot;
  const catalogue = state.kind === 'loaded' ? state.content.words : null;
  const words = useMemo(() => catalogue?.(currency) ?? null, [catalogue, currency]);
  if (state.kind === 'failed') {
    return (
      <main className="first-run">
        <Said isWarning>{till.notLoaded}</Said>
        <Button className="charge" autoFocus onPress={props.onClose}>
          {till.back}
        </Button>
      </main>
    );
  }
  if (state.kind === 'loading') return null;
  const { Screen } = state.content;
  return (
    <AllWordsContext value={words}>
      <Screen {...props} />
    </AllWordsContext>
  );
}
