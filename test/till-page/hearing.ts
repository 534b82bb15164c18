import type { Page } from 'playwright';

/** What a screen reader is told by live regions from here on. */
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

/** What was said since `listen`, the oldest first. */
export function heard(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => (window as unknown as { readonly heard: readonly string[] }).heard);
}

/** Elements that a screen reader watches. */
export function liveRegions(page: Page): Promise<readonly string[]> {
  return page.locator('[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"], [role="log"]').evaluateAll((regions) => regions.map((region) => region.id));
}

/** What has the focus, by its tag and its name; "body": nothing has. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) return 'body';
    return `${activeElement.localName} ${activeElement.getAttribute('aria-label') ?? activeElement.textContent}`.trim();
  });
}
