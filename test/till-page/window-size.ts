import type { Page } from 'playwright';

type Size = { readonly width: number; readonly height: number };

/** Changes the window's size, until the page has followed: media queries call their listeners in the next frame, later than styles and boxes have changed. */
export async function resizeTo(page: Page, size: Size): Promise<void> {
  await page.setViewportSize(size);
  await page.evaluate(() => new Promise<void>((resolve) => void requestAnimationFrame(() => resolve())));
}
