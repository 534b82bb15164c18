import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import type { SaleRecord } from '../../../contract/history.ts';
import type { PrintingView } from '../../../contract/printing.ts';
import { receiptCode, shownReceiptCode } from '../../../contract/receipt-code.ts';
import type { ManagerView } from '../../../contract/till-snapshot.ts';
import { Button } from '../../skin/Button.tsx';
import { say } from '../../../words/sentences.ts';
import { GiveBack } from '../refund/GiveBack.tsx';
import { ReceiptActions } from '../sale/ReceiptActions.tsx';
import { paidWithWords } from '../sale/result-words.ts';
import { useShortcuts } from '../use-shortcuts.ts';
import { useAllWords } from '../use-words.ts';
import { Said } from '../Said.tsx';
import { ChargedTwice } from './ChargedTwice.tsx';
import type { HistoryBridge } from './history-bridge.ts';

type Props = { readonly saleId: string; readonly isGivingBack: boolean; readonly bridge: HistoryBridge; readonly manager: ManagerView; readonly printing: PrintingView; readonly onBack: () => void };
type Problem = { readonly kind: 'history-unreadable' | 'still-starting' | 'sale-unknown' };

/** How often it is read, while a void or refund is open or the time for a void runs. */
const LOOK_AGAIN_MS = 3_000;

/** One sale: its outcome, its steps, its reversals, and the ids for JustiFi's support. */
export function SalePage({ saleId, isGivingBack, bridge, manager, printing, onBack }: Props) {
  const { history, till } = useAllWords();
  const { record, problem, readAgain } = useRecord(saleId, bridge);
  const [shown, setShown] = useState<'sale' | 'give-back' | 'twice'>(isGivingBack ? 'give-back' : 'sale');

  const canGiveBack = record !== null && (record.giveBack.kind === 'void' || record.giveBack.kind === 'refund');
  useShortcuts((key) => {
    if (shown === 'give-back') return false;
    if (key === 'Escape') return shown === 'sale' ? (onBack(), true) : (setShown('sale'), true);
    if (key !== 'F8' || !canGiveBack) return false;
    setShown('give-back');
    return true;
  });
  if (record === null) {
    return (
      <main className="history">
        <Said>{problem !== null && say(history.problem, problem)}</Said>
        <Button shortcut={{ key: 'Escape', shown: till.keys.escape }} className="quiet" onPress={onBack}>
          {history.back}
        </Button>
      </main>
    );
  }
  if (shown === 'give-back') {
    return (
      <GiveBack
        record={record}
        bridge={bridge}
        manager={manager}
        printing={printing}
        onDone={() => {
          readAgain();
          setShown('sale');
        }}
      />
    );
  }
  return (
    <main className="history sale-page">
      <Heading record={record}>
        <Button shortcut={{ key: 'Escape', shown: till.keys.escape }} className="quiet" onPress={onBack}>
          {history.back}
        </Button>
      </Heading>
      <div className="next">
        {canGiveBack && (
          <Button shortcut={{ key: 'F8', shown: 'F8' }} onPress={() => setShown('give-back')}>
            {history.giveBack.open}
          </Button>
        )}
        {record.chargedInCents !== null && <Button onPress={() => setShown(shown === 'twice' ? 'sale' : 'twice')}>{history.twice.ask}</Button>}
      </div>
      {record.giveBack.kind === 'not-settled' && <p>{history.giveBack.notSettled}</p>}
      {record.chargedInCents !== null && <ReceiptActions paper={{ kind: 'sale', saleId: record.line.saleId }} printing={printing} bridge={bridge} isDisabled={false} hasMerchantCopy />}
      {shown === 'twice' && <ChargedTwice saleId={saleId} bridge={bridge} />}
      <Reversals record={record} printing={printing} bridge={bridge} />
      <Facts record={record} />
      <Timeline record={record} />
    </main>
  );
}

type ReadRecord = { readonly record: SaleRecord | null; readonly problem: Problem | null; readonly readAgain: () => void };

