import type { TillSnapshot } from '../../../contract/till-snapshot.ts';
import { minutesAndSeconds } from '../sale/minutes-and-seconds.ts';
import { Said } from '../Said.tsx';
import { useAllWords } from '../use-words.ts';
import { useSecondsPassed } from '../use-seconds-passed.ts';

type Props = { readonly snapshot: Pick<TillSnapshot, 'sale' | 'secondsToPay'> };

/** Beside the sale while the customer pays at Sezzle: the progress there, the cashier's options, the time left, and the state of the money. */
export function AtSezzle({ snapshot: { sale, secondsToPay } }: Props) {
  const { sezzle } = useAllWords();
  return (
    <Said as="div" className="state at-sezzle">
      {sale.kind !== 'submitting' ? (
        <p>{sezzle.ask}</p>
      ) : secondsToPay === null ? (
        <>
          <p>{sezzle.ended}</p>
          <p>{sezzle.answering}</p>
        </>
      ) : (
        <>
          <p>{sezzle.there}</p>
          <TimeLeft key={secondsToPay} secondsToPay={secondsToPay} />
          <p>{sezzle.wait}</p>
          <p>{sezzle.toCancel}</p>
          <p>{sezzle.longest}</p>
        </>
      )}
    </Said>
  );
}

/** `secondsToPay`: from main, at the time of its push. Not announced every second. */
function TimeLeft({ secondsToPay }: { readonly secondsToPay: number }) {
  const { sezzle } = useAllWords();
  return (
    <p className="elapsed" aria-hidden="true">
      {sezzle.left(minutesAndSeconds(Math.max(0, secondsToPay - useSecondsPassed())))}
    </p>
  );
}
