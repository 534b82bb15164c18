import type { Locator } from 'playwright';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { ACCEPTED, AT_PHONE, AT_PLAID, AT_REST, BAD_DAY, DECLINED, ENTERED, NOT_CHARGED, NOT_PAID_YET, PAID, PAYING, WRONG_AMOUNT, latePayment } from '../till-page/snapshots.ts';
import { replaceClock } from '../till-page/page-clock.ts';
import { buttonsAct, chargeOf, isInSight, outOfSight, see, sizeOf } from '../till-page/seen-till.ts';
import type { TillPage } from '../till-page/till-page.ts';
import { unpainted } from '../till-page/unpainted.ts';
import { resizeTo } from '../till-page/window-size.ts';

/* The built page of the till in the states of a bad day, at the window sizes of shops. */

/** The page's size on a small, a usual and a large PC; the first one at 125 %. */
const SIZES = [[1024, 574], [1024, 688], [1366, 688], [1920, 1080]] as const;

const UNLOCKED = { kind: 'unlocked', by: 'pin', hasPin: true, secondsLeft: 120 } as const;

/** What has been drawn is looked at in each size, one after the other. */
async function inEachSize({ page }: TillPage, look: (size: string, width: number, height: number) => Promise<void>): Promise<void> {
  for (const [width, height] of SIZES) {
    await resizeTo(page, { width, height });
    await look(`${width} × ${height}`, width, height);
  }
}

test('C-60: amount, state and Back are in sight while the customer pays', () =>
  see(AT_REST, async (till) => {
    for (const sale of PAYING) {
      await till.push({ ...AT_REST, sale });
      await till.page.locator(`main.paying-${sale.kind}`).waitFor();
      await buttonsAct(till);
      await inEachSize(till, async (size) => {
        // Of UNKNOWN the state has no box of its own.
        for (const part of [till.page.getByRole('heading', { name: '$17.99' }), till.page.locator('.state p:visible')]) {
          await part.first().waitFor();
          expect(await outOfSight(part), `${sale.kind}, ${size}`).toEqual([]);
        }
        const back = till.page.getByRole('button', { name: /^Back/u });
        if ((await back.count()) > 0) expect(await isInSight(back), `${sale.kind}, ${size}: Back`).toBe(true);
      });
    }
  }, {}, { clock: replaceClock }));

test('every end of a sale: its word and its buttons are in sight', () =>
  see(AT_REST, async (till) => {
    for (const sale of [PAID, DECLINED, NOT_CHARGED, WRONG_AMOUNT]) {
      await till.push({ ...AT_REST, sale });
      await buttonsAct(till);
      await inEachSize(till, async (size) => {
        expect(await outOfSight(till.page.locator('main h1, main button')), `${sale.kind}, ${size}`).toEqual([]);
      });
    }
  }, {}, { clock: replaceClock }));

test('C-64: amount, keys and Charge are one column, no wider than a hand needs', () =>
  see({ ...AT_REST, sale: ENTERED }, (till) =>
    inEachSize(till, async (size, width) => {
      const [amount, key, charge] = await Promise.all([till.page.locator('.hand > .amount'), till.page.getByRole('button', { name: '7', exact: true }), chargeOf(till)].map((part) => part.boundingBox()));
      expect(charge!.width, size).toBeLessThanOrEqual(Math.min(760, width / 2));
      expect(amount!.x, size).toBeGreaterThanOrEqual(width / 2 - 1);
      expect(key!.x, size).toBeCloseTo(charge!.x, 0);
      expect(amount!.y, size).toBeLessThan(key!.y);
      expect(key!.y, size).toBeLessThan(charge!.y);
    })));

