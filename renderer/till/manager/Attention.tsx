import { useState } from 'react';
import type { Bridge, Refusal } from '../../../contract/channels.ts';
import type { ChargeProblem } from '../../../contract/problem.ts';
import type { TillSnapshot } from '../../../contract/till-snapshot.ts';
import { Button } from '../../skin/Button.tsx';
import { say } from '../../../words/sentences.ts';
import { useAllWords } from '../use-words.ts';
import { Said } from '../Said.tsx';

type Props = {
  readonly snapshot: TillSnapshot;
  readonly bridge: Pick<Bridge<'manager'>, 'acknowledgeRepairs' | 'acknowledgePaymentTrouble' | 'acknowledgeWrongAmount' | 'endUnresolved' | 'acknowledgeComparison' | 'acknowledgeCopy'>;
  /** Called after an item was acknowledged and so removed from this list, to announce it elsewhere; null: no announcement any more. */
  readonly onDone: (sentence: string | null) => void;
};

/** Whether there is an item that only the manager can acknowledge. */
export function needsManager({ journalNotice, comparisonNotice, auditTrouble, copiedFrom, sale, unresolved, troubledPayments }: TillSnapshot): boolean {
  return troubledPayments.length > 0 || copiedFrom !== null || journalNotice !== null || comparisonNotice !== null || auditTrouble !== null || sale.kind === 'wrong-amount' || unresolved.some(({ mayEnd }) => mayEnd);
}

/** The items that the manager has to look at. */
export function Attention({ snapshot, bridge, onDone }: Props) {
  const { journalNotice, comparisonNotice, auditTrouble, copiedFrom, registerId, sale, unresolved, troubledPayments } = snapshot;
  const { till, manager } = useAllWords();
  const { attention } = manager;
  const [problem, setProblem] = useState<ChargeProblem | Refusal['failure'] | null>(null);

  async function tell(answer: ReturnType<Props['bridge']['acknowledgeRepairs']>, done = attention.wasSeen): Promise<void> {
    onDone(null);
    const result = await answer;
    if (result.kind === 'ok') onDone(done);
    setProblem(result.kind === 'ok' || result.failure.kind === 'locked' ? null : result.failure);
  }

  async function seeCopy(): Promise<void> {
    onDone(null);
    const result = await bridge.acknowledgeCopy();
    if (result.kind === 'ok') onDone(attention.wasSeen);
    setProblem(result.kind === 'ok' || result.failure.kind === 'locked' ? null : result.failure.kind === 'settings-unwritable' ? { kind: 'journal-unwritable' } : result.failure);
  }

  return (
    <section className="attention">
      <h2>{manager.shell.attention}</h2>
      {sale.kind === 'wrong-amount' && <Notice sentences={[attention.wrongAmount(sale.amountInCents, sale.chargedInCents)]} button={attention.lookedAtIt} onPress={() => void tell(bridge.acknowledgeWrongAmount({ saleId: sale.saleId }))} />}
      {copiedFrom !== null && <Notice sentences={attention.copied(copiedFrom, registerId)} onPress={() => void seeCopy()} />}
      {auditTrouble !== null && <Notice sentences={attention.audit(auditTrouble)} />}
      {troubledPayments.map(({ saleId, kind, amountInCents, givenBackInCents, description, at }) => (
        <Notice key={saleId} sentences={[attention.troubled[kind](amountInCents, description, at, givenBackInCents)]} onPress={() => void tell(bridge.acknowledgePaymentTrouble({ saleId }))} />
      ))}
      {unresolved
        .filter(({ mayEnd }) => mayEnd)
        .map(({ saleId, amountInCents, description, since }) => (
          <Notice key={saleId} sentences={[attention.unresolved(amountInCents, description, since)]} button={attention.endIt} onPress={() => void tell(bridge.endUnresolved({ saleId }), attention.wasEnded(amountInCents, description))} />
        ))}
      {journalNotice !== null && <Notice sentences={attention.journal(journalNotice)} isDisabled={!journalNotice.isLookedInto} onPress={() => void tell(bridge.acknowledgeRepairs())} />}
      {comparisonNotice !== null && <Notice sentences={attention.comparison(comparisonNotice)} onPress={() => void tell(bridge.acknowledgeComparison())} />}
      <Said isWarning className="problem">
        {problem !== null && (problem.kind === 'refused' ? till.didNotWork : say(till.problem, problem))}
      </Said>
    </section>
  );
}

/** Of a register. It is compared with another, so it is never broken over two lines. */
const ID = /([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})/u;

type NoticeProps = {
  readonly sentences: readonly string[];
  /** "Seen" unless given. */
  readonly button?: string;
  readonly isDisabled?: boolean;
  /** None: the item disappears by itself. */
  readonly onPress?: () => void;
};

function Notice({ sentences, button, isDisabled = false, onPress }: NoticeProps) {
  const { attention } = useAllWords().manager;
  return (
    <article>
      {sentences.map((sentence) => (
        <p key={sentence}>
          {sentence.split(ID).map((part, place) => (place % 2 === 0 ? part : <code key={place} translate="no">{part}</code>))}
        </p>
      ))}
      {onPress !== undefined && (
        <Button isDisabled={isDisabled} onPress={onPress}>
          {button ?? attention.seen}
        </Button>
      )}
    </article>
  );
}
