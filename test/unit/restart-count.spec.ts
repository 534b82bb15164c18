import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mayRestart } from '../../main/storage/restart-count.ts';

const MINUTE = 60_000;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counter-restarts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const at = (minutes: number) => mayRestart(join(folder, 'restarts.json'), minutes * MINUTE);

test('E-11: Counter starts itself again three times in ten minutes, and again when those are past', () => {
  expect([0, 1, 2, 3, 9, 10.5].map((minutes) => at(minutes))).toEqual([true, true, true, false, false, true]);
});

test('E-11: a clock that was set back by a year does not keep it from starting again', () => {
  expect([1, 2, 3].map((minutes) => at(minutes))).toEqual([true, true, true]);
  expect(at(-500_000)).toBe(true);
});

test('E-11: without a counted restart there is none, or a Counter that fails at each start would start for ever', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(mayRestart(join(folder, 'file', 'restarts.json'), 0)).toBe(false);
});
