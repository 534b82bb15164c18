import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CARDS } from './card-form.ts';
import { expect, test } from './connected-till.ts';

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

test('F-10: on a full disk no payment begins, in plain words, and each screen says which press failed; when there is space again it goes on by itself', async ({ openTill }) => {
  const disk = mountSmallDisk();
  test.skip(disk === null, 'only root on Linux can mount a small disk');
  const filler = join(disk!, 'holiday-pictures');
  const app = await openTill({ userData: disk! });
  const { till } = app;
  const notDone = till.locator('#root').getByText('This PC cannot write to its disk, so that was not done. Press it again, or call the manager.');
  try {
    await app.preparedForm();
    await app.enter('1000', 'Repair');
    fillDisk(filler);
    await app.charge();
    await expect(till.getByRole('note')).toHaveText(/^This PC cannot write to its disk, so no payment is started\. Call the manager\./u);
    await expect(till.getByRole('heading', { level: 1 })).toHaveText('$10.00');
    expect(app.journal().events.map(({ kind }) => kind)).not.toContain('charge-asked');
    rmSync(filler);
    await app.charge();
    await (await app.form()).payByCard(CARDS.declined);
    await app.says('DECLINED');

    fillDisk(filler);
    for (const button of [/^Try again/u, /^Cancel sale/u]) {
      // The sentence about the press before says nothing about this one, which may still be on its way to the disk.
      await notDone.evaluateAll((sentences) => sentences.forEach((sentence) => sentence.setAttribute('data-of-press-before', '')));
      const ofThisPress = notDone.and(till.locator(':not([data-of-press-before])'));
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
    await expect(notDone).toHaveCount(0);
  } finally {
    await app.counter.close();
    spawnSync('umount', ['-l', disk!]);
    rmSync(disk!, { recursive: true, force: true });
  }
});
