import type { TenderKind } from '../../contract/tender.ts';
import type { CurrentSale } from './current-sale.ts';
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
  /** What can be offered to customers now, the first choice first: the account, the manager and the devices decide. Never empty. */
  readonly ways: () => readonly TenderKind[];
};

export function createTenders({ ways }: TendersParts, current: Pick<CurrentSale, 'get'>, tenders: () => readonly Tender[]): Tenders {
  const find = (kind: TenderKind | null) => tenders().find((tender) => tender.kind === kind) ?? null;
  const offered = (kind: TenderKind) => (ways().includes(kind) ? find(kind) : null);
  return {
    current() {
      const sale = current.get();
      const first = ways()[0] ?? null;
      return find(sale.kind === 'draft' ? first : sale.tender) ?? tenders()[0]!;
    },
    offered,
    ways: () => ways().filter((kind) => find(kind) !== null),
    all: tenders,
  };
}
