import type { Page } from 'playwright';

/** Texts that do not fit into their element, or stick out of the window. */
export function cutOff(till: Page): Promise<string[]> {
  return till.evaluate(() => {
    const scrolls = (element: Element | null): boolean => element !== null && (/auto|scroll/u.test(getComputedStyle(element).overflow + getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const isMeantToBeCut = (element: Element) => element.closest('.presets, .status-bar > strong') !== null && getComputedStyle(element).textOverflow === 'ellipsis';
    return [...document.querySelectorAll('body *')].flatMap((element) => {
      const hasText = [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
      // For screen readers only.
      if (!hasText || !element.checkVisibility() || isMeantToBeCut(element) || element.closest('.unseen') !== null) return [];
      const range = document.createRange();
      range.selectNodeContents(element);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      const { overflow } = getComputedStyle(element);
      const clipped = overflow !== 'visible' && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) && !scrolls(element);
      const outside = (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1) && !scrolls(element.parentElement);
      // A button or a cell that its own words have grown out of.
      const box = element.closest('button, [role="tab"], .mode, .key')?.getBoundingClientRect();
      const grown = box !== undefined && (left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1);
      return clipped || outside || grown ? [`${clipped ? 'clipped' : outside ? 'outside' : 'grown out'}: ${element.textContent.trim().slice(0, 60)}`] : [];
    });
  });
}

/** Elements outside the visible area, or over their edge. A manager's section may be scrolled. */
export function runsOver(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isOver = (element: Element) => (element.scrollHeight > element.clientHeight + 1 && !element.matches('.amount')) || element.scrollWidth > element.clientWidth + 1;
    return [document.documentElement, ...document.querySelectorAll('main, header, section, button, .amount')]
      .filter((element) => element.clientHeight > 0 && element.closest('.manager, .manager-door') === null && isOver(element))
      .map((element) => element.outerHTML.slice(0, 100));
  });
}

/** Texts that overlap. Elements that float over the page on purpose are left out. */
export function overlapping(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const floats = (element: Element | null): boolean => element !== null && (/fixed|sticky/u.test(getComputedStyle(element).position) || element.matches('[role="dialog"], [role="listbox"], .unseen') || floats(element.parentElement));
    /** The part of it that no ancestor clips or has scrolled away. */
    const seen = (element: Element | null, { left, top, right, bottom }: Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>): Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'> => {
      if (element === null) return { left, top, right, bottom };
      if (getComputedStyle(element).overflow === 'visible') return seen(element.parentElement, { left, top, right, bottom });
      const clip = element.getBoundingClientRect();
      return seen(element.parentElement, { left: Math.max(left, clip.left), top: Math.max(top, clip.top), right: Math.min(right, clip.right), bottom: Math.min(bottom, clip.bottom) });
    };
    const texts = [...document.querySelectorAll('body *')].flatMap((element) => {
      const nodes = [...element.childNodes].filter((node) => node instanceof Text && node.data.trim() !== '');
      if (nodes.length === 0 || !element.checkVisibility({ visibilityProperty: true }) || floats(element) || getComputedStyle(element).clipPath !== 'none') return [];
      return nodes.flatMap((node) => {
        const range = document.createRange();
        range.selectNode(node);
        return [...range.getClientRects()].map((box) => ({ element, text: (node as Text).data.trim().slice(0, 40), box: seen(element, box) }));
      });
    });
    /* Lines of letters may touch a little; a text crossed by another cannot be read. */
    type Box = ReturnType<typeof seen>;
    const height = ({ top, bottom }: Box) => Math.max(0, bottom - top);
    const isOver = (one: Box, other: Box) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > Math.max(2, 0.3 * Math.min(height(one), height(other)));
    return texts.flatMap((one, place) => texts.slice(place + 1).filter((other) => other.element !== one.element && isOver(one.box, other.box)).map((other) => `${one.text} | ${other.text}`));
  });
}
