/** The clock of a page that a test moves. Milliseconds. */
export type PageClock = {
  nowMs(): number;
  /** Due timers fire in their order, and the page renders in between. */
  advance(byMs: number): Promise<void>;
};

type Timer = { dueMs: number; readonly everyMs: number | null; readonly run: () => void };

/**
 * Runs in the page, before its scripts: timers, `performance.now` and the times of events follow a clock that stands still until it is moved. A key that
 * has a later time of its own (../e2e/keys.ts) moves it, too. So no outcome depends on how busy the PC is.
 */
export function replaceClock(): void {
  /** Later than any time that Chromium itself gives an event while a test runs. */
  let nowMs = 10_000_000;
  let made = 0;
  const timers = new Map<number, Timer>();
  const stampOf = Object.getOwnPropertyDescriptor(Event.prototype, 'timeStamp')!.get!;

  const begin = (isRepeated: boolean) => (run: () => void, delayMs = 0) => {
    made += 1;
    timers.set(made, { dueMs: nowMs + Math.max(0, delayMs), everyMs: isRepeated ? Math.max(1, delayMs) : null, run });
    return made;
  };
  const end = (id: number) => void timers.delete(id);

  function runNext(untilMs: number): boolean {
    const [id, timer] = [...timers].toSorted(([, one], [, other]) => one.dueMs - other.dueMs)[0] ?? [];
    if (id === undefined || timer === undefined || timer.dueMs > untilMs) return false;
    nowMs = Math.max(nowMs, timer.dueMs);
    if (timer.everyMs === null) timers.delete(id);
    else timer.dueMs += timer.everyMs;
    timer.run();
    return true;
  }

  function moveTo(atMs: number): void {
    while (runNext(atMs));
    nowMs = Math.max(nowMs, atMs);
  }

  const task = () =>
    new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => {
        port1.close();
        resolve();
      });
      port1.start();
      port2.postMessage(null);
    });

  /** React draws, and runs effects, in tasks of its own, a few one after the other. */
  async function drawn(): Promise<void> {
    for (let number = 0; number < 8; number += 1) await task();
  }

  async function advance(byMs: number): Promise<void> {
    const untilMs = nowMs + byMs;
    do await drawn();
    while (runNext(untilMs));
    nowMs = untilMs;
  }

  for (const kind of ['keydown', 'keyup']) window.addEventListener(kind, (event) => moveTo(stampOf.call(event)), { capture: true });
  Object.defineProperty(Event.prototype, 'timeStamp', { get: () => nowMs });
  Object.defineProperty(performance, 'now', { value: () => nowMs });
  Object.assign(window, { setTimeout: begin(false), setInterval: begin(true), clearTimeout: end, clearInterval: end, pageClock: { nowMs: () => nowMs, advance } });
}
