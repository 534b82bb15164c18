import type { Browser, Locator } from 'playwright';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { pageBrowser } from '../host/page-browser.ts';
import { AT_PHONE, AT_REST, BAD_DAY, DECLINED, ENTERED, NOT_CHARGED, NOT_PAID_YET, PAID, PAYING, WRONG_AMOUNT, latePayment } from '../till-page/snapshots.ts';
import { focused, heard, listen, liveRegions } from '../till-page/hearing.ts';
import { type PageClock, replaceClock } from '../till-page/page-clock.ts';
import { type InPage, type TillPage, openTillPage } from '../till-page/till-page.ts';

/* The built page of the till in the states of a bad day, at the window sizes of shops. */

/** The page's size on a small, a usual and a large PC; the first one at 125 %. */
const SIZES = [[1024, 574], [1024, 688], [1366, 688], [1920, 1080]] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await pageBrowser();
});

async function see(snapshot: TillSnapshot, look: (till: TillPage) => Promise<void>, options: Parameters<typeof openTillPage>[2] = {}, inPage?: InPage): Promise<void> {
  const till = await openTillPage(browser, snapshot, options, inPage);
  try {
    await look(till);
  } finally {
    await till.close();
  }
}

const chargeOf = ({ page }: TillPage) => page.locator('button.charge');

/** A button that begins to act is another element. On a page whose clock is moved: past the first moment of its screen. */
async function buttonsAct({ page }: TillPage): Promise<void> {
  await page.evaluate(() => (window as unknown as { readonly pageClock: PageClock }).pageClock.advance(500));
  expect(await page.locator('main button:disabled').count()).toBe(0);
}

/** Those that are not fully inside the window, or are covered at their middle. */
function outOfSight(parts: Locator): Promise<string[]> {
  return parts.evaluateAll((elements) =>
    elements.flatMap((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const isWhole = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && right > left && (over === element || element.contains(over));
      return isWhole ? [] : [element.textContent];
    }),
  );
}

async function isInSight(part: Locator): Promise<boolean> {
  await part.waitFor();
  return (await outOfSight(part)).length === 0;
}

const sizeOf = (part: Locator) => part.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));

