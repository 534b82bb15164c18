import type { AccessProblem } from '../../contract/pin.ts';
import type { KeychainProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { Timers } from '../sale/timers.ts';
import type { AccessEvent } from './access-event.ts';
import { LOCKED_OUT_FROM, createLockOut } from './lock-out.ts';
import { type StoredPin, isPin } from './pin-hash.ts';

/** Whether a PIN is the manager's. Wrong ones are counted, and make the next one wait. */
type ManagerPinCheck = {
  check(pin: string): Promise<Result<null, AccessProblem>>;
  /** Wrong PINs in a row. */
  failures(): number;
  /** The wait until the next PIN is compared. */
  waitSeconds(): number;
  /** Resets the count: there is a new PIN. */
  forgive(): void;
};

type PinCheckParts = {
  readonly pins: {
    read(): { readonly managerPin: StoredPin | null; readonly managerFailures: number };
    change(change: { readonly managerFailures: number }): Result<null, unknown>;
  };
  readonly readPepper: () => Promise<Result<string, { readonly kind: KeychainProblem }>>;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly onChange: () => void;
};

export function createManagerPinCheck({ pins, readPepper, timers, monotonicMs, onChange }: PinCheckParts, note: (event: AccessEvent) => void): ManagerPinCheck {
  const lockOut = createLockOut({ failures: () => pins.read().managerFailures, keep: (managerFailures) => pins.change({ managerFailures }), monotonicMs });
  /** Tries during a wait. */
  let refusedMeanwhile = 0;
  let callOffWait = () => {};

  /** The page counts the seconds down itself; at the end it gets a new snapshot. */
  function sayWhenWaitIsOver(): void {
    callOffWait();
    const waitSeconds = lockOut.waitSeconds();
    if (waitSeconds > 0) callOffWait = timers.after(waitSeconds * 1_000, onChange);
    onChange();
  }

  async function check(pin: string): Promise<Result<null, AccessProblem>> {
    const stored = pins.read().managerPin;
    if (stored === null) return failed({ kind: 'pin-not-set' });
    if (lockOut.waitSeconds() > 0) {
      refusedMeanwhile += 1;
      return failed({ kind: 'locked-out', waitSeconds: lockOut.waitSeconds() });
    }
    // Keychain errors don't count as PIN attempts.
    const pepper = await readPepper();
    if (pepper.kind === 'failed') return failed({ kind: pepper.failure.kind });
    const begun = lockOut.begin();
    if (begun.kind === 'failed') {
      refusedMeanwhile += 1;
      return begun;
    }
    // Comparing is slow: the PIN may have been changed meanwhile.
    if ((await isPin(pin, pepper.value, stored)) && pins.read().managerPin?.hash === stored.hash) {
      lockOut.succeeded();
      refusedMeanwhile = 0;
      sayWhenWaitIsOver();
      return ok(null);
    }
    const failures = lockOut.failures();
    note({ kind: 'login-failed', by: 'pin', failures, refusedMeanwhile });
    refusedMeanwhile = 0;
    if (failures >= LOCKED_OUT_FROM) note({ kind: 'locked-out', failures, waitSeconds: lockOut.waitSeconds() });
    sayWhenWaitIsOver();
    return failed({ kind: 'pin-wrong', waitSeconds: lockOut.waitSeconds() });
  }

  return { check, failures: lockOut.failures, waitSeconds: lockOut.waitSeconds, forgive: lockOut.succeeded };
}
