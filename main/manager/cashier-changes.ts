import { type CashierProblem, LONGEST_CASHIER_NAME, MOST_CASHIERS } from '../../contract/cashier.ts';
import { containsCardNumber } from '../../contract/card-number.ts';
import { withoutControls } from '../../contract/control-characters.ts';
import { firstCharacters } from '../../contract/first-characters.ts';
import type { Locked } from '../../contract/channels.ts';
import { checkCashierPin } from '../../contract/pin.ts';
import type { KeychainProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type Audit, MANAGER } from './audit.ts';
import type { CashierFile, CashierList, StoredCashier } from './cashier-list.ts';
import { type IsStillOpen, LOCKED } from './guard.ts';
import { type StoredPin, hashPin } from './pin-hash.ts';

export type TypedCashier = { readonly cashierId: string | null; readonly name: string; readonly pin: string | null };

/** The manager's changes of the list of cashiers. The audit line is written first. */
export type CashierChanges = {
  /** A new cashier, or another name or PIN for one; `pin` null leaves the PIN as it is. */
  save(typed: TypedCashier, isStillOpen: IsStillOpen): Promise<Result<StoredCashier, CashierProblem> | Locked>;
  /** `before`: called right before the list is changed. */
  remove(cashier: StoredCashier, before: () => void): Result<null, CashierProblem>;
};

export type CashierChangesParts = {
  readonly pins: CashierFile;
  readonly readPepper: () => Promise<Result<string, { readonly kind: KeychainProblem }>>;
  readonly newId: () => string;
  readonly noteFirst: Audit['noteFirst'];
};

/** Names that other people have in the audit log. */
const TAKEN_NAMES: ReadonlySet<string> = new Set(['manager', 'cashier', 'counter']);

export function createCashierChanges({ pins, readPepper, newId, noteFirst }: CashierChangesParts, cashiers: CashierList): CashierChanges {
  /** May this cashier be saved under this name? `known`: as the cashier is now; none is a new one. */
  function check({ cashierId, name: typedName }: TypedCashier): Result<{ readonly known: StoredCashier | undefined; readonly name: string }, CashierProblem> {
    const known = cashiers.find(cashierId);
    if (cashierId !== null && known === undefined) return failed({ kind: 'cashier-unknown' });
    if (pins.read().managerPin === null) return failed({ kind: 'manager-pin-first' });
    if (known === undefined && cashiers.all().length >= MOST_CASHIERS) return failed({ kind: 'too-many-cashiers' });
    const name = checkName(typedName, cashiers.all().filter(({ id }) => id !== cashierId));
    return name.kind === 'ok' ? ok({ known, name: name.value }) : name;
  }

  async function pinOf(typed: string | null, known: StoredCashier | undefined): Promise<Result<StoredPin, CashierProblem>> {
    if (typed === null && known !== undefined) return ok(known.pin);
    const checked = checkCashierPin(typed ?? '');
    if (checked.kind === 'failed') return checked;
    // A pepper exists, because the manager's PIN comes first. A new one would invalidate every PIN.
    const pepper = await readPepper();
    return pepper.kind === 'ok' ? ok(await hashPin(checked.value, pepper.value)) : failed({ kind: pepper.failure.kind });
  }

  return {
    async save(typed, isStillOpen) {
      const checked = check(typed);
      if (checked.kind === 'failed') return checked;
      const pin = await pinOf(typed.pin, checked.value.known);
      if (pin.kind === 'failed') return pin;
      // Hashing is slow: the manager's side may be locked by now, the name taken, the cashier removed.
      if (!isStillOpen()) return LOCKED;
      const again = check(typed);
      if (again.kind === 'failed') return again;
      const { known, name } = again.value;
      const noted = noteFirst(MANAGER, 'setting-changed', { setting: 'cashier', old: known?.name ?? null, new: name, pin: typed.pin === null ? null : 'set' });
      if (noted.kind === 'failed') return noted;
      // A new PIN resets the count of wrong PINs.
      const cashier = { id: known?.id ?? newId(), name, pin: pin.value, failures: typed.pin === null ? (known?.failures ?? 0) : 0 };
      const kept = known === undefined ? cashiers.add(cashier) : cashiers.replace(cashier);
      return kept.kind === 'ok' ? ok(cashier) : failed({ kind: 'settings-unwritable' });
    },
    remove({ id, name }, before) {
      const noted = noteFirst(MANAGER, 'setting-changed', { setting: 'cashier', old: name, new: null });
      if (noted.kind === 'failed') return noted;
      before();
      return cashiers.remove(id).kind === 'ok' ? ok(null) : failed({ kind: 'settings-unwritable' });
    },
  };
}

function checkName(typed: string, others: readonly StoredCashier[]): Result<string, CashierProblem> {
  const name = firstCharacters(withoutControls(typed).replaceAll(/\s+/gu, ' ').trim(), LONGEST_CASHIER_NAME);
  if (name === '') return failed({ kind: 'cashier-name-empty' });
  if (containsCardNumber(name)) return failed({ kind: 'cashier-name-card-number' });
  const isTaken = others.some((other) => other.name.toLowerCase() === name.toLowerCase());
  return isTaken || TAKEN_NAMES.has(name.toLowerCase()) ? failed({ kind: 'cashier-name-taken' }) : ok(name);
}
