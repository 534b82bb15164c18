import { type GuardedAction, type Rights } from '../../contract/cashier.ts';

export type Standing = {
  readonly rights: Rights;
  readonly hasCashiers: boolean;
  readonly isSignedIn: boolean;
  readonly hasManagerPin: boolean;
};

/**
 * May whoever stands at the till do this? `manager`: with the manager's PIN. Where no cashiers are named, everybody is one, and
 * only what gives money back is guarded; where there is no manager PIN, there is nobody to ask.
 */
export function mayDo(action: GuardedAction, { rights, hasCashiers, isSignedIn, hasManagerPin }: Standing): 'yes' | 'sign-in' | 'manager' {
  if (hasCashiers && !isSignedIn) return 'sign-in';
  if (!hasManagerPin || rights[action] === 'cashier') return 'yes';
  return hasCashiers || action === 'void' || action === 'refund' ? 'manager' : 'yes';
}
