import type { Currency } from '../../contract/money.ts';
import type { ConnectProblem } from '../../contract/problem.ts';
import { type Result, assertNever, failed, ok } from '../../contract/result.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';

export type AccountCredentials = { readonly clientId: string; readonly clientSecret: string; readonly subAccountId: string };
export type ConnectedAccount = { readonly subAccountId: string; readonly currency: Currency; readonly mode: 'test' | 'live' };

export type ConnectParts = {
  /** Fetches a token with these credentials and reads the sub account with it. */
  readonly tryCredentials: (
    credentials: AccountCredentials,
  ) => Promise<Result<{ readonly currency: Currency; readonly status: string }, { readonly step: 'token' | 'sub-account'; readonly failure: JustifiFailure }>>;
  readonly saveCredentials: (credentials: { readonly clientId: string; readonly clientSecret: string }) => Promise<Result<null, unknown>>;
  readonly saveAccount: (account: ConnectedAccount) => Result<null, unknown>;
};

/** Tests what a manager typed with JustiFi itself, and only then keeps it: the secret in the keychain, the rest in the settings. */
export async function connectAccount(parts: ConnectParts, typed: AccountCredentials): Promise<Result<ConnectedAccount, ConnectProblem>> {
  const credentials = { clientId: typed.clientId.trim(), clientSecret: typed.clientSecret.trim(), subAccountId: typed.subAccountId.trim() };
  if (credentials.clientId === '') return failed({ kind: 'client-id-empty' });
  if (credentials.clientSecret === '') return failed({ kind: 'client-secret-empty' });
  if (!/^acc_\w{1,90}$/u.test(credentials.subAccountId)) return failed({ kind: 'sub-account-invalid' });

  const tried = await parts.tryCredentials(credentials);
  if (tried.kind === 'failed') return failed(connectProblem(tried.failure.step, tried.failure.failure));
  if (tried.value.status !== 'enabled') return failed({ kind: 'sub-account-not-enabled', status: tried.value.status });

  const kept = await parts.saveCredentials({ clientId: credentials.clientId, clientSecret: credentials.clientSecret });
  if (kept.kind === 'failed') return failed({ kind: 'keychain-unavailable' });
  // JustiFi tells test from live by the key: test_… or live_…. Anything unknown is treated as real money.
  const mode = credentials.clientId.startsWith('test_') ? 'test' : 'live';
  const account: ConnectedAccount = { subAccountId: credentials.subAccountId, currency: tried.value.currency, mode };
  return parts.saveAccount(account).kind === 'ok' ? ok(account) : failed({ kind: 'settings-unwritable' });
}

function connectProblem(step: 'token' | 'sub-account', failure: JustifiFailure): ConnectProblem {
  switch (failure.kind) {
    case 'network':
      return { kind: 'no-connection', code: failure.code };
    case 'unauthorised':
      return { kind: 'credentials-refused', code: failure.code };
    case 'forbidden':
      return { kind: 'no-permission', code: failure.code };
    case 'invalid':
      return step === 'sub-account' ? { kind: 'sub-account-invalid' } : { kind: 'credentials-refused', code: failure.code };
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
