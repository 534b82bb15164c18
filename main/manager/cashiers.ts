import type { CashierProblem, CashierView, CashiersView } from '../../contract/cashier.ts';
import type { AuditActor } from '../../contract/audit.ts';
import type { Locked } from '../../contract/channels.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { UNNAMED_CASHIER } from './audit.ts';
import { type CashierChangesParts, type TypedCashier, createCashierChanges } from './cashier-changes.ts';
import { type StoredCashier, createCashierList } from './cashier-list.ts';
import { type CashierPinCheckParts, createCashierPinCheck } from './cashier-pin-check.ts';
import type { IsStillOpen } from './guard.ts';

export type CashiersParts = CashierPinCheckParts & CashierChangesParts & {
  /** The cashier does not change while a card form is on the screen. */
  readonly isBusy: () => boolean;
  readonly onChange: () => void;
};

type Answer = Promise<Result<null, CashierProblem>>;

/** The cashiers of this register, and which of them is signed in. Optional: without cashiers there is no sign-in. */
export type Cashiers = {
  view(): CashiersView;
  /** The cashier at the till, for the audit log. */
  actor(): AuditActor;
  signIn(typed: { readonly cashierId: string; readonly pin: string }): Answer;
  signOut(): Result<null, CashierProblem>;
  /** A new cashier, or another name or PIN for one; `pin` null leaves the PIN as it is. */
  save(typed: TypedCashier, isStillOpen: IsStillOpen): Promise<Result<null, CashierProblem> | Locked>;
  remove(cashierId: string): Result<null, CashierProblem>;
};

const SALE_IN_PROGRESS = failed({ kind: 'sale-in-progress' } as const);

export function createCashiers(parts: CashiersParts): Cashiers {
  const { note, isBusy, onChange } = parts;
  const cashiers = createCashierList(parts.pins);
  const pinCheck = createCashierPinCheck(parts, cashiers);
  const changes = createCashierChanges(parts, cashiers);
  let signedIn: string | null = null;

  const current = () => cashiers.find(signedIn) ?? null;

  function actor(): AuditActor {
    const cashier = current();
    return cashier === null ? UNNAMED_CASHIER : { role: 'cashier', name: cashier.name };
  }

  function end(): void {
    if (current() !== null) note(actor(), 'cashier-out');
    signedIn = null;
    onChange();
  }

  return {
    view() {
      const cashier = current();
      return { all: cashiers.all().map(asView), signedIn: cashier === null ? null : asView(cashier) };
    },
    actor,
    async signIn({ cashierId, pin }) {
      if (isBusy()) return SALE_IN_PROGRESS;
      const checked = await pinCheck.check(cashierId, pin);
      if (checked.kind === 'failed') return checked;
      if (isBusy()) return SALE_IN_PROGRESS;
      if (signedIn !== cashierId) end();
      signedIn = cashierId;
      note({ role: 'cashier', name: checked.value.name }, 'cashier-in');
      onChange();
      return ok(null);
    },
    signOut() {
      if (isBusy()) return SALE_IN_PROGRESS;
      end();
      return ok(null);
    },
    async save(typed, isStillOpen) {
      const saved = await changes.save(typed, isStillOpen);
      if (saved.kind !== 'ok') return saved;
      if (typed.pin !== null) pinCheck.forgive(saved.value.id);
      onChange();
      return ok(null);
    },
    remove(cashierId) {
      const known = cashiers.find(cashierId);
      if (known === undefined) return failed({ kind: 'cashier-unknown' });
      if (signedIn === known.id && isBusy()) return SALE_IN_PROGRESS;
      const removed = changes.remove(known, () => {
        if (signedIn === known.id) end();
      });
      if (removed.kind === 'failed') return removed;
      pinCheck.forgive(known.id);
      onChange();
      return ok(null);
    },
  };
}

function asView({ id, name }: StoredCashier): CashierView {
  return { id, name };
}
