import type { GuardedAction, RightProblem, Rights } from '../../contract/cashier.ts';
import type { Handlers } from '../../contract/channels.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { Access } from './access.ts';
import { type Audit, MANAGER } from './audit.ts';
import type { Cashiers } from './cashiers.ts';
import { mayDo } from './rights.ts';

type GuardedCalls = Pick<Handlers<'till'>, 'charge' | 'tryAgain' | 'settleLate'>;

export type TillRightsParts = {
  readonly rights: () => Rights;
  /** From which amount on the shop wants to be asked; null: from none. */
  readonly confirmAboveInCents: () => number | null;
  readonly hasManagerPin: () => boolean;
  readonly cashiers: Pick<Cashiers, 'view' | 'actor'>;
  readonly access: Pick<Access, 'checkPin'>;
  readonly note: Audit['note'];
};

/** SECURITY: the one place where main decides whether the person at the till may charge, void or refund; before it is done. */
export function guardTill(calls: GuardedCalls, parts: TillRightsParts): GuardedCalls {
  let lastRefused = '';

  /** `managerPin`: typed in place, for this one action. It opens nothing else. */
  async function allow(action: GuardedAction, saleId: string, managerPin: string | null): Promise<Result<null, RightProblem>> {
    const { all, signedIn } = parts.cashiers.view();
    const may = mayDo(action, { rights: parts.rights(), hasCashiers: all.length > 0, isSignedIn: signedIn !== null, hasManagerPin: parts.hasManagerPin() });
    if (may === 'yes') return ok(null);
    if (may === 'sign-in') return failed({ kind: 'needs-sign-in' });
    if (managerPin === null) {
      // Once for each sale: a page that asks a thousand times fills no log.
      if (lastRefused !== `${action} ${saleId}`) parts.note(parts.cashiers.actor(), 'not-allowed', { action, sale: saleId });
      lastRefused = `${action} ${saleId}`;
      return failed({ kind: 'needs-manager', action });
    }
    const checked = await parts.access.checkPin(managerPin);
    if (checked.kind === 'failed') return failed({ kind: 'not-allowed-by-manager', problem: checked.failure });
    parts.note(MANAGER, 'override', { action, sale: saleId, for: parts.cashiers.actor().name });
    return ok(null);
  }

  return {
    async charge(order) {
      const above = parts.confirmAboveInCents();
      // Not before the cashier has said that it is right: until then the register asks, and charges nothing.
      const isAbove = above !== null && order.amountInCents > above && order.confirmed.includes('amount-unusual');
      // Who may not charge at all may not charge a large amount either, whatever is set for that.
      const action = isAbove && parts.rights().charge === 'cashier' ? 'charge-above-limit' : 'charge';
      const allowed = await allow(action, order.saleId, order.managerPin);
      return allowed.kind === 'ok' ? calls.charge(order) : allowed;
    },
    async tryAgain(order) {
      // What was allowed once stays allowed for this sale; but not with nobody at the till.
      const { all, signedIn } = parts.cashiers.view();
      return all.length > 0 && signedIn === null ? failed({ kind: 'needs-sign-in' }) : calls.tryAgain(order);
    },
    async settleLate(order) {
      const allowed = order.how === 'keep' ? ok(null) : await allow(order.how, order.saleId, order.managerPin);
      return allowed.kind === 'ok' ? calls.settleLate(order) : allowed;
    },
  };
}
