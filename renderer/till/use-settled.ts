import { useEffect, useState } from 'react';

/** The second half of a double click, or a bouncing touch, hits the screen that appeared in between. */
const SETTLES_AFTER_MS = 400;

/** False for the first moment of a screen, and again whenever `on` changes: its buttons must not act then. */
export function useSettled(on = ''): boolean {
  const [settledOn, setSettledOn] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettledOn(on), SETTLES_AFTER_MS);
    return () => {
      clearTimeout(timer);
      // A screen that appears again counts as new.
      setSettledOn(null);
    };
  }, [on]);
  return settledOn === on;
}