describe.each(SIZES)('on a screen of %i × %i', (width, height) => {
  const viewport = { width, height };

  test('C-60: amount, state and Back are in sight while the customer pays', () =>
    see(AT_REST, async (till) => {
      for (const sale of PAYING) {
        await till.push({ ...AT_REST, sale });
        // Of UNKNOWN the state has no box of its own.
        for (const part of [till.page.getByRole('heading', { name: '$17.99' }), till.page.locator('.state p:visible')]) {
          await part.first().waitFor();
          expect(await outOfSight(part), sale.kind).toEqual([]);
        }
        const back = till.page.getByRole('button', { name: /^Back/u });
        if ((await back.count()) > 0) expect(await isInSight(back), `${sale.kind}: Back`).toBe(true);
      }
    }, { viewport }));

  test.each(['en', 'fr', 'es'] as const)('C-63: five late payments, three warnings and twelve long presets before the first sale leave amount, keys and Charge in sight (%s)', (language) =>
    see({ ...BAD_DAY, appearance: { ...AT_REST.appearance, language } }, async (till) => {
      expect(await till.page.locator('section.late:visible').count()).toBe(height < 768 ? 1 : 2);
      await chargeOf(till).waitFor();
      const parts = till.page.getByRole('heading', { level: 1 }).or(till.page.locator('.keypad button')).or(chargeOf(till));
      expect(await parts.count()).toBeGreaterThan(15);
      expect(await outOfSight(parts)).toEqual([]);
      await till.page.locator('.notices > button').click();
      expect(await till.page.locator('section.late:visible').count()).toBe(8);
      expect(await isInSight(chargeOf(till))).toBe(true);
    }, { viewport }));

  test('C-64: amount, keys and Charge are one column, no wider than a hand needs', () =>
    see({ ...AT_REST, sale: ENTERED }, async (till) => {
      const [amount, key, charge] = await Promise.all([till.page.locator('.hand > .amount'), till.page.getByRole('button', { name: '7', exact: true }), chargeOf(till)].map((part) => part.boundingBox()));
      expect(charge!.width).toBeLessThanOrEqual(Math.min(760, width / 2));
      expect(amount!.x).toBeGreaterThanOrEqual(width / 2 - 1);
      expect(key!.x).toBeCloseTo(charge!.x, 0);
      expect(amount!.y).toBeLessThan(key!.y);
      expect(key!.y).toBeLessThan(charge!.y);
    }, { viewport }));

  test('C-67: WRONG AMOUNT shows both amounts large, which is which, and that the manager is to be called', () =>
    see({ ...AT_REST, sale: WRONG_AMOUNT }, async (till) => {
      const { page } = till;
      await page.getByRole('heading', { name: 'WRONG AMOUNT' }).waitFor();
      const text = await sizeOf(page.locator('body'));
      for (const amount of ['$18.00', '$717.00']) {
        const part = page.locator('.both-amounts .amount', { hasText: amount });
        expect(await isInSight(part), amount).toBe(true);
        expect(await sizeOf(part), amount).toBeGreaterThan(2 * text);
      }
      expect(await isInSight(page.locator('#root').getByText(/call the manager: F10/u))).toBe(true);
    }, { viewport }));

  test('C-65: the set-up stands in the middle, no wider than a form of the manager’s, with its button in sight', () =>
    see({ ...AT_REST, isFirstRun: true, mode: 'training', manager: { kind: 'open' } }, async (till) => {
      await till.page.getByRole('button', { name: /^Connect JustiFi/u }).click();
      const field = await till.page.getByRole('textbox', { name: 'Client id' }).boundingBox();
      expect(field!.x).toBeGreaterThan(width / 20);
      expect(field!.x * 2 + field!.width).toBeCloseTo(width, -1);
      expect(field!.width).toBeLessThanOrEqual(width * 0.7);
      expect(await isInSight(till.page.getByRole('button', { name: 'Next' }))).toBe(true);
    }, { viewport }));

  test('every end of a sale: its word and its buttons are in sight', () =>
    see(AT_REST, async (till) => {
      for (const sale of [PAID, DECLINED, NOT_CHARGED, WRONG_AMOUNT]) {
        await till.push({ ...AT_REST, sale });
        await buttonsAct(till);
        expect(await outOfSight(till.page.locator('main h1, main button')), sale.kind).toEqual([]);
      }
    }, { viewport }, { clock: replaceClock }));
});

test('C-66: in forced colours every word on a large button is seen', () =>
  see({ ...AT_REST, sale: ENTERED }, async (till) => {
    for (const sale of [ENTERED, PAID, DECLINED, NOT_CHARGED, WRONG_AMOUNT]) {
      await till.push({ ...AT_REST, sale });
      await buttonsAct(till);
      for (const button of await till.page.locator('main button.charge').all()) {
        const { ink, ground } = await button.evaluate((element) => ({ ink: getComputedStyle(element).color, ground: getComputedStyle(element).backgroundColor }));
        expect(ink, `${sale.kind}: ${await button.innerText()}`).not.toBe(ground);
      }
    }
  }, { forcedColors: 'active' }, { clock: replaceClock }));

test.each([[1024, 688], [1366, 688]])('C-68: a screen of %i × %i at twice the size: nothing lies over anything, and every key and Charge can be scrolled to', (width, height) =>
  see({ ...AT_REST, sale: ENTERED }, async (till) => {
    const { page } = till;
    await page.locator('.hand').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    for (const part of [page.getByRole('heading', { level: 1 }), page.getByRole('textbox', { name: 'Description' }), ...(await page.locator('.keypad button').all()), chargeOf(till)]) {
      await part.scrollIntoViewIfNeeded();
      expect(await isInSight(part), await part.innerText()).toBe(true);
    }
  }, { viewport: { width: width / 2, height: height / 2 }, deviceScaleFactor: 2 }));

test.each(['training', 'test', 'live'] as const)('C-69: PAID in %s has its tag beside it, and real money has none', (mode) =>
  see({ ...AT_REST, mode, sale: PAID }, async ({ page }) => {
    const words = page.locator('.result-words');
    await words.waitFor();
    expect(/TEST|TRAINING/u.test(await words.locator('.word-line').innerText())).toBe(mode !== 'live');
  }));

