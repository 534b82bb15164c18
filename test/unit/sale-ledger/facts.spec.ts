import { beforeEach, describe, expect, test } from 'vitest';
import { failed, ok } from '../../../contract/result.ts';
import { type Purchase, purchaseOf } from '../../../main/sale/purchase.ts';
import { NO_ATTEMPTS, type Sale, newDraft } from '../../../main/sale/sale.ts';
import type { Fact, TransferEnd } from '../../../main/sale/sale-event.ts';
import { openSaleLedger } from '../../../main/sale/sale-ledger.ts';
import { setTheCounter } from '../counter.ts';
import { toLate, toUnresolved } from './unresolved-sale.ts';

/* No fact of JustiFi's is dropped. */

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter();
});

const sale = () => counter.register.sale();
const WEEK_MS = 7 * 24 * 60 * 60_000;

describe('an answer of JustiFi about a sale that the ledger no longer holds', () => {
  /** The manager ends it while JustiFi is being asked. */
  async function endWhileAsked(): Promise<{ readonly open: () => void }> {
    await counter.toReady();
    await counter.pay();
    counter.attempt('cho_1', { id: 'chc_1', status: 'who-knows', paymentStatus: 'quantum' });
    await counter.pass(20_000);
    counter.register.serveNext('sale-1');
    await counter.pass(WEEK_MS);
    const reads = counter.holdReads();
    counter.register.online();
    await counter.settle();
    expect(counter.register.endUnresolved('sale-1').kind).toBe('ok');
    counter.complete('cho_1', 'succeeded');
    return reads;
  }

  test('a payment is not dropped: it is reported and journaled', async () => {
    (await endWhileAsked()).open();
    await counter.settle();
    expect(counter.late()).toMatchObject([{ id: 'sale-1', chargedInCents: 1799 }]);
    expect(counter.journal.at(-1)).toMatchObject({ sale: { id: 'sale-1', kind: 'late' }, event: { kind: 'outcome-known' } });
  });

  test('nor while the journal cannot be read: it waits until it can', async () => {
    const reads = await endWhileAsked();
    counter.trouble.inUse = true;
    reads.open();
    await counter.pass(3_000);
    expect(counter.late()).toEqual([]);
    // The unwritten fact stops the next charge.
    await counter.type(500, 'Tea');
    await counter.charge(500, 'Tea');
    expect(sale().kind).toBe('draft');
    counter.trouble.inUse = false;
    await counter.pass(1_100);
    expect(counter.late()).toMatchObject([{ id: 'sale-1' }]);
  });
});

describe('an answer of JustiFi that comes after the register was closed', () => {
  /** It is logged in one line. It is not retried. */
  async function expectQuiet(): Promise<void> {
    const before = counter.requests.length;
    await counter.pass(10 * 60_000);
    expect(counter.lines.filter((what) => what === 'journal.unwritable')).toEqual([]);
    expect(counter.lines.filter((what) => what === 'ledger.fact-after-close')).toHaveLength(1);
    expect(counter.requests).toHaveLength(before);
  }

  test('a checkout that was being prepared is not written again and again', async () => {
    const hang = counter.hang();
    await counter.type();
    counter.close();
    hang.end();
    await expectQuiet();
  });

  test('a void is neither written again and again nor asked for again: the next register does that', async () => {
    await toLate(counter);
    counter.onVoid(() => counter.close());
    await counter.reverse('sale-1', 'void');
    await expectQuiet();
  });

  test('a void without an answer is not asked for again', async () => {
    await toLate(counter);
    counter.trouble.void = { kind: 'network', code: 'ECONNRESET' };
    counter.onVoid(() => counter.close());
    await counter.reverse('sale-1', 'void');
    await counter.pass(10 * 60_000);
    expect(counter.requests.filter((request) => request.startsWith('void'))).toHaveLength(1);
  });

  test('unwritten facts are tried once more as the register closes', async () => {
    await counter.toReady();
    await counter.pay();
    counter.trouble.disk = true;
    counter.complete('cho_1', 'succeeded');
    await counter.pass(1_100);
    counter.trouble.disk = false;
    counter.close();
    expect(counter.journal.at(-1)).toMatchObject({ sale: { id: 'sale-1', kind: 'paid' }, event: { kind: 'outcome-known' } });
  });
});

