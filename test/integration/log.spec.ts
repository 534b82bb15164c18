import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLog } from '../../main/log/log.ts';
import { createRedactor } from '../../main/log/redact.ts';

test('the log keeps facts, and neither secrets nor card numbers, whatever is handed to it (S-23, F-27)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counter-log-'));
  const redactor = createRedactor();
  redactor.protect('live_secret_value');
  const log = openLog(join(folder, 'counter.log'), redactor);
  log.info('sale.paid', { sale: 'sale-1', amount: 1799 });
  log.warn('something', { text: 'token live_secret_value and Bearer abc.def-ghi', card: '4242 4242 4242 4242', plain: '4242424242424242 12/30' });
  log.error('broken', { detail: 'Error: 5555555555554444 at line 12' });
  const written = readFileSync(join(folder, 'counter.log'), 'utf8');
  rmSync(folder, { recursive: true });
  expect(written.trim().split('\n')).toHaveLength(3);
  expect(written).toContain('sale.paid {"sale":"sale-1","amount":1799}');
  expect(written).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z? info /mu);
  expect(written).not.toMatch(/live_secret_value|abc\.def|4242|5555/u);
});
