import { useState } from 'react';
import type { Bridge, CallName, CallResult } from '../../contract/channels.ts';
import type { JournalProblem } from '../../contract/problem.ts';
import type { LatePayment, TillSnapshot } from '../../contract/till-snapshot.ts';
import type { SaleWords } from '../../words/catalogue.ts';
import type { Asking, RightAnswer } from './access/AllowOnce.tsx';
import type { useLeaving } from './use-leaving.ts';

/** A journal that another program holds is no refusal: the press waits for it. */
const NOT_WRITTEN: ReadonlySet<string> = new Set<JournalProblem['kind']>(['journal-unwritable', 'journal-of-newer-counter']);

type FailureOf<Name extends CallName<'till'>> = Extract<CallResult<'till', Name>, { readonly kind: 'failed' }>['failure']['kind'];
/** The calls that may fail because the journal cannot be written. */
type WritingCall = { [Name in CallName<'till'>]: 'journal-unwritable' extends FailureOf<Name> ? Name : never }[CallName<'till'>];
/** Their own screens say why they failed. */
type SaidByItsScreen = 'edit' | 'chooseTip' | 'openAgain' | 'paySaved' | 'giveBack' | 'readReport' | 'readDayChart' | 'closeDay' | 'printReport' | 'saveReport' | 'compareReport' | 'resolveLatePayment';
/** Without a guard, a press would fail in silence. */
type GuardedCall = Exclude<WritingCall, SaidByItsScreen>;

/** `screen`: on which it is shown. */
type Refused = { readonly sentence: 'signInFirst' | 'notWritten' | 'didNotWork'; readonly screen: string };

export type GuardedCalls = {
  /** The calls of a sale. A call that needs the manager is asked again with the PIN. */
  readonly calls: Bridge<'till'>;
  readonly resolveLatePayment: (payment: LatePayment, how: 'keep' | 'void' | 'refund') => void;
  /** Why the last call failed; null: it did not, or the screen has changed. */
  readonly refusal: string | null;
};

/** The calls of the till, each with its message when main refuses. `leave`: for a call that leads to the keypad. `onAsking`: only the manager may allow it. */
export function useGuardedCalls(snapshot: TillSnapshot, bridge: Bridge<'till'>, words: SaleWords, leave: ReturnType<typeof useLeaving>, onAsking: (asking: Asking) => void): GuardedCalls {
  const [refused, setRefused] = useState<Refused | null>(null);
  const { sale, saleLink, cashiers } = snapshot;
  const screen = `${sale.saleId} ${sale.kind} ${cashiers.signedIn?.id ?? ''}`;

  /** A draft shows its own reason why it was not charged. */
  async function tell<Answered extends RightAnswer>(call: Promise<Answered>, isSaidByDraft = false): Promise<Answered> {
    setRefused(null);
    const answer = await call;
    if (answer.kind === 'failed' && answer.failure.kind === 'needs-sign-in') setRefused({ sentence: 'signInFirst', screen });
    if (answer.kind === 'failed' && !isSaidByDraft && NOT_WRITTEN.has(answer.failure.kind)) setRefused({ sentence: 'notWritten', screen });
    if (answer.kind === 'failed' && answer.failure.kind === 'refused') setRefused({ sentence: 'didNotWork', screen });
    return answer;
  }

  async function askMain(amountInCents: number, call: (managerPin: string | null) => Promise<RightAnswer>, isSaidByDraft = false): Promise<RightAnswer> {
    const answer = await tell(call(null), isSaidByDraft);
    if (answer.kind === 'failed' && answer.failure.kind === 'needs-manager') onAsking({ action: answer.failure.action, amountInCents, call });
    return answer;
  }

  // Not all of them: a guarded call that is missing below does not compile.
  const others: Omit<Bridge<'till'>, GuardedCall> = bridge;
  return {
    calls: {
      ...others,
      charge: (order) => askMain(order.amountInCents, (managerPin) => bridge.charge({ ...order, managerPin }), true),
      tryAgain: (order) => askMain(sale.amountInCents, () => bridge.tryAgain(order)),
      payBy: (order) => askMain(sale.amountInCents, () => bridge.payBy(order)),
      quoteInsurance: (order) => askMain(sale.amountInCents, () => bridge.quoteInsurance(order)),
      // Once a link was shown, it leads back to that.
      goBack: (order) => (saleLink === null ? leave(() => tell(bridge.goBack(order))) : tell(bridge.goBack(order))),
      cancelSale: (order) => leave(() => tell(bridge.cancelSale(order))),
      newSale: (order) => leave(() => tell(bridge.newSale(order))),
      serveNext: (order) => leave(() => tell(bridge.serveNext(order))),
    },
    resolveLatePayment: ({ saleId, amountInCents }, how) => void askMain(amountInCents, (managerPin) => bridge.resolveLatePayment({ saleId, how, managerPin })),
    refusal: refused !== null && refused.screen === screen ? words.till[refused.sentence] : null,
  };
}
