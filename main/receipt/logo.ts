import { PNG } from 'pngjs';
import type { LogoProblem } from '../../contract/printing.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { LARGEST_LOGO_FILE } from './logo-limits.ts';

/** In points. */
const LARGEST_SIDE = 2_000;

/** As wide as the narrower paper, and not tall. */
const MOST_WIDTH = 384;
const MOST_HEIGHT = 240;

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER_LENGTH = 24;
/** Length, name and checksum of a chunk. */
const PART_FRAME = 12;

/**
 * The picture of a file, grey and in the size in which it is printed, as base64 of a PNG. SECURITY: the saved picture is made anew from the points of the chosen one;
 * its size is read before it is unpacked.
 */
export function logoOf(file: Buffer): Result<string, LogoProblem> {
  if (file.length < HEADER_LENGTH || !file.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return failed({ kind: 'logo-no-picture' });
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  // The picture of a truncated file would depend on what pngjs unpacked before.
  if (file.length <= LARGEST_LOGO_FILE && !isWhole(file)) return failed({ kind: 'logo-no-picture' });
  if (file.length > LARGEST_LOGO_FILE || width > LARGEST_SIDE || height > LARGEST_SIDE) return failed({ kind: 'logo-too-large' });
  try {
    return ok(PNG.sync.write(smaller(PNG.sync.read(file)), { colorType: 0 }).toString('base64'));
  } catch {
    return failed({ kind: 'logo-no-picture' });
  }
}

/** Its chunks must follow each other up to IEND. PNG, 5.3. */
function isWhole(file: Buffer): boolean {
  for (let at = SIGNATURE.length; at + PART_FRAME <= file.length; at += PART_FRAME + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IEND') return true;
  }
  return false;
}

/** Each point is the mean of the points that it replaces, on white paper. */
function smaller(picture: PNG): PNG {
  const scale = Math.min(1, MOST_WIDTH / picture.width, MOST_HEIGHT / picture.height);
  const made = new PNG({ width: Math.max(1, Math.floor(picture.width * scale)), height: Math.max(1, Math.floor(picture.height * scale)) });
  for (let y = 0; y < made.height; y += 1) {
    for (let x = 0; x < made.width; x += 1) {
      const grey = Math.round(meanOf(picture, { left: x / scale, top: y / scale, right: (x + 1) / scale, bottom: (y + 1) / scale }));
      made.data.set([grey, grey, grey, 255], (y * made.width + x) * 4);
    }
  }
  return made;
}

type Area = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

function meanOf({ width, height, data }: PNG, { left, top, right, bottom }: Area): number {
  let sum = 0;
  let points = 0;
  for (let y = Math.floor(top); y < Math.min(height, Math.max(bottom, Math.floor(top) + 1)); y += 1) {
    for (let x = Math.floor(left); x < Math.min(width, Math.max(right, Math.floor(left) + 1)); x += 1) {
      const at = (y * width + x) * 4;
      const opacity = data[at + 3]! / 255;
      const light = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
      sum += light * opacity + 255 * (1 - opacity);
      points += 1;
    }
  }
  return points === 0 ? 255 : sum / points;
}
