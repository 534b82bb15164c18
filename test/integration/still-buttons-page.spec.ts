import { expect, test } from 'vitest';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { ACCEPTED, ASKED_FOR_TIP, AT_PLAID, AT_REST, DECLINED, ENTERED, NOT_CHARGED, PAID, PAYING, latePayment } from '../till-page/snapshots.ts';
import { see } from '../till-page/seen-till.ts';
import { unpainted } from '../till-page/unpainted.ts';

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

/** Of a result. */
const ALL_PARTS = '.word, .amount, .sentence';

type Seen = { readonly buttons: readonly string[]; readonly outOfSight: readonly string[] };

/** Runs in the page: what main pushes is drawn; then the screen's buttons by their texts and places, and those of these parts of its result that are out of sight. */
async function drawAndLook([snapshot, parts]: readonly [snapshot: TillSnapshot, parts: string]): Promise<Seen> {
  const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0;
  (window as unknown as { pushSnapshot(pushed: TillSnapshot): void }).pushSnapshot(snapshot);
  do await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  while (document.querySelector('.tip-choice') !== null && document.querySelector('.tip-choice:not([data-disabled])') === null);
  const buttons = [...document.querySelectorAll('#root > main')]
    .filter((main) => main.checkVisibility())
    .flatMap((main) => [...main.querySelectorAll('button')])
    .filter((button) => button.checkVisibility({ visibilityProperty: true }))
    .map((button) => {
      const { x, y } = button.getBoundingClientRect();
      return `${button.textContent}: ${Math.round(x)}, ${Math.round(y)}`;
    });
  const outOfSight = [...document.querySelectorAll(`.result :is(${parts})`)].filter(isSeen).flatMap((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const isWhole = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && right > left && (over === element || element.contains(over));
    return isWhole ? [] : [element.textContent];
  });
  return { buttons, outOfSight };
}

test.each([[1024, 574], [1024, 688], [1366, 688], [1920, 1080]])('a notice, or any other news, moves no button under the cashier’s finger (%i × %i)', (width, height) =>
  see(AT_REST, ({ page }) =>
    unpainted(page, async () => {
      for (const [name, snapshot] of SCREENS) {
        const before = await page.evaluate(drawAndLook, [snapshot, ALL_PARTS] as const);
        if (snapshot.sale.kind !== 'submitting' && snapshot.sale.kind !== 'checking') expect(before.buttons.length, name).toBeGreaterThan(0);
        for (const [what, change] of ARRIVALS) {
          // Nor does it hide what the result is. Under three of them the sentence is scrolled to.
          const parts = what === 'three late payments' ? '.word, .amount' : ALL_PARTS;
          const after = await page.evaluate(drawAndLook, [{ ...snapshot, ...change }, parts] as const);
          expect.soft(after.buttons, `${name}: ${what}`).toEqual(before.buttons);
          expect.soft(after.outOfSight, `${name}: ${what}`).toEqual([]);
        }
        // What arrived goes again.
        expect.soft((await page.evaluate(drawAndLook, [snapshot, ALL_PARTS] as const)).buttons, name).toEqual(before.buttons);
      }
    }), { viewport: { width, height } }));
