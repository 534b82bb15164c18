import { z } from 'zod';
import { reportedText } from './text.ts';

/** The actions in the audit log, grouped for the manager's filter. A new action does not compile until it is in a group. */
export const AUDIT_GROUPS = {
  access: ['login-ok', 'login-failed', 'locked-out', 'locked', 'manager-refused', 'pin-set', 'pin-restored', 'cashier-in', 'cashier-out', 'cashier-failed', 'override'],
  settings: ['setting-changed', 'account-connected', 'account-refused', 'account-disconnected'],
  payments: ['charge-started', 'charge-result', 'payment-unresolved', 'payment-late', 'payment-kept', 'payment-ended', 'payment-trouble', 'payment-trouble-seen', 'reversal-asked', 'reversal-done', 'reversal-refused', 'not-allowed', 'wrong-amount-seen', 'receipt-copied', 'report-copied', 'drawer-opened', 'day-closed', 'card-saved', 'saved-card-removed', 'customer-forgotten'],
  counter: ['counter-started', 'register-stopped', 'register-copied', 'log-replaced', 'log-exported', 'settings-exported', 'policy-invalid', 'page-changed', 'repair-acknowledged', 'journal-compared', 'lines-missed'],
} as const;
export type AuditGroup = keyof typeof AUDIT_GROUPS;
export type AuditAction = (typeof AUDIT_GROUPS)[AuditGroup][number];
export const AUDIT_GROUP_NAMES = Object.keys(AUDIT_GROUPS) as AuditGroup[];

/** Entries of the log about itself. Only the log can write them (main/storage/append-only-log.ts); shown with Counter's lines. */
export const LOG_NOTES = ['log:repaired', 'log:seen'] as const;
export type LogNote = (typeof LOG_NOTES)[number];

/** The person: the manager, the cashier who is signed in (by name, where there are names), or Counter itself. */
export const auditActor = z.object({ role: z.enum(['manager', 'cashier', 'counter']), name: reportedText().nullable() });
export type AuditActor = z.infer<typeof auditActor>;

/** Never a secret, never a card number: every field is listed by name. */
export const auditDetail = z.record(reportedText(), z.union([reportedText(), z.number(), z.boolean(), z.null()]));
export type AuditDetail = Readonly<z.infer<typeof auditDetail>>;

/** One line of the audit log. `at` is UTC, ISO 8601. */
export type AuditLine = {
  readonly sequence: number;
  readonly at: string;
  readonly utcOffsetInMinutes: number;
  readonly register: string;
  readonly who: AuditActor;
  readonly action: AuditAction | LogNote;
  readonly detail: AuditDetail;
};

/** Null: everything. `day` is the local calendar day, "2026-11-25". */
export type AuditFilter = { readonly group: AuditGroup | null; readonly who: string | null; readonly day: string | null };

export type AuditPage = {
  /** Newest first. */
  readonly lines: readonly AuditLine[];
  readonly hasMore: boolean;
  /** Every name or role in the log, for the filter. */
  readonly people: readonly string[];
  readonly trouble: AuditTrouble | null;
};

/** The log is not as Counter wrote it. `missing`: numbers of lines that no copy holds any more. */
export type AuditTrouble = {
  /** `replaced`: it is consistent, but does not match the last line that the keychain holds. */
  readonly kind: 'tampered' | 'repaired' | 'replaced';
  readonly at: string;
  readonly missing: readonly { readonly from: number; readonly to: number }[];
  /** Since when (UTC) lines may be missing; null when the copies prove that none are. */
  readonly gapSinceUtc: string | null;
  readonly setAside: readonly string[];
};

export type AuditProblem =
  | { readonly kind: 'audit-unreadable' }
  | { readonly kind: 'audit-unwritable' }
  | { readonly kind: 'export-failed'; readonly code: string }
  | { readonly kind: 'export-cancelled' };

/** A name as the filter and the log have it. */
export function actorName({ role, name }: AuditActor): string {
  return name ?? role;
}
