import { rmSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { makeFolder } from '../integration/journal-shop.ts';
import { atEnd } from '../setup/script.ts';
import type { Finding } from './finding.ts';
import { CAN_FILL_THE_DISK } from './journal-hold.ts';
import { type LaneResult, runLane } from './lane.ts';
import { MEANWHILE } from './plan.ts';
import { sumOf } from './tally.ts';
import { buildTill, startTill } from './till-child.ts';

/*
 * The crash storm: random sales, random faults, and a `kill -9` of the till in the middle of each. The rules, and the
 * results: docs/reliability.md.
 *
 *   npm run storm -- --sales 5000 --seed 7     all of it, again
 *   npm run storm -- --seed 7 --only 1234      one sale of it
 */
/** In sixty sales each of these happens. A run without one of them has not tested it. */
const HAPPENS: readonly string[] = [
  ...MEANWHILE.map((meanwhile) => `arrived late, ${meanwhile}`),
  'not written, another program at the journal',
  ...(CAN_FILL_THE_DISK ? ['not written, disk full'] : []),
  'late bank transfer kept',
  'attempts newest first',
  'paid without a completion',
  'paid, and the checkout not completed',
  'failed without a payment status',
  'wallet asked to charge',
  'change acknowledged and not kept',
  'foreign checkouts listed',
  'payment at a twin',
  'form on a completed checkout',
  'form that answers late',
  'void refused',
  'void forbidden',
  'void that left the payment as it was',
  'refund pending',
  'killed while a payment is given back',
  'at the reader, insert',
  'at the reader, decline',
  'bank login charged',
  'saved card charged',
  'saved card declined',
  'declined on a phone',
  'paid on a phone',
  'insured, premium in the payment',
  'insured, premium apart',
  'insurance declined',
  'no quote of an insurance',
  'crashed after Pay, insured',
  'killed while paying, insured',
  'order at Sezzle paid',
  'order at Sezzle paid after the sale was left',
  'completion at Sezzle asked again with its key',
  'completion at Sezzle answered late',
  'completion at Sezzle never answered',
  'completion at Sezzle refused',
  'window of Sezzle, complete',
  'window of Sezzle, cancelled',
  'window of Sezzle, failed',
  'window of Sezzle, closed',
  'crashed at Sezzle',
  'script of Sezzle not loaded',
  'window of Sezzle left open',
  'payment disputed',
  'killed with an approved order at Sezzle',
  'given back from the history by a void',
  'given back from the history by a refund',
  'given back in several parts',
  ...(['answer-lost', 'request-lost', 'late', 'error-before', 'error-after', 'refused'] as const).map((trouble) => `given back, ${trouble}`),
  'a refund from the history: pending',
  'killed when a void or refund was made',
];
const ALL_HAPPEN_IN = 60;
/** Further sales at a time, for a kind that has not happened yet. */
const MORE_SALES = 20;

const happenedIn = (results: readonly LaneResult[]) => sumOf(results.map((result) => result.happened));

function missingIn(results: readonly LaneResult[]): readonly string[] {
  const happened = happenedIn(results);
  return HAPPENS.filter((kind) => !happened.has(kind));
}

const STATES = ['checking', 'paid', 'accepted', 'declined', 'not-charged', 'unresolved', 'late', 'reversing', 'reversed', 'abandoned'];

/** The exit code: 0 when nothing was found. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sales: { type: 'string', default: '200' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      lanes: { type: 'string', default: String(availableParallelism() * 2) },
      only: { type: 'string' },
      /** How many times faster than real time the shop runs; measured unless given. */
      faster: { type: 'string' },
      // For mutations.ts: without keeping the journals of findings.
      discard: { type: 'boolean', default: false },
    },
  });
  const sales = Number(values.sales);
  const seed = Number(values.seed);
  const lanes = Number(values.lanes);
  const numbers = values.only === undefined ? Array.from({ length: sales }, (_, index) => index) : [Number(values.only)];
  if (![sales, seed, lanes, ...numbers].every((number) => Number.isSafeInteger(number) && number >= 0) || lanes === 0) {
    console.error('--sales, --seed, --lanes and --only take whole numbers.');
    return 1;
  }

  const isGate = numbers.length >= ALL_HAPPEN_IN;
  const folder = makeFolder();
  let isKept = false;
  atEnd(() => {
    if (!isKept) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  });
  console.log(`crash storm: ${numbers.length} sales, seed ${seed}, ${lanes} counters at a time; load ${loadNow()}`);
  const script = await buildTill(folder);
  const faster = values.faster === undefined ? await fittingSpeed(script, lanes) : Number(values.faster);
  if (!Number.isSafeInteger(faster) || faster < 1) {
    console.error('--faster takes a whole number.');
    return 1;
  }
  console.log(`the shop lives ${faster} times faster`);
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  let served = 0;

  function onServed(): void {
    served += 1;
    if (served % 100 === 0) console.log(`${served} sales after ${seconds()} s`);
  }

  /** Blocks of neighbours, so that "the same as the customer before" is really that. */
  async function serve(customers: readonly number[]): Promise<readonly LaneResult[]> {
    const perLane = Math.ceil(customers.length / lanes);
    const blocks = Array.from({ length: lanes }, (_, lane) => customers.slice(lane * perLane, (lane + 1) * perLane)).filter((block) => block.length > 0);
    return Promise.all(blocks.map((block, lane) => runLane({ seed, faster, name: `counter-${customers[0]}-${lane}`, numbers: block, folder, script, onServed })));
  }

  const results = [...(await serve(numbers))];
  // On a busy PC a rare kind may pass unseen: a payment that should arrive late arrived in time. More sales, until each was seen.
  const last = isGate ? sales * 2 : 0;
  for (let next = sales; next < last && missingIn(results).length > 0; next += MORE_SALES) {
    console.log(`not yet: ${missingIn(results).join('; ')}`);
    results.push(...(await serve(Array.from({ length: MORE_SALES }, (_, index) => next + index))));
  }

  const findings = results.flatMap((result) => result.findings);
  for (const result of results) tellFindings(result, seed);
  isKept = findings.length > 0 && !values.discard;
  if (isKept) console.log(`\nThe journals are kept in ${folder}`);

  const sum = (count: (result: LaneResult) => number) => results.reduce((total, result) => total + count(result), 0);
  console.log(`sales came to be ${STATES.map((state) => `${state} ${sum(({ states }) => states.get(state) ?? 0)}`).join(', ')}`);
  console.log('besides the faults of the network:');
  const happened = happenedIn(results);
  for (const kind of [...happened.keys()].toSorted()) console.log(`  ${kind}: ${happened.get(kind)}`);
  const missing = isGate ? missingIn(results) : [];
  if (missing.length > 0) console.log(`NEVER HAPPENED: ${missing.join('; ')}`);
  const overtaken = sum((lane) => lane.overtaken);
  if (overtaken > 0) console.log(`not judged: ${overtaken} payments, which took this busy PC longer than 150 s of the shop's time`);
  const { user, system } = process.cpuUsage();
  console.log(`storm itself: ${Math.round((user + system) / 1e6)} s of processor`);
  const found = (kind: Finding['kind']) => findings.filter((finding) => finding.kind === kind).length;
  console.log(`${seconds()} s, load ${loadNow()}`);
  console.log(
    `sales=${sum((lane) => lane.sales)} kills=${sum((lane) => lane.kills)} faults=${sum((lane) => lane.faults)} charges=${sum((lane) => lane.charges)} ` +
      `lost=${found('lost')} double=${found('double')} wrong=${found('wrong')} unresolved=${found('unresolved')}`,
  );
  return findings.length === 0 && missing.length === 0 ? 0 : 1;
}

