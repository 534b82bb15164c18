/**
 * The settings of the stand-in. They come by the environment only, so that the app is started with only
 * its own arguments. README.md lists the variables.
 */
export type HostSettings = {
  readonly headed: boolean;
  readonly appPath: string | undefined;
  readonly userData: string | undefined;
  readonly chromium: string | undefined;
  readonly chromiumArguments: readonly string[];
  /** The DevTools address of a Chromium that is lent to the app; without one it starts its own. */
  readonly borrowedChromium: string | undefined;
  /** `app.isPackaged` is true. */
  readonly packaged: boolean;
  /** A port on which a test attaches to the same Chromium; '0' lets Chromium choose one. */
  readonly debuggingPort: string | undefined;
  /** A port on which a test attaches to the windows on the screen. */
  readonly screenPort: string | undefined;
  /** The socket of a driver (driver.ts). */
  readonly controlSocket: string | undefined;
  /** Where `webContents.print` leaves its paper. */
  readonly printFolder: string | undefined;
  /** As a Wayland compositor: the app cannot set a window's position or focus. */
  readonly wayland: boolean;
  /** How long a page waits for the focus that it was given. */
  readonly lateFocusMs: number;
  readonly debug: boolean;
};

const { env } = process;

export const hostSettings: HostSettings = {
  headed: env.COUNTER_HOST_HEADED === '1',
  appPath: env.COUNTER_HOST_APP_PATH,
  userData: env.COUNTER_HOST_USER_DATA,
  chromium: env.COUNTER_HOST_CHROMIUM,
  chromiumArguments: parseArguments(env.COUNTER_HOST_CHROMIUM_ARGS),
  borrowedChromium: env.COUNTER_HOST_BORROWED,
  packaged: env.COUNTER_HOST_PACKAGED === '1',
  debuggingPort: env.COUNTER_HOST_CDP_PORT,
  screenPort: env.COUNTER_HOST_SCREEN_CDP_PORT,
  controlSocket: env.COUNTER_HOST_CONTROL,
  printFolder: env.COUNTER_HOST_PRINT_FOLDER,
  wayland: env.COUNTER_HOST_WAYLAND === '1',
  lateFocusMs: Number(env.COUNTER_HOST_LATE_FOCUS_MS ?? 0),
  debug: env.COUNTER_HOST_DEBUG === '1',
};

function parseArguments(json: string | undefined): readonly string[] {
  const parsed: unknown = JSON.parse(json ?? '[]');
  if (Array.isArray(parsed) && parsed.every((argument) => typeof argument === 'string')) return parsed;
  throw new Error('COUNTER_HOST_CHROMIUM_ARGS must be a JSON array of strings');
}

export function debugLog(...words: readonly unknown[]): void {
  if (hostSettings.debug) console.error(`[host ${Math.round(performance.now())} ms]`, ...words);
}
