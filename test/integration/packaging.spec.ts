import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FUSES, SAFE_FUSES, readFuses } from '../packaging/fuses.ts';
import { PNG_SIZES } from '../packaging/icons.ts';
import { electronBuilder, ownFpm, prepareIcons } from '../packaging/package-maker.ts';
import { packagerOf, placeholderSentence } from '../packaging/packager.ts';
import { makeStandInElectron } from '../packaging/stand-in-electron.ts';

const root = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { version: electronVersion } = JSON.parse(read('node_modules/electron/package.json'));
const { version } = JSON.parse(read('package.json'));
/** A mount of its own hides the machine's folders from the program. */
const canMount = process.platform === 'linux' && spawnSync('unshare', ['--mount', 'true']).status === 0;

/** js-yaml comes with electron-builder, which reads the same file with it. */
const yaml: { load(text: string): { readonly electronFuses: Readonly<Record<string, boolean>> } } = require('js-yaml');
const config = yaml.load(read('electron-builder.yml'));

/** Each set wrongly, so that each has to be flipped. */
const UNSAFE_FUSES = Object.fromEntries(Object.entries(SAFE_FUSES).map(([fuse, safe]) => [fuse, !safe]));

/** Enough for a busy machine. */
const PACKING_TIMEOUT_MS = 240_000;

/** Listed among the fuses, but is none. */
const RENEW_SIGNATURE = 'resetAdHocDarwinSignature';

describe('electron-builder.yml', () => {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(read('node_modules/app-builder-lib/scheme.json')));

  test('passes electron-builder’s own schema, which does notice a misspelt key', () => {
    expect(validate(config), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...config, electronFuses: { runAsNod: false } })).toBe(false);
  });

  test('writes out every fuse that electron-builder knows, and none is left to its default (S-16)', () => {
    const { properties } = JSON.parse(read('node_modules/app-builder-lib/scheme.json')).definitions.FuseOptionsV1;
    expect(Object.keys(config.electronFuses).toSorted()).toEqual(Object.keys(properties).toSorted());
    expect(FUSES).toEqual(expect.arrayContaining(Object.keys(properties).filter((name) => name !== RENEW_SIGNATURE)));
  });

  test('renews the signature that Electron brings for macOS, which flipped fuses break', () => {
    expect(config.electronFuses).toMatchObject({ [RENEW_SIGNATURE]: true });
  });
});

/** The packager of these tests. */
const PACKAGER = ['--maintainer', 'Jo Shop <jo@shop.example>', '--homepage=https://shop.example/counter'];

describe('npm run dist', () => {
  test('takes the maintainer and the homepage from those who pack, and says in a sentence which of them is a placeholder', () => {
    expect(packagerOf([...PACKAGER, '--linux', 'deb'])).toEqual({
      kind: 'ok',
      value: { options: ['-c.linux.maintainer=Jo Shop <jo@shop.example>', '-c.extraMetadata.author.name=Jo Shop', '-c.extraMetadata.author.email=jo@shop.example', '-c.extraMetadata.homepage=https://shop.example/counter'], others: ['--linux', 'deb'], missing: [] },
    });
    expect(packagerOf(['--dir'])).toEqual({ kind: 'ok', value: { options: [], others: ['--dir'], missing: ['--maintainer', '--homepage'] } });
    expect(placeholderSentence([])).toBe(null);
    expect(placeholderSentence(['--homepage'])).toMatch(/^This package has placeholders in it \(--homepage\)\. Before it goes to a shop: npm run dist -- /u);
  });

  test('refuses a maintainer without an e-mail address, and a homepage that is none', () => {
    for (const wrong of [['--maintainer', 'Jo'], ['--maintainer', '<jo@shop.example>'], ['--maintainer'], ['--maintainer', 'Jo <jo>'], ['--homepage', 'shop'], ['--homepage=']]) {
      expect(packagerOf(wrong), wrong.join(' ')).toMatchObject({ kind: 'failed', failure: expect.stringMatching(/^--(?:maintainer|homepage) takes a .*\.$/u) });
    }
  });
});

