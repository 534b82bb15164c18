import { describe, expect, test } from 'vitest';
import { placeViews, windowSizes } from '../../main/shell/view-layout.ts';
import fc from '../setup/properties.ts';

describe('the form on the till’s window', () => {
  test.each([
    [{ width: 1024, height: 574 }, { x: 512, y: 0, width: 512, height: 574 }],
    [{ width: 1024, height: 688 }, { x: 512, y: 0, width: 512, height: 688 }],
    [{ width: 1280, height: 800 }, { x: 640, y: 0, width: 640, height: 800 }],
    [{ width: 1366, height: 688 }, { x: 683, y: 0, width: 683, height: 688 }],
    [{ width: 1920, height: 1080 }, { x: 1160, y: 0, width: 760, height: 1080 }],
  ])('%o: the till has all of it, the form its right half, at most 760 pixels', (size, form) => {
    expect(placeViews(size)).toEqual({ till: { x: 0, y: 0, ...size }, form });
  });

  test('never leaves the window, and leaves the till at least the left half, whatever the size', () => {
    const length = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(length, length, (width, height) => {
        const { form } = placeViews({ width, height });
        expect(form.x + form.width).toBe(width);
        expect(form.height).toBe(height);
        expect(form.x).toBeGreaterThanOrEqual(Math.floor(width / 2));
      }),
    );
  });
});

test('C-60: the window fits on every screen: smaller than usual on a small one, and it can be made as small as 1024 by 574', () => {
  expect(windowSizes({ width: 1920, height: 1040 })).toEqual({ usual: { width: 1280, height: 800 }, smallest: { width: 1024, height: 574 } });
  expect(windowSizes({ width: 1366, height: 728 })).toEqual({ usual: { width: 1280, height: 728 }, smallest: { width: 1024, height: 574 } });
  expect(windowSizes({ width: 1093, height: 574 })).toEqual({ usual: { width: 1093, height: 574 }, smallest: { width: 1024, height: 574 } });
  expect(windowSizes({ width: 800, height: 560 })).toEqual({ usual: { width: 800, height: 560 }, smallest: { width: 800, height: 560 } });
});
