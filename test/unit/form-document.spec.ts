import { beforeEach, expect, test } from 'vitest';
import type { CheckoutFormListener } from '../../main/sale/card-form/checkout-form.ts';
import { type FormDocument, openFormDocument } from '../../main/shell/form-document.ts';

let nowMs: number;
let due: { readonly atMs: number; readonly act: () => void }[];
let lost: string[];
let form: FormDocument;

beforeEach(() => {
  [nowMs, due, lost] = [0, [], []];
  form = openFormDocument({
    timers: {
      after(ms, act) {
        const timer = { atMs: nowMs + ms, act };
        due.push(timer);
        return () => void (due = due.filter((each) => each !== timer));
      },
    },
    monotonicMs: () => nowMs,
    outOfTurn: () => {},
  });
  form.serve({ checkoutId: 'cho_1', componentToken: 'token' }, { lost: (why: string) => lost.push(why) } as unknown as CheckoutFormListener);
  form.stillAlive();
});

/** Moves the clock first, then fires the due timers, as after a sleep. */
function pass(ms: number): void {
  nowMs += ms;
  const come = due.filter(({ atMs }) => atMs <= nowMs);
  due = due.filter(({ atMs }) => atMs > nowMs);
  for (const { act } of come) act();
}

test('a form whose page is silent for eight seconds is lost, and can serve no sale', () => {
  pass(7_000);
  form.stillAlive();
  pass(7_999);
  expect([lost, form.isLost]).toEqual([[], false]);
  pass(1);
  expect([lost, form.isLost]).toEqual([['frozen'], true]);
});

test('a form is not lost because the PC slept, on Windows and macOS too, where timers count the sleep: its page gets the same time again', () => {
  pass(3_600_000);
  expect(lost).toEqual([]);
  form.stillAlive();
  pass(3_600_000);
  // A page that really hangs is detected after the sleep.
  pass(8_000);
  expect(lost).toEqual(['frozen']);
});
