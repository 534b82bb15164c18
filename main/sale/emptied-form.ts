import type { FormEmptied } from '../../contract/till-snapshot.ts';
import type { CurrentSale } from './current-sale.ts';
import type { Sale } from './sale.ts';
import type { SaleEvent } from './sale-event.ts';

/** Whether the customer's form replaced another, so that the card must be typed again. */
type EmptiedForm = {
  /** Null: it is the first form of the sale at the counter. */
  why(): FormEmptied | null;
  note(sale: Sale, event: SaleEvent | null): void;
};

export function createEmptiedForm(current: CurrentSale): EmptiedForm {
  let emptied: { readonly saleId: string; readonly why: FormEmptied } | null = null;
  return {
    why() {
      const sale = current.get();
      if (emptied?.saleId !== sale.id || !('tender' in sale)) return null;
      // Nothing is typed into the others.
      return sale.tender === 'card-form' ? emptied.why : sale.tender === 'plaid' ? 'login' : null;
    },
    note(sale, event) {
      if (event?.kind === 'form-renewed') emptied = { saleId: sale.id, why: event.why === 'asked' ? 'asleep' : 'renewed' };
      else if (sale.id === emptied?.saleId && sale.kind !== 'preparing' && sale.kind !== 'ready') emptied = null;
    },
  };
}
