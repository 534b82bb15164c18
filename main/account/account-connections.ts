import { secretOf } from '../../contract/credentials.ts';
import type { ConnectionFailure } from '../../contract/connection-failure.ts';
import { type Result, disregard, ok } from '../../contract/result.ts';
import type { JustifiApi } from '../justifi/api.ts';
import { JUSTIFI_API, createAuthorisedApi } from '../justifi/authorised-api.ts';
import type { OriginForm } from '../justifi/checkout.ts';
import { clientCredentialsSource } from '../justifi/client-credentials.ts';
import { tellAnswers } from '../justifi/connection.ts';
import { createJustifiClock } from '../justifi/justifi-clock.ts';
import { takenWays } from '../justifi/sub-account.ts';
import { type CheckoutOrigins, JUSTIFI_ORIGINS } from '../local-origin/checkout-policy.ts';
import type { ConnectedAccount } from '../manager/connect-account.ts';
import type { KeychainFailure } from '../storage/keychain.ts';
import { trainingSubAccounts } from '../training/sub-account.ts';
import { createAccountWays } from './account-ways.ts';
import type { AppServices } from './app-services.ts';
import { type JustifiAccount, type JustifiAccountParts, createJustifiAccount } from './justifi-account.ts';
import type { Training } from './training.ts';

type AccountConnectionsParts = {
  readonly services: AppServices;
  /** Where the checkout page is served: "http://localhost:<port>". */
  readonly pageOrigin: () => string;
  /** Why a request to JustiFi was not answered; null: it was answered. */
  readonly noted: (failure: ConnectionFailure | null) => void;
  readonly onChange: () => void;
};

/** The connection to JustiFi for the open account, or to the training JustiFi. */
export type AccountConnections = {
  openTraining(): Promise<JustifiAccount>;
  /** Ends training. Fails when the keychain does not return the credentials. */
  openConnected(account: ConnectedAccount): Promise<Result<JustifiAccount, KeychainFailure>>;
  /** The origins of the JustiFi that the checkout page talks to now. */
  origins(): CheckoutOrigins;
  /** Null: not in training. */
  training(): Training | null;
};

export function createAccountConnections({ services, pageOrigin, noted, onChange }: AccountConnectionsParts): AccountConnections {
  const { redactor, log, settings, keychain, connections, monotonicMs, utcNow, tokenSourceOf } = services;
  let training: Training | null = null;
  let origins: CheckoutOrigins = JUSTIFI_ORIGINS;
  const clock = createJustifiClock(monotonicMs);
  const lineTo = (justifiUrl: string) => tellAnswers(clock.noting(connections.send, justifiUrl), justifiUrl, noted);
  const apiParts = { monotonicMs, onToken: (token: string) => redactor.protect('token', token) };

  async function openTraining(): Promise<JustifiAccount> {
    // Imported only when needed: a connected register never uses it.
    training ??= (await import('./training.ts')).startTraining(pageOrigin(), utcNow);
    const { server, credentials, customers } = training;
    const { origin } = await server;
    origins = { api: origin, fields: origin, plaid: origin, sezzle: origin, sezzleWindows: [origin] };
    const sendRequest = lineTo(origin);
    const api = createAuthorisedApi({ ...apiParts, sendRequest, baseUrl: origin, tokenSource: clientCredentialsSource(origin, credentials, sendRequest) });
    return justifiAccount(api, { view: { kind: 'training' }, trainingCustomers: customers, baseUrl: origin, subAccountId: trainingSubAccounts[0]!.id, mode: 'training', currency: 'USD', originForm: { read: () => 'url', remember: () => {} } });
  }

  /** SECURITY: not needed once an account is connected. */
  function endTraining(): void {
    const { server } = training ?? {};
    training = null;
    void server?.then(({ close }) => close());
  }

  async function openConnected({ subAccountId, name, mode, currency, credentialsKind }: ConnectedAccount): Promise<Result<JustifiAccount, KeychainFailure>> {
    endTraining();
    origins = JUSTIFI_ORIGINS;
    const credentials = await keychain.read();
    if (credentials.kind === 'failed') {
      log.error('keychain.unavailable', credentials.failure);
      return credentials;
    }
    redactor.protect('credentials', secretOf(credentials.value));
    const sendRequest = lineTo(JUSTIFI_API);
    const api = createAuthorisedApi({ ...apiParts, sendRequest, baseUrl: JUSTIFI_API, tokenSource: tokenSourceOf(credentials.value, sendRequest) });
    const originForm = { read: () => settings.read().originForm, remember: (form: OriginForm) => disregard(settings.change({ originForm: form }), 'it is found out once more') };
    return ok(justifiAccount(api, { view: { kind: 'connected', subAccountId, name, credentialsKind }, trainingCustomers: null, baseUrl: JUSTIFI_API, subAccountId, mode, currency, originForm }));
  }

  function justifiAccount(api: JustifiApi, account: Omit<JustifiAccountParts, 'api' | 'send' | 'pageOrigin' | 'origins' | 'nowMs' | 'ways' | 'justifiNowMs'>): JustifiAccount {
    const ways = createAccountWays(() => takenWays(api, account.subAccountId), onChange);
    return createJustifiAccount({ ...account, api, send: connections.send, pageOrigin: pageOrigin(), origins, nowMs: () => Date.parse(utcNow()), justifiNowMs: clock.nowMs, ways });
  }

  return { openTraining, openConnected, origins: () => origins, training: () => training };
}
