import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bridge } from '../../contract/channels.ts';
import { registerSettings } from '../../contract/register-settings.ts';
import { SHOP, expect, openBySecret, test } from './connected-till.ts';
import type { TillApp } from './till-app.ts';

/* A chain's registers: settings set by the company, and copied from one register to the next. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

const policyFile = pathToFileURL(join(import.meta.dirname, 'policy-file.ts')).href;
const field = ({ till }: TillApp, name: string) => till.getByRole('textbox', { name, exact: true });

async function save({ till }: TillApp): Promise<void> {
  await till.getByRole('button', { name: 'Save' }).click();
  await expect(till.locator('#root').getByText('Saved.')).toBeVisible();
}

async function readCopy({ till, counter }: TillApp, file: string, content: string): Promise<void> {
  writeFileSync(file, content);
  await counter.answerNextDialog({ canceled: false, filePaths: [file] });
  await till.getByRole('button', { name: 'Read a file' }).click();
}

test('the company’s settings are in force, shown on the screen and protected by main; the others are cloned to the next register by a file without secrets, after a preview of the changes (C-51)', async ({ connectedShop: shop }) => {
  const policy = join(shop.userData, 'company.json');
  writeFileSync(policy, JSON.stringify({ version: 1, settings: { registerName: 'Shop 12', limits: { largestInCents: 50_000, smallestInCents: 100 }, appearance: { language: 'en' } }, locked: ['limits.smallestInCents', 'appearance.language'] }));
  const app = await shop.open({ env: { COUNTER_TEST_POLICY: policy }, nodeArgs: ['--import', policyFile] });
  const { till, counter } = app;
  await expect(till.locator('#root').getByText('Shop 12')).toBeVisible();
  // Preset, and not changed yet.
  await app.enter('50001', 'Repair');
  await app.charge();
  await expect(till.getByRole('note')).toHaveText(/^The largest amount is \$500\.00\.$/u);
  await till.getByRole('button', { name: /^Clear/u }).click();
  await openBySecret(app);
  await till.getByRole('tab', { name: 'Sales and limits' }).click();
  await expect(field(app, 'Smallest amount')).toBeDisabled();
  await expect(field(app, 'Smallest amount')).toHaveValue('$1.00');
  await field(app, 'Name of this register').fill('Front counter');
  await field(app, 'Largest amount').fill('750.00');
  await field(app, 'Quick descriptions, one per line').fill('Coffee\nCake');
  await save(app);
  // A page that is taken over cannot do more than the manager.
  const answer = await till.evaluate((settings) => (window as unknown as { manager: Bridge<'manager'> }).manager.changeSettings(settings), registerSettings.parse({}));
  expect(answer).toEqual({ kind: 'failed', failure: { kind: 'setting-locked', setting: 'limits.smallestInCents' } });

  await till.getByRole('tab', { name: 'Copy settings' }).click();
  const file = join(shop.userData, 'copy.json');
  await counter.answerNextDialog({ canceled: false, filePath: file });
  await till.getByRole('button', { name: 'Save as a file' }).click();
  await expect(till.locator('#root').getByText('The file is saved.')).toBeVisible();
  const text = readFileSync(file, 'utf8');
  for (const secret of [SHOP.clientSecret, SHOP.clientId, SHOP.subAccountId, JSON.parse(readFileSync(join(shop.userData, 'settings.json'), 'utf8')).registerId]) expect(text).not.toContain(secret);

  // Another register has other settings.
  await till.getByRole('tab', { name: 'Sales and limits' }).click();
  await field(app, 'Name of this register').fill('Back counter');
  await field(app, 'Largest amount').fill('100.00');
  await save(app);
  await till.getByRole('tab', { name: 'Copy settings' }).click();
  await readCopy(app, file, text.replace('75000', '-1'));
  await expect(till.getByRole('note')).toHaveText(/\(settings\.limits\.largestInCents\)/u);
  // As Windows' Notepad saves it.
  await readCopy(app, file, `\uFEFF${text}`);
  await expect(till.getByRole('listitem').filter({ hasText: 'Largest amount' })).toHaveText('Largest amount $100.00 → $750.00');
  await till.getByRole('button', { name: 'Change these settings' }).click();
  await expect(till.locator('#root').getByText('Saved.')).toBeVisible();
  await till.getByRole('tab', { name: 'Sales and limits' }).click();
  await expect(field(app, 'Largest amount')).toHaveValue('$750.00');
  await expect(field(app, 'Name of this register')).toHaveValue('Back counter');
});
