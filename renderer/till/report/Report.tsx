import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { GuardedAction, RightProblem } from '../../../contract/cashier.ts';
import type { Refusal } from '../../../contract/channels.ts';
import type { PrintingView } from '../../../contract/printing.ts';
import type { DayChart, DayView, KeptDay, ReportComparison, ReportProblem } from '../../../contract/report.ts';
import { disregard, ok } from '../../../contract/result.ts';
import type { ManagerView } from '../../../contract/till-snapshot.ts';
import { say } from '../../../words/sentences.ts';
import { Button } from '../../skin/Button.tsx';
import { AllowOnce, type Asking, type RightAnswer } from '../access/AllowOnce.tsx';
import { Said } from '../Said.tsx';
import { useShortcuts } from '../use-shortcuts.ts';
import { useAllWords } from '../use-words.ts';
import { Chart } from './Chart.tsx';
import { CloseDay } from './CloseDay.tsx';
import { type BesideReport, ClosedDay, ClosedDays } from './ClosedDays.tsx';
import { Comparison } from './Comparison.tsx';
import { DayFigures } from './DayFigures.tsx';
import { ReportActions } from './ReportActions.tsx';
import type { ReportBridge } from './report-bridge.ts';
import { useReportPapers } from './use-report-papers.ts';

type Props = { readonly bridge: ReportBridge; readonly manager: ManagerView; readonly printing: PrintingView; readonly onClose: () => void };

type Failure = ReportProblem | RightProblem | Refusal['failure'];
type Words = ReturnType<typeof useAllWords>;

type Shown =
  | { readonly kind: 'now' }
  | { readonly kind: 'closing' }
  | { readonly kind: 'chart'; readonly chart: DayChart }
  /** Closed just now. */
  | { readonly kind: 'done'; readonly day: KeptDay }
  | { readonly kind: 'closed-days' }
  | { readonly kind: 'closed-day'; readonly day: KeptDay };

