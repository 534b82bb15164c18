import { checkCredentials, secretOf } from '../../contract/credentials.ts';
import type { ConnectProblem } from '../../contract/problem.ts';
import { type ProvisionOrder, readProvisionOrder } from '../../contract/provision-order.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type Audit, COUNTER } from './audit.ts';
import { type ConnectParts, type ConnectedAccount, connectAccount } from './connect-account.ts';

export type ProvisionParts = Pick<ConnectParts, 'tryCredentials' | 'keychain'> & {
  /** All that came on standard input; null when it was longer than any order. */
  readonly input: string | null;
  readonly settings: {
    read(): { readonly account: ConnectedAccount | null; readonly registerName: string };
    /** What the company's policy locks, by name. */
    readonly locked: readonly string[];
    change(change: { readonly account: ConnectedAccount; readonly registerName: string; readonly isSetUp: true }): Result<null, unknown>;
  };
  readonly audit: Pick<Audit, 'note'>;
  /** From now on this text is in no log. `typed`: it may be anything. */
  readonly protect: (kind: 'typed' | 'credentials', secret: string) => void;
};

export type ProvisionProblem = ConnectProblem | { readonly kind: 'order-invalid' | 'already-connected' };

/**
 * Connects a register without anybody at its screen, once, for an administrator. Tested with JustiFi exactly as on the
 * manager's side; nothing is kept unless all of it works.
 */
export async function provision(parts: ProvisionParts): Promise<Result<ConnectedAccount, ProvisionProblem>> {
  const read = readProvisionOrder(parts.input ?? '');
  if (read.kind === 'failed') return read;
  const order = read.value;
  parts.protect('typed', secretOf(order.credentials).trim());
  if (parts.settings.read().account !== null && !order.replace) return failed({ kind: 'already-connected' });
  const checked = checkCredentials(order.credentials);
  if (checked.kind === 'failed') return checked;
  parts.protect('credentials', secretOf(checked.value));
  const connected = await connectAccount({ ...parts, saveAccount: (account) => saveAccount(parts, order, account), whyNotNow: () => null }, checked.value, order.subAccountId, false);
  if (connected.kind === 'failed') parts.audit.note(COUNTER, 'account-refused', { result: connected.failure.kind, by: 'provisioning' });
  return connected;
}

function saveAccount({ settings, audit }: ProvisionParts, order: ProvisionOrder, account: ConnectedAccount): Result<null, unknown> {
  const { subAccountId, name, mode, through } = account;
  const noted = audit.note(COUNTER, 'account-connected', { subAccountId, name, mode, through, before: settings.read().account?.subAccountId ?? null, by: 'provisioning' });
  if (noted.kind === 'failed') return noted;
  const before = settings.read().registerName;
  // A name that the company has locked stays.
  const registerName = settings.locked.includes('registerName') ? before : (order.registerName ?? before);
  if (registerName !== before) audit.note(COUNTER, 'setting-changed', { setting: 'registerName', old: JSON.stringify(before), new: JSON.stringify(registerName), by: 'provisioning' });
  const changed = settings.change({ account, registerName, isSetUp: true });
  return changed.kind === 'ok' ? ok(null) : changed;
}
