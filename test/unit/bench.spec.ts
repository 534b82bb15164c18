import { describe, expect, test } from 'vitest';
import { type Measured, judgePause, ratiosOf, slowerRows, stepsOf } from '../bench/baseline.ts';
import { targetsExceeded } from '../bench/speed-targets.ts';

const start = (ms: number) => ({ process: ms, window: 2 * ms, script: 3 * ms, 'first paint': 4 * ms, 'first digit': 5 * ms });
const measured = (ms: number): Measured => ({ starts: [start(ms), start(2 * ms), start(ms)], formMs: { 500: [ms], 1_000: [ms], 2_500: [ms] }, resultMs: [ms], pauseMs: [ms] });

describe('the bench', () => {
  test('has a row for the start, for Charge at each pace, for the result and for the worst pause, and says where a start spends its time', () => {
    expect(ratiosOf(measured(100), measured(400)).map(({ ratio }) => ratio)).toEqual([4, 4, 4, 4, 4, 4]);
    expect(ratiosOf(measured(100), measured(400), [500])).toHaveLength(4);
    expect(ratiosOf(measured(100), measured(400))[0]).toMatchObject({ oursMs: 1_500, literalMs: 6_000 });
    expect(stepsOf(measured(100), measured(400))[2]).toEqual({ step: 'script', oursMs: 300, literalMs: 1_200 });
  });

  test('notices a ratio that is less than half of what it was, and a row that the baseline does not have', () => {
    const before = ratiosOf(measured(100), measured(400));
    expect(slowerRows(ratiosOf(measured(190), measured(400)), before)).toEqual([]);
    expect(slowerRows(ratiosOf(measured(210), measured(400)), before)).toHaveLength(6);
    expect(slowerRows(before, before.slice(1))).toEqual(['start → keypad accepts digits: the baseline has no such row']);
  });

  test('asks for a worst pause of at most 50 ms where the machine is quiet, and nowhere else', () => {
    expect(judgePause(49, 5)).toEqual({ asked: true, exceeded: null });
    expect(judgePause(51, 5)).toEqual({ asked: true, exceeded: 'worst pause while the journal is looked after: 51 ms, at most 50' });
    expect(judgePause(900, 40)).toEqual({ asked: false, exceeded: null });
  });

  test('N-02, N-03, N-09: names each of the counter’s limits that was missed', () => {
    expect(targetsExceeded({ digitMs: 50, newSaleMs: 100, receiptMs: 500 })).toEqual([]);
    expect(targetsExceeded({ digitMs: 56, newSaleMs: 101, receiptMs: 501 })).toEqual(['a key → its digit: 56 ms, at most 50', 'New sale → keypad: 101 ms, at most 100', 'PAID → receipt at the printer: 501 ms, at most 500']);
  });
});
