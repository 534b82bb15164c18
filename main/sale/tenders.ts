import type { TenderKind } from '../../contract/tender.ts';
import type { CurrentSale } from './current-sale.ts';
import { mayStillBePaid } from './sale.ts';
import { LEAST_SEZZLE_IN_CENTS } from './sezzle/sezzle-orders.ts';
import type { Tender } from './tender.ts';

/** The tenders of a register, one of which the sale at the counter has. */
export type Tenders = {
  /** That of the sale at the counter; while it is typed, the first choice. */
  current(): Tender;
  /** Null: it is not one of the ways to pay now. */
  offered(kind: TenderKind): Tender | null;
  /** The ways to pay now, the first choice first. */
  ways(): readonly TenderKind[];
  all(): readonly Tender[];
};

export type TendersParts = {
  /** The ways to pay that can be offered now, the first choice first, by account, settings and devices. Never empty. */
  readonly ways: () => readonly TenderKind[];
};

/** JustiFi fixes the order at Sezzle when it creates the checkout: each try gets a new one, with the amount of the sale. */
export const HAS_OWN_CHECKOUT: ReadonlySet<TenderKind> = new Set(['sezzle']);

export function createTenders({ ways }: TendersParts, current: Pick<CurrentSale, 'get'>, tenders: () => readonly Tender[]): Tenders {
  const find = (kind: TenderKind | null) => tenders().find((tender) => tender.kind === kind) ?? null;
  const offered = (kind: TenderKind) => (ways().includes(kind) && suitsSale(kind) ? find(kind) : null);

  /** A way with a checkout of its own cannot follow one that may still be paid. */
  function suitsSale(kind: TenderKind): boolean {
    const sale = current.get();
    if (!HAS_OWN_CHECKOUT.has(kind) || sale.kind === 'draft') return true;
    return sale.purchase.totalInCents >= LEAST_SEZZLE_IN_CENTS && !mayStillBePaid(sale);
  }

  return {
    current() {
      const sale = current.get();
      const first = ways()[0] ?? null;
      return find(sale.kind === 'draft' ? first : sale.tender) ?? tenders()[0]!;
    },
    offered,
    ways: () => ways().filter((kind) => offered(kind) !== null),
    all: tenders,
  };
}
