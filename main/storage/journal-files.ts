import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { retryWhileHeld } from '../files/held-file.ts';

/** A file that is written in place. All calls throw the system's errors. */
export type WritableFile = {
  /** Writes all of it, or throws. */
  write(bytes: Uint8Array, position: number): void;
  truncate(length: number): void;
  /** Returns when all written data is on the disk. */
  sync(): void;
  close(): void;
};

/** The journal's file operations, apart from SQLite's own; they retry while another program holds a file. A parameter, so that tests can make any of them fail. */
export type JournalFiles = {
  /** Empty when there is no such folder. */
  names(folder: string): readonly string[];
  /** Bytes; null when there is no such file. */
  size(path: string): number | null;
  read(path: string, from: number, length: number): Buffer;
  /** Opens a file for writing, or creates it. */
  open(path: string): WritableFile;
  /** Replaces a small file: whole or not at all, but not durable. The only operation here that does not retry. */
  replaceAtOnce(path: string, bytes: Uint8Array): void;
  copy(from: string, to: string): void;
  rename(from: string, to: string): void;
  /** Deletes a file, or a folder with its content, if it exists. */
  remove(path: string): void;
  /** Deletes a big file, if it exists, without waiting: the system needs a while to free its space. */
  removeBig(path: string): Promise<void>;
  makeFolder(path: string): void;
  /** Makes the names in a folder durable, as `sync` does the content of a file. */
  syncFolder(path: string): void;
  freeBytes(folder: string): number;
};

/** Each pause is a little longer than the one before. */
const REMOVE_TRIES = 3;

export const nodeFiles: JournalFiles = {
  names: (folder) => (exists(folder) ? readdirSync(folder).sort() : []),
  size: (path) => statSync(path, { throwIfNoEntry: false })?.size ?? null,
  read(path, from, length) {
    const handle = retryWhileHeld(() => openSync(path, 'r'));
    try {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readAll(handle, bytes, from));
    } finally {
      closeSync(handle);
    }
  },
  open(path) {
    // Not 'a': the last line is sealed in place. Not 'r+': it does not make the file.
    const handle = retryWhileHeld(() => openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600));
    let isOpen = true;
    return {
      write: (bytes, position) => writeAll(handle, bytes, position),
      truncate: (length) => ftruncateSync(handle, length),
      sync: () => fsyncSync(handle),
      // Once: the system gives the number of a closed handle to the next file.
      close() {
        if (isOpen) closeSync(handle);
        isOpen = false;
      },
    };
  },
  replaceAtOnce(path, bytes) {
    const part = `${path}.part`;
    const handle = openSync(part, 'w', 0o600);
    try {
      writeAll(handle, bytes, 0);
    } finally {
      closeSync(handle);
    }
    renameSync(part, path);
  },
  copy: (from, to) => retryWhileHeld(() => copyFileSync(from, to)),
  rename: (from, to) => retryWhileHeld(() => renameSync(from, to)),
  remove: (path) => retryWhileHeld(() => rmSync(path, { force: true, recursive: true })),
  removeBig: (path) => rm(path, { force: true, maxRetries: REMOVE_TRIES }),
  makeFolder: (path) => void mkdirSync(path, { recursive: true, mode: 0o700 }),
  syncFolder(path) {
    // Windows cannot open a folder for this, and NTFS journals names by itself.
    if (process.platform === 'win32') return;
    const handle = openSync(path, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  },
  freeBytes(folder) {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  },
};

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function readAll(handle: number, bytes: Buffer, from: number): number {
  let done = 0;
  while (done < bytes.length) {
    const read = readSync(handle, bytes, done, bytes.length - done, from + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}

function writeAll(handle: number, bytes: Uint8Array, position: number): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(handle, bytes, done, bytes.length - done, position + done);
}
