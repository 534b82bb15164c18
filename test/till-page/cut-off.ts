import type { Page } from 'playwright';

/** Texts that do not fit into where they stand, or stick out of the window. */
export function cutOff(till: Page): Promise<string[]> {
  return till.evaluate(() => {
    const scrolls = (element: Element | null): boolean => element !== null && (/auto|scroll/u.test(getComputedStyle(element).overflow + getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const isMeantToBeCut = (element: Element) => getComputedStyle(element).textOverflow === 'ellipsis' && element.closest('.presets, .status-bar > strong') !== null;
    return [...document.querySelectorAll('body *')].flatMap((element) => {
      const hasText = [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
      // Heard, not seen.
      if (!hasText || !element.checkVisibility() || isMeantToBeCut(element) || element.closest('.unseen') !== null) return [];
      const range = document.createRange();
      range.selectNodeContents(element);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      const { overflow } = getComputedStyle(element);
      const clipped = overflow !== 'visible' && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) && !scrolls(element);
      const outside = !scrolls(element.parentElement) && (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1);
      // A button or a cell that its own words have grown out of.
      const box = element.closest('button, [role="tab"], .mode, .key')?.getBoundingClientRect();
      const grown = box !== undefined && (left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1);
      return clipped || outside || grown ? [`${clipped ? 'clipped' : outside ? 'outside' : 'grown out'}: ${element.textContent.trim().slice(0, 60)}`] : [];
    });
  });
}

/** What has to be scrolled to, or runs over its edge. A manager's section may be scrolled. */
export function runsOver(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isOver = (element: Element) => (element.scrollHeight > element.clientHeight + 1 && !element.matches('.amount')) || element.scrollWidth > element.clientWidth + 1;
    return [document.documentElement, ...document.querySelectorAll('main, header, section, button, .amount')]
      .filter((element) => element.clientHeight > 0 && element.closest('.manager, .manager-door') === null && isOver(element))
      .map((element) => element.outerHTML.slice(0, 100));
  });
}
