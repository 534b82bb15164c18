import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import type { Bridge } from '../../contract/channels.ts';
import { appearance } from '../../contract/appearance.ts';
import type { Language } from '../../contract/language.ts';
import { CARDS } from './card-form.ts';
import { typeByHand } from './keys.ts';
import type { TillApp } from './till-app.ts';

/** Looks at one screen; `name` is the same in every language. */
export type LookAt = (name: string) => Promise<void>;

/**
 * Goes through the till's screens in training mode, by keys and places alone: it works in every language. Begins and ends on an
 * empty keypad.
 */
export async function walkScreens(app: TillApp, lookAt: LookAt): Promise<void> {
  const { till } = app;
  const amount = till.locator('h1.amount');
  const charge = till.locator('.hand > .charge');
  await amount.waitFor();
  await lookAt('keypad');
  await till.keyboard.press('F1');
  await till.locator('.dialog').waitFor();
  await lookAt('keys');
  await till.keyboard.press('F1');
  await typeByHand(till, '1250+300');
  await till.locator('.tape').waitFor();
  await lookAt('tape');
  await till.locator('.key-clear').click();
  await till.keyboard.press('1');
  await charge.click();
  await expect(till.locator('.entry-notes > .problem')).not.toBeEmpty();
  await lookAt('problem');
  await till.locator('.key-clear').click();

  await till.keyboard.press('F10');
  const tabs = till.getByRole('tab');
  await tabs.first().waitFor();
  for (let section = 0; section < (await tabs.count()); section += 1) {
    await tabs.nth(section).click();
    await till.locator('[role="tabpanel"] h2').first().waitFor();
    // What comes a moment later would push the rest out of sight during the walk.
    if ((await till.locator('.diagnostics').count()) > 0) await till.locator('.diagnostics dd').last().waitFor();
    await lookAt(`manager ${section + 1}`);
  }
  await till.locator('.manager-bar button').first().click();

  // Never the same sale twice: the till would ask.
  await sell(app, String(1000 + Math.trunc(performance.now() % 8000)), CARDS.pays, lookAt);
  await till.locator('.result-paid').waitFor();
  await lookAt('paid');
  await leave(app, 'Enter');
  await sell(app, '250', CARDS.declined);
  await till.locator('.result-declined').waitFor();
  await lookAt('declined');
  await leave(app, 'Escape');
  await till.locator('.key-clear').click();
  await till.keyboard.press('F4');
  await till.locator('.last-sale').waitFor();
  await resultActs(app);
  await lookAt('last sale');
  await till.keyboard.press('Escape');
  await amount.waitFor();
}

async function sell(app: TillApp, digits: string, card: string, lookAt: LookAt = async () => {}): Promise<void> {
  const { till } = app;
  await typeByHand(till, digits);
  await till.locator('.presets button').first().click();
  await till.locator('.hand > .charge').click();
  const form = await app.form();
  await lookAt('paying');
  await form.payByCard(card);
}

/** A result's buttons act when it could have been read. */
const resultActs = ({ till }: TillApp) => expect(till.locator('.result button[data-disabled]')).toHaveCount(0);

/** A result takes no key in its first moment. */
async function leave({ till }: TillApp, key: 'Enter' | 'Escape'): Promise<void> {
  await expect(till.locator('.result .next button').first()).toBeEnabled();
  await till.keyboard.press(key);
  await till.locator('.keypad').waitFor();
}

/** Chooses the language, as a manager does. */
export async function speak(till: Page, language: Language): Promise<void> {
  const answer = await till.evaluate((next) => (window as unknown as { manager: Bridge<'manager'> }).manager.changeAppearance(next), { ...appearance.parse({}), language });
  expect(answer.kind).toBe('ok');
  await expect(till.locator('html')).toHaveAttribute('lang', language);
}

/** Texts that do not fit into where they stand, or stick out of the window. */
export function cutOff(till: Page): Promise<string[]> {
  return till.evaluate(() => {
    const scrolls = (element: Element | null): boolean => element !== null && (/auto|scroll/u.test(getComputedStyle(element).overflow + getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const isMeantToBeCut = (element: Element) => getComputedStyle(element).textOverflow === 'ellipsis' && element.closest('.presets, .status-bar > strong') !== null;
    return [...document.querySelectorAll('body *')].flatMap((element) => {
      const hasText = [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
      // Heard, not seen.
      if (!hasText || !element.checkVisibility() || isMeantToBeCut(element) || element.closest('.unseen') !== null) return [];
      const range = document.createRange();
      range.selectNodeContents(element);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      const { overflow } = getComputedStyle(element);
      const clipped = overflow !== 'visible' && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) && !scrolls(element);
      const outside = !scrolls(element.parentElement) && (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1);
      // A button or a cell that its own words have grown out of.
      const box = element.closest('button, [role="tab"], .mode, .key')?.getBoundingClientRect();
      const grown = box !== undefined && (left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1);
      return clipped || outside || grown ? [`${clipped ? 'clipped' : outside ? 'outside' : 'grown out'}: ${element.textContent.trim().slice(0, 60)}`] : [];
    });
  });
}
