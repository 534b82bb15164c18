import { containsCardNumber } from './card-number.ts';

/** The person to be insured, for the quote of one sale. Sent to JustiFi with that quote, and written into no file and no log. */
export type Insured = { readonly firstName: string; readonly lastName: string; readonly email: string; readonly state: string; readonly postalCode: string };

/** The request for a quote. The amount is the typed one. */
export type InsuranceOrder = Insured & { readonly country: 'US' | 'CA'; readonly insurableInCents: number };

/** In UTF-16 units. */
export const LONGEST_INSURED: Readonly<Record<keyof Insured, number>> = { firstName: 60, lastName: 60, email: 120, state: 2, postalCode: 10 };

/** JustiFi's format: states of the US and provinces of Canada by two letters. */
const SHAPE: Readonly<Record<keyof Insured, RegExp>> = {
  firstName: /\S/u,
  lastName: /\S/u,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/u,
  state: /^[A-Za-z]{2}$/u,
  postalCode: /^(\d{5}(-\d{4})?|[A-Za-z]\d[A-Za-z] ?\d[A-Za-z]\d)$/u,
};

/** The fields that cannot be sent as they are typed, in the order of the form. */
export function wrongFields(insured: Insured): readonly (keyof Insured)[] {
  return INSURED_FIELDS.filter((field) => !SHAPE[field].test(insured[field]) || containsCardNumber(insured[field]));
}

export const INSURED_FIELDS = ['firstName', 'lastName', 'email', 'state', 'postalCode'] as const satisfies readonly (keyof Insured)[];
