import type { ConnectionCheck, ConnectionCheckName, SubAccountOffer, SubAccountOffers } from '../../contract/connecting.ts';
import { type Credentials, checkCredentials } from '../../contract/credentials.ts';
import type { Currency } from '../../contract/money.ts';
import type { ConnectProblem, KeychainProblem } from '../../contract/problem.ts';
import { type Result, assertNever, failed, ok } from '../../contract/result.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';

/** The account of this register, as far as it is no secret. */
export type ConnectedAccount = {
  readonly subAccountId: string;
  readonly name: string;
  readonly currency: Currency;
  readonly mode: 'test' | 'live';
  readonly through: Credentials['kind'];
};

/** JustiFi, asked with credentials that are not those of the register yet. */
export type JustifiTrial = {
  /** Can these credentials get an access token at all? */
  access(): Promise<Result<unknown, JustifiFailure>>;
  list(): Promise<Result<SubAccountOffers, JustifiFailure>>;
  read(subAccountId: string): Promise<Result<SubAccountOffer, JustifiFailure>>;
};

type KeychainFailure = { readonly kind: KeychainProblem };

/** The credentials of this register, in the keychain. */
export type KeptCredentials = {
  read(): Promise<Result<Credentials, KeychainFailure>>;
  save(credentials: Credentials): Promise<Result<null, KeychainFailure>>;
  remove(): Promise<Result<null, KeychainFailure>>;
};

export type ConnectParts = {
  readonly tryCredentials: (credentials: Credentials) => JustifiTrial;
  readonly keychain: KeptCredentials;
  readonly saveAccount: (account: ConnectedAccount) => Result<null, unknown>;
  /** Asked at the last moment, because JustiFi takes its time: what now stands in the way. */
  readonly whyNotNow: () => ConnectProblem | null;
};

/** What these credentials may use. Nothing is kept. */
export async function findSubAccounts({ tryCredentials }: Pick<ConnectParts, 'tryCredentials'>, typed: Credentials): Promise<Result<{ readonly credentials: Credentials; readonly found: SubAccountOffers }, ConnectProblem>> {
  const checked = checkCredentials(typed);
  if (checked.kind === 'failed') return checked;
  const credentials = checked.value;
  const trial = tryCredentials(credentials);
  const access = await trial.access();
  if (access.kind === 'failed') return failed(accessProblem(access.failure, credentials));
  const listed = await trial.list();
  return listed.kind === 'ok' ? ok({ credentials, found: listed.value }) : failed(readProblem(listed.failure));
}

/**
 * Asks JustiFi about the sub account once more, and only when it may take payments keeps both: the credentials in the
 * keychain, the rest in the settings; or neither. `isKept`: the credentials are those of the keychain.
 */
export async function connectAccount(parts: ConnectParts, credentials: Credentials, typedId: string, isKept: boolean): Promise<Result<ConnectedAccount, ConnectProblem>> {
  const subAccountId = typedId.trim();
  if (!/^acc_\w{1,90}$/u.test(subAccountId)) return failed({ kind: 'sub-account-invalid' });
  const trial = parts.tryCredentials(credentials);
  const access = await trial.access();
  if (access.kind === 'failed') return failed(accessProblem(access.failure, credentials));
  const read = await trial.read(subAccountId);
  if (read.kind === 'failed') return failed(readProblem(read.failure));
  const offer = read.value;
  const obstacle = obstacleProblem(offer);
  if (obstacle !== null) return failed(obstacle);
  if (offer.currency === null) return failed({ kind: 'currency-unknown' });

  const { keychain } = parts;
  const before = await keychain.read();
  const kept = isKept ? ok(null) : await keychain.save(credentials);
  if (kept.kind === 'failed') return kept;
  const account: ConnectedAccount = { subAccountId, name: offer.name, currency: offer.currency, mode: offer.mode, through: credentials.kind };
  const obstacleNow = parts.whyNotNow();
  if (obstacleNow === null && parts.saveAccount(account).kind === 'ok') return ok(account);
  // The credentials of one account beside the settings of another would serve neither.
  if (!isKept) await (before.kind === 'ok' ? keychain.save(before.value) : keychain.remove());
  return failed(obstacleNow ?? { kind: 'settings-unwritable' });
}

