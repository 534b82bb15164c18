import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { findViolations } from '../e2e/axe.ts';
import { checkoutDocument } from '../justifi/checkout-document.ts';

/* Sezzle in Counter's own checkout page, with a stand-in of Sezzle's script and window: the page's reports to main, which alone pays. */

const given = checkoutDocument((justifi) => justifi.changeSettings({ sezzleWindow: justifi.origin }));

async function toSezzle(): Promise<void> {
  await given.open(async (shop, checkoutId) => {
    const { bnpl } = (await shop.call(`GET /v1/checkouts/${checkoutId}`)).body.data;
    const sezzle = { publicKey: bnpl.provider_client_id, mode: bnpl.provider_mode, apiVersion: bnpl.provider_api_version, address: bnpl.provider_checkout_url };
    return { way: 'sezzle', componentToken: '', sezzle };
  });
  await given.customer.show('');
}

const pay = () => given.customer.page.getByRole('button', { name: 'Pay with Sezzle' });
const says = (sentence: string) => given.customer.page.getByText(sentence).waitFor();

async function openWindow(): Promise<Page> {
  const opened = given.customer.page.waitForEvent('popup');
  await pay().click();
  const popup = await opened;
  await popup.getByRole('button', { name: 'Approve the order' }).waitFor();
  return popup;
}

/** Presses a button that closes Sezzle's window, which may be closed before the press returns. */
async function closes(popup: Page, press: () => Promise<unknown>): Promise<void> {
  const gone = popup.waitForEvent('close');
  await press().catch(() => undefined);
  await gone;
}

describe('a customer pays later', () => {
  test('and agrees, by keyboard alone: main was asked before the window opened, the page pays nothing, and reports it once', async () => {
    await toSezzle();
    expect(await findViolations(given.customer.page)).toEqual([]);
    await expect.poll(() => pay().evaluate((button) => button === document.activeElement)).toBe(true);
    const opened = given.customer.page.waitForEvent('popup');
    await given.customer.page.keyboard.press('Enter');
    const popup = await opened;
    const approve = popup.getByRole('button', { name: 'Approve the order' });
    await approve.waitFor();
    expect(await given.customer.told('submit')).toEqual([{ checkoutId: given.checkoutId, componentAmountInCents: null, methodType: 'sezzle', isAuthorisationShown: false }]);
    await says('Finish in Sezzle’s window.');
    expect(await findViolations(given.customer.page)).toEqual([]);
    await expect.poll(() => approve.evaluate((button) => button === document.activeElement && document.hasFocus())).toBe(true);
    await closes(popup, () => popup.keyboard.press('Enter'));
    await expect.poll(() => given.customer.told('submitted')).toEqual([{ checkoutId: given.checkoutId, paymentStatus: 'sezzle-complete' }]);
    expect([given.justifi.requests('POST /v1/checkouts/*/complete'), given.customer.violations, await given.customer.told('trouble'), await given.customer.told('failed')]).toEqual([[], [], [], []]);
    expect(await given.customer.page.locator('iframe, justifi-checkout, justifi-modular-checkout').count()).toBe(0);
  });

  test('and Sezzle refuses them', async () => {
    await toSezzle();
    const popup = await openWindow();
    await closes(popup, () => popup.getByRole('button', { name: 'Sezzle refuses the customer' }).click());
    await expect.poll(() => given.customer.told('failed')).toEqual([{ checkoutId: given.checkoutId, errorCode: 'sezzle-failed' }]);
  });

  test('when main allows it: before, no window opens; it is closed by its X, which Sezzle’s script does not notice', async () => {
    await toSezzle();
    await given.customer.answerSubmit('not-now');
    await pay().click();
    await says('The payment was not sent. Nothing was charged.');
    expect(given.customer.page.context().pages()).toHaveLength(1);
    await given.customer.answerSubmit('ok');
    await (await openWindow()).close();
    await expect.poll(() => given.customer.told('failed')).toEqual([{ checkoutId: given.checkoutId, errorCode: 'sezzle-closed' }]);
  });

  test('and the cashier closes the window from the till', async () => {
    await toSezzle();
    const popup = await openWindow();
    await given.customer.page.getByRole('button', { name: 'Close Sezzle’s window' }).click();
    await expect.poll(() => given.customer.told('failed')).toEqual([{ checkoutId: given.checkoutId, errorCode: 'sezzle-closed' }]);
    expect(popup.isClosed()).toBe(true);
  });

  test('twice: a double click opens one window, and after Cancel there is no second try in this document', async () => {
    await toSezzle();
    const opened = given.customer.page.waitForEvent('popup');
    await pay().dblclick();
    const popup = await opened;
    await closes(popup, () => popup.getByRole('button', { name: 'Cancel' }).click());
    await expect.poll(() => given.customer.told('failed')).toEqual([{ checkoutId: given.checkoutId, errorCode: 'sezzle-cancelled' }]);
    expect([await given.customer.told('submit').then((all) => all.length), await pay().isVisible()]).toEqual([1, false]);
  });
});

describe('no payment begins', () => {
  test('when the window is not let open', async () => {
    await toSezzle();
    await given.customer.page.evaluate(() => {
      window.open = () => null;
    });
    await pay().click();
    await expect.poll(() => given.customer.told('failed'), { timeout: 5_000 }).toEqual([{ checkoutId: given.checkoutId, errorCode: 'sezzle-blocked' }]);
  });

  test.each(['disconnect', 'hang'] as const)('when Sezzle’s script does not come (%s): one sentence, and no button', async (kind) => {
    given.justifi.addFault({ on: 'GET /checkout.min.js', kind, moment: 'before' });
    await toSezzle();
    await says('Sezzle cannot be used now. Nothing was charged. Choose another way to pay.');
    expect([await pay().isVisible(), await given.customer.told('trouble')]).toEqual([false, [{ what: 'sezzle-unavailable', detail: 'script' }]]);
    expect(await findViolations(given.customer.page)).toEqual([]);
  });
});
