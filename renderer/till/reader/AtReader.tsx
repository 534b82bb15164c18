import type { Bridge } from '../../../contract/channels.ts';
import type { TillSnapshot } from '../../../contract/till-snapshot.ts';
import { Said } from '../Said.tsx';
import { useWords } from '../use-words.ts';
import { minutesAndSeconds } from '../sale/minutes-and-seconds.ts';
import { useSecondsPassed } from '../use-seconds-passed.ts';
import { TrainingReader } from '../training/TrainingReader.tsx';

type Props = { readonly snapshot: Pick<TillSnapshot, 'sale' | 'secondsToPay' | 'trainingReader'>; readonly bridge: Bridge<'till'> };

/** The right half while the customer pays at the card reader; in training, the reader itself. */
export function AtReader({ snapshot: { sale, secondsToPay, trainingReader }, bridge }: Props) {
  return (
    <>
      <Said as="div" className="reader-said">
        {sale.kind === 'submitting' && <Asking key={secondsToPay} secondsToPay={secondsToPay} />}
      </Said>
      {trainingReader !== null && <TrainingReader screen={trainingReader} bridge={bridge} />}
    </>
  );
}

/** `secondsToPay`: from main, at the time of its push; null: not begun. */
function Asking({ secondsToPay }: Pick<TillSnapshot, 'secondsToPay'>) {
  const { reader } = useWords().till.paying;
  const passed = useSecondsPassed();
  const left = secondsToPay === null ? null : Math.max(0, secondsToPay - passed);
  if (left === 0) return <p className="reader-call">{reader.answering}</p>;
  return (
    <>
      <p className="reader-call">{reader.call}</p>
      {left !== null && (
        // Not announced every second.
        <p className="reader-time" aria-hidden="true">
          {minutesAndSeconds(left)}
        </p>
      )}
      <p>{reader.toCancel}</p>
    </>
  );
}
