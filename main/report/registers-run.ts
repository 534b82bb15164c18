import type { AllRegistersProblem, RegistersProgress } from '../../contract/all-registers.ts';
import { type Result, assertNever, failed, ok } from '../../contract/result.ts';
import type { AccountPage } from '../sale/account-payments.ts';
import { isAboutOne } from '../sale/comparison.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import type { Timers } from '../sale/timers.ts';

export type Read<Value> = Promise<Result<Value, AllRegistersProblem>>;

/** One reading of a day: requests one after the other, with pauses, until it is stopped. */
export type RegistersRun = {
  progress(): RegistersProgress;
  tell(progress: Partial<RegistersProgress>): void;
  /** Pages until `take` has enough. `isCut`: JustiFi has more of them. */
  readPages<Item>(list: PagedList<Item>): Read<{ readonly unreadable: number; readonly isCut: boolean }>;
  /** By its id. Null: JustiFi does not show this one. */
  readOne<Value>(call: () => Promise<Result<Value, JustifiFailure>>): Read<Value | null>;
  readonly stopped: Promise<void>;
  stop(): void;
};

export type PagedList<Item> = {
  readonly step: RegistersProgress['step'];
  readonly mostPages: number;
  readonly pageAt: (cursor: string | null) => Promise<Result<AccountPage<Item>, JustifiFailure>>;
  readonly take: (items: readonly Item[]) => 'enough' | 'more';
};

type Stopped = { readonly kind: 'stopped' };

/** Between two requests: sales of all registers have the same limit at JustiFi, and they come first. */
const BREATH_MS = 100;
/** After a 429 without a time. */
const PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 2 * 60_000;
const MOST_PAUSES = 5;

export function beginRun(timers: Timers, onChange: () => void): RegistersRun {
  let progress: RegistersProgress = { step: 'payments', read: 0, isWaiting: false };
  let isStopped = false;
  const end = Promise.withResolvers<void>();

  function tell(change: Partial<RegistersProgress>): void {
    progress = { ...progress, ...change };
    if (!isStopped) onChange();
  }

  async function pause(ms: number): Promise<void> {
    let callOff = () => {};
    const over = new Promise<void>((resolve) => {
      callOff = timers.after(ms, resolve);
    });
    await Promise.race([over, end.promise]);
    callOff();
  }

  /** One request, and again after the pause that JustiFi asks for. */
  async function ask<Value>(call: () => Promise<Result<Value, JustifiFailure>>): Promise<Result<Value, JustifiFailure | Stopped>> {
    for (let pauses = 0; ; pauses += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await pause(BREATH_MS);
      if (isStopped) return failed({ kind: 'stopped' });
      // oxlint-disable-next-line no-await-in-loop
      const answer = await call();
      if (answer.kind === 'ok' || answer.failure.kind !== 'rate-limited' || pauses === MOST_PAUSES) return answer;
      const pauseMs = answer.failure.retryAfterMs ?? PAUSE_MS * 2 ** pauses;
      if (pauseMs > LONGEST_PAUSE_MS) return answer;
      tell({ isWaiting: true });
      // oxlint-disable-next-line no-await-in-loop
      await pause(pauseMs);
      tell({ isWaiting: false });
    }
  }

  return {
    progress: () => progress,
    tell,
    readPages: (list) => readPages({ ask, tell }, list),
    async readOne(call) {
      const answer = await ask(call);
      if (answer.kind === 'ok') return answer;
      return answer.failure.kind !== 'stopped' && isAboutOne(answer.failure) ? ok(null) : failed({ kind: problemOf(answer.failure) });
    },
    stopped: end.promise,
    stop() {
      isStopped = true;
      end.resolve();
    },
  };
}

type Asking = Pick<RegistersRun, 'tell'> & { readonly ask: <Value>(call: () => Promise<Result<Value, JustifiFailure>>) => Promise<Result<Value, JustifiFailure | Stopped>> };

async function readPages<Item>({ ask, tell }: Asking, { step, mostPages, pageAt, take }: PagedList<Item>): Read<{ readonly unreadable: number; readonly isCut: boolean }> {
  let cursor: string | null = null;
  let unreadable = 0;
  let read = 0;
  tell({ step, read });
  for (let pages = 0; pages < mostPages; pages += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each page names the next
    const page: Result<AccountPage<Item>, JustifiFailure | Stopped> = await ask(() => pageAt(cursor));
    if (page.kind === 'failed') return failed({ kind: problemOf(page.failure) });
    unreadable += page.value.unreadable;
    read += page.value.items.length;
    tell({ read });
    cursor = page.value.next;
    if (take(page.value.items) === 'enough') return ok({ unreadable, isCut: false });
    if (cursor === null) return ok({ unreadable, isCut: page.value.isCut });
  }
  return ok({ unreadable, isCut: true });
}

function problemOf(failure: JustifiFailure | Stopped): AllRegistersProblem['kind'] {
  switch (failure.kind) {
    case 'stopped':
      return 'stopped';
    case 'network':
      return 'no-connection';
    case 'unauthorised':
      return 'credentials-refused';
    case 'forbidden':
      return 'not-permitted';
    case 'rate-limited':
    case 'conflict':
      return 'justifi-busy';
    case 'server':
      return 'justifi-trouble';
    case 'invalid':
      // Another shop's keys do not find this account.
      return failure.status === 404 ? 'not-permitted' : 'answer-unreadable';
    case 'declined':
    case 'unexpected':
      return 'answer-unreadable';
    default:
      return assertNever(failure);
  }
}
