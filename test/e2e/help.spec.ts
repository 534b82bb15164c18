import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bridge } from '../../contract/channels.ts';
import { DIAGNOSTIC_NAMES } from '../../contract/diagnostics.ts';
import { CARDS } from './card-form.ts';
import { SHOP, expect, openBySecret, test } from './connected-till.ts';

/* Help that is there: the first sale, the diagnostics, and a screen that broke. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

test('the first sale of a register is shown how it goes, without being in the way, and no later one is', async ({ openTill }) => {
  const app = await openTill();
  const { till } = app;
  const help = till.getByRole('complementary').filter({ hasText: 'Your first sale' });
  await expect(help.getByRole('listitem')).toHaveCount(3);
  // Typing goes where it always goes.
  await app.enter('1799', 'Donut');
  await expect(till.getByRole('heading', { level: 1 })).toHaveText('$17.99');
  await app.charge();
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  await expect(till.getByRole('button', { name: /New sale/u })).toBeEnabled();
  await till.keyboard.press('Enter');
  await expect(till.getByRole('heading', { level: 1 })).toHaveText('$0.00');
  await expect(help).toBeHidden();
  await app.counter.close();
  const again = await openTill();
  await expect(again.till.locator('#root').getByText('Your first sale')).toBeHidden();
});

test('diagnostics are read over the phone or saved as a file; they say what is wrong, and hold no secret and no customer', async ({ connectedShop: shop }) => {
  const app = await shop.open();
  const { till, counter } = app;
  await app.enter('1799', 'Donut for Mrs Miller');
  await openBySecret(app);
  await till.getByRole('tab', { name: 'Diagnostics' }).click();
  await expect(till.locator('#root').getByText('All is well.')).toBeVisible();
  await expect(till.getByRole('term')).toHaveCount(DIAGNOSTIC_NAMES.length);
  await expect(till.getByRole('definition').nth(3)).toHaveText(`Training Shop · ${SHOP.subAccountId} · client`);
  const file = join(shop.userData, 'diagnostics.txt');
  await counter.answerNextDialog({ canceled: false, filePath: file });
  await till.getByRole('button', { name: 'Save as a file' }).click();
  await expect(till.locator('#root').getByText('The file is saved.')).toBeVisible();
  const text = readFileSync(file, 'utf8');
  for (const name of DIAGNOSTIC_NAMES) expect(text).toContain(`${name}: `);
  expect(text).toContain('info manager.login-ok {"by":"secret"}');
  const tokens = shop.network.justifi.requests().flatMap(({ headers }) => headers['authorization']?.replace('Bearer ', '') ?? []);
  for (const secret of [SHOP.clientId, SHOP.clientSecret, 'Miller', ...tokens]) expect(text).not.toContain(secret);

  // The line goes down: said, and marked.
  shop.network.justifi.addFault({ on: 'GET /', kind: 'disconnect', moment: 'before' });
  await till.evaluate(() => window.dispatchEvent(new Event('offline')));
  await expect(till.locator('#root').getByText('No connection', { exact: true })).toBeVisible();
  await till.getByRole('button', { name: 'Refresh' }).click();
  await expect(till.locator('#root').getByText('Something needs attention. It is marked below.')).toBeVisible();
  await expect(till.locator('[data-trouble="true"]')).toHaveText(/Connection to JustiFi\s*down/u);
});

test('a screen that fails while it is drawn is no blank till: one sentence, one line in the log, and nothing is lost', async ({ app }) => {
  const { till } = app;
  await app.enter('1799', 'Donut');
  // What main answers to it is drawn before anything breaks.
  await expect.poll(() => till.evaluate(() => (window as unknown as { readonly till: Bridge<'till'> }).till.snapshot())).toMatchObject({ value: { sale: { amountInCents: 1799, description: 'Donut' } } });
  await till.evaluate(() => {
    const { NumberFormat } = Intl;
    Object.assign(window, { mend: () => Object.assign(Intl, { NumberFormat }) });
    Object.assign(Intl, {
      NumberFormat: function broken() {
        throw new RangeError('secret detail');
      },
    });
  });
  await till.keyboard.press('5');
  await expect(till.getByRole('note')).toContainText('The screen stopped working. Your sale is safe.');
  await expect.poll(() => app.log()).toContain('info till-page.broke {"detail":"RangeError"}');
  expect(app.log()).not.toContain('secret detail');
  await till.evaluate(() => (window as unknown as { mend(): void }).mend());
  await till.getByRole('button', { name: 'Show it again' }).click();
  await expect(till.getByRole('heading', { level: 1 })).toHaveText('$17.99');
  await expect(till.getByRole('textbox', { name: 'Description' })).toHaveValue('Donut5');
});

test('PAID and DECLINED are heard once each where the shop wants it, and nothing is heard where it does not', async ({ app }) => {
  const { till } = app;
  const heard = async () => till.evaluate(() => (window as unknown as { tones: number[] }).tones);
  await till.evaluate(() => {
    const tones: number[] = [];
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function begin(this: OscillatorNode, ...when) {
      tones.push(this.frequency.value);
      start.apply(this, when);
    };
    Object.assign(window, { tones });
  });
  const sell = async (digits: string, card: string, word: string) => {
    await app.enter(digits, 'Donut');
    await app.charge();
    await (await app.form()).payByCard(card);
    await app.says(word);
    await till.getByRole('button', { name: /^(?:New sale|Cancel sale)/u }).click();
    await till.getByRole('button', { name: /^Clear/u }).click();
  };
  await sell('1799', CARDS.pays, 'PAID');
  expect(await heard()).toEqual([]);
  await till.keyboard.press('F10');
  await till.getByRole('tab', { name: 'Screen and sound' }).click();
  await till.locator('#root').getByText('Sounds for paid and declined').click();
  await expect(till.getByRole('checkbox', { name: /Sounds/u })).toBeChecked();
  await till.getByRole('button', { name: 'Back to the till' }).click();
  await sell('1899', CARDS.pays, 'PAID');
  expect((await heard()).length).toBe(2);
  await sell('1999', CARDS.declined, 'DECLINED');
  expect((await heard()).length).toBe(3);
  await till.keyboard.press('F4');
  await till.getByRole('button', { name: /^Back to the till/u }).click();
  expect((await heard()).length).toBe(3);
});
