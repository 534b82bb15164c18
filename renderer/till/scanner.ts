import { LONGEST_GAP_MS, type Scan, watchForScans } from './scan.ts';
import { isTyping } from './use-shortcuts.ts';

/** Scans of this window. */
export type Scanner = {
  /** `taken`: it went into a field that had the focus, where it belongs. Returns the way to stop listening. */
  onScan(listener: (scan: Scan & { readonly taken: boolean }) => void): () => void;
};

/**
 * Sees every key before any screen does. From the sixth quick key on they reach nobody, and the key that ends a scan never; who wants to
 * undo the first five, or to have the code, listens. Inside a field the characters stay: there a scan is meant.
 */
export function followScanner(window: Window): Scanner {
  const listeners = new Set<Parameters<Scanner['onScan']>[0]>();
  const verdict = watchForScans();
  let pending: number | null = null;

  function tell(scan: Scan, taken: boolean): void {
    if (pending !== null) window.clearTimeout(pending);
    pending = null;
    for (const listener of listeners) listener({ ...scan, taken });
  }

  window.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const found = verdict({ key: event.key, atMs: event.timeStamp, repeat: event.repeat });
      if (found.kind === 'hand') return;
      const taken = isTyping(event);
      if (found.kind === 'ended' || !taken) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      if (found.kind === 'ended') tell(found.scan, taken);
      else {
        // Some scanners end with no key at all.
        if (pending !== null) window.clearTimeout(pending);
        pending = window.setTimeout(() => tell(found.scan, taken), 2 * LONGEST_GAP_MS);
      }
    },
    { capture: true },
  );
  return {
    onScan(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
