import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { BEGINNING, type Head, type LinkedEntry, contentOf } from './journal-chain.ts';

/**
 * The text of the mirror, the journal's second copy: JSON Lines. The first line of a file says what it continues; each
 * further line is one entry. A line ends in a sum of its own, so that a torn one is recognised without its neighbours, and in
 * a seal: "?" while the database has not committed the entry, "!" since it has.
 */
const FORMAT = 1;
const SEALED = '!';
const SEALED_ENDING = `,"sealed":"${SEALED}"}\n`;
const UNSEALED_ENDING = SEALED_ENDING.replace(SEALED, '?');
/** The seal is this many bytes before the end of its line, and is one byte: it is written in place, in one piece. */
export const SEAL_FROM_END = 4;
export const SEAL = Buffer.from(SEALED);

const LINE = /^(?<what>.*),"check":"(?<check>[0-9a-f]{8})","sealed":"(?<seal>[?!])"\}$/su;
const headShape = z.tuple([z.int().min(0), z.string().length(64)]);
const headerShape = z.object({ counter: z.literal('journal'), format: z.int(), after: headShape });
const lineShape = z.object({
  entry: z.tuple([z.int().min(1), z.string(), z.int(), z.string().nullable(), z.string(), z.string().nullable()]),
  link: z.string().length(64),
});

export function renderHeader(after: Head): Buffer {
  return render(`{"counter":"journal","format":${FORMAT},"after":${JSON.stringify([after.sequence, after.link])}`, SEALED_ENDING);
}

export function renderLine(entry: LinkedEntry): Buffer {
  return render(`{"entry":${contentOf(entry)},"link":"${entry.link}"`, SEALED_ENDING);
}

/** The same line with the seal that it has until the database has committed. */
export function unsealed(line: Buffer): Buffer {
  return Buffer.concat([line.subarray(0, line.length - UNSEALED_ENDING.length), Buffer.from(UNSEALED_ENDING)]);
}

function render(what: string, ending: string): Buffer {
  return Buffer.from(`${what},"check":"${checkOf(what)}"${ending}`);
}

function checkOf(what: string): string {
  return crc32(what).toString(16).padStart(8, '0');
}

export type MirrorLine = { readonly entry: LinkedEntry; readonly sealed: boolean };

/** The readable content of a mirror file. `flawed`: a part of it is not as Counter writes it. */
export type MirrorText = {
  /** Null when the first line is not readable. */
  readonly after: Head | null;
  readonly lines: readonly MirrorLine[];
  readonly flawed: boolean;
  /** The last line is whole. When it is not, it may be torn, or one that was acknowledged and then damaged. */
  readonly endsWhole: boolean;
};

export function parseMirror(bytes: Buffer): MirrorText {
  const [first = '', ...rest] = bytes.toString('utf8').split('\n');
  const leftover = rest.pop();
  const after = parseHeader(first)?.after ?? null;
  const parsed = rest.map(parseLine);
  // A last line that lacks only its line break can still be read.
  const lines = [...parsed, parseLine(leftover ?? '')].filter((line) => line !== null);
  return {
    after,
    lines,
    flawed: after === null || leftover !== '' || lines.length < parsed.length || lines.some((line) => !line.sealed),
    endsWhole: leftover === '' && parsed.at(-1) !== null && (after !== null || lines.length > 0),
  };
}

/** Bytes; no entry is longer. */
const LONGEST_LINE = 64 * 1024;

/** The bytes of a file after the last line that the database explains. `isTorn`: only one unfinished line. */
export function parseRest(bytes: Buffer): { readonly lines: readonly MirrorLine[]; readonly isTorn: boolean } {
  const text = bytes.toString('utf8');
  const lines = text.split('\n').slice(0, -1).flatMap((line) => parseLine(line) ?? []);
  // A sealed line was committed: if its content is missing, that is damage and not a write that was cut short.
  const isSealed = text.includes(SEALED_ENDING.trimEnd());
  const isOneLine = !text.slice(0, -1).includes('\n') && bytes.length <= LONGEST_LINE;
  return { lines, isTorn: lines.length === 0 && isOneLine && !isSealed };
}

/** How far the journal reached when this first line was written; null when it cannot be read. */
export function parseHead(bytes: Buffer): Head | null {
  const [first = ''] = bytes.toString('utf8').split('\n', 1);
  return parseHeader(first)?.after ?? null;
}

/** Whether this file was written by a newer Counter. */
export function isOfNewerFormat(bytes: Buffer): boolean {
  const [first = ''] = bytes.toString('utf8').split('\n', 1);
  return (parseHeader(first)?.format ?? 0) > FORMAT;
}

function parseHeader(line: string): { readonly after: Head; readonly format: number } | null {
  const read = headerShape.safeParse(checkedJson(line)?.json);
  if (!read.success) return null;
  const [sequence, link] = read.data.after;
  return { after: sequence === 0 ? BEGINNING : { sequence, link }, format: read.data.format };
}

function parseLine(line: string): MirrorLine | null {
  const checked = checkedJson(line);
  const read = lineShape.safeParse(checked?.json);
  if (checked === null || !read.success) return null;
  const { entry, link } = read.data;
  const [sequence, at, utcOffsetInMinutes, saleId, event, state] = entry;
  return { entry: { sequence, at, utcOffsetInMinutes, saleId, event, state, link }, sealed: checked.sealed };
}

/** The JSON of a line whose sum is right; null for any other. */
function checkedJson(line: string): { readonly json: unknown; readonly sealed: boolean } | null {
  const parts = LINE.exec(line)?.groups;
  const what = parts?.['what'];
  if (parts === undefined || what === undefined || checkOf(what) !== parts['check']) return null;
  try {
    return { json: JSON.parse(`${what}}`), sealed: parts['seal'] === SEALED };
  } catch {
    return null;
  }
}
