import { expect, test } from 'vitest';
import { createJustifiClock } from '../../main/justifi/justifi-clock.ts';

const DATE = 'Mon, 23 Nov 2026 15:00:00 GMT';
const request = (url: string) => ({ url, method: 'GET', headers: {}, body: null, timeoutMs: 1_000 }) as const;

test('JustiFi’s clock is the date of its last answer, and goes on by monotonic time', async () => {
  let nowMs = 5_000;
  const answer = { date: DATE as string | null };
  const clock = createJustifiClock(() => nowMs);
  const send = clock.noting(async () => ({ status: 503, text: '', ...answer }), 'https://api.justifi.ai');
  expect(clock.nowMs()).toBeNull();
  await send(request('https://broker.example/token'));
  expect(clock.nowMs()).toBeNull();
  await send(request('https://api.justifi.ai/v1/payments'));
  nowMs += 60_000;
  expect(clock.nowMs()).toBe(Date.parse(DATE) + 60_000);
  for (const date of [null, 'yesterday']) {
    answer.date = date;
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await send(request('https://api.justifi.ai/v1/payments'));
  }
  expect(clock.nowMs()).toBe(Date.parse(DATE) + 60_000);
});
