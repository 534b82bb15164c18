import type { CustomerDetails, FoundCustomers, SavedCustomer, SavedMethod } from '../../../contract/customer.ts';
import type { Result } from '../../../contract/result.ts';

/** `groupId`: their group of payment methods at JustiFi. */
export type KeptCustomer = SavedCustomer & { readonly groupId: string };

/** The words that the customer agreed to, and when: UTC, ISO 8601. */
type Consent = { readonly words: string; readonly at: string };

/** The table of customers cannot be read or written. */
export type BookFailure = { readonly kind: 'customers-unusable' };

/** The customers of this register who have saved a card. It is not in the journal: a forgotten customer is really deleted. */
export type CustomerBook = {
  isEmpty(): boolean;
  /** Each word of the search is a part of the name, or the last four digits of a card; empty: all customers, by name. */
  find(search: string, most: number): Result<FoundCustomers, BookFailure>;
  customer(customerId: string): Result<KeptCustomer | null, BookFailure>;
  /** A customer with their first card. */
  add(customer: { readonly customerId: string; readonly groupId: string; readonly details: CustomerDetails }, method: SavedMethod, consent: Consent): Result<null, BookFailure>;
  addMethod(customerId: string, method: SavedMethod, consent: Consent): Result<null, BookFailure>;
  /** Records JustiFi's present state of a card. */
  judge(methodId: string, standing: SavedMethod['standing']): Result<null, BookFailure>;
  removeMethod(methodId: string): Result<null, BookFailure>;
  forget(customerId: string): Result<null, BookFailure>;
  close(): void;
};
