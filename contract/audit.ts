import { z } from 'zod';

/** What the audit log can hold, by what a manager looks for. A new action is put into a group here, or does not compile. */
export const AUDIT_GROUPS = {
  access: ['login-ok', 'login-failed', 'locked-out', 'locked', 'manager-refused', 'pin-set', 'cashier-in', 'cashier-out', 'cashier-failed', 'override'],
  settings: ['setting-changed', 'account-connected', 'account-refused', 'account-disconnected'],
  payments: ['charge-started', 'charge-result', 'payment-left', 'payment-late', 'payment-kept', 'payment-ended', 'reversal-asked', 'reversal-done', 'reversal-refused', 'not-allowed', 'wrong-amount-seen'],
  counter: ['counter-started', 'log-exported', 'settings-exported', 'policy-invalid', 'page-changed', 'repair-settled', 'lines-missed'],
} as const;
export type AuditGroup = keyof typeof AUDIT_GROUPS;
export type AuditAction = (typeof AUDIT_GROUPS)[AuditGroup][number];
export const AUDIT_GROUP_NAMES = Object.keys(AUDIT_GROUPS) as AuditGroup[];

/** What the log writes about itself. Words of their own, which nobody else can write (main/storage/kept-log.ts); shown with Counter's own. */
export const LOG_NOTES = ['log:repaired', 'log:seen'] as const;
export type LogNote = (typeof LOG_NOTES)[number];

/** Who did it: the manager, the cashier who is signed in (by name, where there are names), or Counter by itself. */
export const auditActor = z.object({ role: z.enum(['manager', 'cashier', 'counter']), name: z.string().max(60).nullable() });
export type AuditActor = z.infer<typeof auditActor>;

/** Never a secret, never a card number: what is put in is named field by field. */
export const auditDetail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
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

/** Null: everything. `day` is the day on the wall, "2026-11-25". */
export type AuditFilter = { readonly group: AuditGroup | null; readonly who: string | null; readonly day: string | null };

export type AuditPage = {
  /** Newest first. */
  readonly lines: readonly AuditLine[];
  readonly hasMore: boolean;
  /** Whose name or role stands in the log at all, for the filter. */
  readonly people: readonly string[];
  readonly trouble: AuditTrouble | null;
};

/** The log is not as Counter wrote it. `missing`: numbers of lines that no copy holds any more. */
export type AuditTrouble = {
  readonly kind: 'tampered' | 'repaired';
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
