import { connectionFailure } from '../../contract/connection-failure.ts';
import { type Credentials, checkCredentials } from '../../contract/credentials.ts';
import { type AccessProblem, checkManagerPin } from '../../contract/pin.ts';
import type { KeychainProblem } from '../../contract/problem.ts';
import { type Result, disregard, assertNever, failed, ok } from '../../contract/result.ts';
import type { Locked } from '../../contract/channels.ts';
import type { ManagerView } from '../../contract/till-snapshot.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import { createSerialQueue } from '../sale/serial-queue.ts';
import type { Timers } from '../sale/timers.ts';
import { LOCKED_OUT_FROM, createLockOut } from './lock-out.ts';
import { type IsStillOpen, LOCKED } from './guard.ts';
import { type StoredPin, hashPin, isPin, isSameText } from './pin-hash.ts';
import { createSession } from './session.ts';

/** Events of the manager's access, for the audit log. */
export type AccessEvent =
  | { readonly kind: 'login-ok'; readonly by: 'pin' | 'secret' }
  /** `refusedMeanwhile`: tries during a wait. */
  | { readonly kind: 'login-failed'; readonly by: 'pin' | 'secret'; readonly failures: number; readonly refusedMeanwhile: number }
  | { readonly kind: 'locked-out'; readonly failures: number; readonly waitSeconds: number }
  | { readonly kind: 'locked'; readonly why: 'asked' | 'idle' | 'action' }
  | { readonly kind: 'pin-set'; readonly how: 'first' | 'changed' | 'forgotten' };

export type AccessParts = {
  readonly pins: {
    read(): { readonly managerPin: StoredPin | null; readonly managerFailures: number };
    change(change: { readonly managerPin?: StoredPin; readonly managerFailures?: number }): Result<null, unknown>;
  };
  /** The pepper of this PC, from the keychain. */
  readonly readPepper: () => Promise<Result<string, { readonly kind: KeychainProblem }>>;
  /** The same, made when there is none yet. */
  readonly ensurePepper: () => Promise<Result<string, { readonly kind: KeychainProblem }>>;
  /** Saves the manager's PIN in the keychain too. Returns a function that undoes it. */
  readonly bindPin: (pin: StoredPin) => Promise<Result<() => Promise<unknown>, { readonly kind: KeychainProblem }>>;
  /** Which kind of credentials the account is used with; null: there is none. */
  readonly accountCredentialsKind: () => Credentials['kind'] | null;
  /** What the keychain holds, when it can be read. */
  readonly readCredentials: () => Promise<Result<Credentials, unknown>>;
  /** Asks JustiFi whether these credentials may use this register's sub account. */
  readonly tryCredentials: (credentials: Credentials) => Promise<Result<unknown, JustifiFailure>>;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly wallMs: () => number;
  /** Written before the effect that it guards; failed: it is not in the audit log. */
  readonly note: (event: AccessEvent) => Result<null, unknown>;
  readonly onChange: () => void;
};

type Answer = Promise<Result<null, AccessProblem>>;

/** Access to the manager's side: who gets in, and for how long. */
export type Access = {
  view(): ManagerView;
  /** Is the manager's side open? Asking keeps it open. */
  mayManage(): boolean;
  /** For one call: has the side been open ever since? */
  whileOpen(): IsStillOpen;
  unlock(pin: string): Answer;
  /** For a forgotten PIN: the JustiFi secret opens the side, so that a new PIN can be set. */
  proveSecret(typed: Credentials): Answer;
  /** Credentials that JustiFi has just accepted for this register were typed. */
  secretWasProved(): void;
  setPin(typed: { readonly currentPin: string | null; readonly pin: string }, isStillOpen: IsStillOpen): Promise<Result<null, AccessProblem> | Locked>;
  /** Is this the manager's PIN? Counted like any try; opens nothing. */
  checkPin(pin: string): Answer;
  /** `action`: after an action, where the manager has chosen so (S-28). */
  lock(why?: 'asked' | 'action'): void;
};