describe('the icons, made from packaging/icon.svg', () => {
  const folder = join(root, 'out/icons');
  beforeAll(prepareIcons, PACKING_TIMEOUT_MS);

  test('are square pictures of each size for Linux', () => {
    for (const size of PNG_SIZES) expect(sizeOfPng(readFileSync(join(folder, `png/${size}x${size}.png`))), `${size}`).toEqual([size, size]);
  });

  test('are one file for Windows, from 16 to 256 pixels', () => {
    const icon = readFileSync(join(folder, 'icon.ico'));
    // 0 stands for 256. https://en.wikipedia.org/wiki/ICO_(file_format)
    const widths = Array.from({ length: icon.readUInt16LE(4) }, (_, index) => icon[6 + index * 16]! || 256);
    expect(widths).toEqual(expect.arrayContaining([16, 32, 48, 256]));
  });

  test('are one file for macOS, up to 1024 pixels', () => {
    const icon = readFileSync(join(folder, 'icon.icns'));
    expect(icon.readUInt32BE(4)).toBe(icon.length);
    const kinds: string[] = [];
    for (let at = 8; at < icon.length; at += icon.readUInt32BE(at + 4)) kinds.push(icon.toString('latin1', at, at + 4));
    // 256, 512 and 1024 pixels. https://en.wikipedia.org/wiki/Apple_Icon_Image_format
    expect(kinds).toEqual(expect.arrayContaining(['ic08', 'ic09', 'ic10']));
  });
});

