import { existsSync, readFileSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/*
 * Loaded into the app's main process from outside, before it: a file sets how wrong this PC's wall clock is, and how
 * much faster than ours all of main's clocks and timers run. Both may be changed while the app runs. Nothing in the app knows.
 */
const file = process.env['COUNTER_TEST_CLOCK'] ?? '';
const RealDate = Date;
const realNow = performance.now.bind(performance);
const startTimer = globalThis.setTimeout;
const stopTimer = globalThis.clearTimeout;

export type ClockOrder = { readonly shiftMs: number; readonly pace: number };
const asAlways: ClockOrder = { shiftMs: 0, pace: 1 };

let { shiftMs, pace } = read();
let since = { realMs: realNow(), ms: realNow() };
const now = () => since.ms + (realNow() - since.realMs) * pace;

function read(): ClockOrder {
  return existsSync(file) ? { ...asAlways, ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<ClockOrder>) } : asAlways;
}

function follow(): void {
  const order = read();
  since = { realMs: realNow(), ms: now() };
  ({ shiftMs, pace } = order);
  for (const timer of waiting) timer.restart();
}

const waiting = new Set<PacedTimeout>();

/** Node's Timeout, as far as programs use it. */
class PacedTimeout {
  readonly #call: () => void;
  readonly #ms: number;
  #dueMs: number;
  #timer: NodeJS.Timeout;
  #isRef = true;

  constructor(call: () => void, ms: number) {
    this.#call = call;
    this.#ms = ms;
    this.#dueMs = now() + ms;
    this.#timer = this.#start();
  }

  restart(): void {
    stopTimer(this.#timer);
    this.#timer = this.#start();
    if (!this.#isRef) this.#timer.unref();
  }

  refresh(): this {
    this.#dueMs = now() + this.#ms;
    this.restart();
    return this;
  }

  ref(): this {
    this.#isRef = true;
    this.#timer.ref();
    return this;
  }

  unref(): this {
    this.#isRef = false;
    this.#timer.unref();
    return this;
  }

  hasRef(): boolean {
    return this.#isRef;
  }

  close(): void {
    waiting.delete(this);
    stopTimer(this.#timer);
  }

  #start(): NodeJS.Timeout {
    waiting.add(this);
    return startTimer(() => {
      waiting.delete(this);
      this.#call();
    }, Math.max(0, this.#dueMs - now()) / pace);
  }
}

if (file !== '') {
  watch(dirname(file), { persistent: false }, (_event, name) => {
    if (name === basename(file)) follow();
  });
  performance.now = now;
  const wallNow = () => RealDate.now() + (now() - realNow()) + shiftMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (_target, args: unknown[]) => (args.length === 0 ? new RealDate(wallNow()) : Reflect.construct(RealDate, args) as object),
    get: (target, name, receiver): unknown => (name === 'now' ? wallNow : Reflect.get(target, name, receiver)),
  });
  globalThis.setTimeout = new Proxy(startTimer, {
    apply: (_target, _self, [call, ms, ...args]: [(...args: unknown[]) => void, number | undefined, ...unknown[]]) => new PacedTimeout(() => call(...args), ms ?? 0),
  });
  globalThis.clearTimeout = (timer) => {
    if (timer instanceof PacedTimeout) timer.close();
    else stopTimer(timer as NodeJS.Timeout | undefined);
  };
}
