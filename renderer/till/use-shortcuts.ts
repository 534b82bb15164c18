import { useEffect, useEffectEvent } from 'react';
import { flushSync } from 'react-dom';

/** Keys that do something; digits and Backspace may be held. */
const ONCE = /^(?:Enter|Escape|F\d+)$/u;

/**
 * Keys that work wherever the focus is. A held key counts once: it must not travel from one screen into the next.
 * A handler that returns false leaves the key to the page.
 */
export function useShortcuts(onKey: (key: string, event: KeyboardEvent) => boolean): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.repeat && ONCE.test(event.key)) {
      event.preventDefault();
      return;
    }
    // At once: keys that waited come one right after the other, and each begins where the one before it ended.
    if (flushSync(() => onKey(event.key, event))) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => handle(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

/** What each key does now; null or false: nothing, and the key is left to the page. */
export function useFunctionKeys(keys: Readonly<Record<string, (() => void) | null | false>>): void {
  useShortcuts((key) => {
    const act = keys[key];
    if (act) act();
    return Boolean(act);
  });
}

/** Typing goes into a field while one has the focus. */
export function isTyping(event: Event): boolean {
  return event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
}

/** A focused button takes Enter for itself. */
export function isOnButton(event: Event): boolean {
  return event.target instanceof HTMLElement && event.target.closest('button') !== null;
}
