import type { z } from 'zod';
import { parseJson } from '../../contract/json.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { readBounded } from '../files/bounded-file.ts';
import { setAside, writeAtomically } from './atomic-write.ts';

/** In bytes: fifty cashiers and twelve long buttons are a tenth of it. */
const LONGEST = 256_000;

export type Unwritable = { readonly kind: 'settings-unwritable'; readonly detail: string };

/** The condition of a file and its copy. `lost`: there was one, and neither can be read any more. */
export type FileFound = 'whole' | 'none' | 'lost';

/** A small JSON file of one shape, read once and written as a whole. */
type JsonFile<Content> = {
  /** The condition found; `whole` from the first `write` on. */
  found(): FileFound;
  read(): Content;
  /** Durable when it returns ok. */
  write(next: Content): Result<null, Unwritable>;
};

/**
 * Where neither the file nor its copy is there yet, its content is `{}`. A file that is damaged, or missing beside its copy, is reported to `onDamaged` and
 * replaced by the copy: a till must not lose its account because of a bad sector. Where both are damaged the content is `{}` too, and
 * `found` is `lost`, about which the caller decides. Nothing of it is written or set aside before the next `write`.
 */
export function openJsonFile<Content>(file: string, schema: z.ZodType<Content>, onDamaged: (detail: string) => void): JsonFile<Content> {
  const loaded = load(file, schema, onDamaged);
  let { found, content: current } = loaded;
  return {
    found: () => found,
    read: () => current,
    write(next) {
      const checked = schema.parse(next);
      try {
        const text = `${JSON.stringify(checked, null, 2)}\n`;
        if (found === 'lost') [file, copyOf(file)].forEach(setAside);
        // The file last: a disk that is full after the copy has changed nothing that counts.
        writeAtomically(copyOf(file), text);
        writeAtomically(file, text);
      } catch (error) {
        return failed({ kind: 'settings-unwritable', detail: error instanceof Error ? error.message : 'unknown' });
      }
      current = checked;
      found = 'whole';
      return ok(null);
    },
  };
}

function load<Content>(file: string, schema: z.ZodType<Content>, onDamaged: (detail: string) => void): { readonly found: FileFound; readonly content: Content } {
  const read = parse(file, schema);
  const copy = parse(copyOf(file), schema);
  if (read.kind === 'ok') {
    if (copy.kind === 'failed') writeAgain(copyOf(file), read.value, onDamaged);
    return { found: 'whole', content: read.value };
  }
  if (read.failure === 'ENOENT' && copy.kind === 'failed' && copy.failure === 'ENOENT') return { found: 'none', content: schema.parse({}) };
  onDamaged(read.failure);
  if (copy.kind === 'failed') return { found: 'lost', content: schema.parse({}) };
  if (read.failure !== 'ENOENT') setAside(file);
  writeAgain(file, copy.value, onDamaged);
  return { found: 'whole', content: copy.value };
}

/** Now, and not with the next change: both copies are needed. */
function writeAgain(file: string, content: unknown, onDamaged: (detail: string) => void): void {
  try {
    writeAtomically(file, `${JSON.stringify(content, null, 2)}\n`);
  } catch (error) {
    onDamaged(error instanceof Error ? error.message : 'unknown');
  }
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
