import { failed, ok } from '../../contract/result.ts';
import { ALL_REGISTERS } from '../till-page/manager-states.ts';
import { AT_REST } from '../till-page/snapshots.ts';
import { type ScriptedTill, expect, testOn } from '../till-page/scripted-till.ts';

/* A day of all registers on the manager's side. How it is read: unit/registers-reading, integration/all-registers. */

const OPEN = { ...AT_REST, manager: { kind: 'unlocked', by: 'pin', hasPin: true, secondsLeft: 120 } } as const;
const test = testOn(OPEN);

const text = ({ page }: ScriptedTill, sentence: string | RegExp) => page.locator('#root').getByText(sentence);

async function openSection(app: ScriptedTill): Promise<void> {
  await app.touch('Manager');
  await app.page.getByRole('tab', { name: 'All registers' }).click();
  await app.page.getByRole('heading', { name: 'All registers' }).waitFor();
}

test('today is read with one press, each register has its row, and missing parts are listed above the sums', async ({ app }) => {
  const { page } = app;
  await app.answer('readAllRegisters', ok(ALL_REGISTERS));
  await openSection(app);
  await app.touch('Read from JustiFi');
  const row = (name: RegExp) => page.getByRole('row', { name });
  await expect(row(/^Front counter \(this register\)/u)).toContainText('212 × $12,843.50');
  await expect(row(/^Front counter/u)).toContainText('$12,726.01');
  await expect(row(/^c2b41f0e/u)).toContainText('$459.00');
  await expect(row(/^Not from a register/u)).toBeVisible();
  await expect(text(app, /The earliest ones are missing in every sum/u)).toBeVisible();
  await expect(text(app, '1 refund of $25.00 is not carried out yet. It is in no sum.')).toBeVisible();
  expect(await app.asked('readAllRegisters')).toEqual([{ day: null }]);
  await page.locator('input[type="date"]').fill('2026-11-20');
  await app.touch('Read from JustiFi');
  expect(await app.asked('readAllRegisters')).toEqual([{ day: null }, { day: '2026-11-20' }]);
});

test('the progress and Stop are shown while it is read; a failed reading is one sentence, and no day is shown beside it', async ({ app }) => {
  const { page } = app;
  await openSection(app);
  await app.push({ ...OPEN, registersProgress: { step: 'payments', read: 12_300, isWaiting: true } });
  await expect(text(app, /Reading payments: 12,300/u)).toBeVisible();
  await expect(text(app, 'JustiFi asked for a pause. It goes on by itself.')).toBeVisible();
  await app.touch('Stop');
  expect(await app.asked('stopAllRegisters')).toHaveLength(1);
  await app.push(OPEN);
  for (const [kind, sentence] of [
    ['no-connection', /^JustiFi cannot be reached/u],
    ['credentials-refused', /^JustiFi refused this register’s credentials/u],
    ['not-permitted', /They may be another shop’s/u],
    ['answer-unreadable', /in a way that Counter does not know/u],
  ] as const) {
    await app.answer('readAllRegisters', failed({ kind }));
    await app.touch('Read from JustiFi');
    await expect(page.getByRole('note')).toHaveText(sentence);
    await expect(page.locator('.report-table')).toHaveCount(0);
  }
});

test('the day that was read is saved and printed, each with a sentence', async ({ app }) => {
  await app.answer('readAllRegisters', ok(ALL_REGISTERS));
  await app.answer('saveAllRegisters', failed({ kind: 'save-cancelled' }));
  await app.push({ ...OPEN, printing: { ...OPEN.printing, hasPrinter: true } });
  await openSection(app);
  await app.touch('Read from JustiFi');
  await app.touch('Save as CSV');
  await expect(text(app, 'No file was written.')).toBeVisible();
  await app.answer('printAllRegisters', failed({ kind: 'no-paper' }));
  await app.touch('Print');
  await expect(text(app, /^Not printed: /u)).toBeVisible();
  await app.answer('printAllRegisters', ok(null));
  await app.touch('Print');
  await expect(text(app, 'Sent to the printer.')).toBeVisible();
});
