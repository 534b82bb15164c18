import { expect, test } from 'vitest';
import { HAPPENS } from '../storm/happens.ts';
import { CAN_FILL_THE_DISK } from '../storm/journal-hold.ts';
import { MADE_FOR, isMadeFor } from '../storm/special-plan.ts';

const SIXTY = Array.from({ length: 60 }, (_, number) => number);

test('Each kind of event that a sale of the storm is made for is one that a run must have', () => {
  const onlyOnLinux = CAN_FILL_THE_DISK ? [] : ['not written, disk full'];
  expect([...MADE_FOR].filter((kind) => !HAPPENS.includes(kind) && !onlyOnLinux.includes(kind))).toEqual([]);
  expect(MADE_FOR.size).toBeGreaterThan(30);
});

test('Any sixty sales in a row have one that is made for each of these kinds', () => {
  for (const from of [0, 60, 137]) expect([...MADE_FOR].filter((kind) => !SIXTY.some((number) => isMadeFor(from + number, [kind]))), `from ${from}`).toEqual([]);
});