describe('an answer of JustiFi that cannot be written at that moment', () => {
  test('is shown at once, written when the disk takes it, and until then no other charge begins', async () => {
    await counter.toReady();
    await counter.pay();
    counter.trouble.disk = true;
    counter.complete('cho_1', 'succeeded');
    await counter.pass(1_100);
    expect(sale().kind).toBe('paid');
    expect(counter.kinds()).not.toContain('outcome-known');
    counter.register.newSale('sale-1');
    await counter.type(500, 'Tea');
    await counter.charge(500, 'Tea');
    expect(sale()).toMatchObject({ kind: 'draft', problem: { kind: 'journal-unwritable' } });
    counter.trouble.disk = false;
    await counter.pass(5_000);
    expect(counter.journal.filter(({ event }) => event.kind === 'outcome-known').map((entry) => entry.sale)).toMatchObject([{ id: 'sale-1', kind: 'paid' }]);
    await counter.charge(500, 'Tea');
    expect(sale().kind).toBe('preparing');
  });

  test('about an unresolved sale is reported at once, and written later', async () => {
    await toUnresolved(counter);
    counter.trouble.disk = true;
    counter.complete('cho_1', 'succeeded');
    counter.register.online();
    await counter.settle();
    expect(counter.late()).toMatchObject([{ id: 'sale-1' }]);
    counter.trouble.disk = false;
    await counter.pass(5_000);
    expect(counter.journal.at(-1)).toMatchObject({ sale: { id: 'sale-1', kind: 'late' }, event: { kind: 'outcome-known' } });
  });

  test('to a void is true at once, and written later; it is not asked again', async () => {
    await toLate(counter);
    counter.onVoid(() => (counter.trouble.disk = true));
    await counter.reverse('sale-1', 'void');
    expect(counter.late()).toEqual([]);
    counter.trouble.disk = false;
    await counter.pass(60_000);
    expect(counter.requests.filter((request) => request.startsWith('void'))).toHaveLength(1);
    expect(counter.journal.at(-1)!.sale).toMatchObject({ id: 'sale-1', kind: 'reversed' });
  });

  test('is written before anything that happens to the sale after it', async () => {
    await counter.toReady();
    await counter.pay();
    counter.trouble.disk = true;
    counter.complete('cho_1', 'failed');
    await counter.pass(1_100);
    expect(sale().kind).toBe('declined');
    expect(counter.register.tryAgain('sale-1').kind).toBe('failed');
    counter.trouble.disk = false;
    expect(counter.register.tryAgain('sale-1').kind).toBe('ok');
    expect(counter.kinds().slice(-2)).toEqual(['outcome-known', 'retry-asked']);
  });

  test('delays the later entries, even where only the answer itself cannot be written', async () => {
    await counter.toReady();
    await counter.pay();
    counter.trouble.unwritable = 'outcome-known';
    counter.complete('cho_1', 'failed');
    await counter.pass(1_100);
    expect(sale().kind).toBe('declined');
    expect(counter.register.tryAgain('sale-1')).toMatchObject({ kind: 'failed', failure: { kind: 'journal-unwritable' } });
    expect(counter.kinds()).not.toContain('retry-asked');
    counter.trouble.unwritable = null;
    expect(counter.register.tryAgain('sale-1').kind).toBe('ok');
    expect(counter.kinds().slice(-2)).toEqual(['outcome-known', 'retry-asked']);
  });
});

