import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { AUDIT_GROUPS, LOG_NOTES, type AuditFilter, type AuditLine, auditActor, auditDetail } from '../../contract/audit.ts';
import { reportedText } from '../../contract/text.ts';
import type { Head } from './journal-chain.ts';

const actions = Object.values(AUDIT_GROUPS).flat();
export const eventText = z.object({ register: reportedText(), who: auditActor, detail: auditDetail });
export const eventShape = eventText.extend({ kind: z.enum(actions) });
const noteShape = z.object({ kind: z.enum(LOG_NOTES) });
const headShape = z.object({ sequence: z.int(), link: z.string() });
const rowShape = z.object({ sequence: z.int(), at: z.string(), utc_offset_in_minutes: z.int(), event: z.string() });

/** A person without a name is shown by the role. */
const NAME = `coalesce(event ->> '$.who.name', event ->> '$.who.role', 'counter')`;
const LINES = `
  SELECT sequence, at, utc_offset_in_minutes, event FROM entry
  WHERE sequence < ? AND (? IS NULL OR instr(?, '|' || kind || '|') > 0) AND (? IS NULL OR ${NAME} = ?)
    AND (? IS NULL OR date(at, utc_offset_in_minutes || ' minutes') = ?)
  ORDER BY sequence DESC LIMIT ?`;

/** Newest first, from before the line `before` on; at most `limit`. Throws where it cannot be read, as all of these do. */
export function readLines(database: DatabaseSync, { group, who, day }: AuditFilter, before: number | null, limit: number): readonly AuditLine[] {
  const kinds = group === null ? null : `|${[...AUDIT_GROUPS[group], ...(group === 'counter' ? LOG_NOTES : [])].join('|')}|`;
  return database.prepare(LINES).all(before ?? Number.MAX_SAFE_INTEGER, kinds, kinds, who, who, day, day, limit).map(parseLine);
}

export function readLastLine(database: DatabaseSync): Pick<Head, 'sequence' | 'link'> {
  return headShape.parse(database.prepare('SELECT sequence, link FROM entry ORDER BY sequence DESC LIMIT 1').get());
}

export function hasLine(database: DatabaseSync, { sequence, link }: Pick<Head, 'sequence' | 'link'>): boolean {
  return database.prepare('SELECT 1 FROM entry WHERE sequence = ? AND link = ?').get(sequence, link) !== undefined;
}

/** When the line was written (UTC). */
export function readTime(database: DatabaseSync, sequence: number): string {
  return z.object({ at: z.string() }).parse(database.prepare('SELECT at FROM entry WHERE sequence = ?').get(sequence)).at;
}

/** Every name or role that a line carries. */
export function readPeople(database: DatabaseSync): readonly string[] {
  const rows = database.prepare(`SELECT DISTINCT ${NAME} AS name FROM entry ORDER BY name`).all();
  return rows.map((row) => z.object({ name: z.string() }).parse(row).name);
}

/** The log's entries about itself are lines as well. */
function parseLine(row: unknown): AuditLine {
  const { sequence, at, utc_offset_in_minutes: utcOffsetInMinutes, event } = rowShape.parse(row);
  const json: unknown = JSON.parse(event);
  const parsed = eventShape.safeParse(json);
  if (parsed.success) {
    const { kind: action, register, who, detail } = parsed.data;
    return { sequence, at, utcOffsetInMinutes, register, who, action, detail };
  }
  const note = noteShape.parse(json);
  return { sequence, at, utcOffsetInMinutes, register: '', who: { role: 'counter', name: null }, action: note.kind, detail: {} };
}
