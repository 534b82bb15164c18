import { z } from 'zod';
import { AUDIT_GROUPS, LOG_NOTES, type AuditAction, type AuditFilter, type AuditLine, type AuditTrouble, auditActor, auditDetail } from '../../contract/audit.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { reportedText } from '../../contract/text.ts';
import { type JournalFailure, type JournalHealth, type JournalTrouble, type JournalUnreadable, isTampering } from '../sale/journal.ts';
import type { Timers } from '../sale/timers.ts';
import { maintainJournal } from './journal-maintenance.ts';
import type { JournalWork } from './journal-work.ts';
import { failureOf } from './journal-trouble.ts';
import { type JournalParts, type AppendOnlyLog, openAppendOnlyLog } from './append-only-log.ts';

/** What is written; the rest of a line is added by the log. */
type AuditEvent = Pick<AuditLine, 'register' | 'who' | 'detail'> & { readonly kind: AuditAction };

/** The audit log: two copies, a chain and a highWaterMark, as the journal of the sales has them, in files of its own. */
export type AuditFile = {
  /** Durable when it returns ok. What is refused is counted, and the count is written as soon as the log takes lines again. */
  write(event: AuditEvent): Result<null, JournalFailure>;
  /** Newest first, from before the line `before` on; at most `limit`. */
  read(filter: AuditFilter, before: number | null, limit: number): Result<readonly AuditLine[], JournalUnreadable>;
  /** Its last line: number, and what sums up all of it. Null: it cannot be read. */
  head(): { readonly sequence: number; readonly link: string } | null;
  /** Was this its last line once? Null: it cannot be read. */
  holds(head: { readonly sequence: number; readonly link: string }): boolean | null;
  /** Every name or role that a line carries. */
  people(): Result<readonly string[], JournalUnreadable>;
  /** Why no line can be written at this moment; null: it can. It is tried again by itself. */
  unusable(): JournalTrouble | null;
  /** What was found when it was opened and that no manager has seen yet. */
  trouble(): AuditTrouble | null;
  /** A manager has seen it. */
  acknowledgeTrouble(): Result<null, JournalFailure>;
  close(): void;
};

type AuditFileParts = Omit<JournalParts, 'check'> & {
  readonly timers: Timers;
  readonly work: JournalWork;
  readonly registerName: () => string;
  /** Anything but sound, found at the start or while it is in use. */
  readonly onHealth: (health: JournalHealth) => void;
  readonly onTrouble: (failure: JournalFailure) => void;
  /** It cannot be written any more, or can again. */
  readonly onChange: () => void;
};

/** A full disk may have room again; the till should not need a restart for that. */
const AGAIN_AFTER_MS = 15_000;
/** Another program is seldom long at it. */
const IN_USE_AGAIN_AFTER_MS = 1_000;

const actions = Object.values(AUDIT_GROUPS).flat();
const eventText = z.object({ register: reportedText(), who: auditActor, detail: auditDetail });
export const eventShape = eventText.extend({ kind: z.enum(actions) });
const headShape = z.object({ sequence: z.int(), link: z.string() });
const rowShape = z.object({ sequence: z.int(), at: z.string(), utc_offset_in_minutes: z.int(), event: z.string() });

/** A person without a name is shown by the role. */
const NAME = `coalesce(event ->> '$.who.name', event ->> '$.who.role', 'counter')`;
const LINES = `
  SELECT sequence, at, utc_offset_in_minutes, event FROM entry
  WHERE sequence < ? AND (? IS NULL OR instr(?, '|' || kind || '|') > 0) AND (? IS NULL OR ${NAME} = ?)
    AND (? IS NULL OR date(at, utc_offset_in_minutes || ' minutes') = ?)
  ORDER BY sequence DESC LIMIT ?`;

/**
 * Opens the audit log and maintains it: a check of every line and a backup each day. When it breaks in use, it is repaired; when it
 * cannot be opened or written, it is tried again until it can.
 */
