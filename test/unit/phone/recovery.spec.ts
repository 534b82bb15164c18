import { beforeEach, describe, expect, test } from 'vitest';
import { openLink } from '../../../main/sale/sale.ts';
import { setTheCounter } from '../counter.ts';
import { WAYS, creates, expire, payBy, reads, snapshot, state, toLink } from './link-counter.ts';

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter([], [], { ways: WAYS });
});

describe('a link, a crash and money that moved', () => {
  test('killed while the link is on the screen: the sale is at the counter again, JustiFi is asked, and the link can be shown again on the same checkout', async () => {
    await toLink(counter);
    const again = counter.restart({ ways: WAYS });
    expect(state(again)).toMatchObject({ id: 'sale-1', kind: 'checking', tender: 'phone' });
    await again.pass(2_000);
    expect(state(again)).toMatchObject({ kind: 'not-charged', reason: 'form-lost' });
    expect(openLink(state(again))).not.toBeNull();
    expect(again.register.tryAgain('sale-1').kind).toBe('ok');
    await again.settle();
    expect(state(again)).toMatchObject({ kind: 'ready', tender: 'phone', checkoutId: 'cho_1' });
    expect(creates(again)).toEqual([]);
  });

  test('killed, and paid meanwhile: PAID at the counter', async () => {
    await toLink(counter);
    const again = counter.restart({ ways: WAYS });
    again.complete('cho_1', 'succeeded');
    await again.pass(3_000);
    expect(state(again)).toMatchObject({ id: 'sale-1', kind: 'paid' });
  });

  test('killed after another way was chosen: the sale comes back, too', async () => {
    await toLink(counter);
    await payBy(counter, 'card-form');
    const again = counter.restart({ ways: WAYS });
    expect(state(again)).toMatchObject({ id: 'sale-1', kind: 'checking', tender: 'card-form' });
  });

  test('killed with two such sales: the last is at the counter, the other an open link', async () => {
    await toLink(counter);
    const last = counter.journal.at(-1)!.sale;
    const again = setTheCounter([{ ...last, id: 'sale-0' }, last], [...counter.api.values()], { ways: WAYS });
    expect(state(again).id).toBe('sale-1');
    expect(snapshot(again).openLinks.map(({ saleId }) => saleId)).toEqual(['sale-0']);
  });

  test('a second payment of a link is no second sale: JustiFi’s answers after PAID change nothing', async () => {
    await toLink(counter);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(3_100);
    const paid = state(counter);
    counter.payment('py_2', 'cho_1');
    await counter.pass(60 * 60_000);
    expect(state(counter)).toEqual(paid);
  });

  test('after a refund no link is open, and JustiFi is not asked any more', async () => {
    await toLink(counter);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(3_100);
    await counter.register.giveBack('sale-1', { kind: 'refund', amountInCents: 1799, leftInCents: 1799, reason: null, returnsFees: false });
    await counter.settle();
    const before = reads(counter);
    await counter.pass(60 * 60_000);
    expect(reads(counter) - before).toBe(0);
    expect(snapshot(counter)).toMatchObject({ saleLink: null, openLinkCount: 0 });
  });

  test('an expired link on the screen is shown as expired, and the sale starts again', async () => {
    await toLink(counter);
    expire(counter);
    await counter.pass(3_100);
    expect(state(counter)).toMatchObject({ kind: 'not-charged', reason: 'expired' });
    expect(openLink(state(counter))).toBeNull();
  });
});
