import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { Currency } from '../../contract/money.ts';
import { assertNever } from '../../contract/result.ts';
import type { SaleView } from '../../contract/till-snapshot.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { money } from './words.ts';

type Paying = Extract<SaleView, { kind: 'preparing' | 'ready' | 'submitting' | 'checking' }>;

/** While the customer pays. The card form stands over the right-hand side, in a window of its own. */
export function PayingSale({ sale, currency, onBack }: { readonly sale: Paying; readonly currency: Currency; readonly onBack: () => void }) {
  const canGoBack = sale.kind === 'preparing' || sale.kind === 'ready';
  useShortcuts((key) => {
    if (key !== 'Escape' || !canGoBack) return false;
    onBack();
    return true;
  });
  return (
    <main className={`screen paying paying-${sale.kind}`}>
      <section className="sale">
        <h1 className="amount">{money(sale.amountInCents, currency)}</h1>
        <p className="described">{sale.description}</p>
        <div className="state" role="status">
          <StateWords sale={sale} />
        </div>
        {canGoBack && (
          <Button className="quiet" onPress={onBack}>
            {sale.kind === 'preparing' ? 'Cancel' : 'Back'} <kbd>Esc</kbd>
          </Button>
        )}
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
  switch (sale.kind) {
    case 'preparing':
      return <p>Opening the card form…</p>;
    case 'ready':
      return <p>Ready for the card.</p>;
    case 'submitting':
      return (
        <p>
          Processing. Do not close. <Elapsed />
        </p>
      );
    case 'checking':
      return (
        <>
          <p className="unknown">
            <span aria-hidden="true">?</span> We don’t know yet if this payment went through.
          </p>
          <p>
            Do not take the card again. Checking… <Elapsed />
          </p>
        </>
      );
    default:
      return assertNever(sale);
  }
}

/** Minutes and seconds since this state began, for people; nothing is decided by it. */
function Elapsed() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const started = performance.now();
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - started) / 1000)), 250);
    return () => clearInterval(timer);
  }, []);
  return <span aria-hidden="true">{`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`}</span>;
}
