import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Resvg, initWasm } from '@resvg/resvg-wasm';
import { BICUBIC, createICNS, createICO } from 'png2icons';

/*
 * Counter's icon is drawn once, in packaging/icon.svg. Each platform wants it in a format of its own; they are made when a package is.
 */
const root = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

/** Of the pictures for Linux, in pixels. */
export const PNG_SIZES: readonly number[] = [16, 24, 32, 48, 64, 128, 256, 512];
/** The source of the others: the largest that macOS shows. */
const LARGEST = 1024;
/** Of as many colours as the drawing has. */
const ALL_COLOURS = 0;

/** Writes `png/<size>x<size>.png` for Linux, `icon.ico` for Windows and `icon.icns` for macOS into the folder. Each is written whole or not at all: two packages may be made at once. */
export async function drawIcons(folder: string): Promise<void> {
  await initWasm(readFileSync(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
  const svg = readFileSync(join(root, 'packaging/icon.svg'), 'utf8');
  const draw = (size: number) => Buffer.from(new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng());
  const put = (name: string, picture: Buffer) => {
    const part = join(folder, `${process.pid}.part`);
    writeFileSync(part, picture);
    renameSync(part, join(folder, name));
  };
  mkdirSync(join(folder, 'png'), { recursive: true });
  for (const size of PNG_SIZES) put(`png/${size}x${size}.png`, draw(size));
  const largest = draw(LARGEST);
  put('icon.icns', made(createICNS(largest, BICUBIC, ALL_COLOURS)));
  // With bitmaps in the small sizes, which the parts of an installer want.
  put('icon.ico', made(createICO(largest, BICUBIC, ALL_COLOURS, false, true)));
}

function made(icon: Buffer | null): Buffer {
  if (icon === null) throw new Error('packaging/icon.svg could not be made into an icon.');
  return icon;
}
