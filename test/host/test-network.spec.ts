import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { launchOnElectron } from './electron-driver.ts';
import { ONE_PROCESS_PER_PAGE } from './one-process-per-page.ts';
import { onThisPcOnly, testEnvironment } from './test-network.ts';

/* E-07: a test with a mistake in it reaches no host outside this PC, and no money. */

test('E-07: the main process of a test connects to names and addresses of this PC only', async () => {
  const script = `
    const net = await import('node:net');
    const reach = (host) => new Promise((resolve) => {
      const socket = net.connect({ host, port: 9, timeout: 2000 });
      socket.on('error', ({ code, message }) => resolve([host, code, message]));
      socket.on('timeout', () => resolve([host, 'timeout', '']));
    });
    const fetched = await fetch('https://api.justifi.ai/v1/checkouts').catch((error) => error.cause.message);
    process.stdout.write(JSON.stringify([await reach('api.justifi.ai'), await reach('203.0.113.7'), await reach('127.0.0.1'), fetched]));`;
  const guard = join(import.meta.dirname, 'loopback-only.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', guard, '--input-type=module', '-e', script], { env: testEnvironment() });
  expect(JSON.parse(stdout)).toEqual([
    ['api.justifi.ai', 'ENOTFOUND', 'A test may not reach api.justifi.ai'],
    ['203.0.113.7', 'ENOTFOUND', 'A test may not reach 203.0.113.7'],
    ['127.0.0.1', 'ECONNREFUSED', expect.anything()],
    'A test may not reach api.justifi.ai',
  ]);
});

test('E-07: the Chromium of a test finds no name but those that the test leads to this PC', () => {
  expect(onThisPcOnly(['--host-resolver-rules=MAP api.justifi.ai:443 127.0.0.1:5000', '--mute-audio'])).toEqual([
    '--mute-audio',
    '--host-resolver-rules=MAP api.justifi.ai:443 127.0.0.1:5000,MAP * ~NOTFOUND,EXCLUDE localhost,EXCLUDE 127.0.0.1',
  ]);
});

test('E-07: a proxy of the developer’s own PC is no way out of a test', () => {
  process.env['https_proxy'] = 'http://proxy.example:3128';
  process.env['ALL_PROXY'] = 'socks5://proxy.example';
  try {
    expect(Object.keys(testEnvironment()).filter((name) => /_proxy$/iu.test(name))).toEqual([]);
  } finally {
    delete process.env['https_proxy'];
    delete process.env['ALL_PROXY'];
  }
});

test('E-07: a test that leads JustiFi’s names here by Node’s arguments, which Playwright would drop on Electron, does not start there', async () => {
  const started = launchOnElectron({ target: 'electron', mainFile: 'main.js', appPath: '.', userData: '.', nodeArgs: ['--import', 'redirect.ts'] });
  await expect(started).rejects.toThrow('arguments to Node cannot run on Electron yet');
});

test('E-01: what hides faults between frames of two sites is not turned off on Electron', async () => {
  const started = launchOnElectron({ target: 'electron', mainFile: 'main.js', appPath: '.', userData: '.', chromiumArgs: ONE_PROCESS_PER_PAGE });
  await expect(started).rejects.toThrow('no test turns site isolation off');
});
