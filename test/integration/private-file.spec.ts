import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failed, ok } from '../../contract/result.ts';
import { takePrivateFile } from '../../main/files/private-file.ts';

const MOST = 100;
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counter-private-'));
  file = join(folder, 'provision.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(process.platform === 'win32')('E-03: a file with a secret', () => {
  test('is read once, and gone', () => {
    writeFileSync(file, 'secret', { mode: 0o600 });
    expect(takePrivateFile(file, MOST)).toEqual(ok('secret'));
    expect(takePrivateFile(file, MOST)).toEqual(failed('ENOENT'));
  });

  test.each([0o640, 0o604, 0o620, 0o601])('is not used, and deleted, when its mode %i lets others at it', (mode) => {
    writeFileSync(file, 'secret');
    chmodSync(file, mode);
    expect(takePrivateFile(file, MOST)).toEqual(failed('not-private'));
    expect(existsSync(file)).toBe(false);
  });

  test.skipIf(process.getuid?.() !== 0)('is not used when it is another user’s', () => {
    writeFileSync(file, 'secret', { mode: 0o600 });
    chownSync(file, 65_534, 65_534);
    expect(takePrivateFile(file, MOST)).toEqual(failed('not-private'));
  });

  test('is not used, and deleted, when it is longer than any order', () => {
    writeFileSync(file, 'x'.repeat(MOST + 1), { mode: 0o600 });
    expect(takePrivateFile(file, MOST)).toEqual(failed('too-long'));
    expect(existsSync(file)).toBe(false);
  });

  test('is no link and no folder: what they lead to stays', () => {
    const other = join(folder, 'other');
    writeFileSync(other, 'of another user', { mode: 0o600 });
    symlinkSync(other, file);
    expect(takePrivateFile(file, MOST)).toEqual(failed('ELOOP'));
    expect(existsSync(other)).toBe(true);
    rmSync(file);
    mkdirSync(file);
    expect(takePrivateFile(file, MOST)).toEqual(failed('not-a-file'));
    expect(existsSync(file)).toBe(true);
  });
});
