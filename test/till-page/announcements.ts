import type { Page } from 'playwright';

/** Records the announcements of live regions from now on. */
export async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const said: string[] = [];
    new MutationObserver((changes) => {
      for (const { addedNodes, target } of changes) {
        const region = target instanceof Element ? target.closest('[aria-live], [role="status"], [role="alert"], [role="log"]') : null;
        if (region !== null) for (const node of addedNodes) said.push(node.textContent ?? '');
      }
    }).observe(document.body, { subtree: true, childList: true });
    Object.assign(window, { heard: said });
  });
}

/** The announcements since `listen`, the oldest first. */
export function heard(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => (window as unknown as { readonly heard: readonly string[] }).heard);
}

/** Elements that a screen reader watches. */
export function liveRegions(page: Page): Promise<readonly string[]> {
  return page.locator('[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"], [role="log"]').evaluateAll((regions) => regions.map((region) => region.id));
}

/** The focused element, by its tag and its name; "body": none. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) return 'body';
    return `${activeElement.localName} ${activeElement.getAttribute('aria-label') ?? activeElement.textContent}`.trim();
  });
}
