import { readdirSync } from 'node:fs';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import type { Bridge } from '../../contract/channels.ts';
import { CARDS } from './card-form.ts';
import { expect, payHeld, test } from './connected-till.ts';
import { typeByHand } from './keys.ts';
import type { TillApp } from './till-app.ts';
import type { TillParts } from './till.ts';

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

/** The till, while the usual port of the checkout page is in use: by this process, or by the Counter of another test. If that one ends before this till asks for the port, it starts once more. */
async function openBesideTakenPort(openTill: TillParts['openTill']): Promise<{ readonly other: Server; readonly app: TillApp }> {
  const other = createServer();
  await new Promise<void>((resolve) => void other.once('error', () => resolve()).listen(USUAL_PORT, '127.0.0.1', resolve));
  // On Wayland an app neither places a window nor takes the focus, and the focus comes a moment after the form.
  const app = await openTill({ wrap: ['bash', '-c', 'ulimit -n 1024; exec "$@"', 'few-files'], env: { COUNTER_HOST_WAYLAND: '1', COUNTER_HOST_LATE_FOCUS_MS: '150' } });
  if (app.log().includes('local-origin.port-taken')) return { other, app };
  await app.counter.close();
  other.close();
  return openBesideTakenPort(openTill);
}

test('A-13: a program that has the port of the checkout page, and keeps 1,500 idle connections open to each other port of a PC with few files, does not keep a customer from paying, by keyboard, on Wayland', async ({ target, openTill }) => {
  test.skip(target === 'electron' || process.platform !== 'linux', 'Linux limits the files of a process');
  const { other, app } = await openBesideTakenPort(openTill);
  const keyboardIn = (place: Page) => expect.poll(() => app.counter.hasKeyboard(place));
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
  await test.step('E-05: where an app does not take the focus, the keyboard is in the form all the same, and in the till again when the form is left', async () => {
    await app.enter('1799', 'One donut');
    await app.till.keyboard.press('Enter');
    const left = await app.form();
    expect(await left.page.evaluate(() => [innerWidth, innerHeight])).toEqual([640, 800]);
    await keyboardIn(left.page).toBe(true);
    expect(await app.counter.hasKeyboard(app.till)).toBe(false);
    await left.leaveByEsc();
    await keyboardIn(app.till).toBe(true);
  });
  // One of them with a loaded document.
  await test.step('E-05: what is typed as the form appears is in its card number, though the focus comes a moment later, and the customer pays', async () => {
    await app.enter('1300', 'Another');
    await app.till.keyboard.press('Enter');
    await (await app.form()).payByKeyboard(CARDS.pays);
    await app.says('PAID');
    await keyboardIn(app.till).toBe(true);
  });
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

/** How many calls of each kind main takes: `most` at once, and `perSecond` while the flood goes on. The others are refused. */
const FLOOD_OF_TILL = {
  proveSecret: { calls: 300, most: 8, perSecond: 0.1 },
  networkChanged: { calls: 300, most: 20, perSecond: 0.5 },
  pageBroke: { calls: 300, most: 20, perSecond: 1 },
};
const FLOOD_OF_FORM = {
  submit: { calls: 500, most: 5, perSecond: 0.2 },
  failed: { calls: 500, most: 20, perSecond: 1 },
  submitted: { calls: 500, most: 20, perSecond: 1 },
  trouble: { calls: 500, most: 20, perSecond: 1 },
};
const FLOOD = { ...FLOOD_OF_TILL, ...FLOOD_OF_FORM };
type Flooding = keyof typeof FLOOD;
const FLOODING = Object.keys(FLOOD) as readonly Flooding[];

test('A-08: floods from the till, the card form and another program: of each call main takes a few, writes a few lines and asks JustiFi a few times, each below its own limit, and the customer pays', async ({ connectedShop: shop, target }) => {
  test.skip(target === 'electron' || process.platform !== 'linux', 'a test’s keyring is a Secret Service');
  const app = await shop.open();
  const { justifi } = shop.network;
  const form = await payHeld(app, justifi, '1799', 'One donut');
  const before = { requests: justifi.requests().length, lines: app.log().length, entries: app.journal('test').events.length };
  const { checkout_id: checkoutId } = app.journal('test').sales.at(-1)!;
  const began = performance.now();

  const fromTill = app.till.evaluate(async ({ proveSecret, networkChanged, pageBroke }) => {
    const { till } = window as unknown as TillWindow;
    const taken = async (count: number, call: (index: number) => Promise<{ readonly kind: string; readonly failure?: { readonly kind: string } }>) =>
      (await Promise.all(Array.from({ length: count }, (_, index) => call(index)))).filter(({ failure }) => failure?.kind !== 'refused').length;
    const [secrets, networks, breaks] = await Promise.all([
      taken(proveSecret.calls, (index) => till.proveSecret({ kind: 'client', clientId: 'test_guess', clientSecret: `sk_guess_number_${index}` })),
      taken(networkChanged.calls, () => till.networkChanged()),
      taken(pageBroke.calls, (index) => till.pageBroke({ detail: `flood ${index}` })),
    ]);
    return { proveSecret: secrets, networkChanged: networks, pageBroke: breaks };
  }, FLOOD);
  const fromForm = form.page.evaluate(async ({ id, flood }) => {
    const { checkout } = window as unknown as CheckoutWindow;
    const taken = async (count: number, call: (index: number) => Promise<{ readonly kind: string; readonly failure?: { readonly kind: string } }>) =>
      (await Promise.all(Array.from({ length: count }, (_, index) => call(index)))).filter(({ failure }) => failure?.kind !== 'refused').length;
    const [submits, failures, successes, troubles] = await Promise.all([
      taken(flood.submit.calls, () => checkout.submit({ checkoutId: id, componentAmountInCents: 1799, methodType: 'new_card', isAuthorisationShown: true })),
      taken(flood.failed.calls, () => checkout.failed({ checkoutId: id, errorCode: 'tokenize-error' })),
      taken(flood.submitted.calls, () => checkout.submitted({ checkoutId: id, paymentStatus: 'succeeded' })),
      taken(flood.trouble.calls, (index) => checkout.trouble({ what: 'uncaught-error', detail: `flood ${index}` })),
    ]);
    return { submit: submits, failed: failures, submitted: successes, trouble: troubles };
  }, { id: checkoutId!, flood: FLOOD });
  const fromProgram = Promise.all(Array.from({ length: 1_000 }, () => fetch(`${new URL(form.page.url()).origin}/secret.txt`).then(({ status }) => status, () => 0)));
  const taken: Readonly<Record<Flooding, number>> = Object.assign({}, ...(await Promise.all([fromTill, fromForm])));
  await fromProgram;

  const seconds = (performance.now() - began) / 1_000;
  const allowed = (call: Flooding) => Math.ceil(FLOOD[call].most + FLOOD[call].perSecond * seconds);
  const lines = app.log().slice(before.lines).split('\n').filter((line) => line !== '');
  const written = tally(lines.map((line) => /^\S+ \S+ (?<what>\S+)(?: \{"channel":"(?<channel>[^"]+)")?/u.exec(line)!.groups!).map(({ what, channel }) => (channel === undefined ? what! : `${what} ${channel}`)));
  const asked = tally(justifi.requests().slice(before.requests).map(({ method, path }) => `${method} ${path.replace(checkoutId!, '*')}`));
  const entries = tally(app.journal('test').events.slice(before.entries).map(({ kind }) => kind));

  expect(above(taken, Object.fromEntries(FLOODING.map((call) => [call, allowed(call)])))).toEqual([]);
  // The first, the 10th, the 100th refusal, and of the 1,000 requests the last.
  const refusals = Object.fromEntries(FLOODING.map((call) => [`ipc.refused ${call in FLOOD_OF_FORM ? 'checkout' : 'till'}:${call}`, 3]));
  const facts = { 'till-page.broke': allowed('pageBroke'), 'manager.login-failed': allowed('proveSecret'), 'sale.submit-refused': allowed('submit'), 'form.failed': allowed('failed'), 'form.submitted': allowed('submitted'), 'checkout-page.uncaught-error': allowed('trouble') };
  expect(above(written, { ...refusals, ...facts, 'local-origin.refused': 4 })).toEqual([]);
  // Of the hints of a page six count at once; besides, main asks by itself, at most once a second.
  expect(above(asked, { 'GET /v1/checkouts/*': Math.ceil(7 + 1.2 * seconds), 'GET /': 10, 'POST /oauth/token': allowed('proveSecret') })).toEqual([]);
  expect(above(entries, { 'submit-refused': allowed('submit') })).toEqual([]);
  justifi.releaseCharges();
  await app.says('PAID');
});

/** What is above its limit. What has none is no part of the flood: a line or two, as on any day. */
function above(counts: Readonly<Record<string, number>>, limits: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(counts).flatMap(([name, count]) => (count > (limits[name] ?? 2) ? [`${name}: ${count}, at most ${limits[name] ?? 2}`] : []));
}

function tally(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
