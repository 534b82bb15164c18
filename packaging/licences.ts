import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What a build has made, as far as it tells where it came from. */
type Built = { readonly output: readonly ({ readonly type: 'chunk'; readonly moduleIds: readonly string[] } | { readonly type: 'asset'; readonly originalFileNames: readonly string[] })[] };
type Manifest = { readonly name: string; readonly version: string; readonly license?: string };

const PACKAGE_FOLDER = /^(?<folder>.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//u;
const LICENCE_FILE = /^(?:licen[cs]e|notice|copying)/iu;

/** The folders of the packages that ended in these bundles. `outside`: those that are shipped beside them. */
export function packagesIn(bundles: readonly Built[], root: string, outside: readonly string[]): ReadonlySet<string> {
  const files = bundles.flatMap(({ output }) => output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : file.originalFileNames)));
  const folders = files.flatMap((file) => PACKAGE_FOLDER.exec(file.replaceAll('\\', '/').replaceAll('\0', ''))?.groups?.['folder'] ?? []);
  // A style sheet's font is told by its path from the page's folder.
  const whole = folders.map((folder) => (folder.startsWith('/') || /^[A-Za-z]:/u.test(folder) ? folder : join(root, folder.slice(folder.indexOf('node_modules')))));
  return new Set([...whole, ...outside.map((name) => join(root, 'node_modules', name))].map((folder) => folder.replaceAll('\\', '/')));
}

/** The licences of these packages, one after the other, as they are shipped. */
export function licencesOf(folders: ReadonlySet<string>): string {
  const all = [...folders].map((folder) => {
    const { name, version, license = 'licence not stated' } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    const texts = readdirSync(folder).filter((file) => LICENCE_FILE.test(file)).map((file) => readFileSync(join(folder, file), 'utf8').trim());
    return { title: `${name} ${version} (${license})`, text: texts.join('\n\n') };
  });
  const sorted = [...new Map(all.map((each) => [each.title, each])).values()].toSorted((one, other) => one.title.localeCompare(other.title, 'en'));
  return [...sorted.map(({ title }) => title), '', ...sorted.map(({ title, text }) => `${'-'.repeat(72)}\n${title}\n\n${text}\n`)].join('\n');
}
