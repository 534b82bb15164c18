import { type FindRoute, directly } from './route.ts';

export type SystemNetwork = {
  readonly findRoute: FindRoute;
  /** The authorities that the operating system trusts and Node does not, PEM; read once, at the first connection over TLS. */
  readonly readAuthorities: () => Promise<readonly string[]>;
};

/** A PC without a proxy, and without authorities of its own. */
export const PLAIN_NETWORK: SystemNetwork = { findRoute: directly, readAuthorities: async () => [] };
