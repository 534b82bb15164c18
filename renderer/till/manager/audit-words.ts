import type { AuditAction, AuditDetail, AuditGroup, AuditProblem, AuditTrouble } from '../../../contract/audit.ts';
import { assertNever } from '../../../contract/result.ts';
import { LOCALE } from '../words.ts';

/* What the audit log says, line by line. */

export const GROUP_WORDS: Readonly<Record<AuditGroup, string>> = {
  access: 'PINs and access',
  settings: 'Settings and account',
  payments: 'Payments',
  counter: 'Counter itself',
};

export const ACTION_WORDS: Readonly<Record<AuditAction, string>> = {
  'login-ok': 'Manager’s side opened',
  'login-failed': 'Wrong PIN or secret',
  'locked-out': 'Locked out after wrong PINs',
  locked: 'Manager’s side locked',
  'manager-refused': 'Refused: manager’s side was locked',
  'pin-set': 'Manager PIN set',
  'cashier-in': 'Cashier signed in',
  'cashier-out': 'Cashier signed out',
  'cashier-failed': 'Wrong cashier PIN',
  override: 'Allowed by the manager',
  'setting-changed': 'Setting changed',
  'account-connected': 'JustiFi account connected',
  'account-refused': 'JustiFi account not connected',
  'account-disconnected': 'JustiFi account disconnected',
  'charge-started': 'Charge pressed',
  'charge-result': 'Result of a charge',
  'not-allowed': 'Needs the manager',
  'payment-left': 'Next customer served, result open',
  'payment-late': 'Earlier payment went through',
  'payment-kept': 'Earlier payment kept',
  'return-asked': 'Void or refund asked',
  'return-done': 'Voided or refunded',
  'return-refused': 'Void or refund refused',
  'wrong-amount-seen': 'Wrong amount seen, the till goes on',
  'counter-started': 'Counter started',
  'log-exported': 'Audit log exported',
  'journal-repaired': 'Audit log repaired',
  'repair-settled': 'Repair seen by the manager',
};

const DETAIL_WORDS: Readonly<Record<string, string>> = {
  by: 'by',
  failures: 'wrong in a row',
  refusedMeanwhile: 'refused meanwhile',
  waitSeconds: 'seconds to wait',
  why: 'why',
  how: 'how',
  setting: 'setting',
  old: 'old',
  new: 'new',
  amountInCents: 'cents',
  chargedInCents: 'charged cents',
  result: 'result',
  last4: 'card ends in',
  sale: 'sale',
  action: 'action',
  for: 'for',
};

/** "setting: limits.largestInCents, old: 1000, new: 2000" */
export function detailWords(detail: AuditDetail): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== 0)
    .map(([name, value]) => `${DETAIL_WORDS[name] ?? name}: ${String(value)}`)
    .join(', ');
}

export function personWords(name: string): string {
  if (name === 'manager') return 'Manager';
  if (name === 'cashier') return 'Cashier without a name';
  return name === 'counter' ? 'Counter' : name;
}

/** The time on the wall where it happened, whatever this PC's clock says now. */
export function whenWords(at: string, utcOffsetInMinutes: number): string {
  const local = new Date(Date.parse(at) + utcOffsetInMinutes * 60_000);
  return new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'medium' }).format(local);
}

export function auditTroubleSentence({ kind, missing, gapSinceUtc }: AuditTrouble): string {
  const lost = missing.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const gap = lost > 0 ? `${lost} lines are missing. ` : gapSinceUtc === null ? 'No line is missing. ' : 'The newest lines may be missing. ';
  return kind === 'tampered' ? `Somebody changed this log from outside Counter. ${gap}The changed files were kept.` : `This log was damaged and repaired. ${gap}The damaged files were kept.`;
}

export function auditSentence(problem: AuditProblem | { readonly kind: 'refused' | 'locked' }): string {
  switch (problem.kind) {
    case 'audit-unreadable':
      return 'The audit log cannot be read. Restart Counter, then call whoever looks after this PC.';
    case 'audit-unwritable':
      return 'The audit log cannot be written, so nothing was done. Check this PC’s disk.';
    case 'export-failed':
      return 'The file could not be written there. Choose another place.';
    case 'export-cancelled':
      return 'No file was written.';
    case 'locked':
      return 'The manager’s side locked itself. Enter the PIN and try again.';
    case 'refused':
      return 'That did not work. Restart Counter and try again.';
    default:
      return assertNever(problem);
  }
}
