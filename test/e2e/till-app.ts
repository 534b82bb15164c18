import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { launchCounter } from '../host/driver.ts';
import type { RunningCounter } from '../host/running-counter.ts';
import { ONE_PROCESS_PER_PAGE } from '../host/one-process-per-page.ts';
import { UNOPTIMIZED } from '../host/unoptimized.ts';
import { asWritten } from './as-written.ts';
import { CARDS, type CardForm, cardForm } from './card-form.ts';
import { typeByHand } from './keys.ts';

const projectRoot = join(import.meta.dirname, '../..');

/** The first screen of the till: the keypad, an open sale of the last run, or the sign-in. */
export type FirstScreen = 'keypad' | 'result' | 'sign-in' | 'first-run' | 'stopped';

type LaunchOptions = Parameters<typeof launchCounter>[0];
/** `till`: its first screen; the keypad by default. */
export type OpenOptions = Partial<LaunchOptions> & { readonly till?: FirstScreen };

/** Of every Chromium in these specs. Electron is taken as it is. */
export const CHROMIUM_ARGS = [...ONE_PROCESS_PER_PAGE, ...UNOPTIMIZED];

/** The app as the people at the counter have it: the till, and the card form when there is one. */
export type TillApp = {
  readonly counter: RunningCounter;
  readonly till: Page;
  /** Amount by keyboard, description by field; ready to Charge. */
  enter(digits: string, description: string): Promise<void>;
  charge(): Promise<void>;
  /** The card form on the screen, once the cursor is in its card number. */
  form(): Promise<CardForm>;
  /** The page of the form on the screen, in any state. */
  formPage(): Promise<Page>;
  /** The form that is mounted out of sight while the cashier types, with JustiFi's component in it, and its checkout. */
  preparedForm(): Promise<{ readonly page: Page; readonly checkoutId: string }>;
  /** A whole sale by card, until the till takes the next. */
  sell(digits: string, description: string): Promise<void>;
  /** Waits for the word that the till shows. */
  says(word: string | RegExp): Promise<void>;
  readonly userData: string;
  log(): string;
  /** What the journal holds of a mode, read as another process would. */
  journal(mode?: 'training' | 'test' | 'live'): { readonly sales: readonly JournalSale[]; readonly events: readonly JournalEvent[] };
};
export type JournalSale = { readonly id: string; readonly kind: string; readonly amount_in_cents: number; readonly checkout_id: string | null; readonly state: string };
/** `at`: by main's clock. */
export type JournalEvent = { readonly at: string; readonly sale_id: string; readonly kind: string; readonly event: string };

/** Starts the built app on an empty (or the given) data folder. */
export async function openTillApp(target: LaunchOptions['target'], userData: string, { till: firstScreen = 'keypad', ...more }: OpenOptions = {}): Promise<TillApp> {
  const counter = await launchCounter({ target, mainFile: join(projectRoot, 'out/main/index.js'), appPath: projectRoot, userData, ...more, chromiumArgs: [...(target === 'electron' ? [] : CHROMIUM_ARGS), ...(more.chromiumArgs ?? [])] });
  const till = await counter.window('app://till/');
  if (firstScreen === 'keypad') await throughFirstRun(till);
  else await { 'first-run': till.locator('.first-run-ways'), stopped: till.locator('.stopped'), 'sign-in': till.getByRole('group', { name: 'Cashiers' }), result: till.locator('.result-words') }[firstScreen].waitFor();
  const app: TillApp = {
    counter,
    till,
    userData,
    async enter(digits, description) {
      await typeByHand(till, digits);
      await till.getByRole('textbox', { name: 'Description' }).fill(description);
    },
    charge: () => till.getByRole('button', { name: /^Charge/u }).click(),
    form: () => formWithCursor(counter),
    formPage: () => formOnScreen(counter),
    preparedForm: () => preparedForm(counter),
    async sell(digits, description) {
      await app.enter(digits, description);
      await app.charge();
      await (await app.form()).payByCard(CARDS.pays);
      await app.says('PAID');
      await soon(() => expect(till.getByRole('button', { name: /New sale/u })).toBeEnabled(OFTEN));
      await till.keyboard.press('Enter');
      await soon(() => expect(till.getByRole('button', { name: 'Manager', exact: true })).toBeEnabled(OFTEN));
    },
    says: (word) => saysSoon(till, word),
    log: () => (existsSync(join(userData, 'counter.log')) ? readFileSync(join(userData, 'counter.log'), 'utf8') : ''),
    journal(mode = 'training') {
      const database = new DatabaseSync(journalFile(userData, mode), { readOnly: true });
      const sales = database.prepare('SELECT id, kind, amount_in_cents, checkout_id, state FROM sale ORDER BY rowid').all() as unknown as JournalSale[];
      const events = database.prepare('SELECT at, sale_id, kind, event FROM entry WHERE sale_id IS NOT NULL ORDER BY sequence').all() as unknown as JournalEvent[];
      database.close();
      return { sales, events };
    },
  };
  return app;
}

