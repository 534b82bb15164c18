import { describe, expect, test } from 'vitest';
import { type DisplayPlace, type WindowPlace, type WindowPlaces, placeOnOpening, withPlace } from '../../main/shell/window-place.ts';
import fc from '../setup/properties.ts';

const FIRST: DisplayPlace = { bounds: { x: 0, y: 0, width: 1920, height: 1080 }, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
/** To the left, a little lower, with its taskbar above. */
const SECOND: DisplayPlace = { bounds: { x: -1366, y: 200, width: 1366, height: 768 }, workArea: { x: -1366, y: 240, width: 1366, height: 728 } };
const NOWHERE: WindowPlaces = { last: null, places: {} };
const ON_SECOND: WindowPlace = { x: -1300, y: 250, width: 1100, height: 600, isMaximized: false };

describe('the till’s window opens', () => {
  test('in the middle of the first display, the first time', () => {
    expect(placeOnOpening(NOWHERE, [FIRST, SECOND], FIRST)).toEqual({ bounds: { x: 320, y: 120, width: 1280, height: 800 }, smallest: { width: 1024, height: 574 }, isMaximized: false });
  });

  test('where it was, on the display where it was, maximised if it was', () => {
    const kept = withPlace(NOWHERE, SECOND, ON_SECOND);
    expect(placeOnOpening(kept, [FIRST, SECOND], FIRST)).toMatchObject({ bounds: { x: -1300, y: 250, width: 1100, height: 600 }, isMaximized: false });
    expect(placeOnOpening(withPlace(kept, SECOND, { ...ON_SECOND, isMaximized: true }), [FIRST, SECOND], FIRST)).toMatchObject({ bounds: { x: -1300 }, isMaximized: true });
  });

  test('as it was there, on the first one when the other is not plugged in, and on the other again when it is', () => {
    const kept = withPlace(withPlace(NOWHERE, FIRST, { x: 10, y: 20, width: 1400, height: 900, isMaximized: true }), SECOND, ON_SECOND);
    expect(placeOnOpening(kept, [FIRST], FIRST)).toMatchObject({ bounds: { x: 10, y: 20, width: 1400, height: 900 }, isMaximized: true });
    expect(placeOnOpening(kept, [FIRST, SECOND], FIRST)).toMatchObject({ bounds: { x: -1300, y: 250 }, isMaximized: false });
  });

  test('as new on a display that has another size or place now', () => {
    const kept = withPlace(NOWHERE, { ...FIRST, bounds: { ...FIRST.bounds, width: 3840 } }, { x: 3000, y: 0, width: 800, height: 600, isMaximized: true });
    expect(placeOnOpening(kept, [FIRST], FIRST)).toMatchObject({ bounds: { x: 320, y: 120 }, isMaximized: false });
  });

  test('wholly in its display’s work area, and not smaller than the minimum, whatever was saved', () => {
    const pixels = fc.integer({ min: -100_000, max: 100_000 });
    const length = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(pixels, pixels, length, length, fc.boolean(), (x, y, width, height, isMaximized) => {
        const { bounds, smallest } = placeOnOpening(withPlace(NOWHERE, SECOND, { x, y, width, height, isMaximized }), [FIRST, SECOND], FIRST);
        const room = SECOND.workArea;
        expect(bounds.x).toBeGreaterThanOrEqual(room.x);
        expect(bounds.y).toBeGreaterThanOrEqual(room.y);
        expect(bounds.x + bounds.width).toBeLessThanOrEqual(room.x + room.width);
        expect(bounds.y + bounds.height).toBeLessThanOrEqual(room.y + room.height);
        expect(bounds.width).toBeGreaterThanOrEqual(smallest.width);
        expect(bounds.height).toBeGreaterThanOrEqual(smallest.height);
      }),
    );
  });
});

describe('the saved positions', () => {
  test('do not change while the window does not move', () => {
    const kept = withPlace(NOWHERE, SECOND, ON_SECOND);
    expect(withPlace(kept, SECOND, { ...ON_SECOND })).toBe(kept);
    expect(withPlace(kept, FIRST, ON_SECOND)).not.toBe(kept);
  });

  test('are those of the last eight displays', () => {
    let kept = NOWHERE;
    for (let width = 1; width <= 20; width += 1) kept = withPlace(kept, { ...FIRST, bounds: { ...FIRST.bounds, width } }, ON_SECOND);
    expect(Object.keys(kept.places)).toEqual(Array.from({ length: 8 }, (_, place) => `${13 + place}x1080 at 0,0`));
  });
});
