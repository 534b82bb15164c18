import type { TillSnapshot } from '../../../contract/till-snapshot.ts';
import { useAllWords } from '../use-words.ts';

type Props = Pick<TillSnapshot, 'openLinks' | 'openLinkCount'>;

/** More would push the sales off the screen; each is in that list, too. */
const SHOWN = 3;

/** Links that customers took with them and may still pay. A payment by one is announced on every screen. */
export function OpenLinks({ openLinks, openLinkCount }: Props) {
  const { history, format } = useAllWords();
  if (openLinkCount === 0) return null;
  return (
    <section className="open-links">
      <h2>{history.openLinks.count(openLinkCount)}</h2>
      <ul>
        {openLinks.slice(0, SHOWN).map(({ saleId, amountInCents, description, shownAt, payableUntil }) => (
          <li key={saleId}>
            {format.money(amountInCents)} <bdi>{description}</bdi>{' '}
            <small>{history.openLinks.between(shownAt, payableUntil)}</small>
          </li>
        ))}
      </ul>
      {openLinkCount > SHOWN && <p>{history.openLinks.more(openLinkCount - SHOWN)}</p>}
    </section>
  );
}
