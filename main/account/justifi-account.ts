import type { ConnectionFailure } from '../../contract/connection-failure.ts';
import type { Currency } from '../../contract/money.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import type { AccountView, Mode } from '../../contract/till-snapshot.ts';
import { createAccountPayments } from '../justifi/account-payments.ts';
import type { JustifiApi } from '../justifi/api.ts';
import { type OriginForm, createCheckouts } from '../justifi/checkout.ts';
import { type SendRequest, probe } from '../justifi/connection.ts';
import { createPayments } from '../justifi/payment.ts';
import { createCompletions, createMethodGroups } from '../justifi/payment-method-groups.ts';
import { createSezzleOrders } from '../justifi/sezzle-orders.ts';
import { subAccountProblem } from '../justifi/sub-account.ts';
import { type AccountTerminals, createTerminals } from '../justifi/terminals.ts';
import type { CheckoutOrigins } from '../local-origin/checkout-policy.ts';
import type { AccountPayments } from '../sale/account-payments.ts';
import type { Checkouts } from '../sale/checkout.ts';
import type { Payments } from '../sale/payments.ts';
import type { CustomerBook } from '../sale/saved/customer-book.ts';
import type { Completions, MethodGroups } from '../sale/saved/method-groups.ts';
import type { SezzleOrders } from '../sale/sezzle/sezzle-orders.ts';
import type { AccountWays } from './account-ways.ts';
import { hostedCheckoutAddress } from './hosted-checkout.ts';

/** Stands for the sub account id of training in settings and file names. */
export const TRAINING_ACCOUNT = 'training';

/** One JustiFi account, as the register uses it. */
export type JustifiAccount = {
  readonly view: AccountView;
  /** Training has one too. */
  readonly subAccountId: string;
  readonly mode: Mode;
  readonly currency: Currency;
  readonly checkouts: Checkouts;
  readonly payments: Payments;
  readonly accountPayments: AccountPayments;
  readonly terminals: AccountTerminals;
  readonly ways: AccountWays;
  /** JustiFi's page of a checkout, for the customer's own phone; null: its address may not be shown. */
  readonly checkoutAddress: (checkoutId: string) => string | null;
  readonly completions: Completions;
  readonly sezzleOrders: SezzleOrders;
  readonly methodGroups: MethodGroups;
  /** In training: its customers; null: not in training, or there are none. */
  readonly trainingCustomers: CustomerBook | null;
  /** Asks JustiFi whether the account may take payments; null when it may, or when there is no answer. */
  readonly problem: () => Promise<ChargeProblem | null>;
  /** By JustiFi's clock, milliseconds since 1970, UTC; null: it has not told its time in this run. */
  readonly justifiNowMs: () => number | null;
  /** Sends any request to JustiFi, only to see whether an answer comes. */
  readonly probe: () => Promise<ConnectionFailure | null>;
};

export type JustifiAccountParts = Pick<JustifiAccount, 'view' | 'subAccountId' | 'mode' | 'currency' | 'trainingCustomers' | 'ways' | 'justifiNowMs'> & {
  readonly api: JustifiApi;
  /** JustiFi, or the server of training. */
  readonly baseUrl: string;
  readonly send: SendRequest;
  /** Where the checkout page is served: "http://localhost:<port>". */
  readonly pageOrigin: string;
  readonly originForm: { read(): OriginForm; remember(form: OriginForm): void };
  /** The origins that the checkout page reaches: for its component, the page of a checkout, and Sezzle's window. */
  readonly origins: CheckoutOrigins;
  /** Milliseconds since 1970, UTC. */
  readonly nowMs: () => number;
};

/** All requests of the register to JustiFi for one account. */
export function createJustifiAccount({ api, baseUrl, send, pageOrigin, originForm, origins, nowMs, ...account }: JustifiAccountParts): JustifiAccount {
  const { subAccountId, mode } = account;
  const checkouts = createCheckouts({ api, subAccountId, originUrl: pageOrigin, originForm });
  return {
    ...account,
    checkouts,
    payments: createPayments(api, subAccountId),
    accountPayments: createAccountPayments(api, subAccountId),
    terminals: createTerminals(api, subAccountId),
    checkoutAddress: (checkoutId) => hostedCheckoutAddress(origins.fields, checkoutId, mode === 'training'),
    completions: createCompletions(api, subAccountId),
    sezzleOrders: createSezzleOrders({ api, subAccountId, sendRequest: send, componentOrigin: origins.api, issueComponentToken: checkouts.issueComponentToken, windows: origins.sezzleWindows }),
    methodGroups: createMethodGroups({ api, subAccountId, nowMs }),
    problem: () => subAccountProblem(api, subAccountId),
    probe: () => probe(send, baseUrl),
  };
}

/** Used in file names and in the journal. Training has no sub account at JustiFi. */
export function accountIdOf(view: AccountView): string {
  return view.kind === 'connected' ? view.subAccountId : TRAINING_ACCOUNT;
}
