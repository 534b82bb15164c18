import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Visitor, parseSync } from 'vite';
import { afterAll, expect, test } from 'vitest';

/*
 * No Result is ignored. The linter has no such rule, the compiler can tell: in a copy of the sources every expression that stands as a
 * statement, with or without `void`, becomes the argument of a function that takes no Result, nor a promise of one.
 *
 * Not seen: an arrow function that returns a Result to a caller that wants nothing back.
 */
const root = join(import.meta.dirname, '../..');
const LAYERS = ['contract', 'words', 'main', 'preload', 'renderer'] as const;
const MESSAGE = 'this Result is ignored';
const MUST_USE = `
declare global {
  function mustUse<Value>(value: Value, ...ignored: 0 extends 1 & Value ? [] : [Extract<Awaited<Value>, { readonly kind: 'failed'; readonly failure: unknown }>] extends [never] ? [] : ['${MESSAGE}']): void;
}
`;

const copy = mkdtempSync(join(tmpdir(), 'counter-ignored-results-'));
afterAll(() => rmSync(copy, { recursive: true }));

function ignoring(file: string, source: string): string {
  const places: { readonly start: number; readonly end: number }[] = [];
  const { program, errors } = parseSync(file, source);
  expect(errors, file).toEqual([]);
  new Visitor({
    ExpressionStatement({ expression }) {
      const used = expression.type === 'UnaryExpression' && expression.operator === 'void' ? expression.argument : expression;
      // A base class's method returns `this`, which the compiler does not resolve.
      const ofSuper = used.type === 'CallExpression' && used.callee.type === 'MemberExpression' && used.callee.object.type === 'Super';
      // A string is a directive, and an assigned value is used.
      if (!ofSuper && used.type !== 'Literal' && used.type !== 'AssignmentExpression') places.push({ start: used.start, end: used.end });
    },
  }).visit(program);
  // From the last to the first, so that the positions stay valid; inner statements come after outer ones.
  const edits = places.flatMap(({ start, end }) => [{ at: start, text: 'mustUse(' }, { at: end, text: ')' }]).toSorted((one, other) => other.at - one.at);
  let written = source;
  for (const { at, text } of edits) written = written.slice(0, at) + text + written.slice(at);
  return written;
}

test('no Result is ignored, in no file of the app; where one is, this finds it', { timeout: 240_000 }, () => {
  for (const name of [...LAYERS, 'tsconfig.json', 'package.json']) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  writeFileSync(join(copy, 'tsconfig.json'), readFileSync(join(root, 'tsconfig.json'), 'utf8').replace(/,\s*\{ "path": "test" \}/u, ''));
  writeFileSync(
    join(copy, 'main/three-ignored.ts'),
    `import { type Result, failed } from '../contract/result.ts';
const save = (): Result<null, string> => failed('full');
const saveSoon = async (): Promise<Result<null, string>> => save();
save();
await saveSoon();
void saveSoon();
const saved = save();
if (saved.kind === 'failed') console.log(saved.failure);
`,
  );
  const files = globSync(LAYERS.map((layer) => `${layer}/**/*.{ts,tsx}`), { cwd: copy }).filter((file) => !file.endsWith('.d.ts'));
  expect(files.length).toBeGreaterThan(150);
  for (const file of files) writeFileSync(join(copy, file), ignoring(file, readFileSync(join(copy, file), 'utf8')));
  appendFileSync(join(copy, 'contract/result.ts'), MUST_USE);

  const { stdout, status } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', '--checkers', '1', '--pretty', 'false'], { cwd: copy, encoding: 'utf8' });
  const complaints = stdout.split('\n').filter((line) => /: error TS/u.test(line));
  expect(status).not.toBe(0);
  const [planted, found] = [complaints.filter((line) => line.startsWith('main/three-ignored.ts')), complaints.filter((line) => !line.startsWith('main/three-ignored.ts'))];
  expect(planted.map((line) => /\((\d+),/u.exec(line)?.[1])).toEqual(['4', '5', '6']);
  expect(found).toEqual([]);
});
