import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { Bridge } from '../../contract/channels.ts';
import { MANAGER_PIN, SHOP, type Shop, expect, openBySecret, setUpForm, test } from './connected-till.ts';
import type { TillApp } from './till-app.ts';

/* A register whose files are missing or damaged, or whose keychain hangs: on a real keyring. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

type Bridges = { readonly till: Bridge<'till'>; readonly manager: Bridge<'manager'> };

/** The pages of a busy PC. */
const SEEN_WITHIN_MS = 2_000;
const SETTINGS = ['settings.json', 'settings.json.copy'];
const PINS = ['pins.json', 'pins.json.copy'];
const remove = ({ userData }: Shop, names: readonly string[]) => names.forEach((name) => rmSync(join(userData, name)));
/** As a power cut leaves a file on NTFS: the right length, all zeros. */
const empty = ({ userData }: Shop, names: readonly string[]) => names.map((name) => join(userData, name)).forEach((file) => writeFileSync(file, Buffer.alloc(statSync(file).size)));
const settingsIn = ({ userData }: Shop) => JSON.parse(readFileSync(join(userData, 'settings.json'), 'utf8')) as { readonly registerId: string; readonly copiedFrom: string | null };
const registerIdIn = (shop: Shop) => settingsIn(shop).registerId;

/** The screen offers no payment, in training or otherwise, and does not claim to be ready. */
async function takesNothing({ till }: TillApp): Promise<void> {
  await expect(till.getByRole('heading', { name: 'This register takes no payments' })).toBeVisible();
  await expect(till.getByRole('button', { name: '7', exact: true })).toBeHidden();
  await expect(till.getByRole('button', { name: /^Charge/u })).toBeHidden();
  await expect(till.locator('#root').getByText(/TRAINING|Online/u)).toHaveCount(0);
  const answers = await till.evaluate(async () => {
    const { till: bridge, manager } = window as unknown as Bridges;
    const { value } = (await bridge.snapshot()) as { readonly value: { readonly sale: { readonly saleId: string } } };
    return [
      await bridge.charge({ saleId: value.sale.saleId, amountInCents: 100, description: 'x', confirmed: [], managerPin: null }),
      await bridge.beginTraining(),
      await manager.findSubAccounts(null),
      await manager.setPin({ currentPin: null, pin: '739154' }),
    ];
  });
  expect(answers).toMatchObject([{ kind: 'failed', failure: { kind: 'settings-missing' } }, { kind: 'failed' }, { failure: { kind: 'locked' } }, { failure: { kind: 'locked' } }]);
}

async function openByPin(till: Page): Promise<void> {
  await till.getByRole('button', { name: 'Manager', exact: true }).click();
  await till.getByLabel('Manager PIN', { exact: true }).fill(MANAGER_PIN);
  await till.keyboard.press('Enter');
  await expect(till.getByRole('tablist', { name: 'Sections' })).toBeVisible();
}

/** The key is typed again; the shop is chosen again. */
async function connectAgain(till: Page): Promise<void> {
  const form = setUpForm(till);
  await till.getByRole('button', { name: 'Replace the key' }).click();
  await form.enter(SHOP);
  await form.next();
  await form.choose({ name: 'Training Shop' });
  await form.connect();
  await expect(till.locator('#root').getByText('TEST – no real payments', { exact: true })).toBeVisible();
}