function tellFindings({ findings, story }: LaneResult, seed: number): void {
  for (const { kind, customer, what } of findings) {
    console.log(`\n${kind.toUpperCase()}: ${what}`);
    if (customer === null) continue;
    console.log(`sale ${customer} of seed ${seed}; again: npm run storm -- --seed ${seed} --only ${customer}`);
    for (const line of story(customer)) console.log(`  ${line}`);
  }
}

const loadNow = (): string => loadavg().map((load) => load.toFixed(1)).join(' ');

/** The time to start a till on an idle processor. */
const START_COSTS_MS = 400;
const FASTEST = 40;
const SLOWEST = 8;
/** A PC that needs so much longer is busy with other things. */
const TOLERANCE = 1.5;

/** A busy PC gets more time, so that its own delays are not taken for JustiFi's. */
async function fittingSpeed(script: string, lanes: number): Promise<number> {
  // The first one fills the compile cache.
  await startAndEnd(script, 1);
  const tookMs = await startAndEnd(script, lanes);
  const neededMs = (START_COSTS_MS * lanes) / Math.min(lanes, availableParallelism());
  return Math.max(SLOWEST, Math.min(FASTEST, Math.round((FASTEST * TOLERANCE * neededMs) / tookMs)));
}

async function startAndEnd(script: string, count: number): Promise<number> {
  const began = performance.now();
  const tills = Array.from({ length: count }, () => startTill(script, () => {}));
  tills.forEach((till) => till.leave());
  await Promise.all(tills.map((till) => till.gone));
  return performance.now() - began;
}
