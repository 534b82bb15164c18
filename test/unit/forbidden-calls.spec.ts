import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/* Calls that Counter never makes, in any file. The code without its comments is searched. */

const root = join(import.meta.dirname, '../..');
const sources = ['contract', 'words', 'main', 'preload', 'renderer'].flatMap((folder) =>
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

/** `caught`: code that the pattern must find, as its own test. `only`: the files that may use it. */
type Rule = { readonly never: string; readonly pattern: RegExp; readonly caught: readonly string[]; readonly only?: readonly string[] };

const RULES: readonly Rule[] = [
  { never: 'S-01: the screen is pictured or shared', pattern: /capturePage|desktopCapturer|getDisplayMedia|toDataURL|captureStream|setDisplayMediaRequestHandler/u, caught: ['await contents.capturePage()', "import { desktopCapturer } from 'electron'"] },
  { never: 'S-01: the clipboard is used, but for a link to pay', pattern: /\bclipboard\b|execCommand\(['"](?:copy|cut|paste)/u, caught: ["import { clipboard } from 'electron'", 'navigator.clipboard.writeText(x)', "document.execCommand('copy')"], only: ['main/shell/open-program.ts'] },
  { never: 'S-01: the clipboard is read, or gets anything else', pattern: /clipboard\.(?!writeText\(address\))|navigator\.clipboard/u, caught: ['clipboard.readText()', 'clipboard.writeText(cardNumber)', 'navigator.clipboard.readText()'] },
  { never: 'S-01, S-23: a dump of memory or traffic is made', pattern: /crashReporter|takeHeapSnapshot|writeHeapSnapshot|contentTracing|netLog|node:v8|process\.report/u, caught: ["crashReporter.start({ submitURL: '' })", "import v8 from 'node:v8'"] },
  { never: 'S-13: anything is opened outside Counter', pattern: /openExternal|openPath|showItemInFolder|setAsDefaultProtocolClient/u, caught: ['shell.openExternal(url)'], only: ['main/shell/open-program.ts'] },
  { never: 'S-01: keys are read on their way to a page, the digits of a card among them', pattern: /before-input-event|globalShortcut|input-event/u, caught: ["contents.on('before-input-event', hear)", "import { globalShortcut } from 'electron'"] },
  { never: 'S-14: a message is heard past the guard', pattern: /\bipcMain\b|\bipc\.(?:on|handle)/u, caught: ["ipcMain.handle('x', f)", "contents.ipc.on('x', f)"], only: ['main/shell/ipc-router.ts'] },
  { never: 'S-15: a page is loaded from a file', pattern: /loadFile|file:\/\//u, caught: ["window.loadFile('index.html')", 'window.loadURL(`file://${path}`)'] },
  { never: 'S-17: a page is looked into, or code put into it', pattern: /DevTools\(|executeJavaScript|insertCSS|\.debugger\b|inspectElement|node:inspector|remote-debugging/u, caught: ['contents.openDevTools()', 'contents.executeJavaScript(code)', 'contents.debugger.attach()'] },
  { never: 'S-17: a page asks for a file or takes one that is dropped', pattern: /type=['"]file['"]|\bonDrop\b|useDrop|DropZone|FileTrigger|addEventListener\(['"]drop['"]/u, caught: ['<input type="file" />', "page.addEventListener('drop', take)"] },
  { never: 'S-19: an update is fetched or installed', pattern: /autoUpdater|electron-updater|setFeedURL|quitAndInstall/u, caught: ["import { autoUpdater } from 'electron'"] },
  { never: 'S-21: a secret is kept anywhere but in the keychain', pattern: /safeStorage|\bkeytar\b/u, caught: ['safeStorage.encryptString(secret)', "await import('keytar')"], only: ['main/storage/keychain.ts'] },
  { never: 'S-23: a program is started that would inherit what Counter knows', pattern: /child_process|node:cluster|utilityProcess/u, caught: ["import { spawn } from 'node:child_process'"], only: ['main/storage/machine.ts', 'main/printing/cups-printer.ts', 'main/shell/spool-process.ts'] },
  { never: 'S-23: a thread is started that would inherit what Counter knows', pattern: /\bnew Worker\(|\bWorker\b[^;]*worker_threads/u, caught: ["import { Worker } from 'node:worker_threads'", 'new Worker(file)'], only: ['main/network/system-authorities.ts', 'main/storage/journal-thread.ts', 'main/history/history-thread.ts'] },
  { never: 'S-24: the environment, which anybody may set, decides anything', pattern: /process\.env\b|loadEnvFile/u, caught: ['process.env.COUNTER_DEBUG'] },
  { never: 'S-24: a certificate is taken that is not trusted', pattern: /ignore-certificate-errors|rejectUnauthorized:\s*false|setCertificateVerifyProc|certificate-error|checkServerIdentity|allow-insecure-localhost/u, caught: ["app.commandLine.appendSwitch('ignore-certificate-errors')", "app.on('certificate-error', accept)", 'rejectUnauthorized: false'] },
  { never: 'E-14: a file is put in the place of another without waiting for a virus scanner that holds it', pattern: /\brenameSync\b|\bimport \{[^}]*\brename\b/u, caught: ["renameSync('pins.json.next', 'pins.json')", "import { rename, rm } from 'node:fs/promises'"], only: ['main/storage/atomic-write.ts', 'main/storage/journal-files.ts'] },
  { never: 'S-32: a key or a PIN that everybody knows is written down', pattern: /(?:secret|password|passphrase|(?:\b|_)pin|pepper|registerKey)['"]?\s*[:=]\s*['"`](?!pin['"`]|account['"`]|secret['"`]|client['"`]|broker['"`])[^'"`\s{}$]{4,}['"`]/iu, caught: ["{ clientId: 'admin', clientSecret: 'pointofsale' }", "const MANAGER_PIN = '1234';", "pepper: 'salt-and-vinegar'"] },
];

describe.each(RULES)('$never: never', ({ pattern, caught, only }) => {
  test('and the search would find it', () => {
    for (const code of caught) expect(code).toMatch(pattern);
    for (const file of only ?? []) expect(sources.find(({ path }) => path === file)?.code).toMatch(pattern);
  });

  test('anywhere in what is shipped', () => {
    expect(sources.length).toBeGreaterThan(150);
    expect(sources.filter(({ path, code }) => only?.includes(path) !== true && pattern.test(code)).map(({ path }) => path)).toEqual([]);
  });
});

test.each(['main/storage/machine.ts', 'main/printing/cups-printer.ts'])('S-23: the programs that %s starts are the system’s own, by their full paths, and inherit nothing', (file) => {
  const code = sources.find(({ path }) => path === file)!.code;
  expect(code.match(/\bexecFile\(|\bspawn\w*\(|\bexec\w*Sync\(|\bfork\(/gu)).toEqual(['execFile(']);
  expect(code).toContain('execFile(program, args, { env: {}, timeout:');
  expect(code).toMatch(/'\/usr\/s?bin\/\w+'/u);
});

test('S-23: the process that prints on Windows is a program of Counter’s own, and inherits nothing', () => {
  const { code } = sources.find(({ path }) => path === 'main/shell/spool-process.ts')!;
  expect(code.match(/\bfork\(/gu)).toHaveLength(1);
  expect(code).toMatch(/fork\(PROGRAM, \[\], \{ env: \{ SystemRoot: 'C:\\\\Windows' \}, execArgv: \[\], stdio: 'ignore'/u);
  expect(code).toContain("PROGRAM = join(import.meta.dirname, 'spool-worker.cjs')");
});

test('S-13: what is opened outside Counter is an address for mail or for a message, made of encoded text, and nothing that a page says', () => {
  const { code } = sources.find(({ path }) => path === 'main/shell/open-program.ts')!;
  expect(code.match(/openExternal\(\w+\)/gu)).toEqual(['openExternal(address)']);
  expect(code.match(/`[^`]*`/gu)?.filter((each) => each.includes('?'))).toEqual(['`mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(text)}`', '`sms:?body=${encodeURIComponent(text)}`']);
});

test('S-23: neither thread that is started inherits anything', () => {
  for (const file of ['main/network/system-authorities.ts', 'main/storage/journal-thread.ts', 'main/history/history-thread.ts']) {
    const code = sources.find(({ path }) => path === file)!.code;
    expect(code.match(/new Worker\(/gu)).toHaveLength(1);
    expect(code).toMatch(/new Worker\(.*\benv: \{\}, execArgv: \[\]/u);
  }
});

describe('S-10: every window there is', () => {
  const windows = sources.filter(({ code }) => /new (?:BrowserWindow|BrowserView|WebContentsView|BaseWindow)\(|<webview|webContents\.create/u.test(code));

  test('is made in one of four files, with the safe preferences first and nothing that weakens them after; a window of views has no page of its own', () => {
    expect(windows.map(({ path }) => path).toSorted()).toEqual(['main/shell/checkout-view.ts', 'main/shell/counter-window.ts', 'main/shell/display-window.ts', 'main/shell/page-printer.ts', 'main/shell/till-view.ts']);
    for (const { path, code } of windows) {
      const made = code.match(/new (?:BrowserWindow|WebContentsView)\(/gu)?.length ?? 0;
      const preferences = [...code.matchAll(/webPreferences: \{([^}]*)\}/gu)].map(([, inside]) => inside!.split(/,(?![^(]*\))/u).map((each) => each.trim().split(':')[0]!).filter((each) => each !== ''));
      expect(preferences, path).toHaveLength(made);
      for (const [first, ...others] of preferences) {
        expect(first, path).toBe('...SECURE_PREFERENCES');
        expect(others.filter((name) => !['session', 'preload', 'backgroundThrottling'].includes(name)), path).toEqual([]);
      }
    }
  });

  test('has rules of its own for what its session may ask for', () => {
    for (const [file, partition] of [['till-view', 'till'], ['checkout-views', 'checkout'], ['checkout-views', 'checkout-plaid'], ['checkout-views', 'checkout-insured'], ['checkout-views', 'checkout-sezzle'], ['display-window', 'display'], ['page-printer', 'receipt']] as const) {
      const { code } = sources.find(({ path }) => path === `main/shell/${file}.ts`)!;
      expect(code, file).toMatch(/secureSession\(/u);
      expect(code, file).toContain(`session.fromPartition('${partition}')`);
    }
    // A view of the checkout gets one of the sessions from the file that makes them all.
    expect(sources.filter(({ code }) => /openCheckoutView\(parts, sessions\b/u.test(code)).map(({ path }) => path)).toEqual(['main/shell/checkout-views.ts']);
  });
});
