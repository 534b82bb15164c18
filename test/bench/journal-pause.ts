import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openSqlite } from '../../main/storage/journal-database.ts';
import { nodeFiles } from '../../main/storage/journal-files.ts';
import { backUpJournal, checkJournal } from '../../main/storage/journal-maintenance.ts';
import { journalThread } from '../../main/storage/journal-thread.ts';
import { type JournalWork, doJournalTask } from '../../main/storage/journal-work.ts';
import { type Journal, openSaleJournal } from '../../main/storage/journal.ts';
import { recordAll, stepsOfDay } from '../integration/journal-shop.ts';
import { temporaryFolder } from '../setup/script.ts';
import { writeBigJournal } from './big-journal.ts';

const DAY_MS = 86_400_000;
/** A busy counter: an entry this often. */
const SOLD_EVERY_MS = 200;

/** Outside main, as Counter does it; and on main, the obvious way. */
const beside = journalThread(join(import.meta.dirname, '../../out/main/journal-worker.cjs'));
const onMain: JournalWork = (task) => doJournalTask({ files: nodeFiles, open: openSqlite }, task);

/** Other work on the machine only adds to the worst pause: the least of so many is the journal's own. */
const RUNS = 3;

/** The shortest time of the check and the backup. */
const SELLING_ALONE_FOR_MS = 3_000;

/**
 * The worst pause of the selling process, in milliseconds, while a journal of so many sales is checked and backed up. `aloneMs`: the
 * same without check and backup; it shows how quiet the machine is.
 */
export async function measurePause(sales: number): Promise<{ readonly oursMs: number; readonly literalMs: number; readonly aloneMs: number }> {
  const file = join(temporaryFolder('bench'), 'live.db');
  writeBigJournal(file, sales);
  let day = 0;
  const opened = openSaleJournal({ file, utcNow: () => new Date(Date.now() + day * DAY_MS).toISOString(), utcOffsetInMinutes: () => 0 });
  if (opened.kind === 'failed') throw new Error(opened.failure.detail);
  const { journal } = opened.value;
  const steps = stepsOfDay(20_000, sales * 10).values();
  const sellOne = () => recordAll(journal, [...steps.take(1)]);
  const pauses: number[] = [];
  try {
    const aloneMs = await worstPause(() => new Promise((resolve) => setTimeout(resolve, SELLING_ALONE_FOR_MS)), sellOne);
    for (; day < RUNS; day += 1) pauses.push(await worstPause(() => lookAfter(journal, beside), sellOne));
    return { oursMs: Math.min(...pauses), literalMs: await worstPause(() => lookAfter(journal, onMain), sellOne), aloneMs };
  } finally {
    journal.close();
  }
}

async function lookAfter(journal: Journal, work: JournalWork): Promise<void> {
  const never = new AbortController().signal;
  const checked = await checkJournal(journal, work, never);
  const backup = await backUpJournal(journal, work, never);
  for (const done of [checked, backup]) if (done.kind === 'failed') throw new Error(done.failure.detail);
}

async function worstPause(meanwhile: () => Promise<void>, sellOne: () => void): Promise<number> {
  sellOne();
  const selling = setInterval(sellOne, SOLD_EVERY_MS);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  try {
    await meanwhile();
    // The last pause is noted only when the loop has come round again.
    await new Promise((resolve) => setTimeout(resolve, 5));
  } finally {
    delay.disable();
    clearInterval(selling);
  }
  return delay.max / 1e6;
}
