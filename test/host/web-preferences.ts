import type { WebPreferences } from 'electron';

/**
 * The web preferences of a window
 *
 * - `honoured`: has its effect here.
 * - `ignored`: harmless, and without effect here.
 * - `only on` / `only off`: anything else would weaken the window, so it is refused instead of ignored.
 * - `refused`: the stand-in cannot do it.
 */
type Treatment = 'honoured' | 'ignored' | 'only on' | 'only off' | 'refused';

const treatments: Readonly<Record<keyof WebPreferences, Treatment>> = {
  preload: 'honoured',
  partition: 'honoured',
  session: 'honoured',
  additionalArguments: 'honoured',
  sandbox: 'only on',
  contextIsolation: 'only on',
  webSecurity: 'only on',
  javascript: 'only on',
  nodeIntegration: 'only off',
  nodeIntegrationInSubFrames: 'only off',
  nodeIntegrationInWorker: 'only off',
  webviewTag: 'only off',
  allowRunningInsecureContent: 'only off',
  experimentalFeatures: 'only off',
  enableBlinkFeatures: 'only off',
  navigateOnDragDrop: 'only off',
  enableDeprecatedPaste: 'only off',
  enableWebSQL: 'only off',
  plugins: 'only off',
  offscreen: 'refused',
  transparent: 'refused',
  disableBlinkFeatures: 'refused',
  zoomMode: 'refused',
  accessibleTitle: 'ignored',
  autoplayPolicy: 'ignored',
  backgroundThrottling: 'ignored',
  defaultEncoding: 'ignored',
  defaultFontFamily: 'ignored',
  defaultFontSize: 'ignored',
  defaultMonospaceFontSize: 'ignored',
  devTools: 'ignored',
  disableDialogs: 'ignored',
  disableHtmlFullscreenWindowResize: 'ignored',
  disableWakeLocks: 'ignored',
  enablePreferredSizeMode: 'ignored',
  focusOnNavigation: 'ignored',
  imageAnimationPolicy: 'ignored',
  images: 'ignored',
  minimumFontSize: 'ignored',
  safeDialogs: 'ignored',
  safeDialogsMessage: 'ignored',
  scrollBounce: 'ignored',
  spellcheck: 'ignored',
  textAreasAreResizable: 'ignored',
  v8CacheOptions: 'ignored',
  webgl: 'ignored',
  zoomFactor: 'ignored',
};

export function refuseUnsafePreferences(preferences: WebPreferences): void {
  for (const [name, value] of Object.entries(preferences) as [string, unknown][]) {
    const treatment = Object.hasOwn(treatments, name) ? treatments[name as keyof WebPreferences] : undefined;
    if (treatment === undefined) throw new Error(`webPreferences.${name} is unknown to the Chromium host`);
    if (value === undefined) continue;
    const acceptable = treatment === 'only on' ? value === true : treatment === 'only off' ? isOff(value) : treatment !== 'refused';
    if (!acceptable) {
      throw new Error(`webPreferences.${name}: ${JSON.stringify(value)} is refused by the Chromium host, because it ${reason(treatment)}`);
    }
  }
}

function isOff(value: unknown): boolean {
  return value === false || value === '' || value === null;
}

function reason(treatment: Treatment): string {
  return treatment === 'refused' ? 'cannot do that' : 'makes the window less safe than its default';
}
