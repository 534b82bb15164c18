import { describe, expect, test } from 'vitest';
import { type RegisterSettings, registerSettings } from '../../contract/register-settings.ts';
import { ok } from '../../contract/result.ts';
import { type PrintJobs, printJobs } from '../../main/printing/print-jobs.ts';
import { createReceiptDesk } from '../../main/printing/receipt-desk.ts';
import type { PrintedPage } from '../../main/printing/receipt-sending.ts';
import { SENT, notSent } from '../../main/printing/raw-printer.ts';
import { systemQueues } from '../../main/printing/system-queues.ts';
import type { RunSpool, SpoolJob } from '../../main/printing/windows-printer.ts';
import { paperAfter } from '../../main/printing/paper-after.ts';
import type { Sale } from '../../main/sale/sale.ts';
import type { SaleEvent } from '../../main/sale/sale-event.ts';
import { dayPaper } from '../../main/receipt/day-paper.ts';
import { openDayShop } from '../integration/day-shop.ts';
import { printedBy } from '../receipts/escpos.ts';
import { openPrintCapture } from '../receipts/print-capture.ts';
import { PAID_SALE, REFUND, SHOP } from '../receipts/receipts.ts';
import { CLOSED_DAY } from '../till-page/snapshots.ts';

/** A desk with the sale of the tests; timers fire at once. */
function setUp(printing: Partial<RegisterSettings['printing']>, { sale = PAID_SALE, spooled = async () => ({ kind: 'ended' }) }: { readonly sale?: typeof PAID_SALE; readonly spooled?: RunSpool } = {}) {
  let jobs: PrintJobs = printJobs.parse({});
  const pages: PrintedPage[] = [];
  const handed: string[] = [];
  const copies: number[] = [];
  const waiting: (() => void)[] = [];
  const settings = registerSettings.parse({ receipt: SHOP, printing });
  const trouble = { page: SENT, hasProgram: true };
  const desk = createReceiptDesk({
    file: {
      read: () => jobs,
      write(next) {
        jobs = next;
        return ok(null);
      },
    },
    isOpen: () => true,
    settings: () => settings,
    language: () => 'en',
    mode: () => 'live',
    sold: (saleId) => (saleId === sale.id ? { sale, by: { registerName: 'Back desk', cashier: 'Anna' } } : null),
    logo: () => null,
    async printPage(page) {
      pages.push(page);
      return trouble.page;
    },
    driverPrinters: async () => ['Office'],
    queues: systemQueues('win32', { driverPrinters: async () => ['Till'], runSpool: spooled }),
    sendWays: () => ['mail'],
    async handOn(_way, title, text) {
      handed.push(`${title}\n${text}`);
      return trouble.hasProgram;
    },
    closedDay: async (sequence) => (sequence === CLOSED_DAY.sequence ? CLOSED_DAY : null),
    onCopy: (_saleId, copy) => copies.push(copy),
    timers: {
      after(ms, ring) {
        if (ms === 0) waiting.push(ring);
        return () => {};
      },
    },
    utcNow: () => '2026-11-28T00:00:00.000Z',
    newId: () => `job-${waiting.length}-${Math.random()}`,
    log: () => {},
    onChange: () => {},
  });
  const settled = async () => {
    for (const ring of waiting.splice(0)) ring();
    await expect.poll(() => desk.view().last?.state.kind).not.toBe('waiting');
    if (waiting.length > 0) for (const ring of waiting.splice(0)) ring();
  };
  return { desk, pages, handed, copies, settled, trouble };
}

const { id: saleId } = PAID_SALE;
const SALE = { kind: 'sale', saleId } as const;

test('a register without a printer prints nothing, and says so only where it is asked to', () => {
  const { desk } = setUp({});
  desk.moneyMoved(SALE);
  expect(desk.view()).toEqual({ hasPrinter: false, sendWays: ['mail'], last: null });
  expect(desk.print({ paper: SALE, copyFor: 'customer' })).toEqual({ kind: 'failed', failure: { kind: 'no-printer' } });
});

test('a paid sale prints by itself only where that is set', async () => {
  const quiet = setUp({ way: 'driver', queue: 'Office' });
  quiet.desk.moneyMoved(SALE);
  expect(quiet.desk.view().last).toBeNull();
  const auto = setUp({ way: 'driver', queue: 'Office', auto: true });
  auto.desk.moneyMoved(SALE);
  await auto.settled();
  expect(auto.pages).toHaveLength(1);
});

