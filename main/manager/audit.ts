import type { AuditAction, AuditActor, AuditDetail, AuditFilter, AuditLine, AuditPage, AuditProblem, AuditTrouble } from '../../contract/audit.ts';
import type { Locked } from '../../contract/channels.ts';
import { type Result, disregard, failed, ok } from '../../contract/result.ts';
import { auditCsv } from './audit-csv.ts';
import { type IsStillOpen, LOCKED } from './guard.ts';
import type { SaveChosen } from './saved-file.ts';

/** The file of the audit log. */
export type AuditStore = {
  write(event: { readonly kind: AuditAction; readonly register: string; readonly who: AuditActor; readonly detail: AuditDetail }): Result<null, unknown>;
  read(filter: AuditFilter, before: number | null, limit: number): Result<readonly AuditLine[], unknown>;
  people(): Result<readonly string[], unknown>;
  trouble(): AuditTrouble | null;
  acknowledgeTrouble(): Result<null, unknown>;
};

export type AuditParts = {
  /** Null: it could not be opened. Payments go on; no setting, account or PIN is changed. */
  readonly store: () => AuditStore | null;
  readonly registerName: () => string;
  /** Saves a text in a file that the manager chooses. */
  readonly saveFile: SaveChosen;
  /** The operating system's, because its spreadsheet opens the export. BCP 47. */
  readonly systemLocale: () => string;
  readonly onUnwritable: (action: AuditAction) => void;
};

/** Records who did which action at this register, and when. */
export type Audit = {
  /** Called after the effect. A line that cannot be written is logged, and counted in the next line. */
  note(who: AuditActor, action: AuditAction, detail?: AuditDetail): void;
  /** Called before the effect, which must not happen when this fails. */
  noteFirst(who: AuditActor, action: AuditAction, detail?: AuditDetail): Result<null, { readonly kind: 'audit-unwritable' }>;
  page(filter: AuditFilter, before: number | null): Result<AuditPage, AuditProblem>;
  exportCsv(filter: AuditFilter, isStillOpen: IsStillOpen): Promise<Result<null, AuditProblem> | Locked>;
  acknowledgeTrouble(): Result<null, AuditProblem>;
};

const PAGE_LENGTH = 50;
const EXPORT_AT_ONCE = 1_000;

export const MANAGER: AuditActor = { role: 'manager', name: null };
export const COUNTER: AuditActor = { role: 'counter', name: null };
export const UNNAMED_CASHIER: AuditActor = { role: 'cashier', name: null };

export function createAudit({ store, registerName, saveFile, systemLocale, onUnwritable }: AuditParts): Audit {
  function noteFirst(who: AuditActor, action: AuditAction, detail: AuditDetail = {}): Result<null, { readonly kind: 'audit-unwritable' }> {
    const written = store()?.write({ kind: action, register: registerName(), who, detail });
    if (written?.kind === 'ok') return ok(null);
    onUnwritable(action);
    return failed({ kind: 'audit-unwritable' });
  }

  function readAll(filter: AuditFilter): Result<readonly AuditLine[], AuditProblem> {
    const lines: AuditLine[] = [];
    for (let before: number | null = null; ; ) {
      const read: Result<readonly AuditLine[], unknown> = store()?.read(filter, before, EXPORT_AT_ONCE) ?? failed(null);
      if (read.kind === 'failed') return failed({ kind: 'audit-unreadable' });
      lines.push(...read.value);
      if (read.value.length < EXPORT_AT_ONCE) return ok(lines);
      before = read.value.at(-1)!.sequence;
    }
  }

  return {
    note: (who, action, detail) => disregard(noteFirst(who, action, detail), 'it is logged and counted'),
    noteFirst,
    page(filter, before) {
      const read = store()?.read(filter, before, PAGE_LENGTH + 1);
      const people = store()?.people();
      if (read?.kind !== 'ok' || people?.kind !== 'ok') return failed({ kind: 'audit-unreadable' });
      return ok({ lines: read.value.slice(0, PAGE_LENGTH), hasMore: read.value.length > PAGE_LENGTH, people: people.value, trouble: store()?.trouble() ?? null });
    },
    async exportCsv(filter, isStillOpen) {
      const noted = noteFirst(MANAGER, 'log-exported', { group: filter.group, who: filter.who, day: filter.day });
      if (noted.kind === 'failed') return noted;
      const lines = readAll(filter);
      if (lines.kind === 'failed') return lines;
      const saved = await saveFile('counter-audit-log.csv', auditCsv(lines.value.toReversed(), systemLocale()), isStillOpen);
      if (saved.kind === 'ok') return ok(null);
      if (saved.failure.kind === 'locked') return LOCKED;
      return failed(saved.failure.kind === 'cancelled' ? { kind: 'export-cancelled' } : { kind: 'export-failed', code: saved.failure.code });
    },
    acknowledgeTrouble() {
      const settled = store()?.acknowledgeTrouble();
      return settled?.kind === 'ok' ? ok(null) : failed({ kind: 'audit-unwritable' });
    },
  };
}
