import { CARDS } from './card-form.ts';
import { expect, test } from './connected-till.ts';
import { collectSnapshots, filesUnder } from './evidence.ts';
import { typeByHand } from './keys.ts';
import { watchWords } from './plain-words.ts';
import type { TillApp } from './till-app.ts';

/** The log's lines about bad input, only their problems. */
function problemLines(app: TillApp): string[] {
  return [...app.log().matchAll(/ sale\.(?:problem|input-refused) \{"sale":"[\w-]+",("\w+":"[\w-]+")\}$/gmu)].map((line) => line[1]!);
}

test('F-27, S-08: a card number in the description is blocked; it is in no file, no request and no snapshot', async ({ runningShop: shop }) => {
  test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');
  const app = await shop.open();
  const { till } = app;
  const words = await watchWords(till);
  const snapshots = await collectSnapshots(till);
  const description = till.getByRole('textbox', { name: 'Description' });
  const sentence = till.getByRole('note');
  const looksLikeOne = /^That looks like a card number\. Remove it/u;
  await typeByHand(till, '1250');

  for (const typed of ['4242424242424242', '4242 4242 4242 4242', 'Visa 4242-4242-4242-4242 11/35 123', '٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢', '378282246310005']) {
    const linesBefore = problemLines(app).length;
    await description.fill(typed);
    await expect(sentence).toHaveText(looksLikeOne);
    await expect.poll(() => problemLines(app).slice(linesBefore)).toEqual(['"problem":"description-card-number"']);
    await till.keyboard.press('Enter');
    await expect.poll(() => problemLines(app).length).toBe(linesBefore + 2);
    await expect(sentence).toHaveText(looksLikeOne);
    await expect(description).toHaveValue(typed);
    await expect(till.getByRole('heading', { level: 1 })).toHaveText('$12.50');
    await description.fill('');
    await expect(sentence).toBeEmpty();
  }

  await description.fill('Repair');
  await app.charge();
  const { requests, books } = shop.network.justifi;
  await expect.poll(() => requests('PATCH /v1/checkouts/*').length).toBeGreaterThan(0);
  const kept = [
    ...filesUnder(shop.userData).map(({ text }) => text),
    JSON.stringify(requests().map(({ path, body, headers }) => ({ path, body, headers }))),
    JSON.stringify(books.checkouts()),
    JSON.stringify(await snapshots()),
  ];
  expect(kept.length).toBeGreaterThan(5);
  for (const text of kept) {
    expect(text.replaceAll(/[ .-]/gu, '')).not.toMatch(/4242424242|378282246310005|٤٢٤٢٤٢/u);
  }
  await words.expectPlain();
});

test('F-08: Enter with a click, and a held Enter, make one checkout each; Pay clicked twice makes one charge', async ({ runningShop: shop }) => {
  test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');
  const { justifi } = shop.network;
  const app = await shop.open();
  const { till } = app;
  const charge = till.getByRole('button', { name: /^Charge/u });
  await app.enter('1265', 'Repair');

  await charge.focus();
  const { x, y } = (await charge.boundingBox())!;
  await Promise.all([till.keyboard.press('Enter'), till.mouse.click(x + 20, y + 20)]);
  await app.form();
  await till.keyboard.press('Escape');
  await expect(charge).toBeEnabled();

  for (let repeats = 0; repeats < 8; repeats += 1) await till.keyboard.down('Enter');
  await till.keyboard.up('Enter');
  const form = await app.form();
  await form.fillCard(CARDS.pays);
  await form.page.getByRole('button', { name: 'Pay', exact: true }).dblclick();
  await app.says('PAID');

  const { sales, events } = app.journal('test');
  expect(sales.map(({ kind }) => kind)).toEqual(['unresolved', 'paid']);
  for (const { id } of sales) {
    const kinds = events.filter(({ sale_id }) => sale_id === id).map(({ kind }) => kind);
    for (const once of ['checkout-created', 'charge-asked', 'form-shown']) expect(kinds.filter((kind) => kind === once)).toHaveLength(1);
  }
  expect(new Set(sales.map(({ checkout_id: checkout }) => checkout)).size).toBe(2);
  // The first may have been prepared before the first digit.
  expect(justifi.requests('POST /v1/checkouts').length).toBeLessThanOrEqual(2);
  expect(justifi.requests('POST /v1/checkouts/*/complete')).toHaveLength(1);
  expect(justifi.charges()).toMatchObject([{ amount: 1265 }]);

  // An Enter that is held on the result does not travel on into the next sale.
  await till.locator('#root').getByText('PAID').click();
  await expect(till.getByRole('button', { name: /New sale/u })).toBeEnabled();
  for (let repeats = 0; repeats < 5; repeats += 1) await till.keyboard.down('Enter');
  await expect(till.getByRole('heading', { level: 1 })).toHaveText('$0.00');
  await till.keyboard.down('Enter');
  await till.keyboard.up('Enter');
  await expect(till.getByRole('note')).toBeEmpty();
  expect(app.journal('test').sales.filter(({ kind }) => kind !== 'draft')).toHaveLength(2);
});
