import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { AuditPage } from '../../contract/audit.ts';
import { type Bridge, type Handlers, channels } from '../../contract/channels.ts';
import { appearance } from '../../contract/appearance.ts';
import { registerSettings } from '../../contract/register-settings.ts';
import { MANAGER_PIN, SHOP, type Shop, expect, openBySecret, test } from './connected-till.ts';
import type { TillApp } from './till-app.ts';

/* The manager's door, on a real keyring, with a simulated live JustiFi. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

const DAY_MS = 24 * 60 * 60_000;
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

/** What the audit log holds, asked as the page asks. */
async function auditActions(till: Page): Promise<string[]> {
  const answer = await till.evaluate(() => (window as unknown as Bridges).manager.readAudit({ filter: { group: null, who: null, day: null }, before: null }));
  return answer.kind === 'ok' ? (answer.value satisfies AuditPage).lines.map(({ action }) => action) : [answer.failure.kind];
}

test('S-25, S-28, S-29: the manager sets a PIN, locks, and comes in again; what happened is in the log', async ({ shop }) => {
  const app = await shop.open();
  const { till } = app;
  await openDoor(till);
  await expect(till.locator('#root').getByText('No manager PIN yet')).toBeVisible();
  await till.getByRole('tab', { name: 'Manager PIN' }).click();
  for (const [pin, sentence] of [['12345', /at least 6 digits/u], ['123456', /easy to guess/u], ['121212', /easy to guess/u]] as const) {
    await typePin(till, 'New PIN', pin);
    await expect(till.getByRole('note')).toHaveText(sentence);
  }
  await typePin(till, 'New PIN', MANAGER_PIN);
  await typePin(till, 'New PIN again', '482914');
  await expect(till.getByRole('note')).toHaveText(/don’t match/u);
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
  await app.counter.answerNextDialog({ canceled: true, filePath: '' });
  await till.getByRole('button', { name: 'Export as CSV' }).click();
  await expect(till.getByRole('note')).toHaveText('No file was written.');

  await till.keyboard.press('Control+l');
  await expect(till.getByRole('button', { name: '7', exact: true })).toBeVisible();
  await openDoor(till);
  await expect(sections(till)).toBeHidden();
  // The side is locked when the PC is locked or its lid closed.
  await typePin(till, 'Manager PIN', MANAGER_PIN);
  await expect(sections(till)).toBeVisible();
  await app.counter.power('lock-screen');
  await expect(till.getByLabel('Manager PIN', { exact: true })).toBeVisible();

  await app.counter.power('unlock-screen');
  // Locked after each action, if so set; a look is none.
  await typePin(till, 'Manager PIN', MANAGER_PIN);
  await till.getByRole('tab', { name: 'Sales and limits' }).click();
  await till.locator('#root').getByText('Lock the manager’s side after each change or export').click();
  await till.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(till.getByLabel('Manager PIN', { exact: true })).toBeVisible();
  await typePin(till, 'Manager PIN', MANAGER_PIN);
  await expect(sections(till)).toBeVisible();
  expect((await auditActions(till)).slice(0, 3)).toEqual(['login-ok', 'locked', 'setting-changed']);
  await till.getByRole('tab', { name: 'Screen and sound' }).click();
  await till.locator('#root').getByText('Sounds for paid and declined').click();
  await expect(till.getByLabel('Manager PIN', { exact: true })).toBeVisible();
  for (const text of [app.log(), readFileSync(file, 'utf8')]) expect(text).not.toContain(MANAGER_PIN);
});

test('S-26: three wrong PINs cost nothing, the fourth makes the door wait; how many there were is on the disk', async ({ shopWithPin: shop }) => {
  const { till } = await shop.open();
  await openDoor(till);
  for (let miss = 1; miss <= 4; miss += 1) {
    await typePin(till, 'Manager PIN', '905172');
    await expect(till.getByRole('note')).toHaveText(miss < 4 ? /^Wrong PIN/u : /^Too many wrong PINs\. Try again in \d s\./u);
  }
  await expect(till.getByLabel('Manager PIN', { exact: true })).toHaveAttribute('readonly');
  await expect(till.getByLabel('Manager PIN', { exact: true })).toBeEnabled({ timeout: 10_000 });
  expect(storedFailures(shop.userData)).toBe(4);
});

/** A till whose manager PIN was missed ten times in the run before, and that has sold since. */
async function openLockedOut(shop: Shop, clockShiftMs: number): Promise<TillApp> {
  // The ten misses take a quarter of an hour; the log of the unit tests has them one by one.
  storedFailures(shop.userData, 10);
  shop.setClock(clockShiftMs);
  const app = await shop.open();
  await openDoor(app.till);
  await expect(app.till.getByRole('note')).toHaveText(/^Too many wrong PINs\. Try again in 30 minutes\./u);
  const right = await app.till.evaluate((pin) => (window as unknown as Bridges).till.unlockManager({ pin }), MANAGER_PIN);
  expect(right).toMatchObject({ kind: 'failed', failure: { kind: 'locked-out' } });
  await app.till.getByRole('button', { name: 'Back to the till' }).click();
  await app.sell('1799', 'Repair');
  expect(storedFailures(shop.userData)).toBe(10);
  expect(shop.network.justifi.charges()).toHaveLength(1);
  return app;
}

