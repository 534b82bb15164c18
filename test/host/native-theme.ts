import type { NativeTheme as ElectronNativeTheme } from 'electron';
import { refusingEmitter } from './not-in-host.ts';

type ThemeSource = ElectronNativeTheme['themeSource'];

/** The desktop's theme: light, unless the app chooses. */
class NativeTheme extends refusingEmitter('nativeTheme') {
  readonly shouldUseHighContrastColors: boolean = false;
  readonly shouldUseInvertedColorScheme: boolean = false;
  readonly prefersReducedTransparency: boolean = false;
  readonly inForcedColorsMode: boolean = false;
  #source: ThemeSource = 'system';

  get themeSource(): ThemeSource {
    return this.#source;
  }

  set themeSource(source: ThemeSource) {
    if (source === this.#source) return;
    this.#source = source;
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}

export const nativeTheme = new NativeTheme();

/** For `prefers-color-scheme`; empty where pages keep Chromium's own. */
export function colorScheme(): string {
  return nativeTheme.themeSource === 'system' ? '' : nativeTheme.themeSource;
}
