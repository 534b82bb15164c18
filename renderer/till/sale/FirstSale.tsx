import { useState } from 'react';
import { Button } from '../../skin/Button.tsx';
import { useWords } from '../use-words.ts';

/** How the first sale goes, until the cashier has read it. */
export function FirstSale({ isDescriptionNeeded }: { readonly isDescriptionNeeded: boolean }) {
  const { enter } = useWords().till;
  const { amount, description, charge } = enter.firstSale;
  const [isRead, setRead] = useState(false);
  if (isRead) return null;
  return (
    <aside className="first-sale">
      <h2>{enter.firstSaleTitle}</h2>
      <ol>
        {(isDescriptionNeeded ? [amount, description, charge] : [amount, charge]).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Button className="quiet" onPress={() => setRead(true)}>
        {enter.gotIt}
      </Button>
    </aside>
  );
}
