import { type AccessProblem, checkManagerPin } from '../../contract/pin.ts';
import type { Locked } from '../../contract/channels.ts';
import type { KeychainProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { createSerialQueue } from '../sale/serial-queue.ts';
import type { AccessEvent } from './access-event.ts';
import { type IsStillOpen, LOCKED } from './guard.ts';
import { type StoredPin, hashPin } from './pin-hash.ts';

/** `first`: there was none; `forgotten`: the secret was proved instead of it. */
type Reason = Extract<AccessEvent, { kind: 'pin-set' }>['how'];

export type ManagerPinChangeParts = {
  readonly pins: {
    read(): { readonly managerPin: StoredPin | null };
    change(change: { readonly managerPin: StoredPin; readonly managerFailures: number }): Result<null, unknown>;
  };
  /** The pepper of this PC, made when there is none yet. */
  readonly ensurePepper: () => Promise<Result<string, { readonly kind: KeychainProblem }>>;
  /** Saves the manager's PIN in the keychain too. Returns a function that undoes it. */
  readonly bindPin: (pin: StoredPin) => Promise<Result<() => Promise<unknown>, { readonly kind: KeychainProblem }>>;
  /** Called before the effect; fails when the line is not in the audit log. */
  readonly note: (event: AccessEvent) => Result<null, unknown>;
};

export type NewManagerPin = { readonly currentPin: string | null; readonly pin: string };

/** Changes of the manager's PIN, one at a time. `isProved`: the secret opened the side. `check`: whether this is the present PIN. */
export type ManagerPinChange = {
  set(typed: NewManagerPin, isProved: boolean, check: (pin: string) => Promise<Result<null, AccessProblem>>, isStillOpen: IsStillOpen): Promise<Result<null, AccessProblem> | Locked>;
};

/** `onSet`: the new PIN counts from now on. */
export function createManagerPinChange({ pins, ensurePepper, bindPin, note }: ManagerPinChangeParts, onSet: () => void): ManagerPinChange {
  const oneByOne = createSerialQueue();

  /** Saves to keychain and file, or neither. The audit line is written first. */
  async function keep(managerPin: StoredPin, how: Reason, mayStill: () => boolean): Promise<Result<null, AccessProblem> | Locked> {
    if (!mayStill()) return LOCKED;
    const bound = await bindPin(managerPin);
    if (bound.kind === 'failed') return failed({ kind: bound.failure.kind });
    const isKept = mayStill() && note({ kind: 'pin-set', how }).kind === 'ok' && pins.change({ managerPin, managerFailures: 0 }).kind === 'ok';
    if (!isKept) {
      await bound.value();
      return mayStill() ? failed({ kind: 'settings-unwritable' }) : LOCKED;
    }
    onSet();
    return ok(null);
  }

  return {
    async set({ currentPin, pin }, isProved, check, isStillOpen) {
      const checked = checkManagerPin(pin);
      if (checked.kind === 'failed') return checked;
      const before = pins.read().managerPin;
      const how: Reason = before === null ? 'first' : isProved ? 'forgotten' : 'changed';
      if (how === 'changed') {
        const current = await check(currentPin ?? '');
        if (current.kind === 'failed') return current;
      }
      const pepper = await ensurePepper();
      if (pepper.kind === 'failed') return failed({ kind: pepper.failure.kind });
      const managerPin = await hashPin(pin, pepper.value);
      // Two calls may come at once: the second may have been checked against the PIN that the first replaced.
      return oneByOne(() => keep(managerPin, how, () => isStillOpen() && pins.read().managerPin?.hash === before?.hash));
    },
  };
}
