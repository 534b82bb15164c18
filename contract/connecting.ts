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
  /** The methods that its customers can pay with; null where JustiFi's answer has no such field. */
  readonly takes: { readonly cards: boolean; readonly bankAccounts: boolean } | null;
  /** Why it cannot be chosen; null when it can. */
  readonly obstacle: SubAccountObstacle | null;
};

export type SubAccountObstacle = 'not-enabled' | 'not-ready' | 'currency-unknown' | 'mode-mixed';

/** The sub accounts to choose from. */
export type SubAccountOffers = {
  readonly offers: readonly SubAccountOffer[];
  /** There are more than a list can show: the others can be typed by their id. */
  readonly isCut: boolean;
};

/** The checks of *Test connection*, in this order. */
const CONNECTION_CHECKS = ['keychain', 'network', 'access', 'sub-account', 'mode', 'form'] as const;
export type ConnectionCheckName = (typeof CONNECTION_CHECKS)[number];

/** One line of the test. `skipped`: an earlier check failed, so this one could not be made. */
export type ConnectionCheck = { readonly name: ConnectionCheckName; readonly result: 'ok' | 'skipped' | ConnectProblem };
