import { type GuardedAction, type Rights } from '../../contract/cashier.ts';

type Standing = {
  readonly rights: Rights;
  readonly hasCashiers: boolean;
  readonly isSignedIn: boolean;
  readonly hasManagerPin: boolean;
};

/**
 * May the person at the till do this? `manager`: with the manager's PIN. Without named cashiers only giving money
 * back is guarded; without a manager PIN nothing is.
 */
export function mayDo(action: GuardedAction, { rights, hasCashiers, isSignedIn, hasManagerPin }: Standing): 'yes' | 'sign-in' | 'manager' {
  if (hasCashiers && !isSignedIn) return 'sign-in';
  if (!hasManagerPin || rights[action] === 'cashier') return 'yes';
  return hasCashiers || action === 'void' || action === 'refund' ? 'manager' : 'yes';
}
