import { beforeEach, describe, expect, test } from 'vitest';
import { setTheCounter } from '../counter.ts';

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter();
});

describe('Charge', () => {
  test('pressed twice makes one checkout and shows one form (F-08)', async () => {
    await counter.type();
    const order = { saleId: 'sale-1', amountInCents: 1799, description: 'One donut', confirmed: [] };
    const answers = [counter.register.charge(order), counter.register.charge(order)];
    counter.form().becomeReady();
    await counter.settle();
    expect(answers.map(({ kind }) => kind)).toEqual(['ok', 'failed']);
    expect(counter.requests.filter((request) => request.startsWith('update'))).toHaveLength(1);
    expect(counter.forms.filter(({ state }) => state === 'shown')).toHaveLength(1);
  });

  test('starts nothing when the journal cannot be written (F-10)', async () => {
    counter.trouble.disk = true;
    await counter.type();
    await counter.charge();
    expect(counter.requests).toEqual([]);
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799, description: 'One donut', problem: { kind: 'journal-unwritable' } });
  });

  test('without a connection keeps the typed text and says so (F-15)', async () => {
    counter.trouble.create = { kind: 'network', code: 'ENOTFOUND' };
    await counter.type();
    await counter.charge();
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799, description: 'One donut', problem: { kind: 'no-connection', trouble: 'no-answer' } });
  });

  test.each([
    [{ kind: 'unauthorised', code: 'not_authorized', status: 401 } as const, { kind: 'not-set-up', code: 'auth-401' }],
    [{ kind: 'forbidden', code: 'forbidden', status: 403, aboutOriginUrl: false } as const, { kind: 'not-set-up', code: 'permission-403' }],
    [{ kind: 'invalid', code: 'sub_account_not_enabled', status: 400, parameter: null } as const, { kind: 'not-set-up', code: 'sub_account_not_enabled' }],
    [{ kind: 'rate-limited', code: 'http-429', status: 429 } as const, { kind: 'too-many-tries' }],
    [{ kind: 'unexpected', code: 'not-json', status: 200 } as const, { kind: 'service-trouble', code: 'not-json' }],
  ])('blames the set-up, never the card: %o (F-13)', async (failure, problem) => {
    counter.trouble.create = failure;
    await counter.type();
    await counter.charge();
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem });
  });

  test('a card number in the description goes nowhere (F-27)', async () => {
    await counter.type(1799, 'my card 4242 4242 4242 4242');
    await counter.charge(1799, 'my card 4242 4242 4242 4242');
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'description-card-number' } });
    expect(JSON.stringify([counter.register.sale(), counter.journal, counter.requests])).not.toMatch(/4242/u);
  });

  test('can be cancelled while the form is loading; the sale begins again with the typed text', async () => {
    await counter.type();
    await counter.charge();
    counter.register.goBack('sale-1');
    counter.forms.forEach(({ becomeReady }) => becomeReady());
    await counter.settle();
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799, description: 'One donut' });
    expect(counter.forms.filter(({ state }) => state === 'shown')).toHaveLength(0);
  });
});

test('a JustiFi that hangs is reported ten seconds after Charge, and later answers are not shown (F-30)', async () => {
  const hanging = counter.hang();
  await counter.type();
  await counter.charge();
  await counter.pass(9_900);
  expect(counter.register.sale().kind).toBe('preparing');
  await counter.pass(200);
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799, description: 'One donut', problem: { kind: 'no-connection', trouble: 'no-answer' } });
  hanging.end();
  await counter.pass(10_000);
  expect(counter.register.sale()).toMatchObject({ kind: 'draft' });
  expect(counter.forms.filter(({ state }) => state === 'shown')).toEqual([]);
  await counter.charge();
  counter.form().becomeReady();
  await counter.settle();
  expect(counter.register.sale().kind).toBe('ready');
});

