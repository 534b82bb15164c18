import { useEffect, useEffectEvent } from 'react';
import { afterFirstPaint } from './first-paint.ts';

/** How often main is told while the person stays. */
const TELL_AGAIN_AFTER_MS = 30_000;
const SIGNS = ['keydown', 'pointerdown', 'pointermove'] as const;

/** Tells main that a person is at the sale: when its screen appears, and at the first key, touch or pointer move after a pause. */
export function usePersonSeen(isAtSale: boolean, tell: () => void): void {
  const tellNow = useEffectEvent(tell);
  useEffect(() => {
    if (!isAtSale) return undefined;
    let toldAtMs = -Infinity;
    const seen = () => {
      const nowMs = performance.now();
      if (nowMs - toldAtMs < TELL_AGAIN_AFTER_MS) return;
      toldAtMs = nowMs;
      tellNow();
    };
    const callOff = afterFirstPaint(seen);
    for (const sign of SIGNS) window.addEventListener(sign, seen, { capture: true, passive: true });
    return () => {
      callOff();
      for (const sign of SIGNS) window.removeEventListener(sign, seen, { capture: true });
    };
  }, [isAtSale]);
}
