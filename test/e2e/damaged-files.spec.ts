import { mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchCounter } from '../host/driver.ts';
import { expect, test } from './connected-till.ts';

/* The screens of a register with damaged files. */

const root = join(import.meta.dirname, '../..');

test('C-26: where the data folder cannot be made, a box says so in one sentence, the log has it, and Counter ends with 1', async ({ target, userData }) => {
  const place = join(userData, 'a-file');
  writeFileSync(place, '');
  const counter = await launchCounter({ target, mainFile: join(root, 'out/main/index.js'), appPath: root, userData: join(place, 'Counter') });
  expect(await counter.exited).toEqual({ code: 1, signal: null });
  const [box] = (await counter.recorded('dialog.showErrorBox')) as { readonly title: string; readonly content: string }[];
  expect(box!.title).toBe('Counter cannot start');
  const [, log] = /^Counter cannot make its folder on this PC: .*a-file\/Counter \(ENOTDIR\)\. No payment can be taken\. Call the person who looks after this PC\. The log is (.*)\.$/u.exec(box!.content)!;
  expect(readFileSync(log!, 'utf8')).toMatch(/error folder\.unusable \{"path":".*","code":"ENOTDIR"\}/u);
  expect(counter.output).not.toMatch(/\n\s+at /u);
});

test('C-23, A-01: the first screen says that the settings cannot be saved; the till says that the audit log cannot be written, and no more once it can', async ({ shop }) => {
  // A folder in place of a file: it can be neither read nor replaced, even by root.
  const auditLog = join(shop.userData, 'audit.db');
  const settingsCopy = join(shop.userData, 'settings.json.copy');
  mkdirSync(auditLog);
  const { till } = await shop.open({ till: 'first-run' });
  rmSync(settingsCopy);
  mkdirSync(settingsCopy);
  const begin = till.getByRole('button', { name: /^Try it in training mode/u });
  await begin.click();
  await expect(till.getByRole('note')).toHaveText('This PC cannot write to its disk. Nothing was changed.');
  rmdirSync(settingsCopy);
  await begin.click();
  await expect(till.getByRole('button', { name: '7', exact: true })).toBeVisible();

  const forCashier = till.getByRole('note').filter({ hasText: 'The audit log cannot be written. Payments go on. Call the manager.' });
  await expect(forCashier).toBeVisible();
  await till.keyboard.press('F10');
  const forManager = till.locator('#root').getByText('Payments go on meanwhile; no setting can be changed.');
  await expect(forManager).toBeVisible();
  rmdirSync(auditLog);
  await shop.atPace(20, () => expect(forManager).toHaveCount(0));
  await till.keyboard.press('Escape');
  await expect(forCashier).toHaveCount(0);
});
