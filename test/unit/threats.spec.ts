import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/* The table of docs/security.md: each threat has a test of the attack, or the reason why not. */

const root = join(import.meta.dirname, '../..');
const numbers = (letter: string, last: number) => Array.from({ length: last }, (_, index) => `${letter}-${String(index + 1).padStart(2, '0')}`);
/** There is no S-09. */
const EXPECTED = [...numbers('S', 32).filter((number) => number !== 'S-09'), ...numbers('A', 20)];

type Row = { readonly number: string; readonly threat: string; readonly control: string; readonly test: string };

const rows = readFileSync(join(root, 'docs/security.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [SA]-\d\d \|/u.test(line))
  .map((line): Row => {
    const [, number = '', threat = '', control = '', ...cells] = line.split('|').map((cell) => cell.trim());
    return { number, threat, control, test: cells.join('|') };
  });

const specsIn = (row: Row) => [...row.test.matchAll(/`((?:unit|integration|e2e|host)\/[\w/-]+)`/gu)].map(([, name]) => name!);

/** Whether there is a test, or a group of tests, with this number at the start or in brackets at the end of its name. */
function hasTest(source: string, number: string): boolean {
  const code = source.replaceAll(/(?<=^|\s)\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gmu, '');
  const names = [...code.matchAll(/(?<!skip|todo|fixme)(?:\(|\bnever: )\s*(['"`])((?:\\.|(?!\1).)*)\1/gu)].map(([, , name]) => name!);
  const list = String.raw`(?:[A-Z]-\d\d,? )*`;
  const isNamed = new RegExp(String.raw`^${list.replace(' )*', ' )*?')}${number}(?:, [A-Z]-\d\d)*: |\((?:[A-Z]-\d\d, )*${number}(?:, [A-Z]-\d\d)*\)$`, 'u');
  return names.some((name) => isNamed.test(name));
}

test('the search knows the name of a test when it sees it, and no other', () => {
  for (const source of ["test('S-01: a', f)", "test('S-02, S-01, F-31: a', f)", "test.each([1])('S-01: %s', f)", "describe('S-01: a', f)", "test('what holds (S-23, S-01)', f)", "test.each([\n  ['x'],\n])('S-01: a', f)", "const rule = { never: 'S-01: a' }"]) expect(hasTest(source, 'S-01'), source).toBe(true);
  for (const source of ["// test('S-01: a', f)", "/* test('S-01: a', f) */", "test('a, as S-01 says', f)", "test('S-010: a', f)", "test.skip('S-01: a', f)", "test.todo('S-01: a')", "test('S-02: a', f)"]) expect(hasTest(source, 'S-01'), source).toBe(false);
});

describe('the table of threats in docs/security.md', () => {
  test('has one row for each number', () => {
    expect(rows.map(({ number }) => number)).toEqual(EXPECTED);
    for (const { number, threat, control } of rows) expect([threat.length > 10, control !== ''], number).toEqual([true, true]);
  });

  test('names tests that exist', () => {
    const missing = rows.flatMap((row) => specsIn(row).filter((name) => !existsSync(join(root, 'test', `${name}.spec.ts`)) || !hasTest(readFileSync(join(root, 'test', `${name}.spec.ts`), 'utf8'), row.number)).map((name) => `${row.number} in ${name}`));
    expect(missing).toEqual([]);
    expect(rows.flatMap(specsIn).length).toBeGreaterThan(50);
  });

  test('says so where there is none', () => {
    expect(rows.filter((row) => specsIn(row).length === 0 && !/^(?:open|not here)\b/u.test(row.test)).map(({ number }) => number)).toEqual([]);
    // A threat marked as held has a control; an open one has none.
    expect(rows.filter((row) => specsIn(row).length > 0 && row.control === '–').map(({ number }) => number)).toEqual([]);
  });
});

test('every spec that a document names is there', () => {
  const documents = globSync(['docs/*.md', '*.md'], { cwd: root });
  // "integration/screens-" names all that begin so.
  const named = documents.flatMap((document) => [...readFileSync(join(root, document), 'utf8').matchAll(/(?<![\w./-])(?:test\/)?((?:unit|integration|e2e|host)\/[\w/-]+)(?![\w/-]|\.\w)/gu)].map(([, name]) => ({ document, name: name! })));
  const isThere = (name: string) => existsSync(join(root, 'test', name)) || globSync(`test/${name}${name.endsWith('-') ? '*' : ''}.spec.ts`, { cwd: root }).length > 0;
  expect(named.length).toBeGreaterThan(200);
  expect(named.filter(({ name }) => !isThere(name)).map(({ document, name }) => `${document}: ${name}`)).toEqual([]);
  const ways = readFileSync(join(root, 'docs/justifi.md'), 'utf8').split('\n').filter((line) => /^\|(?:[^|]+\|){5}$/u.test(line));
  const ends = ways.flatMap((line) => line.split('|').slice(2, -1)).flatMap((cell) => /^ ([a-z-]+)(?: \([A-Z]-\d\d\))? $/u.exec(cell)?.[1] ?? []);
  expect(ends.length).toBeGreaterThan(20);
  expect(ends.filter((name) => !isThere(`e2e/${name}`) && !['success', 'decline'].includes(name))).toEqual([]);
});
