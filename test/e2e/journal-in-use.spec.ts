import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from 'playwright';
import type { Bridge } from '../../contract/channels.ts';
import { expect, test } from './connected-till.ts';
import { holdJournal } from './held-journal.ts';

/** How long main takes to answer a call of the till's page, in milliseconds. */
function answerMs(till: Page): Promise<number> {
  return till.evaluate(async () => {
    const since = performance.now();
    await (window as unknown as { till: Bridge<'till'> }).till.snapshot();
    return performance.now() - since;
  });
}

const IN_USE = 'This PC’s record of payments is in use by another program. Counter goes on as soon as it can.';

test('C-27: another program holds the journal while Charge is pressed four times: main keeps answering, the screen says so, and it ends by itself; one charge', async ({ runningApp: app }) => {
  const { till } = app;
  await app.enter('1640', 'One donut');
  const letGo = await holdJournal(join(app.userData, 'training.db'), 'writing');
  const waits: number[] = [];
  for (let press = 0; press < 4; press += 1) {
    await till.keyboard.press('F9');
    await expect(till.locator('#root').getByText(IN_USE)).toBeVisible();
    waits.push(await answerMs(till));
  }
  // One of them may have met this machine at a bad moment; with a lock that is waited for, all of them take seconds.
  expect(Math.min(...waits)).toBeLessThan(200);
  expect(app.journal().events.map(({ kind }) => kind)).not.toContain('charge-asked');
  await expect(till.getByRole('heading', { level: 1 })).toHaveText('$16.40');
  await letGo();
  await app.form();
  await expect(till.locator('#root').getByText(IN_USE)).toHaveCount(0);
  expect(app.journal().events.filter(({ kind }) => kind === 'charge-asked')).toHaveLength(1);
});

test('C-27, C-24: a journal that is held when Counter starts: the sentence names it, and the till is there when it is free; one that a newer Counter wrote is left as it is, and the till says so', async ({ openTill, userData }) => {
  const file = join(userData, 'training.db');
  const letGo = await holdJournal(file, 'alone');
  const first = await openTill();
  await expect(first.till.locator('#root').getByText(IN_USE)).toBeVisible();
  await letGo();
  await expect(first.till.locator('#root').getByText(IN_USE)).toHaveCount(0, { timeout: 15_000 });
  await first.enter('1000', 'Repair');
  await first.charge();
  await first.form();
  await first.counter.close();

  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 999');
  database.close();
  rmSync(join(userData, 'training.mirror'), { recursive: true });
  const { till, log } = await openTill();
  await expect(till.getByRole('note').filter({ hasText: 'A newer version of Counter wrote this PC’s record of payments, so no payment is started.' })).toBeVisible();
  await expect(till.locator('#root').getByText('cannot write to its disk')).toHaveCount(0);
  expect(log()).toMatch(/error journal\.unusable \{"detail":"The journal was written by a newer version of Counter\./u);
});
