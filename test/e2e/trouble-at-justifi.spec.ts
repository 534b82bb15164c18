import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CARDS, HURRIED, hurry } from './card-form.ts';
import { SHOP, expect, test } from './connected-till.ts';
import { typeByHand } from './keys.ts';
import { watchWords } from './plain-words.ts';

const yaml: { load(text: string): { readonly appId: string } } = createRequire(import.meta.url)('js-yaml');

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

/** How much faster main's clock runs while the till only waits. */
const QUICKLY = 4;
/** Main gives up after ten seconds of its own clock, in which a busy PC is as late as it runs fast. */
const GIVEN_UP_MS = 10_000 + 1_000 * QUICKLY;

// The longest first: near the end of the whole run the other worker has nothing else to do.
test('F-30, F-06: the page freezes, it crashes, a press of Pay is not answered, the card fields hang: each time a next step within ten seconds, on the same checkout, which is paid once; a success reported by the page, in a word that JustiFi’s API does not explain, is not known until the API says PAID', async ({ runningShop: shop }) => {
  const { justifi } = shop.network;
  const app = await shop.open();
  const { till } = app;
  const words = await watchWords(till);
  const nextStep = async () => {
    await shop.atPace(QUICKLY, () => app.says('NOT CHARGED'));
    const [before, given] = app.journal('test').events.slice(-2).map(({ at }) => Date.parse(at));
    expect(given! - before!).toBeLessThan(GIVEN_UP_MS);
  };
  const tryAgain = async () => {
    await till.getByRole('button', { name: 'Try again' }).click();
    await expect(till.locator('.result-words')).toBeHidden();
  };
  await app.enter('2300', 'Repair');
  await app.charge();

  const frozen = await app.form();
  void frozen.page.evaluate(() => {
    for (;;) continue;
  }).catch(() => {});
  await nextStep();
  await tryAgain();

  const crashing = await app.form();
  const debuggedBy = await crashing.page.context().newCDPSession(crashing.page);
  void debuggedBy.send('Page.crash').catch(() => {});
  await nextStep();
  await tryAgain();

  const unheard = await app.form();
  await hurry(unheard.page);
  justifi.addFault({ on: 'POST /v1/js/payment_methods', kind: 'hang', moment: 'before', times: 1 });
  await unheard.payByCard(CARDS.pays);
  await expect.poll(() => justifi.requests('POST /v1/js/payment_methods').length).toBe(1);
  await nextStep();
  justifi.dropHanging();

  justifi.addFault({ on: 'GET /v2/*', kind: 'hang', moment: 'before' });
  await tryAgain();
  await nextStep();
  await app.says('The card form did not load.');
  justifi.clearFaults();
  justifi.dropHanging();

  await tryAgain();
  // The page reports success, but JustiFi's API does not yet. DECLINED and ACCEPTED: sale.spec.
  justifi.addFault({ on: 'POST /v1/checkouts/*/complete', kind: 'completion', status: 'succeeded', paymentStatus: 'quantum', later: { afterMs: 3_000, paymentStatus: 'succeeded' } });
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('We don’t know yet');
  await expect(till.locator('#root').getByText('PAID', { exact: true })).toBeHidden();
  // Quicker, and the form's sign of life every two seconds comes too late for main's eight.
  await shop.atPace(3, () => app.says('PAID'));
  expect(justifi.charges()).toMatchObject([{ amount: 2300 }]);
  expect(app.journal('test').sales.map(({ kind }) => kind)).toEqual(['paid']);
  await words.expectPlain();
});

