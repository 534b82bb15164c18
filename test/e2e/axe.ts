import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const CONTRAST = 'color-contrast';

export type Scope = { readonly include?: string; readonly exclude?: string };

/** The violations of a page by axe, "rule: element". All rules in the light, only those on colour in the dark. */
export async function findViolations(page: Page, { include, exclude }: Scope = {}): Promise<readonly string[]> {
  // By the debugger, which the page's policy does not bind.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(
      ...(await page.evaluate(
        async ([tags, rule, scheme, within, without]) => {
          const { axe: loaded } = window as unknown as { readonly axe: typeof axe };
          // Released keys fade; their final colour is measured.
          const still = new CSSStyleSheet();
          still.replaceSync('* { transition: none !important; }');
          document.adoptedStyleSheets.push(still);
          await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})));
          // What is not painted (till-page/unpainted.ts) axe would not look at.
          const { style } = document.documentElement;
          const { opacity } = style;
          style.opacity = '';
          const { violations } = await loaded.run(
            { include: [within], ...(without === '' ? {} : { exclude: [without] }) },
            { iframes: false, resultTypes: ['violations'], runOnly: scheme === 'light' ? { type: 'tag', values: tags } : { type: 'rule', values: [rule] } },
          );
          style.opacity = opacity;
          document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== still);
          return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id} (${scheme}): ${html.slice(0, 200)} ${any.map(({ message }) => message).join(' ')}`));
        },
        [WCAG, CONTRAST, colorScheme, include ?? 'html', exclude ?? ''] as const,
      )),
    );
  }
  return found;
}
