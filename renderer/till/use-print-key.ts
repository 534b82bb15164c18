import { useEffect, useEffectEvent } from 'react';

/** Ctrl+P, wherever the focus is; by the physical key, which is the same on a Cyrillic keyboard. Held, it prints once. */
export function usePrintKey(print: () => void): void {
  const press = useEffectEvent(print);
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (!event.ctrlKey || event.altKey || event.code !== 'KeyP') return;
      event.preventDefault();
      if (!event.repeat) press();
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
