import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CARDS } from './card-form.ts';
import { type Shop, expect, payHeld, test, untilBackAtTheTill } from './connected-till.ts';
import type { TillApp } from './till-app.ts';

/* One register whose Counter ends in one way after the other, most of them in the middle of a sale. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

const PAYMENT_QUESTION = {
  message: 'A payment is under way.',
  detail: 'If you close Counter now, the payment goes on at JustiFi. Counter finds out how it ended after the next start. Do not charge again before that.',
  buttons: ['Keep open', 'Close Counter'],
  defaultId: 0,
  cancelId: 0,
};

const nodeArgs = ['--import', pathToFileURL(join(import.meta.dirname, 'main-fault.ts')).href];
const questions = (app: TillApp) => app.counter.recorded('dialog.showMessageBox');
const closingsChosen = (app: TillApp) => app.log().split('closing.chosen').length - 1;
/** With its restarts. */
async function hasFailed({ counter }: TillApp): Promise<readonly unknown[]> {
  expect(await counter.exited).toMatchObject({ code: 1 });
  return counter.recorded('app.relaunch');
}

test('C-29, E-11, E-21, F-09: Counter is closed during a payment, after a question, and ends by a fault of main during another, by a till’s page that closes itself while a result is shown, and by one that crashes again and again: the next start shows PAID; after three failures in ten minutes Counter stops and shows the state of the money', async ({ connectedShop: shop }) => {
  const first = await shop.open();
  await test.step('C-29: closing the till in the middle of a sale asks first: kept open, nothing changes; closed, the payment goes on', () => closedInPayment(shop, first));

  const second = await shop.open({ till: 'result', nodeArgs });
  await test.step('C-29: the next start has the end of that payment', async () => {
    await second.says('PAID');
    await second.says('$17.99');
    await second.till.getByRole('button', { name: /New sale/u }).click();
    await expect(second.till.getByRole('heading', { level: 1 })).toHaveText('$0.00');
    expect(shop.network.justifi.charges()).toHaveLength(1);
  });
  await test.step('E-11: a fault of main while a payment is under way: Counter starts again', () => failsInPayment(shop, second));

  // The program that Electron starts then.
  const third = await shop.open({ till: 'result', nodeArgs });
  await test.step('E-11: which shows PAID', async () => {
    await third.says('PAID');
    expect(shop.network.justifi.charges()).toMatchObject([{ amount: 1799 }, { amount: 1250 }]);
  });
  await test.step('E-21: a till’s page that closes itself leaves no empty window', async () => {
    // In Electron by `window.close()`, which this Chromium does not obey.
    await third.till.close();
    expect(await hasFailed(third)).toHaveLength(1);
    expect(third.log().match(/counter\.failed .*"interrupted":"nothing","restarts":"yes"/gu)).toHaveLength(1);
  });

  const fourth = await shop.open({ till: 'result', nodeArgs });
  // The cashier who comes back must not charge again.
  await test.step('F-09: a result that was not dismissed stands there again', async () => {
    await fourth.says('PAID');
    await fourth.says('$12.50');
    expect(shop.network.justifi.charges()).toHaveLength(2);
    await expect(fourth.till.getByRole('button', { name: /New sale/u })).toBeEnabled();
    await fourth.till.keyboard.press('Enter');
    await untilBackAtTheTill(fourth.till);
  });
  await test.step('E-21: a till’s page that crashes again and again', () => crashesAgainAndAgain(fourth));

  const last = await shop.open({ nodeArgs });
  await test.step('E-11: after three failures in ten minutes Counter stops, and shows the state of the money', async () => {
    process.kill(last.counter.pid, 'SIGPWR');
    expect(await hasFailed(last)).toEqual([]);
    expect(await last.counter.recorded('dialog.showErrorBox')).toEqual([{ title: 'Counter has stopped', content: 'Counter failed several times and has stopped. No payment was under way. Call the manager.' }]);
  });
});

async function closedInPayment({ network: { justifi } }: Shop, app: TillApp): Promise<void> {
  await app.enter('1799', 'One donut');
  await app.charge();
  const form = await app.form();
  await app.counter.pressClose(app.till);
  await expect.poll(() => questions(app)).toMatchObject([{ message: 'A customer is about to pay.' }]);
  const chosenBefore = closingsChosen(app);

  justifi.holdCharges();
  await form.payByCard(CARDS.pays);
  await app.says('Processing payment. Don’t close this window.');
  await expect.poll(() => justifi.requests('POST /v1/checkouts/*/complete').length).toBe(1);
  // By another way than the window.
  process.kill(app.counter.pid, 'SIGTERM');
  await expect.poll(async () => (await questions(app)).slice(1)).toMatchObject([PAYMENT_QUESTION]);
  await app.says('Processing');
  await app.counter.answerNextDialog({ response: 1 });
  await app.counter.pressClose(app.till);
  expect(await app.counter.exited).toEqual({ code: 0, signal: null });
  expect(closingsChosen(app)).toBe(chosenBefore + 1);
  justifi.releaseCharges();
  await expect.poll(() => justifi.charges()).toMatchObject([{ amount: 1799 }]);
}

async function failsInPayment({ network: { justifi } }: Shop, app: TillApp): Promise<void> {
  await payHeld(app, justifi, '1250', 'Secret donut');
  process.kill(app.counter.pid, 'SIGUSR2');
  expect(await hasFailed(app)).toHaveLength(1);
  const line = app.log().split('\n').filter((each) => each.includes('counter.failed'));
  expect(line).toEqual([expect.stringMatching(/"error":"TypeError","at":"[^"]*main-fault\.ts:\d+:\d+\)?","interrupted":"payment","restarts":"yes"\}$/u)]);
  justifi.releaseCharges();
  await expect.poll(() => justifi.charges().length).toBe(2);
}

async function crashesAgainAndAgain(app: TillApp): Promise<void> {
  for (let crash = 1; crash <= 4; crash += 1) {
    const page = await app.counter.window('app://till/');
    await expect(page.getByRole('button', { name: '7', exact: true })).toBeVisible();
    const crashed = page.waitForEvent('crash');
    await page.goto('chrome://crash').catch(() => undefined);
    await crashed;
  }
  expect(await hasFailed(app)).toHaveLength(1);
  expect(app.log().match(/counter\.failed .*"interrupted":"nothing","restarts":"yes"/gu)).toHaveLength(2);
}
