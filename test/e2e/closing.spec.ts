import { CARDS } from './card-form.ts';
import { expect, test } from './connected-till.ts';
import type { TillApp } from './till-app.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

const PAYMENT_QUESTION = {
  message: 'A payment is under way.',
  detail: 'If you close Counter now, the payment goes on at JustiFi. Counter finds out how it ended after the next start. Do not charge again before that.',
  buttons: ['Keep open', 'Close Counter'],
  defaultId: 0,
  cancelId: 0,
};

const questions = (app: TillApp) => app.counter.recorded('dialog.showMessageBox');

test('C-29: closing the till in the middle of a sale asks first: kept open, nothing changes; closed, the next start restores the sale', async ({ connectedShop: shop }) => {
  const { justifi } = shop.network;
  const first = await shop.open();

  await first.enter('1799', 'One donut');
  await first.charge();
  const form = await first.form();
  await test.step('while a customer is about to pay: kept open, everything is as it was', async () => {
    await first.counter.pressClose(first.till);
    await expect.poll(() => questions(first)).toMatchObject([{ message: 'A customer is about to pay.' }]);
  });
  const chosenBefore = closingsChosen(first);

  await test.step('during a payment, also by another way than the window: kept open, then closed all the same', async () => {
    justifi.holdCharges();
    await form.payByCard(CARDS.pays);
    await first.says('Processing payment. Don’t close this window.');
    await expect.poll(() => justifi.requests('POST /v1/checkouts/*/complete').length).toBe(1);
    process.kill(first.counter.pid, 'SIGTERM');
    await expect.poll(async () => (await questions(first)).slice(1)).toMatchObject([PAYMENT_QUESTION]);
    await first.says('Processing');
    await first.counter.answerNextDialog({ response: 1 });
    await first.counter.pressClose(first.till);
    expect(await first.counter.exited).toEqual({ code: 0, signal: null });
    expect(closingsChosen(first)).toBe(chosenBefore + 1);
    justifi.releaseCharges();
    await expect.poll(() => justifi.charges()).toMatchObject([{ amount: 1799 }]);
  });

  const last = await shop.open({ till: 'result' });
  await test.step('the next start has the end of that payment', async () => {
    await last.says('PAID');
    await last.says('$17.99');
    await last.till.getByRole('button', { name: /New sale/u }).click();
    await expect(last.till.getByRole('heading', { level: 1 })).toHaveText('$0.00');
    expect(justifi.charges()).toHaveLength(1);
  });
});

const closingsChosen = (app: TillApp) => app.log().split('closing.chosen').length - 1;
