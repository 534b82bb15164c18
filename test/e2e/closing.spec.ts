import { type Shop, expect, payHeld, test } from './connected-till.ts';
import type { TillApp } from './till-app.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

const PAYMENT_QUESTION = {
  message: 'A payment is under way.',
  detail: 'If you close Counter now, the payment goes on at JustiFi. Counter finds out how it ended after the next start. Do not charge again before that.',
  buttons: ['Keep open', 'Close Counter'],
  defaultId: 0,
  cancelId: 0,
};

/** JustiFi has the request and takes its time. */
async function openAndPay(shop: Shop): Promise<TillApp> {
  const { justifi } = shop.network;
  const app = await shop.open();
  await payHeld(app, justifi, '1799', 'One donut');
  return app;
}

const questions = (app: TillApp) => app.counter.recorded('dialog.showMessageBox');

test('C-29: closing the till during a payment asks first; kept open, everything is as it was, and it ends in PAID', async ({ connectedShop: shop }) => {
  const { justifi } = shop.network;
  const app = await openAndPay(shop);
  await app.counter.pressClose(app.till);
  await expect.poll(() => questions(app)).toMatchObject([PAYMENT_QUESTION]);
  // Quitting by another way than the window asks the same.
  process.kill(app.counter.pid, 'SIGTERM');
  await expect.poll(() => questions(app)).toMatchObject([PAYMENT_QUESTION, PAYMENT_QUESTION]);
  await app.says('Processing');
  justifi.releaseCharges();
  await app.says('PAID');
  expect(justifi.charges()).toMatchObject([{ amount: 1799 }]);

  // Nothing is under way any more: it closes at once.
  await app.counter.pressClose(app.till);
  expect(await app.counter.exited).toEqual({ code: 0, signal: null });
  expect(app.log()).not.toContain('closing.chosen');
});

test('C-29: closed all the same during a payment, the till finds PAID after the next start', async ({ connectedShop: shop }) => {
  const { justifi } = shop.network;
  const first = await openAndPay(shop);
  await first.counter.answerNextDialog({ response: 1 });
  await first.counter.pressClose(first.till);
  expect(await first.counter.exited).toEqual({ code: 0, signal: null });
  expect(first.log()).toContain('closing.chosen');
  justifi.releaseCharges();
  await expect.poll(() => justifi.charges().length).toBe(1);

  const second = await shop.open({ till: 'result' });
  await second.says('PAID');
  await second.says('$17.99');
  expect(justifi.charges()).toHaveLength(1);
});

test('C-29: closing the till while a customer is about to pay asks first; closed, the amount and the description come back', async ({ connectedShop: shop }) => {
  const first = await shop.open();
  await first.enter('4200', 'Coffee for all');
  await first.charge();
  await first.form();
  await first.counter.pressClose(first.till);
  await expect.poll(() => questions(first)).toMatchObject([{ message: 'A customer is about to pay.' }]);
  await first.counter.answerNextDialog({ response: 1 });
  await first.counter.pressClose(first.till);
  await first.counter.exited;

  const second = await shop.open();
  await expect(second.till.getByRole('heading', { level: 1 })).toHaveText('$42.00');
  await expect(second.till.getByRole('textbox', { name: 'Description' })).toHaveValue('Coffee for all');
  expect(shop.network.justifi.charges()).toHaveLength(0);
});

test('C-29: the operating system that shuts down is not held up by a question', async ({ connectedShop: shop }) => {
  const app = await openAndPay(shop);
  await app.counter.power('shutdown');
  await app.counter.pressClose(app.till);
  expect(await app.counter.exited).toEqual({ code: 0, signal: null });
  expect(app.log()).not.toContain('closing.');
  shop.network.justifi.releaseCharges();
});