export function openAuditFile(parts: AuditFileParts): AuditFile {
  let log: AppendOnlyLog | null = null;
  let endMaintenance = () => {};
  /** Null: lines can be written, as far as is known. */
  let failure: JournalFailure | null = null;
  /** Lines that could not be written, and since when (UTC). */
  let missed: { readonly count: number; readonly since: string } | null = null;
  let callOffAgain = () => {};
  let isClosed = false;

  function open(check: 'tail' | 'whole'): void {
    const opened = openAppendOnlyLog({ ...parts, check });
    if (opened.kind === 'failed') return cannot(opened.failure);
    log = opened.value.log;
    endMaintenance = maintainJournal(log, { timers: parts.timers, work: parts.work, onNoBackup: parts.onTrouble, onNotChecked: parts.onTrouble, onDamaged: foundDamaged });
    if (opened.value.health.kind !== 'sound') parts.onHealth(opened.value.health);
    if (failure !== null) catchUp();
  }

  function foundDamaged(found: JournalFailure): void {
    parts.onTrouble(found);
    repair();
  }

  function repair(): void {
    letGo();
    open('whole');
  }

  function letGo(): void {
    endMaintenance();
    endMaintenance = () => {};
    log?.close();
    log = null;
  }

  function cannot(found: JournalFailure): void {
    const isNew = failure?.reason !== found.reason;
    failure = found;
    callOffAgain();
    callOffAgain = parts.timers.after(found.reason === 'in-use' ? IN_USE_AGAIN_AFTER_MS : AGAIN_AFTER_MS, () => (found.reason === 'damaged' ? repair() : log === null ? open('tail') : catchUp()));
    if (!isNew) return;
    parts.onTrouble(found);
    parts.onChange();
  }

  /** Before the next line stands how many are not there. */
  function catchUp(): void {
    if (missed !== null) {
      const written = append({ kind: 'lines-missed', register: parts.registerName(), who: { role: 'counter', name: null }, detail: missed });
      if (written.kind === 'failed') return;
    }
    missed = null;
    failure = null;
    callOffAgain();
    parts.onChange();
  }

  function append(event: AuditEvent): Result<null, JournalFailure> {
    const entry = { saleId: null, event: { kind: event.kind, ...eventText.parse(event) }, state: null };
    const written = log?.append(entry) ?? failed(failure ?? CLOSED);
    if (written.kind === 'ok' || log === null) return written;
    cannot(written.failure);
    return written;
  }

  function write(event: AuditEvent): Result<null, JournalFailure> {
    if (failure !== null && log !== null) catchUp();
    let written = failure === null ? append(event) : failed(failure);
    if (written.kind === 'failed' && written.failure.reason === 'damaged' && log !== null) {
      repair();
      if (failure === null) written = append(event);
    }
    if (written.kind === 'failed' && !isClosed) missed = { count: (missed?.count ?? 0) + 1, since: missed?.since ?? parts.utcNow() };
    return written;
  }

  open('tail');

  function read<Value>(query: (kept: AppendOnlyLog) => Value): Result<Value, JournalUnreadable> {
    if (log === null) return failed({ kind: 'journal-unreadable', detail: 'The audit log is closed.' });
    try {
      return ok(query(log));
    } catch (error) {
      return failed({ kind: 'journal-unreadable', detail: failureOf(error).detail });
    }
  }

  return {
    write,
    read(filter, before, limit) {
      const kinds = filter.group === null ? null : `|${[...AUDIT_GROUPS[filter.group], ...(filter.group === 'counter' ? LOG_NOTES : [])].join('|')}|`;
      const { who, day } = filter;
      return read(({ database }) => database.prepare(LINES).all(before ?? Number.MAX_SAFE_INTEGER, kinds, kinds, who, who, day, day, limit).map(parseLine));
    },
    head() {
      const row = read(({ database }) => headShape.parse(database.prepare('SELECT sequence, link FROM entry ORDER BY sequence DESC LIMIT 1').get()));
      return row.kind === 'ok' ? row.value : null;
    },
    holds({ sequence, link }) {
      const row = read(({ database }) => database.prepare('SELECT 1 FROM entry WHERE sequence = ? AND link = ?').get(sequence, link));
      return row.kind === 'ok' ? row.value !== undefined : null;
    },
    people: () => read(({ database }) => database.prepare(`SELECT DISTINCT ${NAME} AS name FROM entry ORDER BY name`).all().map((row) => z.object({ name: z.string() }).parse(row).name)),
    trouble() {
      const repairs = log?.untoldRepairs();
      if (repairs === undefined || repairs.kind === 'failed' || repairs.value.length === 0) return null;
      const kind = repairs.value.some(isTampering) ? 'tampered' : 'repaired';
      const first = repairs.value[0]!;
      return {
        kind,
        at: atOf(first.sequence),
        missing: repairs.value.flatMap(({ missing }) => missing),
        gapSinceUtc: repairs.value.map(({ gapSinceUtc }) => gapSinceUtc).filter((since) => since !== null).toSorted()[0] ?? null,
        setAside: repairs.value.flatMap(({ setAside }) => setAside),
      };
    },
    acknowledgeTrouble() {
      const repairs = log?.untoldRepairs();
      if (log === null || repairs === undefined || repairs.kind === 'failed') return failed({ kind: 'journal-unwritable', reason: 'unknown', detail: 'The audit log cannot be read.' });
      for (const { sequence } of repairs.value) {
        const settled = log.acknowledgeRepair(sequence);
        if (settled.kind === 'failed') return settled;
      }
      return ok(null);
    },
    unusable: () => failure?.reason ?? null,
    close() {
      isClosed = true;
      callOffAgain();
      letGo();
    },
  };

  function atOf(sequence: number): string {
    const row = read(({ database }) => z.object({ at: z.string() }).parse(database.prepare('SELECT at FROM entry WHERE sequence = ?').get(sequence)));
    return row.kind === 'ok' ? row.value.at : parts.utcNow();
  }
}

const CLOSED: JournalFailure = { kind: 'journal-unwritable', reason: 'unknown', detail: 'The audit log is closed.' };

const noteShape = z.object({ kind: z.enum(LOG_NOTES) });

/** What the log writes about itself is a line as well. */
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
