import type { ChargeProblem } from '../../contract/problem.ts';
import { disregard, failed } from '../../contract/result.ts';
import type { OutcomeWatches } from './outcome-watches.ts';
import type { SezzleCompletions } from './sezzle/sezzle-completions.ts';
import { type SubmitGateParts, createSubmitGate } from './submit-gate.ts';
import { type PaymentHint, type TenderHost, isSignOfPayment } from './tender.ts';
import type { Timers } from './timers.ts';

/** After a reported error JustiFi usually has the result at once; otherwise the amber screen is shown after this. */
const CHECKING_AFTER_HINT_MS = 700;
/** JustiFi completes an order within seconds. */
const CHECKING_AFTER_COMPLETION_MS = 15_000;

type TenderHostParts = Omit<SubmitGateParts, 'onAllowed'> & {
  readonly watches: OutcomeWatches;
  readonly completions: Pick<SezzleCompletions, 'send'>;
  readonly timers: Timers;
  /** Asks JustiFi whether this account may take payments now; null when it may, or when there is no answer. */
  readonly accountProblem: () => Promise<ChargeProblem | null>;
  readonly goBack: () => void;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

/** Turns the reports of a tender into events of the sale at the counter. */
export function createTenderHost(parts: TenderHostParts): TenderHost {
  const { current, flow, watches, amounts, tender } = parts;
  const checkingAfter = createCheckingTimer(parts);

  /** The component reports that the details were refused, but not why: a shop that may not take payments looks like a mistyped card. */
  async function checkAccount(saleId: string): Promise<void> {
    const problem = await parts.accountProblem();
    const sale = current.get();
    if (problem !== null && sale.id === saleId && sale.kind === 'ready') disregard(flow.startOver(problem), 'it is on the screen, or the sale stays where it is');
  }

  function hinted(hint: PaymentHint): void {
    const sale = current.get();
    const word = hint.kind === 'answered' ? hint.status : hint.word;
    parts.log(`form.${hint.kind}`, { sale: sale.id, word });
    if (hint.kind === 'answered') watches.saw(sale.id, hint.status);
    if (isSignOfPayment(hint) && (sale.kind === 'ready' || sale.kind === 'preparing')) {
      // A charge that was never allowed, or an earlier one: only JustiFi knows.
      current.learn({ kind: 'payment-suspected', why: `${hint.kind}:${word}` });
    } else if (sale.kind === 'ready' && word === 'tokenize-error') {
      void checkAccount(sale.id);
    } else if ((sale.kind === 'submitting' || sale.kind === 'checking') && hint.kind !== 'answered') {
      // From a hidden form too: it comes late, and the next timer may be 16 seconds away.
      watches.askNow(sale.id);
      if (sale.kind === 'submitting') checkingAfter(CHECKING_AFTER_HINT_MS, hint.kind);
    }
  }

  /** Right after the form is shown, while the customer types: a change that JustiFi acknowledged and did not keep is found before Pay. */
  async function readAmount(): Promise<void> {
    const sale = current.get();
    if (sale.kind !== 'ready') return;
    const presented = tender().presented();
    const verdict = await amounts.begin(sale);
    const now = current.get();
    if (now.id !== sale.id || now.kind !== 'ready' || tender().presented() !== presented) return;
    if (verdict.kind === 'not-payable') current.learn({ kind: 'payment-suspected', why: 'checkout-read' });
    if (verdict.kind !== 'differs') return;
    parts.log('checkout.not-kept', { sale: sale.id, checkout: sale.checkoutId, why: verdict.why });
    flow.chargeAgain();
  }

  return {
    shown: () => void readAmount(),
    submit: createSubmitGate({ ...parts, onAllowed: () => checkingAfter(tender().unclearAfterMs, 'no-sign') }),
    hinted,
    refused(refusal) {
      const sale = current.get();
      parts.log('tender.refused', { sale: sale.id, why: refusal.reason });
      watches.refused(sale.id, refusal);
    },
    complete() {
      const { id, kind } = current.get();
      if (kind !== 'submitting') return;
      parts.completions.send(id);
      checkingAfter(CHECKING_AFTER_COMPLETION_MS, 'completion');
    },
    goBack: parts.goBack,
    lost(why) {
      parts.log('form.lost', { sale: current.get().id, why });
      current.learn({ kind: 'form-lost', why });
    },
  };
}

/** The only report that counts from a tender while the sale is paid another way: a sign of a payment. */
export function whileChosen(host: TenderHost, isChosen: () => boolean): TenderHost {
  return {
    hinted: host.hinted,
    refused: (refusal) => isChosen() && host.refused(refusal),
    complete: () => isChosen() && host.complete(),
    shown: () => isChosen() && host.shown(),
    submit: async (claim) => (isChosen() ? host.submit(claim) : failed({ kind: 'not-now' })),
    goBack: () => isChosen() && host.goBack(),
    lost: (why) => isChosen() && host.lost(why),
  };
}

/** Shows the amber screen when there is no answer in time. The form is only hidden: a request of the component may be under way. */
function createCheckingTimer({ timers, current, tender }: Pick<TenderHostParts, 'timers' | 'current' | 'tender'>): (ms: number, why: string) => void {
  let callOff = () => {};
  return (ms, why) => {
    callOff();
    const { id } = current.get();
    callOff = timers.after(ms, () => {
      const sale = current.get();
      if (sale.id !== id || sale.kind !== 'submitting') return;
      tender().hide();
      current.learn({ kind: 'outcome-unclear', why });
    });
  };
}
