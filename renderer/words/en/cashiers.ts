import type { CashierProblem, GuardedAction, RightProblem } from '../../../contract/cashier.ts';
import type { Formats } from '../formats.ts';
import type { Sentences } from '../sentences.ts';
import type { ManagerWords, TurnedAway } from './manager.ts';
import { say } from '../sentences.ts';

/* What cashiers and their manager read about who may do what. */

export function englishCashiers({ wait }: Formats, { access }: Pick<ManagerWords, 'access'>) {
  const minutes = (seconds: number) => wait(seconds, { minutes: 'minutes' });
  const right: Sentences<RightProblem> = {
    'needs-manager': 'Only the manager may allow that.',
    'needs-sign-in': 'Sign in first.',
    'not-allowed-by-manager': ({ problem }) => say(access, problem),
  };
  const problem: Sentences<CashierProblem | TurnedAway> = {
    ...access,
    'cashier-unknown': 'This cashier is not on this register any more.',
    'cashier-name-empty': 'Type the name.',
    'cashier-name-taken': 'This name is taken. Use another, such as “Anna B.”',
    'too-many-cashiers': 'There is no room for more cashiers. Remove one first.',
    'manager-pin-first': 'Set a manager PIN first.',
    'sale-in-progress': 'A payment is under way. Finish it first.',
    'audit-unwritable': 'The audit log cannot be written, so nothing was changed. Check this PC’s disk.',
    'pin-too-short': 'A cashier’s PIN has four digits.',
    'pin-too-long': 'A cashier’s PIN has four digits.',
    'pin-wrong': ({ waitSeconds }) => (waitSeconds === 0 ? 'That is not the PIN. Try again.' : `That is not the PIN. Try again in ${minutes(waitSeconds)}.`),
    'locked-out': ({ waitSeconds }) => `Too many wrong PINs. Try again in ${minutes(waitSeconds)}, or ask the manager for a new PIN.`,
  };
  const actions: Readonly<Record<GuardedAction, string>> = {
    charge: 'Charge',
    'charge-above-limit': 'Charge an amount that Counter asks about',
    void: 'Void a payment within 25 minutes',
    refund: 'Refund a payment',
  };
  const allow: Readonly<Record<GuardedAction, (amount: string) => string>> = {
    charge: (amount) => `Charge ${amount}: only the manager may allow that.`,
    'charge-above-limit': (amount) => `Charge ${amount}: only the manager may allow that.`,
    void: (amount) => `Void ${amount}: only the manager may allow that.`,
    refund: (amount) => `Refund ${amount}: only the manager may allow that.`,
  };
  return {
    right,
    problem,
    actions,
    allow,
    title: 'Cashiers',
    nobody: 'Nobody signs in at this register. Add cashiers to see who charged what, and to say who may do what.',
    everybody: 'Each signs in with a PIN of four digits. Sales, reports and the audit log carry the name.',
    nameAndPin: 'Name and PIN',
    remove: 'Remove',
    removeOne: (name: string) => `Remove ${name}`,
    add: 'Add a cashier',
    name: 'Name',
    fourDigits: 'Four digits',
    saveName: 'Save the name only',
    whoMay: 'Who may',
    mayCashiers: 'Cashiers',
    mayManager: 'Only with the manager PIN',
    who: 'Who is at the till?',
    yourPin: 'Your PIN',
    signIn: 'Sign in',
    somebodyElse: 'Somebody else',
    signOut: (name: string) => `Sign out ${name}`,
    askManager: 'Ask the manager',
    allowOnce: 'Allow this once',
  };
}

export type CashierWords = ReturnType<typeof englishCashiers>;
