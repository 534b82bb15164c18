import type { CashierProblem, GuardedAction } from '../../contract/cashier.ts';
import type { Formats } from '../formats.ts';
import type { Sentences } from '../sentences.ts';
import type { ManagerWords, TurnedAway } from './manager.ts';
import { isolated } from '../isolated.ts';

/* The words about rights, for cashiers and their manager. */

export function englishCashiers({ wait }: Formats, { access }: Pick<ManagerWords, 'access'>) {
  const minutes = (seconds: number) => wait(seconds, { minutes: 'minutes' });
  const problem: Sentences<CashierProblem | TurnedAway> = {
    ...access,
    'cashier-unknown': 'This cashier is not on this register any more.',
    'cashier-name-empty': 'Type the name.',
    'cashier-name-card-number': 'That name looks like a card number. Choose another.',
    'cashier-name-taken': 'This name is taken. Use another, such as “Anna B.”',
    'too-many-cashiers': 'There is no room for more cashiers. Remove one first.',
    'manager-pin-first': 'Set a manager PIN first.',
    'sale-in-progress': 'A payment is under way. Finish it first.',
    'audit-unwritable': 'The audit log cannot be written, so nothing was changed. Check this PC’s disk.',
    'pin-too-short': 'A cashier’s PIN has four digits.',
    'pin-too-long': 'A cashier’s PIN has four digits.',
    'pin-wrong': ({ waitSeconds }) => (waitSeconds === 0 ? 'Wrong PIN. Try again.' : `Wrong PIN. Try again in ${minutes(waitSeconds)}.`),
    'locked-out': ({ waitSeconds }) => `Too many wrong PINs. Try again in ${minutes(waitSeconds)}, or ask the manager for a new PIN.`,
  };
  const actions: Readonly<Record<GuardedAction, string>> = {
    charge: 'Charge',
    'charge-above-limit': 'Charge a large amount',
    void: 'Void a payment within 25 minutes',
    refund: 'Refund a payment',
    'see-report': 'See the day report',
    'close-day': 'Close the day',
  };
  const allow: Readonly<Record<GuardedAction, (amount: string) => string>> = {
    charge: (amount) => `Charge ${amount}: only the manager can allow that.`,
    'charge-above-limit': (amount) => `Charge ${amount}: only the manager can allow that.`,
    void: (amount) => `Void ${amount}: only the manager can allow that.`,
    refund: (amount) => `Refund ${amount}: only the manager can allow that.`,
    'see-report': () => 'See the day report: only the manager can allow that.',
    'close-day': () => 'Close the day: only the manager can allow that.',
  };
  return {
    problem,
    actions,
    allow,
    title: 'Cashiers',
    none: 'No one signs in at this register. Add cashiers to see who charged what and to set permissions.',
    everybody: 'Each cashier signs in with a four-digit PIN. Sales, reports and the audit log show the name.',
    nameAndPin: 'Name and PIN',
    remove: 'Remove',
    removeOne: (name: string) => `Remove ${isolated(name)}`,
    wasSaved: (name: string) => `Saved: ${isolated(name)}.`,
    wasRemoved: (name: string) => `Removed: ${isolated(name)}.`,
    removeForGood: 'Remove this cashier? The PIN is deleted.',
    keep: 'Keep',
    add: 'Add a cashier',
    name: 'Name',
    fourDigits: 'PIN (four digits)',
    saveName: 'Save the name only',
    whoMay: 'Permissions',
    mayCashiers: 'Cashiers',
    mayManager: 'Only with the manager PIN',
    who: 'Who is at the till?',
    yourPin: 'Your PIN',
    signIn: 'Sign in',
    somebodyElse: 'Someone else',
    askManager: 'Ask the manager',
    allowOnce: 'Allow this once',
  };
}

export type CashierWords = ReturnType<typeof englishCashiers>;
