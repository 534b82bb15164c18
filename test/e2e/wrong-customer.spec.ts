import { CARDS } from './card-form.ts';
import { expect, openBySecret, test } from './connected-till.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

test('F-07, F-17: after a decline, a form that was left and a paid sale, the next customer pays on a checkout, in a document and with a card of their own', async ({ connectedShop: shop }) => {
  const { justifi } = shop.network;
  const app = await shop.open();
  const { till } = app;
  const documents = new Set<unknown>();
  const open = async (digits: string, description: string) => {
    await till.getByRole('button', { name: /^Clear/u }).click();
    await app.enter(digits, description);
    await app.charge();
    const form = await app.form();
    expect(documents.has(form.page)).toBe(false);
    documents.add(form.page);
    return form;
  };
  await (await open('1100', 'Declined')).payByCard(CARDS.declined);
  await app.says('DECLINED');
  await till.getByRole('button', { name: /^Cancel sale/u }).click();
  const abandoned = await open('99000', 'Abandoned with a card typed in');
  await abandoned.fillCard(CARDS.pays);
  await till.keyboard.press('Escape');
  await expect(till.getByRole('heading', { level: 1 })).toHaveText('$990.00');
  await (await open('1300', 'By card')).payByCard(CARDS.pays);
  await app.says('PAID');
  await till.getByRole('button', { name: 'New sale' }).click();
  const byBank = await open('1400', 'By bank');
  await byBank.fillBankAccount();
  await byBank.pay();
  await app.says('ACCEPTED');

  expect(justifi.charges().map(({ amount }) => amount)).toEqual([1300, 1400]);
  // Each payment was asked for with a token that was made in its own document, after the one before it had ended.
  const seen = justifi.requests();
  const completions = seen.flatMap((request, index) => (request.path.endsWith('/complete') && request.method === 'POST' ? [index] : []));
  expect(completions).toHaveLength(3);
  const paths = new Set(completions.map((index) => seen[index]!.path));
  expect(paths.size).toBe(3);
  const tokens = completions.map((index) => String(JSON.parse(seen[index]!.body).payment_token));
  expect(new Set(tokens).size).toBe(3);
  for (const [count, index] of completions.entries()) {
    const since = count === 0 ? 0 : completions[count - 1]!;
    const madeSince = seen.slice(since, index).filter(({ method, path }) => method === 'POST' && path === '/v1/js/payment_methods');
    expect(madeSince.length).toBeGreaterThan(0);
  }
});

test('F-16: a page that claims another amount or another checkout is not allowed to charge, and the cashier starts again', async ({ connectedShop: shop }) => {
  const { justifi } = shop.network;
  const app = await shop.open();
  await app.enter('1600', 'Repair');
  await app.charge();
  const form = await app.form();
  const [sale] = app.journal('test').sales;
  // Its document is gone before it hears the answer.
  await form.page
    .evaluate((claim) => (window as unknown as { checkout: { submit(claim: unknown): Promise<unknown> } }).checkout.submit(claim), {
      checkoutId: sale!.checkout_id,
      componentAmountInCents: 999,
      methodType: 'new_card',
      isAuthorisationShown: false,
    })
    .catch(() => {});
  await expect(app.till.getByRole('note')).toHaveText(/^The amount changed on the way\. Nothing was charged\./u);
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$16.00');
  expect(app.log()).toContain('sale.submit-refused');
  expect(justifi.requests('POST /v1/checkouts/*/complete')).toEqual([]);
  expect(justifi.charges()).toEqual([]);
});

test('a checkout that was changed behind Counter’s back is charged at JustiFi’s amount: the till says so, stops, and goes on only when the manager has looked', async ({ connectedShop: shop }) => {
  const { justifi } = shop.network;
  const app = await shop.open();
  await app.enter('1700', 'Repair');
  await app.charge();
  const form = await app.form();
  const [sale] = app.journal('test').sales;
  justifi.changeAmount(sale!.checkout_id!, 71_700);
  await form.payByCard(CARDS.pays);
  await app.says('WRONG AMOUNT');
  await app.says('$717.00');
  await app.counter.kill();

  const again = await shop.open({ till: 'result' });
  await again.says('WRONG AMOUNT');
  await expect(again.till.getByRole('button', { name: /New sale|Try again|Cancel/u })).toHaveCount(0);
  await openBySecret(again);
  await again.till.getByRole('tab', { name: 'Needs attention' }).click();
  await expect(again.till.locator('#root').getByText('JustiFi charged $717.00 instead of $17.00.')).toBeVisible();
  await again.till.getByRole('button', { name: 'Reviewed – continue' }).click();
  await again.till.getByRole('button', { name: 'Back to the till' }).click();
  await expect(again.till.getByRole('heading', { level: 1 })).toHaveText('$0.00');
  expect(justifi.charges()).toMatchObject([{ amount: 71_700 }]);
});

test('F-32: the same amount and description within three minutes of a payment is asked about; Enter alone does not charge again', async ({ app }) => {
  const { till } = app;
  await app.enter('1799', 'One donut');
  await app.charge();
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  await till.getByRole('button', { name: 'New sale' }).click();
  await app.enter('1799', 'One donut');
  // An impatient hand: its second tap lands the very moment the doubt comes up, and means nothing.
  await till.evaluate(() => {
    const observer = new MutationObserver(() => {
      const button = document.querySelector<HTMLElement>('.hand > .charge');
      if (button?.textContent.endsWith('again F9') !== true) return;
      observer.disconnect();
      button.click();
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await app.charge();
  await expect(till.getByRole('note')).toHaveText(/^The same amount was paid \d+ s ago \(•••• 4242\)\. Charge again only if it is another sale\.$/u);
  await till.locator('#root').getByText('Register 1').click();
  await till.keyboard.press('Enter');
  await expect(till.getByRole('button', { name: /^Charge .* again/u })).toBeEnabled();
  expect(app.journal().events.filter(({ kind }) => kind === 'charge-asked')).toHaveLength(1);
  await till.keyboard.press('F9');
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  expect(app.journal().sales.map(({ kind }) => kind)).toEqual(['paid', 'paid']);
});
