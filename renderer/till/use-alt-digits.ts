import { useEffect, useEffectEvent } from 'react';

/** Later places have no key. */
export const MOST_ALT_DIGITS = 9;

/** Alt and a digit, for the buttons of a list: `onPlace` gets the place from 0. By the physical key: Alt and 1 types another sign on each keyboard. Held, it acts once. */
export function useAltDigits(onPlace: (place: number) => void): void {
  const press = useEffectEvent(onPlace);
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      const digit = /^Digit(?<digit>[1-9])$/u.exec(event.code)?.groups?.['digit'];
      if (digit === undefined || !event.altKey || event.ctrlKey || event.metaKey || event.getModifierState('AltGraph')) return;
      event.preventDefault();
      if (!event.repeat) press(Number(digit) - 1);
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
