import { rmSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { makeFolder } from '../integration/journal-shop.ts';
import { atEnd } from '../setup/script.ts';
import type { Finding } from './finding.ts';
import { HAPPENS } from './happens.ts';
import { type LaneResult, runLane } from './lane.ts';
import { isMadeFor } from './special-plan.ts';
import { sumOf } from './tally.ts';
import { buildTill, startTill } from './till-child.ts';

/*
 * The crash storm: random sales, random faults, and a `kill -9` of the till in the middle of each. The rules, and the
 * results: docs/reliability.md.
 *
 *   npm run storm -- --sales 5000 --seed 7     all of it, again
 *   npm run storm -- --seed 7 --only 1234      one sale of it
 */
const ALL_HAPPEN_IN = 60;
/** How often further sales are served, for a kind that has not happened yet. */
const MORE_TIMES = 4;
const MORE_OF_ANY = 20;

const happenedIn = (results: readonly LaneResult[]) => sumOf(results.map((result) => result.happened));

function missingIn(results: readonly LaneResult[]): readonly string[] {
  const happened = happenedIn(results);
  return HAPPENS.filter((kind) => !happened.has(kind));
}

/** Those that are made for these kinds, of the next sixty; and for a kind for which none is made, some of any. */
function furtherSales(from: number, missing: readonly string[]): readonly number[] {
  const next = Array.from({ length: ALL_HAPPEN_IN }, (_, index) => from + index);
  const isOfAny = missing.some((kind) => !next.some((number) => isMadeFor(number, [kind])));
  return next.filter((number, index) => isMadeFor(number, missing) || (isOfAny && index < MORE_OF_ANY));
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
      /** How many times faster than real time the shop runs, where the PC keeps pace. */
      faster: { type: 'string', default: '40' },
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
  await fillCompileCache(script);
  const faster = Number(values.faster);
  if (!Number.isSafeInteger(faster) || faster < 1) {
    console.error('--faster takes a whole number.');
    return 1;
  }
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
  // A kill of an earlier sale's reversal, or a very busy PC, may keep a sale from what it was made for. Others that are made for it, until each kind was seen.
  const most = isGate ? MORE_TIMES : 0;
  for (let more = 1; more <= most && missingIn(results).length > 0; more += 1) {
    const missing = missingIn(results);
    console.log(`not yet: ${missing.join('; ')}`);
    results.push(...(await serve(furtherSales(sales + (more - 1) * ALL_HAPPEN_IN, missing))));
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

/** A till that ends by itself leaves its compiled code; those that are killed do not. */
async function fillCompileCache(script: string): Promise<void> {
  const till = startTill(script, () => {});
  till.leave();
  await till.gone;
}
