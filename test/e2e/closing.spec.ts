import { expect, payHeld, test } from './connected-till.ts';
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

test('C-29: closing the till in the middle of a sale asks first: kept open, everything is as it was; closed all the same, the next start has what was there; a shutdown of the PC is not held up', async ({ connectedShop: shop }) => {
  const { justifi } = shop.network;

  await test.step('while a customer is about to pay: closed, the amount and the description come back', async () => {
    const first = await shop.open();
    await first.enter('4200', 'Coffee for all');
    await first.charge();
    await first.form();
    await first.counter.pressClose(first.till);
    await expect.poll(() => questions(first)).toMatchObject([{ message: 'A customer is about to pay.' }]);
    await first.counter.answerNextDialog({ response: 1 });
    await first.counter.pressClose(first.till);
    await first.counter.exited;
  });
  const app = await shop.open();
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$42.00');
  await expect(app.till.getByRole('textbox', { name: 'Description' })).toHaveValue('Coffee for all');
  expect(justifi.charges()).toHaveLength(0);
  const chosenBefore = closingsChosen(app);

  await test.step('during a payment: kept open, everything is as it was, and it ends in PAID', async () => {
    await payHeld(app, justifi, '1799', 'One donut');
    await app.counter.pressClose(app.till);
    await expect.poll(() => questions(app)).toMatchObject([PAYMENT_QUESTION]);
    // Quitting by another way than the window asks the same.
    process.kill(app.counter.pid, 'SIGTERM');
    await expect.poll(() => questions(app)).toMatchObject([PAYMENT_QUESTION, PAYMENT_QUESTION]);
    await app.says('Processing');
    justifi.releaseCharges();
    await app.says('PAID');
    expect(justifi.charges()).toMatchObject([{ amount: 1799 }]);
  });

  await test.step('nothing is under way any more: it closes at once', async () => {
    await app.counter.pressClose(app.till);
    expect(await app.counter.exited).toEqual({ code: 0, signal: null });
    expect(closingsChosen(app)).toBe(chosenBefore);
  });

  await test.step('closed all the same during a payment, the till finds PAID after the next start', async () => {
    const next = await shop.open({ till: 'result' });
    await next.says('PAID');
    await toNextSale(next);
    await payHeld(next, justifi, '2500', 'Repair');
    await next.counter.answerNextDialog({ response: 1 });
    await next.counter.pressClose(next.till);
    expect(await next.counter.exited).toEqual({ code: 0, signal: null });
    expect(closingsChosen(next)).toBe(chosenBefore + 1);
    justifi.releaseCharges();
    await expect.poll(() => justifi.charges().length).toBe(2);
  });

  await test.step('the operating system that shuts down is not held up by a question', async () => {
    const last = await shop.open({ till: 'result' });
    await last.says('PAID');
    await last.says('$25.00');
    expect(justifi.charges()).toHaveLength(2);
    await toNextSale(last);
    await payHeld(last, justifi, '900', 'Stickers');
    const logged = last.log().length;
    await last.counter.power('shutdown');
    await last.counter.pressClose(last.till);
    expect(await last.counter.exited).toEqual({ code: 0, signal: null });
    expect(await questions(last)).toEqual([]);
    expect(last.log().slice(logged)).not.toContain('closing.');
    justifi.releaseCharges();
  });
});

const closingsChosen = (app: TillApp) => app.log().split('closing.chosen').length - 1;

async function toNextSale({ till }: TillApp): Promise<void> {
  await till.getByRole('button', { name: /New sale/u }).click();
  await expect(till.getByRole('heading', { level: 1 })).toHaveText('$0.00');
}
