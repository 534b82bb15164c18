import { z } from 'zod';
import { type Result, failed, ok } from '../../contract/result.ts';
import { answeredId, reportedText } from '../../contract/text.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import type { SezzleOrders } from '../sale/sezzle/sezzle-orders.ts';
import { type JustifiApi, createApi } from './api.ts';
import type { SendRequest } from './connection.ts';
import { completionMade } from './checkout.ts';
import { cents, word } from './payment-method.ts';

/** Not in JustiFi's OpenAPI: the fields are those that its component 6.14.3 reads. */
const order = z.object({
  provider: word,
  provider_client_id: reportedText(200),
  provider_mode: word,
  provider_api_version: word,
  provider_checkout_url: z.url().max(2_000),
  balance: cents,
  status: word.nullish(),
});
const orderedCheckout = z.object({ data: z.object({ id: answeredId, bnpl: order.nullish() }) });
/** Sezzle may take its time. */
const COMPLETE_WITHIN_MS = 30_000;

type SezzleOrdersParts = {
  readonly api: JustifiApi;
  readonly subAccountId: string;
  readonly sendRequest: SendRequest;
  /** The origin to which JustiFi's own component sends its requests. */
  readonly componentOrigin: string;
  readonly issueComponentToken: (checkoutId: string) => Promise<Result<string, JustifiFailure>>;
  /** Where Sezzle's window may be. */
  readonly windows: readonly string[];
};

export function createSezzleOrders({ api, subAccountId, sendRequest, componentOrigin, issueComponentToken, windows }: SezzleOrdersParts): SezzleOrders {
  const path = (checkoutId: string) => `/v1/checkouts/${encodeURIComponent(checkoutId)}`;
  const complete = (by: JustifiApi, checkoutId: string, idempotencyKey: string) =>
    by.send({ method: 'POST', path: `${path(checkoutId)}/complete`, subAccountId, idempotencyKey, isSentOnce: true, timeoutMs: COMPLETE_WITHIN_MS, body: { payment_mode: 'bnpl' }, answer: completionMade });

  return {
    async read(checkoutId) {
      const answer = await api.send({ method: 'GET', path: path(checkoutId), subAccountId, answer: orderedCheckout });
      if (answer.kind === 'failed') return answer;
      const { id, bnpl } = answer.value.data;
      if (id !== checkoutId) return failed({ kind: 'unexpected', code: 'other-checkout', status: 200 });
      // SECURITY: no other window is opened, whatever JustiFi answers; main's window-open handler looks once more.
      if (bnpl?.provider !== 'sezzle' || !windows.includes(new URL(bnpl.provider_checkout_url).origin)) return ok(null);
      return ok({ publicKey: bnpl.provider_client_id, mode: bnpl.provider_mode, apiVersion: bnpl.provider_api_version, address: bnpl.provider_checkout_url, balanceInCents: bnpl.balance, status: bnpl.status ?? '' });
    },
    async complete({ checkoutId, idempotencyKey }) {
      // As JustiFi's components up to 5.x did it. Where that is not allowed nothing was taken, and the account's own credentials may. Without any answer nothing else is tried.
      const token = await issueComponentToken(checkoutId);
      const component = createApi({ baseUrl: componentOrigin, sendRequest, accessTokens: { current: () => Promise.resolve(token), refused() {} }, pause: () => Promise.resolve() });
      const first = await complete(component, checkoutId, idempotencyKey);
      const mayNot = first.kind === 'failed' && (token.kind === 'failed' ? token.failure.kind !== 'network' : isNotAllowed(first.failure));
      const answer = mayNot ? await complete(api, checkoutId, idempotencyKey) : first;
      return answer.kind === 'ok' ? ok(null) : answer;
    },
  };
}

function isNotAllowed({ kind }: JustifiFailure): boolean {
  return kind === 'unauthorised' || kind === 'forbidden';
}