test('S-26: a lock-out outlives a restart with the clock set back, and the till takes payments meanwhile', async ({ shopWithPin: shop }) => {
  await openLockedOut(shop, -400 * DAY_MS);
});

test('S-26, S-27: a lock-out outlives a restart with the clock set forward, the till takes payments meanwhile, and the secret opens', async ({ shopWithPin: shop }) => {
  const app = await openLockedOut(shop, 400 * DAY_MS);
  const { till } = app;
  await openDoor(till);
  await till.getByRole('button', { name: 'Forgotten?' }).click();
  await till.getByRole('textbox', { name: 'Client id', exact: true }).fill(SHOP.clientId);
  await till.getByLabel('Client secret').fill('sk_the_wrong_one');
  await till.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(till.getByRole('note')).toHaveText(/^JustiFi does not know these for this register/u);
  await till.getByLabel('Client secret').fill(SHOP.clientSecret);
  await till.getByRole('button', { name: 'Open', exact: true }).click();
  await setFirstPin(app, '905172');
  expect(await auditActions(till)).toEqual(expect.arrayContaining(['pin-set', 'login-ok', 'login-failed', 'charge-result', 'charge-started']));
  await till.keyboard.press('Control+l');
  await openDoor(till);
  await typePin(till, 'Manager PIN', '905172');
  await expect(sections(till)).toBeVisible();
  expect(app.log()).not.toContain(SHOP.clientSecret);
});

test('S-26: ten thousand guesses by IPC are stopped by the lock-out; no call of the manager is answered before the PIN; the till goes on', async ({ shopWithPin: shop }) => {
  const app = await shop.open();
  const { till } = app;

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
    const seen: Record<string, number> = {};
    for (let begin = 0; begin < 10_000; begin += 500) {
      // The right one is among them.
      const guesses = Array.from({ length: 500 }, (_, index) => (begin === 5_000 && index === 0 ? pin : String(100_000 + begin + index)));
      const answers = await Promise.all(guesses.map((guess) => bridge.unlockManager({ pin: guess })));
      for (const answer of answers) {
        const kind = answer.kind === 'ok' ? 'ok' : answer.failure.kind;
        seen[kind] = (seen[kind] ?? 0) + 1;
      }
    }
    return seen;
  }, MANAGER_PIN);
  console.log(`manager.spec: of 10,000 guesses ${JSON.stringify(kinds)}`);
  expect(kinds['ok'] ?? 0).toBe(0);
  // Each that is compared makes the next wait longer: nine at the very most while this test may last.
  expect(kinds['pin-wrong']).toBeLessThan(10);
  expect((kinds['pin-wrong'] ?? 0) + (kinds['locked-out'] ?? 0) + (kinds['refused'] ?? 0)).toBe(10_000);
  expect(storedFailures(shop.userData)).toBe(kinds['pin-wrong']);
  expect(app.log().match(/manager\.login-failed/gu)).toHaveLength(kinds['pin-wrong']!);

  await app.sell('1799', 'Repair');
  expect(shop.network.justifi.charges()).toHaveLength(1);
  await openBySecretAfterForgotten(till);
  expect(await auditActions(till)).toEqual(expect.arrayContaining(['manager-refused', 'login-failed']));
});

async function openBySecretAfterForgotten(till: Page): Promise<void> {
  await openDoor(till);
  await till.getByRole('button', { name: 'Forgotten?' }).click();
  await till.getByRole('textbox', { name: 'Client id', exact: true }).fill(SHOP.clientId);
  await till.getByLabel('Client secret').fill(SHOP.clientSecret);
  await till.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(sections(till)).toBeVisible();
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

test('F-28: limits, buttons and the form are set by the manager, count at once and after a restart, and each change is in the log with what it was', async ({ connectedShop: shop }) => {
  const app = await shop.open();
  const { till } = app;
  await openBySecret(app);
  await till.getByRole('tab', { name: 'Sales and limits' }).click();
  const field = (name: string) => till.getByRole('textbox', { name, exact: true });
  const save = till.getByRole('button', { name: 'Save' });
  await field('Smallest amount').fill('30.00');
  await field('Largest amount').fill('20.00');
  await save.click();
  await expect(till.getByRole('note')).toHaveText('The smallest amount is larger than the largest one.');
  await field('Smallest amount').fill('1.00');
  await field('Quick descriptions, one per line').fill('Donut\nCoffee\nDonut');
  await field('Name of this register').fill('Front desk');
  await till.locator('#root').getByText('Customers can pay from a bank account').click();
  await till.getByRole('button', { name: /^Postal code only/u }).click();
  await till.getByRole('option', { name: 'Name and whole address' }).click();
  await save.click();
  await expect(till.locator('#root').getByText('Saved.')).toBeVisible();
  await till.keyboard.press('F10');

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
  await app.counter.close();

  const again = await shop.open();
  await openBySecret(again);
  await again.till.getByRole('tab', { name: 'Sales and limits' }).click();
  await expect(again.till.getByRole('textbox', { name: 'Largest amount' })).toHaveValue('$20.00');
  await again.till.getByRole('tab', { name: 'Audit log' }).click();
  await expect(again.till.getByRole('row', { name: /Largest amount: \$999,999\.99 → \$20\.00/u })).toBeVisible();
  await expect(again.till.getByRole('row', { name: /Name of this register: Register 1 → Front desk/u })).toBeVisible();
});
