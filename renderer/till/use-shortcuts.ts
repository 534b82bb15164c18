import { useEffectEvent, useLayoutEffect } from 'react';
import { flushSync } from 'react-dom';

/** Keys with an action; digits and Backspace may be held. */
const ONCE = /^(?:Enter|Escape|F\d+)$/u;

/**
 * Keys that work wherever the focus is. A held key counts once: it must not act on the next screen too.
 * A handler that returns false leaves the key to the page.
 */
export function useShortcuts(onKey: (key: string, event: KeyboardEvent) => boolean): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.repeat && ONCE.test(event.key)) {
      event.preventDefault();
      return;
    }
    // Synchronously: waiting keys come right after each other, and each depends on the result of the one before.
    if (flushSync(() => onKey(event.key, event))) event.preventDefault();
  });
  // Before the screen is painted: no key is lost that is pressed when it is seen.
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent) => handle(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

/** The present action of each key; null or false: none, and the key is left to the page. */
export function useFunctionKeys(keys: Readonly<Record<string, (() => void) | null | false>>): void {
  useShortcuts((key) => {
    const act = keys[key];
    if (act) act();
    return Boolean(act);
  });
}

/** Keys go into a focused field. */
export function isTyping(event: Event): boolean {
  return event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
}

/** A focused button handles Enter itself. */
export function isOnButton(event: Event): boolean {
  return event.target instanceof HTMLElement && event.target.closest('button') !== null;
}
