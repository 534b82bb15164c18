import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failed, ok } from '../../contract/result.ts';
import { HEAD_KEPT_EVERY_MS, openAuditHead } from '../../main/account/audit-head.ts';
import { openAuditFile } from '../../main/storage/audit-file.ts';
import type { KeptAuditHead } from '../../main/storage/keychain.ts';
import { makeFolder, workHere } from './journal-shop.ts';

/* The head of the audit log, kept outside its folder. */

let folder: string;
let kept: KeptAuditHead | null;
let opens: boolean;
let ids: string;
let rings: { readonly ms: number; readonly ring: () => void }[];
let saves: number;
beforeEach(() => {
  folder = makeFolder();
  [kept, opens, ids, rings, saves] = [null, true, 'register-1', [], 0];
});
afterEach(() => rmSync(folder, { recursive: true }));

const timers = {
  after(ms: number, ring: () => void) {
    const timer = { ms, ring };
    rings.push(timer);
    return () => void (rings = rings.filter((other) => other !== timer));
  },
};

/** One run of Counter: it writes a line, and then compares. */
async function run(lines = 1, register = 'Front') {
  const file = openAuditFile({ file: join(folder, 'audit.db'), utcNow: () => '2026-11-27T10:00:00.000Z', utcOffsetInMinutes: () => 0, timers, work: workHere(), onHealth: () => {}, onTrouble: () => {}, registerName: () => 'Front', onChange: () => {} });
  let replaced = 0;
  const head = openAuditHead({
    file: () => file,
    keychain: {
      readAuditHead: async () => (opens ? ok(kept) : failed({ kind: 'keychain-unavailable' })),
      async saveAuditHead(next) {
        if (!opens) return failed({ kind: 'keychain-unavailable' });
        saves += 1;
        kept = next;
        return ok(null);
      },
    },
    registerId: () => ids,
    timers,
    utcNow: () => '2026-11-27T10:00:00.000Z',
    onReplaced: () => (replaced += 1),
  });
  const write = () => expect(file.write({ kind: 'counter-started', register, who: { role: 'counter', name: null }, detail: {} }).kind).toBe('ok');
  for (let line = 0; line < lines; line += 1) write();
  await head.check();
  return { file, head, write, replaced: () => replaced, trouble: () => head.store()?.trouble()?.kind ?? null, end: () => (head.close(), file.close()) };
}

const minute = async () => {
  for (const { ring } of rings.filter(({ ms }) => ms === HEAD_KEPT_EVERY_MS)) ring();
  await new Promise((resolve) => setImmediate(resolve));
};

describe('A-07: the audit log against a head that is kept elsewhere', () => {
  test('a log that only grew is sound, run after run', async () => {
    for (let runs = 0; runs < 3; runs += 1) {
      const one = await run(2);
      expect([one.trouble(), one.replaced()]).toEqual([null, 0]);
      one.end();
    }
    expect(kept?.sequence).toBe(6);
  });

  test('yesterday’s log, put back, is reported, also after a restart, until the manager has seen it', async () => {
    (await run()).end();
    const yesterday = makeFolder();
    cpSync(folder, yesterday, { recursive: true });
    (await run(5)).end();
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    cpSync(yesterday, folder, { recursive: true });
    rmSync(yesterday, { recursive: true });
    const first = await run();
    expect([first.trouble(), first.replaced(), first.file.trouble()]).toEqual(['replaced', 1, null]);
    first.end();
    const second = await run();
    expect(second.trouble()).toBe('replaced');
    expect(second.head.store()?.acknowledgeTrouble().kind).toBe('ok');
    expect(second.trouble()).toBeNull();
    await minute();
    second.end();
    expect((await run()).trouble()).toBeNull();
  });

  test('a log that was rewritten as a whole, and is longer, is reported', async () => {
    (await run(3)).end();
    const before = kept;
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    kept = null;
    (await run(20, 'Forged')).end();
    kept = before;
    const next = await run();
    expect([next.trouble(), next.file.trouble()]).toEqual(['replaced', null]);
  });

  test('the keychain is written once a minute at most, and only after a new line', async () => {
    const one = await run();
    for (let line = 0; line < 50; line += 1) one.write();
    expect(saves).toBe(1);
    await minute();
    await minute();
    expect([saves, kept?.sequence]).toEqual([2, 51]);
    one.end();
  });

  test('a keychain that does not answer is asked again later; the head of another register is ignored', async () => {
    (await run(3)).end();
    opens = false;
    const shut = await run();
    expect([shut.trouble(), shut.replaced()]).toEqual([null, 0]);
    opens = true;
    kept = { registerId: 'register-1', sequence: 4, link: 'f'.repeat(64) };
    await shut.head.check();
    expect(shut.trouble()).toBe('replaced');
    shut.end();
    ids = 'register-2';
    expect((await run()).trouble()).toBeNull();
  });
});
