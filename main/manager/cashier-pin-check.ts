import type { CashierProblem } from '../../contract/cashier.ts';
import type { KeychainProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { Audit } from './audit.ts';
import type { CashierFile, CashierList, StoredCashier } from './cashier-list.ts';
import { type LockOut, createLockOut } from './lock-out.ts';
import { isPin } from './pin-hash.ts';
import { createRegisterTries } from './register-tries.ts';

/** Whether a PIN is this cashier's. Wrong ones are counted for the cashier and for the register, and make the next one wait. */
export type CashierPinCheck = {
  check(cashierId: string, pin: string): Promise<Result<StoredCashier, CashierProblem>>;
  /** Resets the count: the cashier has a new PIN, or is removed. */
  forgive(cashierId: string): void;
};

export type CashierPinCheckParts = {
  readonly pins: CashierFile;
  readonly readPepper: () => Promise<Result<string, { readonly kind: KeychainProblem }>>;
  readonly monotonicMs: () => number;
  readonly note: Audit['note'];
};

export function createCashierPinCheck({ pins, readPepper, monotonicMs, note }: CashierPinCheckParts, cashiers: CashierList): CashierPinCheck {
  const lockOuts = new Map<string, LockOut>();
  const registerTries = createRegisterTries({ failures: () => pins.read().cashierFailures, keep: (cashierFailures) => pins.change({ cashierFailures }), monotonicMs });

  // Opened at start, because the wait begins anew at a restart.
  for (const { id } of cashiers.all()) lockOutOf(id);

  function lockOutOf(id: string): LockOut {
    const known = lockOuts.get(id);
    if (known !== undefined) return known;
    const opened = createLockOut({
      failures: () => cashiers.find(id)?.failures ?? 0,
      keep(failures) {
        const cashier = cashiers.find(id);
        return cashier === undefined ? failed('gone') : cashiers.replace({ ...cashier, failures });
      },
      monotonicMs,
    });
    lockOuts.set(id, opened);
    return opened;
  }

  return {
    async check(cashierId, pin) {
      const cashier = cashiers.find(cashierId);
      if (cashier === undefined) return failed({ kind: 'cashier-unknown' });
      const lockOut = lockOutOf(cashierId);
      const waitSeconds = () => Math.max(lockOut.waitSeconds(), registerTries.waitSeconds());
      if (waitSeconds() > 0) return failed({ kind: 'locked-out', waitSeconds: waitSeconds() });
      const pepper = await readPepper();
      if (pepper.kind === 'failed') return failed({ kind: pepper.failure.kind });
      // A try that has to wait because of one count is not counted by the other.
      if (waitSeconds() > 0) return failed({ kind: 'locked-out', waitSeconds: waitSeconds() });
      for (const { begin } of [registerTries, lockOut]) {
        const begun = begin();
        if (begun.kind === 'failed') return begun;
      }
      if (!(await isPin(pin, pepper.value, cashier.pin))) {
        note({ role: 'cashier', name: cashier.name }, 'cashier-failed', { failures: lockOut.failures(), waitSeconds: waitSeconds() });
        return failed({ kind: 'pin-wrong', waitSeconds: waitSeconds() });
      }
      // Comparing is slow: the manager may have given this cashier another PIN meanwhile.
      const now = cashiers.find(cashierId);
      if (now === undefined) return failed({ kind: 'cashier-unknown' });
      if (now.pin.hash !== cashier.pin.hash) return failed({ kind: 'pin-wrong', waitSeconds: waitSeconds() });
      registerTries.succeeded(lockOut.failures());
      lockOut.succeeded();
      return ok(cashier);
    },
    forgive: (cashierId) => void lockOuts.delete(cashierId),
  };
}
