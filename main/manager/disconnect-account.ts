import type { CallResult, Locked } from '../../contract/channels.ts';
import { type Result, disregard, failed, ok } from '../../contract/result.ts';
import type { Till } from '../sale/till.ts';
import { type Audit, COUNTER, MANAGER } from './audit.ts';
import type { ConnectParts, ConnectedAccount } from './connect-account.ts';
import { type IsStillOpen, LOCKED } from './guard.ts';

export type DisconnectParts = Pick<ConnectParts, 'keychain'> & {
  readonly till: Pick<Till, 'isBusy' | 'snapshot'>;
  readonly audit: Pick<Audit, 'note' | 'noteFirst'>;
  readonly settings: { read(): { readonly account: ConnectedAccount | null }; change(change: { readonly account: ConnectedAccount | null }): Result<null, unknown> };
  /** Opens the account of the settings. */
  readonly reopen: () => Promise<void>;
  readonly log: (what: string, detail: Readonly<Record<string, string>>) => void;
};

/** Takes the account out of settings and keychain, or leaves it in both. `told`: the number of open payments that the manager was shown. They are watched again when this account is reconnected. */
export async function disconnectAccount({ till, audit, settings, keychain, reopen, log }: DisconnectParts, told: number, isStillOpen: IsStillOpen): Promise<CallResult<'manager', 'disconnect'> | Locked> {
  const putBack = await keychain.remember();
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
  const removed = await keychain.remove();
  if (removed.kind === 'ok' && !till.isBusy()) {
    log('account.disconnect', {});
    await reopen();
    return ok(null);
  }
  // The keychain failed, or a sale has begun: restore everything.
  disregard(settings.change({ account }), 'what is said is the failure before it');
  if (removed.kind === 'failed') return takeBack(removed.failure);
  await putBack();
  return takeBack({ kind: 'sale-in-progress' as const });
}
