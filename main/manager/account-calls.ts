import { secretOf } from '../../contract/credentials.ts';
import type { ConnectProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { createSerialQueue } from '../sale/serial-queue.ts';
import type { Timers } from '../sale/timers.ts';
import type { Access } from './access.ts';
import { MANAGER } from './audit.ts';
import { type ConnectParts, type ConnectedAccount, type ConnectionTestParts, connectAccount, findSubAccounts, testConnection } from './connect-account.ts';
import { type DisconnectParts, disconnectAccount } from './disconnect-account.ts';
import { type IsStillOpen, LOCKED, type ManagerHandlers } from './guard.ts';
import { createHeldCredentials } from './held-credentials.ts';

type AccountCallsParts = Pick<ConnectParts, 'tryCredentials'> & Pick<ConnectionTestParts, 'probeApi' | 'probeForm'> & Omit<DisconnectParts, 'settings'> & {
  readonly access: Pick<Access, 'secretWasProved'>;
  readonly settings: { read(): { readonly account: ConnectedAccount | null }; change(change: { readonly account: ConnectedAccount | null; readonly isSetUp?: true }): Result<null, unknown> };
  /** SECURITY: the settings, the keychain and the files of this register agree on its account. Otherwise the keychain's credentials count only once they were typed again. */
  readonly isAccountSure: () => boolean;
  readonly timers: Timers;
  /** Keeps this text out of every log. `typed`: it may be any word. */
  readonly protect: (kind: 'typed' | 'credentials', secret: string) => void;
};

type AccountCalls = Pick<ManagerHandlers, 'findSubAccounts' | 'connect' | 'testConnection' | 'disconnect'> & {
  /** Forgets typed credentials that are not connected yet: when the manager's side is locked, and after ten minutes. */
  forget(): void;
};

/** Connects and disconnects the shop's account. It is connected once it is in the settings; the audit line is written first. */
export function accountCalls(parts: AccountCallsParts): AccountCalls {
  const { till, settings } = parts;
  const held = createHeldCredentials(parts.timers);
  /** Two changes at once could mix the settings of one with the credentials of the other. */
  const oneByOne = createSerialQueue();

  const refuse = (problem: ConnectProblem) => refused(parts, problem);

  async function connect(subAccountId: string, isStillOpen: IsStillOpen): ReturnType<AccountCalls['connect']> {
    if (till.isBusy()) return failed({ kind: 'sale-in-progress' });
    const credentials = held.current();
    if (credentials === null || !isStillOpen()) return refuse({ kind: 'credentials-forgotten' });
    const areHeld = held.untouched();
    const whyNotNow = (): ConnectProblem | null => {
      // A sale must end on the account on which it began.
      if (till.isBusy()) return { kind: 'sale-in-progress' };
      const before = settings.read().account?.subAccountId ?? null;
      const count = before === null || before === subAccountId.trim() ? 0 : till.snapshot().openPayments;
      if (count > 0) return { kind: 'payments-open', count };
      // Nothing is connected after a lock.
      return areHeld() && isStillOpen() ? null : { kind: 'credentials-forgotten' };
    };
    const notNow = whyNotNow();
    if (notNow !== null) return refuse(notNow);
    const connected = await connectAccount({ ...parts, saveAccount: (account) => saveAccount(parts, account), whyNotNow }, credentials, subAccountId);
    if (connected.kind === 'failed') return refuse(connected.failure);
    held.forget();
    parts.log('account.connect', { result: 'ok' });
    parts.access.secretWasProved();
    await parts.reopen();
    return ok(null);
  }

  return {
    forget: held.forget,
    connect: ({ subAccountId }, isStillOpen) => oneByOne(() => connect(subAccountId, isStillOpen)),
    disconnect: ({ openPayments: told }, isStillOpen) => oneByOne(() => {
      held.forget();
      return disconnectAccount(parts, told, isStillOpen);
    }),
    async findSubAccounts(typed, isStillOpen) {
      held.forget();
      const isWaitedFor = held.untouched();
      if (typed !== null) parts.protect('typed', secretOf(typed).trim());
      if (typed === null && !parts.isAccountSure()) return refuse({ kind: 'credentials-forgotten' });
      const given = typed === null ? await parts.keychain.read() : ok(typed);
      if (given.kind === 'failed') return refuse(given.failure);
      const answer = await findSubAccounts(parts, given.value);
      if (answer.kind === 'failed') return refuse(answer.failure);
      parts.protect('credentials', secretOf(answer.value.credentials));
      if (!isWaitedFor() || !isStillOpen()) return refuse({ kind: 'credentials-forgotten' });
      held.hold(answer.value.credentials);
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

/** The audit line is written first. */
function saveAccount({ audit, settings }: AccountCallsParts, account: ConnectedAccount): Result<null, unknown> {
  const { subAccountId, name, mode, credentialsKind } = account;
  const noted = audit.noteFirst(MANAGER, 'account-connected', { subAccountId, name, mode, credentialsKind, before: settings.read().account?.subAccountId ?? null });
  return noted.kind === 'ok' ? settings.change({ account, isSetUp: true }) : noted;
}

function refused({ audit, log }: AccountCallsParts, problem: ConnectProblem): { readonly kind: 'failed'; readonly failure: ConnectProblem } {
  const { kind, ...rest } = problem;
  const detail: Record<string, string> = { result: kind, ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])) };
  log('account.connect', detail);
  audit.note(MANAGER, 'account-refused', detail);
  return failed(problem);
}
