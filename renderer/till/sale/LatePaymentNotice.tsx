import type { LatePayment } from '../../../contract/till-snapshot.ts';
import { Button } from '../../skin/Button.tsx';
import { Sign } from '../../skin/Sign.tsx';
import { latePaymentSentence, paidWithWords } from './result-words.ts';
import { useWords } from '../use-words.ts';
import { Said } from '../Said.tsx';

export type ResolveLatePayment = (payment: LatePayment, how: 'keep' | 'void' | 'refund') => void;

type Props = {
  readonly payment: LatePayment;
  /** It is on the screen long enough to have been read. */
  readonly isSettled: boolean;
  readonly onResolve: ResolveLatePayment;
};

/** On every screen, until it is decided: a payment went through after its sale was left. */
export function LatePaymentNotice({ payment, isSettled, onResolve }: Props) {
  const words = useWords();
  const { late } = words.till;
  return (
    <Said isWarning as="section" className="late">
      <Sign kind="late" size="sign" />
      <p>
        <strong>
          {(payment.isPending ? late.accepted : late.wentThrough)(payment.amountInCents, payment.description, paidWithWords(payment.paidWith, words))}
        </strong>{' '}
        {latePaymentSentence(payment, words)}
      </p>
      <div className="next">
        <Button isDisabled={!isSettled || (payment.isReversing && !payment.mustRefund)} onPress={() => onResolve(payment, payment.mustRefund ? 'refund' : 'void')}>
          {payment.mustRefund ? late.refund : late.void}
        </Button>
        <Button isDisabled={!isSettled || payment.isReversing} onPress={() => onResolve(payment, 'keep')}>
          {late.keep}
        </Button>
      </div>
    </Said>
  );
}
