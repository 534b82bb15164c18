import { setImmediate as turn } from 'node:timers/promises';
import { vi } from 'vitest';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { saleView } from '../../main/sale/sale-view.ts';
import { minutesAndSeconds } from '../../renderer/till/sale/minutes-and-seconds.ts';
import { openStandingTime } from '../storm/shop-time.ts';
import { expect, testOn } from '../till-page/scripted-till.ts';
import { AT_REST } from '../till-page/snapshots.ts';
import { openQuickCounter } from './quick-shop.ts';

/*
 * An answer that takes long: the register with its journal and its real line to JustiFi, and the built page of the till. In both, time passes only when the test
 * says so; a key is answered while it stands still.
 */

const PURCHASE = { amountInCents: 2500, description: 'Repair' };
const PROCESSING = 'Processing payment. Don’t close this window.';
const NOT_KNOWN = 'We don’t know yet if this payment went through.';
const NOT_KNOWN_AFTER_S = 10;
const MAY_SERVE_NEXT_AFTER_S = 25;
/** Seconds after Pay. */
const LOOKS_AT = [0, 1, 5, 9, 10, 11, 24, 25, 30, 59, 60, 100, 139, 140];
/** The till's calls that could charge, or take the sale from the counter. */
const CALLS = ['edit', 'charge', 'tryAgain', 'payBy', 'paySaved', 'goBack', 'cancelSale', 'newSale', 'serveNext'];

const test = testOn(AT_REST).extend('shop', async ({ app }, { onCleanup }) => {
  const time = openStandingTime();
  const counter = await openQuickCounter(time);
  onCleanup(() => counter.end());
  const { register } = counter.till;
  let shown = JSON.stringify(AT_REST);

  async function show(): Promise<void> {
    const now: TillSnapshot = { ...AT_REST, sale: saleView(register.sale(), null), toConfirm: register.unresolved().length, unresolved: register.unresolved() };
    if (JSON.stringify(now) !== shown) await app.push(now);
    shown = JSON.stringify(now);
    await app.wait(0);
  }

  return {
    ...counter,
    register,
    show,
    async passSecond() {
      time.skip(1_000);
      await turn();
      await app.wait(1_000);
      await show();
    },
    /** The card form, and Pay, of which JustiFi says nothing until it is released. */
    async payHeld() {
      await counter.charge(PURCHASE.amountInCents, PURCHASE.description);
      counter.justifi.holdCharges();
      const answered = counter.pay();
      await soon(() => expect(counter.state()).toBe('submitting'));
      await show();
      return { answered };
    },
    /** What main answers to every call of the till and the form that could charge once more, or leave the sale. */
    async tryEverything() {
      const { id } = register.sale();
      const { checkoutId, listener } = counter.page()!;
      const answers = [register.edit({ saleId: id, ...PURCHASE }), register.charge({ saleId: id, ...PURCHASE, confirmed: [] }), register.tryAgain(id), register.payBy(id, 'card-form'), register.goBack(id), register.cancelSale(id), register.newSale(id)];
      const again = await listener.submit({ checkoutId, componentAmountInCents: null, methodType: 'new_card', isAuthorisationShown: true });
      return new Set([...answers, again].map(({ kind }) => kind));
    },
  };
});

/** A busy PC is no slow answer. */
const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000 });

test.for([10, 60, 140])('F-04: an answer that takes %i seconds: the seconds are counted, from the tenth on a sentence says that the outcome is not known, a key is answered at once, nothing charges again, and it is PAID once', async (seconds, { app, shop }) => {
  const { page } = app;
  const state = page.locator('main .state');
  let looks = 0;
  const { answered } = await shop.payHeld();
  for (let second = 0; second <= seconds; second += 1) {
    if (second > 0) await shop.passSecond();
    if (!LOOKS_AT.includes(second)) continue;
    const isProcessing = second < NOT_KNOWN_AFTER_S;
    expect(shop.state(), `after ${second} s`).toBe(isProcessing ? 'submitting' : 'checking');
    await expect(state).toContainText(isProcessing ? PROCESSING : NOT_KNOWN);
    await expect(state.locator('.elapsed')).toHaveText(minutesAndSeconds(isProcessing ? second : second - NOT_KNOWN_AFTER_S));
    await expect(page.getByText(/^(?:PAID|DECLINED|NOT CHARGED)/u)).toHaveCount(0);

    // The only key that has an action now.
    await page.keyboard.press('Control+l');
    looks += 1;
    expect(await app.asked('lockManager')).toHaveLength(looks);
    for (const key of ['Enter', 'Escape', 'Alt+1', '7']) await page.keyboard.press(key);
    for (const call of CALLS) expect(await app.asked(call), call).toEqual([]);
    await expect(page.locator('main').getByRole('button')).toHaveText(second < MAY_SERVE_NEXT_AFTER_S ? [] : ['Serve next customer']);
    expect([...(await shop.tryEverything())], `after ${second} s`).toEqual(['failed']);
  }
  shop.justifi.releaseCharges();
  await answered;
  // JustiFi is asked at pauses, of 15 s in the end.
  await soon(async () => {
    await shop.passSecond();
    expect(shop.state()).toBe('paid');
  });
  await app.says('PAID');
  expect(shop.justifi.charges()).toMatchObject([{ amount: 2500 }]);
});

test('F-04: Serve next customer stops the waiting, and says nothing about the payment: it stays to be confirmed, and is reported when it went through', async ({ app, shop }) => {
  const { page } = app;
  const { answered } = await shop.payHeld();
  const { id } = shop.register.sale();
  for (let second = 0; second < MAY_SERVE_NEXT_AFTER_S; second += 1) {
    if (second < NOT_KNOWN_AFTER_S) expect(shop.register.serveNext(id).kind).toBe('failed');
    await shop.passSecond();
  }
  await page.getByRole('button', { name: 'Serve next customer' }).click();
  expect(await app.asked('serveNext')).toEqual([{ saleId: id }]);
  expect(shop.register.serveNext(id).kind).toBe('ok');
  await shop.show();
  await expect(page.getByRole('heading', { level: 1, name: '$0.00' })).toBeVisible();
  await expect(page.locator('#root').getByText('1 payment to confirm')).toBeVisible();
  await expect(page.getByText(/NOT CHARGED|DECLINED/u)).toHaveCount(0);
  expect(shop.register.unresolved()).toMatchObject([{ amountInCents: 2500 }]);

  shop.justifi.releaseCharges();
  await answered;
  await soon(async () => {
    await shop.passSecond();
    expect(shop.register.late()).toMatchObject([{ chargedInCents: 2500 }]);
  });
  expect(shop.register.unresolved()).toEqual([]);
});
