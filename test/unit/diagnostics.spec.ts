import { expect, test } from 'vitest';
import { failed, ok } from '../../contract/result.ts';
import { type DiagnosticsParts, diagnostics } from '../../main/manager/diagnostics.ts';
import { stillOpen } from './still-open.ts';

const SECRET = 'sk_4b1e7c93a05d4f6e8d2b';

function openDiagnostics(change: Partial<DiagnosticsParts> = {}) {
  const saved: string[] = [];
  const calls = stillOpen(diagnostics({
    snapshot: () => ({
      registerName: `Register ${SECRET}`,
      registerId: 'r-1',
      mode: 'test',
      account: { kind: 'connected', subAccountId: 'acc_shop', name: 'Shop', credentialsKind: 'client' },
      connectionFailure: null,
      cardReader: { terminalId: 'trm_1', name: 'Front counter', isFirst: true },
      toConfirm: 0,
      journalNotice: null,
      comparisonNotice: null,
      policy: { locked: [], trouble: null },
    }),
    readKeychain: async () => ok(null),
    journalHealth: () => 'sound',
    auditTrouble: () => null,
    settings: () => ({ now: { limits: { largestInCents: 5 } }, asItComes: { limits: { largestInCents: 6 } } }),
    fixed: { version: '0.1.0', engine: 'node', system: 'x', startedUtc: '2026-11-26T15:00:00.000Z' },
    pageFindings: () => [],
    port: () => 'http://localhost:47615',
    logTail: () => ['info started', `error broke {"what":"${SECRET}"}`],
    licences: () => 'react 19 (MIT)',
    redact: (text) => text.replaceAll(SECRET, '[redacted]'),
    saveFile: async (_name, text) => {
      saved.push(text);
      return ok(null);
    },
    ...change,
  }));
  return { calls, saved };
}

test('S-23: diagnostics contain no secret: not on the screen, not in the log lines, not in the file', async () => {
  const { calls, saved } = openDiagnostics();
  const read = await calls.readDiagnostics({ screen: '1024 × 768' });
  expect(await calls.exportDiagnostics({ screen: '1024 × 768' })).toEqual(ok(null));
  for (const text of [JSON.stringify(read), saved.join('')]) {
    expect(text).not.toContain(SECRET);
    expect(text.match(/\[redacted\]/gu)).toHaveLength(2);
  }
  expect(saved[0]).toContain('settings: limits.largestInCents');
  expect(saved[0]).toContain('cardReader: Front counter · trm_1 · asked first');
});

test('A-18: no text of a page, JustiFi or a file begins a line of its own', async () => {
  const forged = 'x\n! keychain: broken\u2028\u202Eevil';
  const { calls, saved } = openDiagnostics({ port: () => forged, journalHealth: () => forged, fixed: { version: forged, engine: forged, system: forged, startedUtc: forged } });
  expect((await calls.exportDiagnostics({ screen: forged })).kind).toBe('ok');
  const lines = saved[0]!.split('\n');
  expect(lines.filter((line) => line.startsWith('! '))).toEqual([]);
  expect(saved[0]).not.toMatch(/[\u2028\u202E]/u);
  expect(saved[0]).toContain('  screen: x ! keychain: broken evil');
});

test('problems are marked, and good values are not', async () => {
  const marked = async (change: Partial<DiagnosticsParts>) => {
    const read = await openDiagnostics(change).calls.readDiagnostics({ screen: '' });
    return read.kind === 'ok' ? read.value.lines.filter(({ isTrouble }) => isTrouble).map(({ name, value }) => `${name}: ${value}`) : [];
  };
  expect(await marked({})).toEqual([]);
  expect(await marked({ readKeychain: async () => failed({ kind: 'keychain-locked' }), auditTrouble: () => 'tampered' })).toEqual(['keychain: keychain-locked', 'audit: tampered']);
  expect(await marked({ pageFindings: () => ['file: checkout/checkout.js', 'request: script GET evil.example'] })).toEqual(['page: file: checkout/checkout.js · request: script GET evil.example']);
});
