import { type Result, disregard, failed, ok } from '../../contract/result.ts';
import type { LockOut, LockOutParts } from './lock-out.ts';

/** Wrong PINs of all cashiers at one register; more than a shop mistypes when a shift begins. */
const MOST_FAILURES = 10;
/** Beyond that, one try is allowed each time the count decreases. */
const FORGOTTEN_EVERY_MS = 10 * 60_000;

type RegisterTries = Pick<LockOut, 'waitSeconds' | 'begin'> & {
  /** The PIN was right: the tries for this cashier, including this one, no longer count. */
  succeeded(triesOfTheCashier: number): void;
};

/**
 * Makes it slow to try one PIN at one cashier after the other (A-15). Each cashier's own count (lock-out.ts) stays as it is. The count of the
 * register is not reset by a sign-in, or a cashier could guess colleagues' PINs in between; it decreases one by one
 * while Counter runs. SECURITY: the wall clock decides nothing.
 */
export function createRegisterTries({ failures, keep, monotonicMs }: LockOutParts): RegisterTries {
  let forgottenUntilMs = monotonicMs();

  const counted = () => Math.min(failures(), MOST_FAILURES);

  function forget(): void {
    const times = Math.floor((monotonicMs() - forgottenUntilMs) / FORGOTTEN_EVERY_MS);
    if (times === 0) return;
    forgottenUntilMs += times * FORGOTTEN_EVERY_MS;
    if (failures() > 0) disregard(keep(Math.max(0, counted() - times)), 'the tries stay counted, which only makes the next wait longer');
  }

  function waitSeconds(): number {
    forget();
    return counted() < MOST_FAILURES ? 0 : Math.ceil((forgottenUntilMs + FORGOTTEN_EVERY_MS - monotonicMs()) / 1_000);
  }

  return {
    waitSeconds,
    begin(): Result<null, { readonly kind: 'locked-out'; readonly waitSeconds: number } | { readonly kind: 'settings-unwritable' }> {
      if (waitSeconds() > 0) return failed({ kind: 'locked-out', waitSeconds: waitSeconds() });
      // The time before the first wrong PIN does not count.
      if (failures() === 0) forgottenUntilMs = monotonicMs();
      return keep(counted() + 1).kind === 'ok' ? ok(null) : failed({ kind: 'settings-unwritable' });
    },
    succeeded(tries) {
      disregard(keep(Math.max(0, counted() - tries)), 'as above');
    },
  };
}
