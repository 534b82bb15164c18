import type { Charge } from '../../main/training/justifi.ts';
import type { TestJustifi } from '../justifi/justifi.ts';
import { OWN_PC } from './line.ts';

/** JustiFi's books on the sales of this PC, without another PC's checkouts. */
export type SaleBooks = {
  saleOf(charge: Pick<Charge, 'checkoutId'>): string;
  charges(): readonly Charge[];
  chargesOf(saleId: string): readonly Charge[];
  /** Checkouts of other PCs and programs, by id. */
  others(): ReadonlySet<string>;
  isTransfer(charge: Charge): boolean;
  /** When the bank transfer of a charge ends, by JustiFi's clock; null: it is none. */
  transferEndsAt(charge: Charge): number | null;
  returnedOf(charge: Charge): number;
  /** Premiums that the customer of this sale has accepted last, of each quote. */
  premiumsOf(saleId: string): readonly number[];
  hasQuote(checkoutId: string): boolean;
  /** This payment method was charged, not another on the same checkout. */
  isChargedTo(checkoutId: string, methodId: string): boolean;
  /** The plan of the checkout, and the insurance premium charged beside the payment. */
  partsOf(charge: Charge): { readonly amountInCents: number; readonly apartInCents: number };
};

export function readBooks({ books, charges }: Pick<TestJustifi, 'books' | 'charges'>): SaleBooks {
  const checkout = (checkoutId: string) => books.checkouts().find(({ id }) => id === checkoutId);
  const paymentOf = ({ paymentId }: Charge) => books.payments().find(({ id }) => id === paymentId);
  const ids = (isWanted: (metadata: Readonly<Record<string, unknown>>) => boolean) => new Set(books.checkouts().filter(({ metadata }) => isWanted(metadata)).map(({ id }) => id));

  function chargesOn(checkouts: ReadonlySet<string>): readonly Charge[] {
    return charges().filter(({ checkoutId }) => checkouts.has(checkoutId));
  }

  function transferEndsAt(charge: Charge): number | null {
    const outcome = paymentOf(charge)?.outcome;
    return outcome?.kind === 'transfer' ? outcome.endsAt : null;
  }

  return {
    saleOf: ({ checkoutId }) => String(checkout(checkoutId)?.metadata['sale']),
    charges: () => chargesOn(ids(({ pc }) => pc === OWN_PC)),
    chargesOf: (saleId) => chargesOn(ids(({ sale }) => sale === saleId)),
    others: () => ids(({ pc }) => pc !== OWN_PC),
    isTransfer: (charge) => transferEndsAt(charge) !== null,
    transferEndsAt,
    returnedOf({ paymentId }) {
      const payment = books.payments().find(({ id }) => id === paymentId);
      const refunded = books.refunds().filter((refund) => refund.paymentId === paymentId && refund.status === 'succeeded').reduce((sum, { amount }) => sum + amount, 0);
      return refunded + (payment !== undefined && payment.voidedAt !== null ? payment.amount : 0);
    },
    premiumsOf(saleId) {
      const ours = ids(({ sale }) => sale === saleId);
      return books.insuranceQuotes().filter(({ checkoutId, accepted }) => ours.has(checkoutId) && accepted === true).map(({ premium }) => premium);
    },
    isChargedTo: (checkoutId, methodId) => checkout(checkoutId)?.completions.some((one) => one.paymentMethodId === methodId && one.paymentStatus === 'succeeded') ?? false,
    hasQuote: (checkoutId) => books.insuranceQuotes().some((quote) => quote.checkoutId === checkoutId),
    partsOf({ checkoutId, paymentId }) {
      const found = checkout(checkoutId);
      const completion = found?.completions.find((one) => one.paymentId === paymentId);
      return { amountInCents: found?.amount ?? 0, apartInCents: completion?.premiumApart ?? 0 };
    },
  };
}
