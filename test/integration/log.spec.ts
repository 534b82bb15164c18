import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { expect, test } from 'vitest';
import { openLog } from '../../main/log/log.ts';
import { createRedactor } from '../../main/log/redact.ts';

test('the log has facts, and neither secrets nor card numbers, whatever is logged (S-23, F-27)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counter-log-'));
  const redactor = createRedactor();
  redactor.protect('credentials', 'live_secret_value');
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

test('A-09: a detail is redacted before it becomes JSON: a secret with quotes in it is found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counter-log-'));
  const redactor = createRedactor();
  redactor.protect('credentials', 'p"w\\4b1e7c93a05d"4f6e');
  openLog(join(folder, 'counter.log'), redactor).info('account.connect', { code: 'refused p"w\\4b1e7c93a05d"4f6e', count: 3, none: null });
  const written = readFileSync(join(folder, 'counter.log'), 'utf8');
  rmSync(folder, { recursive: true });
  expect(written).toContain('account.connect {"code":"refused [secret]","count":3,"none":null}');
});

test('A-18: a page’s text stays on its line of the log, and reverses no other text', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counter-log-'));
  const log = openLog(join(folder, 'counter.log'), createRedactor());
  log.warn('checkout-page.uncaught-error', { detail: 'one\n2026-11-26T00:00:00.000Z info sale.paid {}\r\u0085\u2028\u2029\u001B[2K\u202Eevil\u2066\u200F\u061C' });
  log.warn('what\nis this\u202E');
  const written = readFileSync(join(folder, 'counter.log'), 'utf8');
  rmSync(folder, { recursive: true });
  expect(written.trimEnd().split(/[\n\r\u0085\u2028\u2029]/u)).toHaveLength(2);
  expect(written.replaceAll('\n', '')).not.toMatch(/\p{Cc}|[\u2028\u2029\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/u);
  // No line is lost: the content can still be read.
  expect(written).toContain(String.raw`"detail":"one\n2026-11-26T00:00:00.000Z info sale.paid {}\r\u0085\u2028\u2029\u001b[2K\u202eevil\u2066\u200f\u061c"`);
  expect(written).toContain('what is this');
});

test('A-11: of a log of any size only the end is read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counter-log-'));
  const file = join(folder, 'counter.log');
  writeFileSync(file, `${'x'.repeat(100)}\n`.repeat(200_000));
  const log = openLog(file, createRedactor());
  const before = process.memoryUsage().arrayBuffers;
  expect(log.tail(2)).toEqual(['x'.repeat(100), 'x'.repeat(100)]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  rmSync(folder, { recursive: true });
});

test('A-08: other lines never push a warning out: warnings and errors are in a file of their own as well', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counter-log-'));
  let nowMs = 0;
  const log = openLog(join(folder, 'counter.log'), createRedactor(), () => nowMs);
  log.error('journal.damaged', { detail: 'the one that matters' });
  // As much as the two files of the log can hold, and more.
  for (let count = 0; count < 1_500; count += 1) {
    nowMs += 1_000;
    log.info('form.failed', { word: `${count} ${'x'.repeat(9_000)}` });
    log.warn('window.request-refused', { url: `https://${count}.evil.example/` });
  }
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  expect(read('counter.log')).not.toContain('the one that matters');
  expect(read('counter.old.log')).not.toContain('the one that matters');
  expect(read('counter-warnings.log')).toContain('error journal.damaged {"detail":"the one that matters"}');
  expect(read('counter-warnings.log')).not.toContain('form.failed');
  rmSync(folder, { recursive: true });
});

test('E-18: Counter started from another folder, without a package.json, writes its log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counter-log-'));
  const main = (file: string) => JSON.stringify(join(import.meta.dirname, '../../main', file));
  const program = `
    const { openLog } = await import(${main('log/log.ts')});
    const { createRedactor } = await import(${main('log/redact.ts')});
    openLog(${JSON.stringify(join(folder, 'counter.log'))}, createRedactor()).info('counter.started', {});
  `;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { cwd: parse(folder).root, encoding: 'utf8' });
  const written = readdirSync(folder).includes('counter.log') && readFileSync(join(folder, 'counter.log'), 'utf8');
  rmSync(folder, { recursive: true });
  expect({ status, stderr, written }).toEqual({ status: 0, stderr: '', written: expect.stringMatching(/info counter\.started/u) });
});
