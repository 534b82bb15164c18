import { z } from 'zod';
import type { Result } from '../../contract/result.ts';
import { type Unwritable, openJsonFile } from './json-file.ts';

/** Not maximised, in pixels of the desktop. */
const place = z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive(), isMaximized: z.boolean() });
const windowPlaces = z.object({ last: z.string().nullable().catch(null).default(null), places: z.record(z.string(), place).catch({}).default({}) });

type WindowPlaces = z.infer<typeof windowPlaces>;
export type WindowPlacesFile = { read(): WindowPlaces; write(next: WindowPlaces): Result<null, Unwritable> };

/** The positions of the till's window, by display. They belong to this PC, and are in no copy of the settings; a damaged file counts as none. */
export function openWindowPlaces(file: string): WindowPlacesFile {
  return openJsonFile(file, windowPlaces, () => {});
}