test('C-28, A-07, C-21, A-03, F-09: a register with a PIN that was copied to another PC, whose settings (and today’s audit log), PINs and then whole folder are missing, is recognised each time, only the PIN opens the manager’s side, and a sale whose form was on the screen at a power cut comes back', async ({ shopWithPin: shop }) => {
  const filesOf = (beginning: string) => readdirSync(shop.userData).filter((name) => name.startsWith(beginning));
  const yesterday = mkdtempSync(join(tmpdir(), 'counter-yesterday-'));
  for (const name of filesOf('audit.')) cpSync(join(shop.userData, name), join(yesterday, name), { recursive: true });
  const putBackAudit = () => {
    for (const name of filesOf('audit.')) rmSync(join(shop.userData, name), { recursive: true });
    cpSync(yesterday, shop.userData, { recursive: true });
    rmSync(yesterday, { recursive: true });
  };
  const before = registerIdIn(shop);

  const { after } = await test.step('C-28: it has a new id, and the manager is told until they have seen it', async () => {
    // Like the disk of another PC in this one.
    for (const name of SETTINGS) {
      const file = join(shop.userData, name);
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), machine: 'a'.repeat(64) }));
    }
    const app = await shop.open();
    // As the order that connected it says.
    for (const text of ['TEST – no real payments', 'Front counter']) await expect(app.till.locator('#root').getByText(text, { exact: true })).toBeVisible();
    const id = registerIdIn(shop);
    expect(id).not.toBe(before);
    await openByPin(app.till);
    await expect(app.till.locator('#root').getByText(`Counter was copied to this PC from another: the disk of register ${before} was cloned or moved. This register has a new id: ${id}.`)).toBeVisible();
    expect(settingsIn(shop).copiedFrom).toBe(before);
    await app.till.getByRole('button', { name: 'Reviewed' }).click();
    await expect(app.till.locator('#root').getByText('Counter was copied to this PC')).toHaveCount(0);
    // Nor after the next start.
    expect(settingsIn(shop).copiedFrom).toBeNull();
    await app.counter.close();
    return { after: id };
  });

  const withForm = await test.step('C-21: its settings are gone: it takes nothing, is no training till, and goes on where it was once the manager has connected it again', async () => {
    remove(shop, SETTINGS);
    putBackAudit();
    const app = await shop.open({ till: 'stopped' });
    await expect(app.till.getByRole('note')).toHaveText('This register was connected. Its settings are missing. Call the manager.');
    await takesNothing(app);
    await openByPin(app.till);
    await expect(app.till.getByRole('button', { name: 'Change the sub account' })).toHaveCount(0);
    await connectAgain(app.till);
    expect(registerIdIn(shop)).toBe(after);
    await expect(app.till.getByRole('button', { name: 'Manager', exact: true })).toBeEnabled();
    await test.step('A-07: yesterday’s audit log, which was put back as a whole, is said to the manager once the register is connected', async () => {
      // The manager's side is still open.
      await app.till.getByRole('button', { name: 'Manager', exact: true }).click();
      await app.till.getByRole('tab', { name: 'Audit log' }).click();
      await expect(app.till.locator('#root').getByText('This log is not the one that Counter wrote last: it was written anew, or an older one was put back.')).toBeVisible();
      await expect(app.till.locator('#root').getByText('Audit log is not the one written last')).toBeVisible();
      await app.till.getByRole('button', { name: 'Seen', exact: true }).click();
      await expect(app.till.locator('#root').getByText('This log is not the one that Counter wrote last')).toHaveCount(0);
      await app.till.keyboard.press('Control+l');
    });
    await expect(app.till.getByRole('button', { name: 'Manager', exact: true })).toBeEnabled();
    await app.enter('2500', 'Repair');
    await app.charge();
    await app.form();
    const { id } = app.journal('test').sales.at(-1)!;
    await app.counter.kill();
    return id;
  });

  await test.step('A-03: without pins.json the PIN is still the PIN', async () => {
    remove(shop, PINS);
    const app = await shop.open();
    await test.step('F-09: the till was killed with the card form on the screen: what it was for comes back, and nothing was charged', async () => {
      await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$25.00');
      await expect(app.till.getByRole('textbox', { name: 'Description' })).toHaveValue('Repair');
      await expect.poll(() => app.journal('test').sales.find(({ id }) => id === withForm)?.kind).toBe('unresolved');
      expect(shop.network.justifi.charges()).toHaveLength(0);
    });
    const answers = await app.till.evaluate(async (pin) => {
      const { till, manager } = window as unknown as Bridges;
      return [await manager.setPin({ currentPin: null, pin }), await manager.findSubAccounts(null), await till.unlockManager({ pin })];
    }, '739154');
    expect(answers).toMatchObject([{ failure: { kind: 'locked' } }, { failure: { kind: 'locked' } }, { failure: { kind: 'pin-wrong' } }]);
    // Deleting the count of wrong PINs gives no new tries: one wrong PIN, and the half hour begins.
    expect((answers[2] as { readonly failure: { readonly waitSeconds: number } }).failure.waitSeconds).toBeGreaterThan(1_700);
    await app.counter.kill();
  });

  await test.step('A-03: without any file, as when Counter is started on another folder, the key in the keychain cannot be reached', async () => {
    rmSync(shop.userData, { recursive: true });
    const app = await shop.open({ till: 'stopped' });
    await takesNothing(app);
    await openByPin(app.till);
    const found = await app.till.evaluate(() => (window as unknown as Bridges).manager.findSubAccounts(null));
    expect(found).toMatchObject({ kind: 'failed', failure: { kind: 'credentials-forgotten' } });
  });
});

test('C-22: a connected register without a PIN, its settings full of NULs, takes nothing until its secret is typed again', async ({ connectedShop: shop }) => {
  empty(shop, SETTINGS);
  const app = await shop.open({ till: 'stopped' });
  await takesNothing(app);
  await openBySecret(app);
  await expect(app.till.getByRole('tablist', { name: 'Sections' })).toBeVisible();
  await app.till.getByRole('button', { name: 'Disconnect, back to training' }).click();
  await app.till.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(app.till.locator('#root').getByText('TRAINING – no real payments')).toBeVisible();
  // The manager's decision is in force after the next start too.
  const settings = JSON.parse(readFileSync(join(shop.userData, 'settings.json'), 'utf8')) as { readonly isSetUp: boolean; readonly account?: unknown };
  expect([settings.isSetUp, settings.account ?? null]).toEqual([true, null]);
});

test('C-25: a hanging keychain is reported within ten seconds; the bar does not show Online', async ({ connectedShop: shop }) => {
  const calls = new Set<Socket>();
  const silent = createServer((call) => void calls.add(call));
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve);
  });
  const { port } = silent.address() as AddressInfo;
  const app = await shop.open({ keyring: 'none', env: { DBUS_SESSION_BUS_ADDRESS: `tcp:host=127.0.0.1,port=${port}` } });
  const waitedMs = await shop.atPace(10, () => expect(app.till.locator('#root').getByText('This PC has no keychain that Counter can use. Nothing was charged. Call the manager.')).toBeVisible());
  expect(waitedMs).toBeLessThan(10_000 + 10 * SEEN_WITHIN_MS);
  await expect(app.till.locator('#root').getByText('Online')).toHaveCount(0);
  await expect(app.till.locator('#root').getByText('Starting…')).toHaveCount(0);
  await app.enter('1900', 'Repair');
  await app.charge();
  await expect(app.till.locator('#root').getByText('Online')).toHaveCount(0);
  expect(shop.network.justifi.charges()).toEqual([]);
  // A hanging call cannot be cancelled, and the process ends only after it.
  silent.close();
  for (const call of calls) call.destroy();
});
