import { isDeepStrictEqual } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import type { Bridge } from '../../contract/channels.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { defaultSettings } from '../../main/training/settings.ts';
import type { TestJustifi } from '../justifi/justifi.ts';
import type { TillApp } from './till-app.ts';

/*
 * A till that keeps running from test to test, as it does from customer to customer: starting one costs more than most tests. Each test gets it at
 * an empty keypad, without notices, and reads only the new part of its log, its journal and its JustiFi. A till that a test leaves
 * in another state is closed, and the next test gets a new one; after a test that failed Playwright starts a new worker, and with it new tills.
 */

/** An open till with its JustiFi, log and journal. */
export type Opened = { readonly app: TillApp; readonly mode: 'training' | 'test'; readonly justifi?: TestJustifi; close(): Promise<void> };

export type RunningTill<Till extends Opened> = {
  /** At an empty keypad. */
  lend(): Promise<Till>;
  /** Brings it back to the empty keypad, or closes it. */
  takeBack(): Promise<void>;
  close(): Promise<void>;
};

const BACK_WITHIN_MS = 10_000;

export function createRunningTill<Till extends Opened>(open: () => Promise<Till>): RunningTill<Till> {
  let running: { readonly till: Till; readonly rest: Rest } | undefined;
  async function close(): Promise<void> {
    await running?.till.close();
    running = undefined;
  }
  return {
    close,
    async lend() {
      if (running === undefined) {
        const till = await open();
        running = { till, rest: await restOf(till.app) };
      }
      return running.till;
    },
    async takeBack() {
      if (running === undefined) return;
      const { till, rest } = running;
      till.justifi?.releaseCharges();
      till.justifi?.clearFaults();
      till.justifi?.dropHanging();
      till.justifi?.changeSettings(defaultSettings);
      if (!(await comesToRest(till.app, rest).catch(() => false))) await close();
    },
  };
}

/** The state of an idle till. */
type Rest = { readonly kept: TillSnapshot; readonly shown: readonly string[]; readonly partsOfPage: number };

async function restOf({ till }: TillApp): Promise<Rest> {
  const { snapshot, shown, partsOfPage } = await till.evaluate(async () => {
    const answer = await (window as unknown as { readonly till: Bridge<'till'> }).till.snapshot();
    return {
      snapshot: answer.kind === 'ok' ? answer.value : null,
      shown: [...document.querySelectorAll('#root :is(h1, input)')].map((part) => (part instanceof HTMLInputElement ? part.value : part.textContent)),
      partsOfPage: document.body.childElementCount,
    };
  });
  if (snapshot === null) throw new Error('Main gave no snapshot');
  // Without the parts that every sale changes, and those that are known only a moment after the start.
  const { sale, printing } = snapshot;
  return { shown, partsOfPage, kept: { ...snapshot, sale: { ...sale, saleId: '' }, isFirstSale: false, lastSale: null, openPayments: 0, printing: { ...printing, sendWays: [], last: null } } };
}

/** As a cashier would: dismisses the result, leaves the form, clears the amount. */
async function comesToRest(app: TillApp, rest: Rest): Promise<boolean> {
  for (const giveUpAt = performance.now() + BACK_WITHIN_MS; performance.now() < giveUpAt; await pause(50)) {
    const now = await restOf(app);
    if (isDeepStrictEqual([now.kept, now.shown], [rest.kept, rest.shown])) {
      // Elements that a test has added come after the page's own.
      await app.till.evaluate((own) => [...document.body.children].slice(own).forEach((part) => part.remove()), rest.partsOfPage);
      return true;
    }
    // It stays on the screen until the next Charge.
    if (now.kept.latePaymentEnd !== null) return false;
    if (now.kept.manager.kind === 'unlocked') await app.till.keyboard.press('Control+l');
    await pressNext(app.till, now.kept);
  }
  return false;
}

const NEXT = [/^New sale/u, /^Cancel sale/u, /^Back/u, /^Clear/u];

async function pressNext(till: Page, { sale }: TillSnapshot): Promise<void> {
  if (sale.kind === 'entering' && sale.description !== '') await till.getByRole('textbox', { name: 'Description' }).fill('', { timeout: 2_000 }).catch(() => undefined);
  for (const name of NEXT) {
    const button = till.getByRole('button', { name, disabled: false }).first();
    if (await button.isVisible()) return button.click({ timeout: 2_000 }).catch(() => undefined);
  }
}

/** The till from now on: only new lines of its log and new entries of its journal. */
export function fromNowOn({ app, mode }: Pick<Opened, 'app' | 'mode'>): TillApp {
  const logged = app.log().length;
  // Not the one that waits for its first digit.
  const sold = new Set(app.journal(mode).sales.filter(({ kind }) => kind !== 'draft').map(({ id }) => id));
  return {
    ...app,
    log: () => app.log().slice(logged),
    journal(of) {
      const { sales, events } = app.journal(of);
      return { sales: sales.filter(({ id }) => !sold.has(id)), events: events.filter(({ sale_id: saleId }) => !sold.has(saleId)) };
    },
  };
}

/** JustiFi from now on: only its new requests and charges. */
export function justifiFromNowOn(justifi: TestJustifi): TestJustifi {
  const asked = new Set(justifi.requests());
  const [charges, checkouts, payments] = [justifi.charges().length, justifi.books.checkouts().length, justifi.books.payments().length];
  return {
    ...justifi,
    requests: (on) => justifi.requests(on).filter((request) => !asked.has(request)),
    charges: (checkoutId) => justifi.charges().slice(charges).filter((charge) => checkoutId === undefined || charge.checkoutId === checkoutId),
    books: { ...justifi.books, checkouts: () => justifi.books.checkouts().slice(checkouts), payments: () => justifi.books.payments().slice(payments) },
  };
}
