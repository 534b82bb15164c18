import { test as base, expect, vi } from 'vitest';
import { openQuickCounter } from './quick-shop.ts';

/* Sales whose answer takes minutes, in shops whose minutes are seconds; JustiFi, its network, client and journal are real. Each test waits beside the others, in a shop of its own. */

const FASTER = 40;
/** A busy PC is no slow answer. */
const soon = (check: () => void) => vi.waitFor(check, { timeout: 15_000 });
const COMPLETE = 'POST /v1/checkouts/*/complete';

// oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the fixtures from this pattern
const test = base.extend('counter', async ({}, { onCleanup }) => {
  const counter = await openQuickCounter(FASTER);
  onCleanup(() => counter.end());
  return counter;
});

test.concurrent('F-02: a payment that never reached JustiFi ends as not charged, and the next try is on the same checkout: one charge', async ({ counter }) => {
  await counter.charge(2500, 'Repair');
  const { checkoutId } = counter.page()!;
  counter.justifi.addFault({ on: COMPLETE, kind: 'disconnect', moment: 'before', times: 1 });
  await counter.pay();
  await soon(() => expect(counter.state()).toBe('checking'));
  await counter.later(3 * 60_000, () => expect(counter.till.register.sale()).toMatchObject({ kind: 'not-charged', reason: 'not-received' }));
  expect(counter.justifi.charges()).toEqual([]);
  counter.till.register.tryAgain(counter.till.register.sale().id);
  await soon(() => expect(counter.state()).toBe('ready'));
  expect(counter.page()!.checkoutId).toBe(checkoutId);
  await counter.pay();
  await soon(() => expect(counter.state()).toBe('paid'));
  expect(counter.justifi.charges()).toMatchObject([{ checkoutId, amount: 2500 }]);
});

test.concurrent('F-04, F-19: a payment that arrives after NOT CHARGED and after its sale was left is reported as late, once; Try again would have used the same checkout', async ({ counter }) => {
  await counter.charge(2500, 'Repair');
  counter.justifi.holdCharges();
  const paying = counter.pay();
  await counter.later(3 * 60_000, () => expect(counter.state()).toBe('not-charged'));
  counter.till.register.goBack(counter.till.register.sale().id);
  await soon(() => expect(counter.state()).toBe('draft'));
  counter.justifi.releaseCharges();
  await paying;
  await soon(() => expect(counter.till.register.late()).toMatchObject([{ chargedInCents: 2500 }]));
  const [late] = counter.till.register.late();
  // An answer that is lost on the way is asked for again.
  await counter.till.register.reverse(late!.id, 'void');
  await soon(() => expect(counter.till.register.late()).toEqual([]));
  expect(counter.justifi.books.payments().map(({ voidedAt }) => voidedAt !== null)).toEqual([true]);
});

test.concurrent.for([
  ['000222222227', [{ kind: 'transfer-failed' }], 'draft'],
  ['000123456789', [], 'paid'],
] as const)('ACH %s was ACCEPTED at the counter, and no key was pressed for days: one that settles is PAID there, one that fails needs attention, and the next customer is served', async ([accountNumber, troubled, state], { counter }) => {
  await counter.charge(12_000, 'Deposit');
  const { checkoutId, listener } = counter.page()!;
  const account = await counter.shop.bankAccount(accountNumber);
  expect((await listener.submit({ checkoutId, componentAmountInCents: null, methodType: 'new_bank_account', isAuthorisationShown: true })).kind).toBe('ok');
  await counter.shop.complete(checkoutId, account.body.id);
  listener.hinted({ kind: 'submitted', word: 'pending' });
  await soon(() => expect(counter.state()).toBe('accepted'));
  counter.justifi.advanceClock(5 * 24 * 60 * 60_000);
  counter.till.register.online();
  await soon(() => expect(counter.state()).toBe(state));
  expect(counter.till.register.troubled()).toMatchObject(troubled);
  if (state === 'draft') await counter.charge(900, 'Coffee');
});
