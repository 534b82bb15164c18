import { readdirSync } from 'node:fs';
import { type Socket, connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bridge } from '../../contract/channels.ts';
import { CARDS } from './card-form.ts';
import { expect, payHeld, test } from './connected-till.ts';
import { typeByHand } from './keys.ts';

/** Attacks by calls of the pages to main. */
type TillWindow = { readonly till: Bridge<'till'> };
type CheckoutWindow = { readonly checkout: Bridge<'checkout'> };

const LONGER_THAN_KEPT_ALIVE_MS = 6_000;
const USUAL_PORT = 47_615;

test('A-10: a hidden form does not cover the till by reporting that it was drawn, only when main shows it', async ({ runningApp: app }) => {
  await typeByHand(app.till, '1');
  const { page, checkoutId } = await app.preparedForm();
  const claim = () =>
    page.evaluate(async (id) => {
      const { checkout } = window as unknown as CheckoutWindow;
      await checkout.drawn({ checkoutId: id });
      await checkout.fieldsReady({ checkoutId: id });
      await checkout.drawn({ checkoutId: id });
      await checkout.goBack({ checkoutId: id });
      return checkout.submit({ checkoutId: id, componentAmountInCents: 51, methodType: 'new_card', isAuthorisationShown: true });
    }, checkoutId);

  expect(await claim()).toEqual({ kind: 'failed', failure: { kind: 'not-now' } });
  expect(await app.counter.isVisible(page)).toBe(false);
  await typeByHand(app.till, '350');
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$13.50');
  expect(await claim()).toEqual({ kind: 'failed', failure: { kind: 'not-now' } });
  expect(await app.counter.isVisible(page)).toBe(false);

  await app.till.getByRole('textbox', { name: 'Description' }).fill('One donut');
  await app.charge();
  const formPage = await app.formPage();
  expect(formPage).toBe(page);
  expect(await app.counter.isVisible(formPage)).toBe(true);
});

test('A-13: a program that has the port of the checkout page, and keeps 1,500 idle connections open to each other port of a PC with few files, does not keep a customer from paying', async ({ target, openTill }) => {
  test.skip(target === 'electron' || process.platform !== 'linux', 'Linux limits the files of a process');
  const other = createServer();
  // A port in use is fine: a Counter of another test has it.
  await new Promise<void>((resolve) => void other.once('error', () => resolve()).listen(USUAL_PORT, '127.0.0.1', resolve));
  const app = await openTill({ wrap: ['bash', '-c', 'ulimit -n 1024; exec "$@"', 'few-files'] });
  await typeByHand(app.till, '1');
  const { page } = await app.preparedForm();
  expect(new URL(page.url())).toMatchObject({ hostname: 'localhost', port: expect.not.stringMatching(new RegExp(`^(?:${USUAL_PORT})?$`, 'u')) });
  expect(app.log()).toContain(`local-origin.port-taken {"port":${USUAL_PORT},`);
  await expect(app.till.getByRole('note')).toBeHidden();
  const ports = [page.url(), (await page.locator('justifi-config-provider').getAttribute('api-origin'))!].map((url) => Number(new URL(url).port));
  const sockets: Socket[] = [];
  // The browser's open connections would get through.
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
  await app.form();
  await app.till.getByRole('button', { name: 'Back' }).click();
  // One of them with a loaded document.
  await app.enter('1300', 'Another');
  await app.charge();
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  // Its log and its journal need files too.
  expect(readdirSync(`/proc/${app.counter.pid}/fd`).length).toBeLessThan(400);
  for (const socket of sockets) socket.destroy();
  other.close();
  await app.counter.close();
});

test('A-02: a card form that pays with its own token without asking main, and is left by Back: the charge is reported, and the next sale does not wait', async ({ runningShop: shop }) => {
  const app = await shop.open();
  const { justifi } = shop.network;
  await app.enter('1799', 'One donut');
  await app.charge();
  const form = await app.form();
  await form.page.evaluate(() => {
    document.querySelector('justifi-checkout')!.preCompleteHook = (state, proceed) => proceed(state);
  });
  justifi.holdCharges();
  await form.payByCard(CARDS.pays);
  await expect.poll(() => justifi.requests('POST /v1/checkouts/*/complete').length).toBe(1);
  expect(app.journal('test').events.map(({ kind }) => kind)).not.toContain('submit-allowed');
  await app.till.keyboard.press('Escape');
  await expect(app.till.getByRole('button', { name: /^Charge/u })).toBeEnabled();
  justifi.releaseCharges();
  await shop.atPace(40, () => expect(app.till.locator('#root').getByText('Earlier payment went through: $17.99')).toBeVisible());
  expect(justifi.charges()).toMatchObject([{ amount: 1799 }]);
  await app.till.getByRole('button', { name: 'Keep', exact: true }).click();
});

test('A-08: floods from the till, the card form and another program fill no log and no journal, ask JustiFi little, and keep no customer from paying', async ({ connectedShop: shop, target }) => {
  test.skip(target === 'electron' || process.platform !== 'linux', 'a test’s keyring is a Secret Service');
  const app = await shop.open();
  const { justifi } = shop.network;
  const form = await payHeld(app, justifi, '1799', 'One donut');
  const before = { requests: justifi.requests().length, lines: app.log().split('\n').length, entries: app.journal('test').events.length };
  const { checkout_id: checkoutId } = app.journal('test').sales.at(-1)!;

  const fromTill = app.till.evaluate(async () => {
    const { till } = window as unknown as TillWindow;
    const credentials = { kind: 'client', clientId: 'test_guess', clientSecret: 'sk_a_guess_at_the_secret' } as const;
    const answers = await Promise.all(Array.from({ length: 300 }, (_, index) => [till.proveSecret({ ...credentials, clientSecret: `sk_guess_number_${index}` }), till.networkChanged(), till.pageBroke({ detail: `flood ${index}` })]).flat());
    return answers.filter(({ kind }) => kind === 'ok').length;
  });
  const fromForm = form.page.evaluate(async (id) => {
    const { checkout } = window as unknown as CheckoutWindow;
    const flood = Array.from({ length: 500 }, (_, index) => [
      checkout.submit({ checkoutId: id, componentAmountInCents: 1799, methodType: 'new_card', isAuthorisationShown: true }),
      checkout.failed({ checkoutId: id, errorCode: 'tokenize-error' }),
      checkout.submitted({ checkoutId: id, paymentStatus: 'succeeded' }),
      checkout.trouble({ what: 'uncaught-error', detail: `flood ${index}` }),
    ]);
    await Promise.all(flood.flat());
  }, checkoutId!);
  const fromProgram = Promise.all(Array.from({ length: 1_000 }, () => fetch(`${new URL(form.page.url()).origin}/secret.txt`).then(({ status }) => status, () => 0)));
  await Promise.all([fromTill, fromForm, fromProgram]);

  expect(justifi.requests().length - before.requests).toBeLessThan(60);
  // Of 3,900 calls; how many lines the budgets allow depends on how long the flood takes.
  expect(app.log().split('\n').length - before.lines).toBeLessThan(500);
  expect(app.journal('test').events.length - before.entries).toBeLessThan(20);
  justifi.releaseCharges();
  await app.says('PAID');
});
