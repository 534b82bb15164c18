import type { GiveBackOrder } from '../../contract/history.ts';
import type { SaleHistory } from '../../main/history/sale-history.ts';
import type { Till } from '../../main/sale/till.ts';
import type { Said } from './line.ts';
import { returnsOf } from './plans.ts';
import { amountsOf } from './returns.ts';
import type { ShopTime } from './shop-time.ts';

/** Customers who bring the goods back. The cashier looks for the sale in the history, as often as necessary, and serves others meanwhile. */
export type ReturnDesk = {
  /** This sale was paid, or was in the last run. */
  comes(saleId: string): void;
  /** Nothing more is given back. */
  closes(): void;
};

type ReturnDeskParts = {
  readonly till: Till;
  /** Null: the register has not opened. */
  readonly history: () => SaleHistory | null;
  readonly seed: number;
  readonly time: ShopTime;
  readonly say: (said: Said) => void;
};

/** In the shop's time. */
const COMES_BACK_AFTER_MS = 5_000;
const TRIES_AGAIN_AFTER_MS = 10_000;
/** Of one run of the till. */
const MOST_TRIES = 25;

export function openReturnDesk({ till, history, seed, time, say }: ReturnDeskParts): ReturnDesk {
  const known = new Set<string>();
  let isClosed = false;

  function later(saleId: string, tries: number, ms: number): void {
    time.timers.after(ms, () => {
      if (!isClosed) void serve(saleId, tries);
    });
  }

  /** What the page of the sale offers now: the next part of the plan, or nothing more. `wait`: perhaps later. */
  function nextOrder(saleId: string): GiveBackOrder | 'wait' | null {
    const read = history()?.readSale(saleId);
    if (till.snapshot().sale.saleId === saleId || read === undefined || read.kind === 'failed') return 'wait';
    const { line, leftInCents, chargedInCents, giveBack } = read.value;
    const parts = returnsOf(seed, line.description)?.parts;
    if (parts === undefined || chargedInCents === null || giveBack.kind === 'not-settled' || giveBack.kind === 'nothing') return null;
    if (giveBack.kind === 'under-way') return 'wait';
    const amountInCents = nextPart(amountsOf(parts, chargedInCents), chargedInCents - leftInCents);
    if (amountInCents === null || amountInCents === 0) return null;
    const kind = giveBack.kind === 'void' && amountInCents === chargedInCents ? 'void' : 'refund';
    return { kind, amountInCents, leftInCents, reason: 'customer_request', returnsFees: false };
  }

  async function serve(saleId: string, tries: number): Promise<void> {
    const order = nextOrder(saleId);
    if (order === null || tries === MOST_TRIES) return say({ kind: 'returned', saleId });
    const answers = order === 'wait' ? [] : await presses(saleId, order);
    // As long as it can be voided, the page cannot know that it cannot be refunded.
    if (answers.includes('transfer-not-settled')) return say({ kind: 'returned', saleId });
    later(saleId, tries + 1, TRIES_AGAIN_AFTER_MS);
  }

  async function presses(saleId: string, order: GiveBackOrder): Promise<readonly string[]> {
    const read = history()?.readSale(saleId);
    const isTwice = read?.kind === 'ok' && returnsOf(seed, read.value.line.description)?.pressesTwice === true;
    return Promise.all(
      (isTwice ? [order, order] : [order]).map(async (pressed) => {
        const { kind, amountInCents } = pressed;
        const answer = await till.giveBack(saleId, pressed);
        const given = answer.kind === 'ok' ? { reversalId: answer.value.reversalId, how: answer.value.state } : { reversalId: null, how: answer.failure.kind };
        say({ kind: 'gave-back', saleId, of: kind, amountInCents, ...given });
        return given.how;
      }),
    );
  }

  return {
    comes(saleId) {
      if (isClosed || known.has(saleId)) return;
      known.add(saleId);
      later(saleId, 0, COMES_BACK_AFTER_MS);
    },
    closes() {
      isClosed = true;
    },
  };
}

/** The part that comes after so much was given back; null: all of them were. */
function nextPart(amounts: readonly number[], givenBackInCents: number): number | null {
  let given = 0;
  for (const amount of amounts) {
    if (given === givenBackInCents) return amount;
    given += amount;
  }
  return null;
}
