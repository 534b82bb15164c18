import type { Browser, Page } from 'playwright';
import { openState } from '../open-state.ts';
import type { State } from '../state.ts';
import { fitsOnSmallScreens, inHebrew, looksForAccess } from './accessibility.ts';
import { walksByTab } from './keyboard.ts';
import { USUAL_SCREEN } from './screen-size.ts';
import { looksForShortcuts } from './shortcuts.ts';
import { looksForWords } from './words.ts';

/**
 * All looks on one page, one after the other. The sizes go from large to small, and the languages come last, because each change draws the whole page. What
 * of people is in Hebrew.
 */
export async function everyLook(browser: Browser, state: State, look: (till: Awaited<ReturnType<typeof openState>>) => Promise<void> = async () => {}): Promise<void> {
  const hebrew = inHebrew(state);
  const till = await openState(browser, hebrew, { viewport: USUAL_SCREEN, appearance: { language: 'en' } });
  try {
    await looksForAccess(till.page);
    await look(till);
    // From here on only positions and texts are read; painting after each key and each size would take a tenth of the time.
    await paint(till.page, false);
    await looksForShortcuts(till.page);
    await walksByTab(till.page);
    await fitsOnSmallScreens(till.page, hebrew);
    await looksForWords(till, hebrew);
  } finally {
    await paint(till.page, true);
    await till.close();
  }
}

/** A page that has crashed or hangs is not used again. */
async function paint(page: Page, isPainted: boolean): Promise<void> {
  const opacity = isPainted ? '' : '0';
  await page.evaluate((given) => void (document.documentElement.style.opacity = given), opacity).catch(() => undefined);
}
