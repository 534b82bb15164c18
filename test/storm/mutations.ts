import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { runProgram, startProgram, temporaryFolder } from '../setup/script.ts';
import { MUTATIONS, type Mutation } from './mutation-list.ts';

/*
 * Breaks one rule at a time in a copy of the tree, and shows that specs and storm notice. An unnoticed mutation fails, and so does
 * a mutation whose text is not in the source any more, or a copy that fails without any. With `--only`, other mutations without their text
 * are listed, and do not fail.
 *
 *   npm run mutations                       all of them
 *   npm run mutations -- --only checkout    those with this in their name
 *   npm run mutations -- --sales 0          specs alone, in a minute
 */
const root = join(import.meta.dirname, '..', '..');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');

type Verdict = { readonly noticed: boolean; readonly how: string };

/** A spec that cannot be loaded has not noticed the mutation. */
async function runSpecs(copy: string, { specs, tests }: Pick<Mutation, 'specs' | 'tests'>): Promise<Verdict> {
  const outputFile = join(copy, 'specs.json');
  rmSync(outputFile, { force: true });
  await runProgram(process.execPath, [vitest, 'run', '--config', 'test/vitest.config.ts', '--bail', '0', '--reporter', 'json', '--outputFile', outputFile, ...(tests === undefined ? [] : ['--testNamePattern', tests]), ...specs], { cwd: copy, stdio: 'ignore' });
  const report: { readonly numFailedTests: number; readonly numPassedTests: number; readonly testResults: readonly { readonly assertionResults: readonly { readonly status: string; readonly title: string }[] }[] } = JSON.parse(readFileSync(outputFile, 'utf8'));
  if (report.numFailedTests + report.numPassedTests === 0) throw new Error(`${specs.join(' ')} could not be run`);
  const [first] = report.testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === 'failed');
  return { noticed: report.numFailedTests > 0, how: `${report.numFailedTests} of ${report.numFailedTests + report.numPassedTests} tests${first ? `, first "${first.title}"` : ''}` };
}

async function runStorm(copy: string, { sales, seed }: { readonly sales: string; readonly seed: string }): Promise<Verdict> {
  const storm = startProgram(process.execPath, ['test/setup/run.mjs', 'storm', '--sales', sales, '--seed', seed, '--discard'], { cwd: copy, stdio: ['ignore', 'pipe', 'inherit'] });
  const stdout = await textOf(storm.stdout!);
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  const counts = /^sales=\d+ .* (lost=(\d+) double=(\d+) wrong=(\d+) unresolved=(\d+))$/u.exec(line);
  if (counts === null) throw new Error(`the storm did not come to its end: ${line}`);
  return { noticed: counts.slice(2).some((count) => count !== '0'), how: [counts[1], /^(?:LOST|DOUBLE|WRONG|UNRESOLVED): .*$/mu.exec(stdout)?.[0]].join(', first ') };
}

/** Why the mutation cannot be made: its text is not in the source exactly once. Null: it can be made. */
function obstacle({ name, edits }: Mutation): string | null {
  const missed = edits.flatMap(({ file, find }) => {
    const places = [...readFileSync(join(root, file), 'utf8').matchAll(asWritten(find))].length;
    return places === 1 ? [] : [`its text is ${places} times in ${file}:\n${find}`];
  });
  return missed.length === 0 ? null : `"${name}" cannot be made: ${missed.join('\n')}`;
}

function mutate(copy: string, { edits }: Mutation): () => void {
  const before = edits.map(({ file }) => ({ path: join(copy, file), text: readFileSync(join(copy, file), 'utf8') }));
  for (const { file, find, replace } of edits) {
    const path = join(copy, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(asWritten(find), () => replace));
  }
  return () => before.toReversed().forEach(({ path, text }) => writeFileSync(path, text));
}

/** However its lines are broken. */
function asWritten(find: string): RegExp {
  return new RegExp(find.split(/\s+/u).map((word) => RegExp.escape(word)).join('\\s+'), 'gu');
}

/** The exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { only: { type: 'string', default: '' }, sales: { type: 'string', default: '64' }, seed: { type: 'string', default: '7' } } });
  const withStorm = values.sales !== '0';
  const wanted = MUTATIONS.filter(({ name }) => name.includes(values.only));
  if (wanted.length === 0) {
    console.error(`No mutation has "${values.only}" in its name.`);
    return 1;
  }
  const outdated = MUTATIONS.map((mutation) => ({ mutation, why: obstacle(mutation) })).filter(({ why }) => why !== null);
  for (const { why } of outdated) console.error(why);
  if (outdated.some(({ mutation }) => wanted.includes(mutation))) return 1;

  const copy = temporaryFolder('mutations');
  for (const name of ['contract', 'words', 'main', 'preload', 'renderer', 'test', 'package.json', 'tsconfig.json']) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');

  const runs = Map.groupBy(wanted, ({ specs, tests }) => [...specs, tests].join(' '));
  const sound: Verdict[] = [];
  for (const [first] of runs.values()) sound.push(await runSpecs(copy, first!));
  if (withStorm && wanted.some(({ storm }) => storm)) sound.push(await runStorm(copy, values));
  for (const { noticed, how } of sound) {
    if (noticed) throw new Error(`the unbroken copy fails: ${how}`);
  }
  console.log('unbroken: all is well\n');

  let missed = 0;
  for (const mutation of wanted) {
    console.log(mutation.name);
    const undo = mutate(copy, mutation);
    const specs = await runSpecs(copy, mutation);
    say(specs, mutation.specs.join(' '));
    const storm = mutation.storm && withStorm ? await runStorm(copy, values) : null;
    if (storm !== null) say(storm, `a storm of ${values.sales} sales`);
    if (!specs.noticed || storm?.noticed === false) missed += 1;
    undo();
  }
  console.log(`\n${wanted.length} rules broken, ${missed} not noticed`);
  return missed === 0 ? 0 : 1;
}

function say(verdict: Verdict, who: string): void {
  console.log(`  ${verdict.noticed ? 'noticed' : 'NOT NOTICED'} by ${who}: ${verdict.how}`);
}
