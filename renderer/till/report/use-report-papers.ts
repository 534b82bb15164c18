import { useState } from 'react';
import type { RightProblem } from '../../../contract/cashier.ts';
import type { Refusal } from '../../../contract/channels.ts';
import { PRINT_TROUBLES, type Paper, type PrintProblem, type PrintingView } from '../../../contract/printing.ts';
import type { ReportProblem, SaveProblem } from '../../../contract/report.ts';
import { type Result, disregard, ok } from '../../../contract/result.ts';
import { say } from '../../../words/sentences.ts';
import type { Asking, RightAnswer } from '../access/AllowOnce.tsx';
import { useAllWords } from '../use-words.ts';
import type { ReportBridge } from './report-bridge.ts';

/** A report on paper and in a file. `sequence`: of a closed day; null: as it is now. */
export type ReportPapers = {
  readonly busy: boolean;
  /** The result of the last press; null: none yet. */
  readonly sentence: string | null;
  /** Cancels the waiting print jobs; null: there are none. */
  readonly skip: (() => void) | null;
  print(sequence: number | null): void;
  save(sequence: number | null): void;
  /** Another report is shown. */
  forget(): void;
};

type Answer = Result<null, PrintProblem | SaveProblem | ReportProblem | RightProblem> | Refusal;
/** `queued`: the result is in the snapshot. */
type Outcome = { readonly kind: 'sending' | 'sent' | 'saved' } | { readonly kind: 'queued'; readonly sequence: number } | Extract<Answer, { kind: 'failed' }>;
type Order = { readonly call: (managerPin: string | null) => Promise<Answer>; readonly working: Outcome | null; readonly done: Outcome };

/** `onAsking`: only the manager may allow it. */
export function useReportPapers(bridge: Pick<ReportBridge, 'printReport' | 'saveReport' | 'skipPrint'>, { last }: Pick<PrintingView, 'last'>, onAsking: (asking: Asking) => void): ReportPapers {
  const { report: words, till } = useAllWords();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [busy, setBusy] = useState(false);

  async function ask(order: Order, managerPin: string | null): Promise<RightAnswer> {
    setBusy(true);
    setOutcome(order.working);
    const answer = await order.call(managerPin);
    setBusy(false);
    if (answer.kind === 'ok') {
      setOutcome(order.done);
      return ok(null);
    }
    const { failure } = answer;
    setOutcome(answer);
    if (failure.kind === 'needs-manager') onAsking({ action: failure.action, amountInCents: 0, call: (pin) => ask(order, pin) });
    return failure.kind === 'needs-manager' || failure.kind === 'needs-sign-in' || failure.kind === 'not-allowed-by-manager' ? { kind: 'failed', failure } : ok(null);
  }

  /** The manager's PIN is asked for on a screen of its own. */
  function sentenceOf(said: Outcome): string | null {
    if (said.kind === 'queued') return queuedSentence();
    if (said.kind !== 'failed') return words[said.kind];
    const { failure } = said;
    if (failure.kind === 'needs-manager' || failure.kind === 'not-allowed-by-manager') return null;
    if (failure.kind === 'needs-sign-in') return till.signInFirst;
    if (failure.kind === 'refused') return till.didNotWork;
    if (failure.kind === 'save-cancelled' || failure.kind === 'save-failed') return say(words.saveProblem, failure);
    return isTrouble(failure) ? words.notSent(till.receipt.trouble[failure.kind]) : say(words.problem, failure);
  }

  const waiting = outcome?.kind === 'queued' && last?.paper.kind === 'day' && last.paper.sequence === outcome.sequence ? last : null;
  /** Shown as queued until the snapshot has it. */
  function queuedSentence(): string {
    if (waiting === null || waiting.state.kind === 'waiting') return words.sending;
    if (waiting.state.kind === 'sent') return words.sent;
    const trouble = till.receipt.trouble[waiting.state.trouble];
    return waiting.state.isRetried ? words.notSentYet(trouble) : words.notSent(trouble);
  }

  const skipped = waiting?.state.kind === 'not-sent' && waiting.state.isRetried ? waiting.paper : null;
  function skip(paper: Paper): void {
    setOutcome(null);
    disregard(bridge.skipPrint({ paper }), 'the next snapshot shows it');
  }

  return {
    busy,
    skip: skipped === null ? null : () => skip(skipped),
    sentence: outcome === null ? null : sentenceOf(outcome),
    print: (sequence) => void ask({ call: (managerPin) => bridge.printReport({ sequence, managerPin }), working: { kind: 'sending' }, done: sequence === null ? { kind: 'sent' } : { kind: 'queued', sequence } }, null),
    save: (sequence) => void ask({ call: (managerPin) => bridge.saveReport({ sequence, managerPin }), working: null, done: { kind: 'saved' } }, null),
    forget: () => setOutcome(null),
  };
}

function isTrouble(failure: PrintProblem | ReportProblem): failure is PrintProblem {
  return PRINT_TROUBLES.some((trouble) => trouble === failure.kind);
}