export type ConnectionTestParts = Pick<ConnectParts, 'tryCredentials'> & {
  readonly account: ConnectedAccount;
  readonly keychain: Pick<KeptCredentials, 'read'>;
  /** Does JustiFi answer at all, and does the host of its card fields? */
  readonly isApiAnswering: () => Promise<boolean>;
  readonly isFormAnswering: () => Promise<boolean>;
};

/** What a payment needs, one thing after the other; what cannot be looked at because of one before is `skipped`. */
export async function testConnection(parts: ConnectionTestParts): Promise<readonly ConnectionCheck[]> {
  const { account } = parts;
  const [kept, isAnswering, isFormAnswering] = await Promise.all([parts.keychain.read(), parts.isApiAnswering(), parts.isFormAnswering()]);
  const trial = kept.kind === 'ok' && isAnswering ? parts.tryCredentials(kept.value) : null;
  const access = trial === null ? null : await trial.access();
  const read = trial === null || access?.kind !== 'ok' ? null : await trial.read(account.subAccountId);
  const offer = read?.kind === 'ok' ? read.value : null;
  const line = (name: ConnectionCheckName, result: ConnectionCheck['result']): ConnectionCheck => ({ name, result });
  return [
    line('keychain', kept.kind === 'ok' ? 'ok' : kept.failure),
    line('network', isAnswering ? 'ok' : { kind: 'no-connection', code: 'no-answer' }),
    line('access', access === null || kept.kind === 'failed' ? 'skipped' : access.kind === 'ok' ? 'ok' : accessProblem(access.failure, kept.value)),
    line('sub-account', read === null ? 'skipped' : read.kind === 'failed' ? readProblem(read.failure) : (obstacleProblem(read.value) ?? 'ok')),
    line('mode', offer === null ? 'skipped' : offer.mode === account.mode && offer.obstacle !== 'mode-mixed' ? 'ok' : { kind: 'mode-mixed' }),
    line('form', isFormAnswering ? 'ok' : { kind: 'form-unreachable' }),
  ];
}

function obstacleProblem({ obstacle, status }: SubAccountOffer): ConnectProblem | null {
  switch (obstacle) {
    case null:
      return null;
    case 'not-enabled':
      return { kind: 'sub-account-not-enabled', status };
    case 'not-ready':
      return { kind: 'sub-account-not-ready' };
    case 'currency-unknown':
    case 'mode-mixed':
      return { kind: obstacle };
    default:
      return assertNever(obstacle);
  }
}

function accessProblem(failure: JustifiFailure, { kind }: Credentials): ConnectProblem {
  const isBroker = kind === 'broker';
  switch (failure.kind) {
    case 'network':
      return { kind: isBroker ? 'broker-unreachable' : 'no-connection', code: failure.code };
    case 'unauthorised':
    case 'forbidden':
    case 'invalid':
      return { kind: isBroker ? 'broker-refused' : 'credentials-refused', code: failure.code };
    case 'declined':
    case 'conflict':
    case 'rate-limited':
    case 'server':
    case 'unexpected':
      return { kind: isBroker ? 'broker-unreachable' : 'service-trouble', code: failure.code };
    default:
      return assertNever(failure);
  }
}

function readProblem(failure: JustifiFailure): ConnectProblem {
  switch (failure.kind) {
    case 'network':
      return { kind: 'no-connection', code: failure.code };
    case 'unauthorised':
      return { kind: 'credentials-refused', code: failure.code };
    case 'forbidden':
      return { kind: 'no-permission', code: failure.code };
    case 'invalid':
      return { kind: 'sub-account-invalid' };
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
