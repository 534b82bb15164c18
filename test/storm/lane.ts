import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { TenderKind } from '../../contract/tender.ts';
import type { SaleView } from '../../contract/till-snapshot.ts';
import { assertNever } from '../../contract/result.ts';
import { journalNameOf } from '../../main/storage/journal-name.ts';
import { trainingSubAccounts } from '../../main/training/sub-account.ts';
import type { CounterSnapshot } from '../../main/sale/counter-snapshot.ts';
import { startJustifi } from '../justifi/justifi.ts';
import { openCustomersElsewhere } from './elsewhere.ts';
import type { Finding } from './finding.ts';
import { openJudge } from './judge.ts';
import { countDisputes, countUnfinished, disputableIn, linksIn } from './journal-reading.ts';
import { openJournalHolds } from './journal-hold.ts';
import { openDiskCopy } from './disk-copy.ts';
import { setUp } from './justifi-of-plan.ts';
import { kindsOf } from './kind.ts';
import { type Line, type Memory, NOTHING_HAPPENED, OWN_PC, hasOpened } from './line.ts';
import { openOddities } from './oddities.ts';
import type { Kill, Plan } from './plan.ts';
import { planOf } from './plans.ts';
import { addSavedCards } from './saved-cards.ts';
import { TURNS_EVERY_MS } from './pace.ts';
import { openShopClock } from './shop-time.ts';
import { openTally } from './tally.ts';
import { type TillChild, startTill } from './till-child.ts';
import { payAtTwin } from './twin.ts';

/** Without a line from the till, in the shop's time. Its longest normal silence is some minutes. */
const SILENT_AFTER_MS = 40 * 60_000;
/** In the shop's time. A sale takes some minutes. */
const ENDLESS_AFTER_MS = 160 * 60_000;
/** Real time in which the till takes no turn. */
const STUCK_AFTER_MS = 60_000;
/** The shop's time; the plans make JustiFi think no longer than this. */
const SLOWEST_PROCESSING_MS = 100_000;
/** Real time for all sales to end after the network is calm. */
const CALM_MS = 120_000;
/** One of this many paid sales. */
const DISPUTED_EVERY = 4;

export type LaneResult = {
  readonly sales: number;
  readonly kills: number;
  readonly faults: number;
  readonly charges: number;
  readonly findings: readonly Finding[];
  readonly overtaken: number;
  /** How often each kind of problem happened, besides the faults of the network. */
  readonly happened: ReadonlyMap<string, number>;
  /** How often a sale reached each state. */
  readonly states: ReadonlyMap<string, number>;
  /** The lines about a customer, to find the reason of a finding. */
  readonly story: (customer: number) => readonly string[];
};

/** One customer at the counter, as the storm sees it. */
type CounterVisit = {
  readonly plan: Plan;
  readonly story: string[];
  memory: Memory;
  isDone: boolean;
  isStuck: boolean;
  /** The power fails now, whatever the plan is: a reversal of an earlier sale was requested. */
  isStruck: boolean;
  /** The moment of the next kill has come. */
  isMoment: boolean;
  nextKill: Kill | undefined;
  /** Since the till was opened last. */
  lines: number;
  screen: SaleView | null;
  /** The screen before the kill; null when it was compared. */
  before: SaleView | null;
  wake: () => void;
};

function screenOf({ sale, latePayments, toConfirm }: CounterSnapshot): string {
  return `screen ${JSON.stringify(sale)}${toConfirm > 0 ? ` to confirm: ${toConfirm}` : ''}${latePayments.length > 0 ? ` late: ${JSON.stringify(latePayments)}` : ''}`;
}

