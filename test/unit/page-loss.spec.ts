import { expect, test } from 'vitest';
import { createPageLoss } from '../../main/shell/page-loss.ts';

test('E-21: a page that crashes now and then is brought back each time; one that crashes four times within a minute is not', () => {
  let nowMs = 0;
  const mayReload = createPageLoss(() => nowMs);
  for (let day = 0; day < 10; day += 1) {
    nowMs += 3_600_000;
    expect([mayReload(), mayReload(), mayReload()]).toEqual([true, true, true]);
  }
  nowMs += 1_000;
  expect(mayReload()).toBe(false);
  nowMs += 61_000;
  expect(mayReload()).toBe(true);
});