test('a checkout that the journal lost becomes one sale, also when it is found twice at the same time', async () => {
  const lost = setTheCounter();
  await lost.toReady();
  await lost.pay();
  lost.complete('cho_1', 'succeeded');
  // Its journal is lost, and JustiFi is slow to answer about a later sale that its list does not have.
  counter = setTheCounter([], [...lost.api.values()]);
  counter.payment('py_1', 'cho_1');
  await counter.toReady();
  await counter.pay();
  const { checkoutId } = counter.form();
  counter.complete(checkoutId, 'succeeded');
  await counter.pass(2_000);
  const later = counter.api.get(checkoutId)!;
  counter.api.delete(checkoutId);
  counter.openComparisons();
  counter.openComparisons();
  const reads = counter.holdReads();
  await counter.pass(60_000);
  counter.api.set(checkoutId, later);
  reads.open();
  await counter.pass(2_000);
  expect(counter.kinds().filter((kind) => kind === 'found')).toHaveLength(1);
  const ends = counter.journal.filter((entry) => entry.event.kind === 'outcome-known' && 'checkoutId' in entry.sale && entry.sale.checkoutId === 'cho_1');
  expect(ends).toMatchObject([{ sale: { kind: 'paid', checkoutId: 'cho_1', chargedInCents: 1799 } }]);
  const { purchase } = ends[0]!.sale as { readonly purchase: Purchase };
  expect(counter.register.found('cho_1', purchase)).toEqual({ kind: 'ok', value: 'known' });
});

test('a checkout whose sale waits for the disk is not lost: it becomes no second sale', async () => {
  await counter.type();
  counter.trouble.unwritable = 'amount-confirmed';
  await counter.charge();
  counter.trouble.unwritable = null;
  expect(counter.register.found('cho_1', purchaseOf(1799, 'USD', 'One donut'))).toEqual(ok('known'));
});

test('a bank transfer whose end is in two answers has ended once', async () => {
  await counter.toReady();
  await counter.pay();
  counter.complete('cho_1', 'pending');
  await counter.pass(2_000);
  expect(sale().kind).toBe('accepted');
  counter.payment('py_1', 'cho_1', { status: 'failed' });
  counter.register.online();
  counter.register.online();
  await counter.settle();
  expect(counter.kinds().filter((kind) => kind === 'transfer-ended')).toHaveLength(1);
});

test.each([
  ['fails', { status: 'failed' }, 'transfer-failed'],
  ['is disputed', { isDisputed: true }, 'disputed'],
  ['is voided elsewhere', { status: 'canceled' }, 'reversed'],
])('a bank transfer that %s while its ACCEPTED is still on the screen leaves the counter, and the next customer is served', async (_how, change, kind) => {
  await counter.toReady();
  await counter.pay();
  counter.complete('cho_1', 'pending');
  await counter.pass(2_000);
  expect(sale().kind).toBe('accepted');
  counter.payment('py_1', 'cho_1', change);
  counter.register.online();
  await counter.settle();
  expect(sale()).toMatchObject({ kind: 'draft', amountInCents: 0 });
  expect(counter.journal.findLast((entry) => entry.event.kind === 'transfer-ended')).toMatchObject({ sale: { kind } });
  expect(counter.register.troubled().map((one) => one.kind)).toEqual(kind === 'reversed' ? [] : [kind]);
  await counter.type(500, 'Tea');
  counter.form().becomeReady();
  await counter.charge(500, 'Tea');
  expect(sale()).toMatchObject({ kind: 'ready', purchase: { totalInCents: 500 } });
});

test.each([
  ['settles', { status: 'succeeded' }, { kind: 'paid', paymentId: 'py_2' }],
  ['fails', { status: 'failed' }, { kind: 'transfer-failed' }],
])('a bank transfer that was accepted before its payment was known, after a declined card, %s: it can be refunded then, or needs attention', async (_how, change, ended) => {
  const paidWith = { kind: 'bank', brand: null, last4: '6789' } as const;
  await counter.toReady();
  await counter.pay();
  counter.payment('py_1', 'cho_1', { status: 'failed' });
  counter.attempt('cho_1', { id: 'chc_1', status: 'succeeded', paymentStatus: 'pending', paymentId: null, chargedInCents: 1799, paidWith }, { status: 'completed' });
  await counter.pass(2_000);
  expect(sale()).toMatchObject({ kind: 'accepted', paymentId: null });
  counter.register.newSale('sale-1');
  counter.register.online();
  await counter.settle();
  expect(counter.kinds()).not.toContain('transfer-ended');
  counter.payment('py_2', 'cho_1', { ...change, paidWith });
  counter.register.online();
  await counter.settle();
  expect(counter.journal.findLast((entry) => entry.event.kind === 'transfer-ended')).toMatchObject({ sale: ended });
});

