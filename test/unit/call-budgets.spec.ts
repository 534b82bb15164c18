import { expect, test } from 'vitest';
import { type Role, channels } from '../../contract/channels.ts';
import { budgetOf, createCallBudgets } from '../../main/shell/call-budgets.ts';

const calls = (Object.keys(channels) as Role[]).flatMap((role) => Object.keys(channels[role].calls).map((name) => [role, name] as const));

test.each(calls)('A-08: a flood of %s.%s is cut off within a hundredth of it, and comes back with time', (role, name) => {
  let nowMs = 0;
  const budgets = createCallBudgets(() => nowMs);
  const flood = () => Array.from({ length: 20_000 }, () => budgets.spend([role], role, name)).filter(Boolean).length;
  const { burst, perSecond } = budgetOf(role, name);
  expect(flood()).toBe(burst);
  expect(burst).toBeLessThanOrEqual(200);
  nowMs += 60_000;
  expect(flood()).toBe(Math.floor(Math.min(burst, 60 * perSecond)));
});

test('A-08: one kind of window does not use up another’s budget', () => {
  const budgets = createCallBudgets(() => 0);
  for (let count = 0; count < 1_000; count += 1) budgets.spend(['display'], 'till', 'charge');
  for (let count = 0; count < 1_000; count += 1) budgets.spend([], 'till', 'charge');
  expect(budgets.spend(['till', 'manager'], 'till', 'charge')).toBe(true);
});

test('A-08: a quick hand and a scanner stay below the budgets', () => {
  let nowMs = 0;
  const budgets = createCallBudgets(() => nowMs);
  const at = ['till', 'manager'] as const;
  // Ten codes of 48 characters, two a second.
  for (let code = 0; code < 10; code += 1) {
    for (let key = 0; key < 48; key += 1) {
      nowMs += 5;
      expect(budgets.spend(at, 'till', 'edit')).toBe(true);
    }
    nowMs += 1_000;
  }
  for (let sale = 0; sale < 100; sale += 1) {
    nowMs += 1_500;
    for (const call of ['charge', 'newSale'] as const) expect(budgets.spend(at, 'till', call)).toBe(true);
  }
});