test.each([
  ['the change of the prepared checkout is lost', 0],
  ['the prepared checkout comes just before it would be given up, and its change is lost', 3_900],
])('the ten seconds are for all of Charge: %s, the new checkout is slow, and its form never loads (F-30)', async (_name, createdAfterMs) => {
  const preparing = counter.hang();
  await counter.type();
  if (createdAfterMs === 0) preparing.end();
  counter.loseUpdates();
  await counter.charge();
  await counter.pass(createdAfterMs);
  preparing.end();
  const creating = counter.hang();
  await counter.pass(9_800 - createdAfterMs);
  creating.end();
  await counter.pass(100);
  expect(counter.register.sale()).toMatchObject({ kind: 'preparing', checkoutId: 'cho_2' });
  await counter.pass(200);
  expect(counter.register.sale()).toMatchObject({ kind: 'not-charged', reason: 'form-lost', checkoutId: 'cho_2' });
  expect(counter.forms.filter(({ state }) => state !== 'closed')).toEqual([]);
  counter.register.tryAgain('sale-1');
  await counter.settle();
  counter.form().becomeReady();
  await counter.settle();
  expect(counter.register.sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_2' });
});

test('the ten seconds are for all of Charge: the time used by the change of a checkout is not available to the creation of another (F-30)', async () => {
  await counter.type();
  counter.loseUpdates();
  counter.hang();
  await counter.charge();
  await counter.pass(9_900);
  expect(counter.register.sale().kind).toBe('preparing');
  await counter.pass(200);
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'no-connection' } });
});

test('the same amount and description again within three minutes has to be confirmed (F-32)', async () => {
  await counter.sell();
  // Another customer in between does not change that it is a repeat.
  await counter.type(500, 'Coffee');
  await counter.charge(500, 'Coffee');
  expect(counter.register.sale().kind).not.toBe('draft');
  counter.register.goBack(counter.register.sale().id);
  await counter.type();
  await counter.charge();
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'paid-just-now', last4: '4242' } });
  await counter.charge(1799, 'One donut', ['paid-just-now']);
  expect(counter.register.sale().kind).toBe('preparing');
});

test('a sale without a description gets the shop’s usual one, and the same sale again is asked about (F-32)', async () => {
  await counter.type(1799, '  ');
  await counter.charge(1799, '  ');
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'description-empty' } });
  counter.shop.usualDescription = 'Coffee';
  counter.form().becomeReady();
  await counter.charge(1799, '  ');
  expect(counter.register.sale()).toMatchObject({ kind: 'ready', purchase: { totalInCents: 1799, description: 'Coffee' } });
  expect(counter.api.get('cho_1')!.description).toBe('Coffee');
  await counter.pay();
  counter.complete('cho_1', 'succeeded');
  await counter.pass(1_100);
  const { id } = counter.register.sale();
  counter.register.newSale(id);
  for (const description of ['', 'Coffee']) {
    await counter.type(1799, description);
    await counter.charge(1799, description);
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'paid-just-now', last4: '4242' } });
  }
  await counter.type(1799, 'Cake');
  await counter.charge(1799, 'Cake');
  expect(counter.register.sale()).toMatchObject({ kind: 'preparing', purchase: { description: 'Cake' } });
});

test('an entered description has priority over the usual one, and a card number is refused and not replaced by it', async () => {
  counter.shop.usualDescription = 'Coffee';
  await counter.type(1799, 'Cake');
  await counter.charge(1799, '4242 4242 4242 4242');
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'description-card-number' } });
  await counter.charge(1799, 'Cake');
  expect(counter.register.sale()).toMatchObject({ purchase: { description: 'Cake' } });
});

test('an amount above the shop’s own mark has to be confirmed, and one beyond its limits is refused (F-28)', async () => {
  await counter.type(100_001, 'Sofa');
  await counter.charge(100_001, 'Sofa');
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'amount-unusual' } });
  await counter.charge(100_001, 'Sofa', ['paid-just-now']);
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'amount-unusual' } });
  await counter.charge(100_000_000, 'Sofa', ['amount-unusual']);
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: { kind: 'amount-too-large' } });
  await counter.charge(100_001, 'Sofa', ['amount-unusual']);
  expect(counter.register.sale().kind).toBe('preparing');
});

test('while JustiFi cannot be reached no charge begins; the typed text is kept, and the reason disappears when the network is back (F-15)', async () => {
  counter.trouble.reachable = false;
  await counter.type();
  await counter.charge();
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799, description: 'One donut', problem: { kind: 'no-connection', trouble: 'no-answer' } });
  expect(counter.requests).toEqual([]);
  expect(counter.journal).toEqual([]);
  counter.trouble.reachable = true;
  counter.register.online();
  await counter.settle();
  expect(counter.register.sale()).toMatchObject({ kind: 'draft', problem: null });
  expect(counter.requests).toContain('create 51');
});
