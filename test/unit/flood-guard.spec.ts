import { expect, test } from 'vitest';
import { createFloodGuard } from '../../main/log/flood-guard.ts';

const MINUTE_MS = 60_000;

test('A-08: the same warning a thousand times is four lines, the last with the count; after a pause it is written again', () => {
  let nowMs = 0;
  const admit = createFloodGuard(() => nowMs);
  const line = { what: 'ipc.refused', detail: { channel: 'till:charge' } };
  const written = Array.from({ length: 1_000 }, () => admit('warn', line)).filter((each) => each !== null);
  expect(written.map(({ detail }) => detail?.['times'])).toEqual([undefined, 10, 100, 1_000]);
  nowMs += 11 * MINUTE_MS;
  expect(admit('warn', line)).toEqual(line);
});

test('A-08: warnings that are always a little different are held back, and counted; other warnings are not', () => {
  let nowMs = 0;
  const admit = createFloodGuard(() => nowMs);
  const written = Array.from({ length: 10_000 }, (_, index) => admit('warn', { what: 'window.request-refused', detail: { url: `https://${index}.evil.example/` } })).filter((each) => each !== null);
  expect(written.length).toBe(250);
  expect(admit('error', { what: 'journal.damaged', detail: { detail: 'broken' } })).toEqual({ what: 'journal.damaged', detail: { detail: 'broken' } });
  nowMs += MINUTE_MS;
  expect(admit('warn', { what: 'window.request-refused', detail: { url: 'later' } })).toEqual({ what: 'window.request-refused', detail: { url: 'later', heldBack: 9_750 } });
});

test('A-08: a day of a flood is less than a file of warnings', () => {
  let nowMs = 0;
  const admit = createFloodGuard(() => nowMs);
  let lines = 0;
  for (; nowMs < 24 * 60 * MINUTE_MS; nowMs += 500) if (admit('warn', { what: 'window.request-refused', detail: { at: nowMs } }) !== null) lines += 1;
  expect(lines * 300).toBeLessThan(5 * 1024 * 1024 / 4);
});

test('facts of the same words are all written: a sale is no repetition of the one before', () => {
  const admit = createFloodGuard(() => 0);
  for (let count = 0; count < 50; count += 1) expect(admit('info', { what: 'sale.paid', detail: { amount: 1799 } })).not.toBeNull();
});
