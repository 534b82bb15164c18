import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BEGINNING, type LinkedEntry, follow } from '../../main/storage/journal-chain.ts';
import { parseMirror, renderHeader, renderLine } from '../../main/storage/journal-mirror-line.ts';
import { backUp, makeFolder, openOrFail, recordAll, shopClock, stepsIn, stepsOfDay, unfinishedIn, verifyAll } from './journal-shop.ts';

/** Changes by a person with access to the files. The journal need not prevent them; it must detect them. */

const STEPS = 40;
const steps = stepsOfDay(STEPS);
let folder: string;
let file: string;
let mirrorFile: string;
beforeEach(() => {
  folder = makeFolder();
  file = join(folder, 'live.db');
  mirrorFile = join(folder, 'live.mirror', '000000000001.jsonl');
  const { journal } = openOrFail(file);
  recordAll(journal, steps);
  journal.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

/** With another SQLite tool, which can also drop and restore the triggers. */
function edit(...statements: readonly string[]): void {
  const database = new DatabaseSync(file);
  const triggers = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${String(name)}`);
  for (const statement of statements) database.exec(statement);
  for (const { sql } of triggers) database.exec(String(sql));
  database.close();
}

async function expectPutRight(health: unknown): Promise<void> {
  expect(health).toMatchObject({ kind: 'tampered', gapSinceUtc: null, missing: [] });
  expect(stepsIn(file)).toEqual(steps);
  const { journal, health: later } = openOrFail(file);
  expect(later).toEqual({ kind: 'sound' });
  expect(journal.unfinished()).toEqual({ kind: 'ok', value: unfinishedIn(steps) });
  expect(await verifyAll(journal)).toEqual({ kind: 'ok', value: null });
  journal.close();
}

const EDITS: readonly (readonly [string, ...string[]])[] = [
  ['the amount in one event is edited', `UPDATE entry SET event = replace(event, '1799', '179') WHERE sequence = 3`],
  ['the time of an event is edited', `UPDATE entry SET at = '2026-11-22T15:00:00.000Z' WHERE sequence = 3`],
  ['an event is given to another sale', `UPDATE entry SET sale_id = 'sale-9' WHERE sequence = 3`],
  ['the state behind an event is edited', `UPDATE entry SET state = replace(state, '1799', '179') WHERE sequence = 5`],
  ['the state of a sale is edited', `UPDATE sale SET state = replace(state, 'Café', 'Tea') WHERE id = 'sale-1'`],
  ['a sale in doubt is marked as left', `UPDATE sale SET state = json_set(state, '$.kind', 'left') WHERE kind = 'checking'`],
  ['a sale points at an older of its events', `UPDATE sale SET sequence = sequence - 1, state = (SELECT state FROM entry WHERE sequence = sale.sequence - 1) WHERE id = 'sale-1'`],
  ['a sale is deleted', `DELETE FROM sale WHERE id = 'sale-1'`],
  ['a sale is made up', `INSERT INTO sale (id, state, sequence) SELECT 'sale-x', json_set(state, '$.id', 'sale-x'), sequence FROM sale WHERE id = 'sale-1'`],
  ['an event is deleted', 'DELETE FROM entry WHERE sequence = 17'],
  ['an event is deleted and the numbers are closed up', 'DELETE FROM entry WHERE sequence = 17', 'UPDATE entry SET sequence = -(sequence - 1) WHERE sequence > 17', 'UPDATE entry SET sequence = -sequence WHERE sequence < 0'],
  ['two events change places', 'UPDATE entry SET sequence = 99 WHERE sequence = 7', 'UPDATE entry SET sequence = 7 WHERE sequence = 8', 'UPDATE entry SET sequence = 8 WHERE sequence = 99'],
  ['the first event is deleted', 'DELETE FROM entry WHERE sequence = 1'],
  ['an event is made up', `INSERT INTO entry SELECT 41, at, utc_offset_in_minutes, sale_id, event, state, link FROM entry WHERE sequence = 40`],
  ['a table is added', 'CREATE TABLE notes (text TEXT)'],
  ['a trigger makes up for what is deleted', 'CREATE TRIGGER sly AFTER INSERT ON entry BEGIN SELECT 1; END'],
];

describe('tampering with the database is detected and repaired', () => {
  test.each(EDITS)('when %s', async (_, ...statements) => {
    edit(...statements);
    const { journal, health } = openOrFail(file);
    journal.close();
    expect(health).toMatchObject({ database: 'altered', mirror: null, setAside: [expect.stringMatching(/^live\.damaged-.*\.db$/u)] });
    await expectPutRight(health);
    // The other version is the evidence.
    expect(readdirSync(folder)).toContain(health.kind === 'tampered' ? health.setAside[0] : '');
  });

  test.each(EDITS.slice(0, 13))('also when %s long ago: when the till is idle, or when the tail reaches it', async (_, ...statements) => {
    const before = openOrFail(file);
    recordAll(before.journal, stepsOfDay(30, 700));
    before.journal.close();
    edit(...statements);
    const { journal, health } = openOrFail(file, { tailLength: 8 });
    const verified = await verifyAll(journal);
    journal.close();
    if (health.kind === 'sound') {
      expect(verified).toMatchObject({ kind: 'failed', failure: { reason: 'damaged' } });
      const whole = openOrFail(file, { check: 'whole' });
      whole.journal.close();
      expect(whole.health).toMatchObject({ kind: 'tampered', database: 'altered', gapSinceUtc: null });
    } else {
      expect(health).toMatchObject({ kind: 'tampered', database: 'altered', gapSinceUtc: null });
    }
    expect(stepsIn(file)).toEqual([...steps, ...stepsOfDay(30, 700)]);
  });

  test('when the triggers that keep it append-only are gone, though nothing was changed yet', async () => {
    const database = new DatabaseSync(file);
    database.exec('DROP TRIGGER entry_is_never_deleted');
    database.close();
    const { journal, health } = openOrFail(file);
    journal.close();
    await expectPutRight(health);
  });

  test('when its newest events are deleted together with the head of the chain', () => {
    // The rest is a valid chain; only the mirror shows the change.
    edit(
      'DELETE FROM entry WHERE sequence > 36',
      'DELETE FROM sale WHERE id NOT IN (SELECT sale_id FROM entry)',
      'UPDATE sale SET sequence = (SELECT max(sequence) FROM entry WHERE sale_id = sale.id), state = (SELECT state FROM entry WHERE sale_id = sale.id ORDER BY sequence DESC LIMIT 1)',
    );
    const { journal, health } = openOrFail(file);
    journal.close();
    expect(health).toMatchObject({ kind: 'restored', database: 'behind', mirror: null, gapSinceUtc: null, missing: [] });
    expect(stepsIn(file)).toEqual(steps);
  });

  test('when its whole content is forged, link by link: the second copy has the true one', async () => {
    forgeDatabase();
    const { journal, health } = openOrFail(file);
    journal.close();
    expect(health).toMatchObject({ database: 'altered' });
    await expectPutRight(health);
  });
});

function entriesIn(path: string): readonly LinkedEntry[] {
  return parseMirror(readFileSync(path)).lines.map(({ entry }) => entry);
}

/** The same entries with another amount in the third, and every link computed anew. */
function forged(): readonly LinkedEntry[] {
  const chain: LinkedEntry[] = [];
  for (const { link: _, ...entry } of entriesIn(mirrorFile)) {
    const change = entry.sequence === 3 ? { event: entry.event.replace('1799', '179'), state: entry.state!.replace('1799', '179') } : {};
    chain.push(follow(chain.at(-1) ?? BEGINNING, { ...entry, ...change }));
  }
  return chain;
}

function forgeDatabase(): void {
  const quote = (text: string | null) => `'${String(text).replaceAll("'", "''")}'`;
  edit(...forged().map(({ sequence, event, state, link }) => `UPDATE entry SET event = ${quote(event)}, state = ${quote(state)}, link = '${link}' WHERE sequence = ${sequence}`));
}

function forgeMirror(): void {
  const chain = forged();
  writeFileSync(mirrorFile, Buffer.concat([renderHeader(BEGINNING), ...chain.map(renderLine)]));
  // After a backup a new file begins, with the head that it continues.
  for (const name of readdirSync(join(folder, 'live.mirror')).slice(1)) writeFileSync(join(folder, 'live.mirror', name), renderHeader(chain.at(-1)!));
}

function editMirror(change: (lines: readonly string[]) => readonly string[]): void {
  writeFileSync(mirrorFile, change(readFileSync(mirrorFile, 'utf8').split('\n')).join('\n'));
}

describe('tampering with the second copy is detected and repaired', () => {
  test.each<[string, () => void, string]>([
    ['a line is edited by hand', () => editMirror((lines) => lines.with(3, lines[3]!.replace('1799', '179'))), 'unreadable'],
    ['a line is deleted', () => editMirror((lines) => lines.toSpliced(5, 1)), 'altered'],
    ['two lines change places', () => editMirror((lines) => lines.with(5, lines[6]!).with(6, lines[5]!)), 'altered'],
    ['the newest lines are deleted', () => editMirror((lines) => [...lines.slice(0, -4), '']), 'behind'],
    ['a line is written twice', () => editMirror((lines) => lines.toSpliced(9, 0, lines[9]!)), 'altered'],
    ['a line is made up behind the last', () => editMirror((lines) => [...lines.slice(0, -1), lines.at(-2)!, '']), 'altered'],
    ['the first line is deleted', () => editMirror((lines) => lines.slice(1)), 'unreadable'],
  ])('when %s', (_, tamper, flaw) => {
    tamper();
    const { journal, health } = openOrFail(file);
    journal.close();
    expect(health).toMatchObject({ kind: flaw === 'altered' ? 'tampered' : 'restored', database: null, mirror: flaw, missing: [], setAside: [expect.stringMatching(/\.mirror$/u)] });
    expect(stepsIn(file)).toEqual(steps);
    const again = openOrFail(file, { check: 'whole' });
    expect(again.health).toEqual({ kind: 'sound' });
    again.journal.close();
  });

  test('when only its last line is missing, as after a power cut: it is written again', async () => {
    editMirror((lines) => [...lines.slice(0, -2), '']);
    const { journal, health } = openOrFail(file);
    expect(health).toEqual({ kind: 'interrupted' });
    expect(await verifyAll(journal)).toEqual({ kind: 'ok', value: null });
    journal.close();
    expect(entriesIn(mirrorFile)).toHaveLength(STEPS);
  });

  test('when its whole content is forged, and an earlier backup shows which version is true', async () => {
    const before = openOrFail(file);
    expect((await backUp(before.journal)).kind).toBe('ok');
    before.journal.close();
    forgeMirror();
    const { journal, health } = openOrFail(file, { check: 'whole' });
    journal.close();
    expect(health).toMatchObject({ kind: 'tampered', mirror: 'altered' });
    expect(stepsIn(file)).toEqual(steps);
  });
});

describe('tampering with both copies', () => {
  test('is detected when both are forged alike, and the backup repairs them', async () => {
    const before = openOrFail(file);
    expect((await backUp(before.journal)).kind).toBe('ok');
    before.journal.close();
    forgeDatabase();
    forgeMirror();
    const { journal, health } = openOrFail(file);
    journal.close();
    expect(health).toMatchObject({ kind: 'tampered', database: 'altered', mirror: 'altered' });
    expect(stepsIn(file)).toEqual(steps);
    const again = openOrFail(file, { check: 'whole' });
    expect(again.health).toEqual({ kind: 'sound' });
    again.journal.close();
  });

  test('is detected when both are forged alike without a backup: only the true content cannot be restored', () => {
    forgeDatabase();
    forgeMirror();
    const { journal, health } = openOrFail(file);
    journal.close();
    expect(health).toMatchObject({ kind: 'tampered', database: 'altered', mirror: 'altered', gapSinceUtc: '1970-01-01T00:00:00.000Z' });
  });

  test('is detected when the end of both is cut off alike, and the gap begins with the last remaining event', () => {
    edit(
      'DELETE FROM entry WHERE sequence > 36',
      'DELETE FROM sale WHERE id NOT IN (SELECT sale_id FROM entry)',
      'UPDATE sale SET sequence = (SELECT max(sequence) FROM entry WHERE sale_id = sale.id), state = (SELECT state FROM entry WHERE sale_id = sale.id ORDER BY sequence DESC LIMIT 1)',
    );
    editMirror((lines) => [...lines.slice(0, 37), '']);
    const { at } = entriesIn(mirrorFile).at(-1)!;
    const { journal, health } = openOrFail(file);
    journal.close();
    expect(health).toMatchObject({ kind: 'restored', database: 'behind', mirror: 'behind', gapSinceUtc: at });
    const again = openOrFail(file);
    expect(again.health).toEqual({ kind: 'sound' });
    again.journal.close();
  });

  test('is detected when everything but the backups is deleted', async () => {
    const before = openOrFail(file, shopClock());
    expect((await backUp(before.journal)).kind).toBe('ok');
    before.journal.close();
    for (const name of ['live.db', 'live.mirror', 'live.head']) rmSync(join(folder, name), { recursive: true });
    const { journal, health } = openOrFail(file);
    journal.close();
    expect(health).toMatchObject({ kind: 'restored', database: 'missing', mirror: 'missing', backup: '000000000040_2026-11-23.db' });
    expect(health).toHaveProperty('gapSinceUtc', expect.stringMatching(/^2026-11-23T15:00:4/u));
    expect(stepsIn(file)).toEqual(steps);
  });
});
