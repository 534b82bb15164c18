import { z } from 'zod';
import { AUDIT_GROUPS, type AuditAction, type AuditFilter, type AuditLine, type AuditTrouble, auditActor, auditDetail } from '../../contract/audit.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type JournalFailure, type JournalHealth, type JournalUnreadable, isTampering } from '../sale/journal.ts';
import type { Timers } from '../sale/timers.ts';
import { careFor } from './journal-care.ts';
import { failureOf } from './journal-trouble.ts';
import { type JournalParts, type KeptLog, openKeptLog } from './kept-log.ts';

/** What is written; the rest of a line is the keeper's. */
export type AuditEvent = Pick<AuditLine, 'register' | 'who' | 'detail'> & { readonly kind: AuditAction };

/** The audit log: two copies, a chain and a witness, as the journal of the sales has them, in files of its own. */
export type AuditFile = {
  /** Durable when it returns ok. */
  write(event: AuditEvent): Result<null, JournalFailure>;
  /** Newest first, from before the line `before` on; at most `limit`. */
  read(filter: AuditFilter, before: number | null, limit: number): Result<readonly AuditLine[], JournalUnreadable>;
  /** Every name or role that a line carries. */
  people(): Result<readonly string[], JournalUnreadable>;
  /** What was found when it was opened and that no manager has seen yet. */
  trouble(): AuditTrouble | null;
  /** A manager has seen it. */
  settleTrouble(): Result<null, JournalFailure>;
  close(): void;
};

export type AuditFileParts = Omit<JournalParts, 'check'> & {
  readonly timers: Timers;
  /** Anything but sound, found at the start or while it is in use. */
  readonly onHealth: (health: JournalHealth) => void;
  readonly onTrouble: (failure: JournalFailure) => void;
};

const actions = Object.values(AUDIT_GROUPS).flat();
const eventShape = z.object({ kind: z.enum(actions), register: z.string(), who: auditActor, detail: auditDetail });
const rowShape = z.object({ sequence: z.int(), at: z.string(), utc_offset_in_minutes: z.int(), event: z.string() });

/** A role stands for whoever has no name. */
const NAME = `coalesce(event ->> '$.who.name', event ->> '$.who.role', 'counter')`;
const LINES = `
  SELECT sequence, at, utc_offset_in_minutes, event FROM entry
  WHERE sequence < ? AND (? IS NULL OR instr(?, '|' || kind || '|') > 0) AND (? IS NULL OR ${NAME} = ?)
    AND (? IS NULL OR date(at, utc_offset_in_minutes || ' minutes') = ?)
  ORDER BY sequence DESC LIMIT ?`;

/** Opens the audit log and looks after it: a check of every line and a backup each day. When it breaks in use, it is repaired. */
export function openAuditFile(parts: AuditFileParts): Result<AuditFile, JournalFailure> {
  const begun = openSound('tail');
  if (begun.kind === 'failed') return begun;
  let log: KeptLog | null = begun.value;
  let endCare = care(begun.value);

  function openSound(check: 'tail' | 'whole'): Result<KeptLog, JournalFailure> {
    const opened = openKeptLog({ ...parts, check });
    if (opened.kind === 'failed') return opened;
    if (opened.value.health.kind !== 'sound') parts.onHealth(opened.value.health);
    return ok(opened.value.log);
  }

  function care(kept: KeptLog): () => void {
    return careFor(kept, { timers: parts.timers, onNoBackup: parts.onTrouble, onDamaged: repair });
  }

  function repair(found: JournalFailure): void {
    parts.onTrouble(found);
    close();
    const opened = openSound('whole');
    if (opened.kind === 'failed') {
      parts.onTrouble(opened.failure);
      return;
    }
    log = opened.value;
    endCare = care(opened.value);
  }

  function close(): void {
    endCare();
    log?.close();
    log = null;
  }

  function read<Value>(query: (kept: KeptLog) => Value): Result<Value, JournalUnreadable> {
    if (log === null) return failed({ kind: 'journal-unreadable', detail: 'The audit log is closed.' });
    try {
      return ok(query(log));
    } catch (error) {
      return failed({ kind: 'journal-unreadable', detail: failureOf(error).detail });
    }
  }

  return ok({
    write(event) {
      if (log === null) return failed({ kind: 'journal-unwritable', reason: 'unknown', detail: 'The audit log is closed.' });
      const entry = { saleId: null, event: JSON.stringify(event), state: null };
      const written = log.append(entry);
      if (written.kind === 'ok' || written.failure.reason !== 'damaged') return written;
      repair(written.failure);
      return log.append(entry);
    },
    read(filter, before, limit) {
      const kinds = filter.group === null ? null : `|${AUDIT_GROUPS[filter.group].join('|')}|`;
      const { who, day } = filter;
      return read(({ database }) => database.prepare(LINES).all(before ?? Number.MAX_SAFE_INTEGER, kinds, kinds, who, who, day, day, limit).map(parseLine));
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
    settleTrouble() {
      const repairs = log?.untoldRepairs();
      if (log === null || repairs === undefined || repairs.kind === 'failed') return failed({ kind: 'journal-unwritable', reason: 'unknown', detail: 'The audit log cannot be read.' });
      for (const { sequence } of repairs.value) {
        const settled = log.settleRepair(sequence);
        if (settled.kind === 'failed') return settled;
      }
      return ok(null);
    },
    close,
  });

  function atOf(sequence: number): string {
    const row = read(({ database }) => z.object({ at: z.string() }).parse(database.prepare('SELECT at FROM entry WHERE sequence = ?').get(sequence)));
    return row.kind === 'ok' ? row.value.at : parts.utcNow();
  }
}

/** What the log writes about itself is a line as well. */
function parseLine(row: unknown): AuditLine {
  const { sequence, at, utc_offset_in_minutes: utcOffsetInMinutes, event } = rowShape.parse(row);
  const json: unknown = JSON.parse(event);
  const parsed = eventShape.safeParse(json);
  if (parsed.success) {
    const { kind: action, register, who, detail } = parsed.data;
    return { sequence, at, utcOffsetInMinutes, register, who, action, detail };
  }
  const note = z.object({ kind: z.enum(['journal-repaired', 'repair-settled']) }).parse(json);
  return { sequence, at, utcOffsetInMinutes, register: '', who: { role: 'counter', name: null }, action: note.kind, detail: {} };
}
