import type { ReactNode } from 'react';
import type { PrintingView } from '../../../contract/printing.ts';
import type { DayView } from '../../../contract/report.ts';
import { assertNever } from '../../../contract/result.ts';
import type { ManagerView } from '../../../contract/till-snapshot.ts';
import { say } from '../../../words/sentences.ts';
import { Button } from '../../skin/Button.tsx';
import { AllowOnce } from '../access/AllowOnce.tsx';
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
import { type ReportFailure, type Shown, useDayView, useRefusals, useShown } from './use-report.ts';
import { useReportPapers } from './use-report-papers.ts';

type Props = { readonly bridge: ReportBridge; readonly manager: ManagerView; readonly printing: PrintingView; readonly onClose: () => void };

type Words = ReturnType<typeof useAllWords>;

/** The present report of the day, closing the day, and the closed days. */
export function Report({ bridge, manager, printing, onClose }: Props) {
  const { report: words, till } = useAllWords();
  const refusals = useRefusals();
  const { failure, asking, setAsking } = refusals;
  const { view, isRead, read } = useDayView(bridge, refusals.take);
  const papers = useReportPapers(bridge, printing, setAsking);
  const { shown, isClosing, comparison, show, close, compare, showChart } = useShown(bridge, refusals, papers.forget, () => read(null, null));

  useShortcuts((key) => {
    if (key !== 'Escape' || asking !== null || isClosing) return false;
    if (shown.kind === 'closing' || shown.kind === 'closed-days' || shown.kind === 'chart') show({ kind: 'now' });
    else if (shown.kind === 'closed-day') show({ kind: 'closed-days' });
    else onClose();
    return true;
  });

  if (asking !== null) {
    const answered = () => {
      setAsking(null);
      if (!isRead()) onClose();
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
  const backTo = (next: Shown) => back(() => show(next));
  if (view === null) {
    return (
      <main className="history report">
        <h1>{words.title}</h1>
        <Said className={problem === null ? '' : 'problem'}>{problem ?? words.reading}</Said>
        <div className="next">
          {problem !== null && <Button onPress={() => (refusals.forget(), void read(null, null))}>{till.result.tryAgain}</Button>}
          {back(onClose)}
        </div>
      </main>
    );
  }
  switch (shown.kind) {
    case 'closing':
      return <CloseDay view={view} isBusy={isClosing} problem={problem} onConfirm={() => void close(view, null)} back={backTo({ kind: 'now' })} />;
    case 'chart':
      return <Chart chart={shown.chart} back={backTo({ kind: 'now' })} />;
    case 'done':
      return <ClosedDay day={shown.day} isNew {...beside} back={back(onClose)} />;
    case 'closed-day':
      return <ClosedDay day={shown.day} isNew={false} {...beside} back={backTo({ kind: 'closed-days' })} />;
    case 'closed-days':
      return <ClosedDays closed={view.closed} onOpen={(day) => show({ kind: 'closed-day', day })} onOlder={(before) => void read(before, null)} back={backTo({ kind: 'now' })} />;
    case 'now':
      return <ReportNow view={view} {...beside} onCloseDay={() => show({ kind: 'closing' })} onChart={() => void showChart(null)} onClosedDays={() => show({ kind: 'closed-days' })} back={back(onClose)} />;
    default:
      return assertNever(shown);
  }
}

/** The manager's PIN is asked for on a screen of its own. */
function problemWords(failure: ReportFailure, words: Words['report'], till: Words['till']): string | null {
  if (failure.kind === 'needs-manager' || failure.kind === 'not-allowed-by-manager') return null;
  if (failure.kind === 'needs-sign-in') return till.signInFirst;
  return failure.kind === 'refused' ? till.didNotWork : say(words.problem, failure);
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
