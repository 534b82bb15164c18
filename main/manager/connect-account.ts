import { type ConnectionFailure, connectionFailure } from '../../contract/connection-failure.ts';
import { containsCardNumber } from '../../contract/card-number.ts';
import type { ConnectionCheck, ConnectionCheckName, SubAccountOffer, SubAccountOffers } from '../../contract/connecting.ts';
import { type Credentials, checkCredentials } from '../../contract/credentials.ts';
import type { Currency } from '../../contract/money.ts';
import type { ConnectProblem, KeychainProblem } from '../../contract/problem.ts';
import { type Result, assertNever, failed, ok } from '../../contract/result.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';

/** The account of this register, without secrets. */
export type ConnectedAccount = {
  readonly subAccountId: string;
  readonly name: string;
  readonly currency: Currency;
  readonly mode: 'test' | 'live';
  readonly credentialsKind: Credentials['kind'];
};

/** Requests to JustiFi with credentials that the register does not use yet. */
type JustifiTrial = {
  /** Can these credentials get an access token at all? */
  access(): Promise<Result<unknown, JustifiFailure>>;
  list(): Promise<Result<SubAccountOffers, JustifiFailure>>;
  read(subAccountId: string): Promise<Result<SubAccountOffer, JustifiFailure>>;
};

type KeychainFailure = { readonly kind: KeychainProblem };

/** The credentials of this register, in the keychain. */
export type KeptCredentials = {
  read(): Promise<Result<Credentials, KeychainFailure>>;
  /** Kept for this sub account, on this register. */
  save(credentials: Credentials, subAccountId: string): Promise<Result<null, KeychainFailure>>;
  /** Returns a function that restores the present content. */
  remember(): Promise<() => Promise<unknown>>;
  remove(): Promise<Result<null, KeychainFailure>>;
};

export type ConnectParts = {
  readonly tryCredentials: (credentials: Credentials) => JustifiTrial;
  readonly keychain: KeptCredentials;
  readonly saveAccount: (account: ConnectedAccount) => Result<null, unknown>;
  /** Checked again right before each change, because JustiFi and the keychain are slow. Null: it may be changed. */
  readonly whyNotNow: () => ConnectProblem | null;
};

/** The sub accounts that these credentials may use. Nothing is saved. */
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
 * keychain, the rest in the settings; or neither.
 */
export async function connectAccount(parts: ConnectParts, credentials: Credentials, typedId: string): Promise<Result<ConnectedAccount, ConnectProblem>> {
  const subAccountId = typedId.trim();
  if (!/^acc_\w{1,90}$/u.test(subAccountId) || containsCardNumber(subAccountId)) return failed({ kind: 'sub-account-invalid' });
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
  const takeBack = await keychain.remember();
  const obstacleBefore = parts.whyNotNow();
  if (obstacleBefore !== null) return failed(obstacleBefore);
  const kept = await keychain.save(credentials, subAccountId);
  if (kept.kind === 'failed') return kept;
  const account: ConnectedAccount = { subAccountId, name: offer.name, currency: offer.currency, mode: offer.mode, credentialsKind: credentials.kind };
  const obstacleNow = parts.whyNotNow();
  if (obstacleNow === null && parts.saveAccount(account).kind === 'ok') return ok(account);
  // Credentials of one account with the settings of another would work for neither.
  await takeBack();
  return failed(obstacleNow ?? { kind: 'settings-unwritable' });
}

export type ConnectionTestParts = Pick<ConnectParts, 'tryCredentials'> & {
  readonly account: ConnectedAccount;
  readonly keychain: Pick<KeptCredentials, 'read'>;
  /** Why JustiFi and the host of its card fields do not answer; null: they do. */
  readonly probeApi: () => Promise<ConnectionFailure | null>;
  readonly probeForm: () => Promise<ConnectionFailure | null>;
};

/** Checks what a payment needs, in order. `skipped`: not possible because an earlier check failed. */
export async function testConnection(parts: ConnectionTestParts): Promise<readonly ConnectionCheck[]> {
  const { account } = parts;
  const [kept, api, form] = await Promise.all([parts.keychain.read(), parts.probeApi(), parts.probeForm()]);
  const trial = kept.kind === 'ok' && api === null ? parts.tryCredentials(kept.value) : null;
  const access = trial === null ? null : await trial.access();
  const read = trial === null || access?.kind !== 'ok' ? null : await trial.read(account.subAccountId);
  const offer = read?.kind === 'ok' ? read.value : null;
  const line = (name: ConnectionCheckName, result: ConnectionCheck['result']): ConnectionCheck => ({ name, result });
  return [
    line('keychain', kept.kind === 'ok' ? 'ok' : kept.failure),
    line('network', api === null ? 'ok' : { kind: 'no-connection', ...api }),
    line('access', access === null || kept.kind === 'failed' ? 'skipped' : access.kind === 'ok' ? 'ok' : accessProblem(access.failure, kept.value)),
    line('sub-account', read === null ? 'skipped' : read.kind === 'failed' ? readProblem(read.failure) : (obstacleProblem(read.value) ?? 'ok')),
    line('mode', offer === null ? 'skipped' : offer.mode === account.mode && offer.obstacle !== 'mode-mixed' ? 'ok' : { kind: 'mode-mixed' }),
    line('form', form === null ? 'ok' : { kind: 'form-unreachable', code: form.code }),
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
      return isBroker ? { kind: 'broker-unreachable', code: failure.code } : { kind: 'no-connection', ...connectionFailure(failure.code) };
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
      return { kind: 'no-connection', ...connectionFailure(failure.code) };
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