test.each([['PAID', PAID], ['DECLINED', DECLINED], ['NOT CHARGED', NOT_CHARGED], ['WRONG AMOUNT', WRONG_AMOUNT]] as const)('C-70: when a sale is over its heading has the focus, and its name is %s', (word, sale) =>
  see({ ...AT_REST, sale }, async ({ page }) => {
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    expect(await page.getByRole('heading', { level: 1, name: word }).count()).toBe(1);
  }));

test('the shortest sale is amount, Enter: the empty field says which description will be sent, and the first-sale hints ask for none', () =>
  see({ ...AT_REST, isFirstSale: true, usualDescription: 'Coffee' }, async ({ page, push, asked }) => {
    const field = page.getByRole('textbox', { name: 'Description' });
    await field.waitFor();
    expect(await field.getAttribute('placeholder')).toBe('Coffee');
    expect(await field.inputValue()).toBe('');
    expect(await page.locator('#root').getByText('Add a description.').count()).toBe(0);
    for (const key of ['4', '5', '0', 'Enter']) await page.keyboard.press(key, { delay: 120 });
    await expect.poll(() => asked('charge')).toMatchObject([{ saleId: AT_REST.sale.saleId, amountInCents: 450, description: '' }]);
    await push({ ...AT_REST, isFirstSale: true });
    await page.locator('#root').getByText('Add a description.').waitFor();
    expect(await field.getAttribute('placeholder')).toBe('');
  }));

test('a manager chooses the usual description of a sale, and sees where to type it', () =>
  see({ ...AT_REST, manager: { kind: 'unlocked', by: 'pin', hasPin: true, secondsLeft: 120 } }, async ({ page, asked }) => {
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    await page.getByRole('tab', { name: 'Sales and limits' }).click();
    const text = page.getByRole('textbox', { name: 'Usual description' });
    const choice = page.getByRole('button', { name: /Description of a sale/u });
    await choice.click();
    expect(await text.count()).toBe(0);
    await page.getByRole('option', { name: 'Optional: the usual one if left empty' }).click();
    await text.fill('Coffee');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => asked('changeSettings')).toMatchObject([{ description: { kind: 'usual', usual: 'Coffee' } }]);
  }));

test('C-75: keys are told to assistive software as keys, and are in no name', () =>
  see({ ...AT_REST, sale: ENTERED, lastSale: null }, async ({ page }) => {
    for (const [name, key] of [['Help', 'F1'], ['Manager', 'F10'], [/^Charge \$17\.99$/u, 'Enter']] as const) {
      const button = page.getByRole('button', { name, exact: true });
      await button.waitFor();
      expect(await button.getAttribute('aria-keyshortcuts')).toBe(key);
    }
  }));

test('C-76: the first screen offers every language by its own name, and speaks it at once; F1 says what the keys do', () =>
  see({ ...AT_REST, isFirstRun: true, account: { kind: 'starting' }, mode: 'training' }, async ({ page }) => {
    await page.getByRole('heading', { name: 'Welcome to Counter' }).waitFor();
    await page.keyboard.press('F1');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('F1');
    await page.getByRole('button', { name: 'Français' }).click();
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('fr');
    expect(await page.getByRole('button', { name: 'Français' }).getAttribute('aria-pressed')).toBe('true');
  }));

test('C-76: a cashier chooses the language at sign-in; after sign-out the register speaks its own again', () => {
  const anna = { id: 'a', name: 'Anna' };
  const door = { ...AT_REST, cashiers: { all: [anna], signedIn: null } };
  return see(door, async ({ page, push }) => {
    const language = () => page.evaluate(() => document.documentElement.lang);
    await page.getByRole('button', { name: 'Español' }).click();
    await expect.poll(language).toBe('es');
    await push({ ...door, cashiers: { all: [anna], signedIn: anna } });
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await language()).toBe('es');
    await push(door);
    await expect.poll(language).toBe('en');
  });
});

