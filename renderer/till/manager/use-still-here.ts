import { useRef } from 'react';
import type { Bridge } from '../../../contract/channels.ts';
import { disregard } from '../../../contract/result.ts';

/** How often main gets a call while the manager is typing. It locks after two minutes without one. */
const STILL_HERE_EVERY_MS = 15_000;

/** For the outermost element of a manager's screen: typing or pointing there keeps the manager's side open. */
export function useStillHere({ stillHere }: Pick<Bridge<'manager'>, 'stillHere'>): { readonly onKeyDownCapture: () => void; readonly onPointerDownCapture: () => void } {
  const lastSaid = useRef(Number.NEGATIVE_INFINITY);

  function say(): void {
    if (performance.now() - lastSaid.current < STILL_HERE_EVERY_MS) return;
    lastSaid.current = performance.now();
    disregard(stillHere(), 'then the manager’s side locks itself');
  }

  return { onKeyDownCapture: say, onPointerDownCapture: say };
}
