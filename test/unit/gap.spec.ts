import { expect, test } from 'vitest';
import { ok } from '../../contract/result.ts';
import type { ListedCheckout } from '../../main/sale/checkout.ts';
import { fetchGap } from '../../main/sale/gap.ts';
import { NEVER_ARRIVED_AFTER_MS } from '../../main/sale/reconcile.ts';

function openGap() {
  const listed: ListedCheckout[] = [];
  const asked: string[] = [];
  const found: string[] = [];
  const waits: { readonly ms: number; readonly ring: () => void }[] = [];
  const fetched = fetchGap(
    {
      checkouts: {
        listSince(since) {
          asked.push(since);
          return Promise.resolve(ok([...listed]));
        },
      },
      memory: { saleOn: () => ok(null) },
      register: {
        found(checkoutId, { totalInCents }) {
          found.push(`${checkoutId} ${totalInCents}`);
          return ok(null);
        },
      },
      registerId: 'register-1',
      timers: {
        after(ms, ring) {
          waits.push({ ms, ring });
          return () => {};
        },
      },
      log: () => {},
    },
    '2026-11-23T15:00:00.000Z',
  );
  return { listed, asked, found, waits, fetched };
}

const checkout: ListedCheckout = { id: 'cho_1', amountInCents: 500, currency: 'USD', description: 'Tea', status: 'completed', registerId: 'register-1' };

test('a gap is asked about from a day earlier: the clock that wrote the journal may have been wrong', () => {
  expect(openGap().asked).toEqual(['2026-11-22T15:00:00.000Z']);
});

test('a payment that was under way when the journal broke is found by the second look, 150 seconds later', async () => {
  const gap = openGap();
  gap.listed.push({ ...checkout, id: 'cho_other', registerId: 'register-2' });
  await new Promise((resolve) => setImmediate(resolve));
  expect(gap.found).toEqual([]);
  gap.listed.push(checkout, { ...checkout, id: 'cho_untried', status: 'created' });
  expect(gap.waits.map(({ ms }) => ms)).toEqual([NEVER_ARRIVED_AFTER_MS]);
  gap.waits[0]!.ring();
  expect((await gap.fetched).kind).toBe('ok');
  expect(gap.found).toEqual(['cho_1 500']);
});
