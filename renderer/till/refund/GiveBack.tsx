import { type FormEvent, useEffect, useEffectEvent, useState } from 'react';
import { Form, Input, Label, TextField } from 'react-aria-components';
import type { RightProblem } from '../../../contract/cashier.ts';
import { type GiveBackOrder, type GiveBackProblem, type GivenBack, REFUND_REASONS, type RefundReason, type SaleRecord } from '../../../contract/history.ts';
import { parseAmount } from '../../../contract/money.ts';
import { disregard, ok } from '../../../contract/result.ts';
import type { PrintingView } from '../../../contract/printing.ts';
import type { ManagerView } from '../../../contract/till-snapshot.ts';
import { Button } from '../../skin/Button.tsx';
import { Sign } from '../../skin/Sign.tsx';
import { say } from '../../../words/sentences.ts';
import { AllowOnce, type Asking, type RightAnswer } from '../access/AllowOnce.tsx';
import type { HistoryBridge } from '../history/history-bridge.ts';
import { Choice } from '../manager/Choice.tsx';
import { Switch } from '../manager/Switch.tsx';
import { ReceiptActions } from '../sale/ReceiptActions.tsx';
import { useSettled } from '../use-settled.ts';
import { isOnButton, useShortcuts } from '../use-shortcuts.ts';
import { useAllWords } from '../use-words.ts';
import { Said } from '../Said.tsx';

type Props = { readonly record: SaleRecord; readonly bridge: HistoryBridge; readonly manager: ManagerView; readonly printing: PrintingView; readonly onDone: () => void };

type Outcome = { readonly kind: 'given'; readonly amountInCents: number; readonly given: GivenBack } | { readonly kind: 'problem'; readonly problem: GiveBackProblem } | { readonly kind: 'said'; readonly sentence: string };

