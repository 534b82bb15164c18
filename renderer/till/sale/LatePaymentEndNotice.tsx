import type { LatePaymentEnd } from '../../../contract/till-snapshot.ts';
import { Sign } from '../../skin/Sign.tsx';
import { Said } from '../Said.tsx';
import { useWords } from '../use-words.ts';

/** The outcome of a late payment, in place of its notice. It needs no action, and disappears with the next Charge. */
export function LatePaymentEndNotice({ end: { kind, amountInCents, description } }: { readonly end: LatePaymentEnd }) {
  const { late } = useWords().till;
  return (
    <Said isWarning as="section" className="late late-end">
      <Sign kind={kind === 'not-paid' ? 'not-charged' : 'tick'} />
      <p>{late.end[kind](amountInCents, description)}</p>
    </Said>
  );
}
