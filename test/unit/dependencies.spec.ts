import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHECKOUT_INVENTORY, PLAID_INVENTORY, SEZZLE_INVENTORY } from '../../main/local-origin/page-inventory.ts';

/* Counter's dependencies: pinned, complete, and recent enough. Checked without network. */

const root = join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
/** js-yaml comes with electron-builder, which reads the same file with it. */
const yaml: { load(text: string): Record<string, unknown> } = createRequire(import.meta.url)('js-yaml');

const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
const named = { ...manifest['dependencies'], ...manifest['devDependencies'], ...manifest['optionalDependencies'] };
type Locked = { readonly version: string; readonly integrity?: string; readonly link?: boolean };
const locked = Object.entries((JSON.parse(read('package-lock.json')) as { readonly packages: Record<string, Locked> }).packages).filter(([path]) => path !== '');

describe('S-03: JustiFi’s component, and everything else', () => {
  test('is pinned to one version each', () => {
    expect(Object.keys(named).length).toBeGreaterThan(20);
    expect(Object.entries(named).filter(([, version]) => !/^(?:npm:@?[\w./-]+@)?\d+\.\d+\.\d+$/u.test(version))).toEqual([]);
  });

  test('has its integrity in the lockfile, by a sum that cannot be forged', () => {
    expect(locked.length).toBeGreaterThan(300);
    expect(locked.filter(([, { integrity, link }]) => link === true || !/^sha512-[\w+/]{86}==$/u.test(integrity ?? '')).map(([path]) => path)).toEqual([]);
  });

  test('equals the content of node_modules', () => {
    const { version } = JSON.parse(read('node_modules/@justifi/webcomponents/package.json')) as { readonly version: string };
    expect(version).toBe(named['@justifi/webcomponents']);
    expect(locked.find(([path]) => path === 'node_modules/@justifi/webcomponents')?.[1].version).toBe(version);
  });

  test('comes with the app: no page of ours names a script, a style or a frame of another host', () => {
    for (const page of ['till', 'checkout', 'display']) {
      const html = read(`renderer/${page}/index.html`);
      expect(html.match(/\b(?:src|href|srcset|data|action)=["'][^"']*["']/gu)?.filter((each) => !/["'](?:\.\/[\w.-]+|data:,)["']$/u.test(each)) ?? [], page).toEqual([]);
    }
    // The inventory of the card form has no script but our own, and those of Plaid and Sezzle one.
    const others = (inventory: typeof CHECKOUT_INVENTORY) => inventory.filter(({ type, at }) => (type === 'script' || type === 'stylesheet') && at !== 'page').map(({ at, path }) => `${at} ${path}`);
    expect([others(CHECKOUT_INVENTORY), others(PLAID_INVENTORY), others(SEZZLE_INVENTORY)]).toEqual([[], ['plaid /link/v2/stable/link-initialize.js'], ['sezzle /checkout.min.js']]);
  });
});

describe('S-18: Electron', () => {
  /** https://www.electronjs.org/docs/latest/tutorial/electron-timelines: a major every eight weeks, the latest three are kept up. */
  const KNOWN = { major: 45, stableOn: Date.parse('2026-10-20T00:00:00Z') };
  const EVERY_MS = 8 * 7 * 24 * 60 * 60_000;
  const KEPT_UP = 3;
  const oldestOn = (at: number) => KNOWN.major + Math.floor((at - KNOWN.stableOn) / EVERY_MS) - (KEPT_UP - 1);

  test.each([
    ['2026-10-20', 43],
    ['2026-12-14', 43],
    ['2026-12-15', 44],
    ['2027-04-05', 45],
    ['2027-04-06', 46],
    ['2027-10-19', 49],
  ])('on %s, %i is the oldest major that is kept up', (day, major) => {
    expect(oldestOn(Date.parse(`${day}T12:00:00Z`))).toBe(major);
  });

  test('is of a major that gets security fixes today', () => {
    const major = Number(named['electron']!.split('.')[0]);
    expect(major, `Electron ${named['electron']} gets no fixes any more; upgrade it`).toBeGreaterThanOrEqual(oldestOn(Date.now()));
    // A future major version would make this test pass for ever.
    expect(major).toBeLessThanOrEqual(oldestOn(Date.now()) + KEPT_UP);
  });
});

describe('S-19: there is no updater', () => {
  test('so no update can be forged: no package fetches one, and the package names no server for it', () => {
    const updaters = /^(?:electron-updater|update-electron-app|electron-simple-updater|@electron-forge\/.*|electron-differential-updater|nuts-serve)$/u;
    expect(locked.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)).filter((name) => updaters.test(name))).toEqual([]);
    const config = yaml.load(read('electron-builder.yml'));
    const nested = ['linux', 'win', 'mac', 'nsis', 'dmg', 'deb', 'appImage'].map((part) => config[part] as Record<string, unknown> | undefined);
    expect(config).toHaveProperty('publish', null);
    for (const part of nested) expect(part ?? {}).not.toHaveProperty('publish');
    expect(manifest['build']).toBeUndefined();
  });
});
