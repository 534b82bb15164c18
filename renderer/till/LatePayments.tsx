import { Button } from 'react-aria-components';
import type { LatePayment } from '../../contract/till-snapshot.ts';
import { Sign } from '../skin/Sign.tsx';
import { latePaymentSentence, paidWithWords } from './result-words.ts';
import { useSettled } from './use-settled.ts';
import { useWords } from './use-words.ts';

type Props = {
  readonly payments: readonly LatePayment[];
  readonly onSettle: (payment: LatePayment, how: 'keep' | 'void' | 'refund') => void;
};

/** Over every screen, until somebody has decided: a payment went through after its sale was left. */
export function LatePayments({ payments, onSettle }: Props) {
  const words = useWords();
  const { late } = words.till;
  // They push the screen away from under a finger, and move up when one is settled.
  const settled = useSettled(payments.map(({ saleId }) => saleId).join(' '));
  return payments.map((payment) => (
    <section key={payment.saleId} className="late" role="alert">
      <Sign kind="late" size="sign" />
      <p>
        <strong>
          {late.wentThrough(payment.amountInCents, payment.description, paidWithWords(payment.paidWith, words))}
        </strong>{' '}
        {latePaymentSentence(payment, words)}
      </p>
      <div className="next">
        <Button isDisabled={!settled || (payment.isReversing && !payment.mustRefund)} onPress={() => onSettle(payment, payment.mustRefund ? 'refund' : 'void')}>
          {payment.mustRefund ? late.refund : late.void}
        </Button>
        <Button isDisabled={!settled || payment.isReversing} onPress={() => onSettle(payment, 'keep')}>
          {late.keep}
        </Button>
      </div>
    </section>
  ));
}
