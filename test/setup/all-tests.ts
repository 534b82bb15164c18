import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/*
 * Everything that `npm test` means, in the order in which a failure is cheapest to find. Each step runs even when an
 * earlier one failed, so that one run tells all; the exit code is the worst of them.
 */
const keyring = join(import.meta.dirname, 'with-keyring.sh');
const withKeyring = process.platform === 'linux' ? ['bash', keyring] : [];

const steps: readonly (readonly [name: string, command: readonly string[]])[] = [
  ['types', ['tsc', '-b']],
  ['lint', ['oxlint', '--type-aware', '--deny-warnings']],
  ['build', ['vite', 'build', '--app', '--logLevel', 'warn']],
  ['unit and integration', [...withKeyring, 'vitest', 'run', '--config', 'test/vitest.config.ts']],
  ['crash storm', ['node', 'test/storm/storm.ts', '--sales', '200', '--seed', '7']],
  ['end to end', [...withKeyring, 'playwright', 'test', '--config', 'test/playwright.config.ts']],
];

const results = steps.map(([name, [command, ...args]]) => {
  console.log(`\n— ${name}`);
  const started = performance.now();
  const { status } = spawnSync(command!, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  return { name, passed: status === 0, seconds: Math.round((performance.now() - started) / 1000) };
});

console.log('');
for (const { name, passed, seconds } of results) console.log(`${passed ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
