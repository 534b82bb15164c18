import { z } from 'zod';
import type { Result } from '../../contract/result.ts';
import { type Unwritable, openJsonFile } from './json-file.ts';

/** The printed picture (main/receipt/logo.ts): at most 384 by 240 points. */
export const logoSchema = z.object({ png: z.base64().max(200_000).nullable().default(null) });

/** The picture at the head of receipts. In a file of its own: it would fill the settings, and the audit log with each change of it. */
export function logoFile(file: string, onDamaged: (detail: string) => void): { read(): string | null; write(png: string | null): Result<null, Unwritable> } {
  const kept = openJsonFile(file, logoSchema, onDamaged);
  return { read: () => kept.read().png, write: (png) => kept.write({ png }) };
}
