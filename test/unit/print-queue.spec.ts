import { expect, test } from 'vitest';
import { failed, ok } from '../../contract/result.ts';
import { type PrintJobs, copyNumber, printJobs, withPrint, withoutPrint } from '../../main/printing/print-jobs.ts';
import { openPrintQueue } from '../../main/printing/print-queue.ts';
import { type SendOutcome, SENT, notSent } from '../../main/printing/raw-printer.ts';

const SOLD_AT = '2026-11-27T20:00:00.000Z';

/** A queue with a scripted printer and disk, and a clock that the test moves. */
function setUp(kept: PrintJobs = printJobs.parse({})) {
  const disk = { jobs: kept, isFull: false, isOpen: true };
  const printed: string[] = [];
  const answers: SendOutcome[] = [];
  const lines: string[] = [];
  const timers: { atMs: number; ring: () => void }[] = [];
  let nowMs = Date.parse(SOLD_AT);
  let ids = 0;
  const open = () =>
    openPrintQueue({
      file: {
        read: () => disk.jobs,
        write(next) {
          if (disk.isFull) return failed('full');
          disk.jobs = printJobs.parse(JSON.parse(JSON.stringify(next)));
          return ok(null);
        },
      },
      isOpen: () => disk.isOpen,
      madeAt: (asked) => (asked.kind === 'day' ? asked.closedAt : asked.saleId.startsWith('5a1e') ? SOLD_AT : null),
      print({ paper: asked, copyFor, copyNumber: number }) {
        printed.push(asked.kind === 'day' ? `Z ${asked.number} ${number}` : `${nameOf(asked.saleId)} ${copyFor} ${number}`);
        return Promise.resolve(answers.shift() ?? SENT);
      },
      timers: {
        after(ms, ring) {
          const timer = { atMs: nowMs + ms, ring };
          timers.push(timer);
          return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
        },
      },
      utcNow: () => new Date(nowMs).toISOString(),
      newId: () => `job-${(ids += 1)}`,
      log: (what, detail) => lines.push(`${what} ${Object.values(detail).join(' ')}`),
      onChange: () => {},
    });
  const queue = open();
  async function pass(ms: number): Promise<void> {
    const until = nowMs + ms;
    for (;;) {
      const [next] = timers.filter(({ atMs }) => atMs <= until).toSorted((one, other) => one.atMs - other.atMs);
      if (next === undefined) break;
      timers.splice(timers.indexOf(next), 1);
      nowMs = next.atMs;
      next.ring();
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    }
    nowMs = until;
  }
  return { queue, disk, printed, answers, lines, pass, restart: open };
}

/** "sale-1": an existing receipt. */
const paper = (name: string) => ({ kind: 'sale', saleId: `${name.startsWith('sale') ? '5a1e5a1e' : 'aaaaaaaa'}-aaaa-4aaa-8aaa-aaaaaaaa${name.split('-').at(-1)!.slice(0, 4).padStart(4, 'a')}` }) as const;
const nameOf = (saleId: string) => `sale-${saleId.slice(-4).replaceAll('a', '')}`;
const FOR_CUSTOMER = { paper: paper('sale-1'), copyFor: 'customer' } as const;

test('F-22: a receipt is sent when the press that asked for it is over, and the till says sent, never printed', async () => {
  const { queue, printed, pass } = setUp();
  expect(queue.add(FOR_CUSTOMER)).toEqual(ok(null));
  expect(printed).toEqual([]);
  expect(queue.last()).toEqual({ paper: paper('sale-1'), state: { kind: 'waiting' } });
  await pass(1);
  expect(printed).toEqual(['sale-1 customer 0']);
  expect(queue.last()).toEqual({ paper: paper('sale-1'), state: { kind: 'sent' } });
});

test('R-10: every later print of a receipt is a copy with its number; the merchant’s is counted apart', async () => {
  const { queue, printed, pass } = setUp();
  for (const copyFor of ['customer', 'customer', 'merchant', 'customer'] as const) {
    expect(queue.add({ paper: paper('sale-1'), copyFor }).kind).toBe('ok');
    await pass(1);
  }
  expect(printed).toEqual(['sale-1 customer 0', 'sale-1 customer 1', 'sale-1 merchant 0', 'sale-1 customer 2']);
});

