import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { logoOf } from '../../main/receipt/logo.ts';
import { receiptPage } from '../../main/receipt/receipt-page.ts';
import { thermalBytes } from '../../main/receipt/thermal.ts';
import { PLACES, exampleReceipt } from '../receipts/receipts.ts';

function picture(width: number, height: number, colour: readonly [number, number, number, number]): Buffer {
  const png = new PNG({ width, height });
  for (let at = 0; at < width * height; at += 1) png.data.set(colour, at * 4);
  return PNG.sync.write(png);
}

test.each([
  [1_000, 500, 384, 192],
  [100, 40, 100, 40],
  [200, 2_000, 24, 240],
  [1, 1, 1, 1],
])('a logo of %i × %i is kept as %i × %i, grey, on white paper', (width, height, keptWidth, keptHeight) => {
  const logo = logoOf(picture(width, height, [255, 0, 0, 128]));
  if (logo.kind === 'failed') throw new Error(logo.failure.kind);
  const kept = PNG.sync.read(Buffer.from(logo.value, 'base64'));
  expect([kept.width, kept.height]).toEqual([keptWidth, keptHeight]);
  const [red, green, blue, opacity] = kept.data;
  expect([green, blue, opacity]).toEqual([red, red, 255]);
  expect(red).toBeGreaterThan(160);
  expect(red).toBeLessThan(170);
});

test('it is printed on rolls and on pages', () => {
  const logo = logoOf(picture(64, 32, [0, 0, 0, 255]));
  if (logo.kind === 'failed') throw new Error(logo.failure.kind);
  const without = thermalBytes(exampleReceipt(PLACES[0]), { commands: 'escpos', paper: '58' });
  const bytes = thermalBytes(exampleReceipt(PLACES[0], {}, { logo: logo.value }), { commands: 'escpos', paper: '58' });
  expect(bytes.length).toBeGreaterThan(without.length + (64 * 32) / 8);
  expect(receiptPage(exampleReceipt(PLACES[0], {}, { logo: logo.value }), 'a4')).toContain(`data:image/png;base64,${logo.value}`);
});

test('a PNG that breaks off anywhere is refused, whatever was unpacked before', () => {
  const whole = picture(300, 300, [0, 0, 0, 255]);
  for (let length = 0; length < whole.length; length += 7) expect(logoOf(whole.subarray(0, length)), String(length)).toEqual({ kind: 'failed', failure: { kind: 'logo-no-picture' } });
  expect(logoOf(Buffer.concat([whole, Buffer.from('a comment of the camera')])).kind).toBe('ok');
});

test.each([
  ['nothing', Buffer.alloc(0), 'logo-no-picture'],
  ['a text', Buffer.from('a text that is long enough to be a header'), 'logo-no-picture'],
  ['a JPEG', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(100)]), 'logo-no-picture'],
  ['the first half of a PNG', picture(300, 300, [0, 0, 0, 255]).subarray(0, 60), 'logo-no-picture'],
  ['a picture of a building', picture(2_001, 4, [0, 0, 0, 255]), 'logo-too-large'],
  ['a file of more than a megabyte', Buffer.concat([picture(4, 4, [0, 0, 0, 255]), Buffer.alloc(1_000_000)]), 'logo-too-large'],
] as const)('%s is refused with a sentence', (_name, file, kind) => {
  expect(logoOf(file)).toEqual({ kind: 'failed', failure: { kind } });
});
