import { randomUUID } from 'node:crypto';
import { trainingCredentials } from './training-credentials.ts';
import { trainingSubAccounts } from '../../main/training/sub-account.ts';

/** An answer as it came over HTTP, its JSON read but not checked: tests check only their own subject. */
export type Answer = { readonly status: number; readonly body: AnyJson };
// oxlint-disable-next-line typescript/no-explicit-any -- tests read answers of every shape, and fail where one differs
export type AnyJson = any;

export type CallOptions = {
  readonly body?: unknown;
  /** Instead of the shop's own access token; '' for none. */
  readonly token?: string;
  /** Instead of the shop's own account; '' for none. */
  readonly subAccount?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A shop's back end and its customer, as far as tests need them: real requests to a JustiFi, in few words. */
export type Shop = {
  readonly call: (on: string, options?: CallOptions) => Promise<Answer>;
  readonly accessToken: () => string;
  readonly signIn: () => Promise<void>;
  readonly newCheckout: (more?: Readonly<Record<string, unknown>>) => Promise<string>;
  readonly componentToken: (...resources: string[]) => Promise<string>;
  readonly card: (number: string, more?: Readonly<Record<string, unknown>>) => Promise<Answer>;
  readonly bankAccount: (accountNumber: string) => Promise<Answer>;
  readonly complete: (checkoutId: string, paymentToken: string, options?: CallOptions) => Promise<Answer>;
  /** A sale from nothing to the end. */
  readonly sell: (amount: number, cardNumber?: string) => Promise<{ readonly checkoutId: string; readonly completion: Answer }>;
};

export async function openShop(origin: string, account: string = trainingSubAccounts[0]!.id): Promise<Shop> {
  let accessToken = '';

  async function call(on: string, options: CallOptions = {}): Promise<Answer> {
    const [method = 'GET', path = '/'] = on.split(' ');
    const token = options.token ?? accessToken;
    const subAccount = options.subAccount ?? account;
    const response = await fetch(origin + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(subAccount === '' ? {} : { 'sub-account': subAccount }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  async function signIn(): Promise<void> {
    const { clientId, clientSecret } = trainingCredentials;
    const body = { client_id: clientId, client_secret: clientSecret };
    const answer = await call('POST /oauth/token', { body, token: '', subAccount: '' });
    accessToken = answer.body.access_token;
  }

  async function newCheckout(more: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const body = { amount: 1799, description: 'One Chocolate Donut', ...more };
    return (await call('POST /v1/checkouts', { body })).body.id;
  }

  async function componentToken(...resources: string[]): Promise<string> {
    return (await call('POST /v1/web_component_tokens', { body: { resources } })).body.access_token;
  }

  function card(number: string, more: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    const isAmericanExpress = /^3[47]/.test(number);
    const details = { number, month: '11', year: '35', verification: isAmericanExpress ? '1234' : '123', ...more };
    return call('POST /v1/js/payment_methods', { body: { payment_method: { card: details } } });
  }

  function bankAccount(accountNumber: string): Promise<Answer> {
    const details = {
      account_owner_name: 'Leslie Knope',
      routing_number: '110000000',
      account_number: accountNumber,
      account_type: 'checking',
      account_owner_type: 'individual',
      country: 'US',
      currency: 'usd',
    };
    return call('POST /v1/js/payment_methods', { body: { payment_method: { bank_account: details } } });
  }

  function complete(checkoutId: string, paymentToken: string, options: CallOptions = {}): Promise<Answer> {
    const body = { payment_mode: 'ecom', payment_token: paymentToken };
    return call(`POST /v1/checkouts/${checkoutId}/complete`, { body, key: randomUUID(), ...options });
  }

  await signIn();
  return {
    call,
    accessToken: () => accessToken,
    signIn,
    newCheckout,
    componentToken,
    card,
    bankAccount,
    complete,
    sell: async (amount, cardNumber = '4242424242424242') => {
      const checkoutId = await newCheckout({ amount });
      const method = await card(cardNumber);
      return { checkoutId, completion: await complete(checkoutId, method.body.id) };
    },
  };
}
