import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** The folders and packages that a folder may import, besides itself. Imports point inward. */
const ALLOWED: Readonly<Record<string, { readonly folders: readonly string[]; readonly packages: RegExp }>> = {
  contract: { folders: [], packages: /^zod$/ },
  'main/files': { folders: ['contract'], packages: /^node:.*$/ },
  'main/sale': { folders: ['contract'], packages: /^$/ },
  'main/justifi': { folders: ['contract', 'main/sale', 'main/network'], packages: /^(zod|undici|node:crypto)$/ },
  'main/storage': { folders: ['contract', 'main/files', 'main/sale'], packages: /^(zod|keytar|node:.*)$/ },
  'main/receipt': { folders: ['contract', 'words', 'main/sale'], packages: /^(receiptline|pngjs)$/ },
  'main/history': { folders: ['contract', 'main/sale', 'main/storage'], packages: /^(zod|node:.*)$/ },
  'main/report': { folders: ['contract', 'words', 'main/files', 'main/sale', 'main/history'], packages: /^$/ },
  'main/printing': { folders: ['contract', 'main/receipt', 'main/sale'], packages: /^(zod|node:.*)$/ },
  'main/manager': { folders: ['contract', 'main/files', 'main/sale'], packages: /^node:crypto$/ },
  'main/network': { folders: ['contract'], packages: /^(undici|node:.*)$/ },
  'main/local-origin': { folders: ['contract', 'main/sale', 'main/network'], packages: /^node:.*$/ },
  'main/training': { folders: ['contract', 'main/sale', 'main/network'], packages: /^(zod|node:.*)$/ },
  'main/log': { folders: ['contract', 'main/files', 'main/sale'], packages: /^(electron-log\/node\.js|node:.*)$/ },
  'main/shell': { folders: ['contract', 'words', 'main/files', 'main/sale', 'main/local-origin', 'main/printing'], packages: /^(electron|zod|node:.*)$/ },
  // Puts the parts of one account together: composition, like the root, for the parts that change with the account.
  'main/account': { folders: ['contract', 'main/files', 'main/sale', 'main/history', 'main/report', 'main/justifi', 'main/storage', 'main/manager', 'main/network', 'main/training', 'main/local-origin', 'main/log', 'main/receipt', 'main/printing'], packages: /^(node:.*|qr)$/ },
  'main/index.ts': {
    folders: ['contract', 'words', 'main/account', 'main/history', 'main/sale', 'main/justifi', 'main/storage', 'main/manager', 'main/network', 'main/local-origin', 'main/training', 'main/log', 'main/shell'],
    packages: /^(node:.*|virtual:built-pages)$/,
  },
  preload: { folders: ['contract'], packages: /^electron$/ },
  words: { folders: ['contract'], packages: /^$/ },
  'renderer/skin': { folders: [], packages: /^(react|react-aria-components)$/ },
  'renderer/till': { folders: ['contract', 'renderer/skin', 'words'], packages: /^(react|react-dom|react-dom\/client|react-aria-components|@visx\/(axis|group|scale|shape))$/ },
  'renderer/display': { folders: ['contract', 'words'], packages: /^$/ },
  'renderer/checkout': { folders: ['contract', 'words'], packages: /^@justifi\/webcomponents.*$/ },
};

const layers = Object.keys(ALLOWED);
const files = ['contract', 'words', 'main', 'preload', 'renderer'].flatMap(filesIn);
const everyFile = [...files, ...filesIn('test')];

function filesIn(top: string): string[] {
  return readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${top}/${name.split(sep).join('/')}`);
}

function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  const statement = /(?:^|\n)(?:import|export)\s(?:[^'"=();]*?\sfrom\s)?'([^']+)'|\bimport\('([^']+)'\)/g;
  return [...source.matchAll(statement)].map((match) => (match[1] ?? match[2])!);
}

/** Where a relative import leads, from the root. */
function targetOf(file: string, specifier: string): string {
  return relative(root, resolve(root, file, '..', specifier)).split(sep).join('/');
}

/** The first import cycle, as its path; null: there is none. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  function from(file: string, way: readonly string[]): readonly string[] | null {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of imports.get(file) ?? []) {
      const circle = from(next, [...way, file]);
      if (circle !== null) return circle;
    }
    done.add(file);
    return null;
  }
  for (const file of imports.keys()) {
    const circle = from(file, []);
    if (circle !== null) return circle;
  }
  return null;
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
      const target = targetOf(file, specifier);
      const targetLayer = layerOf(target);
      return !target.endsWith('.css') && targetLayer !== layer && !ALLOWED[layer]!.folders.includes(targetLayer ?? '');
    });
    expect(wrong).toEqual([]);
  });
});

describe('no file imports itself by way of others', () => {
  test('in the product and in its tests', () => {
    const imports = everyFile.map((file) => [file, importsOf(file).filter((name) => name.startsWith('.')).map((name) => targetOf(file, name))] as const);
    expect(imports.some(([, targets]) => targets.length > 5)).toBe(true);
    expect(circleIn(new Map(imports))).toBeNull();
  });

  test('and a circle would be found, wherever it begins', () => {
    expect(circleIn(new Map([['a', ['b']], ['b', ['c', 'd']], ['c', []], ['d', ['b']]]))).toEqual(['b', 'd', 'b']);
    expect(circleIn(new Map([['a', ['b', 'c']], ['b', ['c']], ['c', []]]))).toBeNull();
  });
});
