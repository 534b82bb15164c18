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

/** How much goes back, why, and whether the fees do; then one press. The whole amount is voided as long as that is possible. */
export function GiveBack({ record, bridge, manager, printing, onDone }: Props) {
  const all = useAllWords();
  const { history, till, format } = all;
  const { giveBack: words } = history;
  // What was left when this screen came; main refuses when it is not left any more.
  const [leftInCents] = useState(record.leftInCents);
  const [typed, setTyped] = useState(format.money(record.leftInCents));
  const [reason, setReason] = useState<RefundReason>('customer_request');
  const [returnsFees, setReturnsFees] = useState(false);
  const [feesInCents, setFees] = useState(0);
  const [mustRefund, setMustRefund] = useState(record.giveBack.kind !== 'void');
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const isSettled = useSettled();
  const amount = parseAmount(typed, format.locale);
  const amountInCents = amount.kind === 'ok' ? amount.value : null;
  const isVoid = !mustRefund && record.giveBack.kind === 'void' && amountInCents === record.chargedInCents;
  const isGiven = outcome?.kind === 'given';

  const readFees = useEffectEvent(() => bridge.readFees({ saleId: record.line.saleId }).then((answer) => setFees(answer.kind === 'ok' ? answer.value : 0)));
  useEffect(() => void readFees(), []);
  useShortcuts((key, event) => {
    if (asking !== null || busy || (key !== 'Escape' && !(key === 'Enter' && isGiven && !isOnButton(event)))) return false;
    onDone();
    return true;
  });

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
    else if (failure.kind === 'needs-sign-in') setOutcome({ kind: 'said', sentence: till.signInFirst });
    else if (failure.kind === 'refused') setOutcome({ kind: 'said', sentence: till.notDone });
    else if (!isRight(failure)) {
      if (failure.kind === 'void-refused' || failure.kind === 'void-over') setMustRefund(true);
      setOutcome({ kind: 'problem', problem: failure });
    }
    return isRight(failure) ? { kind: 'failed', failure } : ok(null);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (busy || isGiven || !isSettled) return;
    if (amountInCents === null) return setOutcome({ kind: 'said', sentence: words.notAnAmount });
    disregard(give({ kind: isVoid ? 'void' : 'refund', amountInCents, leftInCents, reason, returnsFees: returnsFees && !isVoid }, null), 'it is on the screen');
  }

  if (asking !== null) return <AllowOnce asking={asking} manager={manager} onDone={() => setAsking(null)} />;
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
        {!isGiven && (
          <>
            <TextField className="field" autoFocus isDisabled={busy} value={typed} onChange={setTyped}>
              <Label>{words.amount}</Label>
              <Input autoComplete="off" inputMode="decimal" onFocus={(event) => event.target.select()} />
            </TextField>
            <Choice label={words.reason} value={reason} options={REFUND_REASONS.map((one) => [one, history.reasons[one]] as const)} onChange={(chosen) => setReason(REFUND_REASONS.find((one) => one === chosen) ?? 'customer_request')} />
            {isVoid ? <p>{words.voidFor(timeLeft(record.giveBack.secondsLeft, history))}</p> : <p>{words.refundOnly}</p>}
            {!isVoid && (feesInCents > 0 ? <Switch label={words.fees(format.money(feesInCents))} isOn={returnsFees} onChange={setReturnsFees} /> : <p>{words.noFees}</p>)}
          </>
        )}
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
