import { useEffect, useState } from 'react';

/** Whole seconds since the first render, for display only. */
export function useSecondsPassed(): number {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const since = performance.now();
    const timer = setInterval(() => setPassed(Math.floor((performance.now() - since) / 1000)), 250);
    return () => clearInterval(timer);
  }, []);
  return passed;
}
