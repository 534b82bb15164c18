import type { Page } from 'playwright';
import type { TillApp } from './till-app.ts';

/** The till and the checkout page of one sale, both as they stand on the screen. */
export async function bothPages(app: TillApp): Promise<readonly [till: Page, checkout: Page]> {
  await app.enter('1799', 'One donut');
  await app.charge();
  return [app.till, (await app.form()).page];
}

/** The details of every line of this kind. */
export function logged(app: TillApp, what: string): string[] {
  const lines = app.log().split('\n').map((line) => line.split(' '));
  return lines.filter((words) => words[2] === what).map((words) => words.slice(3).join(' '));
}

/** Puts an element into the page, as a script that should not be there would, and uses it. */
export async function insert(page: Page, name: string, attributes: Readonly<Record<string, string>>, use?: 'click' | 'submit'): Promise<void> {
  await page.evaluate(
    ([tag, values, action]) => {
      const element = document.createElement(tag);
      for (const [key, value] of Object.entries(values)) element.setAttribute(key, value);
      document.body.append(element);
      if (action !== undefined) (element as HTMLElement & { submit(): void })[action]();
    },
    [name, attributes, use] as const,
  );
}
