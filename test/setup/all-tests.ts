import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Lane, runSteps, worstCode } from './steps.ts';

/*
 * Everything that `npm test` means. The app is built once, for all. A lane waits for a third of its time, which the two others use.
 */
const withKeyring = process.platform === 'linux' ? (['bash', join(import.meta.dirname, 'with-keyring.sh')] as const) : [];
const vitest = ['vitest', 'run', '--config', 'test/vitest.config.ts'] as const;

const SPECS = ['test/unit', 'test/integration', 'test/host'] as const;

const LANES: readonly Lane[] = [
  [
    { name: 'build', command: ['vite', 'build', '--app', '--logLevel', 'warn'] },
    { name: 'end to end', command: keyed('playwright', 'test', '--config', 'test/playwright.config.ts'), after: 'build' },
    // Nearly alone, at the end, and so with many workers: a worker and its Chromium wait for each other, and for frames.
    { name: 'pages', command: keyed(...vitest, '--project', 'pages', '--maxWorkers', String(2 * availableParallelism()), ...SPECS), after: 'build' },
  ],
  [
    // With the crash storm of 60 sales.
    { name: 'commands of the README', command: [...vitest, 'test/commands'], after: 'build' },
    { name: 'specs with a process of their own', command: keyed(...vitest, '--project', 'apart', '--maxWorkers', '1', ...SPECS), after: 'build' },
    // Beside the last end-to-end tests, which alone would leave half a core idle.
    { name: 'screens', command: keyed(...vitest, '--project', 'screens', '--maxWorkers', '2', ...SPECS), after: 'build' },
  ],
  [
    // Several checkers would each check the libraries again, on busy cores.
    { name: 'types', command: ['tsc', '-b', '--checkers', '1'] },
    { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
    { name: 'unit and integration', command: keyed(...vitest, '--project', 'sharing', '--maxWorkers', '1', ...SPECS), after: 'build' },
  ],
];

function keyed(program: string, ...args: readonly string[]): [string, ...string[]] {
  const [first = program, ...rest] = [...withKeyring, program, ...args];
  return [first, ...rest];
}

/** Of the compiler and of the linter with types, which are Go: their garbage is collected when there is five times as much as is used, not twice. A sixth less processor time. */
const GO_GARBAGE_PERCENT = '400';

/** Shares the compiled code between the workers of a test runner. */
const COMPILED = join(import.meta.dirname, '../../node_modules/.cache/compiled');

export async function run(): Promise<number> {
  process.env.NODE_COMPILE_CACHE = COMPILED;
  process.env.GOGC ??= GO_GARBAGE_PERCENT;
  return worstCode(await runSteps(LANES, (text) => void process.stdout.write(text)));
}
