import type { Locator } from 'playwright';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { heard, listen } from '../till-page/announcements.ts';
import { ACCEPTED, AT_PLAID, AT_REST, BAD_DAY, CAN_SAVE, DECLINED, NOT_CHARGED, NO_BANK, PAYING, WHO_IS_INSURED, WRONG_AMOUNT, latePayment } from '../till-page/snapshots.ts';
import { expect, test } from '../till-page/scripted-till.ts';
import { outOfSight } from '../till-page/seen-till.ts';
import { unpainted } from '../till-page/unpainted.ts';
import { resizeTo } from '../till-page/window-size.ts';

/* A part that appears later moves no button under a finger, and a missing field gets the cursor; on the built page of the till. */

/** What a page has of 1024 × 688 with the register's text at 200 %. */
const TEXT_ENLARGED = { width: 512, height: 344 };
const CHECKING: TillSnapshot = { ...AT_REST, sale: PAYING[3]! };
const boxesOf = (parts: Locator) => parts.evaluateAll((elements) => elements.map((element) => JSON.stringify(element.getBoundingClientRect())));
const placesOf = (parts: Locator) => parts.evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().top));

test('UNKNOWN reserves the space of Serve next: no button moves when it appears after 15 seconds, and it is announced then', async ({ app }) => {
  await app.push(CHECKING);
  await app.wait();
  const parts = app.page.locator('.paying-checking :is(.word, .amount, .described, .state-words p)');
  const before = await placesOf(parts);
  const serveNext = app.page.getByRole('button', { name: 'Serve next customer' });
  await expect(serveNext).toHaveCount(0);
  await listen(app.page);
  await app.wait(15_000);
  await expect(serveNext).toBeVisible();
  expect(await placesOf(parts)).toEqual(before);
  expect(await heard(app.page)).toEqual([expect.stringContaining('If the customer cannot wait')]);
});

test('PAID: the button that saves the card comes a moment later, and New sale stays where it is', async ({ app }) => {
  await app.push({ ...CAN_SAVE, saveOffer: null });
  await app.wait();
  const buttons = app.page.locator('.result .next button');
  const boxes = () => buttons.evaluateAll((all) => all.slice(0, 2).map((button) => JSON.stringify(button.getBoundingClientRect())));
  const before = await boxes();
  await app.push(CAN_SAVE);
  await app.wait();
  await expect(buttons).toHaveCount(3);
  expect(await boxes()).toEqual(before);
});

/** Before its first sale, with twelve descriptions and no message. */
const GOOD_DAY: TillSnapshot = { ...BAD_DAY, latePayments: [], journalNotice: null, auditTrouble: null, isJournalInUse: false };

test.for([[1024, 574], [1024, 688], [1366, 688], [1920, 1080]] as const)('a late payment, and its outcome, move no key, no button and not the field (%i × %i)', async ([width, height], { app }) => {
  await resizeTo(app.page, { width, height });
  await app.push(GOOD_DAY);
  await app.wait();
  const parts = app.page.locator('.status-bar button, .sale input, .preset, .hand > .amount, .hand button');
  const before = await boxesOf(parts);
  expect(before.length).toBeGreaterThan(20);
  const { saleId, amountInCents, description } = latePayment(1);
  for (const more of [{ latePayments: [latePayment(1)] }, BAD_DAY, { latePaymentEnd: { saleId, kind: 'voided', amountInCents, description } }] as const) {
    await app.push({ ...GOOD_DAY, ...more });
    await app.wait();
    const notices = app.page.locator('.notices');
    await notices.waitFor();
    expect(await boxesOf(parts)).toEqual(before);
    // Complete, beside the keypad, below the sale's controls; and its buttons can be pressed.
    const [notice, sale, hand] = await Promise.all([notices, app.page.locator('.presets'), app.page.locator('.hand')].map((part) => part.boundingBox()));
    expect(notice!.x + notice!.width).toBeLessThanOrEqual(hand!.x);
    expect(notice!.y).toBeGreaterThanOrEqual(sale!.y + sale!.height);
    expect(notice!.y + notice!.height).toBeLessThanOrEqual(height);
    expect(await outOfSight(notices.locator('button:visible'), true)).toEqual([]);
  }
});

