import type { z } from 'zod';
import { parseJson } from '../../contract/json.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { readBounded } from '../files/bounded-file.ts';
import { setAside, writeWhole } from './whole-file.ts';

/** In bytes: fifty cashiers and twelve long buttons are a tenth of it. */
const LONGEST = 256_000;

export type Unwritable = { readonly kind: 'settings-unwritable'; readonly detail: string };

/** A small JSON file of one shape, read once and written as a whole. */
export type KeptFile<Content> = {
  read(): Content;
  /** Durable when it returns ok. */
  write(next: Content): Result<null, Unwritable>;
};

/**
 * A file that is not there yet is `{}`. A damaged one is told to `onDamaged`, set aside, and replaced by its copy: a till must not
 * forget its account because a disk lost a sector. Only where the copy is damaged too is it begun anew.
 */
export function openKeptFile<Content>(file: string, schema: z.ZodType<Content>, onDamaged: (detail: string) => void): KeptFile<Content> {
  let current = load(file, schema, onDamaged);
  return {
    read: () => current,
    write(next) {
      const checked = schema.parse(next);
      try {
        const text = `${JSON.stringify(checked, null, 2)}\n`;
        // The file last: a disk that is full after the copy has changed nothing that counts.
        writeWhole(copyOf(file), text);
        writeWhole(file, text);
      } catch (error) {
        return failed({ kind: 'settings-unwritable', detail: error instanceof Error ? error.message : 'unknown' });
      }
      current = checked;
      return ok(null);
    },
  };
}

function load<Content>(file: string, schema: z.ZodType<Content>, onDamaged: (detail: string) => void): Content {
  const read = parse(file, schema);
  if (read.kind === 'ok') return read.value;
  if (read.failure === 'ENOENT') return schema.parse({});
  onDamaged(read.failure);
  setAside(file);
  const copy = parse(copyOf(file), schema);
  if (copy.kind === 'failed') return schema.parse({});
  try {
    // Now, and not with the next change: at the next start there would be no file, which is no damage any more.
    writeWhole(file, `${JSON.stringify(copy.value, null, 2)}\n`);
  } catch (error) {
    onDamaged(error instanceof Error ? error.message : 'unknown');
  }
  return copy.value;
}

function parse<Content>(file: string, schema: z.ZodType<Content>): Result<Content, string> {
  const text = readBounded(file, LONGEST);
  if (text.kind === 'failed') return text;
  const parsed = schema.safeParse(parseJson(text.value));
  return parsed.success ? ok(parsed.data) : failed('not-valid');
}

function copyOf(file: string): string {
  return `${file}.copy`;
}