test('C-67: WRONG AMOUNT shows both amounts large, labelled, and asks for the manager', () =>
  see({ ...AT_REST, sale: WRONG_AMOUNT }, async (till) => {
    const { page } = till;
    await page.getByRole('heading', { name: 'WRONG AMOUNT' }).waitFor();
    await inEachSize(till, async (size) => {
      const text = await sizeOf(page.locator('body'));
      for (const amount of ['$18.00', '$717.00']) {
        const part = page.locator('.both-amounts .amount', { hasText: amount });
        expect(await isInSight(part), `${amount}, ${size}`).toBe(true);
        expect(await sizeOf(part), `${amount}, ${size}`).toBeGreaterThan(2 * text);
      }
      expect(await isInSight(page.locator('#root').getByText(/call the manager: F10/u)), size).toBe(true);
    });
  }));

test('C-65: the set-up is in the middle, no wider than a form of the manager’s, with its button in sight', () =>
  see({ ...AT_REST, isFirstRun: true, mode: 'training', manager: { kind: 'open' } }, async (till) => {
    await till.page.getByRole('button', { name: /^Connect JustiFi/u }).click();
    await inEachSize(till, async (size, width) => {
      const field = await till.page.getByRole('textbox', { name: 'Client id' }).boundingBox();
      expect(field!.x, size).toBeGreaterThan(width / 20);
      expect(field!.x * 2 + field!.width, size).toBeCloseTo(width, -1);
      expect(field!.width, size).toBeLessThanOrEqual(width * 0.7);
      expect(await isInSight(till.page.getByRole('button', { name: 'Next' })), size).toBe(true);
    });
  }));

test.each(['en', 'fr', 'es'] as const)('C-63: five late payments, three warnings and twelve long presets before the first sale leave amount, keys and Charge in sight (%s)', (language) =>
  see({ ...BAD_DAY, appearance: { ...AT_REST.appearance, language } }, async (till) => {
    const late = till.page.locator('section.late:visible');
    await chargeOf(till).waitFor();
    const parts = till.page.getByRole('heading', { level: 1 }).or(till.page.locator('.keypad button')).or(chargeOf(till));
    expect(await parts.count()).toBeGreaterThan(15);
    await inEachSize(till, async (size, _width, height) => {
      expect(await late.count(), size).toBe(height < 768 ? 1 : 2);
      expect(await outOfSight(parts), size).toEqual([]);
    });
    await till.page.locator('.notices > button').click();
    await inEachSize(till, async (size) => {
      expect(await late.count(), size).toBe(8);
      expect(await isInSight(chargeOf(till)), size).toBe(true);
    });
  }));

/** Of the pixels of the button's words, those that are not as its most frequent colour. The colours alone do not show the box that Chromium draws behind a label. */
async function inkShare(button: Locator): Promise<number> {
  const clip = await button.evaluate((element) => {
    const words = document.createRange();
    words.selectNodeContents(element.firstChild!);
    const { x, y, width, height } = words.getBoundingClientRect();
    return { x, y, width, height };
  });
  const { data } = PNG.sync.read(await button.page().screenshot({ clip }));
  const pixels = Array.from({ length: data.length / 4 }, (_, at) => data.readUIntBE(at * 4, 3));
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  return 1 - Math.max(...counts.values()) / pixels.length;
}

test('C-66: in forced colours every word on a large button is seen', () =>
  see({ ...AT_REST, sale: ENTERED }, async (till) => {
    for (const sale of [ENTERED, PAID, DECLINED, NOT_CHARGED, WRONG_AMOUNT]) {
      await till.push({ ...AT_REST, sale });
      await buttonsAct(till);
      for (const button of await till.page.locator('main button.charge').all()) {
        expect(await inkShare(button), `${sale.kind}: ${await button.innerText()}`).toBeGreaterThan(0.1);
      }
    }
  }, { forcedColors: 'active' }, { clock: replaceClock }));

test.each([PAID, DECLINED])('$kind: a button, and the key beside its word, look the same before and after it is enabled', (sale) =>
  see({ ...AT_REST, sale }, async (till) => {
    await till.page.locator('main button:disabled kbd').first().waitFor();
    const looks = () => till.page.locator('main button, main button kbd').evaluateAll((parts) => parts.map((part) => (({ color, backgroundColor, borderTopColor, borderTopStyle }) => [part.textContent, color, backgroundColor, borderTopColor, borderTopStyle])(getComputedStyle(part))));
    const before = await looks();
    await buttonsAct(till);
    expect(await looks()).toEqual(before);
  }, {}, { clock: replaceClock }));

