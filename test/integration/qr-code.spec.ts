import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resvg, initWasm } from '@resvg/resvg-wasm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostedCheckoutAddress } from '../../main/account/hosted-checkout.ts';
import { qrCode } from '../../main/account/qr-code.ts';
import { has } from '../setup/system-needs.ts';

/* A real decoder (zbar) reads the code of a link. */

const canRead = has('zbarimg');
const folder = mkdtempSync(join(tmpdir(), 'counter-qr-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As the till and the customer's screen draw it, in any theme. */
function read(address: string, pixels: number, background: string): string {
  const { size, path } = qrCode(address);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/><path fill="#000" d="${path}"/></svg>`;
  const picture = join(folder, 'code.png');
  writeFileSync(picture, new Resvg(svg, { fitTo: { mode: 'width', value: pixels }, background }).render().asPng());
  return execFileSync('zbarimg', ['--quiet', '--raw', picture], { encoding: 'utf8' }).trim();
}

describe.skipIf(!canRead)(`the code of a link, read by zbarimg${canRead ? '' : ' (skipped: zbarimg is not installed)'}`, () => {
  beforeAll(() => initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm'))));

  test.each([
    ['small, on a light screen', 200, '#fff'],
    ['large, on a dark screen', 700, '#000'],
  ])('%s', (_where, pixels, background) => {
    const address = hostedCheckoutAddress('https://components.justifi.ai', 'cho_4Q6hmmo5lQNJTRUmmPjRmX', false)!;
    expect(read(address, pixels, background)).toBe(address);
  });

  test('the longest that is shown', () => {
    const address = hostedCheckoutAddress('https://components.justifi.ai', 'c'.repeat(150), false)!;
    expect(read(address, 400, '#fff')).toBe(address);
  });
});

test('has white around it, and dark modules side by side are one piece', () => {
  const { size, path } = qrCode('https://components.justifi.ai/hosted-checkout/cho_1');
  const edges = [...path.matchAll(/M(?<x>\d+) (?<y>\d+)h(?<length>\d+)v1h-\d+z/gu)].map(({ groups }) => ({ x: Number(groups!['x']), y: Number(groups!['y']), end: Number(groups!['x']) + Number(groups!['length']) }));
  expect(edges.every(({ x, y, end }) => x >= 4 && y >= 4 && y < size - 4 && end <= size - 4)).toBe(true);
  expect(path.startsWith('M4 4h7v1h-7z')).toBe(true);
});
