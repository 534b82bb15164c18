import { type RefObject, useEffect, useRef } from 'react';

/**
 * Where the focus goes when a screen comes up and nothing has it: to what the screen is about, so that the next Tab begins there and a
 * screen reader says it. Who was typing somewhere is left alone.
 */
export function useArrival<Element extends HTMLElement>(): RefObject<Element | null> {
  const ref = useRef<Element>(null);
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) ref.current?.focus();
  }, []);
  return ref;
}
