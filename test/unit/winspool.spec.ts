import { describe, expect, test } from 'vitest';
import type { PrintTrouble } from '../../contract/printing.ts';
import { SENT, notSent } from '../../main/printing/raw-printer.ts';
import { isWindowsQueueName, windowsPrinter } from '../../main/printing/windows-printer.ts';
import { type Winspool, spoolRaw } from '../../main/printing/winspool.ts';

/* A raw job for the spooler of Windows, on a table of the same functions: their order, and the result of each failure. The calls themselves run on Windows only. */

const JOB = { queue: 'Till', title: 'Receipt', bytes: Uint8Array.from({ length: 1_000 }, (_, place) => place % 256) };
const FINE = { status: 0, attributes: 0 };

/** `wrong`: these functions fail. `takes`: how many bytes each write takes at most. `looks`: the queue's states; the last one is repeated. */
function openSpooler({ wrong = [], error = 0, takes = Infinity, looks = [FINE] }: { readonly wrong?: readonly (keyof Winspool)[]; readonly error?: number; readonly takes?: number; readonly looks?: readonly (typeof FINE | null)[] } = {}) {
  const calls: string[] = [];
  const paper: number[] = [];
  const left = [...looks];
  const did = (name: keyof Winspool) => {
    calls.push(name);
    return !wrong.includes(name);
  };
  const winspool: Winspool = {
    open: () => (did('open') ? 7n : null),
    look() {
      calls.push('look');
      return (left.length > 1 ? left.shift() : left[0]) ?? null;
    },
    startDocument: () => (did('startDocument') ? 12 : 0),
    startPage: () => did('startPage'),
    write(_handle, bytes) {
      if (!did('write')) return null;
      const taken = bytes.subarray(0, Math.min(bytes.length, takes));
      paper.push(...taken);
      return taken.length;
    },
    endPage: () => did('endPage'),
    endDocument: () => did('endDocument'),
    abort: () => void did('abort'),
    close: () => void did('close'),
    lastError: () => error,
  };
  return { calls, paper, send: () => spoolRaw(winspool, JOB) };
}

test('a receipt is one job with one page: opened, asked, begun, written, ended, asked again and closed', () => {
  const { calls, paper, send } = openSpooler();
  expect(send()).toEqual(SENT);
  expect(calls).toEqual(['open', 'look', 'startDocument', 'startPage', 'write', 'endPage', 'endDocument', 'look', 'close']);
  expect(paper).toEqual([...JOB.bytes]);
});

test('a partial write is followed by the rest, until all is written', () => {
  const { calls, paper, send } = openSpooler({ takes: 300 });
  expect(send()).toEqual(SENT);
  expect(calls.filter((name) => name === 'write')).toHaveLength(4);
  expect(paper).toEqual([...JOB.bytes]);
});

test('a write of zero bytes ends the job instead of going on for ever', () => {
  const { calls, send } = openSpooler({ takes: 0 });
  expect(send()).toEqual(notSent('cut-off'));
  expect(calls.slice(-3)).toEqual(['write', 'abort', 'close']);
});

test.each<[error: number, what: string, trouble: PrintTrouble]>([
  [1801, 'no such printer', 'unknown-printer'],
  [2, 'no such printer, by another number', 'unknown-printer'],
  [5, 'access denied', 'stopped'],
  [1722, 'the spooler does not run', 'stopped'],
  [21, 'the device is not ready', 'offline'],
  [53, 'the server of the printer is not there', 'offline'],
  [28, 'out of paper', 'no-paper'],
  [1784, 'anything else', 'printer-error'],
])('error %i, %s: nothing was printed, and it is told as %s', (error, _what, trouble) => {
  for (const wrong of ['open', 'startDocument', 'startPage', 'write'] as const) {
    const { calls, send } = openSpooler({ wrong: [wrong], error });
    expect(send()).toEqual(notSent(trouble));
    expect(calls.at(-1)).toBe(wrong === 'open' ? 'open' : 'close');
    expect(calls.includes('abort')).toBe(wrong === 'startPage' || wrong === 'write');
  }
});

test.each(['endPage', 'endDocument'] as const)('a job that cannot be ended (%s) is taken back, and may have been printed', (wrong) => {
  const { calls, send } = openSpooler({ wrong: [wrong] });
  expect(send()).toEqual(notSent('cut-off', true));
  expect(calls.slice(-2)).toEqual(['abort', 'close']);
});

describe('a queue that reports an error', () => {
  test.each<[status: number, attributes: number, trouble: PrintTrouble]>([
    [0, 0x4_00, 'offline'],
    [0x80, 0, 'offline'],
    [0x10, 0, 'no-paper'],
    [0x40_00_00, 0, 'cover-open'],
    [0x1, 0, 'stopped'],
    [0x8, 0, 'printer-error'],
    [0x10 | 0x2, 0, 'no-paper'],
  ])('status %i, attributes %i before the job: nothing is put into it (%s)', (status, attributes, trouble) => {
    const { calls, send } = openSpooler({ looks: [{ status, attributes }] });
    expect(send()).toEqual(notSent(trouble));
    expect(calls).toEqual(['open', 'look', 'close']);
  });

  test('after the job: it is in the queue, and may be printed later', () => {
    expect(openSpooler({ looks: [FINE, { status: 0x80, attributes: 0 }] }).send()).toEqual(notSent('offline', true));
  });

  test('busy, printing, or nothing at all: it is printed', () => {
    for (const looks of [[{ status: 0x2_00 | 0x4_00, attributes: 0x2 }], [null]]) expect(openSpooler({ looks }).send()).toEqual(SENT);
  });
});

describe('the process beside main', () => {
  test('that ends without an answer, or with an invalid one, is a fault of the printer; a late one is slow; each may have printed', async () => {
    const printer = (run: Parameters<typeof windowsPrinter>[1]) => windowsPrinter('Till', run).send(JOB.bytes);
    expect(await printer(async () => ({ kind: 'ended' }))).toEqual(notSent('printer-error', true));
    expect(await printer(async () => ({ kind: 'answered', answer: { kind: 'sent?' } }))).toEqual(notSent('printer-error', true));
    expect(await printer(async () => ({ kind: 'late' }))).toEqual(notSent('slow', true));
    expect(await printer(async () => ({ kind: 'answered', answer: notSent('no-paper') }))).toEqual(notSent('no-paper'));
  });

  test('is not started for a name that is not a printer’s', async () => {
    const run = () => {
      throw new Error('started');
    };
    for (const queue of [',XcvMonitor Local Port', 'Till,Job 3', '\\\\server\\,XcvPort', '', ' ', 'a\u0000b']) expect(await windowsPrinter(queue, run).send(JOB.bytes)).toEqual(notSent('unknown-printer'));
    for (const queue of ['Till', 'EPSON TM-T88V Receipt', '\\\\server\\Till', 'Caja 1 (abajo)']) expect(isWindowsQueueName(queue)).toBe(true);
  });
});
