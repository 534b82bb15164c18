import type { Credentials } from '../../contract/credentials.ts';
import type { AccessProblem } from '../../contract/pin.ts';
import type { KeychainProblem } from '../../contract/problem.ts';
import { type Result, disregard } from '../../contract/result.ts';
import type { Locked } from '../../contract/channels.ts';
import type { ManagerView } from '../../contract/till-snapshot.ts';
import type { Timers } from '../sale/timers.ts';
import type { IsStillOpen } from './guard.ts';
import type { AccessEvent } from './access-event.ts';
import { type ManagerPinChangeParts, type NewManagerPin, createManagerPinChange } from './manager-pin-change.ts';
import { createManagerPinCheck } from './manager-pin-check.ts';
import type { StoredPin } from './pin-hash.ts';
import { type SecretProofParts, createSecretProof } from './secret-proof.ts';
import { createSession } from './session.ts';

export type AccessParts = SecretProofParts & Omit<ManagerPinChangeParts, 'pins'> & {
  readonly pins: {
    read(): { readonly managerPin: StoredPin | null; readonly managerFailures: number };
    change(change: { readonly managerPin?: StoredPin; readonly managerFailures?: number }): Result<null, unknown>;
  };
  /** The pepper of this PC, from the keychain. */
  readonly readPepper: () => Promise<Result<string, { readonly kind: KeychainProblem }>>;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly wallMs: () => number;
  readonly onChange: () => void;
};

type Answer = Promise<Result<null, AccessProblem>>;

/** Access to the manager's side: when it opens, and for how long. */
export type Access = {
  view(): ManagerView;
  /** Whether the manager's side is open. Each call keeps it open. */
  mayManage(): boolean;
  /** For one call: whether the side has stayed open since. */
  whileOpen(): IsStillOpen;
  unlock(pin: string): Answer;
  /** For a forgotten PIN: the JustiFi secret opens the side, so that a new PIN can be set. */
  proveSecret(typed: Credentials): Answer;
  /** Credentials that JustiFi has just accepted for this register were typed. */
  secretWasProved(): void;
  setPin(typed: NewManagerPin, isStillOpen: IsStillOpen): Promise<Result<null, AccessProblem> | Locked>;
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
  const pinChange = createManagerPinChange(parts, () => {
    pinCheck.forgive();
    session.open('pin');
  });
  const secretProof = createSecretProof(parts, () => note({ kind: 'login-failed', by: 'secret', failures: pinCheck.failures(), refusedMeanwhile: 0 }));
  /** A check that began before a lock does not open the side after it. */
  let locks = 0;

  const hasPin = () => pins.read().managerPin !== null;
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
      const asked = locks;
      const proved = await secretProof.prove(typed);
      if (proved.kind === 'ok') open('secret', asked);
      return proved;
    },
    secretWasProved() {
      if (session.current() === null) open('secret', locks);
    },
    setPin: (typed, isStillOpen) => pinChange.set(typed, session.current()?.by === 'secret', pinCheck.check, isStillOpen),
    lock(why = 'asked') {
      locks += 1;
      if (session.current() === null) return;
      session.lock();
      note({ kind: 'locked', why });
    },
  };
}
