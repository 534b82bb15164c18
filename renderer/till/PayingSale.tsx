import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { assertNever } from '../../contract/result.ts';
import type { SaleView } from '../../contract/till-snapshot.ts';
import { Sign } from '../skin/Sign.tsx';
import { useArrival } from './use-arrival.ts';
import { useSettled } from './use-settled.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useWords } from './use-words.ts';

type Paying = Extract<SaleView, { kind: 'preparing' | 'ready' | 'submitting' | 'checking' }>;

type Props = { readonly sale: Paying; readonly onBack: () => void; readonly onServeNext: () => void };

/** An outcome that is not known by then is left to the background, if the cashier wants. */
const SERVE_NEXT_AFTER_MS = 15_000;

/** While the customer pays. The card form stands over the right-hand side, in a window of its own. */
export function PayingSale({ sale, onBack, onServeNext }: Props) {
  const { till, format } = useWords();
  const settled = useSettled();
  const arrival = useArrival<HTMLHeadingElement>();
  const canGoBack = sale.kind === 'preparing' || sale.kind === 'ready';
  useShortcuts((key) => {
    if (key !== 'Escape' || !canGoBack) return false;
    onBack();
    return true;
  });
  return (
    <main className={`screen paying paying-${sale.kind}`}>
      <section className="sale">
        <h1 ref={arrival} tabIndex={-1} className="amount">{format.money(sale.amountInCents)}</h1>
        <p className="described">{sale.description}</p>
        <div className="state" role="status">
          <StateWords sale={sale} />
        </div>
        {canGoBack && (
          <Button className="quiet" isDisabled={!settled} onPress={onBack}>
            {sale.kind === 'preparing' ? till.paying.cancel : till.back} <kbd>{till.keys.escape}</kbd>
          </Button>
        )}
        {sale.kind === 'checking' && <ServeNext onServeNext={onServeNext} />}
      </section>
      <section className="form-place" aria-hidden="true">
        {sale.kind === 'preparing' && (
          <>
            <span className="bone" />
            <span className="bone" />
            <span className="bone" />
          </>
        )}
      </section>
    </main>
  );
}

function StateWords({ sale }: { readonly sale: Paying }) {
  const { paying } = useWords().till;
  switch (sale.kind) {
    case 'preparing':
      return <p>{paying.opening}</p>;
    case 'ready':
      return <p>{paying.ready}</p>;
    case 'submitting':
      return (
        <p>
          {paying.processing} <Elapsed />
        </p>
      );
    case 'checking':
      return (
        <>
          <Sign kind="unknown" size="sign" />
          <div className="state-words">
            <p className="word">{paying.unknownWord}</p>
            <p>{paying.unknown}</p>
            <p>
              {paying.checking} <Elapsed />
            </p>
          </div>
        </>
      );
    default:
      return assertNever(sale);
  }
}

/** One deliberate step, and not at once: most outcomes are known within seconds. */
function ServeNext({ onServeNext }: { readonly onServeNext: () => void }) {
  const { paying } = useWords().till;
  const [offered, setOffered] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOffered(true), SERVE_NEXT_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!offered) return null;
  return (
    <div className="serve-next">
      <p>{paying.cannotWait}</p>
      <Button onPress={onServeNext}>{paying.serveNext}</Button>
    </div>
  );
}

/** Minutes and seconds since this state began, for people; nothing is decided by it. */
function Elapsed() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const started = performance.now();
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - started) / 1000)), 250);
    return () => clearInterval(timer);
  }, []);
  return <span className="elapsed" aria-hidden="true">{`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`}</span>;
}
