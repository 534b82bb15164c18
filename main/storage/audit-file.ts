import type { DatabaseSync } from 'node:sqlite';
import type { AuditAction, AuditFilter, AuditLine, AuditTrouble } from '../../contract/audit.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type JournalFailure, type JournalTrouble, type JournalUnreadable, type UntoldRepair, isTampering } from '../sale/journal.ts';
import type { NewEntry } from './append-only-log.ts';
import { eventText, hasLine, readLastLine, readLines, readPeople, readTime } from './audit-queries.ts';
import { failureOf } from './journal-trouble.ts';
import { type RecoveringLogParts, openRecoveringLog } from './recovering-log.ts';

/** The content of a line; the log adds the rest. */
type AuditEvent = Pick<AuditLine, 'register' | 'who' | 'detail'> & { readonly kind: AuditAction };

/** The audit log: two copies, a chain and a high-water mark, like the journal of the sales, in files of its own. */
export type AuditFile = {
  /** Durable when it returns ok. Refused lines are counted, and the count is written as soon as the log takes lines again. */
  write(event: AuditEvent): Result<null, JournalFailure>;
  /** Newest first, from before the line `before` on; at most `limit`. */
  read(filter: AuditFilter, before: number | null, limit: number): Result<readonly AuditLine[], JournalUnreadable>;
  /** Its last line: its number, and the link that sums up the whole log. Null: it cannot be read. */
  head(): { readonly sequence: number; readonly link: string } | null;
  /** Whether this was its last line at some time. Null: it cannot be read. */
  holds(head: { readonly sequence: number; readonly link: string }): boolean | null;
  /** Every name or role that a line carries. */
  people(): Result<readonly string[], JournalUnreadable>;
  /** Why no line can be written now; null: it can. The log retries by itself. */
  unusable(): JournalTrouble | null;
  /** The findings of its opening that no manager has seen yet. */
  trouble(): AuditTrouble | null;
  /** A manager has seen it. */
  acknowledgeTrouble(): Result<null, JournalFailure>;
  close(): void;
};

type AuditFileParts = Omit<RecoveringLogParts, 'missedEntry' | 'onTrouble' | 'onWritable'> & {
  readonly registerName: () => string;
  readonly onTrouble: (failure: JournalFailure) => void;
  /** It cannot be written any more, or can again. */
  readonly onChange: () => void;
};

/** Opens the audit log. When it breaks in use, it is repaired; when it cannot be opened or written, it is tried again until it can. */
export function openAuditFile(parts: AuditFileParts): AuditFile {
  /** Lines that could not be written, and since when (UTC). */
  let missed: { readonly count: number; readonly since: string } | null = null;
  let isClosed = false;
  const log = openRecoveringLog({
    ...parts,
    // The number of missing lines is written before the next line.
    missedEntry: () => (missed === null ? null : entryOf({ kind: 'lines-missed', register: parts.registerName(), who: { role: 'counter', name: null }, detail: missed })),
    onTrouble(failure, isChange) {
      parts.onTrouble(failure);
      if (isChange) parts.onChange();
    },
    onWritable() {
      missed = null;
      parts.onChange();
    },
  });

  function read<Value>(query: (database: DatabaseSync) => Value): Result<Value, JournalUnreadable> {
    const current = log.current();
    if (current === null) return failed({ kind: 'journal-unreadable', detail: 'The audit log is closed.' });
    try {
      return ok(query(current.database));
    } catch (error) {
      return failed({ kind: 'journal-unreadable', detail: failureOf(error).detail });
    }
  }

  return {
    write(event) {
      const written = log.write(entryOf(event));
      if (written.kind === 'failed' && !isClosed) missed = { count: (missed?.count ?? 0) + 1, since: missed?.since ?? parts.utcNow() };
      return written;
    },
    read: (filter, before, limit) => read((database) => readLines(database, filter, before, limit)),
    head: () => valueOf(read(readLastLine)),
    holds: (head) => valueOf(read((database) => hasLine(database, head))),
    people: () => read(readPeople),
    unusable: () => log.failure()?.reason ?? null,
    trouble() {
      const repairs = log.current()?.untoldRepairs();
      if (repairs === undefined || repairs.kind === 'failed' || repairs.value.length === 0) return null;
      const { sequence } = repairs.value[0]!;
      return troubleOf(repairs.value, valueOf(read((database) => readTime(database, sequence))) ?? parts.utcNow());
    },
    acknowledgeTrouble() {
      const current = log.current();
      const repairs = current?.untoldRepairs();
      if (current === null || repairs === undefined || repairs.kind === 'failed') return failed({ kind: 'journal-unwritable', reason: 'unknown', detail: 'The audit log cannot be read.' });
      for (const { sequence } of repairs.value) {
        const acknowledged = current.acknowledgeRepair(sequence);
        if (acknowledged.kind === 'failed') return acknowledged;
      }
      return ok(null);
    },
    close() {
      isClosed = true;
      log.close();
    },
  };
}

function entryOf(event: AuditEvent): NewEntry {
  return { saleId: null, event: { kind: event.kind, ...eventText.parse(event) }, state: null };
}

/** `at`: when the first of them was written (UTC). */
function troubleOf(repairs: readonly UntoldRepair[], at: string): AuditTrouble {
  return {
    kind: repairs.some(isTampering) ? 'tampered' : 'repaired',
    at,
    missing: repairs.flatMap(({ missing }) => missing),
    gapSinceUtc: repairs.map(({ gapSinceUtc }) => gapSinceUtc).filter((since) => since !== null).toSorted()[0] ?? null,
    setAside: repairs.flatMap(({ setAside }) => setAside),
  };
}

function valueOf<Value>(read: Result<Value, JournalUnreadable>): Value | null {
  return read.kind === 'ok' ? read.value : null;
}
