import type { Handlers } from '../../contract/channels.ts';
import { type Credentials, secretOf } from '../../contract/credentials.ts';
import type { ConnectProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { openSerialQueue } from '../sale/serial-queue.ts';
import type { Timers } from '../sale/timers.ts';
import type { Till } from '../sale/till.ts';
import type { Access } from './access.ts';
import { type Audit, COUNTER, MANAGER } from './audit.ts';
import { type ConnectParts, type ConnectedAccount, type ConnectionTestParts, connectAccount, findSubAccounts, testConnection } from './connect-account.ts';

export type AccountCallsParts = Pick<ConnectParts, 'tryCredentials' | 'keychain'> & Pick<ConnectionTestParts, 'isApiAnswering' | 'isFormAnswering'> & {
  readonly till: Pick<Till, 'isBusy' | 'snapshot'>;
  readonly access: Pick<Access, 'secretWasProved'>;
  readonly audit: Pick<Audit, 'note'>;
  readonly settings: { read(): { readonly account: ConnectedAccount | null }; change(change: { readonly account: ConnectedAccount | null; readonly isSetUp?: true }): Result<null, unknown> };
  readonly timers: Timers;
  /** Opens the account of the settings. */
  readonly reopen: () => Promise<void>;
  /** From now on this text is in no log. `typed`: it may be anything. */
  readonly protect: (kind: 'typed' | 'credentials', secret: string) => void;
  readonly log: (what: string, detail: Readonly<Record<string, string>>) => void;
};

/** A register without a PIN has no lock that would forget for it. */
const HELD_FOR_MS = 10 * 60_000;

type AccountCalls = Pick<Handlers<'manager'>, 'findSubAccounts' | 'connect' | 'testConnection' | 'disconnect'> & {
  /** The manager's side was locked: what was typed and not connected yet is forgotten. So it is by itself, after ten minutes. */
  forget(): void;
};

/** Connecting and disconnecting the shop's account. An account counts from the moment it is in the settings, and not before it is in the audit log. */
export function accountCalls(parts: AccountCallsParts): AccountCalls {
  const { till, audit, settings } = parts;
  /** Between the choice of the credentials and that of the sub account. Memory of main only, and not for long. */
  let held: { readonly credentials: Credentials; readonly isKept: boolean } | null = null;
  /** Two changes at once could leave the settings of the one beside the credentials of the other. */
  const oneByOne = openSerialQueue();
  /** Of what is held, or asked about: an answer that comes after it was forgotten changes nothing any more. */
  let holding = 0;
  let callOffForgetting = () => {};

  function forget(): void {
    callOffForgetting();
    held = null;
    holding += 1;
  }

  function saveAccount(account: ConnectedAccount): Result<null, unknown> {
    const { subAccountId, name, mode, through } = account;
    const noted = audit.note(MANAGER, 'account-connected', { subAccountId, name, mode, through, before: settings.read().account?.subAccountId ?? null });
    return noted.kind === 'ok' ? settings.change({ account, isSetUp: true }) : noted;
  }

  function refuse(problem: ConnectProblem): { readonly kind: 'failed'; readonly failure: ConnectProblem } {
    const { kind, ...rest } = problem;
    const detail: Record<string, string> = { result: kind, ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])) };
    parts.log('account.connect', detail);
    audit.note(MANAGER, 'account-refused', detail);
    return failed(problem);
  }

  /** Payments of the shop that is connected now, about which JustiFi must still be asked in its name. */
  function openPayments(subAccountId: string): number {
    const { account } = settings.read();
    if (account === null || account.subAccountId === subAccountId) return 0;
    const { toConfirm, latePayments } = till.snapshot();
    return toConfirm + latePayments.length;
  }

  async function connect(subAccountId: string): ReturnType<AccountCalls['connect']> {
    if (till.isBusy()) return failed({ kind: 'sale-in-progress' });
    if (held === null) return refuse({ kind: 'credentials-forgotten' });
    const { credentials, isKept } = held;
    const asked = holding;
    const whyNotNow = (): ConnectProblem | null => {
      // A sale ends on the account on which it began.
      if (till.isBusy()) return { kind: 'sale-in-progress' };
      const count = openPayments(subAccountId.trim());
      if (count > 0) return { kind: 'payments-open', count };
      // Whoever was locked out meanwhile gets nothing connected.
      return holding === asked ? null : { kind: 'credentials-forgotten' };
    };
    const notNow = whyNotNow();
    if (notNow !== null) return refuse(notNow);
    const connected = await connectAccount({ ...parts, saveAccount, whyNotNow }, credentials, subAccountId, isKept);
    if (connected.kind === 'failed') return refuse(connected.failure);
    forget();
    parts.log('account.connect', { result: 'ok' });
    parts.access.secretWasProved();
    await parts.reopen();
    return ok(null);
  }

  async function disconnect(): ReturnType<AccountCalls['disconnect']> {
    forget();
    const kept = await parts.keychain.read();
    if (till.isBusy()) return failed({ kind: 'sale-in-progress' });
    const { account } = settings.read();
    const noted = audit.note(MANAGER, 'account-disconnected', { subAccountId: account?.subAccountId ?? null });
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
    // The keychain would not, or a sale has begun meanwhile: everything as it was.
    settings.change({ account });
    if (removed.kind === 'failed') return takeBack(removed.failure);
    if (kept.kind === 'ok') await parts.keychain.save(kept.value);
    return takeBack({ kind: 'sale-in-progress' as const });
  }

  return {
    forget,
    connect: ({ subAccountId }) => oneByOne(() => connect(subAccountId)),
    disconnect: () => oneByOne(disconnect),
    async findSubAccounts(typed) {
      forget();
      const asked = holding;
      if (typed !== null) parts.protect('typed', secretOf(typed).trim());
      const given = typed === null ? await parts.keychain.read() : ok(typed);
      if (given.kind === 'failed') return refuse(given.failure);
      const answer = await findSubAccounts(parts, given.value);
      if (answer.kind === 'failed') return refuse(answer.failure);
      parts.protect('credentials', secretOf(answer.value.credentials));
      if (holding !== asked) return refuse({ kind: 'credentials-forgotten' });
      held = { credentials: answer.value.credentials, isKept: typed === null };
      callOffForgetting = parts.timers.after(HELD_FOR_MS, forget);
      return ok(answer.value.found);
    },
    async testConnection() {
      const { account } = settings.read();
      if (account === null) return ok([]);
      const checks = await testConnection({ ...parts, account });
      const said = checks.map(({ name, result }) => [name, typeof result === 'string' ? result : result.kind] as const);
      parts.log('account.test', Object.fromEntries(said));
      return ok(checks);
    },
  };
}
