import type { Checkouts } from '../sale/checkout.ts';
import { type AccessTokenSource, type AccessTokens, keepAccessToken } from './access-token.ts';
import { type JustifiApi, createApi } from './api.ts';
import { type OriginForm, createCheckouts } from './checkout.ts';
import type { SendRequest } from './connection.ts';
import { type KeyMode, listSubAccounts, readSubAccount } from './sub-account.ts';

/** Test and live share it; the key tells them apart. */
export const JUSTIFI_API = 'https://api.justifi.ai';

export type AccountParts = {
  readonly baseUrl: string;
  readonly tokenSource: AccessTokenSource;
  readonly sendRequest: SendRequest;
  readonly monotonicMs: () => number;
  readonly onToken: (token: string) => void;
};

/** JustiFi's API for one set of credentials. The first token is fetched at once, so that no sale waits for it. */
export function openApi(parts: AccountParts): JustifiApi {
  const { api, accessTokens } = open(parts);
  void accessTokens.current();
  return api;
}

/** JustiFi with credentials that are not the register's yet: what they may use. */
export function openTrial(parts: AccountParts, keyMode: KeyMode) {
  const { api, accessTokens } = open(parts);
  return { access: accessTokens.current, list: () => listSubAccounts(api, keyMode), read: (subAccountId: string) => readSubAccount(api, subAccountId, keyMode) };
}

function open({ baseUrl, tokenSource, sendRequest, monotonicMs, onToken }: AccountParts): { readonly api: JustifiApi; readonly accessTokens: AccessTokens } {
  const accessTokens = keepAccessToken(async () => {
    const token = await tokenSource();
    if (token.kind === 'ok') onToken(token.value.token);
    return token;
  }, monotonicMs);
  return { accessTokens, api: createApi({ baseUrl, sendRequest, accessTokens, pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) }) };
}

export function openCheckouts(
  api: JustifiApi,
  subAccountId: string,
  originUrl: string,
  originForm: { read(): OriginForm; remember(form: OriginForm): void },
): Checkouts {
  return createCheckouts({ api, subAccountId, originUrl, originForm });
}
