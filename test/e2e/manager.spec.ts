import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { AuditPage } from '../../contract/audit.ts';
import { type Bridge, type Handlers, channels } from '../../contract/channels.ts';
import { appearance } from '../../contract/appearance.ts';
import { registerSettings } from '../../contract/register-settings.ts';
import { MANAGER_PIN, SHOP, type Shop, expect, openBySecret, test } from './connected-till.ts';
import { typeByHand } from './keys.ts';
import { fromNowOn, justifiFromNowOn } from './running-till.ts';
import type { TillApp } from './till-app.ts';

/* The manager's side, on a real keyring, with a simulated live JustiFi. The sentences of its PIN screen: integration/manager-page; which PIN is compared when: unit/access. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

const DAY_MS = 24 * 60 * 60_000;
/** After the first one was forgotten. */
const NEW_PIN = '905172';
type Bridges = { readonly till: Bridge<'till'>; readonly manager: Bridge<'manager'> };

async function typePin(till: Page, label: string, pin: string): Promise<void> {
  await till.getByLabel(label, { exact: true }).fill(pin);
  await till.keyboard.press('Enter');
}

async function setFirstPin({ till }: TillApp, pin = MANAGER_PIN): Promise<void> {
  await till.getByRole('tab', { name: 'Manager PIN' }).click();
  await typePin(till, 'New PIN', pin);
  await typePin(till, 'New PIN again', pin);
  await expect(till.locator('#root').getByText('New PIN saved.')).toBeVisible();
}

const openDoor = (till: Page) => till.getByRole('button', { name: 'Manager', exact: true }).click();
const sections = (till: Page) => till.getByRole('tablist', { name: 'Sections' });

function storedFailures(userData: string, change?: number): number {
  const file = join(userData, 'pins.json');
  const pins = JSON.parse(readFileSync(file, 'utf8')) as { managerFailures: number };
  if (change !== undefined) writeFileSync(file, JSON.stringify({ ...pins, managerFailures: change }));
  return pins.managerFailures;
}

/** The audit log, read by the page's own call. */
async function auditActions(till: Page): Promise<string[]> {
  const answer = await till.evaluate(() => (window as unknown as Bridges).manager.readAudit({ filter: { group: null, who: null, day: null }, before: null }));
  return answer.kind === 'ok' ? (answer.value satisfies AuditPage).lines.map(({ action }) => action) : [answer.failure.kind];
}

