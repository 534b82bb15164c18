import { mkdirSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AUDIT_GROUPS, type AuditAction, type AuditFilter, type AuditLine } from '../../contract/audit.ts';
import { failed, ok } from '../../contract/result.ts';
import { COUNTER, MANAGER, createAudit } from '../../main/manager/audit.ts';
import { auditCsv } from '../../main/manager/audit-csv.ts';
import { changeSettings, changesBetween } from '../../main/manager/settings-change.ts';
import type { JournalHealth } from '../../main/sale/journal.ts';
import { type AuditFile, openAuditFile } from '../../main/storage/audit-file.ts';
import { openSettings } from '../../main/storage/settings.ts';
import { makeFolder, workHere } from './journal-shop.ts';

const EVERYTHING: AuditFilter = { group: null, who: null, day: null };
const ANNA = { role: 'cashier', name: 'Anna' } as const;
const DAY_MS = 24 * 60 * 60_000;

let folder: string;
let file: string;
let clock: { ms: number; offset: number };
let healths: JournalHealth[];
let changes: number;
let timers: { readonly atMs: number; readonly ring: () => void }[];

beforeEach(() => {
  folder = makeFolder();
  file = join(folder, 'audit.db');
  clock = { ms: Date.parse('2026-11-25T23:30:00.000Z'), offset: -300 };
  healths = [];
  changes = 0;
  timers = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(mustExist = false): AuditFile {
  return openAuditFile({
    file,
    mustExist,
    work: workHere(),
    utcNow: () => new Date(clock.ms).toISOString(),
    utcOffsetInMinutes: () => clock.offset,
    timers: {
      after(ms, ring) {
        const timer = { atMs: clock.ms + ms, ring };
        timers.push(timer);
        return () => void (timers = timers.filter((other) => other !== timer));
      },
    },
    onHealth: (health) => healths.push(health),
    onTrouble: () => {},
    onChange: () => void (changes += 1),
    registerName: () => 'Front desk',
  });
}

/** Fires every timer that is set. */
function ringAll(): void {
  for (const timer of timers) {
    timers = timers.filter((other) => other !== timer);
    timer.ring();
  }
}

function auditOf(store: AuditFile | null, saved: string[] = []) {
  return createAudit({
    store: () => store,
    registerName: () => 'Front desk',
    async saveFile(_name, text) {
      saved.push(text);
      return ok(null);
    },
    systemLocale: () => 'en-US',
    onUnwritable: () => {},
  });
}

function linesOf(store: AuditFile, filter = EVERYTHING): readonly AuditLine[] {
  const read = store.read(filter, null, 1_000);
  if (read.kind === 'failed') throw new Error(read.failure.detail);
  return read.value;
}

describe('S-29: the audit log', () => {
  test('records the person, the action, the local time and the register; and the value of a setting before', () => {
    const store = open();
    const audit = auditOf(store);
    const settings = openSettings(join(folder, 'settings.json'), () => {});
    audit.note(MANAGER, 'login-ok', { by: 'pin' });
    expect(changeSettings({ settings, audit }, { descriptionPresets: ['Repair'], registerName: 'Back desk' }).kind).toBe('ok');
    audit.note(ANNA, 'charge-started', { sale: 'sale-1', amountInCents: 1799 });
    store.close();

    expect(linesOf(open())).toEqual([
      { sequence: 4, at: '2026-11-25T23:30:00.000Z', utcOffsetInMinutes: -300, register: 'Front desk', who: ANNA, action: 'charge-started', detail: { sale: 'sale-1', amountInCents: 1799 } },
      expect.objectContaining({ action: 'setting-changed', who: MANAGER, detail: { setting: 'descriptionPresets', old: '["Counter sale","Repair","Deposit","Gift card"]', new: '["Repair"]' } }),
      expect.objectContaining({ action: 'setting-changed', detail: { setting: 'registerName', old: '"Register 1"', new: '"Back desk"' } }),
      expect.objectContaining({ sequence: 1, action: 'login-ok', who: MANAGER, detail: { by: 'pin' } }),
    ]);
  });

  test('comes before the setting: a change that cannot be logged is not made', () => {
    const settings = openSettings(join(folder, 'settings.json'), () => {});
    for (const store of [null, { ...open(), write: () => failed({ kind: 'journal-unwritable', reason: 'disk-full', detail: 'full' } as const) }]) {
      expect(changeSettings({ settings, audit: auditOf(store) }, { registerName: 'Mine' })).toEqual({ kind: 'failed', failure: { kind: 'audit-unwritable' } });
    }
    expect(settings.read().registerName).toBe('Register 1');
  });

  test('lists nested settings one by one, and no unchanged ones', () => {
    expect(changesBetween({ a: 1, limits: { least: 1, most: 2 } }, { a: 1, limits: { least: 1, most: 3 } })).toEqual([{ setting: 'limits.most', old: '2', new: '3' }]);
    expect(changesBetween({ account: null }, { account: { mode: 'test' } })).toEqual([{ setting: 'account', old: 'null', new: '{"mode":"test"}' }]);
  });

  test.each<[what: string, spoil: (database: DatabaseSync) => void]>([
    ['changes a line', (database) => database.exec(`UPDATE entry SET event = replace(event, '"Anna"', '"Bert"') WHERE sequence = 2`)],
    ['deletes a line', (database) => database.exec('DELETE FROM entry WHERE sequence = 2')],
    ['deletes the newest line', (database) => database.exec('DELETE FROM entry WHERE sequence = 3')],
    ['empties it', (database) => database.exec('DELETE FROM entry')],
    ['swaps two lines', (database) => database.exec('UPDATE entry SET sequence = 9 WHERE sequence = 1; UPDATE entry SET sequence = 1 WHERE sequence = 2; UPDATE entry SET sequence = 2 WHERE sequence = 9')],
  ])('shows it when a program with the file open %s, and has every line back', (_what, spoil) => {
    const store = open();
    const audit = auditOf(store);
    audit.note(MANAGER, 'login-ok');
    audit.note(ANNA, 'payment-kept', { sale: 'sale-1' });
    audit.note(MANAGER, 'locked');
    const before = linesOf(store);
    store.close();
    const database = new DatabaseSync(file);
    database.exec('DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_deleted;');
    spoil(database);
    database.close();

    const again = open(true);
    expect(healths).toHaveLength(1);
    expect(linesOf(again).filter(({ action }) => action !== 'log:repaired')).toEqual(before);
    expect(linesOf(again)[0]).toMatchObject({ action: 'log:repaired', who: COUNTER });
    const trouble = again.trouble();
    expect(trouble).toMatchObject({ kind: expect.stringMatching(/tampered|repaired/u), missing: [] });
    expect(trouble!.setAside.length).toBeGreaterThan(0);
    // It is shown until a manager has seen it, also after a restart.
    again.close();
    const later = open(true);
    expect(later.trouble()).toEqual(trouble);
    expect(later.acknowledgeTrouble().kind).toBe('ok');
    expect(later.trouble()).toBeNull();
  });

  /** Cuts a file to a share of its length, as a broken disk or a person with an editor does. */
  const cut = (path: string, share: number) => truncateSync(path, Math.floor(statSync(path).size * share));
  const newestMirror = () => join(folder, 'audit.mirror', readdirSync(join(folder, 'audit.mirror')).toSorted().at(-1)!);

  test.each<[what: string, spoil: () => void]>([
    ['cuts the file in half', () => cut(file, 0.5)],
    ['empties the file', () => cut(file, 0)],
    ['deletes the file', () => rmSync(file)],
    ['cuts the second copy in half', () => cut(newestMirror(), 0.5)],
    ['empties the second copy', () => cut(newestMirror(), 0)],
    ['deletes the second copy', () => rmSync(join(folder, 'audit.mirror'), { recursive: true })],
  ])('shows it when a person %s, and has every line back from the other copy', (_what, spoil) => {
    const store = open();
    const audit = auditOf(store);
    for (let each = 0; each < 30; each += 1) audit.note(ANNA, 'payment-kept', { sale: `sale-${each}` });
    const before = linesOf(store);
    store.close();
    spoil();
    const again = open(true);
    expect(healths).toHaveLength(1);
    expect(linesOf(again).filter(({ action }) => action !== 'log:repaired')).toEqual(before);
    again.close();
  });

  test('reports that both copies were cut, and that lines may be missing', () => {
    const store = open();
    const audit = auditOf(store);
    for (let each = 0; each < 30; each += 1) audit.note(ANNA, 'payment-kept', { sale: `sale-${each}` });
    store.close();
    const database = new DatabaseSync(file);
    database.exec('DROP TRIGGER entry_is_never_deleted; DELETE FROM entry WHERE sequence > 20');
    database.close();
    cut(newestMirror(), 0.5);
    const again = open(true);
    const trouble = again.trouble();
    expect(trouble).not.toBeNull();
    expect(trouble!.missing.length > 0 || trouble!.gapSinceUtc !== null).toBe(true);
    again.close();
  });

  test('a line that was changed in both copies is missed by the chain', () => {
    const store = open();
    const audit = auditOf(store);
    for (const name of ['Anna', 'Bert', 'Cleo']) audit.note({ role: 'cashier', name }, 'charge-started');
    store.close();
    const database = new DatabaseSync(file);
    database.exec(`DROP TRIGGER entry_is_never_changed; UPDATE entry SET event = replace(event, 'Bert', 'Anna') WHERE sequence = 2`);
    database.close();
    for (const name of readdirSync(join(folder, 'audit.mirror'))) rmSync(join(folder, 'audit.mirror', name));
    const again = open(true);
    expect(again.trouble()).toMatchObject({ kind: 'tampered' });
    expect(linesOf(again).some(({ who, sequence }) => sequence === 2 && who.name === 'Anna')).toBe(false);
  });

  test('A-01: every action can be written, and the log is sound when it is opened again', () => {
    const store = open();
    const audit = auditOf(store);
    const actions = Object.values(AUDIT_GROUPS).flat();
    for (const action of actions) expect(audit.noteFirst(MANAGER, action, { of: 'journal', sequence: 1 }), action).toEqual({ kind: 'ok', value: null });
    store.close();
    const again = open(true);
    expect(healths).toEqual([]);
    expect(again.trouble()).toBeNull();
    expect(linesOf(again).map(({ action }) => action).toReversed()).toEqual(actions);
    expect(auditOf(again).noteFirst(MANAGER, 'locked').kind).toBe('ok');
    again.close();
  });

  test('A-01: a note of the log about itself is refused from outside', () => {
    const store = open();
    for (const { kind, ...detail } of [{ kind: 'log:repaired', breaks: '[]' }, { kind: 'log:seen', sequence: 1 }, { kind: 'log:anything' }]) {
      expect(() => store.write({ kind: kind as AuditAction, register: 'Front desk', who: MANAGER, detail })).toThrow("a word of the log's own");
    }
    store.close();
    expect(linesOf(open(true))).toEqual([]);
  });

  test('A-01: a log that cannot be opened is reported, opens by itself when it can, and counts the missing lines', () => {
    mkdirSync(file);
    const store = open();
    const audit = auditOf(store);
    expect(store.unusable()).not.toBeNull();
    expect(changes).toBe(1);
    expect(audit.noteFirst(MANAGER, 'login-ok').kind).toBe('failed');
    expect(audit.noteFirst(ANNA, 'charge-started').kind).toBe('failed');
    ringAll();
    expect([store.unusable(), changes]).toEqual([expect.any(String), 1]);
    rmSync(file, { recursive: true });
    ringAll();
    expect([store.unusable(), changes]).toEqual([null, 2]);
    expect(audit.noteFirst(MANAGER, 'locked').kind).toBe('ok');
    expect(linesOf(store).map(({ action, detail }) => [action, detail])).toEqual([['locked', {}], ['lines-missed', { count: 2, since: '2026-11-25T23:30:00.000Z' }]]);
    store.close();
  });

  test('C-27: while another program holds the log its lines are counted; the count is written as soon as it is free', () => {
    const store = open();
    const audit = auditOf(store);
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    expect(audit.noteFirst(ANNA, 'charge-started').kind).toBe('failed');
    expect(store.unusable()).toBe('in-use');
    ringAll();
    expect(store.unusable()).toBe('in-use');
    other.exec('ROLLBACK');
    other.close();
    ringAll();
    expect(store.unusable()).toBeNull();
    expect(linesOf(store).map(({ action }) => action)).toEqual(['lines-missed']);
    store.close();
  });

  test('a missing log is no first start', () => {
    const store = open();
    auditOf(store).note(MANAGER, 'login-ok');
    store.close();
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    expect(open(true).trouble()).not.toBeNull();
  });
});

describe('S-30: keeping and giving out the audit log', () => {
  test('every line of more than a year stays, through the daily backups and their tidying', async () => {
    const store = open();
    const audit = auditOf(store);
    for (let day = 0; day < 400; day += 1) {
      audit.note(MANAGER, 'login-ok', { day });
      clock.ms += DAY_MS;
      // The till is on every tenth day for long enough.
      if (day % 10 !== 0) continue;
      ringAll();
      // Check and backup are done: the next timer is for the next day.
      await expect.poll(() => timers.length, { interval: 5 }).toBe(1);
    }
    expect(readdirSync(join(folder, 'audit.backups'))).toHaveLength(40);
    expect(store.read(EVERYTHING, null, 1_000)).toMatchObject({ kind: 'ok', value: { length: 400 } });
    store.close();
    const again = open(true);
    expect(healths).toEqual([]);
    expect(linesOf(again).at(-1)).toMatchObject({ sequence: 1, detail: { day: 0 } });
    again.close();
  });

  test('is found by group, by person and by the local day, a page at a time', () => {
    const store = open();
    const audit = auditOf(store);
    for (let each = 0; each < 60; each += 1) audit.note(ANNA, 'charge-started', { each });
    // 23:30 in London and 18:30 here; an hour later it is the next day there, and still today here.
    clock.ms += 60 * 60_000;
    audit.note(MANAGER, 'login-ok');
    clock.ms += 6 * 60 * 60_000;
    audit.note(MANAGER, 'locked');

    const first = audit.page(EVERYTHING, null);
    if (first.kind === 'failed') throw new Error(first.failure.kind);
    expect(first.value).toMatchObject({ hasMore: true, people: ['Anna', 'manager'], trouble: null });
    expect(first.value.lines).toHaveLength(50);
    const rest = audit.page(EVERYTHING, first.value.lines.at(-1)!.sequence);
    expect(rest).toMatchObject({ value: { hasMore: false, lines: { length: 12 } } });
    expect(linesOf(store, { ...EVERYTHING, group: 'access' }).map(({ action }) => action)).toEqual(['locked', 'login-ok']);
    expect(linesOf(store, { ...EVERYTHING, who: 'Anna' })).toHaveLength(60);
    expect(linesOf(store, { group: 'access', who: 'manager', day: '2026-11-25' }).map(({ action }) => action)).toEqual(['login-ok']);
    expect(linesOf(store, { ...EVERYTHING, day: '2026-11-26' }).map(({ action }) => action)).toEqual(['locked']);
    store.close();
  });

  test('is exported oldest first, in full, and the export is in the log itself', async () => {
    const store = open();
    const saved: string[] = [];
    const audit = auditOf(store, saved);
    for (let each = 0; each < 1_203; each += 1) audit.note(ANNA, 'charge-started', { each });
    expect(await audit.exportCsv(EVERYTHING, () => true)).toEqual({ kind: 'ok', value: null });
    const rows = saved[0]!.split('\r\n');
    expect(rows[0]).toBe('\uFEFF"number","utc","local","register","role","name","action","amount","detail"');
    expect(rows[1]).toBe('"1","2026-11-25T23:30:00.000Z","2026-11-25T18:30:00-05:00","Front desk","cashier","Anna","charge-started","","each=0"');
    expect(rows).toHaveLength(1 + 1_203 + 1 + 1);
    expect(rows.at(-2)).toContain('log-exported');
    store.close();
  });

  const exported = (name: string, locale: string) =>
    auditCsv([{ sequence: 1, at: '2026-11-25T23:30:00.000Z', utcOffsetInMinutes: 0, register: name, who: { role: 'cashier', name }, action: 'charge-started', detail: { amountInCents: 123456, setting: name } }], locale).split('\r\n')[1]!;
  const unquoted = (row: string) => row.match(/"(?:[^"]|"")*"/gu)!.map((cell) => cell.slice(1, -1).replaceAll('""', '"'));

  test.each([['en-US', ',', '1234.56'], ['es-MX', ',', '1234.56'], ['fr-CA', ';', '1234,56'], ['fr-FR', ';', '1234,56'], ['es-ES', ';', '1234,56']])('C-53: opens in columns on a PC in %s, and an amount is a number there', (locale, separator, amount) => {
    const row = exported('Front', locale);
    expect(row).toBe(['1', '2026-11-25T23:30:00.000Z', '2026-11-25T23:30:00+00:00', 'Front', 'cashier', 'Front', 'charge-started', amount, 'setting=Front'].map((cell) => `"${cell}"`).join(separator));
  });

  const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\u200B=1', '"=1', '=HYPERLINK("http://evil.example","x")', '|cmd', '%x', 'Anna;=1+1;', 'Anna,=1', 'Anna; "=1', 'Anna\t@x', 'Anna\n=1', '＝1+1', '＋1', '－1', '−1', '＠x', 'Anna;＝1'];
  test.each(formulas)('A-17: a cashier who calls herself %j is no formula in a spreadsheet, whatever it takes for a separator', (name) => {
    for (const locale of ['en-US', 'fr-CA']) {
      const row = exported(name, locale);
      expect(row.replaceAll(/"(?:[^"]|"")*"/gu, '')).toMatch(/^([,;])\1{7}$/u);
      expect(unquoted(row)[5]!.replaceAll("'", '')).toBe(name);
      for (const cell of unquoted(row)) for (const part of cell.split(/[,;|\t\r\n]/u)) expect(part).not.toMatch(/^[\s\p{Cf}"]*[=＝+＋\-−－@＠%]/u);
    }
  });
});
