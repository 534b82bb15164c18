import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBuilder } from 'vite';
import { beforeAll, describe, expect, test } from 'vitest';

/* Every shipped library is in the list of licences, which the build writes and Diagnostics show. */

const root = join(import.meta.dirname, '../..');
const shipped = readFileSync(join(root, 'out/licences.txt'), 'utf8');
/** By name, each with its version, its licence and its text. */
const texts = new Map(shipped.split(`${'-'.repeat(72)}\n`).slice(1).map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n')).trim()]));
const names = new Set([...texts.keys()].map((title) => title.slice(0, title.indexOf(' '))));

/** The packages that these files are from. */
function packagesOf(files: readonly string[]): readonly string[] {
  return [...new Set(files.flatMap((file) => /.*\/node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)\//u.exec(file.replaceAll('\\', '/'))?.groups?.['name'] ?? []))];
}

/** Pages have no source maps, so they are built once more: not written and not minified, because only the names are asked for. */
async function modulesOf(pages: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const builder = await createBuilder({ configFile: join(root, 'vite.config.ts'), logLevel: 'silent' });
  const modules = new Map<string, readonly string[]>();
  for (const page of pages) {
    const environment = builder.environments[page]!;
    Object.assign(environment.config.build, { write: false, minify: false });
    const built = [await builder.build(environment)].flat() as readonly { readonly output: readonly { readonly moduleIds?: readonly string[] }[] }[];
    modules.set(page, built.flatMap(({ output }) => output.flatMap(({ moduleIds = [] }) => moduleIds)));
  }
  return modules;
}

describe('the licences that ship', () => {
  const pages = ['till', 'checkout', 'display'] as const;
  let modules: ReadonlyMap<string, readonly string[]>;
  beforeAll(async () => {
    modules = await modulesOf(pages);
  });

  test.each(pages)('name every library in the page %s', (page) => {
    const bundled = packagesOf(modules.get(page)!);
    expect(modules.get(page)).toContainEqual(expect.stringMatching(/\/renderer\//u));
    expect(bundled.filter((name) => !names.has(name))).toEqual([]);
  });

  test('name every library in the processes and preloads', () => {
    const maps = globSync(['out/main/*.map', 'out/preload/*.map'], { cwd: root });
    expect(maps.length).toBeGreaterThanOrEqual(7);
    const bundled = packagesOf(maps.flatMap((file) => (JSON.parse(readFileSync(join(root, file), 'utf8')) as { readonly sources: readonly string[] }).sources));
    expect(bundled).toContain('zod');
    expect(bundled.filter((name) => !names.has(name))).toEqual([]);
  });

  test('name the typeface and the keychain addon, which are no modules of a bundle', () => {
    expect([...names]).toEqual(expect.arrayContaining(['@fontsource-variable/inter', '@github/keytar', 'react', 'zod', '@justifi/webcomponents']));
  });

  test('are texts, not only names', () => {
    expect([...texts].filter(([, text]) => text.length < 200).map(([title]) => title)).toEqual([]);
  });
});
