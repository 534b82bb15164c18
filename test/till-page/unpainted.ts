import type { Page } from 'playwright';

/** What is looked at here are positions and texts only: nothing is painted meanwhile, which after each key and each size would take a tenth of the time. */
export async function unpainted(page: Page, look: () => Promise<void>): Promise<void> {
  await paint(page, false);
  try {
    await look();
  } finally {
    await paint(page, true);
  }
}

/** A page that has crashed or hangs is not used again. */
export async function paint(page: Page, isPainted: boolean): Promise<void> {
  const opacity = isPainted ? '' : '0';
  await page.evaluate((given) => void (document.documentElement.style.opacity = given), opacity).catch(() => undefined);
}
