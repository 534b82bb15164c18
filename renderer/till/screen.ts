import type { StopReason } from '../../contract/problem.ts';
import type { LastSale, TillSnapshot } from '../../contract/till-snapshot.ts';
import type { Asking } from './access/AllowOnce.tsx';

/** The screen that the user has opened over the sale, one at a time. */
export type Opened =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'set-up' }
  | { readonly kind: 'manager' }
  | { readonly kind: 'last-sale' }
  | OpenedHistory
  | { readonly kind: 'report' }
  /** The card of the sale that was paid just now. */
  | { readonly kind: 'save-card' }
  | { readonly kind: 'allow-once'; readonly asking: Asking };

/** The sales of the register; `saleId`: one of them, and back from there to the till. */
type OpenedHistory = { readonly kind: 'history'; readonly saleId: string | null; readonly isGivingBack: boolean };

export const NOTHING_OPENED: Opened = { kind: 'nothing' };

/** Every screen of the cashier's window. */
export type Screen =
  | { readonly kind: 'first-run' }
  | { readonly kind: 'set-up' }
  | { readonly kind: 'manager' }
  /** Main is still reading the state of this register. */
  | { readonly kind: 'starting' }
  | { readonly kind: 'stopped'; readonly why: StopReason }
  | { readonly kind: 'allow-once'; readonly asking: Asking }
  | { readonly kind: 'last-sale'; readonly sale: LastSale }
  | { readonly kind: 'sign-in' }
  | OpenedHistory
  /** The day's report, and closing the day. */
  | { readonly kind: 'report' }
  | { readonly kind: 'save-card' }
  | { readonly kind: 'tip' }
  | { readonly kind: 'sale' };

/** The shown screen, from the state of the register and the user's choice. */
export function screenOf(snapshot: TillSnapshot, opened: Opened): Screen {
  const { sale, cashiers, registerState, lastSale } = snapshot;
  if (opened.kind === 'set-up') return opened;
  if (snapshot.isFirstRun) return { kind: 'first-run' };
  if (opened.kind === 'manager') return opened;
  if (registerState.kind === 'stopped') return { kind: 'stopped', why: registerState.why };
  if (registerState.kind === 'looking') return { kind: 'starting' };
  if (opened.kind === 'allow-once' || opened.kind === 'save-card') return opened;
  if (sale.kind !== 'entering') return { kind: sale.kind === 'tip' ? 'tip' : 'sale' };
  if (opened.kind === 'last-sale' && lastSale !== null) return { kind: 'last-sale', sale: lastSale };
  if (cashiers.all.length > 0 && cashiers.signedIn === null) return { kind: 'sign-in' };
  if (opened.kind === 'history' || opened.kind === 'report') return opened;
  return { kind: 'sale' };
}

/** The opened screen, if this state of the register still allows it. */
export function stillOpened(opened: Opened, { manager, sale }: TillSnapshot): Opened {
  // The steps that are left are under Manager, behind the PIN.
  if (opened.kind === 'set-up' && manager.kind === 'locked') return NOTHING_OPENED;
  if (opened.kind === 'last-sale' && sale.kind !== 'entering') return NOTHING_OPENED;
  if (opened.kind === 'save-card' && sale.kind !== 'paid') return NOTHING_OPENED;
  return opened;
}

/** Which keys and buttons of the status bar work on a screen. */
export function barOf(screen: Screen, { sale, lastSale, registerState }: TillSnapshot): { readonly canManage: boolean; readonly canLookBack: boolean; readonly canSignOut: boolean; readonly canSeeSales: boolean } {
  const isAtRest = sale.kind === 'entering' && screen.kind !== 'history' && screen.kind !== 'report' && screen.kind !== 'manager' && screen.kind !== 'allow-once';
  return {
    canManage: isAtRest || (sale.kind === 'wrong-amount' && screen.kind !== 'manager'),
    canLookBack: isAtRest && lastSale !== null && registerState.kind === 'in-use',
    canSignOut: isAtRest,
    canSeeSales: isAtRest && screen.kind !== 'sign-in' && registerState.kind === 'in-use',
  };
}
