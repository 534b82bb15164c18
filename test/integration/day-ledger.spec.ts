import { expect, test } from 'vitest';
import type { HistoryState } from '../../contract/history.ts';
import { type DayShop, addsUp, openDayShop } from './day-shop.ts';
import fc from '../setup/properties.ts';

/* The reports of a shop against a ledger that only adds, for random events in any order. */

const BEGINS = '2026-11-23T17:00:00.000Z';

type Deed =
  | { readonly do: 'sell' | 'transfer' | 'pay-and-leave'; readonly cents: number; readonly tip: number; readonly tender: 'reader' | 'card-form'; readonly cashier: string | null }
  | { readonly do: 'learn' | 'settle' | 'fail' | 'void' | 'refuse' | 'close' | 'restart' }
  | { readonly do: 'refund'; readonly share: number }
  | { readonly do: 'clock'; readonly byMs: number };

const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('sell' as const, 'transfer' as const, 'pay-and-leave' as const), cents: fc.integer({ min: 51, max: 99_999_999 }), tip: fc.constantFrom(0, 0, 1, 50), tender: fc.constantFrom('reader' as const, 'card-form' as const), cashier: fc.constantFrom('Ana', 'Bert', null) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('learn' as const, 'settle' as const, 'fail' as const, 'void' as const, 'refuse' as const, 'close' as const, 'restart' as const) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('refund' as const), share: fc.double({ min: 0.01, max: 1, noNaN: true }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('clock' as const), byMs: fc.integer({ min: -86_400_000, max: 3 * 86_400_000 }) }) },
  ),
  { minLength: 1, maxLength: 40 },
);

test('for any sales, refunds, transfers, late facts, closes, restarts and clocks, the reports and the history come to what a simple ledger has', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(deeds, async (plan) => {
      const tried = openDayShop();
      try {
        const { balance, tips } = await carryOut(tried, plan);
        const { report, closed } = await tried.x();
        const reports = [...closed.days.toReversed().map((day) => day.report), report];
        expect(reports.reduce((sum, { totals }) => sum + totals.netInCents, 0)).toBe(balance);
        expect(reports.reduce((sum, { totals }) => sum + totals.tips.amountInCents + totals.tipsBack.amountInCents, 0)).toBe(tips);
        expect(reports.every(addsUp)).toBe(true);
        expect(reports.map(({ after }) => after)).toEqual([0, ...reports.slice(0, -1).map(({ upTo }) => upTo)]);
        expect(closed.days.map(({ number }) => number).toReversed()).toEqual(closed.days.map((_, index) => index + 1));
        expect(await inHistory(tried)).toBe(balance);
      } finally {
        tried.end();
      }
    }),
    { numRuns: 80 },
  );
});

/** The final sums of the shop, by a ledger that only adds. */
async function carryOut(tried: DayShop, plan: readonly Deed[]): Promise<{ readonly balance: number; readonly tips: number }> {
  let balance = 0;
  let tips = 0;
  let made = 0;
  let nowMs = Date.parse(BEGINS);
  const open: { readonly id: string; readonly cents: number; readonly tip: number; readonly at: string }[] = [];
  const pending: { readonly id: string; readonly tip: number; left: number }[] = [];
  const paid: { readonly id: string; readonly tip: number; left: number; isUntouched: boolean }[] = [];
  const kept: string[] = [];
  for (const deed of plan) {
    nowMs += 1_000;
    tried.setClock(new Date(nowMs).toISOString());
    made += 1;
    const id = `n${made}`;
    switch (deed.do) {
      case 'sell':
        tried.sell({ id, ...deed });
        paid.push({ id, tip: deed.tip, left: deed.cents, isUntouched: true });
        balance += deed.cents;
        tips += deed.tip;
        break;
      case 'transfer':
        tried.sell({ id, ...deed, isTransfer: true });
        pending.push({ id, tip: deed.tip, left: deed.cents });
        balance += deed.cents;
        tips += deed.tip;
        break;
      case 'pay-and-leave':
        tried.pay({ id, ...deed });
        tried.leave(id);
        open.push({ id, cents: deed.cents, tip: deed.tip, at: new Date(nowMs).toISOString() });
        break;
      case 'learn': {
        const found = open.shift();
        if (found === undefined) break;
        tried.succeed(found.id, { takenAt: found.at });
        paid.push({ id: found.id, tip: found.tip, left: found.cents, isUntouched: true });
        balance += found.cents;
        tips += found.tip;
        break;
      }
      case 'settle': {
        const transfer = pending.shift();
        if (transfer === undefined) break;
        tried.endTransfer(transfer.id, 'settled');
        paid.push({ ...transfer, isUntouched: true });
        break;
      }
      case 'fail': {
        const transfer = pending.pop();
        if (transfer === undefined) break;
        tried.endTransfer(transfer.id, 'failed');
        balance -= transfer.left;
        tips -= transfer.tip;
        break;
      }
      case 'void': {
        const sale = paid.find(({ isUntouched }) => isUntouched);
        if (sale === undefined) break;
        tried.giveBack(sale.id, { id, kind: 'void', cents: sale.left });
        balance -= sale.left;
        tips -= sale.tip;
        paid.splice(paid.indexOf(sale), 1);
        break;
      }
      case 'refuse': {
        const sale = paid.at(-1);
        if (sale === undefined) break;
        tried.askBack(sale.id, { id, cents: 1 });
        tried.answerBack(sale.id, id, 'refused');
        break;
      }
      case 'refund': {
        const sale = paid.at(-1);
        if (sale === undefined) break;
        const cents = Math.max(1, Math.floor(sale.left * deed.share));
        tried.giveBack(sale.id, { id, cents, cashier: 'Bert' });
        balance -= cents;
        sale.left -= cents;
        sale.isUntouched = false;
        if (sale.left === 0) {
          tips -= sale.tip;
          paid.pop();
        }
        break;
      }
      case 'close':
        kept.push(JSON.stringify(await tried.z()));
        break;
      case 'restart':
        tried.reopen();
        break;
      case 'clock':
        nowMs += deed.byMs;
    }
    // No closed day changes, whatever comes after it.
    if (deed.do === 'restart') expect((await tried.x()).closed.days.map((day) => JSON.stringify(day)).toReversed().slice(-kept.length)).toEqual(kept.slice(-30));
  }
  return { balance, tips };
}

const WITHOUT_MONEY: ReadonlySet<HistoryState> = new Set<HistoryState>(['open', 'declined', 'not-charged', 'unresolved', 'transfer-failed', 'no-payment']);

async function inHistory({ history }: DayShop): Promise<number> {
  const page = await history.ask({ kind: 'page', order: { search: [], before: null, length: 1_000 } });
  if (page.kind === 'failed') throw new Error(page.failure.kind);
  return page.value.lines.filter(({ state }) => !WITHOUT_MONEY.has(state)).reduce((sum, { amountInCents, givenBackInCents }) => sum + amountInCents - givenBackInCents, 0);
}
