import { useEffect, useState } from 'react';

/** The second half of a double click, or a finger that bounces, lands on whatever screen came up in between. */
const SETTLES_AFTER_MS = 400;

/** False for the first moment of a screen, in which its buttons must not act. */
export function useSettled(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLES_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return settled;
}
