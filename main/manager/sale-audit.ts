import type { AuditAction, AuditDetail } from '../../contract/audit.ts';
import { assertNever } from '../../contract/result.ts';
import type { Reversal } from '../sale/reversal.ts';
import type { Sale } from '../sale/sale.ts';
import type { SaleEvent } from '../sale/sale-event.ts';

/** `counter`: JustiFi's answer was written down. */
type SaleAudit = { readonly action: AuditAction; readonly detail: AuditDetail; readonly by: 'cashier' | 'manager' | 'counter' };

/** The audit line of a sale's event; null: it is only in the journal. Never the description. */
export function auditOfSale(sale: Sale, event: SaleEvent): SaleAudit | null {
  const about = { sale: sale.id, amountInCents: 'purchase' in sale ? sale.purchase.totalInCents : sale.amountInCents };
  switch (event.kind) {
    case 'charge-asked':
      return { action: 'charge-started', by: 'cashier', detail: about };
    case 'outcome-known':
      return outcomeLine(sale, about);
    case 'marked-unresolved':
      return sale.kind === 'unresolved' && sale.why === 'unknown' ? { action: 'payment-unresolved', by: 'cashier', detail: about } : null;
    case 'ended-by-manager':
      return { action: 'payment-ended', by: 'manager', detail: about };
    case 'late-kept':
      return { action: 'payment-kept', by: 'cashier', detail: { ...about, ...moneyOf(sale) } };
    case 'reversal-asked':
      return { action: 'reversal-asked', by: 'cashier', detail: { ...about, ...reversalOf(event.reversal) } };
    case 'transfer-ended':
      return event.how === 'settled' ? null : { action: 'payment-trouble', by: 'counter', detail: { ...about, how: event.how, ...moneyOf(sale) } };
    case 'payment-trouble-seen':
      return { action: 'payment-trouble-seen', by: 'manager', detail: about };
    case 'reversal-answered':
      return reversalLine(sale, event, about);
    case 'checkout-asked':
    case 'checkout-created':
    case 'checkout-abandoned':
    case 'amount-confirmed':
    case 'preparation-failed':
    case 'form-shown':
    case 'link-shown':
    case 'submit-allowed':
    case 'submit-refused':
    case 'payment-suspected':
    case 'outcome-unclear':
    case 'form-lost':
    case 'form-renewed':
    case 'retry-asked':
    case 'tender-chosen':
    case 'abandoned':
    case 'found':
    // The manager's call writes its own line.
    case 'wrong-amount-seen':
      return null;
    default:
      return assertNever(event);
  }
}

/** Lines for money that moved and results that were shown. An attempt that failed after its sale became unresolved, or at the customer's phone, is only in the journal. */
function outcomeLine(sale: Sale, about: AuditDetail): SaleAudit | null {
  if (sale.kind === 'unresolved' || sale.kind === 'abandoned' || sale.kind === 'ready') return null;
  return { action: sale.kind === 'late' ? 'payment-late' : 'charge-result', by: 'counter', detail: { ...about, result: sale.kind, ...moneyOf(sale) } };
}

function reversalLine(sale: Sale, { reversalId, answer, books }: Extract<SaleEvent, { kind: 'reversal-answered' }>, about: AuditDetail): SaleAudit | null {
  const reversal = 'reversals' in sale ? sale.reversals.find(({ id }) => id === reversalId) : undefined;
  const detail = { ...about, ...(reversal === undefined ? {} : reversalOf(reversal)) };
  if (answer.state === 'pending') return null;
  if (answer.state === 'done') return { action: 'reversal-done', by: 'counter', detail };
  return { action: 'reversal-refused', by: 'counter', detail: { ...detail, code: answer.code, ...(books === null ? {} : { books: books.kind }) } };
}

function reversalOf({ kind, amountInCents, reason }: Reversal): AuditDetail {
  return { how: kind, reversedInCents: amountInCents, ...(reason === null ? {} : { reason }) };
}

function moneyOf(sale: Sale): AuditDetail {
  return 'chargedInCents' in sale ? { chargedInCents: sale.chargedInCents, last4: sale.paidWith.last4, payment: sale.paymentId } : {};
}
