import type { Fee } from './books.ts';
import { trainingSubAccounts, type SubAccount } from './sub-account.ts';

/** Settings for behaviour of JustiFi's that is undocumented or depends on the account. */
export type TrainingSettings = {
  /** How a declined completion arrives: as 201 with `payment_status: failed`, or as 402 with an error. */
  readonly declineStatus: 201 | 402;
  readonly wrongCredentialsStatus: 401 | 404;
  /** Which form of `origin_url` a checkout may be created with. */
  readonly originUrl: 'any' | 'with-scheme' | 'without-scheme';
  /** Whether `POST /v1/payment_methods` takes card numbers; JustiFi does so after an approval only. */
  readonly rawCardNumbers: 'accepted' | 'refused';
  /** JustiFi's documented limits on its components' POSTs: 2 in 10 seconds, 10 with one token. */
  readonly componentLimits: 'off' | 'on';
  /** How long a bank transfer stays `pending`. JustiFi's test mode takes no time, live takes days. */
  readonly transferEndsAfterMs: number;
  /** JustiFi promises no order of a checkout's completions. */
  readonly completionsOrder: 'oldest-first' | 'newest-first';
  /** Whether a change of a checkout that was answered with 200 is really saved. */
  readonly checkoutChanges: 'kept' | 'acknowledged-only';
  /** Whether a checkout is completed as soon as a bank transfer was accepted, or when it has succeeded. */
  readonly transferCompletes: 'when-accepted' | 'when-succeeded';
  /** Whether the premium of an insurance is part of the payment, or a transaction of its own beside it. */
  readonly premiums: 'in-payment' | 'apart';
  /** The first state of a refund. */
  readonly refunds: 'succeeded' | 'pending' | 'failed';
  /** The final state of a report. */
  readonly reports: 'completed' | 'failed';
  /** The fee that the account's configuration takes from each payment whose checkout names none. */
  readonly fees: readonly Fee[];
  /** Whether the payment methods of a PATCH are added to their group, or replace its content. */
  readonly groupChanges: 'add' | 'replace';
  /** The origin of Sezzle's window in the orders. */
  readonly sezzleWindow: string;
  readonly subAccounts: readonly SubAccount[];
};

export const defaultSettings: TrainingSettings = {
  declineStatus: 201,
  wrongCredentialsStatus: 401,
  originUrl: 'any',
  rawCardNumbers: 'refused',
  componentLimits: 'off',
  transferEndsAfterMs: 60_000,
  completionsOrder: 'oldest-first',
  checkoutChanges: 'kept',
  transferCompletes: 'when-accepted',
  premiums: 'in-payment',
  refunds: 'succeeded',
  reports: 'completed',
  fees: [],
  groupChanges: 'replace',
  sezzleWindow: 'https://sandbox.checkout.sezzle.com',
  subAccounts: trainingSubAccounts,
};
