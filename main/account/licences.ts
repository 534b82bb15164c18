import { join } from 'node:path';
import { readBounded } from '../files/bounded-file.ts';

const MOST_CHARACTERS = 2_000_000;

/** The licences of everything that is bundled, which the build writes beside main's bundle (packaging/licences.ts). Empty where there is none. */
export function readLicences(): string {
  const read = readBounded(join(import.meta.dirname, '../licences.txt'), MOST_CHARACTERS);
  return read.kind === 'ok' ? read.value : '';
}
