import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type HistoryFile, openHistoryFile } from '../../main/history/history-file.ts';
import { readSearch } from '../../main/history/search-text.ts';
import { makeFolder } from '../integration/journal-shop.ts';
import { writeBigJournal } from './big-journal.ts';

/** Searches in a shop with years of sales. Every sale of the journal is a café's: "caf" finds all of them. */
const SEARCHES = ['17.99', '4242', 'caf', '№', 'déjà', 'vu caf', '40002', '99.99', 'bicycle', 'yesterday', '2026-11-23', 'caf 2026-11-23', 'caf 4242', '4242 17.99', 'py_1', 'cho_600', 'hoy 17.99', '1881 caf', 'deja 17.99', 'caf 35.75'];

const TODAY = { today: '2026-11-24', language: 'en' } as const;
const PAGE_LENGTH = 50;

export type HistoryTimes = { readonly readMs: number; readonly firstPageMs: number; readonly searchP95Ms: number; readonly nextPageMs: number };

/** Too short for a cashier to notice. */
const LONGEST_FIRST_PAGE_MS = 50;
const LONGEST_SEARCH_MS = 100;

/** The searches over the limit, in sentences. */
export function historyExceeded({ firstPageMs, searchP95Ms }: HistoryTimes): readonly string[] {
  const over = (what: string, ms: number, most: number) => (ms > most ? [`${what}: ${Math.round(ms)} ms, at most ${most}`] : []);
  return [...over('first page of the history', firstPageMs, LONGEST_FIRST_PAGE_MS), ...over('search in the history', searchP95Ms, LONGEST_SEARCH_MS)];
}

/** The history of so many sales: read from the journal once, its first page, and searches, each with its first and its second page. In this process, like the till's thread. */
export function measureHistory(sales: number): HistoryTimes {
  const folder = makeFolder();
  try {
    const journal = join(folder, 'live.db');
    writeBigJournal(journal, sales);
    const history = openHistoryFile({ history: join(folder, 'live.history.db'), journal });
    const readMs = timed(() => catchUp(history));
    const firsts = Array.from({ length: 20 }, () => timed(() => history.page({ search: [], before: null, length: PAGE_LENGTH })));
    const searches: number[] = [];
    const nexts: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      for (const text of SEARCHES) {
        const search = readSearch(text, TODAY);
        const first = timedPage(history, search, null);
        searches.push(first.ms);
        if (first.next !== null) nexts.push(timedPage(history, search, first.next).ms);
      }
    }
    history.close();
    return { readMs, firstPageMs: p95(firsts), searchP95Ms: p95(searches), nextPageMs: p95(nexts) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function catchUp(history: HistoryFile): void {
  for (let { done, of } = history.step(); done < of; { done, of } = history.step());
}

function timedPage(history: HistoryFile, search: ReturnType<typeof readSearch>, before: number | null): { readonly ms: number; readonly next: number | null } {
  const began = performance.now();
  const { next } = history.page({ search, before, length: PAGE_LENGTH });
  return { ms: performance.now() - began, next };
}

function timed(action: () => unknown): number {
  const began = performance.now();
  action();
  return performance.now() - began;
}

function p95(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? 0;
}