test.each([
  ['a4', 'A4'],
  ['letter', 'Letter'],
] as const)('by its driver, a sheet of %s', async (paper, size) => {
  const { desk, pages, settled } = setUp({ way: 'driver', queue: 'Office', paper });
  expect(desk.print({ paper: SALE, copyFor: 'customer' }).kind).toBe('ok');
  await settled();
  expect(pages).toMatchObject([{ queue: 'Office', size }]);
  expect(pages[0]!.html).toContain('Back desk');
  expect(pages[0]!.html).toContain('Anna');
});

test.each([
  ['58', 58],
  ['80', 80],
] as const)('by its driver, a roll of %s mm is as long as the receipt', async (paper, widthMm) => {
  const { desk, pages, settled } = setUp({ way: 'driver', queue: 'Office', paper });
  expect(desk.print({ paper: SALE, copyFor: 'customer' }).kind).toBe('ok');
  await settled();
  const { size } = pages[0]!;
  if (typeof size === 'string') throw new Error(size);
  expect(size.widthMm).toBe(widthMm);
  expect(size.heightMm).toBeGreaterThan(60);
  expect(size.heightMm).toBeLessThan(250);
});

test('S-04: a driver’s page may run and load nothing', async () => {
  for (const paper of ['80', 'a4'] as const) {
    const { desk, pages, settled } = setUp({ way: 'driver', queue: 'Office', paper });
    expect(desk.print({ paper: SALE, copyFor: 'customer' }).kind).toBe('ok');
    await settled();
    expect(pages[0]!.html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
    expect(pages[0]!.html).not.toMatch(/<script|https?:|file:/u);
  }
});

test('R-10: a copy is in the audit log, a first print and one that was not sent are not', async () => {
  const { desk, copies, settled, trouble } = setUp({ way: 'driver', queue: 'Office' });
  trouble.page = notSent('printer-error');
  desk.print({ paper: SALE, copyFor: 'customer' });
  await settled();
  trouble.page = SENT;
  desk.print({ paper: SALE, copyFor: 'customer' });
  await settled();
  expect(copies).toEqual([]);
  desk.print({ paper: SALE, copyFor: 'customer' });
  await settled();
  expect(copies).toEqual([1]);
});

test('R-10: printed again and again, each print but the first is a copy with its number, and neither the report nor the journal moves', async () => {
  const shop = openDayShop();
  try {
    shop.sell({ id: 's1', cents: 1_799 });
    shop.giveBack('s1', { id: 'r1', cents: 500 });
    const before = await shop.x();
    const { desk, pages, settled } = setUp({ way: 'driver', queue: 'Office', paper: 'a4' }, { sale: shop.state('s1') as typeof PAID_SALE });
    const papers = [{ kind: 'sale', saleId: 's1' }, { kind: 'reversal', saleId: 's1', reversalId: 'r1' }] as const;
    for (const paper of [...papers, ...papers, ...papers]) {
      desk.print({ paper, copyFor: 'customer' });
      await settled();
    }
    expect(pages.map(({ html }) => /COPY \d/u.exec(html)?.[0])).toEqual([undefined, undefined, 'COPY 1', 'COPY 1', 'COPY 2', 'COPY 2']);
    expect(await shop.x()).toEqual(before);
  } finally {
    shop.end();
  }
});

test('on Windows a receipt and a pulse go to the spooler as bytes, and every printer with a driver is offered as a queue; a crashed process is reported as a fault of the printer', async () => {
  const jobs: SpoolJob[] = [];
  const { desk, settled } = setUp({ way: 'queue', queue: 'Till' }, { spooled: async (job) => (jobs.push(job) === 1 ? { kind: 'answered', answer: SENT } : { kind: 'ended' }) });
  expect(await desk.printers()).toEqual([{ queue: 'Till', isRaw: true }, { queue: 'Office', isRaw: false }]);
  desk.print({ paper: SALE, copyFor: 'customer' });
  await settled();
  expect(desk.view().last).toEqual({ paper: SALE, state: { kind: 'sent' } });
  expect(printedBy(Buffer.from(jobs[0]!.bytes)).lines.join('\n')).toContain('$1,234.56');
  expect(await desk.openDrawer()).toEqual({ kind: 'failed', failure: { kind: 'printer-error' } });
  expect(jobs.map(({ queue, title }) => [queue, title])).toEqual([['Till', 'Receipt'], ['Till', 'Receipt']]);
});

describe('the printer in the network', () => {
  test('gets a test page with its code; the drawer gets a pulse only when it is asked for; a paid sale opens none', async () => {
    const printer = await openPrintCapture({ status: [0x12, 0x12] });
    try {
      const { desk, settled } = setUp({ way: 'network', address: `127.0.0.1:${printer.port}`, drawer: true, auto: true });
      expect(await desk.testPage()).toEqual(ok(null));
      desk.moneyMoved(SALE);
      await settled();
      await expect.poll(() => printer.jobs().map((job) => printedBy(job).pulses)).toEqual([0, 0]);
      expect(await desk.openDrawer()).toEqual(ok(null));
      await expect.poll(() => printer.jobs().map((job) => printedBy(job).pulses)).toEqual([0, 0, 1]);
    } finally {
      await printer.close();
    }
  });
});

test('a day report goes to the printer of the receipts, by its way and on its paper; without a printer it says so', async () => {
  const report = (place: Parameters<Parameters<ReturnType<typeof setUp>['desk']['printPaper']>[0]>[0]) => dayPaper({ report: CLOSED_DAY.report, closed: CLOSED_DAY, at: CLOSED_DAY.closedAt, copyNumber: 0 }, place);
  const { desk, pages } = setUp({ way: 'driver', queue: 'Office', paper: 'a4' });
  expect(await desk.printPaper(report)).toEqual(ok(null));
  expect(pages).toMatchObject([{ queue: 'Office', size: 'A4', html: expect.stringContaining('Z 5') }]);
  expect(desk.view().last).toBeNull();
  expect(await setUp({}).desk.printPaper(report)).toEqual({ kind: 'failed', failure: { kind: 'no-printer' } });
});

test('R-10: a closed day that is printed a second time says COPY 1; one of another account’s journal is not printed', async () => {
  const { desk, pages, settled } = setUp({ way: 'driver', queue: 'Office', paper: 'a4' });
  const { number, sequence, closedAt } = CLOSED_DAY;
  const paper = { kind: 'day', number, sequence, closedAt } as const;
  for (const _ of [1, 2]) {
    expect(desk.print({ paper, copyFor: 'merchant' }).kind).toBe('ok');
    await settled();
  }
  expect(pages.map(({ html }) => [html.includes('Z 5'), /COPY \d/u.exec(html)?.[0]])).toEqual([[true, undefined], [true, 'COPY 1']]);
  desk.print({ paper: { ...paper, closedAt: '2026-01-01T00:00:00.000Z' }, copyFor: 'merchant' });
  await settled();
  expect(pages).toHaveLength(2);
  expect(desk.view().last).toMatchObject({ state: { kind: 'not-sent', trouble: 'no-receipt', isRetried: false } });
});

test('S-06: what is handed to the mail program is the receipt, with the last four digits at most; without a program it says so', async () => {
  const { desk, handed, trouble } = setUp({});
  expect(await desk.send(SALE, 'mail')).toEqual(ok(null));
  expect(handed[0]).toMatch(/^Receipt \d{4} \d{4} \d{4}\n/u);
  expect(handed[0]!.match(/\d{4,}/gu)?.filter((digits) => digits.length > 9)).toEqual([]);
  expect(handed[0]).toContain('Visa **** 4242');
  trouble.hasProgram = false;
  expect(await desk.send(SALE, 'mail')).toEqual({ kind: 'failed', failure: { kind: 'no-program' } });
  expect(await desk.send({ kind: 'sale', saleId: 'another' }, 'mail')).toEqual({ kind: 'failed', failure: { kind: 'no-receipt' } });
});

test('a sale that took no money has no receipt', async () => {
  const { desk } = setUp({ way: 'driver', queue: 'Office' }, { sale: { ...PAID_SALE, kind: 'declined' } as unknown as typeof PAID_SALE });
  expect(desk.print({ paper: SALE, copyFor: 'customer' })).toEqual({ kind: 'failed', failure: { kind: 'no-receipt' } });
  expect(await desk.send(SALE, 'mail')).toEqual({ kind: 'failed', failure: { kind: 'no-receipt' } });
});

describe('the receipt of a refund', () => {
  const refunded = (state: 'done' | 'pending' | 'refused' | 'asked') => ({ sale: { ...PAID_SALE, reversals: [{ ...REFUND, state }] } as typeof PAID_SALE });
  const PAPER = { kind: 'reversal', saleId, reversalId: REFUND.id } as const;

  test('is printed by the printer of the receipts, counted apart from the sale’s, and handed to the mail program', async () => {
    const { desk, pages, copies, handed, settled } = setUp({ way: 'driver', queue: 'Office', paper: 'a4' }, refunded('done'));
    for (const paper of [SALE, PAPER, PAPER]) {
      desk.print({ paper, copyFor: 'customer' });
      await settled();
    }
    expect(pages.map(({ html }) => [/<h1>REFUND</u.test(html), /COPY \d/u.exec(html)?.[0]])).toEqual([[false, undefined], [true, undefined], [true, 'COPY 1']]);
    expect(copies).toEqual([1]);
    expect(await desk.send(PAPER, 'mail')).toEqual(ok(null));
    expect(handed[0]).toMatch(/^REFUND \d{4} \d{4} \d{4}\n[\s\S]*Refunded: \$10\.00/u);
  });

  test('prints by itself where that is set, for the merchant too, and not again when a pending one is done', async () => {
    const { desk, pages, settled } = setUp({ way: 'driver', queue: 'Office', auto: true, merchantCopy: true }, refunded('pending'));
    desk.moneyMoved(PAPER);
    await settled();
    await expect.poll(() => pages.length).toBe(2);
    desk.moneyMoved(PAPER);
    await settled();
    expect(pages).toHaveLength(2);
  });

  test.each(['refused', 'asked'] as const)('there is none for one that is %s', async (state) => {
    const { desk } = setUp({ way: 'driver', queue: 'Office' }, refunded(state));
    expect(desk.print({ paper: PAPER, copyFor: 'customer' })).toEqual({ kind: 'failed', failure: { kind: 'no-receipt' } });
    expect(await desk.send(PAPER, 'mail')).toEqual({ kind: 'failed', failure: { kind: 'no-receipt' } });
  });

  test('one that failed while it waited for the printer is not printed, and the till says so', async () => {
    const reversals = [{ ...REFUND, state: 'pending' as 'pending' | 'refused' }];
    const { desk, pages, settled } = setUp({ way: 'driver', queue: 'Office' }, { sale: { ...PAID_SALE, reversals } as typeof PAID_SALE });
    desk.print({ paper: PAPER, copyFor: 'customer' });
    reversals[0]!.state = 'refused';
    await settled();
    expect(pages).toEqual([]);
    expect(desk.view().last).toEqual({ paper: PAPER, state: { kind: 'not-sent', trouble: 'no-receipt', isRetried: false } });
  });
});

test('an event has a receipt where money moved: a payment at the counter, a void or refund that JustiFi accepted', () => {
  const outcome = { kind: 'outcome-known' } as SaleEvent;
  const answer = (state: 'done' | 'pending' | 'refused') => ({ kind: 'reversal-answered', reversalId: 'r1', answer: { state } }) as SaleEvent;
  expect(paperAfter(PAID_SALE, outcome)).toEqual(SALE);
  expect(paperAfter({ ...PAID_SALE, kind: 'late' }, outcome)).toBeNull();
  expect(paperAfter({ ...PAID_SALE, kind: 'reversed' }, answer('done'))).toEqual({ kind: 'reversal', saleId, reversalId: 'r1' });
  expect(paperAfter({ ...PAID_SALE, kind: 'reversing' } as Sale, answer('pending'))).toEqual({ kind: 'reversal', saleId, reversalId: 'r1' });
  expect(paperAfter(PAID_SALE, answer('refused'))).toBeNull();
  expect(paperAfter(PAID_SALE, { kind: 'late-kept' })).toBeNull();
});

test('the preview is a picture of the shop’s settings as they are typed', async () => {
  const { desk } = setUp({});
  const svg = await desk.preview({ ...SHOP, shopName: 'Bakery' }, '58');
  expect(svg).toMatch(/^<svg width="384px"/u);
  expect(svg.replaceAll(/<[^>]*>/gu, '')).toContain('Bakery');
});
