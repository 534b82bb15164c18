import { type CashierProblem, type CashierView, type CashiersView, LONGEST_CASHIER_NAME, MOST_CASHIERS } from '../../contract/cashier.ts';
import type { AuditActor } from '../../contract/audit.ts';
import { containsCardNumber } from '../../contract/card-number.ts';
import { withoutControls } from '../../contract/control-characters.ts';
import type { Locked } from '../../contract/channels.ts';
import { checkCashierPin } from '../../contract/pin.ts';
import type { KeychainProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type Audit, MANAGER, UNNAMED_CASHIER } from './audit.ts';
import { type IsStillOpen, LOCKED } from './guard.ts';
import { type LockOut, createLockOut } from './lock-out.ts';
import { type StoredPin, hashPin, isPin } from './pin-hash.ts';
import { createRegisterTries } from './register-tries.ts';

export type StoredCashier = CashierView & { readonly pin: StoredPin; readonly failures: number };

export type CashiersParts = {
  readonly pins: {
    read(): { readonly managerPin: StoredPin | null; readonly cashiers: readonly StoredCashier[]; readonly cashierFailures: number };
    change(change: { readonly cashiers?: StoredCashier[]; readonly cashierFailures?: number }): Result<null, unknown>;
  };
  readonly readPepper: () => Promise<Result<string, { readonly kind: KeychainProblem }>>;
  /** The cashier does not change while a card form is on the screen. */
  readonly isBusy: () => boolean;
  readonly monotonicMs: () => number;
  readonly newId: () => string;
  readonly note: Audit['note'];
  readonly noteFirst: Audit['noteFirst'];
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
  save(typed: { readonly cashierId: string | null; readonly name: string; readonly pin: string | null }, isStillOpen: IsStillOpen): Promise<Result<null, CashierProblem> | Locked>;
  remove(cashierId: string): Result<null, CashierProblem>;
};

