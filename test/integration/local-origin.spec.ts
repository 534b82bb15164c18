import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { JUSTIFI_ORIGINS, checkoutPolicy } from '../../main/local-origin/checkout-policy.ts';
import { type LocalOrigin, serveLocalOrigin } from '../../main/local-origin/server.ts';

let folder: string;
let local: LocalOrigin;
const parts = () => ({ folder, policy: () => checkoutPolicy(JUSTIFI_ORIGINS), log: () => {}, preferredPort: 0 });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'counter-page-'));
  for (const name of ['index.html', 'checkout.js', 'checkout.css', 'secret.txt']) writeFileSync(join(folder, name), name);
  const served = await serveLocalOrigin(parts());
  if (served.kind === 'failed') throw new Error(served.failure.detail);
  local = served.value;
});
afterAll(() => {
  local.close();
  rmSync(folder, { recursive: true });
});

function ask(path: string, options: { method?: string; host?: string; address?: string } = {}): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> {
  const { port, host } = new URL(local.origin);
  return new Promise((resolve, reject) => {
    const sent = request({ host: options.address ?? '127.0.0.1', port, path, method: options.method ?? 'GET', headers: { Host: options.host ?? host } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject).end();
  });
}

describe('the origin of the checkout page', () => {
  test('serves its three files with a policy that starts from nothing', async () => {
    const page = await ask('/');
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['content-security-policy']).not.toMatch(/unsafe|\*|http:/u);
    expect((await ask('/checkout/checkout.js')).body).toBe('checkout.js');
    expect((await ask('/checkout/checkout.css')).headers['content-type']).toContain('text/css');
  });

  test.each(['/secret.txt', '/../package.json', '/checkout/../secret.txt', '/%2e%2e/secret.txt', '/index.html?x', '//', '/checkout/'])('has nothing at %s', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  test('answers GET and HEAD only', async () => {
    expect((await ask('/', { method: 'HEAD' })).body).toBe('');
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect((await ask('/', { method })).status).toBe(405);
  });

  test('refuses every other name for itself, so that no web page can be re-bound to it', async () => {
    const { port } = new URL(local.origin);
    for (const host of ['evil.example', `evil.example:${port}`, `127.0.0.1:${port}`, 'localhost', `localhost.:${port}`]) {
      expect((await ask('/', { host })).status).toBe(421);
    }
  });

  test('listens on loopback only', async () => {
    const { networkInterfaces } = await import('node:os');
    const outside = Object.values(networkInterfaces()).flat().find((address) => address?.family === 'IPv4' && !address.internal);
    if (outside === undefined) return;
    const reached = await new Promise((resolve) => {
      const socket = connect({ host: outside.address, port: Number(new URL(local.origin).port) });
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    });
    expect(reached).toBe(false);
  });

  test('A-13: idle connections, silent or used once, are few, and the page is served all the same', async () => {
    const { port, host } = new URL(local.origin);
    const open = new Set<object>();
    const connecting = Array.from({ length: 300 }, (_, index) => {
      const socket = connect(Number(port), '127.0.0.1');
      open.add(socket);
      // The half request comes first, so that it is the oldest in use.
      if (index % 2 === 0) socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
      socket.on('error', () => {}).on('close', () => open.delete(socket)).resume();
      return new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
    });
    await Promise.all(connecting);
    expect((await ask('/')).status).toBe(200);
    await vi.waitFor(() => expect(open.size).toBeLessThanOrEqual(32));
    // And these only for a moment.
    await vi.waitFor(() => expect(open.size).toBe(0), { timeout: 15_000 });
  }, 30_000);

  test.each(['127.0.0.1', '::1'])('takes another port when %s holds its own', async (address) => {
    const squatter = createServer();
    const port = await new Promise<number | null>((resolve) => {
      squatter.on('error', () => resolve(null));
      squatter.listen(0, address, () => resolve((squatter.address() as { port: number }).port));
    });
    // A machine without IPv6 has no server on ::1 either.
    if (port === null) return;
    const served = await serveLocalOrigin({ ...parts(), preferredPort: port });
    expect(served.kind).toBe('ok');
    if (served.kind === 'ok') {
      expect(served.value.origin).not.toContain(`:${port}`);
      served.value.close();
    }
    squatter.close();
  });
});
