import { disregard } from '../../contract/result.ts';
import { type Audit, COUNTER, MANAGER } from '../manager/audit.ts';
import type { Cashiers } from '../manager/cashiers.ts';
import { auditOfSale } from '../manager/sale-audit.ts';
import { paperAfter } from '../printing/paper-after.ts';
import type { ReceiptDesk } from '../printing/receipt-desk.ts';
import type { Sale } from '../sale/sale.ts';
import type { SaleEvent } from '../sale/sale-event.ts';
import type { Timers } from '../sale/timers.ts';
import type { SettingsFile } from '../storage/settings.ts';

type RecordedEventsParts = {
  readonly settings: Pick<SettingsFile, 'read' | 'change'>;
  readonly audit: Pick<Audit, 'note'>;
  readonly cashiers: Pick<Cashiers, 'actor'>;
  readonly receipts: Pick<ReceiptDesk, 'moneyMoved'>;
  readonly timers: Timers;
};

/** Prints the receipt and writes the audit line of an event that is in the journal. Deferred, because a payment does not wait for them. */
export function createRecordedEvents({ settings, audit, cashiers, receipts, timers }: RecordedEventsParts): (sale: Sale, event: SaleEvent) => void {
  return (sale, event) => {
    if ((sale.kind === 'paid' || sale.kind === 'accepted') && !settings.read().hasSold) timers.after(0, () => disregard(settings.change({ hasSold: true }), 'the next sale tries again'));
    const paper = paperAfter(sale, event);
    if (paper !== null) timers.after(0, () => receipts.moneyMoved(paper));
    const found = auditOfSale(sale, event);
    const who = found?.by === 'counter' ? COUNTER : found?.by === 'manager' ? MANAGER : cashiers.actor();
    if (found !== null) timers.after(0, () => audit.note(who, found.action, found.detail));
  };
}
