import { connectionFailure } from '../../contract/connection-failure.ts';
import { type Credentials, checkCredentials } from '../../contract/credentials.ts';
import type { AccessProblem } from '../../contract/pin.ts';
import { type Result, assertNever, failed, ok } from '../../contract/result.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import { isSameText } from './pin-hash.ts';

export type SecretProofParts = {
  /** The kind of the account's credentials; null: no account is connected. */
  readonly accountCredentialsKind: () => Credentials['kind'] | null;
  /** The credentials in the keychain, when it can be read. */
  readonly readCredentials: () => Promise<Result<Credentials, unknown>>;
  /** Asks JustiFi whether these credentials may use this register's sub account. */
  readonly tryCredentials: (credentials: Credentials) => Promise<Result<unknown, JustifiFailure>>;
};

/** Proves that the typed text is the secret of the connected account. One at a time. */
type SecretProof = {
  prove(typed: Credentials): Promise<Result<null, AccessProblem>>;
};

/** `onFailed`: called when it was compared and differs. */
export function createSecretProof(parts: SecretProofParts, onFailed: () => void): SecretProof {
  let isProving = false;
  return {
    async prove(typed) {
      if (parts.accountCredentialsKind() === null) return failed({ kind: 'no-account' });
      if (isProving) return failed({ kind: 'still-asking' });
      // Checked before JustiFi is asked and before anything is logged: empty fields must not fill the log.
      const checked = checkCredentials(typed);
      if (checked.kind === 'failed') return failed({ kind: 'secret-wrong', code: checked.failure.kind });
      isProving = true;
      const proved = await compare(parts, checked.value).finally(() => {
        isProving = false;
      });
      if (proved.kind === 'failed') onFailed();
      return proved;
    },
  };
}

async function compare({ accountCredentialsKind, readCredentials, tryCredentials }: SecretProofParts, typed: Credentials): Promise<Result<null, AccessProblem>> {
  const kept = await readCredentials();
  // SECURITY: a page that was taken over must not make main call an address of its choice.
  if (typed.kind !== accountCredentialsKind()) return failed({ kind: 'secret-wrong', code: 'another-way' });
  if (typed.kind === 'broker' && kept.kind === 'ok' && !(kept.value.kind === 'broker' && kept.value.url === typed.url)) return failed({ kind: 'secret-wrong', code: 'another-server' });
  if (kept.kind === 'ok' && isSameText(JSON.stringify(kept.value), JSON.stringify(typed))) return ok(null);
  // The keychain is locked, or the secret was replaced in JustiFi's dashboard: ask JustiFi.
  const tried = await tryCredentials(typed);
  if (tried.kind === 'failed') return failed(secretProblem(tried.failure));
  return accountCredentialsKind() === typed.kind ? ok(null) : failed({ kind: 'no-account' });
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
