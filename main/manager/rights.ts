import { type GuardedAction, type Rights } from '../../contract/cashier.ts';

type Standing = {
  readonly rights: Rights;
  readonly hasCashiers: boolean;
  readonly isSignedIn: boolean;
  readonly hasManagerPin: boolean;
};

/** Restricted even where cashiers have no names. */
const ALWAYS_GUARDED: ReadonlySet<GuardedAction> = new Set<GuardedAction>(['void', 'refund', 'see-report', 'close-day']);

/**
 * Whether the person at the till may do this. `manager`: with the manager's PIN. Without named cashiers charging is not restricted; without a manager PIN nothing is.
 */
export function mayDo(action: GuardedAction, { rights, hasCashiers, isSignedIn, hasManagerPin }: Standing): 'yes' | 'sign-in' | 'manager' {
  if (hasCashiers && !isSignedIn) return 'sign-in';
  if (!hasManagerPin || rights[action] === 'cashier') return 'yes';
  return hasCashiers || ALWAYS_GUARDED.has(action) ? 'manager' : 'yes';
}
