import type { Handlers } from '../../contract/channels.ts';
import { type Credentials, secretOf } from '../../contract/credentials.ts';
import type { ConnectProblem, KeychainProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { Till } from '../sale/till.ts';
import type { Access } from './access.ts';
import { type Audit, MANAGER } from './audit.ts';
import { type ConnectParts, type ConnectedAccount, type ConnectionTestParts, connectAccount, findSubAccounts, testConnection } from './connect-account.ts';

export type AccountCallsParts = Pick<ConnectParts, 'tryCredentials' | 'saveCredentials'> & Pick<ConnectionTestParts, 'readCredentials' | 'isApiAnswering' | 'isFormAnswering'> & {
  readonly till: Pick<Till, 'isBusy'>;
  readonly access: Pick<Access, 'secretWasProved'>;
  readonly audit: Pick<Audit, 'note'>;
  readonly settings: { read(): { readonly account: ConnectedAccount | null }; change(change: { readonly account: ConnectedAccount | null; readonly isSetUp?: true }): Result<null, unknown> };
  readonly removeCredentials: () => Promise<Result<null, { readonly kind: KeychainProblem }>>;
  /** Opens the account of the settings. */
  readonly reopen: () => Promise<void>;
  /** From now on this text is in no log. */
  readonly protect: (secret: string) => void;
  readonly log: (what: string, detail: Readonly<Record<string, string>>) => void;
};

type AccountCalls = Pick<Handlers<'manager'>, 'findSubAccounts' | 'connect' | 'testConnection' | 'disconnect'> & {
  /** The manager's side was locked: what was typed and not connected yet is forgotten. */
  forget(): void;
};

/** Connecting and disconnecting the shop's account. An account counts from the moment it is in the settings, and not before it is in the audit log. */
export function accountCalls(parts: AccountCallsParts): AccountCalls {
  const { till, audit, settings } = parts;
  /** Between the choice of the credentials and that of the sub account. Memory of main only. */
  let held: { readonly credentials: Credentials; readonly isKept: boolean } | null = null;

  function saveAccount(account: ConnectedAccount): Result<null, unknown> {
    const { subAccountId, name, mode, through } = account;
    const noted = audit.note(MANAGER, 'account-connected', { subAccountId, name, mode, through });
    return noted.kind === 'ok' ? settings.change({ account, isSetUp: true }) : noted;
  }

  function refuse(problem: ConnectProblem): { readonly kind: 'failed'; readonly failure: ConnectProblem } {
    const { kind, ...rest } = problem;
    const detail: Record<string, string> = { result: kind, ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])) };
    parts.log('account.connect', detail);
    audit.note(MANAGER, 'account-refused', detail);
    return failed(problem);
  }

  return {
    forget() {
      held = null;
    },
    async findSubAccounts(typed) {
      held = null;
      if (typed !== null) parts.protect(secretOf(typed).trim());
      const given = typed === null ? await parts.readCredentials() : ok(typed);
      if (given.kind === 'failed') return refuse(given.failure);
      const answer = await findSubAccounts(parts, given.value);
      if (answer.kind === 'failed') return refuse(answer.failure);
      parts.protect(secretOf(answer.value.credentials));
      held = { credentials: answer.value.credentials, isKept: typed === null };
      return ok(answer.value.found);
    },
    async connect({ subAccountId }) {
      if (till.isBusy()) return failed({ kind: 'sale-in-progress' });
      if (held === null) return refuse({ kind: 'credentials-forgotten' });
      const { credentials, isKept } = held;
      const connected = await connectAccount({ ...parts, saveAccount }, credentials, subAccountId, isKept);
      if (connected.kind === 'failed') return refuse(connected.failure);
      held = null;
      parts.log('account.connect', { result: 'ok' });
      parts.access.secretWasProved();
      await parts.reopen();
      return ok(null);
    },
    async testConnection() {
      const { account } = settings.read();
      if (account === null) return ok([]);
      const checks = await testConnection({ ...parts, account });
      const said = checks.map(({ name, result }) => [name, typeof result === 'string' ? result : result.kind] as const);
      parts.log('account.test', Object.fromEntries(said));
      return ok(checks);
    },
    async disconnect() {
      if (till.isBusy()) return failed({ kind: 'sale-in-progress' });
      const noted = audit.note(MANAGER, 'account-disconnected', { subAccountId: settings.read().account?.subAccountId ?? null });
      if (noted.kind === 'failed') return failed({ kind: 'settings-unwritable' });
      const removed = await parts.removeCredentials();
      if (removed.kind === 'failed') return removed;
      if (settings.change({ account: null }).kind === 'failed') return failed({ kind: 'settings-unwritable' });
      parts.log('account.disconnect', {});
      await parts.reopen();
      return ok(null);
    },
  };
}
