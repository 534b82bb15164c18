import { expect } from 'playwright/test';
import { CARDS } from './card-form.ts';
import type { TillApp } from './till-app.ts';

/** Looks at one screen; `name` is the same in every language. */
export type Look = (name: string) => Promise<void>;

/**
 * Goes through the till's screens in training mode, by keys and places alone: it works in every language. Begins and ends on an
 * empty keypad.
 */
export async function walkScreens(app: TillApp, look: Look): Promise<void> {
  const { till } = app;
  const amount = till.locator('h1.amount');
  const charge = till.locator('.sale > .charge');
  await amount.waitFor();
  await look('keypad');
  await till.keyboard.press('F1');
  await till.locator('.dialog').waitFor();
  await look('keys');
  await till.keyboard.press('F1');
  await till.keyboard.type('1250+300', { delay: 60 });
  await till.locator('.tape').waitFor();
  await look('tape');
  await till.locator('.key-clear').click();
  await till.keyboard.press('1');
  await charge.click();
  await expect(till.locator('.sale > .problem')).not.toBeEmpty();
  await look('problem');
  await till.locator('.key-clear').click();

  await till.keyboard.press('F10');
  const tabs = till.getByRole('tab');
  await tabs.first().waitFor();
  for (let section = 0; section < (await tabs.count()); section += 1) {
    await tabs.nth(section).click();
    await till.locator('[role="tabpanel"] h2').first().waitFor();
    await look(`manager ${section + 1}`);
  }
  await till.locator('.manager-bar button').first().click();

  // Never the same sale twice: the till would ask.
  await sell(app, String(1000 + Math.trunc(performance.now() % 8000)), CARDS.pays, look);
  await till.locator('.result-paid').waitFor();
  await look('paid');
  await leave(app, 'Enter');
  await sell(app, '250', CARDS.declined);
  await till.locator('.result-declined').waitFor();
  await look('declined');
  await leave(app, 'Escape');
  await till.locator('.key-clear').click();
  await till.keyboard.press('F4');
  await till.locator('.last-sale').waitFor();
  await look('last sale');
  await till.keyboard.press('Escape');
  await amount.waitFor();
}

async function sell(app: TillApp, digits: string, card: string, look: Look = async () => {}): Promise<void> {
  const { till } = app;
  await till.keyboard.type(digits);
  await till.locator('.presets button').first().click();
  await till.locator('.sale > .charge').click();
  const form = await app.form();
  await look('paying');
  await form.payByCard(card);
}

/** A result takes no key in its first moment. */
async function leave({ till }: TillApp, key: 'Enter' | 'Escape'): Promise<void> {
  await expect(till.locator('.result .next button').first()).toBeEnabled();
  await till.keyboard.press(key);
  await till.locator('.keypad').waitFor();
}
