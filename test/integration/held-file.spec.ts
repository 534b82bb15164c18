import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { retryWhileHeld } from '../../main/files/held-file.ts';
import { nodeFiles } from '../../main/storage/journal-files.ts';
import { openPinFile } from '../../main/storage/pin-file.ts';
import { openSettings } from '../../main/storage/settings.ts';

/* C-23: a virus scanner on Windows holds a file for a moment after it was written. Simulated by a mount: a mounted file cannot be replaced. */

let folder: string;
const file = (name: string) => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counter-held-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const canMount = (() => {
  const place = mkdtempSync(join(tmpdir(), 'counter-mount-'));
  const [one, other] = [join(place, 'one'), join(place, 'other')];
  for (const name of [one, other]) writeFileSync(name, '');
  const isMounted = spawnSync('mount', ['--bind', other, one]).status === 0;
  if (isMounted) spawnSync('umount', [one]);
  rmSync(place, { recursive: true });
  return isMounted;
})();

/** Another program holds the file for this long. Returns a function that waits for its end. */
async function hold(name: string, seconds: number | null): Promise<() => Promise<unknown>> {
  writeFileSync(file('held'), readFileSync(file(name)));
  const holder = spawn('sh', ['-c', `mount --bind "$1" "$2" && echo held && ${seconds === null ? 'read -r _' : `sleep ${seconds}`}; umount "$2"`, 'hold', file('held'), file(name)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(holder, 'exit');
  await once(holder.stdout, 'data');
  return () => {
    holder.stdin.end();
    return ended;
  };
}

describe.skipIf(!canMount)('C-23: a file that another program holds for a moment', () => {
  test.each(['settings.json', 'settings.json.copy'])('costs no setting: %s', async (held) => {
    const settings = openSettings(file('settings.json'), () => {});
    expect(settings.change({ registerName: 'Front' }).kind).toBe('ok');
    const released = await hold(held, 0.06);
    expect(settings.change({ registerName: 'Back' }).kind).toBe('ok');
    await released();
    expect(openSettings(file('settings.json'), () => {}).read().registerName).toBe('Back');
  });

  test('refuses no PIN: the try is counted', async () => {
    const pins = openPinFile(file('pins.json'), () => {});
    expect(pins.change({ managerFailures: 1 }).kind).toBe('ok');
    const released = await hold('pins.json', 0.06);
    expect(pins.change({ managerFailures: 2 }).kind).toBe('ok');
    await released();
    expect(openPinFile(file('pins.json'), () => {}).read().managerFailures).toBe(2);
  });

  test('keeps no repaired journal out of its place', async () => {
    for (const name of ['live.db', 'live.db.next']) writeFileSync(file(name), name);
    const released = await hold('live.db', 0.06);
    nodeFiles.rename(file('live.db.next'), file('live.db'));
    await released();
    expect(readFileSync(file('live.db'), 'utf8')).toBe('live.db.next');
  });

  test('that is held for good is reported, and no setting has changed', async () => {
    const settings = openSettings(file('settings.json'), () => {});
    settings.change({ registerName: 'Front' });
    const released = await hold('settings.json', null);
    expect(settings.change({ registerName: 'Back' })).toMatchObject({ kind: 'failed', failure: { kind: 'settings-unwritable' } });
    expect(settings.read().registerName).toBe('Front');
    await released();
  });
});

test('C-23: a held file is retried for a second and a half, and any other error not at all', () => {
  const failing = (code: string, times = Number.MAX_SAFE_INTEGER) => {
    const waited: number[] = [];
    let tried = 0;
    const result = () => {
      try {
        return retryWhileHeld(() => {
          tried += 1;
          if (tried <= times) throw Object.assign(new Error(code), { code });
          return 'done';
        }, (ms) => waited.push(ms));
      } catch (error) {
        return (error as Error).message;
      }
    };
    return { result: result(), seconds: waited.reduce((sum, ms) => sum + ms, 0) / 1_000 };
  };
  for (const code of ['EPERM', 'EACCES', 'EBUSY']) {
    expect(failing(code, 3)).toEqual({ result: 'done', seconds: 0.07 });
    expect(failing(code)).toEqual({ result: code, seconds: 1.5 });
  }
  expect(failing('ENOSPC')).toEqual({ result: 'ENOSPC', seconds: 0 });
});

test('C-23: the draft is never waited for: a held file costs that draft only', () => {
  const before = performance.now();
  writeFileSync(file('not-a-folder'), '');
  expect(() => nodeFiles.replaceAtOnce(file('not-a-folder/live.draft.json'), Buffer.from('x'))).toThrow();
  expect(performance.now() - before).toBeLessThan(1_000);
  nodeFiles.replaceAtOnce(file('live.draft.json'), Buffer.from('new'));
  expect(readFileSync(file('live.draft.json'), 'utf8')).toBe('new');
});
