import type { Credentials } from '../../contract/credentials.ts';
import type { Timers } from '../sale/timers.ts';

/** A register without a PIN is never locked: the credentials are dropped after this. */
const HELD_FOR_MS = 10 * 60_000;

/** Typed credentials between their check and the choice of the sub account. In memory only. */
export type HeldCredentials = {
  hold(credentials: Credentials): void;
  /** Null: none are held. */
  current(): Credentials | null;
  /** When they are connected, when the manager's side is locked, and after ten minutes. */
  forget(): void;
  /** For one call: whether the credentials are still the same. An answer that comes after they were forgotten is ignored. */
  untouched(): () => boolean;
};

export function createHeldCredentials(timers: Timers): HeldCredentials {
  let held: Credentials | null = null;
  let timesForgotten = 0;
  let callOffForgetting = () => {};

  function forget(): void {
    callOffForgetting();
    held = null;
    timesForgotten += 1;
  }

  return {
    hold(credentials) {
      held = credentials;
      callOffForgetting = timers.after(HELD_FOR_MS, forget);
    },
    current: () => held,
    forget,
    untouched() {
      const before = timesForgotten;
      return () => timesForgotten === before;
    },
  };
}
