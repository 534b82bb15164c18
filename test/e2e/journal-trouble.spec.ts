import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from 'playwright';
import type { Bridge } from '../../contract/channels.ts';
import { CARDS } from './card-form.ts';
import { expect, test } from './connected-till.ts';
import { holdJournal } from './held-journal.ts';
import type { TillApp } from './till-app.ts';

/** A small disk of its own for the shop's files. Only root can have one. */
function mountSmallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'counter-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]).status === 0;
  if (!mounted) rmSync(folder, { recursive: true });
  return mounted ? folder : null;
}

/** To the last byte: not by the reported free space, which changes while the till writes its own files. */
function fillDisk(file: string): void {
  const filler = openSync(file, 'a');
  for (let size = 1 << 20; size > 0; ) {
    try {
      writeSync(filler, Buffer.alloc(size));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      size >>= 1;
    }
  }
  closeSync(filler);
}

/** How long main takes to answer a call of the till's page, in milliseconds. */
function answerMs(till: Page): Promise<number> {
  return till.evaluate(async () => {
    const since = performance.now();
    await (window as unknown as { till: Bridge<'till'> }).till.snapshot();
    return performance.now() - since;
  });
}

const inUse = ({ till }: TillApp) => till.locator('#root').getByText('This PC’s record of payments is in use by another program. Counter goes on as soon as it can.');
const chargesAsked = (app: TillApp) => app.journal().events.filter(({ kind }) => kind === 'charge-asked').length;

test('C-27, F-10, C-29, C-24: where the journal is held by another program, or the disk is full, no payment begins, in plain words, and it goes on by itself; the PC’s shutdown waits for no question; the journal of a newer Counter is left as it is', async ({ openTill, userData }) => {
  const disk = mountSmallDisk();
  const folder = disk ?? userData;
  const file = join(folder, 'training.db');
  try {
    const letGo = await holdJournal(file, 'alone');
    const first = await openTill({ userData: folder });
    await test.step('C-27: a journal that is held when Counter starts: the sentence names it, and the till is there when it is free', async () => {
      await expect(inUse(first)).toBeVisible();
      await letGo();
      await expect(inUse(first)).toHaveCount(0, { timeout: 15_000 });
    });
    await first.enter('1000', 'Repair');
    // Only root on Linux can mount a small disk.
    if (disk !== null) await test.step('F-10: on a full disk no payment begins', () => refusesOnFullDisk(first, disk));
    await test.step('C-27: another program holds the journal while Charge is pressed four times: main keeps answering, the screen says so, and it ends by itself; one charge', () => waitsForJournal(first, file));
    if (disk !== null) await test.step('F-10: when the disk is full after a sale, each screen says which press failed', () => saysWhichPressFailed(first, disk));
    await test.step('C-29: the operating system that shuts down while a customer is about to pay is not held up by a question', async () => {
      const logged = first.log().length;
      await first.counter.power('shutdown');
      await first.counter.pressClose(first.till);
      expect(await first.counter.exited).toEqual({ code: 0, signal: null });
      expect(await first.counter.recorded('dialog.showMessageBox')).toEqual([]);
      expect(first.log().slice(logged)).not.toContain('closing.');
    });

    await test.step('C-24: a journal that a newer Counter wrote is left as it is, and the till says so', async () => {
      const database = new DatabaseSync(file);
      database.exec('PRAGMA user_version = 999');
      database.close();
      rmSync(join(folder, 'training.mirror'), { recursive: true });
      const { till, log, counter } = await openTill({ userData: folder });
      await expect(till.getByRole('note').filter({ hasText: 'A newer version of Counter wrote this PC’s record of payments, so no payment is started.' })).toBeVisible();
      await expect(till.locator('#root').getByText('cannot write to its disk')).toHaveCount(0);
      expect(log()).toMatch(/error journal\.unusable \{"detail":"The journal was written by a newer version of Counter\./u);
      await counter.close();
    });
  } finally {
    if (disk !== null) {
      spawnSync('umount', ['-l', disk]);
      rmSync(disk, { recursive: true, force: true });
    }
  }
});

async function refusesOnFullDisk(app: TillApp, disk: string): Promise<void> {
  const filler = join(disk, 'holiday-pictures');
  await app.preparedForm();
  fillDisk(filler);
  await app.charge();
  await expect(app.till.getByRole('note').filter({ hasText: /^This PC cannot write to its disk, so no payment is started\. Call the manager\./u })).toBeVisible();
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$10.00');
  expect(chargesAsked(app)).toBe(0);
  rmSync(filler);
}

/** The form is on the screen then. */
async function waitsForJournal(app: TillApp, file: string): Promise<void> {
  const { till } = app;
  const letGo = await holdJournal(file, 'writing');
  const waits: number[] = [];
  for (let press = 0; press < 4; press += 1) {
    await till.keyboard.press('F9');
    await expect(inUse(app)).toBeVisible();
    waits.push(await answerMs(till));
  }
  // One of them may have met this machine at a bad moment; with a lock that is waited for, all of them take seconds.
  expect(Math.min(...waits)).toBeLessThan(200);
  expect(chargesAsked(app)).toBe(0);
  await expect(till.getByRole('heading', { level: 1 })).toHaveText('$10.00');
  await letGo();
  await app.form();
  await expect(inUse(app)).toHaveCount(0);
  expect(chargesAsked(app)).toBe(1);
}

/** A form is on the screen again then. */
async function saysWhichPressFailed(app: TillApp, disk: string): Promise<void> {
  const { till } = app;
  const filler = join(disk, 'holiday-pictures');
  const notWritten = till.locator('#root').getByText('This PC cannot write to its disk, so that was not done. Press it again, or call the manager.');
  await (await app.form()).payByCard(CARDS.declined);
  await app.says('DECLINED');
  fillDisk(filler);
  for (const button of [/^Try again/u, /^Cancel sale/u]) {
    // The sentence about the press before says nothing about this one, which may still be on its way to the disk.
    await notWritten.evaluateAll((sentences) => sentences.forEach((sentence) => sentence.setAttribute('data-of-press-before', '')));
    const ofThisPress = notWritten.and(till.locator(':not([data-of-press-before])'));
    // Buttons that came up a moment ago take no press yet.
    await expect(async () => {
      await till.getByRole('button', { name: button }).click({ timeout: 500 });
      await expect(ofThisPress).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await app.says('DECLINED');
  }
  rmSync(filler);
  await till.getByRole('button', { name: /^Try again/u }).click();
  await app.form();
  await expect(notWritten).toHaveCount(0);
}
