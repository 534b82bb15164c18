import { z } from 'zod';
import type { AccessProblem } from './pin.ts';

/** Actions that can be restricted. A new one listed here appears on the manager's screen and in main's checks. */
export const GUARDED_ACTIONS = ['charge', 'charge-above-limit', 'void', 'refund', 'see-report', 'close-day'] as const;
export type GuardedAction = (typeof GUARDED_ACTIONS)[number];

/** Who may do it: the cashier, or only with the manager's PIN. */
const right = z.enum(['cashier', 'manager']);
export type Right = z.infer<typeof right>;

export const rights = z.object({
  charge: right.default('cashier'),
  'charge-above-limit': right.default('manager'),
  void: right.default('cashier'),
  refund: right.default('manager'),
  'see-report': right.default('cashier'),
  'close-day': right.default('manager'),
} satisfies Record<GuardedAction, z.ZodType>);
export type Rights = Readonly<z.infer<typeof rights>>;

export const LONGEST_CASHIER_NAME = 40;
export const MOST_CASHIERS = 50;

export type CashierView = { readonly id: string; readonly name: string };

/** The cashiers of this register. Without cashiers there is no sign-in. */
export type CashiersView = { readonly all: readonly CashierView[]; readonly signedIn: CashierView | null };

/** Why an action of the person at the till was refused. */
export type RightProblem =
  /** The manager may allow it, this once, by the PIN. */
  | { readonly kind: 'needs-manager'; readonly action: GuardedAction }
  | { readonly kind: 'needs-sign-in' }
  /** The PIN that was typed to allow it was not taken. */
  | { readonly kind: 'not-allowed-by-manager'; readonly problem: AccessProblem };

export type CashierProblem =
  | AccessProblem
  | { readonly kind: 'cashier-unknown' }
  | { readonly kind: 'cashier-name-empty' | 'cashier-name-card-number' }
  | { readonly kind: 'cashier-name-taken' }
  | { readonly kind: 'too-many-cashiers' }
  /** Without a manager PIN a restricted action could never be allowed. */
  | { readonly kind: 'manager-pin-first' }
  | { readonly kind: 'sale-in-progress' }
  | { readonly kind: 'audit-unwritable' };
