import type { Page } from 'playwright';
import { expect } from 'vitest';

/*
 * A shown key belongs to its control: the control has it as `aria-keyshortcuts` for screen readers, and its name is
 * without it. C-75
 */
export async function looksForShortcuts(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const ARIA: Readonly<Record<string, string>> = { Esc: 'Escape', Ctrl: 'Control' };
    const asAria = (shown: string) => shown.trim().split(/[ +]/u).map((key) => ARIA[key] ?? key).join('+');
    const controlOf = (hint: Element): Element | null => hint.closest('button') ?? hint.closest('label')?.control ?? null;
    const withoutHidden = (element: Element) => {
      const copy = element.cloneNode(true) as Element;
      for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
      return copy.textContent;
    };
    // The list of all keys is about them.
    const hints = [...document.querySelectorAll('kbd')].filter((hint) => hint.checkVisibility() && hint.closest('dl.keys') === null);
    const wrong = hints.flatMap((hint) => {
      const told = controlOf(hint)?.getAttribute('aria-keyshortcuts') ?? null;
      return told === asAria(hint.textContent) && hint.ariaHidden === 'true' ? [] : [`${hint.textContent} shown, ${String(told)} told`];
    });
    const named = [...document.querySelectorAll<HTMLElement>('button, label, [role="tab"]')].map((control) => control.ariaLabel ?? withoutHidden(control));
    return { wrong, keysInNames: named.filter((name) => /(?:^|[\s(])(?:F\d{1,2}|Esc|Enter|Alt ?\+? ?\d|Ctrl\+\w)(?:$|[\s).,])/u.test(name)) };
  });
  expect.soft(found.wrong, 'keys that are shown').toEqual([]);
  expect.soft(found.keysInNames, 'keys in names').toEqual([]);
}
