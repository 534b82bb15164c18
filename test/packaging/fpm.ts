import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

/*
 * The part of fpm (https://fpm.readthedocs.io) that electron-builder uses, for machines that cannot have it: a deb by dpkg-deb, an rpm by rpmbuild.
 * It takes the options that electron-builder 26 gives, and stops at any other.
 */
const text = { type: 'string' } as const;
const none: string[] = [];
const texts = { ...text, multiple: true as const, default: none };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    source: { ...text, short: 's' }, target: { ...text, short: 't' }, depends: { ...texts, short: 'd' }, force: { type: 'boolean' },
    name: text, version: text, iteration: { ...text, default: '1' }, architecture: text, package: text, maintainer: text, vendor: text, url: text, license: text, category: { ...text, default: 'default' },
    description: text, 'after-install': text, 'after-remove': text,
    'deb-compression': text, 'deb-priority': text, 'deb-recommends': texts,
    'rpm-compression': text, 'rpm-os': text, 'rpm-summary': text, 'rpm-rpmbuild-define': texts,
  },
});

type Given = Exclude<keyof typeof values, 'force' | 'depends' | 'deb-recommends' | 'rpm-rpmbuild-define'>;

function need(name: Given): string {
  const value = values[name];
  if (value === undefined) throw new Error(`--${name} is missing.`);
  return value;
}

/** rpm has names of its own for processors. */
const RPM_ARCHITECTURES: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64' };

/** Lines of a control file or a spec; those without a value are left out. */
const fields = (lines: readonly (readonly [name: string, value: string])[]) => lines.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}\n`).join('');

/** Copies every `<source>=<target>`, and returns the targets. */
function fill(root: string): readonly string[] {
  return positionals.map((mapping) => {
    const cut = mapping.lastIndexOf('=');
    const [source, target] = [mapping.slice(0, cut), mapping.slice(cut + 1)];
    mkdirSync(dirname(join(root, target)), { recursive: true });
    cpSync(source, join(root, target), { recursive: true, verbatimSymlinks: true });
    return target;
  });
}

function makeDeb(root: string): void {
  const control = join(root, 'DEBIAN');
  const kilobytes = execFileSync('du', ['-sk', '--apparent-size', root], { encoding: 'utf8' }).split('\t')[0]!;
  const [synopsis = '', ...more] = need('description').split('\n').map((line) => line.trim());
  mkdirSync(control);
  writeFileSync(join(control, 'control'), fields([
    ['Package', need('name')], ['Version', need('version')], ['License', need('license')], ['Vendor', need('vendor')], ['Architecture', need('architecture')],
    ['Maintainer', need('maintainer')], ['Installed-Size', kilobytes], ['Depends', values.depends.join(', ')], ['Recommends', values['deb-recommends'].join(', ')],
    ['Section', values.category], ['Priority', need('deb-priority')], ['Homepage', need('url')], ['Description', [synopsis, ...more.map((line) => ` ${line}`)].join('\n')],
  ]));
  for (const [option, name] of [['after-install', 'postinst'], ['after-remove', 'postrm']] as const) {
    copyFileSync(need(option), join(control, name));
    chmodSync(join(control, name), 0o755);
  }
  execFileSync('dpkg-deb', ['--root-owner-group', `-Z${need('deb-compression')}`, '--build', root, need('package')], { stdio: 'inherit' });
}

function makeRpm(root: string, folder: string, targets: readonly string[]): void {
  const script = (option: 'after-install' | 'after-remove') => readFileSync(need(option), 'utf8').replaceAll('%', '%%');
  const defines = ['debug_package %{nil}', '__os_install_post %{nil}', '_binary_payload w6.xzdio', `_topdir ${join(folder, 'build')}`, ...values['rpm-rpmbuild-define']];
  const architecture = RPM_ARCHITECTURES[need('architecture')] ?? need('architecture');
  const spec = join(folder, 'counter.spec');
  writeFileSync(spec, [
    'AutoReqProv: no\n',
    fields([
      ['Name', need('name')], ['Version', need('version')], ['Release', values.iteration], ['Summary', need('rpm-summary')], ['License', need('license')], ['Vendor', need('vendor')],
      ['Packager', need('maintainer')], ['URL', need('url')], ...values.depends.map((name) => ['Requires', name] as const),
    ]),
    `%description\n${need('description').trim()}\n%post\n${script('after-install')}\n%postun\n${script('after-remove')}\n`,
    `%files\n%defattr(-,root,root,-)\n${targets.map((target) => `"${target}"\n`).join('')}`,
  ].join(''));
  execFileSync('rpmbuild', ['-bb', '--quiet', '--target', `${architecture}-linux`, ...defines.flatMap((define) => ['--define', define]), '--buildroot', root, '--noclean', spec], { stdio: ['ignore', 'ignore', 'inherit'] });
  copyFileSync(join(folder, `build/RPMS/${architecture}/${need('name')}-${need('version')}-${values.iteration}.${architecture}.rpm`), need('package'));
}

const folder = mkdtempSync(join(tmpdir(), 'counter-fpm-'));
try {
  const root = join(folder, 'root');
  mkdirSync(root);
  const targets = fill(root);
  // Independent of the packager's umask.
  execFileSync('chmod', ['-R', 'u+rwX,go+rX,go-w', root]);
  if (need('target') === 'deb') makeDeb(root);
  else if (need('target') === 'rpm') makeRpm(root, folder, targets);
  else throw new Error(`There is no way here to make a package of the kind "${need('target')}".`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
