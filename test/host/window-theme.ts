import { BaseWindow } from './base-window.ts';
import { nativeTheme } from './native-theme.ts';

/* The pages of all windows follow the theme. */

nativeTheme.on('updated', () => {
  const { themeSource } = nativeTheme;
  for (const { pages } of BaseWindow.getAllWindows()) {
    for (const { contents } of pages) contents.host.withPage((page) => page.setColorScheme(themeSource === 'system' ? '' : themeSource));
  }
});
