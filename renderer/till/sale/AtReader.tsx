import { type ReactNode, useEffect, useState } from 'react';
import { Said } from '../Said.tsx';
import { useWords } from '../use-words.ts';
import { minutesAndSeconds } from './minutes-and-seconds.ts';

type Props = {
  /** The amount is on the reader. */
  readonly isAsking: boolean;
  /** As main said when this came; null: not begun. */
  readonly secondsToPay: number | null;
  /** In training, the reader itself. */
  readonly children: ReactNode;
};

/** The right half while the customer pays at the card reader. */
export function AtReader({ isAsking, secondsToPay, children }: Props) {
  return (
    <section className="at-reader">
      <Said as="div" className="reader-said">
        {isAsking && <Asking key={secondsToPay} secondsToPay={secondsToPay} />}
      </Said>
      {children}
    </section>
  );
}

function Asking({ secondsToPay }: Pick<Props, 'secondsToPay'>) {
  const { reader } = useWords().till.paying;
  const passed = useSecondsPassed();
  const left = secondsToPay === null ? null : Math.max(0, secondsToPay - passed);
  if (left === 0) return <p className="reader-call">{reader.answering}</p>;
  return (
    <>
      <p className="reader-call">{reader.call}</p>
      {left !== null && (
        // Not read out every second.
        <p className="reader-time" aria-hidden="true">
          {minutesAndSeconds(left)}
        </p>
      )}
      <p>{reader.toCancel}</p>
    </>
  );
}

/** For people; nothing is decided by it. */
function useSecondsPassed(): number {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const since = performance.now();
    const timer = setInterval(() => setPassed(Math.floor((performance.now() - since) / 1000)), 250);
    return () => clearInterval(timer);
  }, []);
  return passed;
}
