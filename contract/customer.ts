import { containsCardNumber } from './card-number.ts';
import { withoutControls } from './control-characters.ts';
import { type Result, failed, ok } from './result.ts';

/** In characters. */
export const LONGEST_CUSTOMER_NAME = 80;
/** Of a phone number or an e-mail address. */
export const LONGEST_CONTACT = 120;
/** The most that one search finds: no cashier reads more. */
export const CUSTOMERS_SHOWN = 20;

/** `expired`: the date on the card has passed. `refused`: JustiFi has marked it as invalid. */
export type MethodStanding = 'usable' | 'expired' | 'refused';

/** A card that a customer has let the shop save, at JustiFi. Last four at most. */
export type SavedMethod = { readonly methodId: string; readonly brand: string | null; readonly last4: string | null; readonly standing: MethodStanding };

export type SavedCustomer = {
  readonly customerId: string;
  readonly name: string;
  /** Empty: none was given. */
  readonly phone: string;
  readonly email: string;
  readonly methods: readonly SavedMethod[];
};

export type FoundCustomers = {
  readonly customers: readonly SavedCustomer[];
  /** More were found than are shown. */
  readonly isCut: boolean;
};

/** As the cashier types it. */
export type CustomerDetails = { readonly name: string; readonly phone: string; readonly email: string };

export type CustomerProblem =
  | { readonly kind: 'name-empty' | 'customer-card-number' | 'email-invalid' | 'phone-invalid' }
  /** The customer was forgotten meanwhile. */
  | { readonly kind: 'customer-unknown' }
  | { readonly kind: 'method-unknown' }
  /** This customer has this card already. */
  | { readonly kind: 'already-saved' }
  /** No card of this sale can be saved, or not any more. */
  | { readonly kind: 'nothing-to-save' }
  | { readonly kind: 'no-answer' | 'not-allowed' }
  | { readonly kind: 'customers-unusable' };

/** The details as they are stored: trimmed, and without any text that looks like a card number. */
export function checkCustomer(typed: CustomerDetails): Result<CustomerDetails, CustomerProblem> {
  const tidy = (text: string) => withoutControls(text).replaceAll(/\s+/gu, ' ').trim();
  const [name, phone, email] = [tidy(typed.name), tidy(typed.phone), tidy(typed.email)];
  if ([name, phone, email].some(containsCardNumber)) return failed({ kind: 'customer-card-number' });
  if (name === '') return failed({ kind: 'name-empty' });
  if (phone !== '' && !/^[+\d][\d ().-]{4,28}$/u.test(phone)) return failed({ kind: 'phone-invalid' });
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(email)) return failed({ kind: 'email-invalid' });
  return ok({ name, phone, email });
}

/** The card of the sale that was paid just now can be saved. `consent`: the words that the customer agrees to. */
export type SaveOffer = { readonly saleId: string; readonly brand: string | null; readonly last4: string | null; readonly consent: string };
