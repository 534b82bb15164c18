import { type Credentials, secretOf } from '../../contract/credentials.ts';
import type { ConnectProblem } from '../../contract/problem.ts';
import { type Result, disregard, failed, ok } from '../../contract/result.ts';
import { createSerialQueue } from '../sale/serial-queue.ts';
import type { Timers } from '../sale/timers.ts';
import type { Till } from '../sale/till.ts';
import type { Access } from './access.ts';
import { type Audit, COUNTER, MANAGER } from './audit.ts';
import { type IsStillOpen, LOCKED, type ManagerHandlers } from './guard.ts';
import { type ConnectParts, type ConnectedAccount, type ConnectionTestParts, connectAccount, findSubAccounts, testConnection } from './connect-account.ts';

type AccountCallsParts = Pick<ConnectParts, 'tryCredentials' | 'keychain'> & Pick<ConnectionTestParts, 'probeApi' | 'probeForm'> & {
  readonly till: Pick<Till, 'isBusy' | 'snapshot'>;
  readonly access: Pick<Access, 'secretWasProved'>;
  readonly audit: Pick<Audit, 'note' | 'noteFirst'>;
  readonly settings: { read(): { readonly account: ConnectedAccount | null }; change(change: { readonly account: ConnectedAccount | null; readonly isSetUp?: true }): Result<null, unknown> };
  /** SECURITY: the settings, the keychain and the files of this register agree on its account. Else what the keychain holds counts only once it was typed again. */
  readonly isAccountSure: () => boolean;
  readonly timers: Timers;
  /** Opens the account of the settings. */
  readonly reopen: () => Promise<void>;
  /** From now on this text is in no log. `typed`: it may be anything. */
  readonly protect: (kind: 'typed' | 'credentials', secret: string) => void;
  readonly log: (what: string, detail: Readonly<Record<string, string>>) => void;
};

/** A register without a PIN is never locked: the credentials are dropped after this. */
const HELD_FOR_MS = 10 * 60_000;

type AccountCalls = Pick<ManagerHandlers, 'findSubAccounts' | 'connect' | 'testConnection' | 'disconnect'> & {
  /** Forgets typed credentials that are not connected yet: when the manager's side is locked, and after ten minutes. */
  forget(): void;
};

