import { join } from 'node:path';
import { type Stage, runSteps, worstCode } from './steps.ts';

/*
 * Everything that `npm test` means. The app is built once, for all; what waits much or uses one core runs beside what uses the
 * other; the specs with a page in each worker have both cores to themselves.
 */
const withKeyring = process.platform === 'linux' ? (['bash', join(import.meta.dirname, 'with-keyring.sh')] as const) : [];
const vitest = ['vitest', 'run', '--config', 'test/vitest.config.ts'] as const;

const STAGES: readonly Stage[] = [
  [[{ name: 'build', command: ['vite', 'build', '--app', '--logLevel', 'warn'] }]],
  [
    [{ name: 'crash storm', command: ['node', 'test/setup/run.mjs', 'storm', '--sales', '60', '--seed', '7'] }],
    [
      { name: 'types', command: ['tsc', '-b'] },
      { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
    ],
  ],
  [[{ name: 'unit and integration', command: keyed(...vitest, 'test/unit', 'test/integration', 'test/host'), after: 'build' }]],
  [
    [{ name: 'end to end', command: keyed('playwright', 'test', '--config', 'test/playwright.config.ts'), after: 'build' }],
    [{ name: 'commands of the README', command: [...vitest, 'test/commands'], after: 'build' }],
  ],
];

function keyed(program: string, ...args: readonly string[]): [string, ...string[]] {
  const [first = program, ...rest] = [...withKeyring, program, ...args];
  return [first, ...rest];
}

/** What one worker of a test runner has compiled, the next need not compile again. */
const COMPILED = join(import.meta.dirname, '../../node_modules/.cache/compiled');

export async function run(): Promise<number> {
  process.env.NODE_COMPILE_CACHE = COMPILED;
  return worstCode(await runSteps(STAGES, (text) => void process.stdout.write(text)));
}
