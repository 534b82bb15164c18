import { rmSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { makeFolder } from '../integration/journal-shop.ts';
import type { Finding } from './judge.ts';
import { runLane } from './lane.ts';
import { buildTill } from './till-child.ts';

/*
 * The crash storm: random sales, random faults, and a `kill -9` of the till in the middle of each. What is judged, and what came
 * out: docs/reliability.md.
 *
 *   npm run storm -- --sales 5000 --seed 7     all of it, again
 *   npm run storm -- --seed 7 --only 1234      one sale of it
 */
const { values } = parseArgs({
  options: {
    sales: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    lanes: { type: 'string', default: String(availableParallelism() * 2) },
    only: { type: 'string' },
  },
});
const sales = Number(values.sales);
const seed = Number(values.seed);
const lanes = Number(values.lanes);
const numbers = values.only === undefined ? Array.from({ length: sales }, (_, index) => index) : [Number(values.only)];
if (![sales, seed, lanes, ...numbers].every((number) => Number.isSafeInteger(number) && number >= 0) || lanes === 0) {
  console.error('--sales, --seed, --lanes and --only take whole numbers.');
  process.exit(1);
}

const folder = makeFolder();
console.log(`crash storm: ${numbers.length} sales, seed ${seed}, ${lanes} counters at a time; load ${loadavg().map((load) => load.toFixed(1)).join(' ')}`);
const script = await buildTill(folder);
const started = performance.now();
const seconds = () => Math.round((performance.now() - started) / 1000);
let served = 0;

function onServed(): void {
  served += 1;
  if (served % 100 === 0) console.log(`${served} sales after ${seconds()} s`);
}

/** Blocks of neighbours, so that "the same as the customer before" is really that. */
const perLane = Math.ceil(numbers.length / lanes);
const blocks = Array.from({ length: lanes }, (_, lane) => numbers.slice(lane * perLane, (lane + 1) * perLane)).filter((block) => block.length > 0);
const results = await Promise.all(blocks.map((block, lane) => runLane({ seed, name: `counter-${lane}`, numbers: block, folder, script, onServed })));

const findings = results.flatMap((result) => result.findings);
for (const { findings: found, story } of results) {
  for (const { kind, customer, what } of found) {
    console.log(`\n${kind.toUpperCase()}: ${what}`);
    if (customer === null) continue;
    console.log(`sale ${customer} of seed ${seed}; again: npm run storm -- --seed ${seed} --only ${customer}`);
    for (const line of story(customer)) console.log(`  ${line}`);
  }
}
if (findings.length === 0) rmSync(folder, { recursive: true });
else console.log(`\nThe journals are kept in ${folder}`);

const sum = (count: (result: (typeof results)[number]) => number) => results.reduce((total, result) => total + count(result), 0);
const STATES = ['checking', 'paid', 'accepted', 'declined', 'not-charged', 'unresolved', 'late', 'reversing', 'reversed', 'abandoned'];
console.log(`sales came to be ${STATES.map((state) => `${state} ${sum(({ states }) => states.get(state) ?? 0)}`).join(', ')}`);
const overtaken = sum((lane) => lane.overtaken);
if (overtaken > 0) console.log(`not judged: ${overtaken} payments, which took this busy PC longer than 150 s of the shop's time`);
const { user, system } = process.cpuUsage();
console.log(`storm itself: ${Math.round((user + system) / 1e6)} s of processor`);
const found = (kind: Finding['kind']) => findings.filter((finding) => finding.kind === kind).length;
console.log(`${seconds()} s, load ${loadavg().map((load) => load.toFixed(1)).join(' ')}`);
console.log(
  `sales=${sum((lane) => lane.sales)} kills=${sum((lane) => lane.kills)} faults=${sum((lane) => lane.faults)} charges=${sum((lane) => lane.charges)} ` +
    `lost=${found('lost')} double=${found('double')} wrong=${found('wrong')} unresolved=${found('unresolved')}`,
);
process.exitCode = findings.length === 0 ? 0 : 1;
