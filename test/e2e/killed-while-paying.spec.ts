import { join } from 'node:path';
import { Agent, fetch } from 'undici';
import { openSettings } from '../../main/storage/settings.ts';
import { trainingSubAccounts } from '../../main/training/sub-account.ts';
import type { LiveNetwork } from '../justifi/live-network.ts';
import { READER_ID } from '../storm/line.ts';
import { SHOP, expect, test } from './connected-till.ts';
import type { TillApp } from './till-app.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

async function nextSale({ till }: TillApp): Promise<void> {
  await till.getByRole('button', { name: /^New sale/u }).click();
}

/** Charges, and leaves the card form for another way to pay. */
async function chargeBy(app: TillApp, digits: string, way: string): Promise<void> {
  await app.enter(digits, `By ${way}`);
  await app.charge();
  await app.till.getByRole('button', { name: way }).click();
}

/** Another register of the shop has put a customer of its own before the same reader. */
async function useReaderElsewhere({ justifi, authority }: LiveNetwork): Promise<void> {
  const dispatcher = new Agent({ connect: { ca: authority } });
  async function call(path: string, headers: Record<string, string>, body: unknown): Promise<Readonly<Record<string, unknown>>> {
    const answer = await fetch(justifi.origin + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body), dispatcher });
    return (await answer.json()) as Readonly<Record<string, unknown>>;
  }
  const { access_token: token } = await call('/oauth/token', {}, { client_id: SHOP.clientId, client_secret: SHOP.clientSecret });
  const asAccount = { authorization: `Bearer ${String(token)}`, 'sub-account': SHOP.subAccountId };
  const { id } = await call('/v1/checkouts', { ...asAccount, 'idempotency-key': 'elsewhere-1' }, { amount: 900, description: 'At another register' });
  expect(await call('/v1/terminals/pay', { ...asAccount, 'idempotency-key': 'elsewhere-2' }, { checkout_id: id, terminal_id: READER_ID })).toMatchObject({ type: 'terminal_sessions' });
  await dispatcher.close();
}

test('F-09: kill -9 in the middle of a bank transfer, and at the card reader (which another register uses first, the account may not use for a while, and where a card is declined and another try canceled) while an earlier customer has a link: after each restart the till shows JustiFi’s outcomes, each customer is charged once, and the late one is voided for good', async ({ connectedShop: shop }) => {
  const { justifi } = shop.network;
  const settings = openSettings(join(shop.userData, 'settings.json'), () => {});
  settings.change({ cardReader: { terminalId: READER_ID, name: 'Reader', ofAccount: SHOP.subAccountId, isFirst: false }, form: { ...settings.read().form, phone: true } });
  const completions = () => justifi.requests('POST /v1/checkouts/*/complete');
  const atReader = () => justifi.requests('POST /v1/terminals/pay');
  const amounts = () => justifi.charges().map(({ amount }) => amount);
  const [transfer, byPhone, atCounter] = [12_000, 2517, 2855] as const;

  let app = await shop.open();
  await test.step('a bank transfer: ACCEPTED, before any new sale', async () => {
    await app.enter(String(transfer), 'Deposit');
    await app.charge();
    const form = await app.form();
    await form.fillBankAccount();
    justifi.holdCharges();
    await form.pay();
    await app.says('Processing payment');
    await expect.poll(() => completions().length).toBe(1);
    await app.counter.kill();
    justifi.releaseCharges();
    await expect.poll(amounts).toEqual([transfer]);
    app = await shop.open({ till: 'result' });
    await app.says('ACCEPTED');
    await app.says('$120.00');
    expect([completions().length, amounts()]).toEqual([1, [transfer]]);
    await nextSale(app);
  });

  const link = await test.step('the customer’s phone: the customer leaves with the link', async () => {
    await chargeBy(app, String(byPhone), 'Customer’s phone');
    await app.says('Ask the customer to scan the code and pay on their phone.');
    const { checkout_id: checkoutId } = app.journal('test').sales.at(-1)!;
    await app.till.getByRole('button', { name: 'Serve next customer' }).click();
    await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$0.00');
    return checkoutId!;
  });

  await test.step('the card reader', async () => {
    await useReaderElsewhere(shop.network);
    const { till } = app;
    const tryAgain = () => till.getByRole('button', { name: /^Try again/u }).click();
    await chargeBy(app, String(atCounter), 'Card reader');
    await app.says('The card reader is busy with another payment.');
    expect(await justifi.pressReader(READER_ID, 'cancel')).toBe(true);
    justifi.changeSettings({ subAccounts: trainingSubAccounts.map((account) => ({ ...account, ways: { ...account.ways, card_present: false } })) });
    await tryAgain();
    await app.says('JustiFi did not send the payment to the card reader.');
    justifi.changeSettings({ subAccounts: trainingSubAccounts });
    for (const [press, says] of [['decline', 'DECLINED'], ['cancel', 'NOT CHARGED']] as const) {
      await tryAgain();
      await app.says('Ask the customer to tap or insert the card.');
      await expect.poll(() => justifi.pressReader(READER_ID, press)).toBe(true);
      await app.says(says);
    }
    await tryAgain();
    await app.says('Ask the customer to tap or insert the card.');
    await expect.poll(() => atReader().length).toBe(6);
    await app.counter.kill();
    expect([await justifi.payHosted(link, 'pays'), await justifi.pressReader(READER_ID, 'tap')]).toEqual([true, true]);
    app = await shop.open({ till: 'result' });
    await app.says('PAID');
    await app.says('$28.55');
    const [elsewhere, ...ours] = atReader().map(({ body }) => body);
    expect([ours.length, new Set(ours).size, ours.includes(elsewhere!), amounts()]).toEqual([5, 1, false, [transfer, byPhone, atCounter]]);
  });

  await test.step('the link that was paid meanwhile is voided, and cannot be paid again', async () => {
    const notice = app.till.locator('#root').getByText('Earlier payment went through: $25.17, By Customer’s phone, Visa •••• 4242.');
    await notice.waitFor();
    await app.till.getByRole('button', { name: 'Void', exact: true }).click();
    await expect(notice).toBeHidden();
    expect(await justifi.payHosted(link, 'pays')).toBe(false);
  });

  expect(amounts()).toEqual([transfer, byPhone, atCounter]);
  expect(new Set(justifi.charges().map(({ checkoutId }) => checkoutId)).size).toBe(3);
  expect(app.journal('test').sales.filter(({ kind }) => kind !== 'draft').map(({ kind, amount_in_cents: amount }) => `${kind} ${amount}`)).toEqual([`accepted ${transfer}`, `reversed ${byPhone}`, `paid ${atCounter}`]);
});
