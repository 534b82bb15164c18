import { disregard } from '../../contract/result.ts';
import { type AccessTokenSource, type AccessTokens, createAccessTokens } from './access-token.ts';
import { type JustifiApi, createApi } from './api.ts';
import type { SendRequest } from './connection.ts';
import { type KeyMode, listSubAccounts, readSubAccount } from './sub-account.ts';

/** The same for test and live; the client id decides which. */
export const JUSTIFI_API = 'https://api.justifi.ai';

type AuthorisedApiParts = {
  readonly baseUrl: string;
  readonly tokenSource: AccessTokenSource;
  readonly sendRequest: SendRequest;
  readonly monotonicMs: () => number;
  readonly onToken: (token: string) => void;
};

/** JustiFi's API for one set of credentials. The first token is fetched at once, so that no sale waits for it. */
export function createAuthorisedApi(parts: AuthorisedApiParts): JustifiApi {
  const { api, accessTokens } = open(parts);
  disregard(accessTokens.current(), 'the first request asks again, and tells');
  return api;
}

/** JustiFi with credentials that the register does not use yet: the accounts that they can access. */
export function createTrialApi(parts: AuthorisedApiParts, keyMode: KeyMode) {
  const { api, accessTokens } = open(parts);
  return { access: accessTokens.current, list: () => listSubAccounts(api, keyMode), read: (subAccountId: string) => readSubAccount(api, subAccountId, keyMode) };
}

function open({ baseUrl, tokenSource, sendRequest, monotonicMs, onToken }: AuthorisedApiParts): { readonly api: JustifiApi; readonly accessTokens: AccessTokens } {
  const accessTokens = createAccessTokens(async () => {
    const token = await tokenSource();
    if (token.kind === 'ok') onToken(token.value.token);
    return token;
  }, monotonicMs);
  return { accessTokens, api: createApi({ baseUrl, sendRequest, accessTokens, pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) }) };
}
