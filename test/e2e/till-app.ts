import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { type RunningCounter, launchCounter } from '../host/driver.ts';
import { type CardForm, cardForm } from './card-form.ts';

const projectRoot = join(import.meta.dirname, '../..');

/** What the till shows first: the keypad, a sale of the last run that is not over, or who is at the till. */
export type FirstScreen = 'keypad' | 'result' | 'sign-in' | 'first-run';

type LaunchOptions = Parameters<typeof launchCounter>[0];

/*
 * Test and host are both attached to the same Chromium. With a process for each cross-site frame, the test now and then
 * never learns of a card field's frame (about one sale in twenty). The wall between the frames is the same without; that
 * fields in processes of their own work, and that Tab leads into them, is shown in test/host/host.spec.ts.
 */
const ONE_PROCESS_PER_PAGE = ['--disable-site-isolation-trials', '--disable-features=IsolateOrigins,site-per-process'];

/** The app as the people at the counter have it: the till, and the card form when there is one. */
export type TillApp = {
  readonly counter: RunningCounter;
  readonly till: Page;
  /** Amount by keyboard, description by field; ready to Charge. */
  enter(digits: string, description: string): Promise<void>;
  charge(): Promise<void>;
  /** The card form on the screen, once the cursor is in its card number. */
  form(): Promise<CardForm>;
  /** The page of the form on the screen, whatever is in it. */
  formPage(): Promise<Page>;
  /** Waits for the word that the till shows. */
  says(word: string | RegExp): Promise<void>;
  readonly userData: string;
  log(): string;
  /** What the journal holds of a mode, read as another process would. */
  journal(mode?: 'training' | 'test' | 'live'): { readonly sales: readonly JournalSale[]; readonly events: readonly JournalEvent[] };
};
export type JournalSale = { readonly id: string; readonly kind: string; readonly amount_in_cents: number; readonly checkout_id: string | null; readonly state: string };
export type JournalEvent = { readonly sale_id: string; readonly kind: string; readonly event: string };

/** Starts the built app on an empty (or the given) data folder. */
export async function openTillApp(target: LaunchOptions['target'], userData: string, { till: firstScreen = 'keypad', ...more }: Partial<LaunchOptions> & { readonly till?: FirstScreen } = {}): Promise<TillApp> {
  const counter = await launchCounter({ target, mainFile: join(projectRoot, 'out/main/index.js'), appPath: projectRoot, userData, ...more, chromiumArgs: [...ONE_PROCESS_PER_PAGE, ...(more.chromiumArgs ?? [])] });
  const till = await counter.window('app://till/');
  if (firstScreen === 'keypad') await throughFirstRun(till);
  else await { 'first-run': till.locator('.first-run'), 'sign-in': till.getByRole('group', { name: 'Cashiers' }), result: till.getByRole('status').first() }[firstScreen].waitFor();
  return {
    counter,
    till,
    userData,
    async enter(digits, description) {
      // As a quick hand: faster would be a scanner.
      await till.keyboard.type(digits, { delay: digits.length < 6 ? 0 : 60 });
      await till.getByRole('textbox', { name: 'What is it for?' }).fill(description);
    },
    charge: () => till.getByRole('button', { name: /^Charge/u }).click(),
    async form() {
      const form = cardForm(await formOnScreen(counter));
      await expect(form.field('cardNumber')).toBeFocused();
      return form;
    },
    formPage: () => formOnScreen(counter),
    says: (word) => till.getByRole('status').filter({ hasText: word }).waitFor({ timeout: 25_000 }),
    log: () => (existsSync(join(userData, 'counter.log')) ? readFileSync(join(userData, 'counter.log'), 'utf8') : ''),
    journal(mode = 'training') {
      const database = new DatabaseSync(join(userData, `${mode}.db`), { readOnly: true });
      const sales = database.prepare('SELECT id, kind, amount_in_cents, checkout_id, state FROM sale ORDER BY rowid').all() as unknown as JournalSale[];
      const events = database.prepare('SELECT sale_id, kind, event FROM entry WHERE sale_id IS NOT NULL ORDER BY sequence').all() as unknown as JournalEvent[];
      database.close();
      return { sales, events };
    },
  };
}

/** Whoever opens a new till tries it in training mode first. */
async function throughFirstRun(till: Page): Promise<void> {
  const seven = till.getByRole('button', { name: '7', exact: true });
  const training = till.locator('.first-run-way').first();
  await seven.or(training).first().waitFor();
  if (await training.isVisible()) await training.click();
  await seven.waitFor();
}

async function formOnScreen(counter: RunningCounter): Promise<Page> {
  for (const giveUpAt = performance.now() + 25_000; performance.now() < giveUpAt; ) {
    for (const page of counter.windows().filter((window) => window.url().startsWith('http://localhost:'))) {
      // A window may be closed between the question and the answer.
      if ((await page.locator('#form.shown:not([inert])').count().catch(() => 0)) > 0) return page;
    }
    await pause(10);
  }
  throw new Error(`No card form came to the screen.\n${counter.output}`);
}
