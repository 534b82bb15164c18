// Looks for what npm cannot bring: a Node that runs our code, a Chromium, a Secret Service. On Debian as root it installs
// what is missing; anywhere else it names the exact command and stops. Plain JavaScript, because the Node that runs this
// may be one that cannot run anything else of ours.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const purpose = process.argv[2] ?? 'test';
const NEEDED_NODE = 24;

const fail = (...sentences) => {
  for (const sentence of sentences) console.error(sentence);
  process.exit(1);
};
const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;

if (Number(process.versions.node.split('.')[0]) < NEEDED_NODE) {
  fail(
    `Counter's tools need Node ${NEEDED_NODE}; this is ${process.version}.`,
    'On Linux and on 64-bit Windows `npm ci` brings one along. Elsewhere install Node 24 from nodejs.org, then run this again.',
  );
}

/** What each purpose needs, as: is it there, and the Debian packages that bring it. */
const chromium = {
  name: 'a Chromium browser',
  there: () =>
    process.env.COUNTER_HOST_CHROMIUM !== undefined ||
    ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].some(has) ||
    [
      '/Applications/Google Chrome.app',
      '/Applications/Chromium.app',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    ].some((path) => existsSync(path)),
  packages: ['chromium', 'fonts-liberation'],
};
const keyring = {
  name: 'a Secret Service (GNOME Keyring) for the real keychain',
  there: () => process.platform !== 'linux' || ['gnome-keyring-daemon', 'dbus-run-session'].every(has),
  packages: ['gnome-keyring', 'dbus', 'libsecret-1-0'],
};
const openssl = { name: 'openssl', there: () => has('openssl'), packages: ['openssl'] };
const needs = { start: [], demo: [chromium], bench: [chromium, keyring, openssl], test: [chromium, keyring, openssl] }[purpose] ?? [];

const missing = needs.filter((need) => !need.there());
if (missing.length > 0) {
  const packages = missing.flatMap((need) => need.packages);
  const names = missing.map((need) => need.name).join(' and ');
  const isDebianRoot = process.platform === 'linux' && has('apt-get') && process.getuid() === 0;
  if (!isDebianRoot) {
    fail(`Counter needs ${names}.`, `On Debian or Ubuntu: sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`);
  }
  console.log(`Installing ${names} (${packages.join(' ')})…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  } catch {
    fail(`Could not install ${names}.`, `Try it by hand: apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`);
  }
}