/** Connects and disconnects the shop's account. It is connected when it is in the settings; the audit log comes first. */
export function accountCalls(parts: AccountCallsParts): AccountCalls {
  const { till, audit, settings } = parts;
  /** Credentials between their check and the choice of the sub account. In memory only. */
  let held: Credentials | null = null;
  /** Two changes at once could mix the settings of one with the credentials of the other. */
  const oneByOne = createSerialQueue();
  /** Counts changes of `held`: an answer that comes after credentials were forgotten is ignored. */
  let holding = 0;
  let callOffForgetting = () => {};

  function forget(): void {
    callOffForgetting();
    held = null;
    holding += 1;
  }

  function saveAccount(account: ConnectedAccount): Result<null, unknown> {
    const { subAccountId, name, mode, credentialsKind } = account;
    const noted = audit.noteFirst(MANAGER, 'account-connected', { subAccountId, name, mode, credentialsKind, before: settings.read().account?.subAccountId ?? null });
    return noted.kind === 'ok' ? settings.change({ account, isSetUp: true }) : noted;
  }

  function refuse(problem: ConnectProblem): { readonly kind: 'failed'; readonly failure: ConnectProblem } {
    const { kind, ...rest } = problem;
    const detail: Record<string, string> = { result: kind, ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])) };
    parts.log('account.connect', detail);
    audit.note(MANAGER, 'account-refused', detail);
    return failed(problem);
  }

  async function connect(subAccountId: string, isStillOpen: IsStillOpen): ReturnType<AccountCalls['connect']> {
    if (till.isBusy()) return failed({ kind: 'sale-in-progress' });
    if (held === null || !isStillOpen()) return refuse({ kind: 'credentials-forgotten' });
    const credentials = held;
    const asked = holding;
    const whyNotNow = (): ConnectProblem | null => {
      // A sale ends on the account on which it began.
      if (till.isBusy()) return { kind: 'sale-in-progress' };
      const before = settings.read().account?.subAccountId ?? null;
      const count = before === null || before === subAccountId.trim() ? 0 : till.snapshot().openPayments;
      if (count > 0) return { kind: 'payments-open', count };
      // Nothing is connected after a lock.
      return holding === asked && isStillOpen() ? null : { kind: 'credentials-forgotten' };
    };
    const notNow = whyNotNow();
    if (notNow !== null) return refuse(notNow);
    const connected = await connectAccount({ ...parts, saveAccount, whyNotNow }, credentials, subAccountId);
    if (connected.kind === 'failed') return refuse(connected.failure);
    forget();
    parts.log('account.connect', { result: 'ok' });
    parts.access.secretWasProved();
    await parts.reopen();
    return ok(null);
  }

  /** `told`: how many open payments the manager knows of. They are watched again when this account is reconnected. */
  async function disconnect(told: number, isStillOpen: IsStillOpen): ReturnType<AccountCalls['disconnect']> {
    forget();
    const putBack = await parts.keychain.remember();
    if (!isStillOpen()) return LOCKED;
    if (till.isBusy()) return failed({ kind: 'sale-in-progress' });
    const count = till.snapshot().openPayments;
    if (count > told) return failed({ kind: 'payments-open', count });
    const { account } = settings.read();
    const noted = audit.noteFirst(MANAGER, 'account-disconnected', { subAccountId: account?.subAccountId ?? null, open: count });
    if (noted.kind === 'failed') return failed({ kind: 'settings-unwritable' });
    const takeBack = <Problem>(failure: Problem) => {
      audit.note(COUNTER, 'account-disconnected', { failed: true });
      return failed(failure);
    };
    if (settings.change({ account: null }).kind === 'failed') return takeBack({ kind: 'settings-unwritable' as const });
    const removed = await parts.keychain.remove();
    if (removed.kind === 'ok' && !till.isBusy()) {
      parts.log('account.disconnect', {});
      await parts.reopen();
      return ok(null);
    }
    // The keychain failed, or a sale has begun: restore everything.
    disregard(settings.change({ account }), 'what is said is the failure before it');
    if (removed.kind === 'failed') return takeBack(removed.failure);
    await putBack();
    return takeBack({ kind: 'sale-in-progress' as const });
  }

  return {
    forget,
    connect: ({ subAccountId }, isStillOpen) => oneByOne(() => connect(subAccountId, isStillOpen)),
    disconnect: ({ openPayments: told }, isStillOpen) => oneByOne(() => disconnect(told, isStillOpen)),
    async findSubAccounts(typed, isStillOpen) {
      forget();
      const asked = holding;
      if (typed !== null) parts.protect('typed', secretOf(typed).trim());
      if (typed === null && !parts.isAccountSure()) return refuse({ kind: 'credentials-forgotten' });
      const given = typed === null ? await parts.keychain.read() : ok(typed);
      if (given.kind === 'failed') return refuse(given.failure);
      const answer = await findSubAccounts(parts, given.value);
      if (answer.kind === 'failed') return refuse(answer.failure);
      parts.protect('credentials', secretOf(answer.value.credentials));
      if (holding !== asked || !isStillOpen()) return refuse({ kind: 'credentials-forgotten' });
      held = answer.value.credentials;
      callOffForgetting = parts.timers.after(HELD_FOR_MS, forget);
      return ok(answer.value.found);
    },
    async testConnection(_input, isStillOpen) {
      const { account } = settings.read();
      if (account === null) return ok([]);
      const checks = await testConnection({ ...parts, account });
      const said = checks.map(({ name, result }) => [name, typeof result === 'string' ? result : result.kind] as const);
      parts.log('account.test', Object.fromEntries(said));
      return isStillOpen() ? ok(checks) : LOCKED;
    },
  };
}