function sizeOfPng(png: Buffer): readonly [number, number] {
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

const hasRpmbuild = spawnSync('rpmbuild', ['--version']).status === 0;
const kinds = [...(spawnSync('dpkg-deb', ['--version']).status === 0 ? ['deb'] : []), ...(hasRpmbuild ? ['rpm'] : [])];

describe.skipIf(process.platform !== 'linux')('a package for Linux, on a stand-in for Electron', () => {
  let folder: string;
  let release: string;
  let resources: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'counter-package-'));
    release = join(folder, 'release');
    const electron = join(folder, 'electron');
    makeStandInElectron(electron, electronVersion, { fuses: UNSAFE_FUSES });
    await prepareIcons();
    const packager = packagerOf(PACKAGER);
    if (packager.kind === 'failed') throw new Error(packager.failure);
    const options = [...packager.value.options, '--linux', ...(kinds.length === 0 ? ['dir'] : kinds), `-c.electronDist=${electron}`, `-c.directories.output=${release}`];
    execFileSync(process.execPath, [electronBuilder, ...options], { cwd: root, stdio: 'pipe', env: { ...process.env, ...ownFpm(folder, { isQuick: true }) } });
    resources = join(release, 'linux-unpacked/resources');
  }, PACKING_TIMEOUT_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('holds the bundles and the keychain addon, and nothing else', () => {
    const { listPackage } = require('@electron/asar') as { listPackage(path: string, options: object): string[] };
    const files = listPackage(join(resources, 'app.asar'), { isPack: false }).map((path) => path.replaceAll('\\', '/'));
    const tops = new Set(files.map((path) => path.split('/').slice(1, 3).join('/')));
    expect([...tops].toSorted()).toEqual(['node_modules', 'node_modules/keytar', 'out', 'out/licences.txt', 'out/main', 'out/preload', 'out/renderer', 'package.json']);
    for (const needed of ['/out/main/index.js', '/out/main/journal-worker.cjs', '/out/main/history-worker.cjs', '/out/main/spool-worker.cjs', '/out/preload/till.cjs', '/out/preload/checkout.cjs', '/out/renderer/till/index.html', '/out/renderer/checkout/checkout.js']) {
      expect(files).toContain(needed);
    }
    expect(files.filter((path) => path.endsWith('.map'))).toEqual([]);
    expect(readdirSync(join(resources, 'app.asar.unpacked/node_modules'))).toEqual(['keytar']);
  });

  test('holds the licences of what is bundled, that of its typeface too', () => {
    const { extractFile } = require('@electron/asar') as { extractFile(archive: string, file: string): Buffer };
    expect(readdirSync(join(root, 'out/renderer/till')).filter((name) => name.endsWith('.woff2'))).not.toEqual([]);
    expect(extractFile(join(resources, 'app.asar'), 'out/licences.txt').toString()).toContain('SIL OPEN FONT LICENSE');
  });

  test('holds the keychain addon of its own platform only', () => {
    const keytar = join(resources, 'app.asar.unpacked/node_modules/keytar');
    expect(readdirSync(join(keytar, 'prebuilds'))).toEqual([`linux-${process.arch}`]);
    expect(readdirSync(keytar).toSorted()).toEqual(['LICENSE.md', 'lib', 'package.json', 'prebuilds']);
  });

  test('is small: no second Node came along', () => {
    expect(statSync(join(resources, 'app.asar')).size).toBeLessThan(8 * 1024 * 1024);
  });

  test('names no feed of updates: there is no updater yet', () => {
    expect(readdirSync(resources)).not.toContain('app-update.yml');
  });

  test('has every fuse flipped to the safe side in its binary (S-16)', () => {
    expect(readFuses(join(folder, 'electron/electron'))).toMatchObject({ runAsNode: true, onlyLoadAppFromAsar: false });
    expect(readFuses(join(release, 'linux-unpacked/counter'))).toEqual({ ...SAFE_FUSES, wasmTrapHandlers: true });
  });

  describe.skipIf(!kinds.includes('deb'))('as a deb (skipped without dpkg-deb)', () => {
    let unpacked: string;
    let control: string;
    beforeAll(() => {
      const file = join(release, readdirSync(release).find((name) => name.endsWith('.deb'))!);
      unpacked = join(folder, 'deb');
      execFileSync('dpkg-deb', ['--raw-extract', file, unpacked]);
      control = readFileSync(join(unpacked, 'DEBIAN/control'), 'utf8');
    });

    test('says what it is, where it comes from and what it needs', () => {
      const value = (name: string) => new RegExp(`^${name}: (.*)$`, 'mu').exec(control)?.[1];
      expect([value('Package'), value('Version'), value('Architecture'), value('Homepage'), value('License')]).toEqual(['counter', version, process.arch === 'x64' ? 'amd64' : 'arm64', 'https://shop.example/counter', 'MIT']);
      expect([value('Maintainer'), value('Vendor')]).toEqual(['Jo Shop <jo@shop.example>', 'Jo Shop <jo@shop.example>']);
      expect(value('Description')).toBe('Point of sale around JustiFi’s checkout');
      // Electron's own, and the library of the keychain.
      expect(value('Depends')?.split(', ')).toEqual(expect.arrayContaining(['libgtk-3-0', 'libnss3', 'libatspi2.0-0', 'libsecret-1-0']));
      expect(value('Recommends')).toBe('gnome-keyring');
    });

    test('puts the program, its starter, a desktop entry and icons in their places, and nothing else', () => {
      const files = readdirSync(unpacked, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(unpacked, name)).isFile() && !name.startsWith('DEBIAN'));
      expect(files.filter((name) => !name.startsWith('opt/Counter/')).toSorted()).toEqual([
        'usr/bin/counter',
        'usr/share/applications/counter.desktop',
        ...PNG_SIZES.map((size) => `usr/share/icons/hicolor/${size}x${size}/apps/counter.png`),
      ].toSorted());
      for (const name of ['counter', 'chrome-sandbox', 'resources/app.asar', 'resources/apparmor-profile']) expect(files).toContain(`opt/Counter/${name}`);
      for (const size of PNG_SIZES) expect(sizeOfPng(readFileSync(join(unpacked, `usr/share/icons/hicolor/${size}x${size}/apps/counter.png`)))).toEqual([size, size]);
    });

    test('E-05: starts Counter on X11, from the desktop and from a terminal', () => {
      const entry = readFileSync(join(unpacked, 'usr/share/applications/counter.desktop'), 'utf8').trim().split('\n');
      expect(entry).toEqual(expect.arrayContaining(['Name=Counter', 'Exec=/opt/Counter/counter --ozone-platform=x11 %U', 'Icon=counter', 'StartupWMClass=counter', 'Terminal=false', 'Categories=Office;']));
      // The start script passes its arguments on.
      const program = join(folder, 'counter');
      writeFileSync(program, '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
      const starter = join(folder, 'starter');
      writeFileSync(starter, readFileSync(join(unpacked, 'usr/bin/counter'), 'utf8').replaceAll('/opt/Counter/counter', program), { mode: 0o755 });
      expect(statSync(join(unpacked, 'usr/bin/counter')).mode & 0o777).toBe(0o755);
      const given = (...args: readonly string[]) => execFileSync(starter, args, { encoding: 'utf8' }).trim();
      expect(given('--user-data-dir=/srv/till 2')).toBe('--ozone-platform=x11 --user-data-dir=/srv/till 2');
      // E-13: for which there need be no display.
      expect(given('--provision')).toBe('--ozone-platform=headless --disable-gpu --provision');
    });

    test.skipIf(!canMount)('E-09: brings Chromium’s sandbox into force, keeps it at an upgrade, and takes it away with the program', () => {
      const etc = join(folder, 'etc');
      const programs = join(folder, 'bin');
      for (const path of [join(etc, 'apparmor.d'), programs]) mkdirSync(path, { recursive: true });
      writeFileSync(join(programs, 'apparmor_parser'), `#!/bin/sh\necho "$@" >> '${folder}/apparmor'\n`, { mode: 0o755 });
      const installed = `mount --bind '${unpacked}/opt' /opt && mount --bind '${etc}' /etc && PATH='${programs}':$PATH`;
      const run = (script: string, ...args: readonly string[]) => execFileSync('unshare', ['--mount', 'sh', '-c', `${installed} sh '${unpacked}/DEBIAN/${script}' ${args.join(' ')}`], { stdio: 'pipe' });
      const profile = join(etc, 'apparmor.d/counter');

      run('postinst', 'configure');
      expect(statSync(join(unpacked, 'opt/Counter/chrome-sandbox')).mode & 0o7777).toBe(0o4755);
      expect(readFileSync(profile, 'utf8')).toMatch(/profile "counter" "\/opt\/Counter\/counter" flags=\(unconfined\) \{\s+userns,/u);
      expect(readFileSync(join(folder, 'apparmor'), 'utf8')).toContain('--replace --write-cache --skip-read-cache /etc/apparmor.d/counter');
      for (const upgrade of ['upgrade', '1']) run('postrm', upgrade);
      expect(existsSync(profile)).toBe(true);
      run('postrm', 'remove');
      expect(existsSync(profile)).toBe(false);
    });
  });

  describe.skipIf(!kinds.includes('rpm'))('as an rpm (skipped without rpmbuild: on Debian, apt-get install rpm)', () => {
    let file: string;
    const ask = (...what: readonly string[]) => execFileSync('rpm', ['--query', '--package', ...what, file], { encoding: 'utf8' }).trim().split('\n');
    beforeAll(() => {
      file = join(release, readdirSync(release).find((name) => name.endsWith('.rpm'))!);
    });

    test('says what it is, where it comes from and what it needs', () => {
      expect(ask('--queryformat', '%{NAME}|%{VERSION}|%{ARCH}|%{URL}|%{LICENSE}|%{SUMMARY}')).toEqual([`counter|${version}|${process.arch === 'x64' ? 'x86_64' : 'aarch64'}|https://shop.example/counter|MIT|Point of sale around JustiFi’s checkout`]);
      expect(ask('--requires')).toEqual(expect.arrayContaining(['gtk3', 'nss', 'at-spi2-core', 'libsecret']));
    });

    test('puts the program, its starter, a desktop entry and icons in their places, and nothing else', () => {
      const files = ask('--list');
      expect(files.filter((name) => !name.startsWith('/opt/Counter')).toSorted()).toEqual([
        '/usr/bin/counter',
        '/usr/share/applications/counter.desktop',
        ...PNG_SIZES.map((size) => `/usr/share/icons/hicolor/${size}x${size}/apps/counter.png`),
      ].toSorted());
      for (const name of ['counter', 'chrome-sandbox', 'resources/app.asar', 'resources/apparmor-profile']) expect(files).toContain(`/opt/Counter/${name}`);
    });

    test('has the scripts of the deb', () => {
      const scripts = ask('--scripts').join('\n');
      for (const name of ['after-install', 'after-remove']) expect(scripts).toContain(read(`packaging/${name}.sh`).trim());
    });
  });
});

