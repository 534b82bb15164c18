import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import type { OpenDatabase } from '../../main/storage/journal-database.ts';
import { type JournalFiles, nodeFiles } from '../../main/storage/journal-files.ts';
import type { Journal } from '../../main/storage/journal.ts';
import { type Step, copyFolder, openOrFail, recordAll, stepsIn, stepsOfDay, tryToOpen, unfinishedIn } from './journal-shop.ts';

/* A disk as a crash leaves it, at each moment of an action. */

type Operation = (name: string) => void;

/** The journal's files and database, with `before` called ahead of every change that they make to the disk. */
export function watched(before: Operation, synced: (path: string) => void = () => {}): { readonly files: JournalFiles; readonly open: OpenDatabase } {
  class WatchedDatabase extends DatabaseSync {
    override exec(sql: string): void {
      if (sql === 'BEGIN IMMEDIATE' || sql === 'ROLLBACK') return super.exec(sql);
      before(`exec ${sql.slice(0, 24)}`);
      return super.exec(sql);
    }
  }
  const files: JournalFiles = {
    ...nodeFiles,
    open(path) {
      before(`open ${path}`);
      const file = nodeFiles.open(path);
      return {
        write(bytes, position) {
          before(`write ${path}`);
          file.write(bytes, position);
        },
        truncate(length) {
          before(`truncate ${path}`);
          file.truncate(length);
        },
        sync() {
          before(`sync ${path}`);
          file.sync();
          synced(path);
        },
        close: () => file.close(),
      };
    },
    copy(from, to) {
      before(`copy ${to}`);
      nodeFiles.copy(from, to);
    },
    rename(from, to) {
      before(`rename ${to}`);
      nodeFiles.rename(from, to);
    },
    remove(path) {
      before(`remove ${path}`);
      nodeFiles.remove(path);
    },
    async removeBig(path) {
      before(`remove ${path}`);
      await nodeFiles.removeBig(path);
    },
  };
  return { files, open: (path, { readOnly }) => (readOnly ? new DatabaseSync(path, { readOnly }) : new WatchedDatabase(path, { timeout: 200 })) };
}

/**
 * Lets `action` run on a copy of `start`, and gives the disk as it was ahead of each of its changes: so a crash at that moment leaves it. Of moments with the
 * same bytes on the disk it gives the first. `lost`: what was not yet synced is not on the disk either.
 */
export async function* crashes(root: string, start: string, lost: boolean, action: (folder: string, parts: ReturnType<typeof watched>) => void | Promise<void>): AsyncGenerator<{ readonly at: string; readonly folder: string }> {
  const running = join(root, 'running');
  copyFolder(start, running);
  const crashed: { readonly at: string; readonly folder: string }[] = [];
  const known = new Set<string>();
  const syncedContent = new Map<string, Buffer>();
  let number = 0;
  const parts = watched(
    (name) => {
      number += 1;
      const folder = join(root, `crashed-${number}`);
      copyFolder(running, folder);
      if (lost) for (const [path, content] of syncedContent) forgetUnsynced(path.replace(running, folder), content);
      const bytes = bytesIn(folder);
      if (!known.has(bytes)) crashed.push({ at: `${number} (${name.replace(root, '')})`, folder });
      known.add(bytes);
      const path = name.split(' ')[1] ?? '';
      if (name.startsWith('open') && path.endsWith('.jsonl') && existsSync(path)) syncedContent.set(path, readFileSync(path));
    },
    (path) => void syncedContent.set(path, readFileSync(path)),
  );
  await action(running, parts);
  expect(crashed).not.toEqual([]);
  yield* crashed;
}

/** A sum over the names and the bytes of all files. */
function bytesIn(folder: string): string {
  const sum = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    const path = join(folder, name);
    const bytes = statSync(path).isFile() ? readFileSync(path) : Buffer.of();
    sum.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return sum.digest('hex');
}

function forgetUnsynced(path: string, content: Buffer): void {
  if (existsSync(path)) writeFileSync(path, content);
}

export function emptyFolder(root: string): string {
  const folder = join(root, 'empty');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  return folder;
}

/** A shop that has been open for a while, closed for the night. */
export async function shopWith(root: string, steps: readonly Step[], during: (journal: Journal) => void | Promise<unknown> = () => {}): Promise<string> {
  const folder = join(root, 'shop');
  copyFolder(emptyFolder(root), folder);
  const { journal } = openOrFail(join(folder, 'live.db'));
  recordAll(journal, steps.slice(0, 12));
  await during(journal);
  recordAll(journal, steps.slice(12));
  journal.close();
  return folder;
}

/** Opens the journal after the crash. It has every acknowledged entry, and at most `inFlight` more. */
export function expectKept(at: string, folder: string, acknowledged: readonly Step[], inFlight: readonly Step[] = []) {
  const file = join(folder, 'live.db');
  const opened = tryToOpen(file);
  if (opened.kind === 'failed') throw new Error(`${at}: ${opened.failure.detail}`);
  const { journal, health } = opened.value;
  const kept = stepsIn(file);
  expect(kept.slice(0, acknowledged.length), at).toEqual(acknowledged);
  expect(kept.slice(acknowledged.length), at).toEqual(inFlight.slice(0, kept.length - acknowledged.length));
  expect(journal.unfinished(), at).toEqual({ kind: 'ok', value: unfinishedIn(kept) });
  recordAll(journal, stepsOfDay(2, 900));
  journal.close();
  const again = openOrFail(file);
  expect(again.health, at).toEqual({ kind: 'sound' });
  const untold = again.journal.untoldRepairs();
  again.journal.close();
  return { health, untold: untold.kind === 'ok' ? untold.value : [] };
}
