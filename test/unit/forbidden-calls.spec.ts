import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/* What Counter never does, wherever it might be done. The code without its comments is searched. */

const root = join(import.meta.dirname, '../..');
const sources = ['contract', 'main', 'preload', 'renderer'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:tsx?|html)$/u.test(name))
    .map((name) => {
      const path = join(folder, name).replaceAll('\\', '/');
      return { path, code: withoutComments(readFileSync(join(root, path), 'utf8')) };
    }),
);

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->/gu, '').replaceAll(/(^|\s)\/\/.*$/gmu, '$1');
}

/** `caught`: code that the pattern must find, so that it is known to work. `only`: the one file that may. */
type Rule = { readonly never: string; readonly pattern: RegExp; readonly caught: readonly string[]; readonly only?: string };

const RULES: readonly Rule[] = [
  { never: 'S-01: the screen is pictured or shared', pattern: /capturePage|desktopCapturer|getDisplayMedia|toDataURL|captureStream|setDisplayMediaRequestHandler/u, caught: ['await contents.capturePage()', "import { desktopCapturer } from 'electron'"] },
  { never: 'S-01: the clipboard is read or written', pattern: /\bclipboard\b|execCommand/u, caught: ["import { clipboard } from 'electron'", 'navigator.clipboard.writeText(x)', "document.execCommand('copy')"] },
  { never: 'S-01, S-23: a dump of memory or traffic is made', pattern: /crashReporter|takeHeapSnapshot|writeHeapSnapshot|contentTracing|netLog|node:v8|process\.report/u, caught: ["crashReporter.start({ submitURL: '' })", "import v8 from 'node:v8'"] },
  { never: 'S-13: anything is opened outside Counter', pattern: /openExternal|openPath|showItemInFolder|setAsDefaultProtocolClient/u, caught: ['shell.openExternal(url)'] },
  { never: 'S-14: a message is heard past the guard', pattern: /\bipcMain\b|\bipc\.(?:on|handle)/u, caught: ["ipcMain.handle('x', f)", "contents.ipc.on('x', f)"], only: 'main/shell/ipc-router.ts' },
  { never: 'S-15: a page is loaded from a file', pattern: /loadFile|file:\/\//u, caught: ["window.loadFile('index.html')", 'window.loadURL(`file://${path}`)'] },
  { never: 'S-17: a page is looked into, or code put into it', pattern: /DevTools\(|executeJavaScript|insertCSS|\.debugger\b|inspectElement|node:inspector|remote-debugging/u, caught: ['contents.openDevTools()', 'contents.executeJavaScript(code)', 'contents.debugger.attach()'] },
  { never: 'S-17: a page asks for a file or takes one that is dropped', pattern: /type=['"]file['"]|\bonDrop\b|useDrop|DropZone|FileTrigger|['"]drop['"]/u, caught: ['<input type="file" />', "page.addEventListener('drop', take)"] },
  { never: 'S-19: an update is fetched or installed', pattern: /autoUpdater|electron-updater|setFeedURL|quitAndInstall/u, caught: ["import { autoUpdater } from 'electron'"] },
  { never: 'S-21: a secret is kept anywhere but in the keychain', pattern: /safeStorage|\bkeytar\b/u, caught: ['safeStorage.encryptString(secret)', "await import('keytar')"], only: 'main/storage/keychain.ts' },
  { never: 'S-23: a program is started that would inherit what Counter knows', pattern: /child_process|worker_threads|node:cluster|utilityProcess/u, caught: ["import { spawn } from 'node:child_process'"] },
  { never: 'S-24: the environment, which anybody may set, decides anything', pattern: /process\.env\b|loadEnvFile/u, caught: ['process.env.COUNTER_DEBUG'] },
  { never: 'S-24: a certificate is taken that nobody trusts', pattern: /ignore-certificate-errors|rejectUnauthorized:\s*false|setCertificateVerifyProc|certificate-error|checkServerIdentity|allow-insecure-localhost/u, caught: ["app.commandLine.appendSwitch('ignore-certificate-errors')", "app.on('certificate-error', accept)", 'rejectUnauthorized: false'] },
];

describe.each(RULES)('$never: never', ({ pattern, caught, only }) => {
  test('and the search would find it', () => {
    for (const code of caught) expect(code).toMatch(pattern);
    if (only !== undefined) expect(sources.find(({ path }) => path === only)?.code).toMatch(pattern);
  });

  test('anywhere in what is shipped', () => {
    expect(sources.length).toBeGreaterThan(150);
    expect(sources.filter(({ path, code }) => path !== only && pattern.test(code)).map(({ path }) => path)).toEqual([]);
  });
});

describe('S-10: every window there is', () => {
  const windows = sources.filter(({ code }) => /new (?:BrowserWindow|BrowserView|WebContentsView|BaseWindow)\(|<webview|webContents\.create/u.test(code));

  test('is made in one of three files, with the safe preferences first and nothing that weakens them after', () => {
    expect(windows.map(({ path }) => path).toSorted()).toEqual(['main/shell/checkout-window.ts', 'main/shell/display-window.ts', 'main/shell/till-window.ts']);
    for (const { path, code } of windows) {
      const made = code.match(/new BrowserWindow\(/gu)?.length;
      const preferences = [...code.matchAll(/webPreferences: \{([^}]*)\}/gu)].map(([, inside]) => inside!.split(/,(?![^(]*\))/u).map((each) => each.trim().split(':')[0]!).filter((each) => each !== ''));
      expect(preferences, path).toHaveLength(made!);
      for (const [first, ...others] of preferences) {
        expect(first, path).toBe('...SECURE_PREFERENCES');
        expect(others.filter((name) => !['session', 'preload', 'backgroundThrottling'].includes(name)), path).toEqual([]);
      }
    }
  });

  test('has rules of its own for what its session may ask for', () => {
    for (const { path, code } of windows) {
      expect(code, path).toMatch(/secureSession\(/u);
      expect(code, path).toMatch(/session\.fromPartition\('(?:till|checkout|display)'\)/u);
    }
  });
});
