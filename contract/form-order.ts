import type { InsuranceOrder } from './insured.ts';
import type { Appearance } from './appearance.ts';

/** The data with which the checkout page mounts JustiFi's component, hidden. Origins are null for JustiFi's own. */
export type MountOrder = {
  readonly checkoutId: string;
  readonly componentToken: string;
  readonly apiOrigin: string | null;
  readonly fieldOrigin: string | null;
  /** The way to pay of this document; it was loaded under that way's policy. */
  readonly way: 'card-form' | 'plaid' | 'insured' | 'sezzle';
  /** The only script of another host that it may load, and only for Plaid. */
  readonly plaidScript: string;
  /** The data for JustiFi's quote; null: no insurance is offered. */
  readonly insurance: InsuranceOrder | null;
  /** Null: this document does not offer Sezzle. Else `script` is the only one of another host that it may load. */
  readonly sezzle: (SezzleMount & { readonly script: string }) | null;
  readonly cards: boolean;
  readonly bankAccounts: boolean;
  /** `short`: a postal code, or a name, instead of a whole address. */
  readonly billing: 'short' | 'full';
};

/** The order that Sezzle's window opens, as JustiFi names it. `address`: of the window. */
export type SezzleMount = { readonly publicKey: string; readonly mode: string; readonly apiVersion: string; readonly address: string };

/** The text above the form, from JustiFi's confirmed answer; until it comes, the form is inert. */
export type ShowOrder = {
  readonly checkoutId: string;
  readonly amountInCents: number;
  readonly currency: 'USD' | 'CAD';
  readonly description: string;
  readonly language: Appearance['language'];
  /** Shown while a bank account is chosen. */
  readonly bankAuthorisation: string;
};
