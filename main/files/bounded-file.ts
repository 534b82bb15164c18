import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Result, failed, ok } from '../../contract/result.ts';
import { retryWhileHeld } from './held-file.ts';

/*
 * SECURITY: at a path that Counter reads there may be a device, a pipe or a gigabyte. Only plain files are read, and
 * their bytes are counted while they are read: the size that the system reports may be wrong.
 */

/** Opening a pipe without a writer would block. Windows has no such flag, and no such pipes. */
const READ_WITHOUT_WAITING = process.platform === 'win32' ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NONBLOCK;

/** A small text file, up to `most` bytes. A failure is one of "ENOENT", "too-long", "not-a-file". */
export function readBounded(path: string, most: number): Result<string, string> {
  let handle: number | null = null;
  try {
    handle = retryWhileHeld(() => openSync(path, READ_WITHOUT_WAITING));
    if (!fstatSync(handle).isFile()) return failed('not-a-file');
    return readHandle(handle, most);
  } catch (error) {
    return failed(codeOf(error));
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

/** Reads an open file, up to `most` bytes. Throws as Node does. */
export function readHandle(handle: number, most: number): Result<string, 'too-long'> {
  return textOf(readUpTo(handle, most + 1, 0), most);
}

/** The same without blocking main, for a file that may lie on another PC. */
export async function readBoundedLater(path: string, most: number): Promise<Result<string, string>> {
  const bytes = await readBoundedBytes(path, most);
  return bytes.kind === 'ok' ? textOf(bytes.value, most) : bytes;
}

/** The same, as bytes. Returns `most` + 1 bytes when the file is longer: the caller refuses it. */
export async function readBoundedBytes(path: string, most: number): Promise<Result<Buffer, string>> {
  try {
    await using file = await open(path, READ_WITHOUT_WAITING);
    if (!(await file.stat()).isFile()) return failed('not-a-file');
    const parts: Buffer[] = [];
    let length = 0;
    for await (const part of file.createReadStream({ end: most, autoClose: false })) {
      parts.push(part as Buffer);
      length += parts.at(-1)!.length;
    }
    return ok(Buffer.concat(parts, length));
  } catch (error) {
    return failed(codeOf(error));
  }
}

/** The last whole lines of a text file, at most so many bytes of it; empty when there are none. */
export function readEnd(path: string, most: number): string {
  let handle: number | null = null;
  try {
    handle = openSync(path, READ_WITHOUT_WAITING);
    const stat = fstatSync(handle);
    if (!stat.isFile()) return '';
    const from = Math.max(0, stat.size - most);
    const text = readUpTo(handle, most, from).toString('utf8');
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } catch {
    // Nothing was written yet.
    return '';
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

function readUpTo(handle: number, most: number, from: number): Buffer {
  const bytes = Buffer.alloc(most);
  let length = 0;
  while (length < most) {
    const read = readSync(handle, bytes, length, most - length, from + length);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

function textOf(bytes: Buffer, most: number): Result<string, 'too-long'> {
  return bytes.length > most ? failed('too-long') : ok(bytes.toString('utf8'));
}

/** The system's error code: "ENOENT". */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
