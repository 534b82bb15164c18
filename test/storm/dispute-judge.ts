import type { SaleEvent } from '../../main/sale/sale-event.ts';
import type { Finding } from './finding.ts';
import type { JournalReading } from './journal-reading.ts';
import type { ScreenJudge } from './screen-judge.ts';

type DisputeJudgeParts = { readonly screens: ScreenJudge; readonly finds: (finding: Finding) => void };

/** Each sale whose payment the customer's bank disputed was reported on a screen, is in both journals once, and was seen by the manager. */
export function judgeDisputes({ screens, finds }: DisputeJudgeParts, disputed: ReadonlySet<string>, own: JournalReading, copied: JournalReading): void {
  for (const saleId of disputed) {
    const lost = (what: string) => finds({ kind: 'lost', customer: screens.customerOf(saleId), what });
    if (!screens.toldOfDispute(saleId)) lost('a payment was disputed, and no screen has told');
    for (const [where, { entries }] of [['in the journal', own], ['on the copied disk', copied]] as const) {
      const events = entries.flatMap(({ event, sale }) => (sale.id === saleId ? [event] : []));
      const times = events.filter(isDispute).length;
      if (times !== 1) lost(`a payment was disputed, and that stands ${times} times ${where}`);
      if (events.findLastIndex(({ kind }) => kind === 'payment-trouble-seen') < events.findIndex(isDispute)) lost(`a payment was disputed, and the manager has not seen it ${where}`);
    }
  }
}

function isDispute(event: SaleEvent): boolean {
  return event.kind === 'transfer-ended' && event.how === 'disputed';
}
