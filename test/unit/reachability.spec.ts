import { beforeEach, describe, expect, test } from 'vitest';
import { type Reachability, watchReachability } from '../../main/sale/reachability.ts';

/** A network that is cut and mended by hand, and a clock that is moved by hand. */
function setTheLine() {
  const timers: { atMs: number; ring: () => void }[] = [];
  const said: boolean[] = [];
  const line = { up: true, probes: 0 };
  let nowMs = 0;
  const reachability: Reachability = watchReachability({
    probe: () => {
      line.probes += 1;
      return Promise.resolve(line.up);
    },
    timers: {
      after(ms, ring) {
        const timer = { atMs: nowMs + ms, ring };
        timers.push(timer);
        return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
      },
    },
    onChange: (reachable) => said.push(reachable),
  });
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  }
  async function pass(ms: number): Promise<void> {
    await settle();
    const until = nowMs + ms;
    for (;;) {
      const next = timers.filter(({ atMs }) => atMs <= until).toSorted((one, other) => one.atMs - other.atMs)[0];
      if (next === undefined) break;
      timers.splice(timers.indexOf(next), 1);
      nowMs = next.atMs;
      next.ring();
      await settle();
    }
    nowMs = until;
  }
  return { reachability, said, line, pass };
}

let counter: ReturnType<typeof setTheLine>;
beforeEach(() => {
  counter = setTheLine();
});

describe('the line to JustiFi', () => {
  test('is taken to be there until two questions in a row stay without an answer', async () => {
    expect(counter.reachability.isReachable()).toBe(true);
    counter.reachability.noted(false);
    expect(counter.reachability.isReachable()).toBe(true);
    await counter.pass(0);
    expect(counter.line.probes).toBe(1);
    expect(counter.said).toEqual([]);
    counter.line.up = false;
    counter.reachability.noted(false);
    await counter.pass(0);
    expect(counter.said).toEqual([false]);
  });

  test('that is cut while nobody sells anything is noticed within a minute', async () => {
    counter.line.up = false;
    await counter.pass(60_000);
    expect(counter.reachability.isReachable()).toBe(false);
  });

  test('that comes back is noticed within five seconds (F-15)', async () => {
    counter.line.up = false;
    await counter.pass(120_000);
    counter.line.up = true;
    await counter.pass(2_500);
    expect(counter.reachability.isReachable()).toBe(true);
    expect(counter.said).toEqual([false, true]);
  });

  test('is there when any request of the till is answered', async () => {
    counter.line.up = false;
    await counter.pass(60_000);
    counter.reachability.noted(true);
    expect(counter.said).toEqual([false, true]);
  });

  test('is not asked about any more when the account is closed', async () => {
    counter.reachability.close();
    await counter.pass(300_000);
    expect(counter.line.probes).toBe(0);
  });
});
