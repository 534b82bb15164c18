import { expect, test } from 'vitest';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { ACCEPTED, ASKED_FOR_TIP, AT_PLAID, AT_REST, DECLINED, ENTERED, NOT_CHARGED, PAID, PAYING, latePayment } from '../till-page/snapshots.ts';
import { outOfSight, see } from '../till-page/seen-till.ts';

/* What arrives by itself while a finger is on its way: it moves no button of the screen. */

const ARRIVALS: readonly (readonly [what: string, change: Partial<TillSnapshot>])[] = [
  ['a late payment', { latePayments: [latePayment(1)] }],
  ['three late payments', { latePayments: [1, 2, 3].map(latePayment) }],
  ['the end of one', { latePaymentEnd: { saleId: PAID.saleId, kind: 'voided', amountInCents: PAID.amountInCents, description: PAID.description } }],
  ['a repaired journal', { journalNotice: { kind: 'restored', gapSinceUtc: null, isLookedInto: true, found: { count: 0, amountInCents: 0 }, onOtherPc: 0, unreadable: 0, isComplete: true } }],
  ['an audit log that cannot be written', { auditTrouble: 'disk-full' }],
  ['a journal in use', { isJournalInUse: true }],
  ['a lost connection', { connectionFailure: { trouble: 'no-answer', code: 'ENOTFOUND' } }],
  ['a payment to confirm', { toConfirm: 1 }],
];

const SCREENS: readonly (readonly [name: string, snapshot: TillSnapshot])[] = [
  ['the keypad', { ...AT_REST, sale: ENTERED }],
  ...PAYING.map((sale): readonly [string, TillSnapshot] => [`paying: ${sale.kind}`, { ...AT_REST, sale }]),
  ['paying, with every way', AT_PLAID],
  ['the tip', { ...AT_REST, sale: ASKED_FOR_TIP }],
  ...[PAID, ACCEPTED, DECLINED, NOT_CHARGED].map((sale): readonly [string, TillSnapshot] => [sale.kind, { ...AT_REST, sale }]),
  ['declined, with every way', { ...AT_PLAID, sale: DECLINED }],
];

test.each([[1024, 574], [1024, 688], [1366, 688], [1920, 1080]])('a notice, or any other news, moves no button under the cashier’s finger (%i × %i)', (width, height) =>
  see(AT_REST, async ({ page, push }) => {
    /** Of the buttons of the screen, by their texts. */
    const places = () =>
      page.locator('#root > main').evaluateAll((mains) =>
        mains
          .filter((main) => main.checkVisibility())
          .flatMap((main) => [...main.querySelectorAll('button')])
          .filter((button) => button.checkVisibility({ visibilityProperty: true }))
          .map((button) => {
            const { x, y } = button.getBoundingClientRect();
            return `${button.textContent}: ${Math.round(x)}, ${Math.round(y)}`;
          }),
      );
    const settled = async (name: string) => {
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      if (name === 'the tip') await page.locator('.tip-choice:not([data-disabled])').first().waitFor();
      return places();
    };
    for (const [name, snapshot] of SCREENS) {
      for (const [what, change] of ARRIVALS) {
        await push(snapshot);
        const before = await settled(name);
        await push({ ...snapshot, ...change });
        expect.soft(await settled(name), `${name}: ${what}`).toEqual(before);
        // Nor does it hide what the result is. Under three of them the sentence is scrolled to.
        const parts = what === 'three late payments' ? '.word, .amount' : '.word, .amount, .sentence';
        expect.soft(await outOfSight(page.locator(`.result :is(${parts}):visible`)), `${name}: ${what}`).toEqual([]);
      }
    }
  }, { viewport: { width, height } }));
