import type { Page } from 'playwright';
import type { Language } from '../../contract/language.ts';
import { expect, test } from './connected-till.ts';
import type { TillApp } from './till-app.ts';
import { cutOff, speak, walkScreens } from './walk.ts';

/* Every screen in every language: nothing that was left in English, nothing that is cut off, also when words are longer than ours. */
test.setTimeout(120_000);

const SMALLEST_SCREEN = { width: 1024, height: 768 };

/** Everything that can be read, each text once; what is data of the register or of a machine is marked and left out. */
function textsOf(till: Page): Promise<string[]> {
  return till.evaluate(() => {
    const isData = (element: Element | null) => element?.closest('[translate="no"], kbd, .described, .status-bar > strong, .unseen') !== null;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    while (walker.nextNode() !== null) if (!isData(walker.currentNode.parentElement) && (walker.currentNode.parentElement?.checkVisibility() ?? false)) texts.push((walker.currentNode.textContent ?? '').trim());
    for (const element of document.querySelectorAll('[aria-label]')) if (!isData(element) && element.checkVisibility()) texts.push(element.getAttribute('aria-label') ?? '');
    return [...new Set(texts)].filter((text) => /\p{L}{2}/u.test(text));
  });
}

/** The pseudo-locale: every word a third longer and with signs above and below the line, as in an unknown language. */
async function stretch(till: Page): Promise<void> {
  await till.evaluate(() => {
    const accented: Readonly<Record<string, string>> = { a: 'å', e: 'ê', i: 'ï', o: 'ø', u: 'ü', A: 'Å', E: 'Ê', I: 'Î', O: 'Ø', U: 'Ü', n: 'ñ', c: 'ç', y: 'ÿ' };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const nodes: Text[] = [];
    while (walker.nextNode() !== null) nodes.push(walker.currentNode as Text);
    for (const node of nodes) {
      const text = node.data;
      if (!/\p{L}{2}/u.test(text) || node.parentElement?.closest('[translate="no"], .presets, kbd, textarea, .status-bar > strong, .unseen') !== null) continue;
      const words = text.split(' ');
      const longer = text.replaceAll(/[a-zA-Z]/gu, (letter) => accented[letter] ?? letter);
      node.data = `${longer}${words.length > 1 ? ` ${words[0]!.slice(0, 12).padEnd(Math.ceil(text.length / 3), 'ø ŷ')}` : 'øŷ'.repeat(Math.ceil(text.length / 6))}`;
    }
  });
}

/** Stretched for a moment: React must find its own texts where it left them. */
async function cutOffStretched(till: Page): Promise<string[]> {
  const texts = await till.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const kept: [Text, string][] = [];
    while (walker.nextNode() !== null) kept.push([walker.currentNode as Text, (walker.currentNode as Text).data]);
    Object.assign(window, { putBack: () => kept.forEach(([node, text]) => (node.data = text)) });
    return kept.length;
  });
  expect(texts).toBeGreaterThan(5);
  await stretch(till);
  const cut = await cutOff(till);
  await till.evaluate(() => (window as unknown as { putBack(): void }).putBack());
  return cut;
}

const SAME = /^(?:Counter|JustiFi|Esc|F\d+|Ctrl\+L|TRAINING.*|Mode|action|Descriptions?|version: [\d.]+|Total.*|Sections|Manager|Diagnostic|English|Español|Français)$/u;

/** Every screen is seen in this language, and at once in English as well: a text that does not change was left in English. */
async function walkIn(language: Exclude<Language, 'en'>, app: TillApp, lookAt: (name: string, till: Page) => Promise<string[]>): Promise<void> {
  const { till } = app;
  const cut: string[] = [];
  const left: string[] = [];
  let screens = 0;
  const note = (where: string, found: readonly string[]) => void cut.push(...found.map((what) => `${where}: ${what}`));
  await till.setViewportSize(SMALLEST_SCREEN);
  await speak(till, language);
  await walkScreens(app, async (name) => {
    screens += 1;
    const texts = await textsOf(till);
    note(`${language}, ${name}`, await cutOff(till));
    await speak(till, 'en');
    const english = await textsOf(till);
    note(`en, ${name}`, await cutOff(till));
    note(name, await lookAt(name, till));
    await speak(till, language);
    left.push(...texts.filter((text) => english.includes(text) && !SAME.test(text)).map((text) => `${name}: ${text}`));
  });
  expect(screens).toBeGreaterThan(15);
  expect(cut).toEqual([]);
  expect(left).toEqual([]);
}

test('every screen speaks Spanish when that was chosen; nothing is cut off, also not with words a third longer than English', async ({ app }) => {
  await walkIn('es', app, (_name, till) => cutOffStretched(till));
});

test('every screen speaks French when that was chosen; nothing is cut off, also on a screen that the operating system enlarges to 200 %', async ({ app }) => {
  await walkIn('fr', app, async (_name, till) => {
    await speak(till, 'fr');
    // 1920 × 1080 at 200 %: the page has half of each.
    await till.setViewportSize({ width: 960, height: 540 });
    const cut = await cutOff(till);
    await till.setViewportSize(SMALLEST_SCREEN);
    return cut;
  });
});

test('C-76: the language of the first screen is the register’s from then on', async ({ openTill }) => {
  const app = await openTill({ till: 'first-run' });
  await app.till.getByRole('button', { name: 'Français' }).click();
  await expect(app.till.locator('html')).toHaveAttribute('lang', 'fr');
  await app.till.locator('.first-run-way').first().click();
  await app.till.getByRole('button', { name: '7', exact: true }).waitFor();
  await expect(app.till.locator('html')).toHaveAttribute('lang', 'fr');
  await expect.poll(async () => JSON.stringify(await app.till.evaluate(() => (window as unknown as { till: { snapshot(): Promise<unknown> } }).till.snapshot()))).toContain('"language":"fr"');
  await app.counter.close();
  const again = await openTill();
  await expect(again.till.locator('html')).toHaveAttribute('lang', 'fr');
});