test('F-28, S-25, S-28, S-29: the manager sets a PIN, locks, and unlocks; limits, buttons and the form are set, and apply at once; all actions are in the log', async ({ shop }) => {
  const app = await shop.open();
  const { till } = app;
  await openDoor(till);
  await expect(till.locator('#root').getByText('No manager PIN yet')).toBeVisible();
  await till.getByRole('tab', { name: 'Manager PIN' }).click();
  await typePin(till, 'New PIN', '123456');
  await expect(till.getByRole('note')).toHaveText(/easy to guess/u);
  await setFirstPin(app);
  await till.getByRole('button', { name: /^Lock/u }).click();
  await expect(till.getByRole('button', { name: '7', exact: true })).toBeVisible();

  await openDoor(till);
  await expect(sections(till)).toBeHidden();
  await typePin(till, 'Manager PIN', '905172');
  await expect(till.getByRole('note')).toHaveText('Wrong PIN. Try again.');
  // By touch: the keys of the pad.
  for (const digit of MANAGER_PIN) await till.getByRole('group', { name: 'Keypad' }).getByRole('button', { name: digit, exact: true }).click();
  await expect(till.getByLabel('Manager PIN', { exact: true })).toHaveValue(MANAGER_PIN);
  await expect(till.getByLabel('Manager PIN', { exact: true })).toHaveAttribute('type', 'password');
  await till.getByRole('button', { name: /^Open/u }).click();
  await expect(sections(till)).toBeVisible();

  await till.getByRole('tab', { name: 'Audit log' }).click();
  await expect(till.getByRole('row')).toHaveCount(1 + 5);
  expect(await auditActions(till)).toEqual(['login-ok', 'login-failed', 'locked', 'pin-set', 'counter-started']);
  const file = join(shop.userData, 'export.csv');
  await app.counter.answerNextDialog({ canceled: false, filePath: file });
  await till.getByRole('button', { name: 'Export as CSV' }).click();
  await expect(till.locator('#root').getByText('The file was written.')).toBeVisible();
  expect(readFileSync(file, 'utf8')).toContain('login-failed');
  const [dialog] = (await app.counter.recorded('dialog.showSaveDialog')) as readonly { readonly defaultPath: string }[];
  expect(dialog!.defaultPath).toMatch(/Documents.counter-audit-log\.csv$/u);

  // The side is locked when the PC is locked or its lid closed.
  await app.counter.power('lock-screen');
  await expect(till.getByLabel('Manager PIN', { exact: true })).toBeVisible();

  await app.counter.power('unlock-screen');
  // Locked after each action, if set; a read is no action.
  await typePin(till, 'Manager PIN', MANAGER_PIN);
  await till.getByRole('tab', { name: 'Sales and limits' }).click();
  const field = (name: string) => till.getByRole('textbox', { name, exact: true });
  await field('Largest amount').fill('20.00');
  await field('Quick descriptions, one per line').fill('Donut\nCoffee\nDonut');
  await field('Name of this register').fill('Front desk');
  await till.locator('#root').getByText('Customers can pay from a bank account').click();
  await till.getByRole('button', { name: /^Postal code only/u }).click();
  await till.getByRole('option', { name: 'Name and whole address' }).click();
  await till.locator('#root').getByText('Lock the manager’s side after each change or export').click();
  await till.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(till.getByLabel('Manager PIN', { exact: true })).toBeVisible();
  await typePin(till, 'Manager PIN', MANAGER_PIN);
  await expect(sections(till)).toBeVisible();
  expect((await auditActions(till)).slice(0, 3)).toEqual(['login-ok', 'locked', 'setting-changed']);
  await till.getByRole('tab', { name: 'Audit log' }).click();
  await expect(till.getByRole('row', { name: /Largest amount: \$999,999\.99 → \$20\.00/u })).toBeVisible();
  await expect(till.getByRole('row', { name: /Name of this register: Register 1 → Front desk/u })).toBeVisible();
  await till.keyboard.press('Control+l');

  await expect(till.locator('#root').getByText('Front desk')).toBeVisible();
  await expect(till.getByRole('group', { name: 'Descriptions' }).locator('bdi')).toHaveText(['Donut', 'Coffee']);
  await app.enter('2001', 'Donut');
  await app.charge();
  await expect(till.getByRole('note')).toHaveText('The largest amount is $20.00.');
  await till.getByRole('button', { name: /^Clear/u }).click();
  await app.enter('1500', 'Donut');
  await app.charge();
  const form = await app.form();
  await expect(form.page.getByText('New bank account')).toBeHidden();
  await expect(form.page.getByText('Street Address').first()).toBeVisible();
  for (const text of [app.log(), readFileSync(file, 'utf8')]) expect(text).not.toContain(MANAGER_PIN);
});

