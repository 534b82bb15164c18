import { describe, expect, test } from 'vitest';
import { failed, ok } from '../../../contract/result.ts';
import { NEVER_ARRIVED_AFTER_MS } from '../../../main/sale/reconcile.ts';
import { openRepairs } from '../../../main/sale/repairs.ts';
import { listed, openBells, openShop, settled } from './compared-shop.ts';

describe('after the journal was repaired', () => {
  const REPAIR = { sequence: 7, database: 'behind', mirror: null, backup: null, missing: [], gapSinceUtc: '2026-11-23T14:00:00.000Z', setAside: [] } as const;

  test('JustiFi is asked twice, 150 seconds apart, for a payment that was under way; the rest is reported', async () => {
    const shop = openShop();
    const found: string[] = [];
    const { bells, timers } = openBells();
    const repairs = openRepairs({
      journal: { untoldRepairs: () => ok([REPAIR]), acknowledgeRepair: () => ok(null), foundAfter: () => ok([]) },
      compare: (utc) => shop.compare({ kind: 'since', utc }),
      register: { found: (checkoutId) => (found.push(checkoutId), ok('begun')), recheck: async () => {} },
      timers,
      log: () => {},
      onChange: () => {},
    });
    shop.checkouts.push(listed('cho_other', { pc: 'pc-2' }), listed('cho_odd', { amountInCents: null }));
    await settled();
    expect(bells.map(({ ms }) => ms)).toEqual([NEVER_ARRIVED_AFTER_MS]);
    expect(repairs.notice()).toMatchObject({ isLookedInto: false });
    shop.checkouts.push(listed('cho_1'));
    bells.shift()!.ring();
    await settled();
    expect(found).toEqual(['cho_1']);
    expect(repairs.notice()).toMatchObject({ isLookedInto: true, onOtherPc: 1, unreadable: 1, isComplete: true });
    expect(repairs.acknowledge()).toEqual({ kind: 'ok', value: null });
  });

  function openUnreadable(journal: { isReadable: boolean }) {
    const { bells, timers } = openBells();
    const unreadable = failed({ kind: 'journal-unreadable', detail: 'held' } as const);
    const repairs = openRepairs({
      journal: { untoldRepairs: () => (journal.isReadable ? ok([REPAIR]) : unreadable), acknowledgeRepair: () => ok(null), foundAfter: () => (journal.isReadable ? ok([]) : unreadable) },
      compare: null,
      register: { found: () => ok('begun'), recheck: async () => {} },
      timers,
      log: () => {},
      onChange: () => {},
    });
    return { bells, repairs };
  }

  test('unreadable findings: the search is not reported as complete', () => {
    const journal = { isReadable: true };
    const { repairs } = openUnreadable(journal);
    expect(repairs.notice()).toMatchObject({ found: { count: 0 }, isComplete: true });
    journal.isReadable = false;
    expect(repairs.notice()).toMatchObject({ found: { count: 0 }, isComplete: false });
  });

  test('and its note cannot be read at the start: it is read again, and reported', () => {
    const journal = { isReadable: false };
    const { bells, repairs } = openUnreadable(journal);
    expect(repairs.notice()).toBeNull();
    journal.isReadable = true;
    bells.shift()!.ring();
    expect(repairs.notice()).toMatchObject({ kind: 'restored', gapSinceUtc: REPAIR.gapSinceUtc });
    expect(bells).toEqual([]);
  });
});
