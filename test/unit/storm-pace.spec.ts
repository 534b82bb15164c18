import { expect, test } from 'vitest';
import { openPaceOfTurns } from '../storm/pace.ts';

let realMs = 0;

/** A shop that lives forty times faster. */
function openPace() {
  realMs = 1_000;
  const pace = openPaceOfTurns(40, 0, () => realMs);
  return { ...pace, turn: () => pace.turn(pace.shopMs() + 400), passed: () => Math.round(pace.shopMs()), passedAt: (atMs: number) => Math.round(pace.shopMsAt(atMs)) };
}

test('As long as till and JustiFi take turns in time, the shop’s time passes forty times faster', () => {
  const pace = openPace();
  for (let turn = 0; turn < 10; turn += 1) {
    realMs += 6;
    pace.turn();
  }
  expect(pace.passed()).toBe(60 * 40);
});

test('A till or a JustiFi that gets no turn on a busy PC for a second loses no ten seconds of the shop’s time by it', () => {
  const pace = openPace();
  realMs += 1_000;
  expect(pace.passed()).toBe(10 * 40 + 990);
  pace.turn();
  realMs += 5;
  expect(pace.passed()).toBe(10 * 40 + 990 + 5 * 40);
});

test('Each moment of the shop’s time is one of real time, before, during and after a turn that came late', () => {
  const pace = openPace();
  realMs += 500;
  pace.turn();
  realMs += 4;
  for (const atMs of [1_000, 1_007, 1_300, 1_499, 1_500, 1_503]) expect(pace.realMsAt(pace.shopMsAt(atMs))).toBeCloseTo(atMs, 3);
  expect(pace.passedAt(1_007)).toBe(7 * 40);
  expect(pace.passedAt(1_300)).toBe(10 * 40 + 290);
});

test('In the calm at the end no till takes turns, and the shop’s time passes fast all the same', () => {
  const pace = openPace();
  realMs += 500;
  pace.runFreely();
  pace.turn();
  realMs += 1_000;
  expect(pace.passed()).toBe(10 * 40 + 490 + 1_000 * 40);
});

test('The till’s clock keeps up with JustiFi’s, also when its own turns come late or after each other', () => {
  const justifi = openPace();
  const till = openPaceOfTurns(40, 0, () => realMs);
  for (const waitsMs of [3, 30, 0, 12, 250, 1, 1, 40, 5, 700, 6]) {
    const untilMs = justifi.shopMs() + 400;
    justifi.turn();
    realMs += waitsMs;
    till.turn(untilMs);
    realMs += 7;
    expect(Math.abs(till.shopMs() - justifi.shopMs())).toBeLessThan(1_000);
  }
});
