import { useEffect, useEffectEvent, useState } from 'react';
import type { ChargedTwice as Answer } from '../../../contract/history.ts';
import { useAllWords } from '../use-words.ts';
import { Said } from '../Said.tsx';
import type { HistoryBridge } from './history-bridge.ts';

/** "Was this customer charged twice?": one sentence, and its evidence. */
export function ChargedTwice({ saleId, bridge }: { readonly saleId: string; readonly bridge: HistoryBridge }) {
  const { history, format } = useAllWords();
  const { twice } = history;
  const [answer, setAnswer] = useState<Answer | null>(null);
  const ask = useEffectEvent(() => bridge.askChargedTwice({ saleId }).then((said) => setAnswer(said.kind === 'ok' ? said.value : { verdict: 'not-known', count: 0, evidence: [] })));
  useEffect(() => void ask(), []);
  return (
    <section className="charged-twice">
      <h2>{twice.title}</h2>
      <Said>
        <strong>{answer === null ? twice.asking : twice.verdict[answer.verdict](answer.count)}</strong>
      </Said>
      {answer !== null && answer.evidence.length > 0 && (
        <ul>
          {answer.evidence.map(({ paymentId, at, amountInCents, givenBackInCents, isPending, description, isThisSale }, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- a line never moves
            <li key={place}>
              {[at === null ? '–' : format.dayAndTime(at), format.money(amountInCents), ...(givenBackInCents > 0 ? [history.givenBack(format.money(givenBackInCents))] : []), ...(isPending ? [twice.pending] : [])].join(' · ')} · {isThisSale ? twice.thisSale : description === null ? twice.otherSale : <bdi>{description}</bdi>}{' '}
              <small>{paymentId}</small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
