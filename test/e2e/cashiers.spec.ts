import type { Page } from 'playwright';
import type { Bridge } from '../../contract/channels.ts';
import { MANAGER_PIN, expect, test } from './connected-till.ts';
import { typeByHand } from './keys.ts';
import type { TillApp } from './till-app.ts';

/* Cashiers, their rights, and the manager's PIN for a single action; on a real keyring, with a simulated live JustiFi. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

async function typePin(till: Page, label: string, pin: string): Promise<void> {
  await till.getByLabel(label, { exact: true }).fill(pin);
  await till.keyboard.press('Enter');
}

async function openManager({ till }: TillApp): Promise<void> {
  await till.getByRole('button', { name: 'Manager', exact: true }).click();
}

async function addCashier({ till }: TillApp, name: string, pin: string): Promise<void> {
  await till.getByRole('tab', { name: 'Cashiers' }).click();
  await till.getByRole('button', { name: 'Add a cashier' }).click();
  await till.getByRole('textbox', { name: 'Name' }).fill(name);
  await typePin(till, 'PIN (four digits)', pin);
  await expect(till.getByRole('listitem').filter({ hasText: name })).toBeVisible();
}

async function signIn({ till }: TillApp, name: string, pin: string): Promise<void> {
  await till.getByRole('group', { name: 'Cashiers' }).getByRole('button', { name }).click();
  await typePin(till, 'Your PIN', pin);
  await expect(till.getByRole('button', { name: `Sign out ${name}` })).toBeVisible();
}

test('S-25, S-29: cashiers sign in, their sales carry their names, an unusual amount needs the manager in place, and no sale is charged without a name', async ({ shopWithPin: shop }) => {
  const app = await shop.open();
  const { till } = app;
  const { justifi } = shop.network;
  await openManager(app);
  await typePin(till, 'Manager PIN', MANAGER_PIN);
  await addCashier(app, 'Anna', '4829');
  const added = await till.evaluate(() => (window as unknown as { readonly manager: Bridge<'manager'> }).manager.saveCashier({ cashierId: null, name: 'Bert', pin: '7351' }));
  expect(added).toEqual({ kind: 'ok', value: null });
  await till.keyboard.press('Control+l');

  // No cashier is signed in: no sale, not even by a direct call to main.
  await expect(till.getByRole('heading', { name: 'Who is at the till?' })).toBeVisible();
  await typeByHand(till, '1799');
  const { id: saleId } = await till.evaluate(async () => {
    const { till: bridge } = window as unknown as { readonly till: Bridge<'till'> };
    const snapshot = await bridge.snapshot();
    return { id: snapshot.kind === 'ok' ? snapshot.value.sale.saleId : '' };
  });
  const charged = await till.evaluate(
    (id) => (window as unknown as { readonly till: Bridge<'till'> }).till.charge({ saleId: id, amountInCents: 1799, description: 'Unnamed', confirmed: [], managerPin: null }),
    saleId,
  );
  expect(charged).toEqual({ kind: 'failed', failure: { kind: 'needs-sign-in' } });
  await till.getByRole('group', { name: 'Cashiers' }).getByRole('button', { name: 'Anna' }).click();
  await typePin(till, 'Your PIN', '7351');
  await expect(till.getByRole('note')).toHaveText('Wrong PIN. Try again.');
  await till.getByRole('button', { name: 'Someone else' }).click();
  await signIn(app, 'Anna', '4829');

  // Above the amount to confirm: Anna confirms, which is not enough.
  await app.enter('125000', 'Television');
  await app.charge();
  await expect(till.getByRole('note')).toContainText('That is a large amount.');
  await expect(till.getByRole('button', { name: /^Charge/u })).toBeEnabled();
  await till.keyboard.press('F9');
  await expect(till.getByRole('heading', { name: 'Ask the manager' })).toBeVisible();
  await typePin(till, 'Manager PIN', '905172');
  await expect(till.getByRole('note')).toHaveText('Wrong PIN. Try again.');
  await typePin(till, 'Manager PIN', MANAGER_PIN);
  await expect((await app.form()).page.locator('#amount')).toHaveText('$1,250.00');
  // The manager's side is as it was.
  const locked = await till.evaluate(() => (window as unknown as { readonly manager: Bridge<'manager'> }).manager.readSettings());
  expect(locked).toEqual({ kind: 'failed', failure: { kind: 'locked' } });
  await till.keyboard.press('Escape');
  // C-13: her text size goes with her.
  const zoom = () => till.evaluate(() => document.documentElement.style.getPropertyValue('--zoom'));
  await till.keyboard.press('Control+Equal');
  await expect.poll(zoom).toBe('1.25');
  await till.getByRole('button', { name: 'Sign out Anna' }).click();
  await expect.poll(zoom).toBe('1');
  await signIn(app, 'Bert', '7351');

  const changes = justifi.requests('PATCH /v1/checkouts/*').map(({ body }) => JSON.parse(body) as { readonly metadata: { readonly cashier: string } });
  expect(new Set(changes.map(({ metadata }) => metadata.cashier))).toEqual(new Set(['Anna']));
  const asked = app.journal('test').events.filter(({ kind }) => kind === 'charge-asked').map(({ event }) => (JSON.parse(event) as { readonly header: { readonly cashier: string } }).header.cashier);
  expect(asked).toEqual(['Anna']);

  await openManager(app);
  await typePin(till, 'Manager PIN', MANAGER_PIN);
  await till.getByRole('tab', { name: 'Audit log' }).click();
  await till.getByRole('button', { name: /^Everybody/u }).click();
  await till.getByRole('option', { name: 'Anna' }).click();
  const whats = till.getByRole('row').getByRole('cell').nth(2);
  await expect(whats).toBeVisible();
  await expect(till.getByRole('cell', { name: 'Charge pressed' })).toHaveCount(1);
  await expect(till.getByRole('cell', { name: 'Wrong cashier PIN' })).toHaveCount(1);
  await expect(till.getByRole('cell', { name: 'Needs the manager' })).toHaveCount(1);
  await expect(till.getByRole('cell', { name: 'Cashier signed out' })).toHaveCount(1);
  for (const secret of [MANAGER_PIN, '4829', '7351']) expect(app.log()).not.toMatch(new RegExp(`"${secret}"`, 'u'));
});
