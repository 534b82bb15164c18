import { type CashierProblem, type CashierView, type CashiersView, LONGEST_CASHIER_NAME, MOST_CASHIERS } from '../../contract/cashier.ts';
import type { AuditActor } from '../../contract/audit.ts';
import { checkCashierPin } from '../../contract/pin.ts';
import type { KeychainProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type Audit, MANAGER, UNNAMED_CASHIER } from './audit.ts';
import { type LockOut, openLockOut } from './lock-out.ts';
import { type StoredPin, hashPin, isPin } from './pin-hash.ts';

export type StoredCashier = CashierView & { readonly pin: StoredPin; readonly failures: number };

export type CashiersParts = {
  readonly pins: {
    read(): { readonly managerPin: StoredPin | null; readonly cashiers: readonly StoredCashier[] };
    change(change: { readonly cashiers: StoredCashier[] }): Result<null, unknown>;
  };
  readonly readPepper: () => Promise<Result<string, { readonly kind: KeychainProblem }>>;
  /** Nobody else takes over while a card form is on the screen. */
  readonly isBusy: () => boolean;
  readonly monotonicMs: () => number;
  readonly newId: () => string;
  readonly note: Audit['note'];
  readonly onChange: () => void;
};

type Answer = Promise<Result<null, CashierProblem>>;

/** The people who work at this register, and which of them is at the till. Optional: without any, nobody signs in. */
export type Cashiers = {
  view(): CashiersView;
  /** As the audit log names whoever is at the till. */
  actor(): AuditActor;
  signIn(typed: { readonly cashierId: string; readonly pin: string }): Answer;
  signOut(): Result<null, CashierProblem>;
  /** A new cashier, or another name or PIN for one; `pin` null leaves the PIN as it is. */
  save(typed: { readonly cashierId: string | null; readonly name: string; readonly pin: string | null }): Answer;
  remove(cashierId: string): Result<null, CashierProblem>;
};

export function openCashiers(parts: CashiersParts): Cashiers {
  const { pins, note } = parts;
  const lockOuts = new Map<string, LockOut>();
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

  // All of them at once, so that a wait that a restart begins anew begins with the start.
  for (const { id } of pins.read().cashiers) lockOutOf(id);

  function lockOutOf(id: string): LockOut {
    const known = lockOuts.get(id);
    if (known !== undefined) return known;
    const opened = openLockOut({
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
    const name = typed.replaceAll(/\s+/gu, ' ').trim().slice(0, LONGEST_CASHIER_NAME);
    if (name === '') return failed({ kind: 'cashier-name-empty' });
    const isTaken = pins.read().cashiers.some((other) => other.id !== id && other.name.toLowerCase() === name.toLowerCase());
    return isTaken || ['manager', 'cashier', 'counter'].includes(name.toLowerCase()) ? failed({ kind: 'cashier-name-taken' }) : ok(name);
  }

  async function pinOf(typed: string | null, known: StoredCashier | undefined): Promise<Result<StoredPin, CashierProblem>> {
    if (typed === null && known !== undefined) return ok(known.pin);
    const checked = checkCashierPin(typed ?? '');
    if (checked.kind === 'failed') return checked;
    // There is one: the manager's PIN comes first. A new one would make every PIN that is kept a wrong one.
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
      const waitSeconds = lockOut.waitSeconds();
      if (waitSeconds > 0) return failed({ kind: 'locked-out', waitSeconds });
      const pepper = await parts.readPepper();
      if (pepper.kind === 'failed') return failed({ kind: pepper.failure.kind });
      const begun = lockOut.begin();
      if (begun.kind === 'failed') return begun;
      const who = { role: 'cashier', name: cashier.name } as const;
      if (!(await isPin(pin, pepper.value, cashier.pin))) {
        note(who, 'cashier-failed', { failures: lockOut.failures(), waitSeconds: lockOut.waitSeconds() });
        return failed({ kind: 'pin-wrong', waitSeconds: lockOut.waitSeconds() });
      }
      lockOut.succeeded();
      // Comparing takes its time, and the till does not wait for it.
      if (find(cashier.id) === undefined) return failed({ kind: 'cashier-unknown' });
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
    async save({ cashierId, name: typedName, pin: typedPin }) {
      const known = find(cashierId);
      if (cashierId !== null && known === undefined) return failed({ kind: 'cashier-unknown' });
      if (pins.read().managerPin === null) return failed({ kind: 'manager-pin-first' });
      if (known === undefined && pins.read().cashiers.length >= MOST_CASHIERS) return failed({ kind: 'too-many-cashiers' });
      const name = checkName(typedName, cashierId);
      if (name.kind === 'failed') return name;
      const pin = await pinOf(typedPin, known);
      if (pin.kind === 'failed') return pin;
      if (known !== undefined && find(known.id) === undefined) return failed({ kind: 'cashier-unknown' });
      const noted = note(MANAGER, 'setting-changed', { setting: 'cashier', old: known?.name ?? null, new: name.value, pin: typedPin === null ? null : 'set' });
      if (noted.kind === 'failed') return noted;
      // A new PIN ends what was counted against the old one.
      const cashier = { id: known?.id ?? parts.newId(), name: name.value, pin: pin.value, failures: typedPin === null ? (known?.failures ?? 0) : 0 };
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
      const noted = note(MANAGER, 'setting-changed', { setting: 'cashier', old: known.name, new: null });
      if (noted.kind === 'failed') return noted;
      if (signedIn === known.id) end();
      if (pins.change({ cashiers: pins.read().cashiers.filter(({ id }) => id !== known.id) }).kind === 'failed') return failed({ kind: 'settings-unwritable' });
      lockOuts.delete(known.id);
      parts.onChange();
      return ok(null);
    },
  };
}
