import { useRef } from 'react';
import type { Bridge } from '../../../contract/channels.ts';

/** How often main is told that somebody is typing. It locks after two minutes without a word. */
const STILL_HERE_EVERY_MS = 15_000;

/** For the outermost element of a manager's screen: whoever types or points there is still here. */
export function useStillHere({ stillHere }: Pick<Bridge<'manager'>, 'stillHere'>): { readonly onKeyDownCapture: () => void; readonly onPointerDownCapture: () => void } {
  const lastSaid = useRef(Number.NEGATIVE_INFINITY);

  function say(): void {
    if (performance.now() - lastSaid.current < STILL_HERE_EVERY_MS) return;
    lastSaid.current = performance.now();
    void stillHere();
  }

  return { onKeyDownCapture: say, onPointerDownCapture: say };
}
