import { type Credentials, checkCredentials } from '../../contract/credentials.ts';
import { type AccessProblem, checkManagerPin } from '../../contract/pin.ts';
import type { KeychainProblem } from '../../contract/problem.ts';
import { type Result, assertNever, failed, ok } from '../../contract/result.ts';
import type { ManagerView } from '../../contract/till-snapshot.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import type { Timers } from '../sale/timers.ts';
import { LOCKED_OUT_FROM, openLockOut } from './lock-out.ts';
import { type StoredPin, hashPin, isPin, isSameText } from './pin-hash.ts';
import { createSession } from './session.ts';

/** What happened at the manager's door, for the audit log. */
export type AccessEvent =
  | { readonly kind: 'login-ok'; readonly by: 'pin' | 'secret' }
  /** `refusedMeanwhile`: tries that came while none was allowed. */
  | { readonly kind: 'login-failed'; readonly by: 'pin' | 'secret'; readonly failures: number; readonly refusedMeanwhile: number }
  | { readonly kind: 'locked-out'; readonly failures: number; readonly waitSeconds: number }
  | { readonly kind: 'locked'; readonly why: 'asked' | 'idle' }
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
  /** Which kind of credentials the account is used with; null: there is none. */
  readonly accountThrough: () => Credentials['kind'] | null;
  /** What the keychain holds, when it can be read. */
  readonly readCredentials: () => Promise<Result<Credentials, unknown>>;
  /** Asks JustiFi whether these credentials may use this register's sub account. */
  readonly tryCredentials: (credentials: Credentials) => Promise<Result<unknown, JustifiFailure>>;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly wallMs: () => number;
  /** What guards an effect comes before it; failed: it is not in the audit log. */
  readonly note: (event: AccessEvent) => Result<null, unknown>;
  readonly onChange: () => void;
};

type Answer = Promise<Result<null, AccessProblem>>;

/** The manager's door: who may pass, and for how long. */
export type Access = {
  view(): ManagerView;
  /** Is the manager's side open? Asking keeps it open. */
  mayManage(): boolean;
  unlock(pin: string): Answer;
  /** For a forgotten PIN: opens the side for whoever knows the JustiFi secret, so that a new PIN can be set. */
  proveSecret(typed: Credentials): Answer;
  /** Credentials that JustiFi has just accepted for this register were typed. */
  secretWasProved(): void;
  setPin(typed: { readonly currentPin: string | null; readonly pin: string }): Answer;
  /** Is this the manager's PIN? Counted like any try; opens nothing. */
  checkPin(pin: string): Answer;
  lock(): void;
};

export function openAccess(parts: AccessParts): Access {
  const { pins, note } = parts;
  const session = createSession({ ...parts, onIdle: () => note({ kind: 'locked', why: 'idle' }) });
  const lockOut = openLockOut({
    failures: () => pins.read().managerFailures,
    keep: (managerFailures) => pins.change({ managerFailures }),
    monotonicMs: parts.monotonicMs,
  });
  let refusedMeanwhile = 0;
  let isProving = false;
  /** What was asked before a lock opens nothing after it. */
  let locks = 0;
  let callOffWait = () => {};

  const hasPin = () => pins.read().managerPin !== null;
  const isOpenToAll = () => !hasPin() && parts.accountThrough() === null;

  /** The page counts the seconds down by itself; at their end it hears that a try is allowed again. */
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
    // A keychain that does not open is nobody's wrong guess.
    const pepper = await parts.readPepper();
    if (pepper.kind === 'failed') return failed({ kind: pepper.failure.kind });
    const begun = lockOut.begin();
    if (begun.kind === 'failed') {
      refusedMeanwhile += 1;
      return begun;
    }
    if (await isPin(pin, pepper.value, stored)) {
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
    if (typed.kind !== parts.accountThrough()) return failed({ kind: 'secret-wrong', code: 'another-way' });
    if (typed.kind === 'broker' && kept.kind === 'ok' && !(kept.value.kind === 'broker' && kept.value.url === typed.url)) return failed({ kind: 'secret-wrong', code: 'another-server' });
    if (kept.kind === 'ok' && isSameText(JSON.stringify(kept.value), JSON.stringify(typed))) return ok(null);
    // The keychain is locked, or the secret was replaced in JustiFi's dashboard: JustiFi knows.
    const tried = await parts.tryCredentials(typed);
    return tried.kind === 'ok' ? ok(null) : failed(secretProblem(tried.failure));
  }

  return {
    view() {
      const opened = session.current();
      if (opened !== null) return { kind: 'unlocked', ...opened, hasPin: hasPin() };
      if (isOpenToAll()) return { kind: 'open' };
      return { kind: 'locked', opensWith: hasPin() ? 'pin' : 'secret', secret: parts.accountThrough() ?? 'client', waitSeconds: hasPin() ? lockOut.waitSeconds() : 0 };
    },
    mayManage: () => session.extend() || isOpenToAll(),
    checkPin,
    async unlock(pin) {
      const asked = locks;
      const checked = await checkPin(pin);
      if (checked.kind === 'ok') open('pin', asked);
      return checked;
    },
    async proveSecret(typed) {
      if (parts.accountThrough() === null) return failed({ kind: 'no-account' });
      if (isProving) return failed({ kind: 'still-asking' });
      // Nobody is asked, and nothing is noted: a page that sends empty fields fills no log.
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
    async setPin({ currentPin, pin }) {
      const asked = locks;
      const checked = checkManagerPin(pin);
      if (checked.kind === 'failed') return checked;
      const isProved = session.current()?.by === 'secret';
      const how = !hasPin() ? 'first' : isProved ? 'forgotten' : 'changed';
      if (how === 'changed') {
        const current = await checkPin(currentPin ?? '');
        if (current.kind === 'failed') return current;
      }
      const pepper = await parts.ensurePepper();
      if (pepper.kind === 'failed') return failed({ kind: pepper.failure.kind });
      const managerPin = await hashPin(pin, pepper.value);
      if (note({ kind: 'pin-set', how }).kind === 'failed') return failed({ kind: 'settings-unwritable' });
      if (pins.change({ managerPin, managerFailures: 0 }).kind === 'failed') return failed({ kind: 'settings-unwritable' });
      lockOut.succeeded();
      if (asked === locks) session.open('pin');
      return ok(null);
    },
    lock() {
      locks += 1;
      if (session.current() === null) return;
      session.lock();
      note({ kind: 'locked', why: 'asked' });
    },
  };
}

function secretProblem(failure: JustifiFailure): AccessProblem {
  switch (failure.kind) {
    case 'network':
      return { kind: 'no-connection', code: failure.code };
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
