import type { Page } from 'playwright';

/** A name in Hebrew: on the screens it stands for every text that people or JustiFi wrote. */
export const HEBREW = { cashier: 'דנה', donut: 'סופגנייה 12', repair: 'תיקון', deposit: 'מקדמה' } as const;

/** Finds places where such a text reorders the text around it: neither in a `<bdi>` nor between U+2068 and U+2069 (C-52). */
export function notIsolated(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const turns = (text: string) => /\p{Script=Hebrew}/u.test(text.replaceAll(/\u2068[^\u2068\u2069]*\u2069/gu, ''));
    const texts = [...document.querySelectorAll('body, body *')].flatMap((element) => {
      const attributes = ['aria-label', 'title', 'placeholder', 'alt'].flatMap((name) => element.getAttribute(name) ?? []);
      const isApart = element.closest('bdi, textarea, script, style') !== null;
      const own = isApart ? [] : [...element.childNodes].flatMap((node) => (node instanceof Text ? node.data : []));
      return [...attributes, ...own].filter(turns).map((text) => `${element.localName}.${element.className}: ${text}`);
    });
    return [...(turns(document.title) ? [document.title] : []), ...texts];
  });
}
