import type { Browser } from 'playwright';
import { expect as soon } from 'playwright/test';
import { test as base } from 'vitest';
import type { ChargeProblem } from '../../contract/problem.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { type ScannerSet, type Stroke, handStrokes, scanStrokes, sendFrom } from '../e2e/keys.ts';
import { asWritten } from '../e2e/as-written.ts';
import { pageBrowser } from '../host/page-browser.ts';
import { type PageClock, replaceClock } from './page-clock.ts';
import { type Begun, type Ending, type ScriptedMain, workAsMain } from './scripted-main.ts';
import { AT_REST } from './snapshots.ts';
import { type TillPage, openTillPage } from './till-page.ts';

/** The till's page with a scripted main, on a clock that only the test moves: no key waits for another, and no outcome depends on the PC. */
export type ScriptedTill = TillPage & {
  /** Keys of a quick hand: characters, or names of keys. */
  type(keys: string | readonly string[]): Promise<void>;
  scan(code: string, set?: ScannerSet): Promise<void>;
  /** `thenMs`: until the next of them. */
  send(strokes: readonly Stroke[], thenMs?: number): Promise<void>;
  /** Buttons, by finger or mouse. */
  touch(...names: readonly string[]): Promise<void>;
  /** Time in which no key is pressed. */
  wait(ms?: number): Promise<void>;
  /** Amount by keyboard, description by field; ready to Charge. */
  enter(digits: string, description: string): Promise<void>;
  charge(): Promise<void>;
  /** The customer pays on the form on the screen, and JustiFi reports the outcome. `thenMs`: until the next action. */
  pay(ending: Ending, thenMs?: number): Promise<void>;
  /** Main's snapshots come this much later. */
  answerAfter(delayMs: number): Promise<void>;
  /** Main refuses the next charge for this. */
  refuse(problem: ChargeProblem): Promise<void>;
  /** The checkouts that main has begun, the oldest first. */
  begun(): Promise<readonly Begun[]>;
  /** Waits for the word that the till shows. */
  says(word: string): Promise<void>;
};

/** A training till before its set-up, with the manager's side open. */
export const TRAINING: TillSnapshot = { ...AT_REST, mode: 'training', account: { kind: 'training' }, manager: { kind: 'open' } };

/** As the keys of a person who takes the scanner, and of one who comes back from it; longer than the first moment of a screen. */
const APART_MS = 500;

type InPage = Window & { readonly pageClock: PageClock; readonly scriptedMain: ScriptedMain };

/** Main reads the till's answers, and the page renders meanwhile. */
export async function openScriptedTill(browser: Browser, snapshot: TillSnapshot = TRAINING): Promise<ScriptedTill> {
  const till = await openTillPage(browser, snapshot, { viewport: { width: 1366, height: 688 }, hasTouch: true, locale: 'en-US' }, { clock: replaceClock, main: workAsMain });
  const { page } = till;
  const originMs = await page.evaluate(() => performance.timeOrigin);
  const pass = (ms: number) =>
    page.evaluate(async (byMs) => {
      const { pageClock } = window as unknown as InPage;
      await pageClock.advance(byMs);
      return pageClock.nowMs();
    }, ms);
  const wait = async (ms = APART_MS) => void (await pass(ms));

  async function send(strokes: readonly Stroke[], thenMs = APART_MS): Promise<void> {
    await sendFrom(page, strokes, originMs + (await pass(0)) + 1);
    await wait(thenMs);
  }

  const type = (keys: string | readonly string[]) => send(handStrokes(keys));
  return {
    ...till,
    send,
    type,
    wait,
    scan: (code, set) => send(scanStrokes(code, set)),
    async touch(...names) {
      for (const name of names) await page.getByRole('button', { name, exact: true }).click();
    },
    async enter(digits, description) {
      await type(digits);
      await page.getByRole('textbox', { name: 'Description' }).fill(description);
    },
    async charge() {
      await page.getByRole('button', { name: /^Charge/u }).click();
      await wait();
    },
    async pay(ending, thenMs = APART_MS) {
      await page.evaluate(async (end) => {
        const { pageClock, scriptedMain } = window as unknown as InPage;
        if (scriptedMain.sale().kind !== 'ready') throw new Error(`No card form is on the screen: ${scriptedMain.sale().kind}`);
        scriptedMain.submit();
        await pageClock.advance(10);
        scriptedMain.end(end);
      }, ending);
      await wait(thenMs);
    },
    answerAfter: (delayMs) => page.evaluate((ms) => (window as unknown as InPage).scriptedMain.answerAfter(ms), delayMs),
    refuse: (problem) => page.evaluate((why) => (window as unknown as InPage).scriptedMain.refuse(why), problem),
    begun: () => page.evaluate(() => [...(window as unknown as InPage).scriptedMain.begun]),
    says: (word) => expect(page.locator('.result-words, .state, .problem, .entry-notes p').filter({ hasText: asWritten(word), visible: true }).first()).toBeVisible(),
  };
}

/** For a spec whose till begins with this snapshot: a `test` of its own, because specs share their modules. */
export const testOn = (first: TillSnapshot) =>
  base
    .extend('browser', () => pageBrowser())
    .extend('snapshot', first)
    .extend('app', async ({ browser, snapshot }, { onCleanup }) => {
      const app = await openScriptedTill(browser, snapshot);
      onCleanup(app.close);
      return app;
    });

export const test = testOn(TRAINING);

/** As patient as in the specs of whole tills. */
export const expect = soon.configure({ timeout: 20_000 });