test('F-15, F-13, F-16: the network is gone, the sub account disabled, the credentials without permission, then revoked, and the page claims another amount: each is told in plain words, nothing is charged, and the sale goes on', async ({ runningShop: shop }) => {
  const { justifi } = shop.network;
  const app = await shop.open();
  const { till } = app;
  const words = await watchWords(till);
  const charge = till.getByRole('button', { name: /^Charge/u });
  const description = till.getByRole('textbox', { name: 'Description' });
  const total = till.getByRole('heading', { level: 1 });
  const note = till.getByRole('note');
  const notSetUp = /^Payments are not set up on this register\. Call the manager\. \([\w-]+\)$/u;

  await test.step('F-15: without a connection Charge is off and says why; the amount stays, and five seconds after the network is back it can be charged', async () => {
    for (const on of ['GET /', 'POST /v1/checkouts', 'POST /v1/web_component_tokens', 'PATCH /v1/checkouts/*']) justifi.addFault({ on, kind: 'disconnect', moment: 'before' });
    await app.enter('4200', 'Repair');
    // As when the cable is pulled: a form that was prepared before asks for nothing by itself.
    await till.evaluate(() => window.dispatchEvent(new Event('offline')));
    await expect(note).toHaveText(/^JustiFi does not answer\./u);
    await expect(charge).toBeDisabled();
    await app.says('No connection');
    // A key does not bypass it. One that may be a scanner's counts a moment later, at the latest when the hand's next key comes.
    await typeByHand(till, ['F9', 's']);
    await expect(description).toHaveValue('Repairs');
    await typeByHand(till, ['Backspace']);
    await expect(description).toHaveValue('Repair');
    await expect(total).toHaveText('$42.00');
    justifi.clearFaults();
    await expect(charge).toBeEnabled({ timeout: 5_000 });
    await expect(note).toBeEmpty();
    await charge.click();
  });

  await test.step('F-13: a sub account that was disabled, and credentials without permission, are a matter for the manager; no decline, and no storm of requests', async () => {
    const form = await app.form();
    // It accepts checkouts, and refuses cards and payments: JustiFi's form itself would blame the card.
    justifi.setSubAccountStatus(SHOP.subAccountId, 'disabled');
    await form.payByCard(CARDS.pays);
    await expect(note).toHaveText(notSetUp);
    justifi.setSubAccountStatus(SHOP.subAccountId, 'enabled');
    for (const on of ['POST /v1/checkouts', 'PATCH /v1/checkouts/*']) justifi.addFault({ on, kind: 'status', status: 403, moment: 'before' });
    const before = justifi.requests('POST /v1/checkouts').length;
    await app.charge();
    await expect.poll(() => justifi.requests('POST /v1/checkouts').length).toBeGreaterThan(before);
    // The same sentence is already shown.
    await expect.poll(() => app.log()).toContain(' sale.preparation-failed ');
    await expect(note).toHaveText(notSetUp);
    await expect(total).toHaveText('$42.00');
    // One prepared, one plain, and each once more with the other form of the origin at most.
    expect(justifi.requests('POST /v1/checkouts').length - before).toBeLessThanOrEqual(4);
    justifi.clearFaults();
  });

  await test.step('F-13: a secret that was revoked: the sale says that payments are not set up, never that it was declined', async () => {
    await description.fill('Repa');
    await app.preparedForm();
    // The checkout that was prepared before cannot be used either.
    for (const on of ['POST /oauth/token', 'POST /v1/checkouts', 'PATCH /v1/checkouts/*']) justifi.addFault({ on, kind: 'status', status: 401, moment: 'before' });
    // The checkout needs one more change, also after a change in a pause.
    await description.fill('Repair');
    await app.charge();
    await expect(note).toHaveText('Payments are not set up on this register. Call the manager. (auth-401)');
    await expect(total).toHaveText('$42.00');
    await expect(description).toHaveValue('Repair');
    expect(app.log()).toMatch(/ checkout\.not-created .*"failure":"unauthorised"/u);
    justifi.clearFaults();
    await app.charge();
    await app.form();
    expect(app.log()).not.toMatch(/decline/iu);
    expect(app.log()).not.toContain(SHOP.clientSecret);
  });

  await test.step('F-16: a page that claims another amount or another checkout is not allowed to charge, and the cashier starts again', async () => {
    const { page } = await app.form();
    const completed = justifi.requests('POST /v1/checkouts/*/complete').length;
    const { checkout_id: checkoutId } = app.journal('test').sales.at(-1)!;
    // Its document is gone before it hears the answer.
    await page
      .evaluate((claim) => (window as unknown as { checkout: { submit(claim: unknown): Promise<unknown> } }).checkout.submit(claim), { checkoutId, componentAmountInCents: 999, methodType: 'new_card', isAuthorisationShown: false })
      .catch(() => {});
    await expect(note).toHaveText(/^The amount changed on the way\. Nothing was charged\./u);
    await expect(total).toHaveText('$42.00');
    expect(app.log()).toContain('sale.submit-refused');
    expect(justifi.requests('POST /v1/checkouts/*/complete')).toHaveLength(completed);
  });

  expect(justifi.charges()).toEqual([]);
  await words.expectPlain();
});

