import { useLayoutEffect } from 'react';
import { AMOUNT_KEY, type TypeAhead } from './sale/type-ahead.ts';
import type { Screen } from './screen.ts';

/**
 * Returns the function that makes each call that leads to the keypad: main's answer takes a moment, and the keys of an amount that are pressed meanwhile
 * are typed ahead, not pressed on the screen that is left. After a refused call they are dropped. Other screens, which ask for a PIN or a name, keep their keys.
 */
export function useLeaving(typeAhead: TypeAhead, screen: Screen): <Answer extends { readonly kind: 'ok' | 'failed' }>(call: () => Promise<Answer>) => Promise<Answer> {
  const isAtSale = screen.kind === 'sale' || screen.kind === 'tip';
  useLayoutEffect(() => {
    if (!isAtSale) return undefined;
    const listener = (event: KeyboardEvent) => {
      if (!AMOUNT_KEY.test(event.key) || event.ctrlKey || event.altKey || !typeAhead.add(event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', listener, true);
    return () => window.removeEventListener('keydown', listener, true);
  }, [typeAhead, isAtSale]);
  return async (call) => {
    typeAhead.leave();
    const answer = await call();
    if (answer.kind === 'failed') typeAhead.take();
    return answer;
  };
}
