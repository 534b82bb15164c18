import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createBuilder } from 'vite';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { LANGUAGES } from '../../contract/language.ts';

/* From the build's graph of chunks, not from the files in out/. */

/** Gzip, in bytes: the script that the till's window reads and runs before its first paint. */
const MOST_BEFORE_FIRST_PAINT = 110_000;
const BUILD_WITHIN_MS = 60_000;

type Chunk = { readonly type: 'chunk'; readonly fileName: string; readonly code: string; readonly imports: readonly string[]; readonly dynamicImports: readonly string[]; readonly moduleIds: readonly string[] };

let chunks: ReadonlyMap<string, Chunk>;

beforeAll(async () => {
  // As on a developer's PC: with React as its developers have it the limits would be exceeded.
  vi.stubEnv('NODE_ENV', 'development');
  const builder = await createBuilder({ configFile: join(import.meta.dirname, '../../vite.config.ts'), logLevel: 'silent', build: { write: false } });
  const till = builder.environments['till']!;
  till.config.build.write = false;
  const built = [await builder.build(till)].flat() as readonly { readonly output: readonly (Chunk | { readonly type: 'asset' })[] }[];
  chunks = new Map(built.flatMap(({ output }) => output).flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])));
}, BUILD_WITHIN_MS);
afterAll(() => void vi.unstubAllEnvs());

/** A script, and its static imports. */
function withImports(name: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const imported of chunks.get(name)!.imports) withImports(imported, found);
  return found;
}

const firstPaint = (language: string) => [...new Set([...withImports('till/till.js'), ...withImports(`till/${language}-till.js`)])];

describe('N-01: the keypad is drawn from a small script', () => {
  test.each(LANGUAGES)('of at most 110 kB before the first paint, the words in it (%s)', (language) => {
    const bytes = firstPaint(language).reduce((sum, name) => sum + gzipSync(chunks.get(name)!.code).length, 0);
    expect(bytes).toBeLessThanOrEqual(MOST_BEFORE_FIRST_PAINT);
  });

  test('which has nothing of the manager’s side, the help, signing in, setting up, other languages, or the schemas', () => {
    const modules = firstPaint('fr').flatMap((name) => chunks.get(name)!.moduleIds);
    expect(modules.filter((id) => /\/till\/manager\/[^/]+\.tsx?$|\/till\/access\/|KeyHelp|SetUp|FirstRun|back-office|\/words\/(?:en|es)\/|\/zod\//u.test(id))).toEqual([]);
    expect(modules.filter((id) => id.endsWith('/till/sale/EnterSale.tsx'))).toHaveLength(1);
  });

  test('and they are all there, to be fetched later', () => {
    const later = ['LaterScreen', 'chime', ...LANGUAGES.flatMap((language) => [`${language}-till`, `${language}-back-office`])].map((name) => `till/${name}.js`);
    expect(chunks.get('till/till.js')!.dynamicImports.toSorted()).toEqual(later.toSorted());
    expect(chunks.get('till/LaterScreen.js')!.moduleIds.filter((id) => /\/(?:Manager|KeyHelp|SignIn|SetUp)\.tsx$/u.test(id))).toHaveLength(4);
  });
});
