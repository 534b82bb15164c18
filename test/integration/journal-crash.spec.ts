import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backUp, makeFolder, openOrFail, recordAll, shopClock, stepsIn, stepsOfDay, workHere } from './journal-shop.ts';
import { crashes, emptyFolder, expectKept, shopWith } from './crashed-disk.ts';

let root: string;
beforeEach(() => {
  root = makeFolder();
});
afterEach(() => rmSync(root, { recursive: true }));

const steps = stepsOfDay(24);

describe.each([
  { what: 'the process dies', lost: false },
  { what: 'the power goes, and with it what was not synced', lost: true },
])('when $what', ({ lost }) => {
  test('in the middle of writing an event, it is there wholly or not at all, and nothing before it is touched', async () => {
    const shop = await shopWith(root, steps);
    const [next] = stepsOfDay(1, 40);
    const healths = new Set<string>();
    const kept = new Set<number>();
    for await (const { at, folder } of crashes(root, shop, lost, (copy, parts) => {
      const { journal } = openOrFail(join(copy, 'live.db'), parts);
      journal.record(next!.sale, next!.event);
    })) {
      const { health } = expectKept(at, folder, steps, [next!]);
      healths.add(health.kind);
      kept.add(stepsIn(join(folder, 'live.db')).length);
    }
    // No crash looks like damage, and there was one before and one after the commit.
    expect([...healths].toSorted()).toEqual(['interrupted', 'sound']);
    expect(kept).toEqual(new Set([steps.length + 2, steps.length + 3]));
  });

  test('in the first minute of a new shop, the shop opens', async () => {
    for await (const { at, folder } of crashes(root, emptyFolder(root), lost, (copy, parts) => {
      const { journal } = openOrFail(join(copy, 'live.db'), parts);
      recordAll(journal, steps.slice(0, 2));
    })) {
      const { health } = expectKept(at, folder, [], steps.slice(0, 2));
      expect(['sound', 'interrupted'], at).toContain(health.kind);
    }
  });

  test('in the middle of a backup, the journal is sound and no half backup is ever used', async () => {
    const shop = await shopWith(root, steps, backUp);
    const clock = shopClock();
    clock.nextDay();
    for await (const { at, folder } of crashes(root, shop, lost, async (copy, parts) => {
      const { journal } = openOrFail(join(copy, 'live.db'), { ...parts, ...clock });
      await backUp(journal, workHere(parts));
    })) {
      // The database is gone as well: the journal has to come from backup and mirror.
      rmSync(join(folder, 'live.db'));
      const { health } = expectKept(at, folder, steps);
      expect(health, at).toMatchObject({ kind: 'restored', gapSinceUtc: null });
      expect(health.kind === 'restored' && health.backup, at).toMatch(/^0000000000(12|24)_2026/u);
    }
  });

  test.each<[string, (folder: string) => void]>([
    ['the database is gone', (folder) => rmSync(join(folder, 'live.db'))],
    ['the database is no database', (folder) => writeFileSync(join(folder, 'live.db'), 'no database '.repeat(2_000))],
    ['the second copy is gone', (folder) => rmSync(join(folder, 'live.mirror'), { recursive: true })],
    ['the second copy is damaged', (folder) => spoilMirror(folder)],
    ['a row was edited', (folder) => spoilRow(folder)],
    [
      'both copies are damaged in different places',
      (folder) => {
        spoilMirror(folder);
        spoilRow(folder);
      },
    ],
  ])('in the middle of a repair, the next start repairs it, and it is still told (%s)', async (_, spoil) => {
    const shop = await shopWith(root, steps, backUp);
    spoil(shop);
    for await (const { at, folder } of crashes(root, shop, lost, (copy, parts) => void openOrFail(join(copy, 'live.db'), parts))) {
      const { untold } = expectKept(at, folder, steps);
      expect(untold.length, at).toBeGreaterThan(0);
    }
  });
});

function spoilMirror(folder: string): void {
  const mirror = join(folder, 'live.mirror');
  const path = join(mirror, readdirSync(mirror).at(-1)!);
  const bytes = readFileSync(path);
  bytes.fill(0, bytes.length - 900, bytes.length - 300);
  writeFileSync(path, bytes);
}

function spoilRow(folder: string): void {
  const database = new DatabaseSync(join(folder, 'live.db'));
  database.exec(`DROP TRIGGER entry_is_never_changed; UPDATE entry SET at = 'yesterday' WHERE sequence = 3`);
  database.close();
}

describe('a till that is killed', () => {
  const RUNS = 8;
  const script = `
    const { openOrFail, stepsFrom } = await import('./test/integration/journal-shop.ts');
    const { writeSync } = await import('node:fs');
    const [file, from] = process.argv.slice(1);
    const { journal, health } = openOrFail(file);
    writeSync(1, health.kind + '\\n');
    let count = Number(from);
    for (const { sale, event } of stepsFrom(0).take(6_000).drop(count)) {
      const written = journal.record(sale, event);
      count += 1;
      if (written.kind === 'ok') writeSync(1, count + '\\n');
    }`;

  test('in the middle of its work, again and again, has kept all that it acknowledged', { timeout: 120_000 }, async () => {
    const file = join(root, 'live.db');
    const all = stepsOfDay(6_000);
    let from = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, file, String(from)], { stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      child.stdout.on('data', (bytes: Buffer) => {
        const hadOne = said.trimEnd().includes('\n');
        said += bytes.toString();
        // Some time after the first event was acknowledged, at a random moment.
        if (!hadOne && said.trimEnd().includes('\n')) setTimeout(() => child.kill('SIGKILL'), 5 + Math.random() * 150);
      });
      await once(child, 'close');
      const [health, ...lines] = said.trimEnd().split('\n');
      const acknowledged = lines.length === 0 ? from : Number(lines.at(-1));
      expect(['sound', 'interrupted']).toContain(health);
      const { journal } = openOrFail(file);
      journal.close();
      const kept = stepsIn(file);
      expect(kept.length - acknowledged).toBeGreaterThanOrEqual(0);
      expect(kept.length - acknowledged).toBeLessThanOrEqual(1);
      expect(kept).toEqual(all.slice(0, kept.length));
      expect(kept.length).toBeGreaterThan(from);
      from = kept.length;
    }
  });
});
