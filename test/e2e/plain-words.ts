import { type Page, expect } from 'playwright/test';

/** Technical texts that must not reach a screen. */
const MACHINE_WORDS = /undefined|\bnull\b|NaN|\bfetch|token|\[object|Error:|Infinity/iu;

/** Records every text that the page shows from now on, in every state. */
export async function watchWords(page: Page): Promise<{ expectPlain(): Promise<void> }> {
  await page.evaluate((pattern) => {
    const machineWords = new RegExp(pattern, 'iu');
    const seen: string[] = [];
    function read(): void {
      const labels = [...document.querySelectorAll('[aria-label], [placeholder], [title]')].flatMap((element) =>
        ['aria-label', 'placeholder', 'title'].map((name) => element.getAttribute(name) ?? ''),
      );
      seen.push(...[...document.body.innerText.split('\n'), ...labels].filter((line) => machineWords.test(line)));
    }
    new MutationObserver(read).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    read();
    Object.assign(window, { machineWordsSeen: seen });
  }, MACHINE_WORDS.source);
  return {
    async expectPlain() {
      expect(await page.evaluate(() => (window as unknown as { machineWordsSeen: readonly string[] }).machineWordsSeen)).toEqual([]);
    },
  };
}
