import { beforeEach, describe, expect, test } from 'vitest';
import { failed, ok } from '../../contract/result.ts';
import { type AccessTokenSource, type AccessTokens, createAccessTokens } from '../../main/justifi/access-token.ts';
import { tellAnswers } from '../../main/justifi/connection.ts';

const MINUTE_MS = 60_000;
const LIFE_MS = 60 * MINUTE_MS;
/** Renewal is due after five sixths. */
const DUE_MS = 51 * MINUTE_MS;

let nowMs: number;
let asked: number;
let answers: 'gives' | 'fails' | 'hangs';
let tokens: AccessTokens;

const source: AccessTokenSource = () => {
  asked += 1;
  if (answers === 'hangs') return new Promise(() => {});
  return Promise.resolve(answers === 'gives' ? ok({ token: `token-${asked}`, livesMs: LIFE_MS }) : failed({ kind: 'network', code: 'broker-ECONNREFUSED' }));
};

beforeEach(async () => {
  [nowMs, asked, answers] = [0, 0, 'gives'];
  tokens = createAccessTokens(source, () => nowMs);
  await tokens.current();
});

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('an access token whose renewal is due', () => {
  test('is used on while its renewal fails, to the end of its life and no longer (F-12)', async () => {
    answers = 'fails';
    for (nowMs = DUE_MS; nowMs < LIFE_MS; nowMs += MINUTE_MS) {
      expect(await tokens.current()).toEqual(ok('token-1'));
      await settle();
    }
    expect(await tokens.current()).toMatchObject({ kind: 'failed', failure: { kind: 'network' } });
  });

  test('is used on while its renewal hangs: no sale waits', async () => {
    answers = 'hangs';
    nowMs = DUE_MS;
    expect(await tokens.current()).toEqual(ok('token-1'));
    expect(await tokens.current()).toEqual(ok('token-1'));
    expect(asked).toBe(2);
  });

  test('is retried once a minute, not with every request, and replaced as soon as there is a new one', async () => {
    answers = 'fails';
    nowMs = DUE_MS;
    for (let request = 0; request < 20; request += 1) {
      await tokens.current();
      await settle();
    }
    expect(asked).toBe(2);
    answers = 'gives';
    nowMs += MINUTE_MS;
    await tokens.current();
    await settle();
    expect(await tokens.current()).toEqual(ok('token-3'));
  });

  test('and that JustiFi refuses is not used again', async () => {
    answers = 'fails';
    nowMs = DUE_MS;
    tokens.refused('token-1');
    expect((await tokens.current()).kind).toBe('failed');
  });
});

test('the token broker’s answers do not count for JustiFi’s reachability: only requests to JustiFi do', async () => {
  const told: (string | null)[] = [];
  const send = tellAnswers(
    ({ url }) => (url.includes('down') ? Promise.reject(new Error('ECONNREFUSED')) : Promise.resolve({ status: 503, text: '' })),
    'https://api.justifi.ai',
    (failure) => told.push(failure?.trouble ?? null),
  );
  const ask = (url: string) => send({ url, method: 'POST', headers: {}, body: null, timeoutMs: 1 }).catch(() => null);
  await ask('https://broker.shop.example/token');
  await ask('https://broker.shop.example/down');
  await ask('https://api.justifi.ai.shop.example/token');
  expect(told).toEqual([]);
  await ask('https://api.justifi.ai/oauth/token');
  await ask('https://api.justifi.ai/down');
  expect(told).toEqual([null, 'no-answer']);
});
