import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CARDS } from './card-form.ts';
import { expect, test } from './till.ts';
import { openTillApp } from './till-app.ts';

/** A small disk of its own for the shop's files. Only root can have one. */
function mountSmallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'counter-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]).status === 0;
  if (!mounted) rmSync(folder, { recursive: true });
  return mounted ? folder : null;
}

test('F-10: on a full disk no payment is begun, in plain words; when there is room again it goes on by itself', async ({ target }) => {
  const disk = mountSmallDisk();
  test.skip(disk === null, 'only root on Linux can mount a small disk');
  const filler = join(disk!, 'holiday-pictures');
  const app = await openTillApp(target, disk!);
  const { till } = app;
  try {
    await app.enter('1000', 'Repair');
    const { bavail, bsize } = statfsSync(disk!);
    writeFileSync(filler, Buffer.alloc(bavail * bsize));
    await app.charge();
    await expect(till.getByRole('alert')).toHaveText(/^This PC cannot write to its disk, so no payment is started\. Call the manager\./u);
    await expect(till.getByRole('heading', { level: 1 })).toHaveText('$10.00');
    expect(app.journal().events.map(({ kind }) => kind)).not.toContain('charge-asked');
    rmSync(filler);
    await app.charge();
    await (await app.form()).payByCard(CARDS.pays);
    await app.says('PAID');
    expect(app.journal().sales.map(({ kind }) => kind)).toEqual(['paid']);
  } finally {
    await app.counter.close();
    spawnSync('umount', ['-l', disk!]);
    rmSync(disk!, { recursive: true, force: true });
  }
});