test('S-26, S-27, S-25, S-29: a lock-out outlives a restart with the clock set back, no call of the manager is answered, a thousand guesses open nothing, the till takes payments meanwhile, and the secret opens; then cashiers sign in, their sales carry their names, an unusual amount needs the manager in place, and no sale is charged without a name', async ({ shopWithPin: shop }) => {
  // As the run before has left it: the ten misses take a quarter of an hour; unit/access has them one by one.
  storedFailures(shop.userData, 10);
  shop.setClock(-400 * DAY_MS);
  const app = await shop.open();
  const { till } = app;
  await openDoor(till);
  await expect(till.getByRole('note')).toHaveText(/^Too many wrong PINs\. Try again in 30 minutes\./u);
  await expect(till.getByLabel('Manager PIN', { exact: true })).toHaveAttribute('readonly');
  shop.setClock(400 * DAY_MS);
  const right = await till.evaluate((pin) => (window as unknown as Bridges).till.unlockManager({ pin }), MANAGER_PIN);
  expect(right).toMatchObject({ kind: 'failed', failure: { kind: 'locked-out' } });

  const calls = Object.keys(channels.manager.calls) as (keyof Handlers<'manager'>)[];
  const inputs: Readonly<Partial<Record<string, unknown>>> = {
    previewReceipt: { receipt: registerSettings.parse({}).receipt, paper: '80' },
    setPin: { currentPin: null, pin: '905172' },
    findSubAccounts: null,
    applySettingsCopy: { keepName: true },
    connect: { subAccountId: SHOP.subAccountId },
    disconnect: { openPayments: 0 },
    readDiagnostics: { screen: '' },
    exportDiagnostics: { screen: '' },
    readAudit: { filter: { group: null, who: null, day: null }, before: null },
    exportAudit: { filter: { group: null, who: null, day: null } },
    changeSettings: registerSettings.parse({}),
    changeAppearance: appearance.parse({}),
    saveCashier: { cashierId: null, name: 'Mallory', pin: '4829' },
    pairCardReader: { terminalId: 'trm_training1', isFirst: true },
    renameCardReader: { terminalId: 'trm_training1', name: 'Front' },
    identifyCardReader: { terminalId: 'trm_training1' },
    checkCardReader: { terminalId: 'trm_training1' },
    readCustomers: { search: '' },
    readAllRegisters: { day: null },
    stopAllRegisters: undefined,
    printAllRegisters: undefined,
    saveAllRegisters: undefined,
    removeSavedCard: { customerId: '5f0c6f0e-1d0b-4c55-9c3f-2f4d1a7be001', methodId: 'pm_1' },
    forgetCustomer: { customerId: '5f0c6f0e-1d0b-4c55-9c3f-2f4d1a7be001' },
    removeCashier: { cashierId: '5f0c6f0e-1d0b-4c55-9c3f-2f4d1a7be001' },
    acknowledgeWrongAmount: { saleId: '5f0c6f0e-1d0b-4c55-9c3f-2f4d1a7be001' },
    acknowledgePaymentTrouble: { saleId: '5f0c6f0e-1d0b-4c55-9c3f-2f4d1a7be001' },
    endUnresolved: { saleId: '5f0c6f0e-1d0b-4c55-9c3f-2f4d1a7be001' },
  };
  for (const name of calls) {
    const answer = await till.evaluate(
      ([call, input]) => ((window as unknown as Bridges).manager as unknown as Record<string, (value: unknown) => Promise<unknown>>)[call]!(input),
      [name, inputs[name]] as const,
    );
    expect(answer, name).toEqual({ kind: 'failed', failure: { kind: 'locked' } });
  }

  const kinds = await till.evaluate(async (pin) => {
    const { till: bridge } = window as unknown as Bridges;
    // The right one is among them.
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, index) => bridge.unlockManager({ pin: index === 500 ? pin : String(100_000 + index) })));
    return [...new Set(answers.map((answer) => (answer.kind === 'ok' ? 'ok' : answer.failure.kind)))].toSorted();
  }, MANAGER_PIN);
  expect(['locked-out', 'refused']).toEqual(expect.arrayContaining(kinds));
  expect(storedFailures(shop.userData)).toBe(10);

  await till.getByRole('button', { name: 'Back to the till' }).click();
  await app.enter('1799', 'Repair');
  await app.charge();
  await app.form();
  await till.keyboard.press('Escape');
  await till.getByRole('button', { name: /^Clear/u }).click();
  await openDoor(till);
  await till.getByRole('button', { name: 'Forgotten?' }).click();
  await till.getByRole('textbox', { name: 'Client id', exact: true }).fill(SHOP.clientId);
  await till.getByLabel('Client secret').fill('sk_the_wrong_one');
  await till.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(till.getByRole('note')).toHaveText(/^JustiFi does not know these for this register/u);
  await till.getByLabel('Client secret').fill(SHOP.clientSecret);
  await till.getByRole('button', { name: 'Open', exact: true }).click();
  await setFirstPin(app, NEW_PIN);
  expect(await auditActions(till)).toEqual(expect.arrayContaining(['pin-set', 'login-ok', 'login-failed', 'charge-started', 'manager-refused']));
  await till.keyboard.press('Control+l');
  await openDoor(till);
  await typePin(till, 'Manager PIN', NEW_PIN);
  await expect(sections(till)).toBeVisible();
  expect(app.log()).not.toContain(SHOP.clientSecret);

  const justifi = justifiFromNowOn(shop.network.justifi);
  const later = fromNowOn({ app, mode: 'test' });
  await test.step('S-25: cashiers sign in, and no sale is charged without a name', () => signsInCashiers(later));
  await test.step('S-25: an unusual amount needs the manager in place; the sale carries the cashier’s name', () => needsManager(later, justifi));
  await test.step('S-29: what each cashier did is in the log', () => logsCashiers(later));
});

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