describe('the header of a sale', () => {
  test('is in its first entry: account, register, cashier, tender, business day, currency and lines', async () => {
    await counter.toReady();
    const { event } = counter.journal.find((entry) => entry.event.kind === 'charge-asked')!;
    expect(event).toMatchObject({
      purchase: { currency: 'USD', totalInCents: 1799, lines: [{ kind: 'goods', amountInCents: 1799 }] },
      header: { account: { subAccountId: 'acc_1', mode: 'test' }, register: { id: 'register-1', name: 'Register 1' }, cashier: null, tender: 'card-form', businessDay: '2026-11-23' },
    });
  });
});

describe('a sale that is over, and whose end cannot be written', () => {
  const BANK = { paymentId: 'py_1', isPending: true, paidWith: { kind: 'bank', brand: null, last4: '6789' }, chargedInCents: 1799, at: '2026-11-23T15:00:00.000Z', reversals: [] } as const;
  const ACCEPTED: Sale = { kind: 'accepted', id: 'sale-1', purchase: purchaseOf(1799, 'USD', 'Donuts'), checkoutId: 'cho_1', attempts: NO_ATTEMPTS, tender: 'card-form', ...BANK };
  const ended = (how: TransferEnd): Fact => ({ kind: 'transfer-ended', how, at: '2026-11-24T15:00:00.000Z', businessDay: '2026-11-24' });

  /** The journal has the sale as it was written last, and takes nothing while another program holds it. */
  function setTheLedger() {
    const disk: { isHeld: boolean; sale: Sale; kinds: string[] } = { isHeld: true, sale: ACCEPTED, kinds: [] };
    const rings: (() => void)[] = [];
    const ledger = openSaleLedger({
      log() {},
      timers: { after: (_, ring) => (rings.push(ring), () => void rings.splice(rings.indexOf(ring), 1)) },
      journal: {
        sale: () => ok(disk.sale),
        record(next) {
          if (disk.isHeld) return failed({ kind: 'journal-unwritable', reason: 'in-use', detail: 'held' });
          disk.sale = next;
          disk.kinds.push(next.kind);
          return ok(null);
        },
      },
    });
    ledger.resume(ACCEPTED);
    return { ledger, disk, ring: () => rings.splice(0).forEach((ring) => ring()) };
  }

  test('is held until it is written: later facts apply to its end, not to the journal’s state', () => {
    const { ledger, disk, ring } = setTheLedger();
    ledger.learn('sale-1', ended('settled'));
    expect(ledger.sale('sale-1')).toMatchObject({ kind: 'paid' });
    ledger.learn('sale-1', ended('failed'));
    expect(ledger.sale('sale-1')).toMatchObject({ kind: 'paid' });
    disk.isHeld = false;
    ring();
    expect(disk.kinds).toEqual(['paid', 'paid']);
    expect(ledger.sales()).toEqual([]);
  });

  test('is held until it is written, even when the next sale is at the counter', () => {
    const { ledger, disk, ring } = setTheLedger();
    ledger.putAtCounter(ACCEPTED);
    ledger.learn('sale-1', ended('settled'));
    ledger.putAtCounter(newDraft('sale-2'));
    expect(ledger.sale('sale-1')).toMatchObject({ kind: 'paid' });
    disk.isHeld = false;
    ring();
    expect(ledger.sales().map(({ id }) => id)).toEqual(['sale-2']);
  });
});
