import type { Locator, Page } from 'playwright';

/** By the page's own clock, from the end of the press until an element like `shown` is there: Playwright looks too seldom to tell. In milliseconds. */
export async function pressTime(till: Page, pressed: Locator, shown: string): Promise<number> {
  const took = till.evaluate(
    (selector) =>
      new Promise<number>((resolve) => {
        let began: number | null = null;
        const look = () => {
          if (began === null || document.querySelector(selector) === null) return;
          observer.disconnect();
          resolve(performance.now() - began);
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { childList: true, subtree: true, attributes: true });
        addEventListener('pointerup', ({ timeStamp }) => (began = timeStamp), { capture: true, once: true });
      }),
    shown,
  );
  await pressed.click();
  return took;
}

/** When PAID is on the screen, in milliseconds since 1970. To be asked before it is. */
export function paidAt(till: Page): Promise<number> {
  return till.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => document.querySelector('.result-paid') !== null && (resolve(Date.now()), observer.disconnect());
        const observer = new MutationObserver(look);
        observer.observe(document.body, { childList: true, subtree: true });
      }),
  );
}
