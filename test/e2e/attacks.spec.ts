import { readdirSync } from 'node:fs';
import { type Socket, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import type { Bridge } from '../../contract/channels.ts';
import { CARDS } from './card-form.ts';
import { connectAccount, expect, test } from './connected-till.ts';
import { type TillApp, openTillApp } from './till-app.ts';

/** What the page of a card form can say to main. */
type CheckoutWindow = { readonly checkout: Bridge<'checkout'> };

const LONGER_THAN_KEPT_ALIVE_MS = 6_000;

/** The form that is mounted out of sight while the cashier types, and its checkout. */
async function preparedForm(app: TillApp): Promise<{ readonly page: Page; readonly checkoutId: string }> {
  const mounted = async () => {
    for (const page of app.counter.windows().filter((window) => window.url().startsWith('http://localhost:'))) {
      const checkoutId = await page.locator('justifi-checkout').getAttribute('checkout-id', { timeout: 200 }).catch(() => null);
      if (checkoutId !== null) return { page, checkoutId };
    }
    return null;
  };
  await expect.poll(mounted).not.toBeNull();
  return (await mounted())!;
}

test('A-10: a hidden form does not come over the till by saying that it was drawn, and comes when it is shown', async ({ app }) => {
  await app.till.keyboard.type('1');
  const { page, checkoutId } = await preparedForm(app);
  const claim = () =>
    page.evaluate(async (id) => {
      const { checkout } = window as unknown as CheckoutWindow;
      await checkout.drawn({ checkoutId: id });
      await checkout.fieldsReady({ checkoutId: id });
      await checkout.drawn({ checkoutId: id });
      await checkout.goBack({ checkoutId: id });
      return checkout.submit({ checkoutId: id, componentAmountInCents: 51, methodType: 'new_card' });
    }, checkoutId);

  expect(await claim()).toEqual({ kind: 'failed', failure: { kind: 'not-now' } });
  expect(await app.counter.isVisible(page)).toBe(false);
  await app.till.keyboard.type('799');
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$17.99');
  expect(await claim()).toEqual({ kind: 'failed', failure: { kind: 'not-now' } });
  expect(await app.counter.isVisible(page)).toBe(false);

  await app.till.getByRole('textbox', { name: 'What is it for?' }).fill('One donut');
  await app.charge();
  const form = await app.form();
  expect(await app.counter.isVisible(form.page)).toBe(true);
  await form.payByCard(CARDS.pays);
  await app.says('PAID');
});

test('A-12: the training JustiFi takes no orders from another program or web page of the PC, and is gone once an account is connected', async ({ shop, target }) => {
  test.skip(target === 'electron' || process.platform !== 'linux', 'a test’s keyring is a Secret Service');
  const app = await shop.open();
  await app.till.keyboard.type('1799');
  const { page } = await preparedForm(app);
  const origin = await page.locator('justifi-config-provider').getAttribute('api-origin');
  const credentials = { client_id: 'test_training', client_secret: 'training' };
  const asProgram = await fetch(`${origin}/oauth/token`, { method: 'POST', body: JSON.stringify(credentials) });
  const asWebPage = await fetch(`${origin}/oauth/token`, { method: 'POST', headers: { origin: 'https://evil.example' }, body: new URLSearchParams(credentials) });
  const asCheckout = await page.evaluate(async (to) => (await fetch(`${to}/oauth/token`, { method: 'POST', body: 'client_id=test_training' }).catch(() => null))?.status ?? 'refused', origin);
  expect([asProgram.status, asWebPage.status, asCheckout]).toEqual([401, 403, 'refused']);

  await app.till.getByRole('button', { name: /^Clear/u }).click();
  await connectAccount(app);
  await expect.poll(() => fetch(`${origin}/v2/cardNumber`).then(({ status }) => status, () => 'closed')).toBe('closed');
});

test('A-13: whoever keeps 1,500 idle connections open to each port of a PC with few files does not keep a customer from paying', async ({ target, userData }) => {
  test.skip(target === 'electron' || process.platform !== 'linux', 'Linux limits the files of a process');
  const app = await openTillApp(target, userData, { wrap: ['bash', '-c', 'ulimit -n 1024; exec "$@"', 'few-files'] });
  await app.till.keyboard.type('1');
  const { page } = await preparedForm(app);
  const ports = [page.url(), (await page.locator('justifi-config-provider').getAttribute('api-origin'))!].map((url) => Number(new URL(url).port));
  const sockets: Socket[] = [];
  // What the browser still holds open would carry it through.
  await pause(LONGER_THAN_KEPT_ALIVE_MS);
  for (const port of ports) {
    const connecting = Array.from({ length: 1_500 }, () => {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      sockets.push(socket);
      return new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
    });
    await Promise.all(connecting);
  }
  await app.till.getByRole('button', { name: /^Clear/u }).click();
  await app.enter('1799', 'One donut');
  await app.charge();
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  await app.till.getByRole('button', { name: 'New sale' }).click();
  await app.enter('1300', 'Another');
  await app.charge();
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  // Its log and its journal want files too.
  expect(readdirSync(`/proc/${app.counter.pid}/fd`).length).toBeLessThan(400);
  for (const socket of sockets) socket.destroy();
  await app.counter.close();
});
