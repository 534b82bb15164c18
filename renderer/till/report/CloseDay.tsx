import type { ReactNode } from 'react';
import type { DayView } from '../../../contract/report.ts';
import { Button } from '../../skin/Button.tsx';
import { Said } from '../Said.tsx';
import { useSettled } from '../use-settled.ts';
import { useAllWords } from '../use-words.ts';

type Props = { readonly view: DayView; readonly isBusy: boolean; readonly problem: string | null; readonly onConfirm: () => void; readonly back: ReactNode };

/** The question before a day is closed, with the consequences. */
export function CloseDay({ view: { number, report }, isBusy, problem, onConfirm, back }: Props) {
  const { report: words, format } = useAllWords();
  const isSettled = useSettled();
  const { close } = words;
  const open = report.openPayments.count + report.openReversals.count;
  const hasMoved = report.byTender.length > 0;
  return (
    <main className="history report">
      <h1>{close.title(number)}</h1>
      <p className="report-net">
        {words.net} <strong>{format.money(report.totals.netInCents)}</strong>
      </p>
      <p>{close.consequence}</p>
      {!hasMoved && <p>{close.nothing}</p>}
      {open > 0 && <p className="report-open">{close.openMoney(open)}</p>}
      <Said className="problem">{isBusy ? close.working : problem}</Said>
      <div className="next">
        <Button className="charge" isDisabled={isBusy || !isSettled} onPress={onConfirm}>
          {close.confirm(number)}
        </Button>
        {back}
      </div>
    </main>
  );
}
