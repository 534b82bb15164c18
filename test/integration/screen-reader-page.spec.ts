import type { Locator } from 'playwright';
import { expect, test } from 'vitest';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { AT_REST, BAD_DAY, DECLINED, ENTERED, NOT_CHARGED, PAID, PAYING, WRONG_AMOUNT, latePayment } from '../till-page/snapshots.ts';
import { focused, heard, listen, liveRegions } from '../till-page/announcements.ts';
import { see } from '../till-page/seen-till.ts';

/* The built page of the till for assistive software: announcements, focus, names and keys. */

const UNLOCKED = { kind: 'unlocked', by: 'pin', hasPin: true, secondsLeft: 120 } as const;

test.each([['PAID', PAID], ['DECLINED', DECLINED], ['NOT CHARGED', NOT_CHARGED], ['WRONG AMOUNT', WRONG_AMOUNT]] as const)('C-70: when a sale is over its heading has the focus, and its name is %s', (word, sale) =>
  see({ ...AT_REST, sale }, async ({ page }) => {
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    expect(await page.getByRole('heading', { level: 1, name: word }).count()).toBe(1);
  }));

test('C-75: keys are told to assistive software as keys, and are in no name', () =>
  see({ ...AT_REST, sale: ENTERED, lastSale: null }, async ({ page }) => {
    for (const [name, key] of [['Help', 'F1'], ['Manager', 'F10'], [/^Charge \$17\.99$/u, 'Enter']] as const) {
      const button = page.getByRole('button', { name, exact: true });
      await button.waitFor();
      expect(await button.getAttribute('aria-keyshortcuts')).toBe(key);
    }
  }));

test('C-71: one live region stays through every screen, and announces each result, warning and wait once', () =>
  see(AT_REST, async ({ page, push }) => {
    await page.locator('.hand').waitFor();
    await page.evaluate(() => document.getElementById('announcements')?.setAttribute('data-first', ''));
    await listen(page);
    const screens: readonly (readonly [TillSnapshot, RegExp])[] = [
      ...PAYING.map((sale) => [{ ...AT_REST, sale }, { preparing: /^Opening/u, ready: /^Ready/u, submitting: /^Processing/u, checking: /^UNKNOWN .*Checking/u }[sale.kind as 'ready']] as const),
      [{ ...AT_REST, sale: PAID }, /^PAID test \$17\.99 One donut Card ••••\s4242, 3:04 PM$/u],
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

test('C-71: folded messages are announced, too; and the amount when typing pauses', () =>
  see({ ...AT_REST, usualDescription: 'Coffee' }, async ({ page, push }) => {
    await page.locator('.hand').waitFor();
    await listen(page);
    for (const key of ['4', '5', '0']) await page.keyboard.press(key);
    await expect.poll(() => heard(page)).toContainEqual(expect.stringContaining('$4.50'));
    expect(await heard(page)).toHaveLength(1);
    await push(BAD_DAY);
    await expect.poll(async () => (await heard(page)).filter((words) => words.startsWith('Earlier payment'))).toHaveLength(BAD_DAY.latePayments.length);
  }));

test('no connection is shown once on the screen', () =>
  see({ ...AT_REST, sale: ENTERED, connectionFailure: { trouble: 'no-answer', code: 'ENOTFOUND' } }, async ({ page }) => {
    await page.locator('.entry-notes').getByText('Nothing was charged.').waitFor();
    expect((await page.locator('#root').innerText()).match(/no connection/giu)).toHaveLength(1);
  }));

test('C-80: the outcome of a late payment is shown and announced where its notice was, and needs no action', () =>
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

test('C-71: a countdown is announced once', () =>
  see({ ...AT_REST, manager: { kind: 'locked', opensWith: 'pin', secret: 'client', waitSeconds: 2 } }, async ({ page, push }) => {
    await listen(page);
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    const wait = page.locator('#root').getByText('Too many wrong PINs.');
    await wait.waitFor();
    await push({ ...AT_REST, manager: { kind: 'locked', opensWith: 'pin', secret: 'client', waitSeconds: 1 } });
    await wait.waitFor({ state: 'detached' });
    expect((await heard(page)).filter((words) => words.startsWith('Too many wrong PINs.'))).toHaveLength(1);
  }));

test('C-72: the focus never falls to the body, whichever focused element is removed', () =>
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

test('C-72: after a click on the background the next screen still has the focus at its heading', () =>
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

test('C-74: an invalid cashier’s name is marked at its own field, and the PIN is not', () =>
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

test('C-74: a wrong PIN and a wrong key are marked at their fields: invalid, and described by the sentence', () => {
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
