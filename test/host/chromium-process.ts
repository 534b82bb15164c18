import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { CdpConnection, pipeLine, socketLine } from './cdp-connection.ts';
import { findChromium } from './chromium-binary.ts';
import { debugLog } from './host-settings.ts';

export type ChromiumOptions = {
  /** One window on the screen with this page, without a browser's controls; without one Chromium runs headless. */
  readonly appWindow?: { readonly url: string; readonly width: number; readonly height: number };
  /** On which others attach as well; '0' lets Chromium choose one. */
  readonly debuggingPort: string | undefined;
  readonly chromiumArguments: readonly string[];
  /** The program; by default the Chromium of this machine. */
  readonly binary?: string | undefined;
};

export type ChromiumProcess = {
  readonly connection: CdpConnection;
  readonly pid: number;
  readonly profile: string;
  /** Where others attach, once Chromium has said it; never settles without a debugging port. */
  readonly endpoint: Promise<string>;
  readonly ended: Promise<void>;
  /** Its last output, for an unexpected end. */
  lastWords(): string;
  kill(): void;
};

/** The Chromium of another process, for as long as this one needs it: it stays when this process ends. */
export type BorrowedChromium = Pick<ChromiumProcess, 'connection' | 'ended' | 'lastWords'>;

export function borrowChromium(endpoint: string): BorrowedChromium {
  const connection = new CdpConnection(socketLine(endpoint));
  return { connection, ended: connection.closed, lastWords: () => 'It belongs to another process.' };
}

/** One Chromium, at most for the life of this process: it is killed, and its profile removed, when the process ends. */
export function startChromium(options: ChromiumOptions): ChromiumProcess {
  const binary = options.binary ?? findChromium();
  if (binary === undefined) {
    throw new Error('The Chromium host needs a Chromium: install one, or name it in COUNTER_HOST_CHROMIUM');
  }
  const profile = mkdtempSync(join(tmpdir(), 'counter-host-'));
  const child = spawn(binary, argumentsFor(profile, options), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C in the terminal must reach the app, which then quits in order, not its browser.
    detached: process.platform !== 'win32',
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`The Chromium host cannot start ${binary}`);
  const end = () => {
    child.kill('SIGKILL');
    removeProfile(profile);
  };
  process.once('exit', end);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      process.off('exit', end);
      removeProfile(profile);
      resolve();
    });
  });
  const connection = new CdpConnection(pipeLine(child.stdio[3] as Writable, child.stdio[4] as Readable));
  const endpoint = Promise.withResolvers<string>();
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    // A whole line, and before anything is cut off: complaints about a missing D-Bus may come along with it by the kilobyte.
    const url = /DevTools listening on (?<url>ws:\S+)\s/u.exec(said)?.groups?.url;
    if (url !== undefined) endpoint.resolve(url);
    said = said.slice(-4000);
  });
  return { connection, pid, profile, endpoint: endpoint.promise, ended, lastWords: () => said, kill: () => void child.kill('SIGKILL') };
}

function removeProfile(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  } catch (error) {
    // Chromium's last helper may still be writing; a folder left in the temporary folder is not worth a failed exit.
    debugLog('profile not removed:', error);
  }
}

const unwantedFeatures = [
  'AutofillServerCommunication',
  'DialMediaRouteProvider',
  'HttpsUpgrades',
  'MediaRouter',
  'OptimizationHints',
  'Translate',
  // Saves two renderers for each window: the address bar is not used.
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
];

function argumentsFor(profile: string, { appWindow, debuggingPort, chromiumArguments }: ChromiumOptions): readonly string[] {
  return [
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--test-type',
    // No requests of the browser's own: only those that a session allows.
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-quic',
    '--disable-sync',
    // Electron's windows have none of these dialogs.
    '--disable-back-forward-cache',
    '--disable-breakpad',
    '--disable-client-side-phishing-detection',
    '--disable-infobars',
    '--disable-popup-blocking',
    '--disable-prompt-on-repost',
    '--disable-search-engine-choice-screen',
    '--password-store=basic',
    '--use-mock-keychain',
    // A covered window works like a visible one; the hidden checkout view needs that.
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--force-color-profile=srgb',
    ...(appWindow === undefined ? ['--no-startup-window', '--headless', '--disable-gpu', '--mute-audio'] : [`--app=${appWindow.url}`, `--window-size=${appWindow.width},${appWindow.height}`, '--class=Counter']),
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(debuggingPort === undefined ? [] : [`--remote-debugging-port=${debuggingPort}`]),
    ...mergedFeatures(chromiumArguments),
  ];
}

/** Of several --disable-features Chromium obeys the last one only. */
function mergedFeatures(more: readonly string[]): readonly string[] {
  const option = '--disable-features=';
  const features = more.filter((argument) => argument.startsWith(option)).flatMap((argument) => argument.slice(option.length).split(','));
  return [...more.filter((argument) => !argument.startsWith(option)), `${option}${[...unwantedFeatures, ...features].join(',')}`];
}