test.each([[1024, 688], [1366, 688]])('C-68: a screen of %i × %i at twice the size: nothing lies over anything, and every key and Charge can be scrolled to', (width, height) =>
  see({ ...AT_REST, sale: ENTERED }, async (till) => {
    const { page } = till;
    await page.locator('.hand').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    const keys = await page.locator('.keypad button').all();
    expect(keys.length).toBeGreaterThan(11);
    for (const part of [page.getByRole('heading', { level: 1 }), page.getByRole('textbox', { name: 'Description' }), ...keys, chargeOf(till)]) {
      await part.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
      expect(await outOfSight(part)).toEqual([]);
    }
  }, { viewport: { width: width / 2, height: height / 2 }, deviceScaleFactor: 2 }));

const UNKNOWN = PAYING.find(({ kind }) => kind === 'checking')!;

test.each(['training', 'test', 'live'] as const)('C-69: every result in %s has its tag beside it, UNKNOWN and the last sale too, and real money has none', (mode) =>
  see({ ...AT_REST, mode, sale: PAID }, async ({ page, push }) => {
    const word = page.locator('.word-line:visible');
    const expectTag = async (what: string) => {
      await word.waitFor();
      expect(await page.locator('.word').count(), what).toBe(1);
      expect(await word.getByText(/^(?:TEST|TRAINING)$/iu).count(), what).toBe(mode === 'live' ? 0 : 1);
    };
    for (const sale of [PAID, ACCEPTED, DECLINED, NOT_CHARGED, WRONG_AMOUNT, UNKNOWN]) {
      await push({ ...AT_REST, mode, sale });
      await page.locator(sale === UNKNOWN ? '.paying-checking' : `.result-${sale.kind}`).waitFor();
      await expectTag(sale.kind);
    }
    await push({ ...AT_REST, mode, lastSale: { ...PAID, givenBack: null, isDisputed: false } });
    await page.locator('.hand').waitFor();
    await page.keyboard.press('F4');
    await page.locator('.last-sale').waitFor();
    await expectTag('last sale');
  }));