test('the ways to pay and Back stay where they are when a note comes up above them', async ({ app }) => {
  await resizeTo(app.page, { width: 1366, height: 768 });
  const before: TillSnapshot = { ...AT_PLAID, ways: ['card-form', 'reader'] };
  await app.push({ ...before, sale: { ...PAYING[0]!, tender: 'plaid' } as TillSnapshot['sale'] });
  await app.wait();
  const buttons = app.page.locator('.paying .sale button');
  const first = await placesOf(buttons);
  await app.push(before);
  await app.wait();
  expect(await placesOf(buttons)).toEqual(first);
  await app.push({ ...before, formEmptied: 'login' });
  await app.wait();
  expect(await placesOf(buttons)).toEqual(first);
});

test.for([[1024, 688], [1366, 688], [1920, 1080]] as const)('who is insured: the sentence that says what is wrong moves no field and not the button (%i × %i)', async ([width, height], { app }) => {
  await resizeTo(app.page, { width, height });
  await app.push(WHO_IS_INSURED);
  await app.wait();
  const parts = app.page.locator('.insured-customer :is(input, button)');
  await parts.first().waitFor();
  const before = await boxesOf(parts);
  await app.page.locator('.insured-customer .charge').click();
  await expect(app.page.locator('.insured-customer .problem')).not.toBeEmpty();
  expect(await boxesOf(parts)).toEqual(before);
});

test('Charge without a description: the cursor is in its field, which says that it is wrong and why', async ({ app }) => {
  await app.type('1799');
  await listen(app.page);
  await app.type(['Enter']);
  const field = app.page.getByRole('textbox', { name: 'Description' });
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  const described = await field.evaluate((input) => (input.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent).join(' '));
  expect(described).toContain('Add a description');
  expect(await heard(app.page)).toContainEqual(expect.stringContaining('Add a description'));
  await app.page.keyboard.type('One donut');
  await app.wait();
  await expect(field).not.toHaveAttribute('aria-invalid', 'true');
  await app.type(['Enter']);
  expect(await app.begun()).toEqual([{ by: 'charge', amountInCents: 1_799 }]);
});

const LANGUAGES = ['en', 'es', 'fr'] as const;
const ENDS: readonly TillSnapshot[] = [CAN_SAVE, { ...AT_REST, sale: ACCEPTED }, { ...AT_REST, sale: DECLINED }, { ...AT_REST, sale: NOT_CHARGED }, NO_BANK, { ...AT_REST, sale: WRONG_AMOUNT }, CHECKING];

// The text size of the register draws the same page as twice the pixels of a system's or a browser's zoom.
test.for([200, 100] as const)('on the smallest screen enlarged to 200 %, word and amount of a result are in sight with the next button, and the rest scrolls (text size %i)', async (textSize, { app }) => {
  await resizeTo(app.page, TEXT_ENLARGED);
  await unpainted(app.page, async () => {
    for (const language of LANGUAGES) {
      for (const end of ENDS) {
        await app.push({ ...end, textSize, appearance: { ...end.appearance, language } });
        await expect.poll(() => app.page.evaluate(() => document.documentElement.lang)).toBe(language);
        await app.wait(15_500);
        const what = `${language} ${end.sale.kind}`;
        await app.page.evaluate(() => document.querySelector('#root')!.scrollTo(0, 0));
        const first = app.page.locator('main :is(.word, .amount, .result .charge)');
        expect(await first.count(), what).toBeGreaterThan(1);
        expect(await outOfSight(first), what).toEqual([]);
        expect(await outOfSight(app.page.locator('main :is(.word, .amount, .described, .sentence, .state-words p, button)'), true), what).toEqual([]);
      }
    }
  });
});

test('on the smallest screen with text at 200 %, Back is in sight while the customer pays, in every language', async ({ app }) => {
  await resizeTo(app.page, TEXT_ENLARGED);
  for (const language of LANGUAGES) {
    await app.push({ ...AT_PLAID, formEmptied: 'login', textSize: 200, appearance: { ...AT_PLAID.appearance, language } });
    await expect.poll(() => app.page.evaluate(() => document.documentElement.lang)).toBe(language);
    await app.wait();
    const back = app.page.locator('.paying .sale > .quiet');
    const isSeen = await back.evaluate((button) => {
      const { left, right, top, bottom } = button.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight && button.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
    });
    expect(isSeen, language).toBe(true);
  }
});
