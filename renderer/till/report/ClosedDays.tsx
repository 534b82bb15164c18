import type { ReactNode } from 'react';
import type { KeptDay, KeptDays, ReportComparison } from '../../../contract/report.ts';
import { Button } from '../../skin/Button.tsx';
import { Said } from '../Said.tsx';
import { useAllWords } from '../use-words.ts';
import { Comparison } from './Comparison.tsx';
import { DayFigures } from './DayFigures.tsx';
import { ReportActions } from './ReportActions.tsx';
import type { ReportPapers } from './use-report-papers.ts';

type Props = { readonly closed: KeptDays; readonly onOpen: (day: KeptDay) => void; readonly onOlder: (before: number) => void; readonly back: ReactNode };

/** The closed days, newest first. */
export function ClosedDays({ closed: { days, next }, onOpen, onOlder, back }: Props) {
  const { report: words, format } = useAllWords();
  return (
    <main className="history report">
      <header>
        <h1>{words.closed.title}</h1>
        {back}
      </header>
      {days.length === 0 && <p>{words.closed.none}</p>}
      <ul className="closed-days">
        {days.map((day) => (
          <li key={day.sequence}>
            <Button onPress={() => onOpen(day)}>
              <strong>{words.closed.name(day.number)}</strong>
              <span>{words.closed.when(format.day(day.businessDay), format.dayAndTime(day.closedAt))}</span>
              <span className="report-amount">{format.money(day.report.totals.netInCents)}</span>
            </Button>
          </li>
        ))}
      </ul>
      {next !== null && <Button onPress={() => onOlder(next)}>{words.closed.older}</Button>}
    </main>
  );
}

/** The actions on a report, and their results. */
export type BesideReport = {
  readonly problem: string | null;
  readonly papers: ReportPapers;
  readonly comparison: ReportComparison | 'asking' | null;
  readonly onCompare: (sequence: number | null) => void;
};
type DayProps = BesideReport & { readonly day: KeptDay; readonly isNew: boolean; readonly back: ReactNode };

/** A day as it was closed. `isNew`: just now. */
export function ClosedDay({ day, isNew, problem, papers, comparison, onCompare, back }: DayProps) {
  const { report: words, format } = useAllWords();
  const { number, businessDay, closedAt, registerName, cashier, report } = day;
  return (
    <main className="history report">
      <header>
        <h1>{isNew ? <Said as="span">{words.close.done(number)}</Said> : words.closed.name(number)}</h1>
        <div className="next">
          <ReportActions sequence={day.sequence} papers={papers} onCompare={onCompare} />
          {back}
        </div>
      </header>
      <Said className="report-said">{papers.sentence}</Said>
      <Said isWarning className="problem">
        {problem}
      </Said>
      {comparison !== null && <Comparison comparison={comparison} />}
      <p>
        <bdi>{registerName}</bdi> · {words.closed.when(format.day(businessDay), format.dayAndTime(closedAt))}
        {cashier !== null && (
          <>
            {' '}
            {words.closed.by} <bdi>{cashier}</bdi>
          </>
        )}{' '}
        · {report.since === null ? words.sinceFirst : words.closed.from(format.dayAndTime(report.since))}
      </p>
      <DayFigures report={report} />
    </main>
  );
}
