import type { Language } from '../contract/language.ts';
import { ENGLISH_RECEIPT, type ReceiptWords } from './en/receipt.ts';
import { SPANISH_RECEIPT } from './es/receipt.ts';
import { FRENCH_RECEIPT } from './fr/receipt.ts';

export type { ReceiptWords };

/** For the main process, which makes every receipt. */
export const RECEIPT_WORDS: Readonly<Record<Language, ReceiptWords>> = { en: ENGLISH_RECEIPT, es: SPANISH_RECEIPT, fr: FRENCH_RECEIPT };
