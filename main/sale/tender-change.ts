import type { TenderKind } from '../../contract/tender.ts';
import { assertNever, failed, ok } from '../../contract/result.ts';
import type { AmountCheck } from './amount-check.ts';
import type { Answer, CurrentSale } from './current-sale.ts';
import { openLink } from './sale.ts';
import type { SaleFlow } from './sale-flow.ts';
import { HAS_OWN_CHECKOUT, type Tenders } from './tenders.ts';

type TenderChangeParts = {
  readonly current: CurrentSale;
  readonly tenders: Tenders;
  readonly amounts: AmountCheck;
  readonly flow: Pick<SaleFlow, 'chargeAgain' | 'chargeOnNew'>;
};

/**
 * Lets the customer pay another way, on the same checkout. Never two ways at once: the one before is taken away, then JustiFi is asked, and only a
 * checkout on which nothing is open or paid is put before the customer again, or left for a new one where the way needs it.
 */
export function createTenderChange({ current, tenders, amounts, flow }: TenderChangeParts): (kind: TenderKind) => Answer {
  async function presentIfPayable(saleId: string): Promise<void> {
    const sale = current.get();
    if (sale.kind !== 'preparing' || sale.checkoutId === null) return;
    const verdict = await amounts.begin({ ...sale, checkoutId: sale.checkoutId });
    if (!current.isStillPreparing(saleId)) return;
    switch (verdict.kind) {
      case 'agrees':
        return HAS_OWN_CHECKOUT.has(tenders.current().kind) ? flow.chargeOnNew() : tenders.current().present(saleId);
      case 'not-payable':
        return current.learn({ kind: 'payment-suspected', why: 'checkout-read' });
      case 'differs':
        return flow.chargeAgain();
      case 'no-answer':
        return current.learn({ kind: 'form-lost', why: 'checkout-unread' });
      default:
        return assertNever(verdict);
    }
  }

  return (kind) => {
    const before = tenders.current();
    const sale = current.get();
    if (sale.kind === 'ready' && kind === before.kind) return ok(null);
    if (tenders.offered(kind) === null) return failed({ kind: 'sale-in-progress' });
    const chosen = current.intend({ kind: 'tender-chosen', tender: kind });
    if (chosen.kind === 'failed') return chosen;
    before.withdraw();
    void presentIfPayable(sale.id);
    return chosen;
  };
}

type BackParts = {
  readonly current: Pick<CurrentSale, 'get'>;
  readonly tenders: Pick<Tenders, 'offered'>;
  readonly flow: Pick<SaleFlow, 'startOver'>;
  readonly changeTender: (kind: TenderKind) => Answer;
};

/**
 * Back: the sale is a draft again. Once the customer has a link, there is no way back before it: from another way to pay it leads to the link, which still pays
 * the same sale. Where links are no longer offered, the sale is left.
 */
export function createBack({ current, tenders, flow, changeTender }: BackParts): () => Answer {
  return () => {
    const sale = current.get();
    if (openLink(sale) === null || tenders.offered('phone') === null) return flow.startOver(null);
    return 'tender' in sale && sale.tender === 'phone' ? failed({ kind: 'sale-in-progress' }) : changeTender('phone');
  };
}
