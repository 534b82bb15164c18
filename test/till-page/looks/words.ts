import type { Page } from 'playwright';
import { expect } from 'vitest';
import type { Language } from '../../../contract/language.ts';
import { cutOff } from '../cut-off.ts';
import type { State } from '../state.ts';
import type { TillPage } from '../till-page.ts';
import { resizeTo } from '../window-size.ts';

/* A screen in every language: no text left in English, no text cut off, even when words are longer. */
/** The size of a page on 1920 × 1080 when the operating system scales everything to 200 %. */
const ENLARGED = { width: 960, height: 540 };
/** The size of a page on 1024 × 688 with the register's text at 200 %. */
const TEXT_ENLARGED = { width: 512, height: 344 };

/** Every visible text, each once; data of the register or of a machine is marked and left out. */
function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isData = (element: Element | null) => element?.closest('[translate="no"], kbd, bdi, .described, .status-bar > strong, .unseen') !== null;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    while (walker.nextNode() !== null) if (!isData(walker.currentNode.parentElement) && (walker.currentNode.parentElement?.checkVisibility() ?? false)) texts.push((walker.currentNode.textContent ?? '').trim());
    for (const element of document.querySelectorAll('[aria-label]')) if (!isData(element) && element.checkVisibility()) texts.push(element.getAttribute('aria-label') ?? '');
    return [...new Set(texts)].filter((text) => /\p{Script=Latin}{2}/u.test(text));
  });
}

/** The pseudo-locale, for a moment: every word a third longer and with signs above and below the line, as in an unknown language. React finds its own texts again where it left them. */
async function cutOffStretched(page: Page): Promise<string[]> {
  const stretched = await page.evaluate(() => {
    const accented: Readonly<Record<string, string>> = { a: 'å', e: 'ê', i: 'ï', o: 'ø', u: 'ü', A: 'Å', E: 'Ê', I: 'Î', O: 'Ø', U: 'Ü', n: 'ñ', c: 'ç', y: 'ÿ' };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const kept: [Text, string][] = [];
    while (walker.nextNode() !== null) kept.push([walker.currentNode as Text, (walker.currentNode as Text).data]);
    for (const [node, text] of kept) {
      if (!/\p{L}{2}/u.test(text) || node.parentElement?.closest('[translate="no"], .presets, kbd, bdi, textarea, .described, .status-bar > strong, .unseen') !== null) continue;
      const words = text.split(' ');
      const longer = text.replaceAll(/[a-zA-Z]/gu, (letter) => accented[letter] ?? letter);
      node.data = `${longer}${words.length > 1 ? ` ${words[0]!.slice(0, 12).padEnd(Math.ceil(text.length / 3), 'ø ŷ')}` : 'øŷ'.repeat(Math.ceil(text.length / 6))}`;
    }
    Object.assign(window, { putBack: () => kept.forEach(([node, text]) => (node.data = text)) });
    return kept.length;
  });
  expect(stretched).toBeGreaterThan(3);
  const cut = await cutOff(page);
  await page.evaluate(() => (window as unknown as { putBack(): void }).putBack());
  return cut;
}

/** Buttons, fields and headings that cannot be scrolled to, or stick out at the sides. */
function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => [
    ...(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []),
    ...[...document.querySelectorAll<HTMLElement>('#root :is(h1, main button, main input, main textarea)')]
      .filter((part) => part.checkVisibility({ visibilityProperty: true }) && part.getClientRects().length > 0)
      .flatMap((part) => {
        part.scrollIntoView({ block: 'center', behavior: 'instant' });
        const { left, right, top, bottom } = part.getBoundingClientRect();
        return left >= 0 && right <= innerWidth + 1 && bottom > 0 && top < innerHeight ? [] : [`${part.innerText}: ${left}–${right}, ${top}–${bottom}`];
      }),
  ]);
}

/** Words that are the same in another language, too, and names. */
const SAME = /^(?:Counter|JustiFi|Esc|F\d+|Ctrl\+L|TRAINING.*|test|Mode|Messages|action|Descriptions?|version: [\d.]+|80 mm|Total.*|Sections|Manager|Diagnostic|English|Español|Français|Anna)$/u;
/** Machine texts: "acc_shop", "(not_authorized)", "audit.db", "ENOTFOUND". */
const CODE = /^\(?(?:\w+[_.][\w.]+|E[A-Z]+)\)?$/u;

async function speak(page: Page, push: (language: Language) => Promise<void>, language: Language): Promise<void> {
  await push(language);
  await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe(language);
}

/** No text cut off or left in English, even with longer words and with larger text. The page comes on the smallest screen, and in English. */
export async function looksForWords({ page, push }: TillPage, { snapshot }: State): Promise<void> {
  const pushIn = (language: Language, textSize = snapshot.textSize) => push({ ...snapshot, textSize, appearance: { ...snapshot.appearance, language } });
  expect.soft(await cutOffStretched(page), 'a third longer').toEqual([]);
  const english = await textsOf(page);
  const leftInEnglish = async () => (await textsOf(page)).filter((text) => english.includes(text) && !SAME.test(text) && !CODE.test(text));
  for (const language of ['es', 'fr'] as const) {
    await speak(page, pushIn, language);
    // The words of the screens beside the sale come a moment later.
    await expect.poll(leftInEnglish, { message: `left in English, ${language}`, timeout: 5_000 }).toEqual([]);
    expect.soft(await cutOff(page), language).toEqual([]);
  }
  await resizeTo(page, ENLARGED);
  expect.soft(await cutOff(page), 'fr at 200 %').toEqual([]);
  await pushIn('en', 200);
  await resizeTo(page, TEXT_ENLARGED);
  await expect.poll(() => page.evaluate(() => document.documentElement.style.getPropertyValue('--zoom'))).toBe('2');
  expect.soft(await outOfReach(page), 'text at 200 %').toEqual([]);
}
