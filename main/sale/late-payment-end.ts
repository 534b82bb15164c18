import type { LatePaymentEnd } from '../../contract/till-snapshot.ts';
import { givenBackInCents } from './reversal.ts';
import { type LateSale, type Sale, isLate } from './sale.ts';
import type { SaleEvent } from './sale-event.ts';

/** The outcome of the late payment that was decided last, shown where its notice was. */
type LatePaymentEnds = {
  /** Null: none was decided since the last Charge. */
  last(): LatePaymentEnd | null;
  note(sale: Sale, event: SaleEvent | null): void;
};

export function createLatePaymentEnds(): LatePaymentEnds {
  const open = new Map<string, LateSale>();
  let last: LatePaymentEnd | null = null;
  return {
    last: () => last,
    note(sale, event) {
      if (event?.kind === 'charge-asked') last = null;
      const before = open.get(sale.id);
      if (isLate(sale)) open.set(sale.id, sale);
      else if (before !== undefined) {
        open.delete(sale.id);
        last = endOf(before, sale);
      }
    },
  };
}

/** Null: another notice shows it, as for a failed or disputed transfer. */
function endOf({ id: saleId, purchase: { description }, chargedInCents, reversals }: LateSale, after: Sale): LatePaymentEnd | null {
  const end = (kind: LatePaymentEnd['kind'], amountInCents: number): LatePaymentEnd => ({ saleId, kind, amountInCents, description });
  const leftInCents = chargedInCents - givenBackInCents(reversals);
  if (after.kind === 'paid' || after.kind === 'accepted') return end('kept', leftInCents);
  if (after.kind === 'abandoned') return end('not-paid', leftInCents);
  if (after.kind !== 'reversed') return null;
  const how = after.reversals.findLast(({ state }) => state === 'done')?.kind;
  return end(how === 'void' ? 'voided' : 'refunded', leftInCents);
}
