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
import { type IsStillOpen, LOCKED } from './guard.ts';
import type { AccessEvent } from './access-event.ts';
import { createManagerPinCheck } from './manager-pin-check.ts';
import { type StoredPin, hashPin, isSameText } from './pin-hash.ts';
import { createSession } from './session.ts';

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
  const pinCheck = createManagerPinCheck(parts, note);
  const oneByOne = createSerialQueue();
  let isProving = false;
  /** A check that began before a lock does not open the side after it. */
  let locks = 0;

  const hasPin = () => pins.read().managerPin !== null;
  const isSamePin = (one: StoredPin | null) => pins.read().managerPin?.hash === one?.hash;
  const isOpenToAll = () => !hasPin() && parts.accountCredentialsKind() === null;

  function sayIdle(): void {
    locks += 1;
    note({ kind: 'locked', why: 'idle' });
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
    pinCheck.forgive();
    session.open('pin');
    return ok(null);
  }

  return {
    view() {
      const opened = session.current();
      if (opened !== null) return { kind: 'unlocked', ...opened, hasPin: hasPin() };
      if (isOpenToAll()) return { kind: 'open' };
      return { kind: 'locked', opensWith: hasPin() ? 'pin' : 'secret', secret: parts.accountCredentialsKind() ?? 'client', waitSeconds: hasPin() ? pinCheck.waitSeconds() : 0 };
    },
    mayManage: () => session.extend() || isOpenToAll(),
    whileOpen() {
      const asked = locks;
      return () => asked === locks && (session.current() !== null || isOpenToAll());
    },
    checkPin: pinCheck.check,
    async unlock(pin) {
      const asked = locks;
      const checked = await pinCheck.check(pin);
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
      else note({ kind: 'login-failed', by: 'secret', failures: pinCheck.failures(), refusedMeanwhile: 0 });
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
        const current = await pinCheck.check(currentPin ?? '');
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
