import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { SaleView } from '../../contract/till-snapshot.ts';
import { assertNever } from '../../contract/result.ts';
import type { CounterSnapshot } from '../../main/sale/till.ts';
import { startJustifi } from '../justifi/justifi.ts';
import { type Finding, openJudge } from './judge.ts';
import { countUnfinished } from './journal-reading.ts';
import { type Line, type Memory, NOTHING_HAPPENED } from './line.ts';
import { type Kill, type Plan, planOf } from './plan.ts';
import { justifiNow } from './shop-time.ts';
import { type TillChild, startTill } from './till-child.ts';

/** Real time without a single word from the till. The longest that it says nothing by itself are some seconds. */
const STUCK_AFTER_MS = 60_000;
/** Real time. A sale takes a second or two, on a PC that is busy with other things twenty times as long. */
const ENDLESS_AFTER_MS = 240_000;
/** Real time; the plans make JustiFi think no longer than this. */
const SLOWEST_PROCESSING_MS = 2_500;
/** Real time that everything has, after the network is calm, to come to its end. */
const CALM_MS = 120_000;

export type LaneResult = {
  readonly sales: number;
  readonly kills: number;
  readonly faults: number;
  readonly charges: number;
  readonly findings: readonly Finding[];
  readonly overtaken: number;
  /** How often a sale came into each state. */
  readonly states: ReadonlyMap<string, number>;
  /** What was said about a customer, for people who look for the reason. */
  readonly story: (customer: number) => readonly string[];
};

/** One customer at the counter, as the storm sees it. */
type CounterVisit = {
  readonly plan: Plan;
  readonly story: string[];
  memory: Memory;
  isDone: boolean;
  isStuck: boolean;
  /** Since the till was opened last. */
  lines: number;
  screen: SaleView | null;
  /** What the kill took from the screen; null when it was compared. */
  before: SaleView | null;
  wake: () => void;
};

function screenOf({ sale, latePayments, toConfirm }: CounterSnapshot): string {
  return `screen ${JSON.stringify(sale)}${toConfirm > 0 ? ` to confirm: ${toConfirm}` : ''}${latePayments.length > 0 ? ` late: ${JSON.stringify(latePayments)}` : ''}`;
}