/** The manager’s side is open. */
async function signsInCashiers(app: TillApp): Promise<void> {
  const { till } = app;
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
}

async function needsManager(app: TillApp, justifi: Shop['network']['justifi']): Promise<void> {
  const { till } = app;
  // Above the amount to confirm: Anna confirms, which is not enough.
  await app.enter('125000', 'Television');
  await app.charge();
  await expect(till.getByRole('note')).toContainText('That is a large amount.');
  await expect(till.getByRole('button', { name: /^Charge/u })).toBeEnabled();
  await till.keyboard.press('F9');
  await expect(till.getByRole('heading', { name: 'Ask the manager' })).toBeVisible();
  await typePin(till, 'Manager PIN', MANAGER_PIN);
  await expect(till.getByRole('note')).toHaveText('Wrong PIN. Try again.');
  await typePin(till, 'Manager PIN', NEW_PIN);
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
}

async function logsCashiers(app: TillApp): Promise<void> {
  const { till } = app;
  await openDoor(till);
  await typePin(till, 'Manager PIN', NEW_PIN);
  await till.getByRole('tab', { name: 'Audit log' }).click();
  await till.getByRole('button', { name: /^Everybody/u }).click();
  await till.getByRole('option', { name: 'Anna' }).click();
  const whats = till.getByRole('row').getByRole('cell').nth(2);
  await expect(whats).toBeVisible();
  await expect(till.getByRole('cell', { name: 'Charge pressed' })).toHaveCount(1);
  await expect(till.getByRole('cell', { name: 'Wrong cashier PIN' })).toHaveCount(1);
  await expect(till.getByRole('cell', { name: 'Needs the manager' })).toHaveCount(1);
  await expect(till.getByRole('cell', { name: 'Cashier signed out' })).toHaveCount(1);
  for (const secret of [MANAGER_PIN, NEW_PIN, '4829', '7351']) expect(app.log()).not.toMatch(new RegExp(`"${secret}"`, 'u'));
}

test('S-32: no PIN and no account means no lock, and no PIN with an account means the secret; there is no default PIN', async ({ runningShop: shop }) => {
  const second = await shop.open();
  for (const pin of ['000000', '123456', '111111', '0000']) {
    const answer = await second.till.evaluate((guess) => (window as unknown as Bridges).till.unlockManager({ pin: guess }), pin);
    expect(answer).toEqual({ kind: 'failed', failure: { kind: 'pin-not-set' } });
  }
  await openBySecret(second);
  await expect(sections(second.till)).toBeVisible();
});