test('F-22: out of paper: it is sent again until the printer takes it, as the original that it still is', async () => {
  const { queue, printed, answers, pass } = setUp();
  answers.push(notSent('no-paper'), notSent('no-paper'));
  queue.add(FOR_CUSTOMER);
  await pass(1);
  expect(queue.last()?.state).toEqual({ kind: 'not-sent', trouble: 'no-paper', isRetried: true });
  await pass(9_000);
  expect(printed).toHaveLength(1);
  await pass(15_000);
  expect(printed).toEqual(['sale-1 customer 0', 'sale-1 customer 0', 'sale-1 customer 0']);
  expect(queue.last()?.state).toEqual({ kind: 'sent' });
});

test('with two receipts waiting, a printer that is off is asked only after a pause', async () => {
  const { queue, printed, answers, pass } = setUp();
  answers.push(...Array.from({ length: 50 }, () => notSent('offline')));
  queue.add(FOR_CUSTOMER);
  queue.add({ paper: paper('sale-2'), copyFor: 'customer' });
  await pass(60_000);
  expect(printed.length).toBeLessThanOrEqual(7);
  answers.length = 0;
  await pass(10_000);
  expect(printed.slice(-2)).toEqual(['sale-1 customer 0', 'sale-2 customer 0']);
});

test('half a receipt may be on the paper: it is not sent again by itself, and the next one is a copy', async () => {
  const { queue, printed, answers, pass } = setUp();
  answers.push(notSent('cut-off', true));
  queue.add(FOR_CUSTOMER);
  await pass(60_000);
  expect(queue.last()?.state).toEqual({ kind: 'not-sent', trouble: 'cut-off', isRetried: false });
  expect(printed).toHaveLength(1);
  queue.add(FOR_CUSTOMER);
  await pass(1);
  expect(printed.at(-1)).toBe('sale-1 customer 1');
});

test.each(['no-printer', 'unknown-printer', 'no-way'] as const)('a failure that another try cannot fix is not retried: %s', async (trouble) => {
  const { queue, printed, answers, disk, pass } = setUp();
  answers.push(notSent(trouble));
  queue.add(FOR_CUSTOMER);
  await pass(60_000);
  expect(printed).toHaveLength(1);
  expect(queue.last()?.state).toEqual({ kind: 'not-sent', trouble, isRetried: false });
  expect(disk.jobs).toEqual(printJobs.parse({}));
});

test('a waiting job is kept over a restart and sent then; one that was being sent at a power cut is not, and its next print is a copy', async () => {
  const { queue, printed, answers, disk, pass, restart } = setUp();
  answers.push(notSent('offline'));
  queue.add(FOR_CUSTOMER);
  await pass(1);
  queue.close();
  const second = restart();
  second.tryNow();
  await pass(1);
  expect(printed).toEqual(['sale-1 customer 0', 'sale-1 customer 0']);
  // The power fails while it is being sent.
  const job = { id: 'job-9', paper: paper('sale-2'), copyFor: 'customer', askedAt: SOLD_AT, isSending: true } as const;
  disk.jobs = { ...withPrint(disk.jobs, job, SOLD_AT), waiting: [job] };
  second.close();
  const third = restart();
  third.tryNow();
  await pass(1);
  expect(printed).toHaveLength(2);
  third.add({ paper: paper('sale-2'), copyFor: 'customer' });
  await pass(1);
  expect(printed.at(-1)).toBe('sale-2 customer 1');
});

test('a job that waits for half an hour is given up; it can be printed by hand, as the original', async () => {
  const { queue, printed, answers, pass } = setUp();
  answers.push(...Array.from({ length: 500 }, () => notSent('offline')));
  queue.add(FOR_CUSTOMER);
  await pass(40 * 60_000);
  const tries = printed.length;
  await pass(10 * 60_000);
  expect(printed).toHaveLength(tries);
  answers.length = 0;
  queue.add(FOR_CUSTOMER);
  await pass(1);
  expect(printed.at(-1)).toBe('sale-1 customer 0');
});

