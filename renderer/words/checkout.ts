import type { Language } from '../../contract/look.ts';
import { type CheckoutWords, englishCheckout } from './en/checkout.ts';
import { spanishCheckout } from './es/checkout.ts';
import { frenchCheckout } from './fr/checkout.ts';

export type { CheckoutWords };

/** Apart from the till's, so that the page with the card form carries no word that it does not need. */
export const CHECKOUT_WORDS: Readonly<Record<Language, CheckoutWords>> = { en: englishCheckout, es: spanishCheckout, fr: frenchCheckout };
