import type { Handlers } from '../../contract/channels.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { Till } from '../sale/till.ts';
import type { Access } from './access.ts';
import { type Audit, MANAGER } from './audit.ts';
import { type ConnectParts, type ConnectedAccount, connectAccount } from './connect-account.ts';

export type AccountCallsParts = Pick<ConnectParts, 'tryCredentials' | 'saveCredentials'> & {
  readonly till: Pick<Till, 'isBusy'>;
  readonly access: Pick<Access, 'secretWasProved'>;
  readonly audit: Pick<Audit, 'note'>;
  readonly settings: { read(): { readonly account: ConnectedAccount | null }; change(change: { readonly account: ConnectedAccount | null }): Result<null, unknown> };
  readonly removeCredentials: () => Promise<Result<null, unknown>>;
  /** Opens the account of the settings. */
  readonly reopen: () => Promise<void>;
  /** From now on this text is in no log. */
  readonly protect: (secret: string) => void;
  readonly log: (what: string, detail: Readonly<Record<string, string>>) => void;
};

/** Connecting and disconnecting the shop's account. An account counts from the moment it is in the settings, and not before it is in the audit log. */
export function accountCalls(parts: AccountCallsParts): Pick<Handlers<'manager'>, 'connect' | 'disconnect'> {
  const { till, audit, settings } = parts;

  function saveAccount(account: ConnectedAccount): Result<null, unknown> {
    const noted = audit.note(MANAGER, 'account-connected', { subAccountId: account.subAccountId, mode: account.mode });
    return noted.kind === 'ok' ? settings.change({ account }) : noted;
  }

  return {
    async connect(typed) {
      if (till.isBusy()) return failed({ kind: 'sale-in-progress' });
      parts.protect(typed.clientSecret.trim());
      const connected = await connectAccount({ ...parts, saveAccount }, typed);
      if (connected.kind === 'failed') {
        const { kind, ...detail } = connected.failure;
        parts.log('account.connect', { result: kind, ...detail });
        audit.note(MANAGER, 'account-refused', { result: kind, ...detail });
        return connected;
      }
      parts.log('account.connect', { result: 'ok' });
      parts.access.secretWasProved();
      await parts.reopen();
      return ok(null);
    },
    async disconnect() {
      if (till.isBusy()) return failed({ kind: 'sale-in-progress' });
      const noted = audit.note(MANAGER, 'account-disconnected', { subAccountId: settings.read().account?.subAccountId ?? null });
      if (noted.kind === 'failed') return failed({ kind: 'settings-unwritable' });
      if ((await parts.removeCredentials()).kind === 'failed') return failed({ kind: 'keychain-unavailable' });
      if (settings.change({ account: null }).kind === 'failed') return failed({ kind: 'settings-unwritable' });
      parts.log('account.disconnect', {});
      await parts.reopen();
      return ok(null);
    },
  };
}