/** The day's report as it is now, closing the day, and the days that are closed. */
export function Report({ bridge, manager, printing, onClose }: Props) {
  const { report: words, till } = useAllWords();
  const [view, setView] = useState<DayView | null>(null);
  const [shown, setScreen] = useState<Shown>({ kind: 'now' });
  const [failure, setFailure] = useState<Failure | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [isClosing, setClosing] = useState(false);
  const [comparison, setComparison] = useState<ReportComparison | 'asking' | null>(null);
  const papers = useReportPapers(bridge, printing, setAsking);
  const isRead = useRef(false);

  function setShown(next: Shown): void {
    papers.forget();
    setComparison(null);
    setFailure(null);
    setScreen(next);
  }

  /** `before`: null: anew; else the closed days before those that are shown. */
  async function read(before: number | null, managerPin: string | null): Promise<RightAnswer> {
    const answer = await bridge.readReport({ before, managerPin });
    if (answer.kind === 'failed') return turnedAway(answer.failure, 'see-report', 0, (pin) => read(before, pin));
    const { closed } = answer.value;
    isRead.current = true;
    setView((earlier) => {
      if (before === null || earlier === null) return answer.value;
      // Pressed twice: they are there already.
      return earlier.closed.next === before ? { ...answer.value, closed: { ...closed, days: [...earlier.closed.days, ...closed.days] } } : earlier;
    });
    return ok(null);
  }

  async function close({ number, report }: Pick<DayView, 'number' | 'report'>, managerPin: string | null): Promise<RightAnswer> {
    setFailure(null);
    setClosing(true);
    const answer = await bridge.closeDay({ number, managerPin });
    setClosing(false);
    if (answer.kind === 'failed') {
      if (answer.failure.kind !== 'needs-manager' && answer.failure.kind !== 'not-allowed-by-manager') setShown({ kind: 'now' });
      if (answer.failure.kind === 'day-closed') disregard(read(null, null), 'it is on the screen');
      return turnedAway(answer.failure, 'close-day', report.totals.netInCents, (pin) => close({ number, report }, pin));
    }
    setShown({ kind: 'done', day: answer.value });
    return ok(null);
  }

  async function compare(sequence: number | null, managerPin: string | null): Promise<RightAnswer> {
    setFailure(null);
    setComparison('asking');
    const answer = await bridge.compareReport({ sequence, managerPin });
    setComparison(answer.kind === 'ok' ? answer.value : null);
    return answer.kind === 'ok' ? ok(null) : turnedAway(answer.failure, 'see-report', 0, (pin) => compare(sequence, pin));
  }

  async function readChart(managerPin: string | null): Promise<RightAnswer> {
    setFailure(null);
    const answer = await bridge.readDayChart({ managerPin });
    if (answer.kind === 'failed') return turnedAway(answer.failure, 'see-report', 0, readChart);
    setShown({ kind: 'chart', chart: answer.value });
    return ok(null);
  }

  function turnedAway(why: Failure, action: GuardedAction, amountInCents: number, call: (pin: string) => Promise<RightAnswer>): RightAnswer {
    if (why.kind === 'needs-manager') setAsking({ action, amountInCents, call });
    else setFailure(why);
    return isRight(why) ? { kind: 'failed', failure: why } : ok(null);
  }

  const readFirst = useEffectEvent(() => void read(null, null));
  useEffect(() => readFirst(), []);
  useShortcuts((key) => {
    if (key !== 'Escape' || asking !== null || isClosing) return false;
    if (shown.kind === 'closing' || shown.kind === 'closed-days' || shown.kind === 'chart') setShown({ kind: 'now' });
    else if (shown.kind === 'closed-day') setShown({ kind: 'closed-days' });
    else onClose();
    return true;
  });

  if (asking !== null) {
    const answered = () => {
      setAsking(null);
      if (!isRead.current) onClose();
    };
    return <AllowOnce asking={asking} manager={manager} onDone={answered} />;
  }
  const problem = failure === null ? null : problemWords(failure, words, till);
  const beside = { problem, papers, comparison, onCompare: (sequence: number | null) => void compare(sequence, null) };
  const back = (onBack: () => void) => (
    <Button shortcut={{ key: 'Escape', shown: till.keys.escape }} className="quiet" onPress={onBack}>
      {words.back}
    </Button>
  );
  if (view === null) {
    return (
      <main className="history report">
        <h1>{words.title}</h1>
        <Said className={problem === null ? '' : 'problem'}>{problem ?? words.reading}</Said>
        <div className="next">{back(onClose)}</div>
      </main>
    );
  }
  if (shown.kind === 'closing') return <CloseDay view={view} isBusy={isClosing} problem={problem} onConfirm={() => void close(view, null)} back={back(() => setShown({ kind: 'now' }))} />;
  if (shown.kind === 'chart') return <Chart chart={shown.chart} back={back(() => setShown({ kind: 'now' }))} />;
  if (shown.kind === 'done') return <ClosedDay day={shown.day} isNew {...beside} back={back(onClose)} />;
  if (shown.kind === 'closed-day') return <ClosedDay day={shown.day} isNew={false} {...beside} back={back(() => setShown({ kind: 'closed-days' }))} />;
  if (shown.kind === 'closed-days') {
    return <ClosedDays closed={view.closed} onOpen={(day) => setShown({ kind: 'closed-day', day })} onOlder={(before) => void read(before, null)} back={back(() => setShown({ kind: 'now' }))} />;
  }
  return <ReportNow view={view} {...beside} onCloseDay={() => setShown({ kind: 'closing' })} onChart={() => void readChart(null)} onClosedDays={() => setShown({ kind: 'closed-days' })} back={back(onClose)} />;
}

/** The manager's PIN is asked for on a screen of its own. */
function problemWords(failure: Failure, words: Words['report'], till: Words['till']): string | null {
  if (failure.kind === 'needs-manager' || failure.kind === 'not-allowed-by-manager') return null;
  if (failure.kind === 'needs-sign-in') return till.signInFirst;
  return failure.kind === 'refused' ? till.notDone : say(words.problem, failure);
}

function isRight(failure: Failure): failure is RightProblem {
  return failure.kind === 'needs-manager' || failure.kind === 'needs-sign-in' || failure.kind === 'not-allowed-by-manager';
}

type NowProps = BesideReport & { readonly view: DayView; readonly onCloseDay: () => void; readonly onChart: () => void; readonly onClosedDays: () => void; readonly back: ReactNode };

function ReportNow({ view: { report }, problem, papers, comparison, onCompare, onCloseDay, onChart, onClosedDays, back }: NowProps) {
  const { report: words, format } = useAllWords();
  return (
    <main className="history report">
      <header>
        <h1>{words.title}</h1>
        <p>{report.since === null ? words.sinceFirst : words.since(format.dayAndTime(report.since))}</p>
        {back}
      </header>
      <div className="next">
        <Button onPress={onCloseDay}>{words.close.open}</Button>
        <Button onPress={onClosedDays}>{words.closed.open}</Button>
        <Button onPress={onChart}>{words.chart.open}</Button>
        <ReportActions sequence={null} papers={papers} onCompare={onCompare} />
      </div>
      <Said className="report-said">{papers.sentence}</Said>
      <Said isWarning className="problem">
        {problem}
      </Said>
      {comparison !== null && <Comparison comparison={comparison} />}
      <DayFigures report={report} />
    </main>
  );
}
