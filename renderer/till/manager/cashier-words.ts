import type { CashierProblem, GuardedAction, RightProblem } from '../../../contract/cashier.ts';
import type { Refusal } from '../../../contract/channels.ts';
import type { ChargeProblem } from '../../../contract/problem.ts';
import { type Result, assertNever } from '../../../contract/result.ts';
import { accessSentence } from './access-words.ts';

/* What cashiers and their manager read about who may do what. */

/** The answer to something that not everybody may do. */
export type RightAnswer = Result<null, ChargeProblem | RightProblem> | Refusal;

export const ACTION_NAMES: Readonly<Record<GuardedAction, string>> = {
  charge: 'Charge',
  'charge-above-limit': 'Charge an amount that Counter asks about',
  void: 'Void a payment within 25 minutes',
  refund: 'Refund a payment',
};

export function allowSentence(action: GuardedAction, amount: string): string {
  return `${VERBS[action]} ${amount}: only the manager may allow that.`;
}

const VERBS: Readonly<Record<GuardedAction, string>> = { charge: 'Charge', 'charge-above-limit': 'Charge', void: 'Void', refund: 'Refund' };

export function rightSentence(problem: RightProblem): string {
  switch (problem.kind) {
    case 'needs-manager':
      return 'Only the manager may allow that.';
    case 'needs-sign-in':
      return 'Sign in first.';
    case 'not-allowed-by-manager':
      return accessSentence(problem.problem);
    default:
      return assertNever(problem);
  }
}

export function cashierSentence(problem: CashierProblem | { readonly kind: 'refused' | 'locked' }): string {
  switch (problem.kind) {
    case 'cashier-unknown':
      return 'This cashier is not on this register any more.';
    case 'cashier-name-empty':
      return 'Type the name.';
    case 'cashier-name-taken':
      return 'This name is taken. Use another, such as “Anna B.”';
    case 'too-many-cashiers':
      return 'There is no room for more cashiers. Remove one first.';
    case 'manager-pin-first':
      return 'Set a manager PIN first.';
    case 'sale-in-progress':
      return 'A payment is under way. Finish it first.';
    case 'audit-unwritable':
      return 'The audit log cannot be written, so nothing was changed. Check this PC’s disk.';
    case 'pin-too-short':
    case 'pin-too-long':
      return 'A cashier’s PIN has four digits.';
    case 'pin-wrong':
      return problem.waitSeconds === 0 ? 'That is not the PIN. Try again.' : `That is not the PIN. Try again in ${minutes(problem.waitSeconds)}.`;
    case 'locked-out':
      return `Too many wrong PINs. Try again in ${minutes(problem.waitSeconds)}, or ask the manager for a new PIN.`;
    case 'pin-too-simple':
    case 'pin-not-set':
    case 'secret-wrong':
    case 'no-account':
    case 'no-connection':
    case 'service-trouble':
    case 'still-asking':
    case 'keychain-unavailable':
    case 'settings-unwritable':
    case 'locked':
    case 'refused':
      return accessSentence(problem);
    default:
      return assertNever(problem);
  }
}

function minutes(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
}
