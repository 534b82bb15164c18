import { randomUUID } from 'node:crypto';
import tls from 'node:tls';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAccessTokens } from '../../main/justifi/access-token.ts';
import { openConnections } from '../../main/justifi/connection.ts';
import { signatureOf, signedText, tokenBrokerSource } from '../../main/justifi/token-broker.ts';
import { type ShopsBroker, startBroker } from '../broker/broker.ts';

/* Counter's side of the token broker against a broker written from docs/token-broker.md, over real TLS. */

const KEY = 'k3Yq0mB7vXr2TnWc9ZsLdHf6PjAe1Gu8iO5bNwQxR4c';
const usual = tls.getCACertificates('default');
let broker: ShopsBroker;
let connections: ReturnType<typeof openConnections>;
let fetched: number;
let life: number;

beforeEach(async () => {
  fetched = 0;
  life = 900;
  broker = await startBroker({
    keys: new Map([['register-1', KEY]]),
    async fetchToken() {
      fetched += 1;
      return { access_token: `token-${fetched}`, expires_in: life };
    },
  });
  tls.setDefaultCACertificates([...usual, broker.authority]);
  connections = openConnections();
});
afterEach(async () => {
  tls.setDefaultCACertificates(usual);
  await connections.close();
  await broker.close();
});

const effects = () => ({ sendRequest: connections.send, utcNow: () => new Date().toISOString(), newNonce: randomUUID as () => string });
const source = (change: Partial<Parameters<typeof tokenBrokerSource>[0]> = {}, other: Partial<ReturnType<typeof effects>> = {}) =>
  tokenBrokerSource({ url: broker.url, registerId: 'register-1', key: KEY, ...change }, { ...effects(), ...other });

describe('a token from the shop’s broker', () => {
  test('comes with its life; the key signs and never travels', async () => {
    expect(await source()()).toEqual({ kind: 'ok', value: { token: 'token-1', livesMs: 900_000 } });
    const [request] = broker.requests;
    expect(JSON.stringify(request)).not.toContain(KEY);
    expect(JSON.parse(request!.body)).toEqual({ register_id: 'register-1', nonce: expect.any(String) });
  });

  test('is renewed before its end, and once for all who ask', async () => {
    let ms = 0;
    const tokens = createAccessTokens(source(), () => ms);
    expect(await Promise.all([tokens.current(), tokens.current()])).toEqual([{ kind: 'ok', value: 'token-1' }, { kind: 'ok', value: 'token-1' }]);
    ms = 749_000;
    expect(await tokens.current()).toEqual({ kind: 'ok', value: 'token-1' });
    ms = 751_000;
    await tokens.current();
    await expect.poll(() => tokens.current()).toEqual({ kind: 'ok', value: 'token-2' });
    expect(fetched).toBe(2);
  });

  test.each([[0.001], [1]])('that is said to live %s s does not become a storm of requests', async (seconds) => {
    life = seconds;
    let ms = 0;
    const tokens = createAccessTokens(source(), () => ms);
    for (; ms < 20_000; ms += 100) await tokens.current();
    expect(fetched).toBe(1);
  });

  test('that is said to live for ever is renewed within a day', async () => {
    life = 1e12;
    let ms = 0;
    const tokens = createAccessTokens(source(), () => ms);
    await tokens.current();
    ms = 21 * 60 * 60_000;
    await expect.poll(() => tokens.current()).toEqual({ kind: 'ok', value: 'token-2' });
  });
});

describe('a broker refuses', () => {
  const refused = (code: string, status: number) => ({ kind: 'failed', failure: { kind: 'unauthorised', code: `broker-${code}`, status } });

  test('another key, a register it does not know, one that was revoked', async () => {
    expect(await source({ key: `${KEY}x` })()).toEqual(refused('signature', 401));
    expect(await source({ registerId: 'register-2' })()).toEqual(refused('unknown_register', 403));
    broker.revoke('register-1');
    expect(await source()()).toEqual(refused('unknown_register', 403));
    expect(fetched).toBe(0);
  });

  test('a clock that is an hour off, either way', async () => {
    for (const shift of [-3_600_000, 3_600_000]) {
      expect(await source({}, { utcNow: () => new Date(Date.now() + shift).toISOString() })()).toEqual(refused('clock', 401));
    }
  });

  test('a request that it has seen before', async () => {
    const again = source({}, { newNonce: () => 'the same' });
    expect((await again()).kind).toBe('ok');
    expect(await again()).toEqual(refused('replayed', 409));
  });

  test('a body, a path or a time that was changed on the way', async () => {
    const tampering = [
      (request: Parameters<typeof connections.send>[0]) => ({ ...request, body: request.body!.replace('register-1', 'register-1 ') }),
      (request: Parameters<typeof connections.send>[0]) => ({ ...request, url: `${request.url}&more=1` }),
      (request: Parameters<typeof connections.send>[0]) => ({ ...request, headers: { ...request.headers, 'Counter-Timestamp': new Date(Date.now() + 1000).toISOString() } }),
    ];
    for (const tamper of tampering) {
      expect(await source({}, { sendRequest: (request) => connections.send(tamper(request)) })()).toMatchObject({ kind: 'failed', failure: { kind: 'unauthorised' } });
    }
    expect(fetched).toBe(0);
  });
});

describe('whatever comes back', () => {
  test('S-24: an untrusted certificate is fatal; nothing was sent', async () => {
    tls.setDefaultCACertificates(usual);
    expect(await source()()).toMatchObject({ kind: 'failed', failure: { kind: 'network', code: expect.stringMatching(/^broker-(?:DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO)/u) } });
    expect(broker.requests).toEqual([]);
  });

  test('a redirect is not followed', async () => {
    broker.answerWith({ status: 302, headers: { location: 'https://example.com/' }, body: '' });
    expect(await source()()).toEqual({ kind: 'failed', failure: { kind: 'network', code: 'broker-redirect-refused' } });
  });

  test.each([
    ['a page of HTML', { status: 200, body: '<html>' }, { kind: 'unexpected', code: 'broker-not-json' }],
    ['no token', { status: 200, body: '{}' }, { kind: 'unexpected', code: 'broker-shape:access_token' }],
    ['an empty token', { status: 200, body: '{"access_token":""}' }, { kind: 'unexpected', code: 'broker-shape:access_token' }],
    ['a token as long as a book', { status: 200, body: JSON.stringify({ access_token: 'x'.repeat(20_000) }) }, { kind: 'unexpected', code: 'broker-shape:access_token' }],
    ['trouble', { status: 503, body: '' }, { kind: 'server', code: 'broker-http-503' }],
  ])('%s is no token', async (_what, answer, failure) => {
    broker.answerWith(answer);
    expect(await source()()).toMatchObject({ kind: 'failed', failure });
  });

  test('nothing at all: it is given up', async () => {
    broker.answerWith('nothing');
    const hasty = source({}, { sendRequest: (request) => connections.send({ ...request, timeoutMs: 200 }) });
    expect(await hasty()).toEqual({ kind: 'failed', failure: { kind: 'network', code: 'broker-TimeoutError' } });
  });
});

test('the worked example in docs/token-broker.md is right', () => {
  const text = readFileSync('docs/token-broker.md', 'utf8');
  const value = (name: string) => new RegExp(`^${name}: +(.*)$`, 'mu').exec(text)![1]!;
  const signed = signedText({ at: value('time'), path: value('path'), body: value('body') });
  expect(text).toContain(signed);
  expect(signatureOf(value('key'), signed)).toBe(value('signature'));
});
