import { chmodSync, chownSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAdministratorsFile } from '../../main/files/administrators-file.ts';
import { LONGEST_POLICY, readPolicy } from '../../main/storage/policy-file.ts';

/* a company's policy counts only where only an administrator can have written it. Real files with real owners, so as root only. */

const POLICY = '{"version":1,"settings":{"limits":{"largestInCents":50000}},"locked":["limits.largestInCents"]}';
const SOMEBODY = 1_000;
let top: string;
let remembered: string;
let policy: string;

/** Only root may write anywhere above it. The system's folder for temporary files is open to all users. */
const PROTECTED = '/var/lib';

describe.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('A-16: a company’s policy', () => {
  beforeEach(() => {
    top = mkdtempSync(join(PROTECTED, 'counter-test-'));
    chmodSync(top, 0o755);
    remembered = join(top, 'remembered.json');
    policy = join(top, 'company/counter/policy.json');
    mkdirSync(dirname(policy), { recursive: true, mode: 0o755 });
    writeFileSync(policy, POLICY, { mode: 0o644 });
  });
  afterEach(() => rmSync(top, { recursive: true }));

  const read = (path = policy) => readPolicy(() => readAdministratorsFile(path, LONGEST_POLICY), remembered);

  test('of the administrator’s is in force', () => {
    expect(read()).toMatchObject({ policy: { locked: ['limits.largestInCents'] }, trouble: null });
  });

  const folder = () => dirname(policy);
  const above = () => dirname(folder());
  const open: readonly (readonly [what: string, spoil: () => void, where: () => string])[] = [
    ['a file of another user', () => chownSync(policy, SOMEBODY, 0), () => `${policy}: owner ${SOMEBODY}`],
    ['a file that its group may write to', () => chmodSync(policy, 0o664), () => `${policy}: mode 664`],
    ['a file that everybody may write to', () => chmodSync(policy, 0o646), () => `${policy}: mode 646`],
    ['a folder of another user', () => chownSync(folder(), SOMEBODY, 0), () => `${folder()}: owner ${SOMEBODY}`],
    ['a folder that its group may write to', () => chmodSync(folder(), 0o775), () => `${folder()}: mode 775`],
    ['a folder that everybody may write to', () => chmodSync(folder(), 0o757), () => `${folder()}: mode 757`],
    ['a folder for everybody’s temporary files', () => chmodSync(folder(), 0o1777), () => `${folder()}: mode 1777`],
    ['a folder above it of another user', () => chownSync(above(), SOMEBODY, 0), () => `${above()}: owner ${SOMEBODY}`],
    ['a folder above it that everybody may write to', () => chmodSync(above(), 0o777), () => `${above()}: mode 777`],
    ['a link to a good file', () => (renameSync(policy, `${policy}.real`), symlinkSync(`${policy}.real`, policy)), () => `${policy}: link`],
    ['a link to nothing', () => (rmSync(policy), symlinkSync('/nonexistent', policy)), () => `${policy}: link`],
    ['a folder that is a link', () => (renameSync(folder(), `${folder()}-real`), symlinkSync(`${folder()}-real`, folder())), () => `${folder()}: link`],
    ['a folder above it that is a link', () => (renameSync(above(), `${above()}-real`), symlinkSync(`${above()}-real`, above())), () => `${above()}: link`],
    ['a file where a folder belongs', () => (rmSync(folder(), { recursive: true }), writeFileSync(folder(), '')), () => `${folder()}: not-a-folder`],
    ['a folder where the file belongs', () => (rmSync(policy), mkdirSync(policy)), () => `${policy}: not-a-file`],
  ];

  test.each(open)('of %s is not, and the last one that was good stays in force', (_what, spoil, where) => {
    spoil();
    const spoilt = { what: 'unprotected', where: where() };
    expect(read()).toMatchObject({ policy: { locked: [] }, trouble: { ...spoilt, inForce: 'none' } });
    writeFileSync(remembered, POLICY);
    expect(read()).toMatchObject({ policy: { locked: ['limits.largestInCents'] }, trouble: { ...spoilt, inForce: 'last-valid' } });
  });

  test('is not taken out of force by a person who can empty its folder', () => {
    expect(read().trouble).toBeNull();
    rmSync(policy);
    chmodSync(folder(), 0o777);
    expect(read()).toMatchObject({ policy: { locked: ['limits.largestInCents'] }, trouble: { what: 'unprotected', inForce: 'last-valid' } });
    // The administrator may remove it.
    chmodSync(folder(), 0o755);
    expect(read()).toMatchObject({ policy: { locked: [] }, trouble: null });
    rmSync(above(), { recursive: true });
    expect(read()).toMatchObject({ policy: { locked: [] }, trouble: null });
  });

  test('in the shared folder for temporary files is none, with any owner', () => {
    const shared = mkdtempSync(join(tmpdir(), 'counter-'));
    writeFileSync(join(shared, 'policy.json'), POLICY, { mode: 0o644 });
    expect(read(join(shared, 'policy.json'))).toMatchObject({ policy: { locked: [] }, trouble: { what: 'unprotected' } });
    rmSync(shared, { recursive: true });
  });
});
