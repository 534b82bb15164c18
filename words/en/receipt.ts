import type { RefundReason } from '../../contract/history.ts';

/* The words of a receipt. Customers and auditors read it: the trade's terms. */

export type ReceiptWords = {
  readonly training: string;
  readonly test: string;
  readonly copy: string;
  readonly customerCopy: string;
  readonly merchantCopy: string;
  readonly void: string;
  readonly refund: string;
  readonly pending: Readonly<Record<'void' | 'refund', string>>;
  readonly taxId: string;
  readonly receipt: string;
  readonly date: string;
  readonly register: string;
  readonly cashier: string;
  readonly tip: string;
  readonly premium: string;
  readonly premiumApart: string;
  readonly total: string;
  readonly charged: string;
  readonly net: string;
  readonly card: string;
  readonly bank: string;
  readonly payment: string;
  /** The card's entry mode. */
  readonly entry: { readonly name: string; readonly reader: string };
  readonly canFail: string;
  readonly testPage: string;
  /** The receipt of a void or refund. */
  readonly slip: {
    readonly void: string;
    readonly refund: string;
    readonly soldAt: string;
    readonly to: string;
    readonly reason: string;
    readonly reasons: Readonly<Record<RefundReason, string>>;
    readonly givenBack: string;
    readonly canFail: string;
  };
};

export const ENGLISH_RECEIPT: ReceiptWords = {
  training: 'TRAINING – NOT A REAL PAYMENT',
  test: 'TEST – NOT A REAL PAYMENT',
  copy: 'COPY',
  customerCopy: 'Customer copy',
  merchantCopy: 'Merchant copy',
  void: 'Voided',
  refund: 'Refunded',
  pending: { void: 'Void (pending)', refund: 'Refund (pending)' },
  taxId: 'Tax id',
  receipt: 'Receipt',
  date: 'Date',
  register: 'Register',
  cashier: 'Cashier',
  tip: 'Tip',
  premium: 'Insurance',
  premiumApart: 'Insurance, charged by the insurer',
  total: 'Total',
  charged: 'Charged',
  net: 'Net paid',
  card: 'Card',
  bank: 'Bank transfer',
  payment: 'Payment',
  entry: { name: 'Entry mode', reader: 'card reader' },
  canFail: 'Bank transfer accepted. The money arrives in a few days, and the transfer can still fail.',
  testPage: 'TEST PAGE',
  slip: {
    void: 'VOID',
    refund: 'REFUND',
    soldAt: 'Paid on',
    to: 'Back to',
    reason: 'Reason',
    reasons: { customer_request: 'Customer request', duplicate: 'Charged twice', fraudulent: 'Fraud' },
    givenBack: 'Given back so far',
    canFail: 'Not confirmed yet: the money is not back, and this can still fail.',
  },
};
