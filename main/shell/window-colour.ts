import { type BrowserWindow, nativeTheme } from 'electron';

/** `--page` and `--surface` of renderer/skin/tokens.css: what a window shows until its page has drawn. No white flash in the dark. */
export const GROUNDS = { till: { light: '#f3f5f8', dark: '#0e1217' }, checkout: { light: '#ffffff', dark: '#191f27' } } as const;

export function groundOf(page: keyof typeof GROUNDS): string {
  return GROUNDS[page][nativeTheme.shouldUseDarkColors ? 'dark' : 'light'];
}

/** Keeps a window's ground in step with the theme, until it is closed. */
export function followTheme(window: BrowserWindow, page: keyof typeof GROUNDS): void {
  const follow = () => window.setBackgroundColor(groundOf(page));
  nativeTheme.on('updated', follow);
  window.on('closed', () => nativeTheme.off('updated', follow));
}
