import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Which folders a folder may import from, besides itself; and which packages. Imports point inward. */
const ALLOWED: Readonly<Record<string, { readonly folders: readonly string[]; readonly packages: RegExp }>> = {
  contract: { folders: [], packages: /^zod$/ },
  'main/files': { folders: ['contract'], packages: /^node:.*$/ },
  'main/sale': { folders: ['contract'], packages: /^$/ },
  'main/justifi': { folders: ['contract', 'main/sale'], packages: /^(zod|undici|node:crypto)$/ },
  'main/storage': { folders: ['contract', 'main/files', 'main/sale'], packages: /^(zod|keytar|node:.*)$/ },
  'main/manager': { folders: ['contract', 'main/files', 'main/sale'], packages: /^node:crypto$/ },
  'main/network': { folders: ['contract'], packages: /^node:.*$/ },
  'main/local-origin': { folders: ['contract', 'main/sale', 'main/network'], packages: /^node:.*$/ },
  'main/training': { folders: ['contract', 'main/sale', 'main/network'], packages: /^(zod|node:.*)$/ },
  'main/log': { folders: ['contract', 'main/files', 'main/sale'], packages: /^(electron-log\/node\.js|node:.*)$/ },
  'main/shell': { folders: ['contract', 'main/files', 'main/sale', 'main/local-origin'], packages: /^(electron|zod|node:.*)$/ },
  // Puts the parts of one account together: composition, like the root, but of what comes and goes with an account.
  'main/account': { folders: ['contract', 'main/files', 'main/sale', 'main/justifi', 'main/storage', 'main/training', 'main/log'], packages: /^node:.*$/ },
  'main/index.ts': {
    folders: ['contract', 'main/account', 'main/sale', 'main/justifi', 'main/storage', 'main/manager', 'main/network', 'main/local-origin', 'main/training', 'main/log', 'main/shell'],
    packages: /^(node:.*|virtual:built-pages)$/,
  },
  preload: { folders: ['contract'], packages: /^electron$/ },
  'renderer/words': { folders: ['contract'], packages: /^$/ },
  'renderer/skin': { folders: [], packages: /^react$/ },
  'renderer/till': { folders: ['contract', 'renderer/skin', 'renderer/words'], packages: /^(react|react-dom\/client|react-aria-components)$/ },
  'renderer/display': { folders: ['contract', 'renderer/words'], packages: /^$/ },
  'renderer/checkout': { folders: ['contract', 'renderer/words'], packages: /^@justifi\/webcomponents.*$/ },
};

const layers = Object.keys(ALLOWED);
const files = ['contract', 'main', 'preload', 'renderer'].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${top}/${name.split(sep).join('/')}`),
);

function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  const statement = /(?:^|\n)(?:import|export)\s(?:[^'"=();]*?\sfrom\s)?'([^']+)'|\bimport\('([^']+)'\)/g;
  return [...source.matchAll(statement)].map((match) => (match[1] ?? match[2])!);
}

function layerOf(path: string): string | undefined {
  return layers.find((layer) => path === layer || path.startsWith(`${layer}/`));
}

describe('imports point inward', () => {
  test('every file lies in a layer', () => {
    expect(files.filter((file) => layerOf(file) === undefined)).toEqual([]);
    expect(files.length).toBeGreaterThan(50);
  });

  test.each(files)('%s', (file) => {
    const layer = layerOf(file)!;
    const wrong = importsOf(file).filter((specifier) => {
      if (!specifier.startsWith('.')) return !ALLOWED[layer]!.packages.test(specifier);
      const target = relative(root, resolve(root, file, '..', specifier)).split(sep).join('/');
      const targetLayer = layerOf(target);
      return !target.endsWith('.css') && targetLayer !== layer && !ALLOWED[layer]!.folders.includes(targetLayer ?? '');
    });
    expect(wrong).toEqual([]);
  });
});