/** One counter of the storm, with a JustiFi of its own: serves these customers one after the other, and is killed during each. */
export async function runLane(order: { readonly seed: number; readonly name: string; readonly numbers: readonly number[]; readonly folder: string; readonly script: string; readonly onServed: () => void }): Promise<LaneResult> {
  const { seed, numbers } = order;
  const folder = join(order.folder, order.name);
  const journal = join(folder, 'test.db');
  mkdirSync(folder);
  const justifi = await startJustifi({ now: justifiNow, settings: { componentLimits: 'on' } });
  const judge = openJudge(justifi, seed);
  const stories = new Map<number, string[]>();
  const states = new Map<string, number>();
  let kills = 0;
  let troubles = 0;
  let hear: (line: Line) => void = () => {};
  let hasEnded = false;
  let isCalm = false;

  const start = () =>
    startTill(order.script, (line) => {
      judge.hears(line);
      if (line.said.kind === 'trouble') troubles += 1;
      const state = line.said.kind === 'log' && line.said.what.startsWith('sale.') ? /"state":"([\w-]+)"/u.exec(line.said.detail)?.[1] : undefined;
      if (state !== undefined) states.set(state, (states.get(state) ?? 0) + 1);
      hear(line);
    });
  let till = start();
  /** The next one is loading while this one works. */
  let spare = start();
  open(till);

  function open(opened: TillChild): void {
    opened.order({ kind: 'open', folder, origin: justifi.origin, seed, isCalm });
    void opened.gone.then(() => {
      if (opened === till && !hasEnded) judge.finds({ kind: 'lost', customer: null, what: 'the till process ended by itself' });
    });
  }

  /** Kills the till, and waits until all that it said was heard. The next one is loaded already. */
  async function kill(): Promise<void> {
    kills += 1;
    const killed = till;
    till = spare;
    spare = start();
    killed.kill();
    await killed.gone;
  }

  function hearAbout(visit: CounterVisit, { at, said }: Line): void {
    const { plan } = visit;
    visit.story.push(`${at.toFixed(1)} ${said.kind === 'screen' ? screenOf(said.snapshot) : JSON.stringify(said)}`);
    switch (said.kind) {
      case 'screen':
        // The first screen of a till that opens is drawn before it has an account.
        if (said.snapshot.account.kind !== 'connected') return;
        visit.screen = said.snapshot.sale;
        if (visit.before !== null) judge.comparesScreens(plan.number, visit.before, visit.screen, visit.memory.result !== 'none');
        visit.before = null;
        break;
      case 'remembers':
        visit.memory = said.memory;
        break;
      case 'done':
        visit.isDone = true;
        break;
      case 'log':
        if (plan.expires && said.what === 'sale.form-shown' && said.checkout !== null) {
          justifi.expireCheckout(said.checkout);
          troubles += 1;
        }
        break;
      case 'page':
      case 'trouble':
        break;
      default:
        assertNever(said);
    }
    visit.lines += 1;
    visit.wake();
  }

  /** Until the sale is over or it is time for the kill, whichever comes first. */
  async function waitUntil(visit: CounterVisit, next: Kill | undefined): Promise<void> {
    const began = performance.now();
    let last = { lines: visit.lines, at: began };
    while (!visit.isDone && visit.lines < (next?.afterLines ?? Infinity)) {
      const heard = Promise.withResolvers<void>();
      visit.wake = heard.resolve;
      await Promise.race([heard.promise, setTimeout(5_000, undefined, { ref: false })]);
      const now = performance.now();
      if (visit.lines > last.lines) last = { lines: visit.lines, at: now };
      if (now - last.at < STUCK_AFTER_MS && now - began < ENDLESS_AFTER_MS) continue;
      judge.finds({ kind: 'unresolved', customer: visit.plan.number, what: `this sale comes to no end; ${visit.screen?.kind ?? 'nothing'} is on the screen` });
      visit.isDone = true;
      visit.isStuck = true;
    }
    if (next !== undefined && !visit.isDone && next.afterMs > 0) await setTimeout(next.afterMs);
  }

  /** False when the counter can serve nobody any more. */
  async function serve(plan: Plan): Promise<boolean> {
    justifi.clearFaults();
    justifi.changeSettings({ declineStatus: plan.declineStatus });
    plan.faults.forEach(justifi.addFault);
    const visit: CounterVisit = { plan, story: [], memory: NOTHING_HAPPENED, isDone: false, isStuck: false, lines: 0, screen: null, before: null, wake: () => {} };
    stories.set(plan.number, visit.story);
    hear = (line) => hearAbout(visit, line);
    const begin = () => till.order({ kind: 'serve', customer: plan.number, memory: visit.memory });
    begin();
    for (const next of plan.kills) {
      await waitUntil(visit, next);
      await kill();
      visit.story.push('KILLED, and opened again');
      visit.before = visit.isDone ? null : visit.screen;
      visit.lines = 0;
      open(till);
      if (visit.isDone) return !visit.isStuck;
      begin();
    }
    await waitUntil(visit, undefined);
    return !visit.isStuck;
  }

  for (const number of numbers) {
    const goesOn = await serve(planOf(seed, number));
    if (!goesOn) break;
    order.onServed();
  }

  // The calm: the network is whole, what JustiFi still works on is done, and everything that is open gets its end.
  justifi.clearFaults();
  justifi.dropHanging();
  await setTimeout(SLOWEST_PROCESSING_MS);
  isCalm = true;
  hear = () => {};
  await kill();
  open(till);
  till.order({ kind: 'calm' });
  const until = performance.now() + CALM_MS;
  while (countUnfinished(journal) > 0 && performance.now() < until) await setTimeout(100);
  hasEnded = true;
  till.kill();
  spare.kill();
  await Promise.all([till.gone, spare.gone]);

  const result = { sales: numbers.length, kills, faults: justifi.faultsMet() + troubles, charges: justifi.charges().length, findings: judge.verdict(journal) };
  await justifi.close();
  return { ...result, states, overtaken: judge.overtaken(), story: (customer) => stories.get(customer) ?? [] };
}
