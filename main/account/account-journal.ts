import { join } from 'node:path';
import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { JournalUnreadable, SaleQueries } from '../sale/journal.ts';
import { journalProblem } from '../sale/journal-problem.ts';
import { type PcClock, setForwardMs } from '../sale/pc-clock.ts';
import { type PaidEarlier, REMEMBERED_MS } from '../sale/recently-paid.ts';
import type { RegisterParts } from '../sale/register.ts';
import { type OpenedJournal, openSaleJournal } from '../storage/journal.ts';

/** The journal of one account, repaired, with the entries of the last run. */
export type AccountJournal = OpenedJournal & Pick<RegisterParts, 'unfinished' | 'unseen' | 'lastSales' | 'recentlyPaid'>;

type AccountJournalParts = {
  readonly dataFolder: string;
  /** The name of its files, without extensions. */
  readonly name: string;
  /** The journal exists on this PC: a missing file is damage. */
  readonly mustExist: boolean;
  readonly check: 'tail' | 'whole';
  readonly clock: () => PcClock;
  readonly utcNow: () => string;
};

/** `detail`: for the log. */
type JournalUnusable = { readonly problem: ChargeProblem; readonly detail: string };

export function openAccountJournal({ dataFolder, name, mustExist, check, clock, utcNow }: AccountJournalParts): Result<AccountJournal, JournalUnusable> {
  const opened = openSaleJournal({ file: join(dataFolder, `${name}.db`), utcNow, utcOffsetInMinutes: () => -new Date().getTimezoneOffset(), check, mustExist });
  if (opened.kind === 'failed') return failed({ problem: journalProblem(opened.failure.reason), detail: opened.failure.detail });
  const { journal } = opened.value;
  const lastRun = readLastRun(journal, clock());
  if (lastRun.kind === 'ok') return ok({ ...opened.value, ...lastRun.value });
  journal.close();
  return failed({ problem: { kind: 'journal-unwritable' }, detail: lastRun.failure.detail });
}

function readLastRun(journal: SaleQueries, now: PcClock): Result<Pick<AccountJournal, 'unfinished' | 'unseen' | 'lastSales' | 'recentlyPaid'>, JournalUnreadable> {
  const unfinished = journal.unfinished();
  if (unfinished.kind === 'failed') return unfinished;
  const unseen = journal.unseen();
  if (unseen.kind === 'failed') return unseen;
  const lastSales = journal.lastPaid();
  if (lastSales.kind === 'failed') return lastSales;
  const recentlyPaid = paidEarlier(journal, now);
  if (recentlyPaid.kind === 'failed') return recentlyPaid;
  return ok({ unfinished: unfinished.value, unseen: unseen.value, lastSales: lastSales.value, recentlyPaid: recentlyPaid.value });
}

/** The journal's sales of the last hour, even when the clock was set since. */
function paidEarlier(journal: Pick<SaleQueries, 'paidSince' | 'draftClock'>, now: PcClock): Result<readonly PaidEarlier[], JournalUnreadable> {
  const nowMs = Date.parse(now.utc) - setForwardMs(now, journal.draftClock());
  const paid = journal.paidSince(new Date(nowMs - REMEMBERED_MS).toISOString());
  return paid.kind === 'ok' ? ok(paid.value.flatMap((sale) => ('at' in sale ? [{ sale, agoMs: nowMs - Date.parse(sale.at) }] : []))) : paid;
}
