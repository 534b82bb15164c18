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

async function openSection({ till }: TillApp, name: string): Promise<void> {
  await till.getByRole('button', { name: 'Manager', exact: true }).click();
  await till.getByRole('tab', { name }).click();
}

test('what the company has set counts, is said on the screen and refused by main; what it only preset may be changed', async ({ shop }) => {
  const policy = join(shop.userData, 'company.json');
  writeFileSync(policy, JSON.stringify({ version: 1, settings: { registerName: 'Shop 12', limits: { largestInCents: 50_000, smallestInCents: 100 }, appearance: { language: 'en' } }, locked: ['limits.largestInCents', 'appearance.language'] }));
  const held = await shop.open({ env: { COUNTER_TEST_POLICY: policy }, nodeArgs: ['--import', policyFile] });
  await expect(held.till.locator('#root').getByText('Shop 12')).toBeVisible();
  await held.enter('50001', 'Repair');
  await held.charge();
  await expect(held.till.getByRole('note')).toHaveText(/^The largest amount is \$500\.00\.$/u);
  await held.till.getByRole('button', { name: /^Clear/u }).click();
  await openSection(held, 'Sales and limits');
  await expect(field(held, 'Largest amount')).toBeDisabled();
  await expect(field(held, 'Largest amount')).toHaveValue('$500.00');
  await field(held, 'Smallest amount').fill('2.00');
  await held.till.getByRole('button', { name: 'Save' }).click();
  await expect(held.till.locator('#root').getByText('Saved.')).toBeVisible();
  // A page that is taken over cannot do more than the manager.
  const answer = await held.till.evaluate((settings) => (window as unknown as { manager: Bridge<'manager'> }).manager.changeSettings(settings), registerSettings.parse({}));
  expect(answer).toEqual({ kind: 'failed', failure: { kind: 'setting-locked', setting: 'limits.largestInCents' } });
});

test('a register is cloned by a file without secrets; what would change is seen first, and what is no such file changes nothing', async ({ connectedShop: shop }) => {
  const app = await shop.open();
  const { till, counter } = app;
  await openBySecret(app);
  await till.getByRole('tab', { name: 'Sales and limits' }).click();
  await field(app, 'Name of this register').fill('Front counter');
  await field(app, 'Largest amount').fill('750.00');
  await field(app, 'Quick descriptions, one per line').fill('Coffee\nCake');
  await till.getByRole('button', { name: 'Save' }).click();
  await expect(till.locator('#root').getByText('Saved.')).toBeVisible();
  await till.getByRole('tab', { name: 'Copy settings' }).click();
  const file = join(shop.userData, 'copy.json');
  await counter.answerNextDialog({ canceled: false, filePath: file });
  await till.getByRole('button', { name: 'Save as a file' }).click();
  await expect(till.locator('#root').getByText('The file is saved.')).toBeVisible();
  const text = readFileSync(file, 'utf8');
  for (const secret of [SHOP.clientSecret, SHOP.clientId, SHOP.subAccountId, JSON.parse(readFileSync(join(shop.userData, 'settings.json'), 'utf8')).registerId]) expect(text).not.toContain(secret);

  // Another register stands on other settings.
  await till.getByRole('tab', { name: 'Sales and limits' }).click();
  await field(app, 'Name of this register').fill('Back counter');
  await field(app, 'Largest amount').fill('100.00');
  await till.getByRole('button', { name: 'Save' }).click();
  await expect(till.locator('#root').getByText('Saved.')).toBeVisible();
  await till.getByRole('tab', { name: 'Copy settings' }).click();

  const spoilt = join(shop.userData, 'spoilt.json');
  for (const [content, sentence] of [
    ['hello', /^That is not a Counter settings file, or it has a mistake \(not a policy\)/u],
    [text.replace('"Coffee"', '"4242 4242 4242 4242"'), /\(preset-invalid\)/u],
    [text.replace('75000', '-1'), /\(settings\.limits\.largestInCents\)/u],
    ['x'.repeat(100_000), /^The file could not be read\./u],
  ] as const) {
    writeFileSync(spoilt, content);
    await counter.answerNextDialog({ canceled: false, filePaths: [spoilt] });
    await till.getByRole('button', { name: 'Read a file' }).click();
    await expect(till.getByRole('note')).toHaveText(sentence);
  }

  // C-51: as Windows' Notepad saves it.
  writeFileSync(file, `\uFEFF${text}`);
  await counter.answerNextDialog({ canceled: false, filePaths: [file] });
  await till.getByRole('button', { name: 'Read a file' }).click();
  await expect(till.getByRole('listitem').filter({ hasText: 'Largest amount' })).toHaveText('Largest amount $100.00 → $750.00');
  await till.getByRole('button', { name: 'Change these settings' }).click();
  await expect(till.locator('#root').getByText('Saved.')).toBeVisible();
  await till.getByRole('tab', { name: 'Sales and limits' }).click();
  await expect(field(app, 'Largest amount')).toHaveValue('$750.00');
  await expect(field(app, 'Name of this register')).toHaveValue('Back counter');
});
