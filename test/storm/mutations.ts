import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MUTATIONS, type Mutation } from './mutation-list.ts';

/*
 * Breaks one rule at a time in a copy of the tree, and shows that specs and storm notice. What is not noticed fails, and so does
 * a mutation whose text is not there any more, or a copy that fails without any.
 *
 *   npm run mutations                       all of them
 *   npm run mutations -- --only checkout    those with this in their name
 *   npm run mutations -- --sales 0          specs alone, in a minute
 */
const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, sales: { type: 'string', default: '64' }, seed: { type: 'string', default: '7' } } });

const withStorm = values.sales !== '0';
const root = join(import.meta.dirname, '..', '..');
const copy = mkdtempSync(join(tmpdir(), 'counter-mutations-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const name of ['contract', 'main', 'preload', 'renderer', 'test', 'package.json', 'tsconfig.json']) cpSync(join(root, name), join(copy, name), { recursive: true });
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');

type Verdict = { readonly noticed: boolean; readonly how: string };

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');

/** A spec that cannot even be loaded has noticed nothing. */
function runSpecs({ specs, tests }: Pick<Mutation, 'specs' | 'tests'>): Verdict {
  const outputFile = join(copy, 'specs.json');
  rmSync(outputFile, { force: true });
  spawnSync(process.execPath, [vitest, 'run', '--config', 'test/vitest.config.ts', '--bail', '0', '--reporter', 'json', '--outputFile', outputFile, ...(tests === undefined ? [] : ['--testNamePattern', tests]), ...specs], { cwd: copy });
  const report: { readonly numFailedTests: number; readonly numPassedTests: number; readonly testResults: readonly { readonly assertionResults: readonly { readonly status: string; readonly title: string }[] }[] } = JSON.parse(readFileSync(outputFile, 'utf8'));
  if (report.numFailedTests + report.numPassedTests === 0) throw new Error(`${specs.join(' ')} could not be run`);
  const [first] = report.testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === 'failed');
  return { noticed: report.numFailedTests > 0, how: `${report.numFailedTests} of ${report.numFailedTests + report.numPassedTests} tests${first ? `, first "${first.title}"` : ''}` };
}

function runStorm(): Verdict {
  const { stdout } = spawnSync(process.execPath, ['test/storm/storm.ts', '--sales', values.sales, '--seed', values.seed], { cwd: copy, encoding: 'utf8', maxBuffer: 1e9 });
  const kept = /^The journals are kept in (.+)$/mu.exec(stdout)?.[1];
  if (kept !== undefined) rmSync(kept, { recursive: true, force: true });
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  const counts = /^sales=\d+ .* (lost=(\d+) double=(\d+) wrong=(\d+) unresolved=(\d+))$/u.exec(line);
  if (counts === null) throw new Error(`the storm did not come to its end: ${line}`);
  return { noticed: counts.slice(2).some((count) => count !== '0'), how: [counts[1], /^(?:LOST|DOUBLE|WRONG|UNRESOLVED): .*$/mu.exec(stdout)?.[0]].join(', first ') };
}

function mutate({ name, edits }: Mutation): () => void {
  const before = edits.map(({ file }) => ({ path: join(copy, file), text: readFileSync(join(copy, file), 'utf8') }));
  for (const { file, find, replace } of edits) {
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    if (text.split(find).length !== 2) throw new Error(`"${name}": its text is not exactly once in ${file}:\n${find}`);
    writeFileSync(path, text.replace(find, () => replace));
  }
  return () => before.toReversed().forEach(({ path, text }) => writeFileSync(path, text));
}

const wanted = MUTATIONS.filter(({ name }) => name.includes(values.only));
let missed = 0;
const say = (verdict: Verdict, who: string) => console.log(`  ${verdict.noticed ? 'noticed' : 'NOT NOTICED'} by ${who}: ${verdict.how}`);

// First of all: are all the texts there?
for (const mutation of wanted) mutate(mutation)();

const runs = Map.groupBy(wanted, ({ specs, tests }) => [...specs, tests].join(' '));
const sound = [...[...runs.values()].map(([first]) => runSpecs(first!)), ...(withStorm ? [runStorm()] : [])];
for (const { noticed, how } of sound) {
  if (noticed) throw new Error(`the unbroken copy fails: ${how}`);
}
console.log(`unbroken: all is well\n`);

for (const mutation of wanted) {
  console.log(mutation.name);
  const undo = mutate(mutation);
  const specs = runSpecs(mutation);
  say(specs, mutation.specs.join(' '));
  const storm = mutation.storm && withStorm ? runStorm() : null;
  if (storm !== null) say(storm, `a storm of ${values.sales} sales`);
  if (!specs.noticed || storm?.noticed === false) missed += 1;
  undo();
}
console.log(`\n${wanted.length} rules broken, ${missed} not noticed`);
process.exitCode = missed === 0 ? 0 : 1;