test('fifty cashiers with long names: all can be reached, and no name is cut off at the sides', () =>
  see({ ...AT_REST, cashiers: { all: Array.from({ length: 50 }, (_, place) => ({ id: String(place), name: `Maria Magdalena von Hohenstein-${place}` })), signedIn: null } }, async ({ page }) => {
    await page.getByRole('group', { name: 'Cashiers' }).waitFor();
    const last = page.getByRole('button', { name: /-49$/u });
    await last.scrollIntoViewIfNeeded();
    expect(await isInSight(last)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }, { viewport: { width: 1024, height: 688 } }));

test.each([[1280, 800], [1920, 1080]])('C-63: unfolded, the messages are scrolled, and the keypad stays whole (%i × %i)', (width, height) =>
  see(BAD_DAY, async (till) => {
    await till.page.locator('.notices > button').click();
    await expect.poll(() => till.page.locator('section.late:visible').count()).toBe(8);
    expect(await outOfSight(till.page.locator('.keypad button').or(chargeOf(till)))).toEqual([]);
  }, { viewport: { width, height } }));

test.each([100, 125, 150, 175, 200] as const)('the ways to pay hold their words and keys in every language (text at %i percent)', (textSize) =>
  see(AT_PHONE, ({ page, push }) =>
    unpainted(page, async () => {
      for (const language of ['en', 'es', 'fr'] as const) {
        for (const snapshot of [AT_PHONE, NOT_PAID_YET]) {
          await push({ ...snapshot, textSize, appearance: { ...snapshot.appearance, language } });
          await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe(language);
          await page.locator('.tender').first().waitFor();
          for (const [width, height] of [[1024, 688], [1366, 688], [1280, 800], [1920, 1080]] as const) {
            await resizeTo(page, { width: Math.round((width * 100) / textSize), height: Math.round((height * 100) / textSize) });
            const out = await page.locator('.tender').evaluateAll((ways) => ways.flatMap((way) => {
              return [way, ...way.querySelectorAll('kbd')].flatMap((part) => {
                const box = part.getBoundingClientRect();
                const range = document.createRange();
                range.selectNodeContents(part);
                const words = range.getBoundingClientRect();
                return words.left < box.left || words.right > box.right || words.top < box.top || words.bottom > box.bottom ? [part.textContent] : [];
              });
            }));
            expect.soft(out, `${language}, ${width} × ${height}`).toEqual([]);
          }
        }
      }
    })));

test.each([[1024, 688], [1366, 688], [1920, 1080]])('of seven ways to pay each has its name in two lines at most, and its key inside its padding (%i × %i)', (width, height) =>
  see(AT_PLAID, async ({ page, push }) => {
    for (const language of ['en', 'es', 'fr'] as const) {
      await push({ ...AT_PLAID, appearance: { ...AT_PLAID.appearance, language } });
      await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe(language);
      const crowded = await page.locator('.tender').evaluateAll((ways) => ways.flatMap((way) => {
        const { minHeight, paddingInlineEnd } = getComputedStyle(way);
        const { right, height: high } = way.getBoundingClientRect();
        const isCrowded = high > Number.parseFloat(minHeight) || way.querySelector('kbd')!.getBoundingClientRect().right > right - Number.parseFloat(paddingInlineEnd);
        return isCrowded ? [way.textContent] : [];
      }));
      expect.soft(crowded, language).toEqual([]);
    }
  }, { viewport: { width, height } }));

test('C-82: at 1024 the audit log has no UUID, half of its width for what happened, and no line of one word below another', () =>
  see({ ...AT_REST, manager: UNLOCKED }, async ({ page, answer }) => {
    const line = { at: '2026-11-02T15:04:05.000Z', utcOffsetInMinutes: -300, register: 'Register 1', who: { role: 'cashier', name: 'Maria Magdalena von Hohenstein' }, action: 'charge-result', detail: { sale: AT_REST.sale.saleId, result: 'paid', amountInCents: 1_799 } };
    await answer('readAudit', { kind: 'ok', value: { lines: [1, 2, 3].map((sequence) => ({ ...line, sequence })), hasMore: false, people: [], trouble: null } });
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    await page.getByRole('tab', { name: 'Audit log' }).click();
    const table = page.locator('.audit-lines');
    await table.waitFor();
    expect(await table.innerText()).toContain('7b1d7f5e…');
    expect(await table.innerText()).not.toMatch(/[\da-f]{4}-[\da-f]{4}-/u);
    const [whole, last] = await Promise.all([table, page.locator('.audit-lines th').last()].map((part) => part.boundingBox()));
    expect(last!.width).toBeGreaterThanOrEqual(whole!.width * 0.4);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }, { viewport: { width: 1024, height: 688 } }));

describe('with messages Clear ends above Charge: a press on a key that is half under it would charge', () => {
  const late = { ...AT_REST, latePayments: [latePayment(1)], appearance: { ...AT_REST.appearance, language: 'fr' as const } };
  test.each([['a bad day', 574, BAD_DAY], ['a bad day', 688, BAD_DAY], ['a late payment in French', 574, late], ['a late payment in French', 688, late]] as const)('%s, 1024 × %i', (_what, height, snapshot) =>
    see(snapshot, async (till) => {
      const [clear, charge] = await Promise.all([till.page.locator('.key-clear'), till.page.locator('.charge')].map((part) => part.boundingBox()));
      expect(clear!.y + clear!.height).toBeLessThanOrEqual(charge!.y + 1);
    }, { viewport: { width: 1024, height } }));
});
