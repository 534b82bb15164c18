import { beforeEach, describe, expect, test } from 'vitest';
import { setTheCounter } from './counter.ts';

/* N-04: the form is ready before the first digit, and JustiFi's list is not filled with unused checkouts. */

const MINUTE_MS = 60_000;

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter();
});

const created = () => counter.requests.filter((request) => request === 'create 51').length;

/** A person at the till, without a typed digit. */
async function personSeen(): Promise<void> {
  counter.register.personSeen();
  await counter.settle();
}

async function sellOne(): Promise<void> {
  await counter.type();
  counter.form().becomeReady();
  await counter.charge(1799, 'One donut', ['paid-just-now']);
  await counter.pay();
  const { checkoutId } = counter.form();
  counter.complete(checkoutId, 'succeeded');
  counter.form().listener.hinted({ kind: 'submitted', word: 'succeeded' });
  await counter.pass(2_000);
  expect(counter.register.sale().kind).toBe('paid');
  counter.register.newSale(counter.register.sale().id);
  await counter.settle();
}

describe('a checkout is prepared before the first digit', () => {
  test('at the first sign of a person: journaled first, out of sight, and only once', async () => {
    counter.register.personSeen();
    expect(counter.kinds()).toEqual(['checkout-asked']);
    await counter.settle();
    await personSeen();
    await counter.type(1);
    expect(counter.requests).toEqual(['create 51', 'token cho_1']);
    expect(counter.form().state).toBe('hidden');
  });

  test('when New sale is pressed: Charge right after the amount waits for nothing but JustiFi’s word about it', async () => {
    await sellOne();
    expect(counter.requests.slice(-2)).toEqual(['create 51', 'token cho_2']);
    counter.form().becomeReady();
    await counter.charge(500, 'Coffee');
    expect(counter.requests).toContain('update cho_2 500');
    expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_2' });
    expect(counter.requests.filter((request) => request.startsWith('create'))).toHaveLength(2);
  });

  test('not while a sale is under way, and not without a connection', async () => {
    counter.trouble.reachable = false;
    await personSeen();
    expect(counter.requests).toEqual([]);
    counter.trouble.reachable = true;
    await counter.toReady();
    await personSeen();
    expect(created()).toBe(1);
  });

  test('and is let go after 45 idle minutes: the form is closed, and a new one waits for the next person', async () => {
    await personSeen();
    await counter.pass(45 * MINUTE_MS);
    expect(counter.forms.map(({ state }) => state)).toEqual(['closed']);
    await counter.pass(10 * 60 * MINUTE_MS);
    expect(created()).toBe(1);
    await personSeen();
    expect(created()).toBe(2);
  });

  test('again when its page was lost out of sight: at the next sign, but not again and again', async () => {
    await personSeen();
    counter.form().becomeReady();
    counter.form().listener.lost('renderer-crashed');
    await counter.settle();
    expect(counter.forms[0]!.state).toBe('closed');
    await personSeen();
    expect(created()).toBe(1);
    await counter.pass(6_000);
    await personSeen();
    expect(created()).toBe(2);
  });
});

test('N-04: a day of 300 sales with breaks leaves at most one unused checkout behind for each idle spell', async () => {
  /** After so many sales the till is idle for so long. */
  const breaks = new Map([[40, 50], [90, 95], [91, 46], [150, 70], [151, 30], [220, 180], [260, 20]].map(([sale, minutes]) => [sale, minutes! * MINUTE_MS]));
  for (let sold = 1; sold <= 300; sold += 1) {
    await personSeen();
    await counter.pass(1_000);
    await sellOne();
    await counter.pass(20_000);
    // A cleaner or a child touches the till during a break, without a sale.
    const idleMs = breaks.get(sold) ?? 0;
    await counter.pass(idleMs / 2);
    if (sold === 220) await personSeen();
    await counter.pass(idleMs / 2);
  }
  await counter.pass(12 * 60 * MINUTE_MS);
  const unused = counter.journal.filter(({ event }) => event.kind === 'checkout-created').length - 300;
  // Those of more than 45 minutes, one more for each touch without a sale, and the night.
  const idleSpells = [...breaks.values()].filter((ms) => ms > 45 * MINUTE_MS).length + 1 + 1;
  expect(idleSpells).toBe(7);
  expect(unused).toBeGreaterThan(0);
  expect(unused).toBeLessThanOrEqual(idleSpells);
  expect(counter.forms.filter(({ state }) => state !== 'closed')).toEqual([]);
});
