import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBuilder } from 'vite';
import { describe, expect, test } from 'vitest';

/* Every library that ends in what is shipped is in the list of licences, which the build writes and Diagnostics show. */

const root = join(import.meta.dirname, '../..');
const shipped = readFileSync(join(root, 'out/licences.txt'), 'utf8');
/** By name, each with its version, its licence and its text. */
const texts = new Map(shipped.split(`${'-'.repeat(72)}\n`).slice(1).map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n')).trim()]));
const names = new Set([...texts.keys()].map((title) => title.slice(0, title.indexOf(' '))));

/** Of the modules of a bundle; built anew, and not written. */
async function bundledIn(environment: string): Promise<ReadonlySet<string>> {
  const builder = await createBuilder({ configFile: join(root, 'vite.config.ts'), logLevel: 'silent', build: { write: false } });
  const found = builder.environments[environment]!;
  found.config.build.write = false;
  const built = [await builder.build(found)].flat() as readonly { readonly output: readonly { readonly moduleIds?: readonly string[] }[] }[];
  const modules = built.flatMap(({ output }) => output.flatMap(({ moduleIds = [] }) => moduleIds));
  return new Set(modules.flatMap((id) => /.*\/node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)\//u.exec(id.replaceAll('\\', '/'))?.groups?.['name'] ?? []));
}

describe('the licences that ship', () => {
  test.each(['till', 'checkout', 'display', 'main', 'journalWorker', 'historyWorker', 'tillPreload'])('name every library in %s', async (environment) => {
    const bundled = await bundledIn(environment);
    expect([...bundled].filter((name) => !names.has(name))).toEqual([]);
  }, 60_000);

  test('name the typeface and the keychain addon, which are no modules of a bundle', () => {
    expect([...names]).toEqual(expect.arrayContaining(['@fontsource-variable/inter', '@github/keytar', 'react', 'zod', '@justifi/webcomponents']));
  });

  test('are texts, not only names', () => {
    expect([...texts].filter(([, text]) => text.length < 200).map(([title]) => title)).toEqual([]);
  });
});
