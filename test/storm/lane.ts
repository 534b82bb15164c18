import { join } from 'node:path';
import type { SaleView } from '../../contract/till-snapshot.ts';
import { assertNever } from '../../contract/result.ts';
import { startJustifi } from '../justifi/justifi.ts';
import { type Finding, openJudge } from './judge.ts';
import { type Line, type Memory, NOTHING_HAPPENED } from './line.ts';
import { type Kill, type Plan, planOf } from './plan.ts';
import { justifiNow } from './shop-time.ts';
import { type TillChild, startTill } from './till-child.ts';

/** Real time. Nobody stands at a counter longer than this; the longest plan takes a third of it. */
const STUCK_AFTER_MS = 90_000;
/** Real time that everything has, after the network is calm, to come to its end. */
const CALM_MS = 30_000;

export type LaneResult = {
  readonly sales: number;
  readonly kills: number;
  readonly faults: number;
  readonly charges: number;
  readonly findings: readonly Finding[];
  /** What was said about a customer, for people who look for the reason. */
  readonly story: (customer: number) => readonly string[];
};

/** One counter of the storm, with a JustiFi of its own: serves these customers one after the other, and is killed during each. */
export async function runLane(order: { readonly seed: number; readonly name: string; readonly numbers: readonly number[]; readonly folder: string; readonly script: string; readonly onServed: () => void }): Promise<LaneResult> {
  const { seed, numbers } = order;
  const file = join(order.folder, `${order.name}.db`);
  const justifi = await startJustifi({ now: justifiNow, settings: { componentLimits: 'on' } });
  const judge = openJudge(justifi, seed);
  const stories = new Map<number, string[]>();
  let kills = 0;
  let troubles = 0;
  let runs = 0;
  let screen: SaleView | null = null;
  let hear: (line: Line) => void = () => {};
  let hasEnded = false;

  const start = () =>
    startTill(order.script, (line) => {
      judge.hears(line);
      if (line.said.kind === 'trouble') troubles += 1;
      hear(line);
    });
  let till = start();
  /** The next one is loading while this one works. */
  let spare = start();
  open(till);

  function open(opened: TillChild): void {
    runs += 1;
    opened.order({ kind: 'open', file, origin: justifi.origin, seed, run: runs });
    void opened.gone.then(() => {
      if (opened === till && !hasEnded) judge.finds({ kind: 'lost', customer: null, what: 'the till process ended by itself' });
    });
  }

  /** Kills the till, waits until all that it said was heard, and opens the next one. */
  async function killAndOpen(): Promise<void> {
    kills += 1;
    const killed = till;
    till = spare;
    spare = start();
    killed.kill();
    await killed.gone;
    open(till);
  }

  async function serve(plan: Plan): Promise<void> {
    const { number } = plan;
    justifi.clearFaults();
    justifi.changeSettings({ declineStatus: plan.declineStatus });
    plan.faults.forEach(justifi.addFault);
    const story: string[] = [];
    stories.set(number, story);
    let memory: Memory = NOTHING_HAPPENED;
    let isDone = false;
    screen = null;
    const wake = { up: () => {} };
    const nextKill = [...plan.kills];

    const begin = () => till.order({ kind: 'serve', customer: number, memory });
    let before: SaleView | null = null;

    hear = ({ at, said }) => {
      story.push(`${at.toFixed(1)} ${said.kind === 'screen' ? `screen ${JSON.stringify(said.snapshot.sale)} late=${JSON.stringify(said.snapshot.latePayments)} toConfirm=${said.snapshot.toConfirm}` : JSON.stringify(said)}`);
      switch (said.kind) {
        case 'screen':
          // The first screen of a till that opens is drawn before it has an account.
          if (said.snapshot.account.kind !== 'connected') return;
          screen = said.snapshot.sale;
          if (before !== null) judge.comparesScreens(number, before, screen);
          before = null;
          break;
        case 'remembers':
          ({ memory } = said);
          break;
        case 'done':
          isDone = true;
          break;
        case 'log':
          if (plan.expires && said.what === 'sale.form-shown' && said.checkout !== null) {
            justifi.expireCheckout(said.checkout);
            troubles += 1;
          }
          break;
        case 'opened':
        case 'page':
        case 'trouble':
        case 'open-ends':
          break;
        default:
          assertNever(said);
      }
      lines += 1;
      wake.up();
    };

    let lines = 0;
    begin();
    for (;;) {
      await waitUntil(nextKill[0]);
      const kill = nextKill.shift();
      if (kill === undefined) break;
      before = isDone ? null : screen;
      await killAndOpen();
      story.push('KILLED, and opened again');
      lines = 0;
      if (isDone) break;
      begin();
    }

    /** Until the sale is over or it is time for the kill, whichever comes first. */
    async function waitUntil(kill: Kill | undefined): Promise<void> {
      const until = performance.now() + STUCK_AFTER_MS;
      while (!isDone && (kill === undefined || lines < kill.afterLines)) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 5_000);
          wake.up = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        if (performance.now() > until) {
          judge.finds({ kind: 'unresolved', customer: number, what: `nothing happens any more at ${screen?.kind ?? 'an empty screen'}` });
          isDone = true;
        }
      }
      if (kill !== undefined && !isDone && kill.afterMs > 0) await new Promise((resolve) => { setTimeout(resolve, kill.afterMs); });
    }
  }

  for (const number of numbers) {
    await serve(planOf(seed, number));
    order.onServed();
  }

  // The calm: the network is whole, one more start, and everything that is open gets its end.
  justifi.clearFaults();
  justifi.dropHanging();
  await killAndOpen();
  const ended = Promise.withResolvers<void>();
  hear = ({ said }) => {
    if (said.kind === 'open-ends' && said.count === 0) ended.resolve();
  };
  till.order({ kind: 'calm' });
  const patience = setTimeout(ended.resolve, CALM_MS);
  await ended.promise;
  clearTimeout(patience);
  hasEnded = true;
  till.kill();
  spare.kill();
  await Promise.all([till.gone, spare.gone]);

  const result = { sales: numbers.length, kills, faults: justifi.faultsMet() + troubles, charges: justifi.charges().length, findings: judge.verdict(file) };
  await justifi.close();
  return { ...result, story: (customer) => stories.get(customer) ?? [] };
}
