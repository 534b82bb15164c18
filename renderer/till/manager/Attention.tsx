import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import type { ChargeProblem } from '../../../contract/problem.ts';
import type { TillSnapshot } from '../../../contract/till-snapshot.ts';
import { say } from '../../words/sentences.ts';
import { useWords } from '../use-words.ts';

type Props = { readonly snapshot: TillSnapshot; readonly bridge: Pick<Bridge<'manager'>, 'settleRepairs' | 'wrongAmountSeen' | 'endUnresolved'> };

/** Is there anything that only the manager can put aside? */
export function needsManager({ journalNotice, auditTrouble, sale, unresolved }: TillSnapshot): boolean {
  return journalNotice !== null || auditTrouble !== null || sale.kind === 'wrong-amount' || unresolved.some(({ mayEnd }) => mayEnd);
}

/** What the manager has to look at before the till is as it was. */
export function Attention({ snapshot, bridge }: Props) {
  const { journalNotice, auditTrouble, sale, unresolved } = snapshot;
  const { till, manager } = useWords();
  const { attention } = manager;
  const [problem, setProblem] = useState<ChargeProblem | null>(null);

  async function tell(answer: ReturnType<Props['bridge']['settleRepairs']>): Promise<void> {
    const result = await answer;
    setProblem(result.kind === 'failed' && result.failure.kind !== 'refused' && result.failure.kind !== 'locked' ? result.failure : null);
  }

  return (
    <section className="attention">
      {sale.kind === 'wrong-amount' && (
        <article>
          <p>{attention.wrongAmount(sale.amountInCents, sale.chargedInCents)}</p>
          <Button onPress={() => void tell(bridge.wrongAmountSeen({ saleId: sale.saleId }))}>{attention.lookedAtIt}</Button>
        </article>
      )}
      {auditTrouble !== null && (
        <article>
          {attention.audit(auditTrouble).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </article>
      )}
      {unresolved
        .filter(({ mayEnd }) => mayEnd)
        .map(({ saleId, amountInCents, description, since }) => (
          <article key={saleId}>
            <p>{attention.unresolved(amountInCents, description, since)}</p>
            <Button onPress={() => void tell(bridge.endUnresolved({ saleId }))}>{attention.endIt}</Button>
          </article>
        ))}
      {journalNotice !== null && (
        <article>
          {attention.journal(journalNotice).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <Button isDisabled={!journalNotice.isLookedInto} onPress={() => void tell(bridge.settleRepairs())}>
            {attention.seen}
          </Button>
        </article>
      )}
      <p className="problem" role="alert">
        {problem !== null && say(till.problem, problem)}
      </p>
    </section>
  );
}
