import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/* A server without Electron, like a company's mirror, or a download that breaks off. */
test.skipIf(existsSync(join(root, 'node_modules/electron/dist')))('E-17: a failed download of Electron’s binary shows the installer’s own words, and is no stack trace of ours', async () => {
  const server = createServer((_request, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { ELECTRON_OVERRIDE_DIST_PATH: _elsewhere, ...env } = process.env;
  const script = `const { findOrFetchElectron } = await import('./test/host/electron-binary.ts'); console.log(JSON.stringify(await findOrFetchElectron()));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: root, env: { ...env, ELECTRON_MIRROR: mirror, electron_config_cache: join(root, 'out/no-cache') }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
  server.close();
  expect(said).toContain(`Fetching Electron's binary, once (${mirror}).`);
  expect(complained).toMatch(/404/u);
  expect(JSON.parse(said.trim().split('\n').at(-1)!)).toEqual({ missing: 'its installer says why, above' });
});
