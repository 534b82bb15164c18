import type { Result } from '../../contract/result.ts';
import type { Sale, SaleEvent } from './sale.ts';

/** Where every sale is written down before anything happens to it. */
export type SaleJournal = {
  /** Durable when it returns ok. On failure nothing was written, and the caller must not go on. */
  record(sale: Sale, event: SaleEvent): Result<null, JournalFailure>;
};

export type JournalFailure = { readonly kind: 'journal-unwritable'; readonly detail: string };
