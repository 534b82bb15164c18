import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { receiptCode } from '../../contract/receipt-code.ts';
import { cupsPrinter, cupsPrinters } from '../../main/printing/cups-printer.ts';
import { networkPrinter } from '../../main/printing/network-printer.ts';
import { drawerPulse, thermalBytes } from '../../main/receipt/thermal.ts';
import { type CupsServer, NO_CUPS, startCups } from '../receipts/cups-server.ts';
import { printedBy } from '../receipts/escpos.ts';
import { type PrintCapture, openPrintCapture } from '../receipts/print-capture.ts';
import { PAID_SALE, PLACES, exampleReceipt } from '../receipts/receipts.ts';

/* Receipts over a real line: a capture at a port of this PC, and a real CUPS with a raw queue. */

const RECEIPT = thermalBytes(exampleReceipt(PLACES[2]), { commands: 'escpos', paper: '80' });
/** For a printer that is silent on purpose; the time in which another one answers is the product's. */
const IMPATIENT = { connect: 4_000, status: 200, send: 400 };

async function withPrinter(behaviour: Parameters<typeof openPrintCapture>[0], use: (capture: PrintCapture) => Promise<void>): Promise<void> {
  const capture = await openPrintCapture(behaviour);
  try {
    await use(capture);
  } finally {
    await capture.close();
  }
}

describe('F-22: a receipt printer in the network', () => {
  test.each([
    ['that answers when it is asked', [0x12, 0x12], {}],
    ['that never answers', null, { limits: { ...IMPATIENT, send: 15_000 } }],
  ] as const)('%s gets every byte of the receipt, and nothing else', (_name, status, limits) =>
    withPrinter({ status }, async ({ port, jobs }) => {
      expect(await networkPrinter({ host: '127.0.0.1', port, hasStatus: true, ...limits }).send(RECEIPT)).toEqual({ kind: 'sent' });
      await expect.poll(jobs).toHaveLength(1);
      expect(jobs()[0]!.equals(RECEIPT)).toBe(true);
      expect(printedBy(jobs()[0]!)).toMatchObject({ codes: [receiptCode(PAID_SALE.id)], cuts: 1, pulses: 0 });
    }));

  test.each([
    ['no-paper', [0x12, 0x72]],
    ['no-paper', [0x32, 0x12]],
    ['cover-open', [0x16, 0x12]],
    ['printer-error', [0x52, 0x12]],
  ] as const)('is not sent a receipt while it says: %s', (trouble, status) =>
    withPrinter({ status }, async ({ port, jobs }) => {
      expect(await networkPrinter({ host: '127.0.0.1', port, hasStatus: true }).send(RECEIPT)).toEqual({ kind: 'not-sent', trouble, mayHavePrinted: false });
      expect(jobs()).toEqual([]);
    }));

  test('that is unplugged does not answer: nothing was printed', async () => {
    const capture = await openPrintCapture();
    await capture.close();
    expect(await networkPrinter({ host: '127.0.0.1', port: capture.port, hasStatus: true }).send(RECEIPT)).toEqual({ kind: 'not-sent', trouble: 'offline', mayHavePrinted: false });
    expect(await networkPrinter({ host: 'no-such-printer.invalid', port: 9100, hasStatus: true }).send(RECEIPT)).toMatchObject({ trouble: 'offline' });
  });

  test('that breaks off has perhaps printed a part', () =>
    withPrinter({ breaksAfter: 10 }, async ({ port }) => {
      expect(await networkPrinter({ host: '127.0.0.1', port, hasStatus: false }).send(Buffer.concat(Array.from({ length: 400 }, () => RECEIPT)))).toEqual({ kind: 'not-sent', trouble: 'cut-off', mayHavePrinted: true });
    }));

  test('that takes everything and never ends is too slow, and has perhaps printed', () =>
    withPrinter({ hangs: true }, async ({ port }) => {
      expect(await networkPrinter({ host: '127.0.0.1', port, hasStatus: false, limits: IMPATIENT }).send(RECEIPT)).toEqual({ kind: 'not-sent', trouble: 'slow', mayHavePrinted: true });
    }));

  test('opens a drawer only by a pulse of its own', () =>
    withPrinter({}, async ({ port, jobs }) => {
      expect(await networkPrinter({ host: '127.0.0.1', port, hasStatus: false }).send(drawerPulse('escpos'))).toEqual({ kind: 'sent' });
      await expect.poll(jobs).toHaveLength(1);
      expect(printedBy(jobs()[0]!)).toEqual({ lines: [], codes: [], cuts: 0, pulses: 1 });
    }));
});

describe.skipIf(NO_CUPS !== null)(`F-22: a raw queue of a real CUPS${NO_CUPS === null ? '' : ` (skipped: ${NO_CUPS})`}`, () => {
  let cups: CupsServer;
  let capture: PrintCapture;
  beforeAll(async () => {
    [cups, capture] = await Promise.all([startCups(), openPrintCapture()]);
    cups.admin('lpadmin', '-p', 'till', '-E', '-v', `socket://127.0.0.1:${capture.port}`, '-m', 'raw');
    cups.admin('lpadmin', '-p', 'unplugged', '-E', '-v', 'socket://127.0.0.1:1', '-m', 'raw');
  });
  afterAll(async () => {
    await capture.close();
    await cups.close();
  });
  const send = (queue: string) => cupsPrinter({ queue, server: cups.server }).send(RECEIPT);

  test('is found by its name', async () => {
    expect(await cupsPrinters(cups)).toEqual(['till', 'unplugged']);
    expect(await cupsPrinters({ server: '127.0.0.1:1' })).toEqual([]);
  });

  test('brings every byte of the receipt to the printer', async () => {
    expect(await send('till')).toEqual({ kind: 'sent' });
    await expect.poll(capture.jobs).toHaveLength(1);
    expect(capture.jobs()[0]!.equals(RECEIPT)).toBe(true);
  });

  test('whose printer is unplugged says so, though CUPS takes the job', async () => {
    expect(await send('unplugged')).toEqual({ kind: 'not-sent', trouble: 'offline', mayHavePrinted: true });
  });

  test('that is stopped, or that there is not, gets nothing', async () => {
    cups.admin('cupsdisable', 'till');
    expect(await send('till')).toEqual({ kind: 'not-sent', trouble: 'stopped', mayHavePrinted: false });
    cups.admin('cupsenable', 'till');
    cups.admin('cupsreject', 'till');
    expect(await send('till')).toEqual({ kind: 'not-sent', trouble: 'stopped', mayHavePrinted: false });
    expect(await send('kitchen')).toEqual({ kind: 'not-sent', trouble: 'unknown-printer', mayHavePrinted: false });
    for (const name of ['-d', '--help', 'a b', '', 'a/b']) expect(await send(name)).toEqual({ kind: 'not-sent', trouble: 'unknown-printer', mayHavePrinted: false });
    cups.admin('cupsaccept', 'till');
  });
});