export function createAccess(parts: AccessParts): Access {
  const { pins, note: noteFirst } = parts;
  const note = (event: AccessEvent) => disregard(noteFirst(event), 'it is logged and counted');
  const session = createSession({ ...parts, onIdle: sayIdle });
  const lockOut = createLockOut({
    failures: () => pins.read().managerFailures,
    keep: (managerFailures) => pins.change({ managerFailures }),
    monotonicMs: parts.monotonicMs,
  });
  let refusedMeanwhile = 0;
  const oneByOne = createSerialQueue();
  let isProving = false;
  /** A check that began before a lock does not open the side after it. */
  let locks = 0;
  let callOffWait = () => {};

  const hasPin = () => pins.read().managerPin !== null;
  const isSamePin = (one: StoredPin | null) => pins.read().managerPin?.hash === one?.hash;
  const isOpenToAll = () => !hasPin() && parts.accountCredentialsKind() === null;

  function sayIdle(): void {
    locks += 1;
    note({ kind: 'locked', why: 'idle' });
  }

  /** The page counts the seconds down itself; at the end it gets a new snapshot. */
  function sayWhenWaitIsOver(): void {
    callOffWait();
    const waitSeconds = lockOut.waitSeconds();
    if (waitSeconds > 0) callOffWait = parts.timers.after(waitSeconds * 1_000, parts.onChange);
    parts.onChange();
  }

  async function checkPin(pin: string): Answer {
    const stored = pins.read().managerPin;
    if (stored === null) return failed({ kind: 'pin-not-set' });
    if (lockOut.waitSeconds() > 0) {
      refusedMeanwhile += 1;
      return failed({ kind: 'locked-out', waitSeconds: lockOut.waitSeconds() });
    }
    // Keychain errors don't count as PIN attempts.
    const pepper = await parts.readPepper();
    if (pepper.kind === 'failed') return failed({ kind: pepper.failure.kind });
    const begun = lockOut.begin();
    if (begun.kind === 'failed') {
      refusedMeanwhile += 1;
      return begun;
    }
    // Comparing is slow: the PIN may have been changed meanwhile.
    if ((await isPin(pin, pepper.value, stored)) && isSamePin(stored)) {
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

  function open(by: 'pin' | 'secret', asked: number): void {
    if (asked !== locks) return;
    note({ kind: 'login-ok', by });
    session.open(by);
  }

  async function askWhetherSecret(typed: Credentials): Answer {
    const kept = await parts.readCredentials();
    // SECURITY: a page that was taken over must not make main call an address of its choice.
    if (typed.kind !== parts.accountCredentialsKind()) return failed({ kind: 'secret-wrong', code: 'another-way' });
    if (typed.kind === 'broker' && kept.kind === 'ok' && !(kept.value.kind === 'broker' && kept.value.url === typed.url)) return failed({ kind: 'secret-wrong', code: 'another-server' });
    if (kept.kind === 'ok' && isSameText(JSON.stringify(kept.value), JSON.stringify(typed))) return ok(null);
    // The keychain is locked, or the secret was replaced in JustiFi's dashboard: ask JustiFi.
    const tried = await parts.tryCredentials(typed);
    if (tried.kind === 'failed') return failed(secretProblem(tried.failure));
    return parts.accountCredentialsKind() === typed.kind ? ok(null) : failed({ kind: 'no-account' });
  }

  /** Saves to keychain and file, or neither. The audit log comes first. */
  async function keepPin(managerPin: StoredPin, how: Extract<AccessEvent, { kind: 'pin-set' }>['how'], mayStill: () => boolean): Promise<Result<null, AccessProblem> | Locked> {
    if (!mayStill()) return LOCKED;
    const bound = await parts.bindPin(managerPin);
    if (bound.kind === 'failed') return failed({ kind: bound.failure.kind });
    const isKept = mayStill() && noteFirst({ kind: 'pin-set', how }).kind === 'ok' && pins.change({ managerPin, managerFailures: 0 }).kind === 'ok';
    if (!isKept) {
      await bound.value();
      return mayStill() ? failed({ kind: 'settings-unwritable' }) : LOCKED;
    }
    lockOut.succeeded();
    session.open('pin');
    return ok(null);
  }

  return {
    view() {
      const opened = session.current();
      if (opened !== null) return { kind: 'unlocked', ...opened, hasPin: hasPin() };
      if (isOpenToAll()) return { kind: 'open' };
      return { kind: 'locked', opensWith: hasPin() ? 'pin' : 'secret', secret: parts.accountCredentialsKind() ?? 'client', waitSeconds: hasPin() ? lockOut.waitSeconds() : 0 };
    },
    mayManage: () => session.extend() || isOpenToAll(),
    whileOpen() {
      const asked = locks;
      return () => asked === locks && (session.current() !== null || isOpenToAll());
    },
    checkPin,
    async unlock(pin) {
      const asked = locks;
      const checked = await checkPin(pin);
      if (checked.kind === 'ok') open('pin', asked);
      return checked;
    },
    async proveSecret(typed) {
      if (parts.accountCredentialsKind() === null) return failed({ kind: 'no-account' });
      if (isProving) return failed({ kind: 'still-asking' });
      // Checked before JustiFi is asked and before anything is logged: empty fields must not fill the log.
      const checked = checkCredentials(typed);
      if (checked.kind === 'failed') return failed({ kind: 'secret-wrong', code: checked.failure.kind });
      isProving = true;
      const asked = locks;
      const proved = await askWhetherSecret(checked.value).finally(() => {
        isProving = false;
      });
      if (proved.kind === 'ok') open('secret', asked);
      else note({ kind: 'login-failed', by: 'secret', failures: lockOut.failures(), refusedMeanwhile: 0 });
      return proved;
    },
    secretWasProved() {
      if (session.current() === null) open('secret', locks);
    },
    async setPin({ currentPin, pin }, isStillOpen) {
      const checked = checkManagerPin(pin);
      if (checked.kind === 'failed') return checked;
      const before = pins.read().managerPin;
      const isProved = session.current()?.by === 'secret';
      const how = before === null ? 'first' : isProved ? 'forgotten' : 'changed';
      if (how === 'changed') {
        const current = await checkPin(currentPin ?? '');
        if (current.kind === 'failed') return current;
      }
      const pepper = await parts.ensurePepper();
      if (pepper.kind === 'failed') return failed({ kind: pepper.failure.kind });
      const managerPin = await hashPin(pin, pepper.value);
      // Two calls may come at once: the second may have been checked against the PIN that the first replaced.
      return oneByOne(() => keepPin(managerPin, how, () => isStillOpen() && isSamePin(before)));
    },
    lock(why = 'asked') {
      locks += 1;
      if (session.current() === null) return;
      session.lock();
      note({ kind: 'locked', why });
    },
  };
}

function secretProblem(failure: JustifiFailure): AccessProblem {
  switch (failure.kind) {
    case 'network':
      return { kind: 'no-connection', ...connectionFailure(failure.code) };
    case 'unauthorised':
    case 'forbidden':
    case 'invalid':
      return { kind: 'secret-wrong', code: failure.code };
    case 'declined':
    case 'conflict':
    case 'rate-limited':
    case 'server':
    case 'unexpected':
      return { kind: 'service-trouble', code: failure.code };
    default:
      return assertNever(failure);
  }
}
