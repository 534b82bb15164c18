import { Button } from 'react-aria-components';
import type { Currency } from '../../contract/money.ts';
import type { LatePayment } from '../../contract/till-snapshot.ts';
import { latePaymentSentence, money, paidWithWords } from './words.ts';

type Props = {
  readonly payments: readonly LatePayment[];
  readonly currency: Currency;
  readonly onSettle: (payment: LatePayment, how: 'keep' | 'void' | 'refund') => void;
};

/** Over every screen, until somebody has decided: a payment that was left behind went through after all. */
export function LatePayments({ payments, currency, onSettle }: Props) {
  return payments.map((payment) => (
    <section key={payment.saleId} className="late" role="alert">
      <p>
        <strong>
          <span aria-hidden="true">! </span>Earlier payment went through: {money(payment.amountInCents, currency)}, {payment.description}, {paidWithWords(payment.paidWith)}.
        </strong>{' '}
        {latePaymentSentence(payment)}
      </p>
      <div className="next">
        <Button isDisabled={payment.isReturning && !payment.mustRefund} onPress={() => onSettle(payment, payment.mustRefund ? 'refund' : 'void')}>
          {payment.mustRefund ? 'Refund (manager)' : 'Void'}
        </Button>
        <Button isDisabled={payment.isReturning} onPress={() => onSettle(payment, 'keep')}>
          Keep
        </Button>
      </div>
    </section>
  ));
}
