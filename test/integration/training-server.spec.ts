import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newTrainingCredentials } from '../../main/training/access-token.ts';
import { createBooks } from '../../main/training/books.ts';
import { createTrainingJustifi } from '../../main/training/justifi.ts';
import { type TrainingServer, startTrainingServer } from '../../main/training/server.ts';
import { trainingCredentials } from '../justifi/training-credentials.ts';

const PAGE = 'http://localhost:47615';
let server: TrainingServer;

beforeEach(async () => {
  const justifi = createTrainingJustifi({ credentials: [trainingCredentials], now: Date.now, newId: (prefix) => `${prefix}_${randomUUID()}` });
  server = await startTrainingServer(justifi, { host: '127.0.0.1', checkoutPage: PAGE });
});
afterEach(() => server.close());

/** Unlike fetch, this sends the Host header that it is given. */
function statusWithHost(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    httpRequest(`${server.origin}/v2/cardNumber`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('the training JustiFi', () => {
  test('is reached on loopback only, by its own name only', async () => {
    expect(server.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await statusWithHost(new URL(server.origin).host)).toBe(200);
    expect(await statusWithHost('evil.example')).toBe(421);
    expect(await statusWithHost('127.0.0.1')).toBe(421);
  });

  test('has nothing anywhere else', async () => {
    for (const path of ['/', '/v2/', '/v2/password', '/v1/unknown', '/v1/checkouts/', '/v2/cardNumber/x']) {
      expect((await fetch(server.origin + path)).status, path).toBe(404);
    }
    expect((await fetch(`${server.origin}/v2/cardNumber`, { method: 'POST' })).status).toBe(404);
  });

  test('keeps a connection open for the next request', async () => {
    const response = await fetch(`${server.origin}/v2/cardNumber`);
    expect(response.headers.get('connection')).toBe('keep-alive');
  });

  test('lets the checkout page call it, with every header that the component sends', async () => {
    const preflight = await fetch(`${server.origin}/v1/checkouts/cho_1/complete`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:47615',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,idempotency-key,justifi-web-component-version',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('http://localhost:47615');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    const allowed = preflight.headers.get('access-control-allow-headers')?.toLowerCase().split(', ');
    expect(allowed).toEqual(
      expect.arrayContaining(['authorization', 'content-type', 'idempotency-key', 'justifi-web-component-version', 'sub-account']),
    );
  });

  test.each(['https://evil.example', 'http://localhost.evil.example', 'null', 'http://127.0.0.1:80', 'http://localhost:47616', 'http://localhost'])(
    'A-12: lets no page of %s call it, whatever it sends and however it knows the secret',
    async (origin) => {
      const response = await fetch(`${server.origin}/v1/checkouts`, { headers: { origin } });
      expect(response.status).toBe(403);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      for (const headers of [{ origin }, { referer: `${origin}/page` }] as const) {
        const form = new URLSearchParams({ client_id: trainingCredentials.clientId, client_secret: trainingCredentials.clientSecret });
        expect((await fetch(`${server.origin}/oauth/token`, { method: 'POST', headers, body: form })).status).toBe(403);
      }
    },
  );

  test('takes what components report about themselves, and does nothing with it', async () => {
    const report = await fetch(`${server.origin}/v1/analytics`, { method: 'POST', body: '{"event_type":"init"}' });
    expect(report.status).toBe(204);
  });

  test('refuses what is no JSON, and what is too large to be a request', async () => {
    const token = await fetch(`${server.origin}/oauth/token`, {
      method: 'POST',
      body: JSON.stringify({ client_id: 'test_training', client_secret: 'training' }),
    });
    const { access_token: accessToken }: { access_token: string } = JSON.parse(await token.text());
    const create = (body: string) =>
      fetch(`${server.origin}/v1/checkouts`, {
        method: 'POST',
        headers: { authorization: `Bearer ${accessToken}`, 'sub-account': 'acc_trainingShop' },
        body,
      });
    expect((await create('{"amount":')).status).toBe(400);
    expect((await create('[]')).status).toBe(422);
    expect((await create(JSON.stringify({ amount: 1000, description: 'x'.repeat(70_000) }))).status).toBe(413);
    expect((await create(JSON.stringify({ amount: 1000, description: 'x' }))).status).toBe(201);
  });
});

test('A-12: only main gets a token: not even the checkout page, and the secret is another one in each run', async () => {
  const ask = (headers: Readonly<Record<string, string>>) =>
    fetch(`${server.origin}/oauth/token`, { method: 'POST', headers, body: JSON.stringify({ client_id: trainingCredentials.clientId, client_secret: trainingCredentials.clientSecret }) });
  expect((await ask({ origin: PAGE })).status).toBe(403);
  expect((await ask({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await ask({})).status).toBe(200);
  const secrets = Array.from({ length: 10 }, () => newTrainingCredentials().clientSecret);
  expect(new Set(secrets).size).toBe(10);
  for (const secret of secrets) expect(secret.length).toBeGreaterThanOrEqual(32);
});

test('A-12: the books keep the newest of each kind, however many are made', () => {
  const books = createBooks(3);
  for (let count = 0; count < 10; count += 1) books.accessTokens.set(`at_${count}`, { mode: 'test', expiresAt: count });
  books.accessTokens.set('at_8', { mode: 'test', expiresAt: 80 });
  expect([...books.accessTokens].map(([id, { expiresAt }]) => [id, expiresAt])).toEqual([['at_7', 7], ['at_8', 80], ['at_9', 9]]);
});

test('A-11: a request without an end is hung up on', async () => {
  const { port, host } = new URL(server.origin);
  const sent = await new Promise<number>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1');
    let bytes = 0;
    const part = Buffer.alloc(64 * 1024, 120);
    const more = () => {
      while (socket.writable && socket.write(`${part.length.toString(16)}\r\n${part.toString()}\r\n`)) bytes += part.length;
    };
    socket.write(`POST /v1/checkouts HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\n`);
    socket.on('drain', more).on('error', () => {}).on('close', () => resolve(bytes));
    more();
  });
  expect(sent).toBeLessThan(32 * 1024 * 1024);
});

test.each(['cardNumber', 'expirationMonth', 'expirationYear', 'CVV', 'accountNumber', 'routingNumber'])(
  'the page of the field %s runs its own script only, and only the till can frame it',
  async (field) => {
    const response = await fetch(`${server.origin}/v2/${field}?tabId=1?fontFamily=YQ%3D%3D`);
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy')?.split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain(`frame-ancestors ${PAGE}`);
    expect(policy?.join()).not.toContain('unsafe');
    expect(await response.text()).toMatch(/^<!doctype html>/);
  },
);
