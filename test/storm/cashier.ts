import { CHARGE_DOUBTS, type ChargeProblem } from '../../contract/problem.ts';
import { assertNever } from '../../contract/result.ts';
import type { TenderKind } from '../../contract/tender.ts';
import type { LatePayment, SaleView, TroubledPayment } from '../../contract/till-snapshot.ts';
import type { CounterSnapshot } from '../../main/sale/counter-snapshot.ts';
import type { SavedCards } from '../../main/sale/saved/saved-cards.ts';
import type { Till } from '../../main/sale/till.ts';
import type { Customer } from './customer-form.ts';
import type { Memory, Said } from './line.ts';
import { INSURED, type InsuranceAnswer, PAYING, type Plan, type SezzleWindow, type Visit } from './plan.ts';
import { planOf } from './plans.ts';
import type { ReturnDesk } from './return-desk.ts';
import type { ShopTime } from './shop-time.ts';

/** How long people take, in the shop's time. */
const REACTS_AFTER_MS = 300;
const TYPES_FOR_MS = 900;
const TRIES_AGAIN_AFTER_MS = 4_000;
/** An amber screen cannot be left sooner. */
const SERVES_NEXT_AFTER_MS = 15_000;
/** A form that is not paid in is taken back by the cashier. */
const LOSES_PATIENCE_AFTER_MS = 120_000;
const MOST_PROBLEMS = 15;
/** Of a way to pay that does not begin. */
const MOST_PRESSES = 3;
/** NOT CHARGED is shown 150 seconds after Pay; later than every answer and the till's questions. */
const WAITS_FOR_ARRIVAL_MS = 240_000;

/** The last four digits of the training shop's saved cards. */
const SAVED_CARDS = { pays: '4242', declined: '9995' } as const;

export type CashierParts = {
  readonly till: Till;
  /** Null: the register has not opened, or has none. */
  readonly savedCards: () => SavedCards | null;
  readonly returns: Pick<ReturnDesk, 'comes'>;
  readonly seed: number;
  readonly time: ShopTime;
  readonly say: (said: Said) => void;
};

/** The cashier, the present customer, and the manager for late payments. They use only the screen. */
export type People = {
  readonly customer: Customer;
  serve(plan: Plan, memory: Memory): void;
  /** No more customers; all open sales are brought to an end. */
  calm(): void;
  /** A new screen is shown. */
  looks(): void;
};

