import { useState } from 'react';
import { Button } from '../../skin/Button.tsx';
import { useAllWords } from '../use-words.ts';

/** How the first sale goes, until the cashier has read it. */
export function FirstSale({ isDescriptionNeeded }: { readonly isDescriptionNeeded: boolean }) {
  const { title, amount, description, charge, gotIt } = useAllWords().help.firstSale;
  const [isRead, setRead] = useState(false);
  if (isRead) return null;
  return (
    <aside className="first-sale">
      <h2>{title}</h2>
      <ol>
        {(isDescriptionNeeded ? [amount, description, charge] : [amount, charge]).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Button className="quiet" onPress={() => setRead(true)}>
        {gotIt}
      </Button>
    </aside>
  );
}