export function createCashiers(parts: CashiersParts): Cashiers {
  const { pins, note, noteFirst } = parts;
  const lockOuts = new Map<string, LockOut>();
  const registerTries = createRegisterTries({ failures: () => pins.read().cashierFailures, keep: (cashierFailures) => pins.change({ cashierFailures }), monotonicMs: parts.monotonicMs });
  let signedIn: string | null = null;

  const find = (id: string | null) => pins.read().cashiers.find((cashier) => cashier.id === id);
  const current = () => find(signedIn) ?? null;

  function actor(): AuditActor {
    const cashier = current();
    return cashier === null ? UNNAMED_CASHIER : { role: 'cashier', name: cashier.name };
  }

  function replace(changed: StoredCashier): Result<null, unknown> {
    return pins.change({ cashiers: pins.read().cashiers.map((cashier) => (cashier.id === changed.id ? changed : cashier)) });
  }

  // Opened at start, because the wait begins anew at a restart.
  for (const { id } of pins.read().cashiers) lockOutOf(id);

  function lockOutOf(id: string): LockOut {
    const known = lockOuts.get(id);
    if (known !== undefined) return known;
    const opened = createLockOut({
      failures: () => find(id)?.failures ?? 0,
      keep(failures) {
        const cashier = find(id);
        return cashier === undefined ? failed('gone') : replace({ ...cashier, failures });
      },
      monotonicMs: parts.monotonicMs,
    });
    lockOuts.set(id, opened);
    return opened;
  }

  function end(): void {
    if (current() !== null) note(actor(), 'cashier-out');
    signedIn = null;
    parts.onChange();
  }

  function checkName(typed: string, id: string | null): Result<string, CashierProblem> {
    const name = withoutControls(typed).replaceAll(/\s+/gu, ' ').trim().slice(0, LONGEST_CASHIER_NAME);
    if (name === '') return failed({ kind: 'cashier-name-empty' });
    if (containsCardNumber(name)) return failed({ kind: 'cashier-name-card-number' });
    const isTaken = pins.read().cashiers.some((other) => other.id !== id && other.name.toLowerCase() === name.toLowerCase());
    return isTaken || ['manager', 'cashier', 'counter'].includes(name.toLowerCase()) ? failed({ kind: 'cashier-name-taken' }) : ok(name);
  }

  /** May this cashier be saved under this name? `known`: as the cashier is now; none is a new one. */
  function check(cashierId: string | null, typedName: string): Result<{ readonly known: StoredCashier | undefined; readonly name: string }, CashierProblem> {
    const known = find(cashierId);
    if (cashierId !== null && known === undefined) return failed({ kind: 'cashier-unknown' });
    if (pins.read().managerPin === null) return failed({ kind: 'manager-pin-first' });
    if (known === undefined && pins.read().cashiers.length >= MOST_CASHIERS) return failed({ kind: 'too-many-cashiers' });
    const name = checkName(typedName, cashierId);
    return name.kind === 'ok' ? ok({ known, name: name.value }) : name;
  }

  async function pinOf(typed: string | null, known: StoredCashier | undefined): Promise<Result<StoredPin, CashierProblem>> {
    if (typed === null && known !== undefined) return ok(known.pin);
    const checked = checkCashierPin(typed ?? '');
    if (checked.kind === 'failed') return checked;
    // A pepper exists, because the manager's PIN comes first. A new one would invalidate every PIN.
    const pepper = await parts.readPepper();
    return pepper.kind === 'ok' ? ok(await hashPin(checked.value, pepper.value)) : failed({ kind: pepper.failure.kind });
  }

  return {
    view() {
      const asView = ({ id, name }: StoredCashier): CashierView => ({ id, name });
      const cashier = current();
      return { all: pins.read().cashiers.map(asView), signedIn: cashier === null ? null : asView(cashier) };
    },
    actor,
    async signIn({ cashierId, pin }) {
      if (parts.isBusy()) return failed({ kind: 'sale-in-progress' });
      const cashier = find(cashierId);
      if (cashier === undefined) return failed({ kind: 'cashier-unknown' });
      const lockOut = lockOutOf(cashier.id);
      const waitSeconds = () => Math.max(lockOut.waitSeconds(), registerTries.waitSeconds());
      if (waitSeconds() > 0) return failed({ kind: 'locked-out', waitSeconds: waitSeconds() });
      const pepper = await parts.readPepper();
      if (pepper.kind === 'failed') return failed({ kind: pepper.failure.kind });
      // A try that one count makes wait is not counted by the other.
      if (waitSeconds() > 0) return failed({ kind: 'locked-out', waitSeconds: waitSeconds() });
      for (const { begin } of [registerTries, lockOut]) {
        const begun = begin();
        if (begun.kind === 'failed') return begun;
      }
      const who = { role: 'cashier', name: cashier.name } as const;
      if (!(await isPin(pin, pepper.value, cashier.pin))) {
        note(who, 'cashier-failed', { failures: lockOut.failures(), waitSeconds: waitSeconds() });
        return failed({ kind: 'pin-wrong', waitSeconds: waitSeconds() });
      }
      // Comparing is slow: the manager may have given this cashier another PIN meanwhile.
      const now = find(cashier.id);
      if (now === undefined) return failed({ kind: 'cashier-unknown' });
      if (now.pin.hash !== cashier.pin.hash) return failed({ kind: 'pin-wrong', waitSeconds: waitSeconds() });
      registerTries.succeeded(lockOut.failures());
      lockOut.succeeded();
      if (parts.isBusy()) return failed({ kind: 'sale-in-progress' });
      if (signedIn !== cashier.id) end();
      signedIn = cashier.id;
      note(who, 'cashier-in');
      parts.onChange();
      return ok(null);
    },
    signOut() {
      if (parts.isBusy()) return failed({ kind: 'sale-in-progress' });
      end();
      return ok(null);
    },
    async save({ cashierId, name: typedName, pin: typedPin }, isStillOpen) {
      const checked = check(cashierId, typedName);
      if (checked.kind === 'failed') return checked;
      const pin = await pinOf(typedPin, checked.value.known);
      if (pin.kind === 'failed') return pin;
      // Hashing is slow: the manager's side may be locked by now, the name taken, the cashier removed.
      if (!isStillOpen()) return LOCKED;
      const again = check(cashierId, typedName);
      if (again.kind === 'failed') return again;
      const { known, name } = again.value;
      const noted = noteFirst(MANAGER, 'setting-changed', { setting: 'cashier', old: known?.name ?? null, new: name, pin: typedPin === null ? null : 'set' });
      if (noted.kind === 'failed') return noted;
      // A new PIN resets the count of wrong PINs.
      const cashier = { id: known?.id ?? parts.newId(), name, pin: pin.value, failures: typedPin === null ? (known?.failures ?? 0) : 0 };
      const kept = known === undefined ? pins.change({ cashiers: [...pins.read().cashiers, cashier] }) : replace(cashier);
      if (kept.kind === 'failed') return failed({ kind: 'settings-unwritable' });
      if (typedPin !== null) lockOuts.delete(cashier.id);
      parts.onChange();
      return ok(null);
    },
    remove(cashierId) {
      const known = find(cashierId);
      if (known === undefined) return failed({ kind: 'cashier-unknown' });
      if (signedIn === known.id && parts.isBusy()) return failed({ kind: 'sale-in-progress' });
      const noted = noteFirst(MANAGER, 'setting-changed', { setting: 'cashier', old: known.name, new: null });
      if (noted.kind === 'failed') return noted;
      if (signedIn === known.id) end();
      if (pins.change({ cashiers: pins.read().cashiers.filter(({ id }) => id !== known.id) }).kind === 'failed') return failed({ kind: 'settings-unwritable' });
      lockOuts.delete(known.id);
      parts.onChange();
      return ok(null);
    },
  };
}
