import type { Language } from '../contract/language.ts';
import { type CheckoutWords, englishCheckout } from './en/checkout.ts';
import { spanishCheckout } from './es/checkout.ts';
import { frenchCheckout } from './fr/checkout.ts';

export type { CheckoutWords };

/** Apart from the till's, so that the page with the card form has only the texts that it needs. */
export const CHECKOUT_WORDS: Readonly<Record<Language, CheckoutWords>> = { en: englishCheckout, es: spanishCheckout, fr: frenchCheckout };
