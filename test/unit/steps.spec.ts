import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Lane, runSteps, worstCode } from '../setup/steps.ts';

const node = (program: string): [string, ...string[]] => [process.execPath, '-e', program];
const printing = (word: string, code = 0) => node(`console.log(${JSON.stringify(word)}); process.exitCode = ${code}`);

async function run(lanes: readonly Lane[]) {
  let printed = '';
  const results = await runSteps(lanes, (text) => {
    printed += text;
  });
  return { printed, results, codes: Object.fromEntries(results.map(({ name, code }) => [name, code])) };
}

test('a step that fails does not keep the next from running, and its exit code is that of the whole', async () => {
  const { printed, results, codes } = await run([[{ name: 'first', command: printing('one', 3) }, { name: 'second', command: printing('two') }]]);
  expect(codes).toEqual({ first: 3, second: 0 });
  expect(worstCode(results)).toBe(3);
  expect(printed).toContain('FAILED  first');
  expect(printed).toContain('1 passed, 1 failed');
});

test('a dependent step waits for the step that it needs, in any lane, is not run after its failure, and names it', async () => {
  const { printed, codes } = await run([[{ name: 'browser', command: printing('never'), after: 'build' }], [{ name: 'build', command: printing('', 1) }]]);
  expect(codes).toEqual({ build: 1, browser: 1 });
  expect(printed).toContain('Not run: build failed.');
  expect(printed).not.toContain('never');
});

test('two lanes run side by side, and neither prints into the other', async () => {
  // Each waits for the other's file: run in sequence they would never end.
  const folder = mkdtempSync(join(tmpdir(), 'counter-steps-'));
  const meeting = (own: string, other: string) =>
    node(`const fs = require('node:fs'); console.log('${own} begins'); fs.writeFileSync(${JSON.stringify(join(folder, own))}, '');
      const wait = () => fs.existsSync(${JSON.stringify(join(folder, other))}) ? console.log('${own} ends') : setTimeout(wait, 10); wait();`);
  const { printed, codes } = await run([[{ name: 'left', command: meeting('left', 'right') }], [{ name: 'right', command: meeting('right', 'left') }]]);
  rmSync(folder, { recursive: true });
  expect(codes).toEqual({ left: 0, right: 0 });
  expect(printed.replaceAll(/\s+/gu, ' ')).toMatch(/left begins left ends .*right begins right ends/u);
});

test('a missing program is a failure with its name', async () => {
  const { printed, codes } = await run([[{ name: 'gone', command: ['no-such-program-of-ours'] }]]);
  expect(codes).toEqual({ gone: 1 });
  expect(printed).toContain('no-such-program-of-ours');
});

test('the end of a failed step is printed again behind all steps, so that the end of a log says which test failed', async () => {
  const { printed } = await run([[{ name: 'first', command: printing('the test that failed', 1) }, { name: 'second', command: printing('much else') }]]);
  expect(printed.slice(printed.lastIndexOf('much else'))).toContain('the test that failed');
});
