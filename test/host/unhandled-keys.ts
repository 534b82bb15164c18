import type { Protocol } from './cdp-connection.ts';
import type { UnhandledKey } from './accelerator.ts';

/** The world in every frame that reports keys which the frame's page has not handled. */
export const keyWorldName = 'Chromium host keys';
export const keyBinding = '__counterHostKey';

/**
 * As in Electron, a page has the key first, and a menu only what the page has not prevented. Keys that write, which may be the digits
 * of a card, are not reported: no accelerator is one. A held key is pressed again and again, in Electron too: an accelerator knows nothing of repeats.
 *
 * It runs by its source text and may refer to nothing outside itself.
 */
function listenForKeys(binding: string): void {
  const tell = (globalThis as unknown as Record<string, (text: string) => void>)[binding]!;
  window.addEventListener('keydown', (event) => {
    const { key, code, altKey: alt, ctrlKey: control, metaKey: meta, shiftKey: shift, isTrusted } = event;
    const writes = key.length === 1 && !alt && !control && !meta;
    if (writes || !isTrusted) return;
    // By then every listener of the page has had it.
    setTimeout(() => {
      if (!event.defaultPrevented) tell(JSON.stringify({ key, code, alt, control, meta, shift }));
    });
  }, { capture: true });
}

export const keyScript: Protocol.Page.addScriptToEvaluateOnNewDocumentParameters = { source: `(${listenForKeys.toString()})('${keyBinding}')`, worldName: keyWorldName };

export function readUnhandledKey(payload: string): UnhandledKey {
  return JSON.parse(payload) as UnhandledKey;
}
