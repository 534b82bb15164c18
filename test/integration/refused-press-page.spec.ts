import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { see } from '../till-page/seen-till.ts';
import { AT_REST, DECLINED, ENTERED, PAID, PAYING, WHO_IS_INSURED } from '../till-page/snapshots.ts';
import { fillInsured } from '../till-page/states.ts';
import { press, refused } from '../till-page/state.ts';
import type { TillPage } from '../till-page/till-page.ts';

/* A press on the screen of a sale that main refuses says so, whichever it is. F-10: by a full disk. */

type Refused = { readonly what: string; readonly call: string; readonly snapshot: TillSnapshot; readonly make: (page: Page) => Promise<void> };

const at = (sale: TillSnapshot['sale']): TillSnapshot => ({ ...AT_REST, sale });
const key = (name: string) => (page: Page) => press(page, name);

const REFUSED: readonly Refused[] = [
  { what: 'Try again', call: 'tryAgain', snapshot: at(DECLINED), make: key('Enter') },
  { what: 'Cancel sale', call: 'cancelSale', snapshot: at(DECLINED), make: key('Escape') },
  { what: 'New sale', call: 'newSale', snapshot: at(PAID), make: key('Enter') },
  { what: 'Back', call: 'goBack', snapshot: at(PAYING[1]!), make: key('Escape') },
  { what: 'the price of an insurance', call: 'quoteInsurance', snapshot: WHO_IS_INSURED, make: fillInsured },
];

/** Makes the press until main is asked: the first moment of a screen takes none. */
async function pressRefused({ call, make }: Refused, { page, asked }: TillPage): Promise<void> {
  await expect.poll(async () => {
    await make(page);
    return (await asked(call)).length;
  }).toBeGreaterThan(0);
}

test.each(REFUSED)('F-10: $what, refused by a full disk, is one sentence', (refusal) =>
  see(refusal.snapshot, async (till) => {
    await till.answer(refusal.call, refused('journal-unwritable'));
    await pressRefused(refusal, till);
    await till.page.locator('#root').getByText('This PC cannot write to its disk, so that was not done. Press it again, or call the manager.').waitFor();
  }),
);

const CHARGE: Refused = { what: 'Charge', call: 'charge', snapshot: at(ENTERED), make: key('F9') };
const PRINT: Refused = { what: 'Print receipt', call: 'printReceipt', snapshot: at(PAID), make: key('Control+p') };

test.each([CHARGE, ...REFUSED, PRINT])('$what, on which main fails, is one sentence, and blames no disk', (refusal) =>
  see(refusal.snapshot, async (till) => {
    await till.answer(refusal.call, refused('refused'));
    await pressRefused(refusal, till);
    await till.page.locator('#root').getByText('That did not work. Look at this screen before you press again, or call the manager.').waitFor();
  }),
);

test('F-10, F-17: each digit on PAID asks for the next sale again while a full disk refuses it, and none of them is typed into it later', () =>
  see(at(PAID), async ({ page, answer, asked, push }) => {
    await answer('newSale', refused('journal-unwritable'));
    for (const times of [1, 2]) {
      await press(page, '2');
      await expect.poll(async () => (await asked('newSale')).length).toBe(times);
    }
    await push(AT_REST);
    await page.getByRole('button', { name: '7', exact: true }).waitFor();
    expect(await page.locator('h1').innerText()).toBe('$0.00');
  }));
