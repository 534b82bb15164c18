/**
 * What steers the stand-in. It comes in by the environment only, so that the app under it is started with nothing but
 * its own arguments. README.md lists the variables.
 */
export type HostSettings = {
  readonly headed: boolean;
  readonly appPath: string | undefined;
  readonly userData: string | undefined;
  readonly chromium: string | undefined;
  readonly chromiumArguments: readonly string[];
  /** A port on which a test attaches to the same Chromium; '0' lets Chromium choose one. */
  readonly debuggingPort: string | undefined;
  /** The socket of a driver (driver.ts) that wants to ask and to be told things. */
  readonly controlSocket: string | undefined;
  /** Where `webContents.print` leaves its paper. */
  readonly printFolder: string | undefined;
  readonly debug: boolean;
};

const { env } = process;

export const hostSettings: HostSettings = {
  headed: env.COUNTER_HOST_HEADED === '1',
  appPath: env.COUNTER_HOST_APP_PATH,
  userData: env.COUNTER_HOST_USER_DATA,
  chromium: env.COUNTER_HOST_CHROMIUM,
  chromiumArguments: parseArguments(env.COUNTER_HOST_CHROMIUM_ARGS),
  debuggingPort: env.COUNTER_HOST_CDP_PORT,
  controlSocket: env.COUNTER_HOST_CONTROL,
  printFolder: env.COUNTER_HOST_PRINT_FOLDER,
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
