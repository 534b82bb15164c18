import type { Books, KeyMode } from './books.ts';
import type { TrainingSettings } from './settings.ts';
import type { Role } from './role.ts';

/** The parameters of every handler: the books, the clock and the network, so that tests can control them. */
export type World = {
  readonly books: Books;
  readonly now: () => number;
  readonly newId: (prefix: string) => string;
  readonly settings: () => TrainingSettings;
  /** Resolves when the card network has answered; until then a charge is in flight. */
  readonly cardNetwork: () => Promise<void>;
};

/** Who is calling: the shop's back end with an access token, or a page with a web component token. */
export type Caller =
  | { readonly kind: 'platform'; readonly mode: KeyMode }
  | { readonly kind: 'web-component'; readonly token: string; readonly roles: readonly Role[] };

/** One authenticated call, as its handler sees it. */
export type Call = {
  /** `:id` of the path, or ''. */
  readonly id: string;
  /** `:member` of the path, or ''. */
  readonly memberId: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly subAccountId: string | undefined;
  /** The one that a web component's token may pay; null for the platform. */
  readonly checkoutId: string | null;
  /** The mode of the credentials; a web component makes no record with a mode of its own. */
  readonly mode: KeyMode;
};
