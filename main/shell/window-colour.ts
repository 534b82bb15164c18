import { nativeTheme } from 'electron';

/** `--page` and `--surface` of renderer/skin/tokens.css: shown until a page is drawn, so that there is no white flash in the dark theme. */
const GROUNDS = { till: { light: '#f3f5f8', dark: '#0e1217' }, checkout: { light: '#ffffff', dark: '#191f27' } } as const;

export function groundOf(page: keyof typeof GROUNDS): string {
  return GROUNDS[page][nativeTheme.shouldUseDarkColors ? 'dark' : 'light'];
}

/** Keeps the background of a window or a view in step with the theme, until it is closed. */
export function followTheme(target: { setBackgroundColor(color: string): void }, page: keyof typeof GROUNDS, whenGone: (stop: () => void) => void): void {
  const follow = () => target.setBackgroundColor(groundOf(page));
  follow();
  nativeTheme.on('updated', follow);
  whenGone(() => nativeTheme.off('updated', follow));
}