test('a cancelled job is not printed', async () => {
  const { queue, printed, answers, pass } = setUp();
  answers.push(notSent('no-paper'));
  queue.add(FOR_CUSTOMER);
  await pass(1);
  queue.skip(paper('sale-1'));
  expect(queue.last()).toBeNull();
  await pass(60_000);
  expect(printed).toHaveLength(1);
});

test('pressed twice, it waits once; a sale without a receipt is refused; and without room on the disk nothing is printed that would not be counted', async () => {
  const { queue, printed, disk, pass } = setUp();
  queue.add(FOR_CUSTOMER);
  queue.add(FOR_CUSTOMER);
  await pass(1);
  expect(printed).toHaveLength(1);
  expect(queue.add({ paper: paper('other'), copyFor: 'customer' })).toEqual(failed({ kind: 'no-receipt' }));
  disk.isFull = true;
  expect(queue.add(FOR_CUSTOMER)).toEqual(failed({ kind: 'not-kept' }));
  await pass(60_000);
  expect(printed).toHaveLength(1);
});

test('R-10: a receipt whose prints are no longer remembered is a copy, and never an original', () => {
  let jobs = printJobs.parse({});
  const sold = (sale: number) => new Date(Date.parse(SOLD_AT) + sale * 1000).toISOString();
  for (let sale = 0; sale < 1_200; sale += 1) jobs = withPrint(jobs, { paper: paper(`sale-${sale}`), copyFor: 'customer' }, sold(sale));
  expect(jobs.prints).toHaveLength(1_000);
  expect(copyNumber(jobs, { paper: paper('sale-0'), copyFor: 'customer' }, sold(0))).toBe(1);
  expect(copyNumber(jobs, { paper: paper('sale-1199'), copyFor: 'customer' }, sold(1_199))).toBe(1);
  expect(copyNumber(jobs, { paper: paper('sale-1200'), copyFor: 'customer' }, sold(1_200))).toBe(0);
  expect(withoutPrint(withPrint(printJobs.parse({}), FOR_CUSTOMER, SOLD_AT), FOR_CUSTOMER).prints).toEqual([]);
});

test('while no journal is open no waiting job is given up; the queue goes on with the journal', async () => {
  const { queue, printed, disk, answers, pass } = setUp();
  answers.push(notSent('offline'));
  queue.add(FOR_CUSTOMER);
  await pass(1);
  disk.isOpen = false;
  await pass(60_000);
  expect(printed).toHaveLength(1);
  disk.isOpen = true;
  queue.tryNow();
  await pass(1);
  expect(printed).toHaveLength(2);
});

test('a closed day waits like a receipt: kept over a restart, sent again, and a copy with its number when it is printed once more (R-10)', async () => {
  const { queue, printed, answers, pass, restart } = setUp();
  const day = { paper: { kind: 'day', number: 5, sequence: 800, closedAt: SOLD_AT }, copyFor: 'merchant' } as const;
  answers.push(notSent('no-paper'));
  queue.add(day);
  await pass(1);
  queue.close();
  const second = restart();
  second.tryNow();
  await pass(1);
  second.add(day);
  await pass(1);
  // Another account's Z 5.
  second.add({ ...day, paper: { ...day.paper, closedAt: '2026-11-28T20:00:00.000Z' } });
  await pass(1);
  expect(printed).toEqual(['Z 5 0', 'Z 5 0', 'Z 5 1', 'Z 5 0']);
});

test('a job that is in no journal is sent in its turn, once, and its result goes to the caller', async () => {
  const { queue, printed, pass } = setUp();
  queue.add(FOR_CUSTOMER);
  const report = queue.between(() => {
    printed.push('report');
    return Promise.resolve(notSent('no-paper'));
  });
  await pass(1);
  expect(await report).toEqual(notSent('no-paper'));
  expect(printed.toSorted()).toEqual(['report', 'sale-1 customer 0']);
  expect(queue.last()).toEqual({ paper: paper('sale-1'), state: { kind: 'sent' } });
  await pass(60_000);
  expect(printed).toHaveLength(2);
});
