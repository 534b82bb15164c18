import type { AuditAction, AuditDetail } from '../../contract/audit.ts';
import { assertNever } from '../../contract/result.ts';
import type { Sale, SaleEvent } from '../sale/sale.ts';

/** `byCounter`: nobody did it; JustiFi's answer was written down. */
export type SaleAudit = { readonly action: AuditAction; readonly detail: AuditDetail; readonly byCounter: boolean };

/** What of a sale's life belongs into the audit log; null for the rest, which the journal has. Never what it was for. */
export function auditOfSale(sale: Sale, event: SaleEvent): SaleAudit | null {
  const about = { sale: sale.id, amountInCents: 'purchase' in sale ? sale.purchase.amountInCents : sale.amountInCents };
  switch (event.kind) {
    case 'charge-asked':
      return { action: 'charge-started', byCounter: false, detail: about };
    case 'outcome-known':
      return { action: sale.kind === 'late' ? 'payment-late' : 'charge-result', byCounter: true, detail: { ...about, result: sale.kind, ...moneyOf(sale) } };
    case 'left-behind':
      return { action: 'payment-left', byCounter: false, detail: about };
    case 'late-kept':
      return { action: 'payment-kept', byCounter: false, detail: about };
    case 'return-asked':
      return { action: 'return-asked', byCounter: false, detail: { ...about, how: event.how } };
    case 'return-refused':
      return { action: 'return-refused', byCounter: true, detail: { ...about, code: event.code } };
    case 'returned':
      return { action: 'return-done', byCounter: true, detail: { ...about, how: sale.kind === 'returned' ? sale.how : null } };
    case 'edited':
    case 'checkout-asked':
    case 'checkout-created':
    case 'checkout-abandoned':
    case 'amount-confirmed':
    case 'preparation-failed':
    case 'form-shown':
    case 'submit-allowed':
    case 'submit-refused':
    case 'outcome-unclear':
    case 'form-lost':
    case 'form-renewed':
    case 'retry-asked':
    case 'left':
    case 'found':
    // The manager's call is noted itself.
    case 'wrong-amount-seen':
      return null;
    default:
      return assertNever(event);
  }
}

function moneyOf(sale: Sale): AuditDetail {
  if (sale.kind === 'wrong-amount') return { chargedInCents: sale.chargedInCents };
  return 'paidWith' in sale ? { last4: sale.paidWith.last4, payment: 'paymentId' in sale ? sale.paymentId : null } : {};
}
