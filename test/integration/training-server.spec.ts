import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTrainingJustifi } from '../../main/training/justifi.ts';
import { type TrainingServer, startTrainingServer } from '../../main/training/server.ts';

let server: TrainingServer;

beforeEach(async () => {
  const justifi = createTrainingJustifi({ now: Date.now, newId: (prefix) => `${prefix}_${randomUUID()}` });
  server = await startTrainingServer(justifi, { host: '127.0.0.1' });
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

  test.each(['https://evil.example', 'http://localhost.evil.example', 'null', 'http://127.0.0.1:80'])(
    'lets no page of %s call it',
    async (origin) => {
      const response = await fetch(`${server.origin}/v1/checkouts`, { headers: { origin } });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
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

test.each(['cardNumber', 'expirationMonth', 'expirationYear', 'CVV', 'accountNumber', 'routingNumber'])(
  'the page of the field %s runs its own script only, and only the till can frame it',
  async (field) => {
    const response = await fetch(`${server.origin}/v2/${field}?tabId=1?fontFamily=YQ%3D%3D`);
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy')?.split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain('frame-ancestors http://localhost:*');
    expect(policy?.join()).not.toContain('unsafe');
    expect(await response.text()).toMatch(/^<!doctype html>/);
  },
);
