import type { CashierView } from '../../contract/cashier.ts';
import type { Result } from '../../contract/result.ts';
import type { StoredPin } from './pin-hash.ts';

export type StoredCashier = CashierView & { readonly pin: StoredPin; readonly failures: number };

/** Where they are kept, with the manager's PIN. `cashierFailures`: wrong PINs of all of them. */
export type CashierFile = {
  read(): { readonly managerPin: StoredPin | null; readonly cashiers: readonly StoredCashier[]; readonly cashierFailures: number };
  change(change: { readonly cashiers?: StoredCashier[]; readonly cashierFailures?: number }): Result<null, unknown>;
};

/** The cashiers of this register, as they are saved. */
export type CashierList = {
  all(): readonly StoredCashier[];
  find(id: string | null): StoredCashier | undefined;
  add(cashier: StoredCashier): Result<null, unknown>;
  replace(cashier: StoredCashier): Result<null, unknown>;
  remove(id: string): Result<null, unknown>;
};

export function createCashierList(file: CashierFile): CashierList {
  const all = () => file.read().cashiers;
  return {
    all,
    find: (id) => all().find((cashier) => cashier.id === id),
    add: (added) => file.change({ cashiers: [...all(), added] }),
    replace: (changed) => file.change({ cashiers: all().map((cashier) => (cashier.id === changed.id ? changed : cashier)) }),
    remove: (id) => file.change({ cashiers: all().filter((cashier) => cashier.id !== id) }),
  };
}
