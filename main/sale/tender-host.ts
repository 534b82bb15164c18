import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { AmountCheck } from './amount-check.ts';
import type { Counter } from './counter.ts';
import type { CurrentSale } from './current-sale.ts';
import type { OutcomeWatches } from './outcome-watches.ts';
import { type PaymentHint, type SubmitClaim, type SubmitRefusal, type Tender, type TenderHost, isSignOfPayment } from './tender.ts';
import type { Timers } from './timers.ts';

/** Without any sign from the page the cashier is told that we are checking. */
const CHECKING_AFTER_MS = 10_000;
/** After a reported error JustiFi usually knows at once; only if it does not is the amber screen shown. */
const CHECKING_AFTER_HINT_MS = 700;

export type TenderHostParts = {
  readonly timers: Timers;
  /** Asks JustiFi whether this account may take payments now; null when it may, or when that cannot be told. */
  readonly accountProblem: () => Promise<ChargeProblem | null>;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

type Around = {
  readonly current: CurrentSale;
  readonly counter: Counter;
  readonly watches: OutcomeWatches;
  readonly amounts: AmountCheck;
  readonly tender: () => Tender;
};

/** What the sale at the counter makes of what its tender tells. */
export function openTenderHost(parts: TenderHostParts, around: Around): TenderHost {
  const { current, counter, watches, amounts, tender } = around;
  const checkingAfter = openChecking(parts, around);
  const submit = openWriteAhead(around, () => checkingAfter(CHECKING_AFTER_MS, 'no-sign'));

  /** The component says that the details were refused, and never why: a shop that may not take payments looks like a mistyped card. */
  async function lookAtAccount(saleId: string): Promise<void> {
    const problem = await parts.accountProblem();
    const sale = current.get();
    if (problem !== null && sale.id === saleId && sale.kind === 'ready') counter.startOver(problem);
  }

  function hinted(hint: PaymentHint): void {
    const sale = current.get();
    const word = hint.kind === 'answered' ? hint.status : hint.word;
    parts.log(`form.${hint.kind}`, { sale: sale.id, word });
    if (hint.kind === 'answered') watches.saw(sale.id, hint.status);
    if (isSignOfPayment(hint) && (sale.kind === 'ready' || sale.kind === 'preparing')) {
      // A charge that was never allowed, or one of before: only JustiFi knows.
      current.learn({ kind: 'payment-suspected', why: `${hint.kind}:${word}` });
    } else if (sale.kind === 'ready' && word === 'tokenize-error') {
      void lookAtAccount(sale.id);
    } else if (sale.kind === 'submitting' && hint.kind !== 'answered') {
      watches.askNow(sale.id);
      checkingAfter(CHECKING_AFTER_HINT_MS, hint.kind);
    }
  }

  /** Right after it is shown, while the customer types: an acknowledged change that was not kept is found before Pay. */
  async function readAmount(): Promise<void> {
    const sale = current.get();
    if (sale.kind !== 'ready') return;
    const presented = tender().presented();
    const verdict = await amounts.begin(sale);
    const now = current.get();
    if (now.id !== sale.id || now.kind !== 'ready' || tender().presented() !== presented) return;
    if (verdict.kind === 'tried') current.learn({ kind: 'payment-suspected', why: 'checkout-read' });
    if (verdict.kind !== 'differs') return;
    parts.log('checkout.not-kept', { sale: sale.id, checkout: sale.checkoutId, why: verdict.why });
    counter.chargeAnew();
  }

  return {
    shown: () => void readAmount(),
    submit,
    hinted,
    goBack: () => void counter.startOver(null),
    lost(why) {
      parts.log('form.lost', { sale: current.get().id, why });
      current.learn({ kind: 'form-lost', why });
    },
  };
}

/** After a while without an answer the amber screen is shown; a request of the component may still be under way. */
function openChecking({ timers }: TenderHostParts, { current, tender }: Around): (ms: number, why: string) => void {
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

/** The write-ahead point: JustiFi holds exactly this amount, says its own answer of the last minute, and the journal has it. */
function openWriteAhead({ current, counter, amounts, tender }: Around, onAllowed: () => void): (claim: SubmitClaim) => Promise<Result<null, SubmitRefusal>> {
  function refuse(kind: SubmitRefusal['kind'], why: string): Result<null, SubmitRefusal> {
    current.learn({ kind: 'submit-refused', why });
    return failed({ kind });
  }

  return async (claim) => {
    const sale = current.get();
    const presented = tender().presented();
    if (sale.kind !== 'ready' || presented === null) return refuse('not-now', `state:${sale.kind}`);
    const believed = claim.componentAmountInCents;
    const isPlausible = believed === null || believed === sale.purchase.totalInCents || tender().preparedAmounts.includes(believed);
    if (claim.checkoutId !== sale.checkoutId || !isPlausible) {
      const refusal = refuse('amount-changed', claim.checkoutId === sale.checkoutId ? `amount:${believed}` : 'checkout');
      counter.startOver({ kind: 'amount-changed' });
      return refusal;
    }
    const verdict = await amounts.verdict(sale);
    const now = current.get();
    // Back, another form, a second press, an answer of JustiFi's: all of it may have happened meanwhile.
    if (now.id !== sale.id || now.kind !== 'ready' || tender().presented() !== presented) return failed({ kind: 'not-now' });
    if (verdict.kind === 'no-answer') return refuse('not-now', 'amount-unread');
    if (verdict.kind === 'tried') {
      current.learn({ kind: 'payment-suspected', why: 'checkout-read' });
      return failed({ kind: 'not-now' });
    }
    if (verdict.kind === 'differs') {
      const refusal = refuse('amount-changed', verdict.why);
      counter.chargeAnew();
      return refusal;
    }
    const { checkoutId, purchase } = sale;
    const noted = current.intend({ kind: 'submit-allowed', checkoutId, amountInCents: purchase.totalInCents, failed: verdict.failed });
    if (noted.kind === 'failed') return failed({ kind: 'journal-unwritable' });
    onAllowed();
    return ok(null);
  };
}