test('F-12, F-14: a form whose component is slow to read its checkout is shown when it has; then its token has run out, and JustiFi limits presses of Pay: the same checkout goes on, with a countdown', async ({ connectedShop: shop }) => {
  const { justifi } = shop.network;
  justifi.addFault({ on: 'GET /v1/checkouts/*', kind: 'delay', ms: 3_000, times: 1 });
  const app = await shop.open();
  await app.enter('1900', 'Deposit');
  await app.charge();
  const first = await app.form();
  // Until then JustiFi would refuse the card.
  expect(justifi.requests('GET /v1/checkouts/*')[0]).toMatchObject({ status: 200 });
  // The access token of main and the token of the component both end, though the till believes in them.
  justifi.advanceClock(25 * 60 * 60_000);
  const firstPage = first.page;
  await hurry(firstPage);
  await first.payByCard(CARDS.pays);
  await expect(firstPage.locator('#pause')).toHaveText(/^You can press Pay again in/u);
  await expect(firstPage.locator('#pause')).toBeHidden();
  await first.pay();
  // Refused twice without a reason: a fresh form with a fresh token, on the same checkout.
  await expect.poll(() => firstPage.isClosed()).toBe(true);

  const second = await app.form();
  justifi.changeSettings({ componentLimits: 'on' });
  justifi.addFault({ on: 'POST /v1/js/payment_methods', kind: 'status', status: 422, moment: 'before' });
  await hurry(second.page);
  await second.payByCard(CARDS.pays);
  const pressedMs = performance.now();
  const countdown = second.page.locator('#pause');
  await expect(countdown).toHaveText(/^You can press Pay again in \d+ s\.$/u);
  // Locked: a press is none, however hard.
  await second.page.getByRole('button', { name: 'Pay', exact: true }).click({ force: true });
  expect(justifi.requests('POST /v1/js/payment_methods')).toHaveLength(3);
  await expect(countdown).toBeHidden();
  justifi.clearFaults();
  await second.fillCard(CARDS.pays);
  // The limit is JustiFi's, by its own clock: as much later as it is on the page.
  justifi.advanceClock((performance.now() - pressedMs) * (HURRIED - 1));
  await second.pay();
  await app.says('PAID');
  expect(justifi.charges()).toMatchObject([{ amount: 1900 }]);
  expect(app.journal('test').sales.map(({ kind }) => kind)).toEqual(['paid']);
  expect(new Set(justifi.requests('POST /v1/checkouts/*/complete').map(({ path }) => path)).size).toBe(1);
});

/** To JustiFi. */
const PLAIN_CHROMIUM = /^Mozilla\/5\.0 \([^()]+\) AppleWebKit\/537\.36 \(KHTML, like Gecko\) Chrome\/\d+\.0\.0\.0 Safari\/537\.36$/u;

test('F-05, F-03, E-20: a refused request to pay is shown as refused, not as never received; another try, which JustiFi charges and answers with 500 and without a reason, is PAID and never shown as declined; meanwhile the card form is plain Chromium to JustiFi: no request of it names Electron or Counter, and no frame can read their names; to Windows it is Counter', async ({ runningShop: shop, target }) => {
  const { justifi } = shop.network;
  const app = await shop.open();
  const words = await watchWords(app.till);
  await app.enter('2700', 'Repair');
  await app.charge();
  const form = await app.form();
  for (const frame of form.page.frames()) expect(await frame.evaluate(() => navigator.userAgent)).toMatch(PLAIN_CHROMIUM);
  justifi.addFault({ on: 'POST /v1/checkouts/*/complete', kind: 'status', status: 422, moment: 'before', times: 1 });
  await form.payByCard(CARDS.pays);
  await shop.atPace(4, () => expect(app.till.locator('#root').getByText('JustiFi refused the payment request. Try again. If it happens again, call the manager.', { exact: true })).toBeVisible({ timeout: 25_000 }));
  expect(justifi.charges()).toEqual([]);
  await app.till.getByRole('button', { name: /^Try again/u }).click();
  const again = await app.form();
  const formWords = await watchWords(again.page);
  justifi.addFault({ on: 'POST /v1/checkouts/*/complete', kind: 'status', status: 500, moment: 'after', times: 1 });
  const { checkout_id: checkoutId } = app.journal('test').sales.at(-1)!;
  await again.fillCard(CARDS.pays);
  await formWords.expectPlain();
  justifi.holdCharges();
  await again.pay();
  await expect.poll(() => justifi.requests('POST /v1/checkouts/*/complete').length).toBe(2);
  // From the charge on: before, main asks about the first try.
  justifi.addFault({ on: `GET /v1/checkouts/${checkoutId}`, kind: 'status', status: 503, moment: 'before' });
  justifi.releaseCharges();
  await app.says('We don’t know yet');
  await expect(app.till.locator('#root').getByText(/DECLINED|NOT CHARGED/u)).toBeHidden();
  justifi.clearFaults();
  await app.says('PAID');
  expect(justifi.charges()).toMatchObject([{ amount: 2700 }]);
  await words.expectPlain();

  const agents = new Set(justifi.requests().flatMap(({ headers }) => (headers['host'] === 'api.justifi.ai' ? [] : [headers['user-agent']])));
  expect([...agents]).toEqual([expect.stringMatching(PLAIN_CHROMIUM)]);
  const { appId } = yaml.load(readFileSync(join(import.meta.dirname, '../../electron-builder.yml'), 'utf8'));
  if (target === 'chromium-host') expect(await app.counter.recorded('app.setAppUserModelId')).toEqual([appId]);
});