describe.skipIf(process.platform !== 'linux')('a program for Windows, on a stand-in for Electron', () => {
  let folder: string;
  let program: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'counter-windows-'));
    // Any program for Windows: only its resources are changed.
    makeStandInElectron(join(folder, 'electron'), electronVersion, { fuses: UNSAFE_FUSES, program: readFileSync(join(root, 'node_modules/electron-winstaller/vendor/7z-x64.exe')), programName: 'electron.exe' });
    await prepareIcons();
    execFileSync(process.execPath, [electronBuilder, '--win', 'dir', '--x64', `-c.electronDist=${join(folder, 'electron')}`, `-c.directories.output=${join(folder, 'release')}`], { cwd: root, stdio: 'pipe' });
    program = join(folder, 'release/win-unpacked/Counter.exe');
  }, PACKING_TIMEOUT_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('has its fuses, its name, its icon and the sum of its archive in the program (S-16)', () => {
    expect(readFuses(program)).toEqual({ ...SAFE_FUSES, wasmTrapHandlers: true });
    const bytes = readFileSync(program);
    expect(bytes.includes(Buffer.from('The Counter makers, MIT licence', 'utf16le'))).toBe(true);
    expect(bytes.toString('latin1')).toMatch(/"file":"resources\\\\app\.asar","alg":"sha256"/iu);
    const icon = readFileSync(join(root, 'out/icons/icon.ico'));
    const largest = Array.from({ length: icon.readUInt16LE(4) }, (_, index) => 6 + index * 16).find((at) => icon[at] === 0)!;
    expect(bytes.includes(icon.subarray(icon.readUInt32LE(largest + 12)).subarray(0, icon.readUInt32LE(largest + 8)))).toBe(true);
  });
});
