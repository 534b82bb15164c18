import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { serveApp } from '../../main/shell/app-pages.ts';

/* S-15: the till and the customer's screen come by a scheme of Counter's own, which serves only the built files. */

// Outside Electron, importing its package would start a download.
vi.mock('electron', () => ({ Menu: {}, app: {}, dialog: {}, nativeTheme: {}, powerMonitor: {}, protocol: {} }));

let outer: string;
let ask: (url: string) => Response;

beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), 'counter-app-'));
  const folder = join(outer, 'till');
  mkdirSync(folder);
  for (const name of ['index.html', 'till.js', 'LaterScreen.js', 'notes.txt']) writeFileSync(join(folder, name), name);
  writeFileSync(join(outer, 'main.js'), 'secret');
  symlinkSync(join(outer, 'main.js'), join(folder, 'link.js'));
  const handled = new Map<string, (request: Request) => Response>();
  serveApp({ protocol: { handle: (scheme: string, handler: (request: Request) => Response) => void handled.set(scheme, handler) } } as unknown as Session, outer, 'till');
  expect([...handled.keys()]).toEqual(['app']);
  ask = (url) => handled.get('app')!({ url } as Request);
});
afterEach(() => rmSync(outer, { recursive: true }));

test('S-15, S-04: a file that is named comes with a policy that starts from nothing and reaches no host', async () => {
  const page = ask('app://till/');
  expect([page.status, await page.text(), page.headers.get('content-type')]).toEqual([200, 'index.html', 'text/html; charset=utf-8']);
  for (const url of ['app://till/', 'app://till/till/till.js', 'app://till/till/LaterScreen.js']) {
    const { headers } = ask(url);
    const policy = headers.get('content-security-policy')!;
    expect(policy.split('; ')).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]));
    expect(policy).not.toMatch(/unsafe|\*|https?:|connect-src|frame-src|worker-src/u);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test.each([
  'app://till/notes.txt',
  'app://till/link.js',
  'app://till/../main.js',
  'app://till/%2e%2e/main.js',
  'app://till/..%2fmain.js',
  'app://till/till/..%5c..%5cmain.js',
  'app://till/till/../../main.js',
  'app://till//etc/passwd',
  'app://till/C:/Windows/win.ini',
  'app://till/till/till.js/',
  'app://till/till/till.js%00.html',
  'app://till/TILL/TILL.JS',
  'app://till/index.html',
  'app://till/__proto__',
  'app://till/constructor',
  'app://till/toString',
])('S-15: %s is no file of the till’s', async (url) => {
  const answer = ask(url);
  expect([answer.status, await answer.text()]).toEqual([404, '']);
});
