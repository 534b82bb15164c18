import type { AuditAction, AuditGroup, AuditProblem, AuditTrouble, LogNote } from '../../../contract/audit.ts';
import type { Formats } from '../formats.ts';
import type { Sentences } from '../sentences.ts';
import type { TurnedAway } from './manager.ts';

/* What the audit log says, line by line. */

export function englishAudit({ number, plural }: Formats) {
  const groups: Readonly<Record<AuditGroup, string>> = {
    access: 'PINs and access',
    settings: 'Settings and account',
    payments: 'Payments',
    counter: 'Counter itself',
  };
  const actions: Readonly<Record<AuditAction | LogNote, string>> = {
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
    'settings-exported': 'Settings exported',
    'policy-invalid': 'Company policy has a mistake',
    'page-changed': 'Card page changed',
    'log-exported': 'Audit log exported',
    'repair-settled': 'Repair seen by the manager',
    'lines-missed': 'Lines that could not be written',
    'log:repaired': 'Audit log repaired',
    'log:seen': 'Trouble with the audit log seen by the manager',
  };
  const details: Readonly<Record<string, string>> = {
    by: 'by',
    failures: 'wrong in a row',
    refusedMeanwhile: 'refused meanwhile',
    waitSeconds: 'seconds to wait',
    why: 'why',
    how: 'how',
    setting: 'setting',
    old: 'old',
    new: 'new',
    amountInCents: 'amount',
    chargedInCents: 'charged',
    result: 'result',
    last4: 'card ends in',
    sale: 'sale',
    action: 'action',
    for: 'for',
    subAccountId: 'sub account',
    name: 'name',
    mode: 'mode',
    through: 'way in',
    before: 'before',
    code: 'code',
    call: 'what',
    version: 'version',
    where: 'where',
    what: 'what was found',
    of: 'of',
    payment: 'payment',
    pin: 'PIN',
    count: 'lines',
    since: 'since',
    failed: 'could not be written',
  };
  /** What stands in a detail, where it is a word of Counter's. */
  const values: Readonly<Record<string, string>> = {
    secret: 'JustiFi secret',
    pin: 'PIN',
    provisioning: 'an administrator',
    idle: 'nobody was there',
    asked: 'by hand',
    first: 'for the first time',
    changed: 'changed',
    forgotten: 'after it was forgotten',
    client: 'client id and secret',
    broker: 'key server',
    test: 'test',
    live: 'live',
    paid: 'paid',
    accepted: 'accepted',
    declined: 'declined',
    'not-charged': 'not charged',
    'wrong-amount': 'wrong amount',
    late: 'paid',
    void: 'void',
    refund: 'refund',
    set: 'new',
    journal: 'record of payments',
  };
  const problem: Sentences<AuditProblem | TurnedAway> = {
    'audit-unreadable': 'The audit log cannot be read. Restart Counter, then call whoever looks after this PC.',
    'audit-unwritable': 'The audit log cannot be written, so nothing was done. Check this PC’s disk.',
    'export-failed': 'The file could not be written there. Choose another place.',
    'export-cancelled': 'No file was written.',
    locked: 'The manager’s side locked itself. Enter the PIN and try again.',
    refused: 'That did not work. Restart Counter and try again.',
  };
  return {
    groups,
    actions,
    details,
    values,
    problem,
    title: 'Audit log',
    filter: 'Filter',
    what: 'What',
    everything: 'Everything',
    who: 'Who',
    everybody: 'Everybody',
    day: 'Day',
    export: 'Export as CSV',
    exported: 'The file was written.',
    seen: 'Seen',
    older: 'Show older lines',
    nothing: 'Nothing found.',
    when: 'When',
    detailsColumn: 'Details',
    manager: 'Manager',
    unnamedCashier: 'Cashier without a name',
    counter: 'Counter',
    trouble({ kind, missing, gapSinceUtc }: AuditTrouble): string {
      const lost = missing.reduce((sum, { from, to }) => sum + to - from + 1, 0);
      const gap =
        lost > 0 ? plural(lost, { one: 'One line is missing. ', other: `${number(lost)} lines are missing. ` }) : gapSinceUtc === null ? 'No line is missing. ' : 'The newest lines may be missing. ';
      return kind === 'tampered' ? `Somebody changed this log from outside Counter. ${gap}The changed files were kept.` : `This log was damaged and repaired. ${gap}The damaged files were kept.`;
    },
  };
}

export type AuditWords = ReturnType<typeof englishAudit>;
