import { type BaseWindow, screen } from 'electron';
import { disregard } from '../../contract/result.ts';
import { type KeptPlaces, withPlace } from './window-place.ts';

/** A window that is dragged moves many times a second. */
const SETTLES_AFTER_MS = 1_000;

/** Saves the position of the till's window for the next start, soon after each change: a PC that is switched off closes no window. */
export function rememberPlace(window: BaseWindow, places: KeptPlaces): void {
  let settling: NodeJS.Timeout | undefined;

  function keep(): void {
    clearTimeout(settling);
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    const { x, y, width, height } = window.getNormalBounds();
    const before = places.read();
    const next = withPlace(before, screen.getDisplayMatching(window.getBounds()), { x, y, width, height, isMaximized: window.isMaximized() });
    if (next !== before) disregard(places.write(next), 'the next change writes it');
  }

  function noteChange(): void {
    clearTimeout(settling);
    settling = setTimeout(keep, SETTLES_AFTER_MS).unref();
  }

  window.on('move', noteChange);
  window.on('resize', noteChange);
  window.on('maximize', noteChange);
  window.on('unmaximize', noteChange);
  window.on('close', keep);
  window.on('closed', () => clearTimeout(settling));
}
