import { type Found, type PressedKey, type Scan, type Verdict, watchKeys } from './scan.ts';
import { isTyping } from '../use-shortcuts.ts';

/** A screen's handlers for scans. */
export type ScanListener = {
  /** `isField`: the code is in the text field that had the focus; otherwise the entry since `sinceMs` must be undone. */
  readonly onScan: (scan: Scan) => void;
  /** Enter or a function key came as fast as a scanner's, and counted for nothing: it is to be pressed again. */
  readonly onUnclear: (key: string) => void;
};

/** Scanners at this window. */
export type Scanner = {
  /** For a screen on which something is typed. Returns the way to stop listening. */
  listen(listener: ScanListener): () => void;
  /** When the last key went down, one that no screen got included. On the clock of the events. */
  lastKeyMs(): number;
};

type Key = PressedKey & { readonly event: KeyboardEvent };

/** Elements on which a key has a default action of the browser or the control. */
const CONTROLS = 'button, a, form, [role="option"], [role="tab"], [role="radio"], [role="menuitem"]';

/**
 * Gets every key before the screens. A key that may be a scanner's waits until that is certain, and reaches no screen if it is one. Characters
 * in a text field stay: there a scan is wanted. `anywhere`: on any screen.
 */
export function followScanner(window: Window, anywhere: { readonly onScan: () => void; readonly onUnclear: () => void }): Scanner {
  const listeners = new Set<ScanListener>();
  const keys = watchKeys<Key>();
  const handedOn = new WeakSet<Event>();
  let look: number | null = null;
  let lastKeyMs = Number.NEGATIVE_INFINITY;

  /** The pause is counted from when a key arrives: on a busy PC several come late, and one right after the other. */
  function follow({ released, found, dueMs }: Verdict<Key>, atMs: number): void {
    if (look !== null) window.clearTimeout(look);
    look = dueMs === null ? null : window.setTimeout(() => follow(keys.look(dueMs), dueMs), Math.max(0, Math.ceil(dueMs - atMs)));
    for (const { event } of released) handOn(event);
    if (found !== null) tell(found);
  }

  function tell(found: Found): void {
    if (found.kind === 'scan') anywhere.onScan();
    else anywhere.onUnclear();
    for (const listener of listeners) {
      if (found.kind === 'scan') listener.onScan(found);
      else listener.onUnclear(found.key);
    }
  }

  /** Dispatches a waiting key again. */
  function handOn({ key, code, shiftKey }: KeyboardEvent): void {
    const { activeElement, body } = window.document;
    const again = new KeyboardEvent('keydown', { key, code, shiftKey, bubbles: true, cancelable: true });
    handedOn.add(again);
    const isFree = (activeElement ?? body).dispatchEvent(again);
    // A synthetic event types no text.
    if (isFree && key.length === 1 && isTyping(again)) window.document.execCommand('insertText', false, key);
  }

  function pressed(event: KeyboardEvent): Key {
    const { key, code, timeStamp, repeat, target } = event;
    const mayWait = !(/^(?:Enter| )$/u.test(key) && target instanceof Element && target.closest(CONTROLS) !== null);
    return { event, key, code: code === '' ? key : code, atMs: timeStamp, isRepeat: repeat, isField: isTyping(event), canSay: listeners.size > 0, mayWait };
  }

  window.addEventListener(
    'keydown',
    (event) => {
      if (handedOn.has(event) || event.isComposing) return;
      lastKeyMs = event.timeStamp;
      if (event.ctrlKey || event.altKey || event.metaKey) {
        // AltGr is Ctrl and Alt on Windows, and types a character.
        if (!event.getModifierState('AltGraph')) follow(keys.chord(), event.timeStamp);
        return;
      }
      const verdict = keys.press(pressed(event));
      if (verdict.fate !== 'pass') {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      follow(verdict, event.timeStamp);
    },
    { capture: true },
  );
  window.addEventListener('keyup', ({ code, key, timeStamp }) => follow(keys.letGo(code === '' ? key : code, timeStamp), timeStamp), { capture: true });

  return {
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lastKeyMs: () => lastKeyMs,
  };
}
