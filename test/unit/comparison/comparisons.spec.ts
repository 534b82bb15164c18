import { describe, expect, test } from 'vitest';
import { failed, ok } from '../../../contract/result.ts';
import { openComparisons } from '../../../main/sale/comparisons.ts';
import { NOW, PAGE, NO_ANSWER, abandoned, listed, openBells, openShop, paid, settled } from './compared-shop.ts';

describe('every hour', () => {
  function openHours() {
    const shop = openShop();
    const found: string[] = [];
    const findings: unknown[] = [];
    const rechecked: string[] = [];
    const disk = { isFull: false };
    const { bells, timers } = openBells();
    const comparisons = openComparisons({
      compare: (isWanted) => shop.compare({ kind: 'recent' }, isWanted),
      register: {
        found(checkoutId) {
          if (disk.isFull) return failed({ kind: 'journal-unwritable' });
          found.push(checkoutId);
          shop.journal.push(paid(`found-${checkoutId}`, checkoutId));
          return ok('begun');
        },
        recheck: async (saleId) => void rechecked.push(saleId),
      },
      timers,
      log: () => {},
      onFinding: (finding) => findings.push(finding),
      onChange: () => {},
    });
    return { shop, disk, found, findings, rechecked, bells, comparisons, ring: async () => (bells.shift()!.ring(), settled()) };
  }

  test('a payment that the journal lost is restored, reported once, and not again after the manager has seen it', async () => {
    const { shop, found, findings, rechecked, bells, comparisons, ring } = openHours();
    shop.checkouts.push(listed('cho_1'), listed('cho_2', { pc: 'pc-2' }), listed('cho_3', { status: 'attempted' }), listed('cho_4'));
    shop.journal.push(abandoned('sale-4', 'cho_4'));
    expect(bells.map(({ ms }) => ms)).toEqual([60_000]);
    await ring();
    expect(found).toEqual(['cho_1', 'cho_3']);
    expect(rechecked).toEqual(['sale-4']);
    const notice = { unknown: { count: 1, amountInCents: 500 }, onOtherPc: { count: 1, amountInCents: 500 }, missingAtJustifi: { count: 0, amountInCents: 0 }, unreadable: 0, isComplete: true, disputes: { unreadable: 0, isComplete: true } };
    expect(comparisons.notice()).toEqual(notice);
    expect(bells.map(({ ms }) => ms)).toEqual([60 * 60_000]);
    await ring();
    expect(comparisons.notice()).toEqual(notice);
    comparisons.acknowledge();
    await ring();
    expect(comparisons.notice()).toBeNull();
    expect(findings).toHaveLength(1);
  });

  test('disputes that cannot be read need attention, with nothing else different, until the manager has seen them', () => {
    const { comparisons } = openHours();
    comparisons.noteDisputes({ unreadable: 0, isComplete: true });
    expect(comparisons.notice()).toBeNull();
    comparisons.noteDisputes({ unreadable: 2, isComplete: false });
    expect(comparisons.notice()).toMatchObject({ unreadable: 0, isComplete: true, disputes: { unreadable: 2, isComplete: false } });
    comparisons.acknowledge();
    comparisons.noteDisputes({ unreadable: 2, isComplete: false });
    expect(comparisons.notice()).toBeNull();
    comparisons.noteDisputes({ unreadable: 3, isComplete: false });
    expect(comparisons.notice()).toMatchObject({ disputes: { unreadable: 3, isComplete: true } });
    comparisons.noteDisputes({ unreadable: 0, isComplete: true });
    expect(comparisons.notice()).toBeNull();
    comparisons.noteDisputes({ unreadable: 0, isComplete: false });
    expect(comparisons.notice()).toMatchObject({ disputes: { unreadable: 0, isComplete: false } });
  });

  test('more at JustiFi than can be read is reported to the manager once', async () => {
    const { shop, findings, comparisons, ring } = openHours();
    for (let sale = 0; sale < 20 * PAGE + 1; sale += 1) shop.checkouts.push(listed(`cho_${sale}`, { registerId: 'register-2', createdAtMs: NOW }));
    await ring();
    expect(comparisons.notice()).toMatchObject({ unknown: { count: 0 }, unreadable: 0, isComplete: false });
    expect(findings).toMatchObject([{ isComplete: false }]);
    await ring();
    comparisons.acknowledge();
    await ring();
    expect(comparisons.notice()).toBeNull();
    expect(findings).toHaveLength(1);
  });

  test('an unreadable entry is reported again when it is another one, days after the manager has seen the first', async () => {
    const { shop, findings, comparisons, ring } = openHours();
    const odd = listed('cho_odd', { amountInCents: null });
    shop.checkouts.push(odd);
    await ring();
    expect(comparisons.notice()).toMatchObject({ unreadable: 1 });
    comparisons.acknowledge();
    shop.checkouts.pop();
    await ring();
    expect(comparisons.notice()).toBeNull();
    shop.checkouts.push({ ...odd, id: 'cho_other' });
    await ring();
    expect(comparisons.notice()).toMatchObject({ unreadable: 1 });
    expect(findings).toHaveLength(2);
  });

  test('a list that was complete again and is cut once more is reported once more', async () => {
    const { shop, comparisons, ring } = openHours();
    const many = Array.from({ length: 20 * PAGE + 1 }, (_, sale) => listed(`cho_${sale}`, { registerId: 'register-2', createdAtMs: NOW }));
    shop.checkouts.push(...many);
    await ring();
    comparisons.acknowledge();
    shop.checkouts.length = 0;
    await ring();
    expect(comparisons.notice()).toBeNull();
    shop.checkouts.push(...many);
    await ring();
    expect(comparisons.notice()).toMatchObject({ isComplete: false });
  });

  test('a payment that cannot be restored, because the disk is full, is tried again in ten minutes', async () => {
    const { shop, disk, found, bells, comparisons, ring } = openHours();
    shop.checkouts.push(listed('cho_1'));
    disk.isFull = true;
    await ring();
    expect(comparisons.notice()).toBeNull();
    expect(bells.map(({ ms }) => ms)).toEqual([10 * 60_000]);
    disk.isFull = false;
    await ring();
    expect(found).toEqual(['cho_1']);
    expect(comparisons.notice()).toMatchObject({ unknown: { count: 1, amountInCents: 500 } });
    expect(bells.map(({ ms }) => ms)).toEqual([60 * 60_000]);
  });

  test('without an answer it is quiet, and asks again in ten minutes', async () => {
    const { shop, bells, comparisons, ring } = openHours();
    shop.journal.push(paid('sale-1', 'cho_1'));
    shop.singles.set('cho_1', NO_ANSWER);
    await ring();
    expect(comparisons.notice()).toBeNull();
    expect(bells.map(({ ms }) => ms)).toEqual([10 * 60_000]);
  });
});
