import { test } from 'vitest';
import { AT_REST } from '../till-page/snapshots.ts';
import { see } from '../till-page/seen-till.ts';

/**
 * Runs in the page, before its scripts: the typeface comes last, as on a slow disk, so that the first drawing has the whole till. A key is pressed at the moment at which the
 * keypad is there, before it is painted.
 */
function pressAtOnce(): void {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  document.fonts.load = async () => {
    while (!performance.getEntriesByType('resource').some(({ name }) => name.endsWith('-till.js'))) await frame();
    await frame();
    return [];
  };
  const observer = new MutationObserver(() => {
    if (document.querySelector('.hand') === null) return;
    observer.disconnect();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'F1', code: 'F1', bubbles: true, cancelable: true }));
  });
  observer.observe(document, { subtree: true, childList: true });
}

test('a key that is pressed as soon as the till is seen is not lost', () =>
  see(AT_REST, async ({ page }) => {
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
  }, {}, { clock: pressAtOnce }));
