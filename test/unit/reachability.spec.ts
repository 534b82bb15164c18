import { beforeEach, describe, expect, test } from 'vitest';
import { type Reachability, openReachability } from '../../main/sale/reachability.ts';

const NO_ANSWER = { trouble: 'no-answer', code: 'ECONNREFUSED' } as const;

/** A network that the test cuts and restores, and a clock that it moves. */
function setTheLine() {
  const timers: { atMs: number; ring: () => void }[] = [];
  const said: boolean[] = [];
  const line = { up: true, probes: 0 };
  let nowMs = 0;
  const reachability: Reachability = openReachability({
    probe: () => {
      line.probes += 1;
      return Promise.resolve(line.up ? null : NO_ANSWER);
    },
    timers: {
      after(ms, ring) {
        const timer = { atMs: nowMs + ms, ring };
        timers.push(timer);
        return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
      },
    },
    onChange: (failure) => said.push(failure === null),
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

describe('the connection to JustiFi', () => {
  test('counts as up until two requests in a row stay without an answer', async () => {
    expect(counter.reachability.failure()).toBeNull();
    counter.reachability.noted(NO_ANSWER);
    expect(counter.reachability.failure()).toBeNull();
    await counter.pass(0);
    expect(counter.line.probes).toBe(1);
    expect(counter.said).toEqual([]);
    counter.line.up = false;
    counter.reachability.noted(NO_ANSWER);
    await counter.pass(0);
    expect(counter.said).toEqual([false]);
  });

  test('that is cut while the till is idle is noticed within a minute', async () => {
    counter.line.up = false;
    await counter.pass(60_000);
    expect(counter.reachability.failure()).toEqual(NO_ANSWER);
  });

  test('that comes back is noticed within five seconds (F-15)', async () => {
    counter.line.up = false;
    await counter.pass(120_000);
    counter.line.up = true;
    await counter.pass(2_500);
    expect(counter.reachability.failure()).toBeNull();
    expect(counter.said).toEqual([false, true]);
  });

  test('is up when any request of the till is answered', async () => {
    counter.line.up = false;
    await counter.pass(60_000);
    counter.reachability.noted(null);
    expect(counter.said).toEqual([false, true]);
  });

  test('that stays down for another reason says so: the clock was set wrong while the network was out', async () => {
    counter.line.up = false;
    await counter.pass(60_000);
    counter.reachability.noted({ trouble: 'clock', code: 'CERT_NOT_YET_VALID' });
    expect(counter.said).toEqual([false, false]);
    expect(counter.reachability.failure()).toMatchObject({ trouble: 'clock' });
  });

  test('is not asked about any more when the account is closed', async () => {
    counter.reachability.close();
    await counter.pass(300_000);
    expect(counter.line.probes).toBe(0);
  });
});