/** One counter of the storm, with a JustiFi of its own: serves these customers one after the other, and is killed during most of them. */
export async function runLane(order: { readonly seed: number; readonly faster: number; readonly name: string; readonly numbers: readonly number[]; readonly folder: string; readonly script: string; readonly onServed: () => void }): Promise<LaneResult> {
  const { seed, numbers } = order;
  const folder = join(order.folder, order.name);
  const journal = join(folder, `${journalNameOf('test', trainingSubAccounts[0]!.id)}.db`);
  mkdirSync(folder);
  const clock = openShopClock(order.faster);
  const tally = openTally();
  const holds = openJournalHolds(journal, clock.after);
  const elsewhere = openCustomersElsewhere({ clock, tally });
  const oddities = openOddities({ clock, tally, onAnswer: answers, onLateCharge: (checkoutId, sentAt) => judge.chargedLate(checkoutId, sentAt), onReader: (plan) => elsewhere.atReader(plan), onReturnMade: strike });
  const justifi = await startJustifi({ now: clock.justifiNow, pause: clock.pause, settings: { componentLimits: 'on' }, between: oddities.between });
  justifi.changeSettings({ sezzleWindow: justifi.origin });
  oddities.use(justifi);
  elsewhere.use(justifi);
  const savedMethods = addSavedCards(justifi, `${journal.slice(0, -'.db'.length)}.customers.db`);
  const judge = openJudge({ justifi, seed, clock, tally, holds, savedMethods });
  let current: CounterVisit | null = null;
  const stories = new Map<number, string[]>();
  const states = new Map<string, number>();
  let kills = 0;
  let troubles = 0;
  let hear: (line: Line) => void = () => {};
  let hasEnded = false;
  let isCalm = false;
  /** Its register has opened: another program that holds the journal now keeps no till from starting. */
  let isOpen = false;
  /** No hold begins because of its last line: it would hit the next till. */
  let isKilled = false;
  /** The sales at the counter and those of before, whose plans have moments of their own. */
  const planOfSale = new Map<string, Plan>();
  /** The shop's time waits until a hold has begun. */
  let holding: Promise<void> = Promise.resolve();
  let turnedAt = 0;
  const passed = new Map<string, number>();
  const struck = new Set<string>();
  /** Paid sales of which something may still be given back. */
  const returning = new Set<string>();

  const start = () =>
    startTill(order.script, (line) => {
      judge.hears(line);
      if (line.said.kind === 'trouble') troubles += 1;
      for (const kind of kindsOf(line.said)) tally.count(kind);
      const state = line.said.kind === 'log' && line.said.what.startsWith('sale.') ? /"state":"([\w-]+)"/u.exec(line.said.detail)?.[1] : undefined;
      if (state !== undefined) states.set(state, (states.get(state) ?? 0) + 1);
      hear(line);
    });
  let till = start();
  /** The next one is loading while this one works. */
  let spare = start();
  open(till);

  function open(opened: TillChild): void {
    opened.order({ kind: 'open', folder, origin: justifi.origin, seed, faster: clock.faster, shopMs: clock.shopMs(), pc: OWN_PC, isCalm });
    if (!isCalm) void takeTurns(opened);
    void opened.gone.then(() => {
      if (opened === till && !hasEnded) judge.finds({ kind: 'lost', customer: null, what: 'the till process ended by itself' });
    });
  }

  /** As long as the till and JustiFi, which is served here, take turns, the shop's time passes for both. */
  async function takeTurns(opened: TillChild): Promise<void> {
    const isAtWork = () => opened === till;
    turnedAt = performance.now();
    while (isAtWork()) {
      // oxlint-disable-next-line no-await-in-loop -- one turn after the other
      await opened.turn(clock.nextTurn());
      turnedAt = performance.now();
      // oxlint-disable-next-line no-await-in-loop
      await setTimeout(TURNS_EVERY_MS);
      // oxlint-disable-next-line no-await-in-loop
      await holding;
    }
  }

  /** Kills the till, and waits until all its lines are read. The next one is already loaded. */
  async function kill(): Promise<void> {
    kills += 1;
    isKilled = true;
    holds.end();
    const killed = till;
    till = spare;
    // None is killed in the calm.
    if (!isCalm) spare = start();
    killed.kill();
    await killed.gone;
    // A till may be off for a weekend: how long JustiFi keeps a key is not published.
    if (oddities.returnsOnTheWay() === 0) justifi.forgetKeys();
    if (current?.screen?.kind === 'submitting') countKillWhilePaying(current.screen.tender);
    // Only now: until then its earlier lines were still being read.
    isOpen = false;
    isKilled = false;
    judge.killed();
  }

  function countKillWhilePaying(tender: TenderKind): void {
    tally.count(`killed while paying, ${tender}`);
    const isApproved = [...justifi.books.sezzleOrders().values()].some(({ status }) => status === 'approved');
    if (tender === 'sezzle' && isApproved) tally.count('killed with an approved order at Sezzle');
  }

  /** Another program takes the journal, or the disk is full, at the moments that the plan of a sale has. */
  async function holdAt(on: string, plan: Plan | undefined = current?.plan): Promise<void> {
    if (!isOpen || isKilled || isCalm || plan === undefined) return;
    for (const [index, hold] of plan.holds.entries()) {
      if (hold.on !== on) continue;
      const key = `${plan.number} ${index}`;
      const times = passed.get(key) ?? 0;
      passed.set(key, times + 1);
      // oxlint-disable-next-line no-await-in-loop -- one at a time
      if (times === hold.skip) await (holding = holds.begin(hold.how, hold.forMs, till));
    }
  }

  /** JustiFi is about to answer. */
  async function answers(on: string): Promise<void> {
    if (isOpen && !isKilled && current !== null && current.nextKill?.after === on) {
      current.isMoment = true;
      current.wake();
    }
    await holdAt(on);
  }

  /** The power fails now: a void or refund was made, and its answer is about to leave. */
  function strike(): void {
    if (!isOpen || isKilled || isCalm || current === null) return;
    tally.count('killed when a void or refund was made');
    current.isStruck = true;
    current.wake();
  }

  /** The reaction to a line of the till's: of the sale at the counter, or of an unresolved one. */
  function strikes(visit: CounterVisit, { said }: Line): void {
    const moment = said.kind === 'screen' ? `screen ${said.snapshot.sale.kind}` : said.kind === 'log' ? said.what : null;
    if (moment === null) return;
    const saleId = said.kind === 'log' ? said.sale : said.kind === 'screen' && said.snapshot.sale.kind !== 'entering' ? said.snapshot.sale.saleId : null;
    if (saleId !== null && !planOfSale.has(saleId) && moment !== 'sale.checkout-asked' && moment !== 'sale.checkout-created') planOfSale.set(saleId, visit.plan);
    const plan = saleId === null ? visit.plan : (planOfSale.get(saleId) ?? visit.plan);
    void holdAt(moment, plan);
    if (visit.nextKill?.after === moment) visit.isMoment = true;
    if (moment !== 'sale.reversal-asked' || saleId === null || !plan.reversal.isKilled || struck.has(saleId)) return;
    struck.add(saleId);
    tally.count('killed while a payment is given back');
    visit.isStruck = true;
  }

  function hearAbout(visit: CounterVisit, line: Line): void {
    const { plan } = visit;
    const { at, said } = line;
    visit.story.push(`${at.toFixed(1)} ${said.kind === 'screen' ? screenOf(said.snapshot) : JSON.stringify(said)}`);
    switch (said.kind) {
      case 'screen':
        if (!hasOpened(said)) return;
        isOpen = true;
        visit.screen = said.snapshot.sale;
        if (visit.screen.kind === 'paid' || visit.screen.kind === 'accepted') returning.add(visit.screen.saleId);
        if (visit.before !== null) judge.comparesScreens(plan.number, visit.before, visit.screen, visit.memory.result !== 'none');
        visit.before = null;
        break;
      case 'remembers':
        visit.memory = said.memory;
        break;
      case 'done':
        visit.isDone = true;
        break;
      case 'returned':
        returning.delete(said.saleId);
        break;
      case 'log':
        if (plan.expires && said.what === 'sale.form-shown' && said.checkout !== null) {
          justifi.expireCheckout(said.checkout);
          troubles += 1;
        }
        if (said.what === 'link.shown' && said.checkout !== null) elsewhere.sawLink(plan, said.checkout);
        if (said.what === 'sale.problem' && plan.sameAsBefore && said.detail.includes('paid-just-now')) tally.count('the same bought again');
        break;
      case 'page':
      case 'trouble':
      case 'wallet':
      case 'gave-back':
        break;
      default:
        assertNever(said);
    }
    visit.lines += 1;
    strikes(visit, line);
    visit.wake();
  }

  /** Until the sale is over or it is time for the kill, whichever comes first. */
  async function waitUntil(visit: CounterVisit, next: Kill | undefined): Promise<void> {
    const began = clock.justifiNow();
    let last = { lines: visit.lines, at: began };
    visit.nextKill = next;
    const isTime = () => visit.isMoment || (typeof next?.after === 'number' && visit.lines >= next.after);
    while (!visit.isDone && !visit.isStruck && !isTime()) {
      const heard = Promise.withResolvers<void>();
      visit.wake = heard.resolve;
      await Promise.race([heard.promise, setTimeout(5_000, undefined, { ref: false })]);
      const now = clock.justifiNow();
      if (visit.lines > last.lines) last = { lines: visit.lines, at: now };
      if (now - last.at < SILENT_AFTER_MS && now - began < ENDLESS_AFTER_MS && performance.now() - turnedAt < STUCK_AFTER_MS) continue;
      judge.finds({ kind: 'unresolved', customer: visit.plan.number, what: `this sale comes to no end; ${visit.screen?.kind ?? 'nothing'} is on the screen` });
      visit.isDone = true;
      visit.isStuck = true;
    }
    if (next !== undefined && !visit.isDone && !visit.isStruck && next.afterMs > 0) await setTimeout(next.afterMs);
  }

  /** False when the counter can serve no more customers. */
  async function serve(plan: Plan): Promise<boolean> {
    justifi.clearFaults();
    if (plan.hasTwin) {
      await payAtTwin(justifi.origin, plan.amountInCents);
      tally.count('payment at a twin');
    }
    oddities.serves(plan);
    setUp(justifi, plan);
    const visit: CounterVisit = { plan, story: [], memory: NOTHING_HAPPENED, isDone: false, isStuck: false, isStruck: false, isMoment: false, nextKill: undefined, lines: 0, screen: null, before: null, wake: () => {} };
    stories.set(plan.number, visit.story);
    current = visit;
    hear = (line) => hearAbout(visit, line);
    const begin = () => till.order({ kind: 'serve', customer: plan.number, memory: visit.memory, returning: [...returning] });
    begin();
    const coming = [...plan.kills];
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await waitUntil(visit, coming[0]);
      if (!visit.isStruck && coming.shift() === undefined) break;
      visit.isStruck = false;
      visit.isMoment = false;
      // oxlint-disable-next-line no-await-in-loop
      await kill();
      visit.story.push('KILLED, and opened again');
      visit.before = visit.isDone ? null : visit.screen;
      visit.lines = 0;
      open(till);
      if (visit.isDone) return !visit.isStuck;
      begin();
    }
    return !visit.isStuck;
  }

  /** A line about no sale, or about one that only the copy has, is told with every sale. */
  function tellOfCopy({ at, said }: Line): void {
    if (said.kind === 'screen') return;
    const line = `${at.toFixed(1)} on the copied disk: ${JSON.stringify(said)}`;
    const customer = said.kind === 'log' && said.sale !== null ? planOfSale.get(said.sale)?.number : undefined;
    for (const story of customer === undefined ? stories.values() : [stories.get(customer) ?? []]) story.push(line);
  }

  for (const number of numbers) {
    const goesOn = await serve(planOf(seed, number));
    if (!goesOn) break;
    order.onServed();
  }

  // The calm: the network works, JustiFi finishes its pending work, and all open sales end.
  justifi.clearFaults();
  justifi.dropHanging();
  await clock.pause(SLOWEST_PROCESSING_MS);
  isCalm = true;
  await elsewhere.closes(linksIn(journal));
  while (oddities.onTheWay() > 0) await setTimeout(50);
  clock.runFreely();
  /** Twice: the first one's findings are on the screen before the second begins. */
  const calm = { isOpen: false, comparisons: 0 };
  hear = ({ said }) => {
    calm.isOpen ||= hasOpened(said);
    if (said.kind === 'log' && said.what === 'comparison.made') calm.comparisons += 1;
  };
  await kill();
  const disputed = disputableIn(journal).filter((_, place) => place % DISPUTED_EVERY === 0).filter(({ paymentId }) => justifi.disputePayment(paymentId));
  judge.disputed(disputed.map(({ saleId }) => saleId));
  for (const _ of disputed) tally.count('payment disputed');
  tally.count('disk copied');
  const copy = openDiskCopy({ script: order.script, folder, journal, open: { origin: justifi.origin, seed, faster: clock.faster, shopMs: clock.shopMs() }, onLine: tellOfCopy });
  void copy.till.gone.then(() => {
    if (!hasEnded) judge.finds({ kind: 'lost', customer: null, what: 'the till of the copied disk ended by itself' });
  });
  open(till);
  till.order({ kind: 'calm' });
  const until = performance.now() + CALM_MS;
  // Reading a journal that is being opened keeps its till from opening it.
  const isTold = (file: string) => countUnfinished(file) === 0 && countDisputes(file) >= disputed.length;
  const isOver = () => calm.isOpen && copy.isOpen() && calm.comparisons >= 2 && isTold(journal) && isTold(copy.journal);
  while (!isOver() && performance.now() < until) await setTimeout(100);
  hasEnded = true;
  till.kill();
  spare.kill();
  copy.till.kill();
  await Promise.all([till.gone, spare.gone, copy.till.gone]);

  const result = { sales: numbers.length, kills, faults: justifi.faultsMet() + troubles, charges: justifi.charges().length, findings: await judge.verdict(journal, copy.journal) };
  await justifi.close();
  return { ...result, happened: tally.counts(), states, overtaken: judge.overtaken(), story: (customer) => stories.get(customer) ?? [] };
}