/** The amount, the reason, and whether the fees are returned; then one press. The whole amount is voided as long as that is possible. */
export function GiveBack({ record, bridge, manager, printing, onDone }: Props) {
  const all = useAllWords();
  const { history, till, format } = all;
  const { giveBack: words } = history;
  // The rest when this screen opened; main refuses when it has changed.
  const [leftInCents] = useState(record.leftInCents);
  const [typed, setTyped] = useState<TypedOrder>({ amount: format.money(record.leftInCents), reason: 'customer_request', returnsFees: false });
  const feesInCents = useFees(record.line.saleId, bridge);
  const { busy, asking, outcome, mustRefund, give, say: tell, stopAsking } = useGiving(record, bridge);
  const isSettled = useSettled();
  const amount = parseAmount(typed.amount, format.locale);
  const amountInCents = amount.kind === 'ok' ? amount.value : null;
  const isVoid = !mustRefund && record.giveBack.kind === 'void' && amountInCents === record.chargedInCents;
  const isGiven = outcome?.kind === 'given';

  useShortcuts((key, event) => {
    if (asking !== null || busy || (key !== 'Escape' && !(key === 'Enter' && isGiven && !isOnButton(event)))) return false;
    onDone();
    return true;
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (busy || isGiven || !isSettled) return;
    if (amountInCents === null) return tell(words.notAnAmount);
    disregard(give({ kind: isVoid ? 'void' : 'refund', amountInCents, leftInCents, reason: typed.reason, returnsFees: typed.returnsFees && !isVoid }, null), 'it is on the screen');
  }

  if (asking !== null) return <AllowOnce asking={asking} manager={manager} onDone={stopAsking} />;
  const shown = format.money(amountInCents ?? 0);
  const button = isVoid ? words.void(shown) : outcome?.kind === 'problem' && mustRefund ? words.refundInstead(shown) : words.refund(shown);
  return (
    <main className="history give-back">
      <h1>{words.title}</h1>
      <p>
        {format.money(record.line.amountInCents)} · <bdi>{record.line.description}</bdi>
        {!isGiven && ` · ${history.sale.left(format.money(leftInCents))}`}
      </p>
      <Form className="limits" onSubmit={submit} validationBehavior="aria">
        {!isGiven && <OrderFields typed={typed} change={(part) => setTyped({ ...typed, ...part })} voidForSeconds={isVoid ? record.giveBack.secondsLeft : null} feesInCents={feesInCents} isDisabled={busy} />}
        <Said className={outcome?.kind !== 'given' ? 'problem' : outcome.given.state === 'done' ? 'given' : ''}>
          {isGiven && outcome.given.state === 'done' && <Sign kind="tick" />} {busy ? words.working : outcome !== null && outcomeWords(outcome, words, format)}
        </Said>
        <div className="next">
          {!isGiven && (
            <Button type="submit" className="charge" isDisabled={busy || !isSettled}>
              {button}
            </Button>
          )}
          <Button shortcut={isGiven ? { key: 'Enter', shown: till.keys.enter } : { key: 'Escape', shown: till.keys.escape }} className={isGiven ? 'charge' : 'quiet'} isDisabled={busy} onPress={onDone}>
            {history.back}
          </Button>
        </div>
        {outcome?.kind === 'given' && outcome.given.state !== 'asked' && <ReceiptActions paper={{ kind: 'reversal', saleId: record.line.saleId, reversalId: outcome.given.reversalId }} printing={printing} bridge={bridge} isDisabled={false} />}
      </Form>
    </main>
  );
}

type TypedOrder = { readonly amount: string; readonly reason: RefundReason; readonly returnsFees: boolean };

type FieldsProps = {
  readonly typed: TypedOrder;
  readonly change: (part: Partial<TypedOrder>) => void;
  /** How long it can still be voided; null: it is refunded. */
  readonly voidForSeconds: number | null;
  readonly feesInCents: number;
  readonly isDisabled: boolean;
};

function OrderFields({ typed, change, voidForSeconds, feesInCents, isDisabled }: FieldsProps) {
  const { history, format } = useAllWords();
  const { giveBack: words } = history;
  return (
    <>
      <TextField className="field" autoFocus isDisabled={isDisabled} value={typed.amount} onChange={(amount) => change({ amount })}>
        <Label>{words.amount}</Label>
        <Input autoComplete="off" inputMode="decimal" onFocus={(event) => event.target.select()} />
      </TextField>
      <Choice label={words.reason} value={typed.reason} options={REFUND_REASONS.map((one) => [one, history.reasons[one]] as const)} onChange={(chosen) => change({ reason: REFUND_REASONS.find((one) => one === chosen) ?? 'customer_request' })} />
      <p>{voidForSeconds === null ? words.refundOnly : words.voidFor(timeLeft(voidForSeconds, history))}</p>
      {voidForSeconds === null && (feesInCents > 0 ? <Switch label={words.fees(format.money(feesInCents))} isOn={typed.returnsFees} onChange={(returnsFees) => change({ returnsFees })} /> : <p>{words.noFees}</p>)}
    </>
  );
}

/** Of the payment; 0: it lists none, or they are not known yet. */
function useFees(saleId: string, bridge: Pick<HistoryBridge, 'readFees'>): number {
  const [feesInCents, setFees] = useState(0);
  const readFees = useEffectEvent(() => bridge.readFees({ saleId }).then((answer) => setFees(answer.kind === 'ok' ? answer.value : 0)));
  useEffect(() => void readFees(), []);
  return feesInCents;
}

type Giving = {
  readonly busy: boolean;
  /** Only the manager may allow it. */
  readonly asking: Asking | null;
  readonly outcome: Outcome | null;
  /** It cannot be voided, or not any more. */
  readonly mustRefund: boolean;
  give(order: GiveBackOrder, managerPin: string | null): Promise<RightAnswer>;
  say(sentence: string): void;
  stopAsking(): void;
};

/** The request of the void or refund, and its outcome. */
function useGiving(record: SaleRecord, bridge: Pick<HistoryBridge, 'giveBack'>): Giving {
  const { till } = useAllWords();
  const [mustRefund, setMustRefund] = useState(record.giveBack.kind !== 'void');
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const tell = (sentence: string) => setOutcome({ kind: 'said', sentence });

  async function give(order: GiveBackOrder, managerPin: string | null): Promise<RightAnswer> {
    setBusy(true);
    setOutcome(null);
    const answer = await bridge.giveBack({ saleId: record.line.saleId, ...order, managerPin });
    setBusy(false);
    if (answer.kind === 'ok') {
      setOutcome({ kind: 'given', amountInCents: order.amountInCents, given: answer.value });
      return ok(null);
    }
    const { failure } = answer;
    if (failure.kind === 'needs-manager') setAsking({ action: failure.action, amountInCents: order.amountInCents, call: (pin: string) => give(order, pin) });
    else if (failure.kind === 'needs-sign-in') tell(till.signInFirst);
    else if (failure.kind === 'refused') tell(till.didNotWork);
    else if (!isRight(failure)) {
      if (failure.kind === 'void-refused' || failure.kind === 'void-over') setMustRefund(true);
      setOutcome({ kind: 'problem', problem: failure });
    }
    return isRight(failure) ? { kind: 'failed', failure } : ok(null);
  }

  return { busy, asking, outcome, mustRefund, give, say: tell, stopAsking: () => setAsking(null) };
}

type Failure = GiveBackProblem | RightProblem | { readonly kind: 'refused' };

function isRight(failure: Failure): failure is RightProblem {
  return failure.kind === 'needs-manager' || failure.kind === 'needs-sign-in' || failure.kind === 'not-allowed-by-manager';
}

type Words = ReturnType<typeof useAllWords>;

function outcomeWords(outcome: Outcome, words: Words['history']['giveBack'], { money }: Words['format']): string {
  if (outcome.kind === 'said') return outcome.sentence;
  return outcome.kind === 'problem' ? say(words.problem, outcome.problem) : words[outcome.given.state](money(outcome.amountInCents));
}

function timeLeft(seconds: number, { seconds: inSeconds, minutes }: Words['history']): string {
  return seconds < 90 ? inSeconds(seconds) : minutes(Math.floor(seconds / 60));
}