/** The sale as the history has it, read every few seconds. */
function useRecord(saleId: string, bridge: Pick<HistoryBridge, 'readSale'>): ReadRecord {
  const [record, setRecord] = useState<SaleRecord | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  function show(answer: Awaited<ReturnType<typeof bridge.readSale>>): void {
    if (answer.kind === 'ok') setRecord(answer.value);
    setProblem(answer.kind === 'ok' ? null : answer.failure.kind === 'refused' ? { kind: 'history-unreadable' } : answer.failure);
  }

  const read = useEffectEvent(() => bridge.readSale({ saleId }).then(show));
  useEffect(() => {
    void read();
    const timer = window.setInterval(() => void read(), LOOK_AGAIN_MS);
    return () => window.clearInterval(timer);
  }, []);
  return { record, problem, readAgain: () => void bridge.readSale({ saleId }).then(show) };
}

function Heading({ record: { line, leftInCents }, children }: { readonly record: SaleRecord; readonly children: ReactNode }) {
  const { history, format } = useAllWords();
  return (
    <header>
      <h1>
        {format.money(line.amountInCents)} · {history.states[line.state]}
      </h1>
      <p>
        <bdi>{line.description}</bdi>
      </p>
      {line.givenBackInCents > 0 && (
        <p>
          {history.givenBack(format.money(line.givenBackInCents))} · {history.sale.left(format.money(leftInCents))}
        </p>
      )}
      {children}
    </header>
  );
}

function Reversals({ record: { line, reversals }, printing, bridge }: Pick<Props, 'printing' | 'bridge'> & { readonly record: SaleRecord }) {
  const { history, format } = useAllWords();
  if (reversals.length === 0) return null;
  return (
    <section>
      <h2>{history.sale.reversals}</h2>
      <ul className="reversals">
        {reversals.map(({ id, kind, amountInCents, state, reason, cashier, isElsewhere, askedAt, refundId, returnedFeesInCents }) => (
          <li key={id}>
            <strong>
              {history.kind[kind]} {format.money(amountInCents)}
            </strong>{' '}
            {history.reversalStates[state]}
            <small>
              {[format.dayAndTime(askedAt), ...(reason === null ? [] : [history.reasons[reason]]), ...(returnedFeesInCents === 0 ? [] : [history.giveBack.fees(format.money(returnedFeesInCents))]), ...(isElsewhere ? [history.sale.elsewhere] : []), ...(refundId === null ? [] : [refundId])].join(' · ')}
              {cashier !== null && (
                <>
                  {' · '}
                  <bdi>{cashier}</bdi>
                </>
              )}
            </small>
            {(state === 'done' || state === 'pending' || state === 'unread') && (
              <div role="group" aria-label={`${history.kind[kind]} ${format.money(amountInCents)}, ${format.dayAndTime(askedAt)}`}>
                <ReceiptActions paper={{ kind: 'reversal', saleId: line.saleId, reversalId: id }} printing={printing} bridge={bridge} isDisabled={false} hasKey={false} hasMerchantCopy />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ record }: { readonly record: SaleRecord }) {
  const words = useAllWords();
  const { history, till, format } = words;
  const { line, registerName, checkoutId, paymentId } = record;
  const facts: readonly (readonly [string, string | null])[] = [
    [history.sale.when, format.dayAndTime(line.at)],
    [history.sale.day, line.businessDay === '' ? null : format.day(line.businessDay)],
    [history.sale.paidWith, record.chargedInCents === null ? null : paidWithWords(line.paidWith, words)],
    [till.tip, record.tipInCents === 0 ? null : format.money(record.tipInCents)],
    [history.sale.cashier, line.cashier],
    [history.sale.register, registerName],
    [history.sale.receipt, shownReceiptCode(receiptCode(line.saleId))],
    [`${history.sale.support} – ${history.sale.payment}`, paymentId],
    [`${history.sale.support} – ${history.sale.checkout}`, checkoutId],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Timeline({ record: { steps } }: { readonly record: SaleRecord }) {
  const { history, format } = useAllWords();
  return (
    <section>
      <h2>{history.sale.timeline}</h2>
      <ol className="timeline">
        {steps.map(({ at, kind }, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- a line never moves
          <li key={place}>
            {history.steps[kind]} <small>{format.dayAndTime(at)}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}
