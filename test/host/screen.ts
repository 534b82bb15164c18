import type { Display, Rectangle } from 'electron';
import { refusingEmitter } from './not-in-host.ts';

const bounds = { x: 0, y: 0, width: 1280, height: 800 };

/** One nominal screen of a counter PC; with a real screen attached it is still this one. */
export const display: Display = {
  id: 1,
  label: 'Chromium host',
  bounds,
  workArea: bounds,
  size: { width: bounds.width, height: bounds.height },
  workAreaSize: { width: bounds.width, height: bounds.height },
  scaleFactor: 1,
  rotation: 0,
  touchSupport: 'unknown',
  monochrome: false,
  colorDepth: 24,
  displayFrequency: 60,
  accelerometerSupport: 'unknown',
  colorSpace: 'srgb',
  depthPerComponent: 8,
  detected: true,
  internal: false,
  maximumCursorSize: { width: 128, height: 128 },
  nativeOrigin: { x: 0, y: 0 },
};

/** To the right of the first; only while a test has plugged it in. */
const second: Display = { ...display, id: 2, label: 'Second screen', bounds: { ...bounds, x: bounds.width }, workArea: { ...bounds, x: bounds.width } };
let all: Display[] = [display];

export function plugScreens(count: 1 | 2): void {
  if (count === all.length) return;
  all = count === 2 ? [display, second] : [display];
  screen.emit(count === 2 ? 'display-added' : 'display-removed', {}, second);
}

class Screen extends refusingEmitter('screen') {
  getPrimaryDisplay(): Display {
    return display;
  }

  getAllDisplays(): Display[] {
    return all;
  }

  /** The one with most of the rectangle on it. */
  getDisplayMatching({ x, width }: Rectangle): Display {
    const on = ({ bounds: { x: left, width: wide } }: Display) => Math.min(x + width, left + wide) - Math.max(x, left);
    return all.toSorted((one, other) => on(other) - on(one))[0] ?? display;
  }

  getDisplayNearestPoint(): Display {
    return display;
  }

  getCursorScreenPoint(): { x: number; y: number } {
    return { x: 0, y: 0 };
  }
}

export const screen = new Screen();
