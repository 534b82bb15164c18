import type { Currency } from './money.ts';
import type { ConnectProblem } from './problem.ts';

/** A sub account that these credentials may use, as JustiFi describes it. */
export type SubAccountOffer = {
  readonly id: string;
  readonly name: string;
  /** JustiFi's status: `enabled`, `information_needed`, … */
  readonly status: string;
  readonly currency: Currency | null;
  readonly mode: 'test' | 'live';
  /** What its customers can pay with; null where JustiFi's answer has no such field. */
  readonly takes: { readonly cards: boolean; readonly bankAccounts: boolean } | null;
  /** Why it cannot be chosen; null when it can. */
  readonly obstacle: SubAccountObstacle | null;
};

export type SubAccountObstacle = 'not-enabled' | 'not-ready' | 'currency-unknown' | 'mode-mixed';

/** The sub accounts to choose from. */
export type SubAccountOffers = {
  readonly offers: readonly SubAccountOffer[];
  /** There are more than a list can show: the rest can be had by their id. */
  readonly isCut: boolean;
};

/** What *Test connection* looks at, in this order. */
const CONNECTION_CHECKS = ['keychain', 'network', 'access', 'sub-account', 'mode', 'form'] as const;
export type ConnectionCheckName = (typeof CONNECTION_CHECKS)[number];

/** One line of the test. `skipped`: one above it failed, so that it could not be looked at. */
export type ConnectionCheck = { readonly name: ConnectionCheckName; readonly result: 'ok' | 'skipped' | ConnectProblem };