/** Of the one account of this mode that was connected here. */
export function journalFile(userData: string, mode: 'training' | 'test' | 'live'): string {
  const name = readdirSync(userData).find((file) => file === `${mode}.db` || (file.startsWith(`${mode}-`) && /^[\w-]+\.db$/u.test(file)));
  return join(userData, name ?? `${mode}.db`);
}

/** With a longer limit Playwright soon looks at a page only twice a second. */
const OFTEN = { timeout: 500 };

/** Polls the page at the interval OFTEN, until it is true. */
function soon(isSo: () => Promise<void>): Promise<void> {
  return expect(isSo).toPass({ intervals: [50], timeout: 25_000 });
}

/** Looked at more often than Playwright would. */
async function saysSoon(till: Page, word: string | RegExp): Promise<void> {
  const said = till.locator('.result-words, .state, .to-confirm, .offline, .problem, .entry-notes p').filter({ hasText: asWritten(word), visible: true });
  await expect(async () => expect(await said.count(), `The till does not say ${String(word)}`).toBeGreaterThan(0)).toPass({ intervals: [50], timeout: 25_000 });
}

/** On a new till, training mode is chosen on the first screen. */
async function throughFirstRun(till: Page): Promise<void> {
  const seven = till.getByRole('button', { name: '7', exact: true });
  const training = till.locator('.first-run-way').first();
  await soon(() => seven.or(training).first().waitFor(OFTEN));
  if (await training.isVisible()) await training.click();
  await soon(() => seven.waitFor(OFTEN));
}

/** A form that disappears meanwhile was replaced by another, which counts. */
async function formWithCursor(counter: RunningCounter): Promise<CardForm> {
  const page = await formOnScreen(counter);
  const form = cardForm(page);
  try {
    await soon(() => expect(form.field('cardNumber')).toBeFocused(OFTEN));
    return form;
  } catch (error) {
    if (!page.isClosed()) throw error;
    return formWithCursor(counter);
  }
}

async function preparedForm(counter: RunningCounter): Promise<{ readonly page: Page; readonly checkoutId: string }> {
  for (const giveUpAt = performance.now() + 25_000; performance.now() < giveUpAt; await pause(50)) {
    for (const page of counter.windows().filter((window) => window.url().startsWith('http://localhost:'))) {
      const checkoutId = await page.locator('justifi-checkout').getAttribute('checkout-id', { timeout: 200 }).catch(() => null);
      if (checkoutId !== null) return { page, checkoutId };
    }
  }
  throw new Error(`No card form was prepared.\n${counter.output}`);
}

async function formOnScreen(counter: RunningCounter): Promise<Page> {
  for (const giveUpAt = performance.now() + 25_000; performance.now() < giveUpAt; ) {
    for (const page of counter.windows().filter((window) => window.url().startsWith('http://localhost:'))) {
      // A window may be closed between the question and the answer.
      if ((await page.locator('#form.shown:not([inert])').count().catch(() => 0)) > 0) return page;
    }
    await pause(50);
  }
  const shown = await Promise.all(counter.windows().map(async (window) => `${window.url()} shows:\n${await window.locator('body').innerText().catch(String)}`));
  throw new Error(`No card form came to the screen.\n${shown.join('\n')}\n${counter.output}`);
}
