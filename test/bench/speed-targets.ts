import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import { openSettings } from '../../main/storage/settings.ts';
import { CARDS } from '../e2e/card-form.ts';
import type { TillApp } from '../e2e/till-app.ts';
import type { PrintCapture } from '../receipts/print-capture.ts';
import { paidAt, pressTime } from './press-time.ts';

/** What a cashier waits for besides the card form, and what the till takes when nothing is done. Null: only Linux tells it. */
export type SpeedTargets = {
  /** N-03: from a key until its digit is in the page, 99 of 100. The frame comes after it. */
  readonly digitMs: number;
  /** N-02: from the press of New sale until a key of the keypad can be pressed: the slowest. */
  readonly newSaleMs: number;
  /** N-09: from PAID on the screen until the printer has the whole receipt: the slowest. */
  readonly receiptMs: number;
  /** N-08, at the keypad with a prepared form: the main process, and with it the stand-in's Chromium. */
  readonly rest: { readonly main: AtRest; readonly all: AtRest } | null;
};

/** `corePercent`: of one core. `memoryMb`: its own memory, and its share of what it has in common with other processes. */
type AtRest = { readonly corePercent: number; readonly memoryMb: number };

const LIMITS = { digitMs: 50, newSaleMs: 100, receiptMs: 500 } as const;
const KEYS_PER_RUN = 10;
/** Between two keys, and between down and up: slower than any scanner. */
const KEY_PAUSE_MS = 120;
const KEY_MS = 60;
const REST_MS_PER_RUN = 1_000;
const LOOK_MS = 5;

/** The targets that were missed, in sentences. */
export function targetsExceeded(targets: Pick<SpeedTargets, keyof typeof LIMITS>): readonly string[] {
  const names = { digitMs: 'a key → its digit', newSaleMs: 'New sale → keypad', receiptMs: 'PAID → receipt at the printer' } as const;
  return (['digitMs', 'newSaleMs', 'receiptMs'] as const).flatMap((name) => (targets[name] > LIMITS[name] ? [`${names[name]}: ${targets[name]} ms, at most ${LIMITS[name]}`] : []));
}

/** A register that is closed: from its next start the receipt of each paid sale goes to a printer at this port of the PC. */
export function printReceipts(userData: string, port: number): void {
  const settings = openSettings(join(userData, 'settings.json'), () => {});
  settings.change({ printing: { ...settings.read().printing, way: 'network', address: `127.0.0.1:${port}`, auto: true } });
}

/** A connected till at the keypad, whose receipts are sent to this printer by themselves. */
export async function measureTargets(app: TillApp, printer: PrintCapture, runs: number): Promise<SpeedTargets> {
  const digitMs = await measureDigits(app.till, runs * KEYS_PER_RUN);
  const newSales: number[] = [];
  const receipts: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { newSaleMs, receiptMs } = await sell(app, printer, run);
    newSales.push(newSaleMs);
    receipts.push(receiptMs);
  }
  const rest = process.platform === 'linux' ? await measureRest(app, runs * REST_MS_PER_RUN) : null;
  return { digitMs, newSaleMs: slowest(newSales), receiptMs: slowest(receipts), rest };
}

/** From the key's own time until the amount is changed and laid out, ready to be painted: the stand-in's Chromium does not report every frame. */
async function measureDigits(till: Page, count: number): Promise<number> {
  await till.evaluate(() => {
    const taken: number[] = [];
    const amount = document.querySelector('.hand .amount') ?? document.querySelector('.amount')!;
    let pressedMs: number | null = null;
    addEventListener('keydown', ({ timeStamp }) => (pressedMs = timeStamp), { capture: true });
    const observer = new MutationObserver(() => {
      amount.getBoundingClientRect();
      if (pressedMs !== null) taken.push(performance.now() - pressedMs);
      pressedMs = null;
    });
    observer.observe(amount, { childList: true, characterData: true, subtree: true });
    Object.assign(window, { keysTaken: () => (observer.disconnect(), taken) });
  });
  for (let key = 0; key < count; key += 1) {
    // As many digits as an amount has, and away again.
    await till.keyboard.press(key % KEYS_PER_RUN < KEYS_PER_RUN / 2 ? '7' : 'Backspace', { delay: KEY_MS });
    await pause(KEY_PAUSE_MS);
  }
  const taken = await till.evaluate(() => (window as unknown as { keysTaken(): number[] }).keysTaken());
  if (taken.length < count) throw new Error(`${count - taken.length} of ${count} keys changed no amount`);
  return Math.ceil(taken.toSorted((one, other) => one - other)[Math.ceil(count * 0.99) - 1]!);
}

async function sell(app: TillApp, printer: PrintCapture, run: number): Promise<{ readonly newSaleMs: number; readonly receiptMs: number }> {
  const before = printer.jobs().length;
  await app.enter('1799', `Receipt ${run + 1}`);
  await app.charge();
  const form = await app.form();
  const paid = paidAt(app.till);
  await form.payByCard(CARDS.pays);
  while (printer.jobs().length === before) await pause(LOOK_MS);
  const receiptMs = Math.max(0, Date.now() - (await paid));
  const newSaleMs = await pressTime(app.till, app.till.getByRole('button', { name: /^New sale/u }), '.key:not([data-disabled])');
  return { newSaleMs: Math.round(newSaleMs), receiptMs };
}

/** The prepared form of the next sale stands before it is measured. */
async function measureRest(app: TillApp, restMs: number): Promise<NonNullable<SpeedTargets['rest']>> {
  await app.till.keyboard.press('7');
  await app.preparedForm();
  await app.till.keyboard.press('Backspace');
  await pause(2 * REST_MS_PER_RUN);
  const { pid } = app.counter;
  const pids = [pid, ...descendants(pid)];
  const before = pids.map(cpuTicks);
  await pause(restMs);
  const percents = pids.map((each, place) => (100 * (cpuTicks(each) - before[place]!)) / TICKS_PER_SECOND / (restMs / 1_000));
  const memories = pids.map(memoryMb);
  const atRest = (places: number): AtRest => ({ corePercent: Number(sum(percents.slice(0, places)).toFixed(1)), memoryMb: Math.round(sum(memories.slice(0, places))) });
  return { main: atRest(1), all: atRest(pids.length) };
}

/** Of every Linux that Node runs on (USER_HZ). */
const TICKS_PER_SECOND = 100;

function descendants(pid: number): readonly number[] {
  const parents = readdirSync('/proc').filter((name) => /^\d+$/u.test(name)).map((name) => [Number(name), parentOf(Number(name))] as const);
  const childrenOf = (parent: number): readonly number[] => parents.filter(([, its]) => its === parent).flatMap(([child]) => [child, ...childrenOf(child)]);
  return childrenOf(pid);
}

/** The fields of `/proc/…/stat` from the state on; the name before it may hold spaces. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function statFields(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  } catch {
    return [];
  }
}

function parentOf(pid: number): number {
  return Number(statFields(pid)[1] ?? 0);
}

function cpuTicks(pid: number): number {
  const fields = statFields(pid);
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

function memoryMb(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const slowest = (times: readonly number[]) => Math.round(Math.max(...times));
