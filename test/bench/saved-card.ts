import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import { journalNameOf } from '../../main/storage/journal-name.ts';
import { openSettings } from '../../main/storage/settings.ts';
import { SHOP } from '../e2e/connected-till.ts';
import { typeByHand } from '../e2e/keys.ts';
import type { TestJustifi } from '../justifi/justifi.ts';
import { addSavedCards } from '../storm/saved-cards.ts';
import { median } from './baseline.ts';
import { pressTime } from './press-time.ts';

/** In milliseconds, medians of the runs, without the cashier's own time. */
export type SavedCardTimes = {
  /** From Charge until a saved card can be chosen; 400 ms of it guard the ways to pay against the second press of a double one. */
  readonly waysMs: number;
  /** From the choice of a saved card until the customers are shown. */
  readonly customersMs: number;
  /** From the choice of the customer until the card can be charged; 400 ms of it guard the button that charges. */
  readonly chargeMs: number;
};

/** From the first digit to Charge: the card form, which the way to pay waits for, has been loaded again by then. */
const TYPES_FOR_MS = 2_500;
/** From the choice of a saved card. The goal is 500; the rest is for a machine that is not quite alone. */
const WITHIN_MS = 600;

/** A sentence, when it took too long. */
export function savedCardExceeded({ customersMs, chargeMs }: SavedCardTimes): readonly string[] {
  const ms = customersMs + chargeMs;
  return ms <= WITHIN_MS ? [] : [`a saved card: ${ms} ms until it can be charged, at most ${WITHIN_MS}`];
}

/** A register that is closed: the manager has switched saved cards on, and customers have saved some. */
export function saveCards(userData: string, justifi: TestJustifi): void {
  const settings = openSettings(join(userData, 'settings.json'), () => {});
  settings.change({ form: { ...settings.read().form, saved: true } });
  addSavedCards(justifi, join(userData, `${journalNameOf('test', SHOP.subAccountId)}.customers.db`));
}

/** Chooses a saved card for several sales, and goes back from each. */
export async function measureSavedCard(till: Page, runs: number): Promise<SavedCardTimes> {
  const all: Record<keyof SavedCardTimes, number[]> = { waysMs: [], customersMs: [], chargeMs: [] };
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    await typeByHand(till, '1799');
    await till.getByRole('textbox', { name: 'Description' }).fill(`Saved ${run + 1}`);
    await pause(Math.max(0, TYPES_FOR_MS - (performance.now() - began)));
    const way = till.getByRole('button', { name: 'Saved card' });
    all.waysMs.push(await pressTime(till, till.getByRole('button', { name: /^Charge/u }), '.tenders button:not([data-disabled])'));
    all.customersMs.push(await pressTime(till, way, '.customer-line'));
    all.chargeMs.push(await pressTime(till, till.getByRole('option', { name: /Ana Sample/u }), '.saved-cards button:not([data-disabled])'));
    await till.keyboard.press('Escape');
    await till.getByRole('button', { name: '7', exact: true }).waitFor();
    await till.getByRole('button', { name: 'Clear', exact: true }).click();
  }
  return { waysMs: median(all.waysMs), customersMs: median(all.customersMs), chargeMs: median(all.chargeMs) };
}
