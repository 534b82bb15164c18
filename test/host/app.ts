import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CustomScheme } from 'electron';
import { readAppManifest } from './app-manifest.ts';
import { chromium } from './chromium.ts';
import { debugLog, hostSettings } from './host-settings.ts';
import { notInHost, refusingEmitter, refusingOthers } from './not-in-host.ts';
import { preventableEvent } from './preventable-event.ts';
import { recordEffect } from './recorded-effects.ts';
import { SingleInstanceLock } from './single-instance-lock.ts';
import { windowList } from './window-list.ts';

const manifest = readAppManifest();

function appDataFolder(): string {
  if (process.platform === 'win32') return process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
}

function switchesOf(args: readonly string[]): [name: string, value: string][] {
  return args.flatMap((argument) => {
    const { name, value = '' } = /^--(?<name>[^=]+)(?:=(?<value>.*))?$/u.exec(argument)?.groups ?? {};
    return name === undefined ? [] : [[name.toLowerCase(), value]];
  });
}

/** Electron's `app`: the lifecycle of the process, and its paths. */
class App extends refusingEmitter('app') {
  readonly isPackaged: boolean = hostSettings.packaged;
  name: string = manifest.name;
  applicationMenu: null = null;
  accessibilitySupportEnabled: boolean = false;
  readonly #switches = new Map<string, string>(switchesOf(process.argv.slice(1)));
  readonly #paths = new Map<string, string>();
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  #quitting = false;
  #lock: SingleInstanceLock | undefined;

  readonly commandLine = refusingOthers('app.commandLine', {
    // Chromium is already running: switches added here have no effect.
    appendSwitch: (name: string, value = ''): void => void this.#switches.set(name.toLowerCase(), value),
    appendArgument: (_argument: string): void => undefined,
    hasSwitch: (name: string): boolean => this.#switches.has(name.toLowerCase()),
    getSwitchValue: (name: string): string => this.#switches.get(name.toLowerCase()) ?? '',
    removeSwitch: (name: string): void => void this.#switches.delete(name.toLowerCase()),
  });

  constructor() {
    super();
    windowList.onLastClosed(() => this.#lastWindowClosed());
    process.on('SIGTERM', () => this.quit());
    process.on('SIGINT', () => this.quit());
    void chromium.ended.then(() => this.#chromiumEnded());
    // Not before the app's entry has run, which may still make calls that must come before 'ready'.
    setImmediate(() => void chromium.ready.then(() => this.#becomeReady()));
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getVersion(): string {
    return manifest.version;
  }

  getAppPath(): string {
    return manifest.folder;
  }

  getPath(name: string): string {
    const path = this.#paths.get(name) ?? this.#defaultPath(name);
    if (name === 'userData' || name === 'logs') mkdirSync(path, { recursive: true });
    return path;
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  setAppLogsPath(path?: string): void {
    if (path !== undefined) this.setPath('logs', path);
  }

  getLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale;
  }

  getSystemLocale(): string {
    return this.getLocale();
  }

  getLocaleCountryCode(): string {
    return new Intl.Locale(this.getLocale()).region ?? '';
  }

  /** This desktop has a program for mail, and none for anything else. */
  getApplicationNameForProtocol(url: string): string {
    return url.startsWith('mailto:') ? 'Mail' : '';
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()];
  }

  requestSingleInstanceLock(additionalData?: object): boolean {
    this.#lock ??= new SingleInstanceLock(this.getPath('userData'), ({ argv, workingDirectory, additionalData: data }) => {
      this.emit('second-instance', preventableEvent({}), argv, workingDirectory, data);
    });
    return this.#lock.acquire(additionalData ?? null);
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock?.held ?? false;
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.release();
  }

  /** As Electron: 'before-quit', every window closed, 'will-quit'; each of them can be prevented. */
  quit(): void {
    if (this.#quitting) return;
    if (!this.#announce('before-quit')) return;
    this.#quitting = true;
    for (const window of windowList.all()) window.close();
    // A window closes at the end of this turn unless it was told not to.
    setImmediate(() => setImmediate(() => this.#finishQuit()));
  }

  /** Without asking the windows. */
  exit(code = 0): void {
    for (const window of windowList.all()) window.destroy();
    void this.#leave(code);
  }

  /** Electron would start the app again after this process; a test does that itself. */
  relaunch(): void {
    recordEffect('app.relaunch', null);
  }

  focus(): void {}

  getAppMetrics(): [] {
    return [];
  }

  setLoginItemSettings(settings: object): void {
    recordEffect('app.setLoginItemSettings', settings);
  }

  setAsDefaultProtocolClient(): boolean {
    return false;
  }

  isDefaultProtocolClient(): boolean {
    return false;
  }

  // The sandbox is Chromium's own default; the rest is for desktops that show an app's name or use a GPU.
  enableSandbox(): void {
    if (this.commandLine.hasSwitch('no-sandbox')) throw notInHost('app.enableSandbox with --no-sandbox, after which Chromium would die');
  }
  disableHardwareAcceleration(): void {}
  setAppUserModelId(id: string): void {
    recordEffect('app.setAppUserModelId', id);
  }
  setDesktopName(_name: string): void {}
  setAboutPanelOptions(_options: object): void {}

  #defaultPath(name: string): string {
    switch (name) {
      case 'home':
        return homedir();
      case 'appData':
        return appDataFolder();
      case 'userData':
      case 'sessionData':
        return this.commandLine.getSwitchValue('user-data-dir') || (hostSettings.userData ?? join(appDataFolder(), this.name));
      case 'temp':
        return tmpdir();
      case 'exe':
        return process.execPath;
      case 'logs':
        return join(this.getPath('userData'), 'logs');
      case 'crashDumps':
        return join(this.getPath('userData'), 'Crashpad');
      case 'desktop':
      case 'documents':
      case 'downloads':
        return join(homedir(), name.charAt(0).toUpperCase() + name.slice(1));
      default:
        throw notInHost(`app.getPath('${name}')`);
    }
  }

  #becomeReady(): void {
    this.#isReady = true;
    debugLog('ready');
    this.#ready.resolve();
    this.emit('ready', preventableEvent({}), {});
  }

  #announce(name: 'before-quit' | 'will-quit'): boolean {
    const event = preventableEvent({});
    this.emit(name, event);
    return !event.defaultPrevented;
  }

  #finishQuit(): void {
    if (windowList.all().length > 0 || !this.#announce('will-quit')) this.#quitting = false;
    else void this.#leave(0);
  }

  async #leave(code: number): Promise<void> {
    this.#quitting = true;
    await this.#lock?.told;
    this.emit('quit', preventableEvent({}), code);
    process.exit(code);
  }

  #lastWindowClosed(): void {
    if (this.#quitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  /** In Electron they are one process, so neither outlives the other. */
  #chromiumEnded(): void {
    if (this.#quitting) return;
    console.error(`Chromium has ended, and the app ends with it. It said:\n${chromium.lastWords()}`);
    process.exit(1);
  }
}

export const app = new App();

/** `protocol.registerSchemesAsPrivileged`: every scheme is served as https here, so there is nothing to note. */
export function registerPrivilegedSchemes(_schemes: readonly CustomScheme[]): void {
  if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
}
