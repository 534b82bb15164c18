import { type Page, expect } from 'playwright/test';
import { typeByHand } from './keys.ts';

/* A till without a mouse, used with Tab, the arrow keys, Space and Enter. */

const MOST_STOPS = 60;

/** The name of the focused element on the screen. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    // A heading has the focus when its screen opens; it may have the same name as a button.
    if (element === null || element === document.body || element.matches('h1, h2')) return '';
    const labels = element.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id)?.textContent ?? '') ?? [];
    const named = element.getAttribute('aria-label') ?? (labels.length > 0 ? labels.join(' ') : null);
    const label = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels?.[0]?.textContent : null;
    return (named ?? label ?? element.textContent).trim();
  });
}

/** From now on; to be read at the end. A key on a button makes a click without a pointer; a mouse does not. */
export async function countPointers(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const seen = window as unknown as { pointers: number };
    seen.pointers = 0;
    for (const kind of ['pointerdown', 'mousedown', 'touchstart']) addEventListener(kind, () => (seen.pointers += 1), { capture: true });
  });
  return () => page.evaluate(() => (window as unknown as { pointers: number }).pointers);
}

/** Presses Tab until the element of this name has the focus. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const isIt = (what: string) => (typeof name === 'string' ? what === name : name.test(what));
  const met: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    const here = await focused(page);
    if (isIt(here)) return;
    met.push(here);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${String(name)}; it came to ${met.join(' | ')}`);
}

export async function pressByKey(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** Replaces the text in the field of this name. */
export async function fillByKey(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Control+a');
  await typeByHand(page, text);
}

/** A section of the manager's side, by the arrow keys of its list. */
export async function openSectionByKey(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('tab').first()).toBeVisible();
  const isTab = () => page.evaluate(() => document.activeElement?.getAttribute('role') === 'tab');
  for (let stop = 0; stop < MOST_STOPS && !(await isTab()); stop += 1) await page.keyboard.press('Shift+Tab');
  for (let step = 0; step < MOST_STOPS && (await focused(page)) !== name; step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true');
}

/** From a list that opens. */
export async function chooseByKey(page: Page, label: RegExp, option: string): Promise<void> {
  await pressByKey(page, label);
  await expect(page.getByRole('listbox')).toBeVisible();
  for (let step = 0; step < 20 && (await focused(page)) !== option; step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox')).toBeHidden();
}

export async function typePinByKey(page: Page, pin: string): Promise<void> {
  await typeByHand(page, pin);
  await page.keyboard.press('Enter');
}
