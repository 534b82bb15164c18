import type { Page } from 'playwright';
import { LANGUAGES, type Language } from '../../contract/look.ts';
import { expect, test } from './till.ts';
import { cutOff, speak, walkScreens } from './walk.ts';

/* Every screen in every language: nothing that was left in English, nothing that is cut off, also when words are longer than ours. */
test.setTimeout(120_000);

const SMALLEST_SCREEN = { width: 1024, height: 768 };

/** Everything that can be read, each text once; what is data of the register or of a machine is marked and left out. */
function textsOf(till: Page): Promise<string[]> {
  return till.evaluate(() => {
    const isData = (element: Element | null) => element?.closest('[translate="no"], kbd, .described, .status-bar > strong') !== null;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    while (walker.nextNode() !== null) if (!isData(walker.currentNode.parentElement) && (walker.currentNode.parentElement?.checkVisibility() ?? false)) texts.push((walker.currentNode.textContent ?? '').trim());
    for (const element of document.querySelectorAll('[aria-label]')) if (!isData(element)) texts.push(element.getAttribute('aria-label') ?? '');
    return [...new Set(texts)].filter((text) => /\p{L}{2}/u.test(text));
  });
}

/** The pseudo-locale: every word a third longer and with signs above and below the line, as a language nobody has met yet. */
async function stretch(till: Page): Promise<void> {
  await till.evaluate(() => {
    const accented: Readonly<Record<string, string>> = { a: 'å', e: 'ê', i: 'ï', o: 'ø', u: 'ü', A: 'Å', E: 'Ê', I: 'Î', O: 'Ø', U: 'Ü', n: 'ñ', c: 'ç', y: 'ÿ' };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const nodes: Text[] = [];
    while (walker.nextNode() !== null) nodes.push(walker.currentNode as Text);
    for (const node of nodes) {
      const text = node.data;
      if (!/\p{L}{2}/u.test(text) || node.parentElement?.closest('[translate="no"], .presets, kbd, textarea, .status-bar > strong') !== null) continue;
      const words = text.split(' ');
      const longer = text.replaceAll(/[a-zA-Z]/gu, (letter) => accented[letter] ?? letter);
      node.data = `${longer}${words.length > 1 ? ` ${words[0]!.slice(0, 12).padEnd(Math.ceil(text.length / 3), 'ø ŷ')}` : 'øŷ'.repeat(Math.ceil(text.length / 6))}`;
    }
  });
}

test('every screen speaks the language that was chosen, and nothing is cut off', async ({ app }) => {
  const { till } = app;
  await till.setViewportSize(SMALLEST_SCREEN);
  const seen = new Map<Language, Map<string, string[]>>();
  const cut: string[] = [];
  for (const language of LANGUAGES) {
    await speak(till, language);
    const screens = new Map<string, string[]>();
    seen.set(language, screens);
    await walkScreens(app, async (name) => {
      screens.set(name, await textsOf(till));
      cut.push(...(await cutOff(till)).map((what) => `${language}, ${name}: ${what}`));
    });
  }
  expect(cut).toEqual([]);
  const english = seen.get('en')!;
  expect(english.size).toBeGreaterThan(15);
  const SAME = /^(?:Counter|JustiFi|Esc|F\d+|Ctrl\+L|TRAINING.*|Mode|action|Descriptions?|version: [\d.]+|Total.*|Sections|Manager|Diagnostic|English|Español|Français)$/u;
  const left = (['es', 'fr'] as const).flatMap((language) =>
    [...seen.get(language)!].flatMap(([name, texts]) => texts.filter((text) => english.get(name)?.includes(text) === true && !SAME.test(text)).map((text) => `${language}, ${name}: ${text}`)),
  );
  expect(left).toEqual([]);
});

test('on a screen that the operating system enlarges to 200 %, everything is still there', async ({ app }) => {
  const { till } = app;
  // 1920 × 1080 at 200 %: the page has half of each.
  await till.setViewportSize({ width: 960, height: 540 });
  await speak(till, 'fr');
  const cut: string[] = [];
  await walkScreens(app, async (name) => void cut.push(...(await cutOff(till)).map((what) => `${name}: ${what}`)));
  expect(cut).toEqual([]);
});

test('words a third longer than English still fit on every screen', async ({ app }) => {
  const { till } = app;
  await till.setViewportSize(SMALLEST_SCREEN);
  await speak(till, 'en');
  const cut: string[] = [];
  await walkScreens(app, async (name) => {
    // A copy is stretched, and put back: React must find its own texts where it left them.
    const texts = await till.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const kept: [Text, string][] = [];
      while (walker.nextNode() !== null) kept.push([walker.currentNode as Text, (walker.currentNode as Text).data]);
      Object.assign(window, { putBack: () => kept.forEach(([node, text]) => (node.data = text)) });
      return kept.length;
    });
    expect(texts).toBeGreaterThan(5);
    await stretch(till);
    cut.push(...(await cutOff(till)).map((what) => `${name}: ${what}`));
    await till.evaluate(() => (window as unknown as { putBack(): void }).putBack());
  });
  expect(cut).toEqual([]);
});
