import { useEffect, useState } from 'react';

/** The second half of a double click, or a finger that bounces, lands on the screen that came up in between. */
const SETTLES_AFTER_MS = 400;

/** False for the first moment of a screen, and again whenever `on` changes: its buttons must not act then. */
export function useSettled(on = ''): boolean {
  const [settledOn, setSettledOn] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettledOn(on), SETTLES_AFTER_MS);
    return () => {
      clearTimeout(timer);
      // What comes up a second time is as new as the first time.
      setSettledOn(null);
    };
  }, [on]);
  return settledOn === on;
}
