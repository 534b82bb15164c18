import type { Browser } from 'playwright';
import { openState } from '../open-state.ts';
import type { State } from '../state.ts';
import { fitsOnSmallScreens, inHebrew, looksForAccess } from './accessibility.ts';
import { passFirstMoment, walksByTab } from './keyboard.ts';
import { USUAL_SCREEN } from './screen-size.ts';
import { looksForShortcuts } from './shortcuts.ts';
import { looksForWords } from './words.ts';

/**
 * All looks on one page, one after the other. The sizes go from large to small, and the languages come last, because each change draws the whole page. What
 * of people is in Hebrew.
 */
export async function everyLook(browser: Browser, state: State): Promise<void> {
  const hebrew = inHebrew(state);
  const till = await openState(browser, hebrew, { viewport: USUAL_SCREEN, appearance: { language: 'en' }, isPainted: false });
  try {
    await Promise.all([passFirstMoment(till.page), looksForAccess(till.page)]);
    await looksForShortcuts(till.page);
    await walksByTab(till.page);
    await fitsOnSmallScreens(till.page, hebrew);
    await looksForWords(till, hebrew);
  } finally {
    await till.close();
  }
}
