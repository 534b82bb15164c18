import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { version: electronVersion } = JSON.parse(read('node_modules/electron/package.json'));

/** js-yaml comes with electron-builder, which reads the same file with it. */
const yaml: { load(text: string): Record<string, unknown> } = require('js-yaml');

describe('electron-builder.yml', () => {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(read('node_modules/app-builder-lib/scheme.json')));

  test('passes electron-builder’s own schema, which does notice a misspelt key', () => {
    const config = yaml.load(read('electron-builder.yml'));
    expect(validate(config), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...config, electronFuses: { runAsNod: false } })).toBe(false);
  });

  test('writes out every fuse that matters, each on the safe side (S-16)', () => {
    expect(yaml.load(read('electron-builder.yml'))['electronFuses']).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      enableCookieEncryption: true,
      grantFileProtocolExtraPrivileges: false,
      loadBrowserProcessSpecificV8Snapshot: false,
    });
  });
});

/*
 * Electron's binary cannot be had everywhere. A stand-in with its file names, and with the mark that fuses are written
 * behind, is enough to see what electron-builder puts into a package; that the package starts is not seen here.
 */
const FUSE_MARK = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

describe.skipIf(process.platform !== 'linux')('a package for Linux, on a stand-in for Electron', () => {
  let folder: string;
  let resources: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'counter-package-'));
    const dist = join(folder, 'electron');
    for (const path of [dist, join(dist, 'resources'), join(dist, 'locales')]) mkdirSync(path);
    for (const name of ['LICENSE', 'LICENSES.chromium.html', 'resources.pak', 'icudtl.dat', 'locales/en-US.pak']) writeFileSync(join(dist, name), 'x');
    writeFileSync(join(dist, 'version'), electronVersion);
    writeFileSync(join(dist, 'electron'), Buffer.concat([Buffer.from(FUSE_MARK), Buffer.from([1, 9]), Buffer.from('111111111')]));
    for (const name of ['electron', 'chrome-sandbox', 'chrome_crashpad_handler']) {
      if (!existsSync(join(dist, name))) writeFileSync(join(dist, name), 'x');
      chmodSync(join(dist, name), 0o755);
    }
    execFileSync(
      join(root, 'node_modules/.bin/electron-builder'),
      ['--linux', '--dir', `-c.electronDist=${dist}`, `-c.directories.output=${join(folder, 'release')}`],
      { cwd: root, stdio: 'pipe' },
    );
    resources = join(folder, 'release/linux-unpacked/resources');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('holds the bundles and the keychain addon, and nothing else', () => {
    const { listPackage } = require('@electron/asar') as { listPackage(path: string, options: object): string[] };
    const files = listPackage(join(resources, 'app.asar'), { isPack: false }).map((path) => path.replaceAll('\\', '/'));
    const tops = new Set(files.map((path) => path.split('/').slice(1, 3).join('/')));
    expect([...tops].toSorted()).toEqual(['node_modules', 'node_modules/keytar', 'out', 'out/main', 'out/preload', 'out/renderer', 'package.json']);
    for (const needed of ['/out/main/index.js', '/out/preload/till.cjs', '/out/preload/checkout.cjs', '/out/renderer/till/index.html', '/out/renderer/checkout/checkout.js']) {
      expect(files).toContain(needed);
    }
    expect(files.filter((path) => path.endsWith('.map'))).toEqual([]);
    expect(readdirSync(join(resources, 'app.asar.unpacked/node_modules'))).toEqual(['keytar']);
  });

  test('is small: no second Node came along', () => {
    expect(statSync(join(resources, 'app.asar')).size).toBeLessThan(8 * 1024 * 1024);
  });

  test('has its fuses set in the binary', () => {
    const binary = readFileSync(join(folder, 'release/linux-unpacked/counter'));
    const wire = binary.subarray(binary.indexOf(FUSE_MARK) + FUSE_MARK.length + 2).toString('latin1', 0, 8);
    // In Electron's order: RunAsNode, CookieEncryption, NodeOptions, Inspect, AsarIntegrity, OnlyAsar, V8Snapshot, FileProtocol.
    expect(wire).toBe('01001100');
  });
});
