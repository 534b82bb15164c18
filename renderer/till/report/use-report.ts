import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { GuardedAction, RightProblem } from '../../../contract/cashier.ts';
import type { Refusal } from '../../../contract/channels.ts';
import type { DayChart, DayView, KeptDay, ReportComparison, ReportProblem } from '../../../contract/report.ts';
import { disregard, ok } from '../../../contract/result.ts';
import type { Asking, RightAnswer } from '../access/AllowOnce.tsx';
import type { ReportBridge } from './report-bridge.ts';

export type ReportFailure = ReportProblem | RightProblem | Refusal['failure'];

/** The state of the report's screen. */
export type Shown =
  | { readonly kind: 'now' }
  | { readonly kind: 'closing' }
  | { readonly kind: 'chart'; readonly chart: DayChart }
  /** Closed just now. */
  | { readonly kind: 'done'; readonly day: KeptDay }
  | { readonly kind: 'closed-days' }
  | { readonly kind: 'closed-day'; readonly day: KeptDay };

/** `call`: the call to repeat with the manager's PIN. */
type Refused = { readonly why: ReportFailure; readonly action: GuardedAction; readonly amountInCents: number; readonly call: (pin: string) => Promise<RightAnswer> };

type Refusals = {
  readonly failure: ReportFailure | null;
  /** The manager is asked. */
  readonly asking: Asking | null;
  readonly setAsking: (asking: Asking | null) => void;
  forget(): void;
  take(refused: Refused): RightAnswer;
};

/** The refused call, and the reason. */
export function useRefusals(): Refusals {
  const [failure, setFailure] = useState<ReportFailure | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  return {
    failure,
    asking,
    setAsking,
    forget: () => setFailure(null),
    take({ why, action, amountInCents, call }) {
      if (why.kind === 'needs-manager') setAsking({ action, amountInCents, call });
      else setFailure(why);
      return isRight(why) ? { kind: 'failed', failure: why } : ok(null);
    },
  };
}

function isRight(failure: ReportFailure): failure is RightProblem {
  return failure.kind === 'needs-manager' || failure.kind === 'needs-sign-in' || failure.kind === 'not-allowed-by-manager';
}

type ReadDay = {
  readonly view: DayView | null;
  readonly isRead: () => boolean;
  /** `before`: null: anew; else the closed days before those that are shown. */
  read(before: number | null, managerPin: string | null): Promise<RightAnswer>;
};

/** The report of now, and the closed days as far as they were asked for. */
export function useDayView(bridge: Pick<ReportBridge, 'readReport'>, refuse: Refusals['take']): ReadDay {
  const [view, setView] = useState<DayView | null>(null);
  const isRead = useRef(false);

  async function read(before: number | null, managerPin: string | null): Promise<RightAnswer> {
    const answer = await bridge.readReport({ before, managerPin });
    if (answer.kind === 'failed') return refuse({ why: answer.failure, action: 'see-report', amountInCents: 0, call: (pin) => read(before, pin) });
    const { closed } = answer.value;
    isRead.current = true;
    setView((earlier) => {
      if (before === null || earlier === null) return answer.value;
      // Pressed twice: the page is already loaded.
      return earlier.closed.next === before ? { ...answer.value, closed: { ...closed, days: [...earlier.closed.days, ...closed.days] } } : earlier;
    });
    return ok(null);
  }

  const readFirst = useEffectEvent(() => void read(null, null));
  useEffect(() => readFirst(), []);
  return { view, isRead: () => isRead.current, read };
}

type ShownReport = {
  readonly shown: Shown;
  readonly isClosing: boolean;
  /** Null: none was asked for. */
  readonly comparison: ReportComparison | 'asking' | null;
  show(next: Shown): void;
  close(day: Pick<DayView, 'number' | 'report'>, managerPin: string | null): Promise<RightAnswer>;
  compare(sequence: number | null, managerPin: string | null): Promise<RightAnswer>;
  showChart(managerPin: string | null): Promise<RightAnswer>;
};

/** The shown screen of the report, and the calls that lead to the next one. */
export function useShown(bridge: Pick<ReportBridge, 'closeDay' | 'compareReport' | 'readDayChart'>, refusals: Refusals, onLeave: () => void, readAgain: () => Promise<RightAnswer>): ShownReport {
  const [shown, setShown] = useState<Shown>({ kind: 'now' });
  const [isClosing, setClosing] = useState(false);
  const [comparison, setComparison] = useState<ReportComparison | 'asking' | null>(null);

  function show(next: Shown): void {
    onLeave();
    setComparison(null);
    refusals.forget();
    setShown(next);
  }

  async function close({ number, report }: Pick<DayView, 'number' | 'report'>, managerPin: string | null): Promise<RightAnswer> {
    refusals.forget();
    setClosing(true);
    const answer = await bridge.closeDay({ number, managerPin });
    setClosing(false);
    if (answer.kind === 'failed') {
      const why = answer.failure;
      if (why.kind !== 'needs-manager' && why.kind !== 'not-allowed-by-manager') show({ kind: 'now' });
      if (why.kind === 'day-closed') disregard(readAgain(), 'it is on the screen');
      return refusals.take({ why, action: 'close-day', amountInCents: report.totals.netInCents, call: (pin) => close({ number, report }, pin) });
    }
    show({ kind: 'done', day: answer.value });
    return ok(null);
  }

  async function compare(sequence: number | null, managerPin: string | null): Promise<RightAnswer> {
    refusals.forget();
    setComparison('asking');
    const answer = await bridge.compareReport({ sequence, managerPin });
    setComparison(answer.kind === 'ok' ? answer.value : null);
    return answer.kind === 'ok' ? ok(null) : refusals.take({ why: answer.failure, action: 'see-report', amountInCents: 0, call: (pin) => compare(sequence, pin) });
  }

  async function showChart(managerPin: string | null): Promise<RightAnswer> {
    refusals.forget();
    const answer = await bridge.readDayChart({ managerPin });
    if (answer.kind === 'failed') return refusals.take({ why: answer.failure, action: 'see-report', amountInCents: 0, call: showChart });
    show({ kind: 'chart', chart: answer.value });
    return ok(null);
  }

  return { shown, isClosing, comparison, show, close, compare, showChart };
}
