import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DayView } from '../../contract/report.ts';
import { createDayClose } from '../../main/report/day-close.ts';
import type { JournalParts } from '../../main/storage/append-only-log.ts';
import type { Journal } from '../../main/storage/journal.ts';
import { NO_JUSTIFI } from './day-shop.ts';
import { historyHere } from './history-here.ts';
import { makeFolder, openOrFail, recordAll, shopClock, stepsOfDay } from './journal-shop.ts';
import { crashes, shopWith } from './crashed-disk.ts';

let root: string;
beforeEach(() => {
  root = makeFolder();
});
afterEach(() => rmSync(root, { recursive: true }));

const steps = stepsOfDay(24);

/** Closing the days of this register, in the file of a till that may be cut off. */
function dayCloseOf(folder: string, journal: Journal) {
  const history = historyHere({ history: join(folder, 'live.history.db'), journal: join(folder, 'live.db') }, () => {});
  const clock = shopClock();
  const days = createDayClose({ ...NO_JUSTIFI, journal, history, register: { id: 'register-1', name: 'Register 1' }, currency: 'USD', cashier: () => null, utcNow: clock.utcNow, shopDay: () => ({ timeZone: 'America/New_York', beginsAtHour: 4 }) });
  return { days, history };
}

/** Closes the day that the screen shows, as the cashier does. */
async function closeDay(folder: string, parts: Partial<JournalParts> = {}): Promise<DayView> {
  const { journal } = openOrFail(join(folder, 'live.db'), parts);
  const { days, history } = dayCloseOf(folder, journal);
  try {
    const seen = await days.read(null);
    if (seen.kind === 'failed') throw new Error(seen.failure.kind);
    const closed = await days.close(seen.value.number);
    expect(closed.kind).toBe('ok');
    const after = await days.read(null);
    if (after.kind === 'failed') throw new Error(after.failure.kind);
    journal.close();
    return after.value;
  } finally {
    history.close();
  }
}

/** From the first Z on, each covers the entries after the one before. */
function expectGapless(at: string, { number, closed, report }: DayView, upTo: number): void {
  const days = closed.days.toReversed();
  expect(days.map((day) => day.number), at).toEqual(Array.from({ length: upTo }, (_, index) => index + 1));
  expect(number, at).toBe(upTo + 1);
  expect([...days.map((day) => day.report.after), report.after], at).toEqual([0, ...days.map((day) => day.report.upTo)]);
}

test.each([
  { what: 'the process dies', lost: false },
  { what: 'the power goes, and with it what was not synced', lost: true },
])('R-11: when $what in the middle of closing a day, it is closed once or not at all, and the numbers go on without a gap', async ({ lost }) => {
  const shop = await shopWith(root, steps);
  await closeDay(shop);
  const before = openOrFail(join(shop, 'live.db')).journal;
  const later = stepsOfDay(8, 42);
  recordAll(before, later);
  before.close();
  const paid = [...steps, ...later].filter(({ event }) => event.kind === 'outcome-known' && (event.outcome.kind === 'paid' || event.outcome.kind === 'accepted')).length;
  expect(paid).toBeGreaterThan(1);
  const closed = new Set<number>();
  for await (const { at, folder } of crashes(root, shop, lost, async (copy, parts) => void (await closeDay(copy, parts)))) {
    const { journal } = openOrFail(join(folder, 'live.db'));
    const last = journal.lastDayNumber('register-1');
    const kept = last.kind === 'ok' ? last.value : 0;
    expect([1, 2], at).toContain(kept);
    closed.add(kept);
    journal.close();
    const next = await closeDay(folder);
    expectGapless(at, next, kept + 1);
    // Each sale is in exactly one of them.
    const counts = [...next.closed.days.map((day) => day.report), next.report].map((report) => report.totals.payments.count);
    expect(counts.reduce((sum, count) => sum + count, 0), at).toBe(paid);
  }
  // There was a crash before the commit, and one after it.
  expect(closed).toEqual(new Set([1, 2]));
});