export function openPeople({ till, savedCards, returns, seed, time, say }: CashierParts): People {
  let plan: Plan | null = null;
  let memory: Memory | null = null;
  let isCalm = false;
  let problems = 0;
  /** Of another way to pay. */
  let presses = 0;
  let callOff = () => {};
  /** The cashier's next action, so that a screen that is drawn again does not repeat or lose it. */
  let intent = '';
  /** Another way to pay is being prepared. */
  let isPreparingElsewhere = false;
  const settling = new Set<string>();

  function remember(change: Partial<Memory>): void {
    if (memory === null) return;
    memory = { ...memory, ...change };
    say({ kind: 'remembers', memory });
  }

  function look(): void {
    const snapshot = till.snapshot();
    snapshot.latePayments.forEach(settle);
    snapshot.troubledPayments.forEach(review);
    noteElsewhere(snapshot.sale);
    const next = decide(snapshot);
    const named = next === null ? '' : `${snapshot.sale.saleId} ${snapshot.sale.kind} ${next.name}`;
    if (named === intent) return;
    callOff();
    intent = named;
    if (next === null) return;
    callOff = time.timers.after(next.inMs, () => {
      intent = '';
      next.act();
      look();
    });
  }

  /** It is remembered once it was prepared, or could not be: a till that is killed sooner is asked for it again. */
  function noteElsewhere(sale: SaleView): void {
    const isPreparing = sale.kind === 'preparing' && sale.tender === plan?.elsewhere?.kind;
    if (isPreparingElsewhere && !isPreparing && memory !== null && !memory.wasElsewhere) remember({ wasElsewhere: true });
    isPreparingElsewhere = isPreparing;
  }

  type Act = { readonly name: string; readonly inMs: number; readonly act: () => void };

  function decide({ sale, wantsInsured }: CounterSnapshot): Act | null {
    const { saleId } = sale;
    // No customer is at the counter yet.
    if (!isCalm && (plan === null || memory === null)) return null;
    switch (sale.kind) {
      case 'entering':
        return plan === null || memory === null ? null : atTheKeypad(plan, memory, sale);
      case 'tip':
        return { name: `tip ${sale.chosenInCents ?? ''}`, inMs: sale.problem === null ? REACTS_AFTER_MS : TRIES_AGAIN_AFTER_MS, act: () => answerTip(sale) };
      case 'paid':
      case 'accepted':
        return {
          name: 'new sale',
          inMs: REACTS_AFTER_MS,
          act() {
            remember({ result: 'paid' });
            till.newSale(saleId);
            returns.comes(saleId);
          },
        };
      case 'declined':
      case 'not-charged':
        return { name: 'after a refusal', inMs: plan?.arrival?.meanwhile === 'wait' ? WAITS_FOR_ARRIVAL_MS : REACTS_AFTER_MS, act: () => afterRefusal(sale) };
      case 'checking':
        if (plan?.whenUnclear !== 'serve-next') return null;
        return {
          name: 'serve next',
          inMs: SERVES_NEXT_AFTER_MS,
          act: () => leaveBehind(saleId),
        };
      case 'ready':
        return wantsInsured ? { name: 'type whom to insure', inMs: TYPES_FOR_MS, act: () => void till.quoteInsurance(saleId, INSURED) } : beforePay(sale);
      case 'preparing':
      case 'submitting':
      case 'wrong-amount':
        return null;
      default:
        return sale satisfies never;
    }
  }

  /** People know before the till does, which may be killed the moment it has written it. */
  function leaveBehind(saleId: string): void {
    remember({ result: 'left-behind' });
    if (till.serveNext(saleId).kind === 'failed') remember({ result: 'none' });
  }

  function answerTip({ saleId, problem }: Extract<SaleView, { kind: 'tip' }>): void {
    problems += problem === null ? 0 : 1;
    if (problems <= MOST_PROBLEMS) return void till.chooseTip(saleId, { tipInCents: plan?.tipInCents ?? 0, isConfirmed: false });
    remember({ result: 'given-up' });
    till.goBack(saleId);
  }

  /** The form is shown, or the customer has the link. */
  function beforePay({ saleId, tender }: Extract<SaleView, { kind: 'ready' }>): Act {
    if (tender === 'phone') {
      return {
        name: 'leave the link',
        inMs: LOSES_PATIENCE_AFTER_MS,
        act: () => leaveBehind(saleId),
      };
    }
    const elsewhere = plan?.elsewhere ?? null;
    if (tender === 'saved' && elsewhere?.kind === 'saved') return { name: 'choose a saved card', inMs: REACTS_AFTER_MS, act: () => void paySaved(saleId, elsewhere.card) };
    if (elsewhere === null || memory === null || memory.wasElsewhere) return { name: 'take the form back', inMs: LOSES_PATIENCE_AFTER_MS, act: () => void till.goBack(saleId) };
    return {
      name: `pay by ${elsewhere.kind}`,
      inMs: REACTS_AFTER_MS,
      act() {
        presses += 1;
        if (presses === MOST_PRESSES) remember({ wasElsewhere: true });
        till.payBy(saleId, elsewhere.kind);
      },
    };
  }

  /** A way to pay that cannot begin now is tried again, as long as the screen asks for a card. */
  async function paySaved(saleId: string, card: 'pays' | 'declined'): Promise<void> {
    const found = savedCards()?.customers.find(SAVED_CARDS[card]);
    const method = found?.kind === 'ok' ? found.value.customers[0]?.methods[0] : undefined;
    if (method !== undefined) await savedCards()?.pay(saleId, method.methodId);
  }

  function atTheKeypad(wanted: Plan, known: Memory, sale: Extract<SaleView, { kind: 'entering' }>): Act | null {
    const { saleId, problem } = sale;
    if (known.result !== 'none') return { name: 'next, please', inMs: REACTS_AFTER_MS, act: () => sayGoodbye(saleId, sale.amountInCents) };
    const draft = { saleId, amountInCents: wanted.amountInCents, description: wanted.description };
    if (problem !== null) return { name: `after ${problem.kind}`, inMs: isDoubt(problem) ? REACTS_AFTER_MS : TRIES_AGAIN_AFTER_MS, act: () => afterProblem(problem, draft) };
    if (sale.amountInCents !== wanted.amountInCents || sale.description !== wanted.description) {
      const firstDigit = Number(String(wanted.amountInCents)[0]);
      const isUntouched = sale.amountInCents === 0;
      return { name: isUntouched ? 'type a digit' : 'type the rest', inMs: isUntouched ? REACTS_AFTER_MS : TYPES_FOR_MS, act: () => void till.edit(isUntouched ? { ...draft, amountInCents: firstDigit, description: '' } : draft) };
    }
    return { name: 'charge', inMs: REACTS_AFTER_MS, act: () => void till.charge({ ...draft, confirmed: [] }) };
  }

  function sayGoodbye(saleId: string, amountInCents: number): void {
    if (amountInCents > 0) till.edit({ saleId, amountInCents: 0, description: '' });
    plan = null;
    memory = null;
    say({ kind: 'done' });
  }

  function afterProblem(problem: ChargeProblem, draft: { readonly saleId: string; readonly amountInCents: number; readonly description: string }): void {
    problems += 1;
    if (problems > MOST_PROBLEMS) return remember({ result: 'given-up' });
    if (problem.kind === 'paid-just-now' && plan?.sameAsBefore !== true) {
      // Not the customer before, who bought something else: it is this customer's own payment, whose outcome has not been shown yet.
      return remember({ result: 'paid' });
    }
    till.charge({ ...draft, confirmed: isDoubt(problem) ? CHARGE_DOUBTS : [] });
  }

  function afterRefusal({ saleId, tender }: Extract<SaleView, { kind: 'declined' | 'not-charged' }>): void {
    if (plan !== null && memory !== null && memory.tries < plan.triesAgain) {
      remember({ tries: memory.tries + 1 });
      if (isEnough(tender, memory)) till.payBy(saleId, 'card-form');
      else till.tryAgain(saleId);
      return;
    }
    if (plan?.arrival?.meanwhile === 'back' && memory?.tries === 0) {
      // The typed amount stays, and is charged as a new sale.
      remember({ tries: 1 });
      till.goBack(saleId);
      return;
    }
    remember({ result: 'given-up' });
    till.cancelSale(saleId);
  }

  /** Once more in the same way, and then on the form. */
  function isEnough(tender: TenderKind, { tries, windows }: Memory): boolean {
    switch (tender) {
      case 'saved':
        return true;
      case 'reader':
      case 'plaid':
      case 'insured':
        return tries % 2 === 0;
      case 'sezzle':
        return windows >= windowsOf(plan).length;
      case 'card-form':
      case 'phone':
        return false;
      default:
        return assertNever(tender);
    }
  }

  /** The manager decides by the basket; payments undecided at the end of the day are kept. */
  function settle(late: LatePayment): void {
    const basket = Number(late.description.split(' ').at(-1));
    const wish = planOf(seed, basket).whenLate;
    if (settling.has(late.saleId) || (wish === 'leave' && !isCalm)) return;
    settling.add(late.saleId);
    const how = late.isReversing || (wish === 'void' && !late.mustRefund) ? 'void' : late.mustRefund ? 'refund' : 'keep';
    time.timers.after(TRIES_AGAIN_AFTER_MS, () => {
      void till.resolveLatePayment(late.saleId, how).then(() => {
        settling.delete(late.saleId);
        look();
      });
    });
  }

  /** The manager has read that a payment is disputed. */
  function review({ saleId }: TroubledPayment): void {
    if (settling.has(saleId)) return;
    settling.add(saleId);
    time.timers.after(TRIES_AGAIN_AFTER_MS, () => {
      settling.delete(saleId);
      till.acknowledgePaymentTrouble(saleId);
    });
  }

  /** After the last form of the plan, people come back with a card that pays. */
  function visitNumber(index: number): Visit {
    const visits = plan?.visits ?? [];
    return visits[index] ?? PAYING;
  }

  function windowNumber(index: number): SezzleWindow {
    return windowsOf(plan)[index] ?? 'approve';
  }

  return {
    customer: {
      expects: () => visitNumber(memory?.visits ?? 0),
      sees() {
        const visit = visitNumber(memory?.visits ?? 0);
        remember({ visits: (memory?.visits ?? 0) + 1 });
        return visit;
      },
      insures: () => insuranceAnswerOf(plan),
      expectsAtSezzle: () => windowNumber(memory?.windows ?? 0),
      atSezzle() {
        const windows = memory?.windows ?? 0;
        remember({ windows: windows + 1 });
        return windowNumber(windows);
      },
    },
    serve(next, known) {
      plan = next;
      // A till that was killed in between: the customer goes on where there is more to do.
      memory = { ...known, wasElsewhere: known.wasElsewhere && !hasMoreElsewhere(next, known) };
      problems = 0;
      presses = 0;
      isPreparingElsewhere = false;
      look();
    },
    calm() {
      plan = null;
      memory = null;
      isCalm = true;
      look();
    },
    looks: look,
  };
}

/** The warning that a cashier confirms: the till had shown NOT CHARGED. */
function isDoubt({ kind }: ChargeProblem): boolean {
  return CHARGE_DOUBTS.some((doubt) => doubt === kind);
}

function insuranceAnswerOf(plan: Plan | null): InsuranceAnswer {
  return plan?.elsewhere?.kind === 'insured' ? plan.elsewhere.answer : 'declines';
}

/** By Sezzle's windows, or by forms with an insurance. */
function hasMoreElsewhere({ elsewhere, visits }: Plan, known: Memory): boolean {
  if (elsewhere?.kind === 'sezzle') return known.windows < elsewhere.windows.length;
  return elsewhere?.kind === 'insured' && known.visits < visits.length;
}

function windowsOf(plan: Plan | null): readonly SezzleWindow[] {
  return plan?.elsewhere?.kind === 'sezzle' ? plan.elsewhere.windows : [];
}