test('C-78: the wait after wrong PINs counts down and is gone when it is over', () =>
  see({ ...AT_REST, manager: { kind: 'locked', opensWith: 'pin', secret: 'client', waitSeconds: 2 } }, async ({ page }) => {
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    await page.locator('#root').getByText('Too many wrong PINs.').waitFor();
    await page.locator('#root').getByText('Too many wrong PINs.').waitFor({ state: 'detached' });
  }));

test('fifty cashiers with long names: all can be reached, and no name is cut off at the sides', () =>
  see({ ...AT_REST, cashiers: { all: Array.from({ length: 50 }, (_, place) => ({ id: String(place), name: `Maria Magdalena von Hohenstein-${place}` })), signedIn: null } }, async ({ page }) => {
    await page.getByRole('group', { name: 'Cashiers' }).waitFor();
    const last = page.getByRole('button', { name: /-49$/u });
    await last.scrollIntoViewIfNeeded();
    expect(await isInSight(last)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }, { viewport: { width: 1024, height: 688 } }));

test('C-76: the language of the first screen becomes the register’s, and the manager can choose another afterwards', () =>
  see({ ...AT_REST, isFirstRun: true, mode: 'training' }, async ({ page, push, asked }) => {
    const language = () => page.evaluate(() => document.documentElement.lang);
    await page.getByRole('button', { name: 'Français' }).click();
    await expect.poll(language).toBe('fr');
    const { appearance } = AT_REST;
    await push(AT_REST);
    await expect.poll(() => asked('changeAppearance')).toEqual([{ ...appearance, language: 'fr' }]);
    await push({ ...AT_REST, appearance: { ...appearance, language: 'fr' } });
    await push({ ...AT_REST, appearance: { ...appearance, language: 'es' } });
    await expect.poll(language).toBe('es');
  }));

const UNLOCKED = { kind: 'unlocked', by: 'pin', hasPin: true, secondsLeft: 120 } as const;

test('a manager who forgot the PIN is led to the new one by the secret', () =>
  see(AT_REST, async ({ page, push }) => {
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    await page.getByLabel('Manager PIN', { exact: true }).waitFor();
    await push({ ...AT_REST, manager: { ...UNLOCKED, by: 'secret' } });
    await expect.poll(() => page.getByRole('tab', { name: 'Manager PIN' }).getAttribute('aria-selected')).toBe('true');
  }));

test('C-79: a lock forgets what was typed and not saved, and the way out asks nothing about it afterwards', () => {
  const unlocked = { ...AT_REST, manager: UNLOCKED };
  return see(unlocked, async ({ page, push }) => {
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    await page.getByRole('tab', { name: 'Sales and limits' }).click();
    await page.getByRole('textbox', { name: 'Largest amount' }).fill('500');
    await push(AT_REST);
    await page.getByLabel('Manager PIN', { exact: true }).waitFor();
    await push(unlocked);
    await page.getByRole('tab', { name: 'Sales and limits' }).waitFor();
    await page.keyboard.press('F10', { delay: 60 });
    await page.locator('.hand').waitFor();
  });
});

test('C-71: one live region stays through every screen, and says each result, warning and wait once', () =>
  see(AT_REST, async ({ page, push }) => {
    await page.locator('.hand').waitFor();
    await page.evaluate(() => document.getElementById('announcements')?.setAttribute('data-first', ''));
    await listen(page);
    const screens: readonly (readonly [TillSnapshot, RegExp])[] = [
      ...PAYING.map((sale) => [{ ...AT_REST, sale }, { preparing: /^Opening/u, ready: /^Ready/u, submitting: /^Processing/u, checking: /^UNKNOWN .*Checking/u }[sale.kind as 'ready']] as const),
      [{ ...AT_REST, sale: PAID }, /^PAID test \$17\.99 One donut Card •••• 4242, 3:04 PM$/u],
      [{ ...AT_REST, sale: DECLINED }, /^DECLINED .*\$17\.99 One donut /u],
      [{ ...AT_REST, sale: NOT_CHARGED }, /^NOT CHARGED/u],
      [{ ...AT_REST, sale: WRONG_AMOUNT }, /^WRONG AMOUNT .*\$18\.00 .*\$717\.00/u],
      [{ ...AT_REST, sale: { ...ENTERED, problem: { kind: 'amount-unusual' } } }, /^That is a large amount/u],
      [{ ...AT_REST, connectionFailure: { trouble: 'no-answer', code: 'ENOTFOUND' } }, /^JustiFi does not answer/u],
    ];
    for (const [snapshot, sentence] of screens) {
      const before = (await heard(page)).length;
      await push(snapshot);
      await expect.poll(async () => (await heard(page)).slice(before)).toContainEqual(expect.stringMatching(sentence));
      // It is not announced again when it is drawn again.
      await push({ ...snapshot });
      expect((await heard(page)).slice(before).filter((words) => sentence.test(words))).toHaveLength(1);
      expect(await liveRegions(page)).toEqual(['announcements']);
    }
    expect(await page.locator('#announcements[data-first]').count()).toBe(1);
  }));

test('C-71: what is folded is said, too; and the amount is said when the hand pauses', () =>
  see({ ...AT_REST, usualDescription: 'Coffee' }, async ({ page, push }) => {
    await page.locator('.hand').waitFor();
    await listen(page);
    for (const key of ['4', '5', '0']) await page.keyboard.press(key);
    await expect.poll(() => heard(page)).toContainEqual(expect.stringContaining('$4.50'));
    expect(await heard(page)).toHaveLength(1);
    await push(BAD_DAY);
    await expect.poll(async () => (await heard(page)).filter((words) => words.startsWith('Earlier payment'))).toHaveLength(BAD_DAY.latePayments.length);
  }));

test.each([[1280, 800], [1920, 1080]])('C-63: unfolded, the messages are scrolled, and the keypad stays whole (%i × %i)', (width, height) =>
  see(BAD_DAY, async (till) => {
    await till.page.locator('.notices > button').click();
    await expect.poll(() => till.page.locator('section.late:visible').count()).toBe(8);
    expect(await outOfSight(till.page.locator('.keypad button').or(chargeOf(till)))).toEqual([]);
  }, { viewport: { width, height } }));

test('no connection is said once on the screen', () =>
  see({ ...AT_REST, sale: ENTERED, connectionFailure: { trouble: 'no-answer', code: 'ENOTFOUND' } }, async ({ page }) => {
    await page.locator('.entry-notes').getByText('Nothing was charged.').waitFor();
    expect((await page.locator('#root').innerText()).match(/no connection/giu)).toHaveLength(1);
  }));

test.each([100, 125, 150, 175, 200] as const)('the ways to pay hold their words and keys in every language (text at %i %%)', (textSize) =>
  see(AT_PHONE, async ({ page, push }) => {
    for (const language of ['en', 'es', 'fr'] as const) {
      for (const snapshot of [AT_PHONE, NOT_PAID_YET]) {
        await push({ ...snapshot, appearance: { ...snapshot.appearance, language, textSize } });
        await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe(language);
        await page.locator('.tender').first().waitFor();
        for (const [width, height] of [[1024, 688], [1366, 688], [1280, 800], [1920, 1080]] as const) {
          await page.setViewportSize({ width: Math.round((width * 100) / textSize), height: Math.round((height * 100) / textSize) });
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
  }));

test('C-80: what became of a late payment is shown and said where its notice was, and asks for nothing', () =>
  see({ ...AT_REST, latePayments: [latePayment(1)] }, async ({ page, push }) => {
    await page.locator('.late').waitFor();
    await listen(page);
    const { saleId, amountInCents, description } = latePayment(1);
    for (const [kind, word] of [['kept', 'Kept: $25.01'], ['voided', 'Voided: $25.01'], ['refunded', 'Refunded: $25.01'], ['not-paid', 'failed after all: $25.01']] as const) {
      await push({ ...AT_REST, latePaymentEnd: { saleId, kind, amountInCents, description } });
      await page.getByRole('note').filter({ hasText: word }).filter({ hasText: description }).waitFor();
      await expect.poll(() => heard(page)).toContainEqual(expect.stringContaining(word));
    }
    expect(await page.locator('.notices button').count()).toBe(0);
  }));

test('C-71: a wait that counts down is said once', () =>
  see({ ...AT_REST, manager: { kind: 'locked', opensWith: 'pin', secret: 'client', waitSeconds: 2 } }, async ({ page, push }) => {
    await listen(page);
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    const wait = page.locator('#root').getByText('Too many wrong PINs.');
    await wait.waitFor();
    await push({ ...AT_REST, manager: { kind: 'locked', opensWith: 'pin', secret: 'client', waitSeconds: 1 } });
    await wait.waitFor({ state: 'detached' });
    expect((await heard(page)).filter((words) => words.startsWith('Too many wrong PINs.'))).toHaveLength(1);
  }));

test('C-72: the focus never falls to the body, whatever goes while it has the focus', () =>
  see({ ...AT_REST, latePayments: [latePayment(1)] }, async ({ page, push }) => {
    const voids = page.getByRole('button', { name: 'Void', exact: true });
    await expect.poll(() => voids.isEnabled()).toBe(true);
    await voids.focus();
    await page.keyboard.press('Enter');
    await push({ ...AT_REST, latePayments: [{ ...latePayment(1), isReversing: true }] });
    await expect.poll(() => focused(page)).not.toBe('body');
    await push(AT_REST);
    await expect.poll(() => focused(page)).toBe('h1 Amount $0.00');
    for (const sale of [...PAYING, PAID, DECLINED, WRONG_AMOUNT, AT_REST.sale]) {
      await push({ ...AT_REST, sale });
      await expect.poll(() => focused(page)).toMatch(/^h1 /u);
    }
  }));

test('C-72: after a click beside everything the next screen has the focus at its heading all the same', () =>
  see({ ...AT_REST, sale: PAYING[1]! }, async ({ page, push }) => {
    await expect.poll(() => focused(page)).toMatch(/^h1 /u);
    await page.mouse.click(2, 400);
    await expect.poll(() => focused(page)).toBe('body');
    for (const sale of [PAID, AT_REST.sale]) {
      await push({ ...AT_REST, sale });
      await expect.poll(() => focused(page)).toMatch(/^h1 /u);
      await page.mouse.click(2, 400);
    }
  }));

test('C-72: a wrong key leaves the focus on Next, and the list of shops has it when it comes up', () =>
  see({ ...AT_REST, isFirstRun: true, mode: 'training', manager: { kind: 'open' } }, async ({ page, answer }) => {
    await answer('findSubAccounts', { kind: 'failed', failure: { kind: 'credentials-refused', code: 'not_authorized' } });
    await page.getByRole('button', { name: /^Connect JustiFi/u }).click();
    const next = page.getByRole('button', { name: 'Next' });
    await next.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('note').filter({ hasText: /\S/u }).waitFor();
    await expect.poll(() => focused(page)).toBe('button Next');
    await answer('findSubAccounts', { kind: 'ok', value: { offers: [{ id: 'acc_1', name: 'Shop', obstacle: null, status: null, currency: 'USD', takes: null, mode: 'test' }], isCut: false } });
    await page.keyboard.press('Enter');
    await page.getByRole('radio').first().waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('radio');
  }));

test('C-72: adding and removing a cashier leaves the focus at the list', () => {
  const anna = { id: 'a', name: 'Anna' };
  const unlocked = { ...AT_REST, manager: UNLOCKED, cashiers: { all: [anna], signedIn: anna } };
  return see(unlocked, async ({ page, push }) => {
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    await page.getByRole('tab', { name: 'Cashiers' }).click();
    await page.getByRole('button', { name: 'Add a cashier' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Name' }).fill('Bert');
    await page.locator('.pin-pad input').fill('4711');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('h2 Cashiers');
    await page.getByRole('button', { name: /^Remove/u }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Remove/u }).focus();
    await page.keyboard.press('Enter');
    await push({ ...unlocked, cashiers: { all: [], signedIn: null } });
    await expect.poll(() => focused(page)).toBe('h2 Cashiers');
  });
});

test('C-73: F10 in training arrives at the heading; one Tab goes to the sections', () =>
  see({ ...AT_REST, mode: 'training', account: { kind: 'training' }, manager: { kind: 'open' } }, async ({ page }) => {
    await page.keyboard.press('F10', { delay: 60 });
    await page.getByRole('textbox', { name: 'Client id' }).waitFor();
    await expect.poll(() => focused(page)).toBe('h1 Manager');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tab');
  }));

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

test('a manager chooses the text size; it counts for the form’s place, too', () =>
  see({ ...AT_REST, manager: UNLOCKED }, async ({ page, push, asked }) => {
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    await page.getByRole('tab', { name: 'Screen and sound' }).click();
    await page.getByRole('button', { name: /Text size/u }).click();
    await page.getByRole('option', { name: '150%' }).click();
    await expect.poll(() => asked('changeAppearance')).toMatchObject([{ textSize: 150 }]);
    await push({ ...AT_REST, manager: UNLOCKED, appearance: { ...AT_REST.appearance, textSize: 150 } });
    await expect.poll(() => page.evaluate(() => document.documentElement.style.getPropertyValue('--zoom'))).toBe('1.5');
  }));

describe('with messages Clear ends above Charge: a press on a key that is half under it would charge', () => {
  const late = { ...AT_REST, latePayments: [latePayment(1)], appearance: { ...AT_REST.appearance, language: 'fr' as const } };
  test.each([['a bad day', 574, BAD_DAY], ['a bad day', 688, BAD_DAY], ['a late payment in French', 574, late], ['a late payment in French', 688, late]] as const)('%s, 1024 × %i', (_what, height, snapshot) =>
    see(snapshot, async (till) => {
      const [clear, charge] = await Promise.all([till.page.locator('.key-clear'), till.page.locator('.charge')].map((part) => part.boundingBox()));
      expect(clear!.y + clear!.height).toBeLessThanOrEqual(charge!.y + 1);
    }, { viewport: { width: 1024, height } }));
});

test('C-74: a name that cannot be a cashier’s is told by its own field, and the PIN is not called wrong', () =>
  see({ ...AT_REST, manager: UNLOCKED }, async ({ page, answer }) => {
    await answer('saveCashier', { kind: 'failed', failure: { kind: 'cashier-name-taken' } });
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    await page.getByRole('tab', { name: 'Cashiers' }).click();
    await page.getByRole('button', { name: 'Add a cashier' }).click();
    const name = page.getByRole('textbox', { name: 'Name' });
    await name.fill('Anna');
    await page.locator('.pin-pad input').fill('4711');
    await page.keyboard.press('Enter');
    await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator(`[id="${await name.getAttribute('aria-describedby')}"]`).textContent()).not.toBe('');
    expect(await page.locator('.pin-pad input').getAttribute('aria-invalid')).not.toBe('true');
  }));

test('C-74: a wrong PIN and a wrong key are told by the field itself: invalid, and described by the sentence', () => {
  const wrong = { ...AT_REST, isFirstRun: true, mode: 'training', manager: { kind: 'open' } } as const;
  const toldBy = async (field: Locator) => {
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    const ids = (await field.getAttribute('aria-describedby'))!.split(' ');
    return (await Promise.all(ids.map((id) => field.page().locator(`[id="${id}"]`).textContent()))).join(' ');
  };
  return see(AT_REST, async ({ page, answer }) => {
    await answer('unlockManager', { kind: 'failed', failure: { kind: 'pin-wrong', waitSeconds: 0 } });
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    const pin = page.getByLabel('Manager PIN', { exact: true });
    expect(await pin.getAttribute('aria-invalid')).not.toBe('true');
    await pin.fill('111222');
    await page.keyboard.press('Enter');
    expect(await toldBy(pin)).toContain('Wrong PIN');
  }).then(() =>
    see(wrong, async ({ page, answer }) => {
      await answer('findSubAccounts', { kind: 'failed', failure: { kind: 'credentials-refused', code: 'not_authorized' } });
      await page.getByRole('button', { name: /^Connect JustiFi/u }).click();
      await page.getByRole('button', { name: 'Next' }).click();
      for (const name of ['Client id', 'Client secret']) expect(await toldBy(page.getByLabel(name, { exact: true }))).toContain('not_authorized');
    }),
  );
});
