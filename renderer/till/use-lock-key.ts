import { useEffect, useEffectEvent } from 'react';

/** Ctrl+L locks the manager's side, from every screen; by the physical key, which is the same on a Cyrillic keyboard. */
export function useLockKey(lock: () => void): void {
  const press = useEffectEvent(lock);
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (!event.ctrlKey || event.altKey || event.code !== 'KeyL') return;
      event.preventDefault();
      if (!event.repeat) press();
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
