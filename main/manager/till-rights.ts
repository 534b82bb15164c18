import type { GuardedAction, RightProblem, Rights } from '../../contract/cashier.ts';
import type { Handlers } from '../../contract/channels.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { Access } from './access.ts';
import { type Audit, MANAGER } from './audit.ts';
import type { Cashiers } from './cashiers.ts';
import { mayDo } from './rights.ts';

type GuardedCalls = Pick<Handlers<'till'>, 'charge' | 'chooseTip' | 'tryAgain' | 'payBy' | 'quoteInsurance' | 'findCustomers' | 'readCustomer' | 'paySaved' | 'saveCard' | 'resolveLatePayment' | 'giveBack' | 'readReport' | 'readDayChart' | 'printReport' | 'saveReport' | 'compareReport' | 'closeDay'>;

export type TillRightsParts = {
  readonly rights: () => Rights;
  /** The amount from which a charge has to be confirmed; null: never. */
  readonly confirmAboveInCents: () => number | null;
  readonly hasManagerPin: () => boolean;
  readonly cashiers: Pick<Cashiers, 'view' | 'actor'>;
  readonly access: Pick<Access, 'checkPin'>;
  readonly note: Audit['note'];
};

/** Whether the person at the till may do this now: by their rights, or with the manager's PIN. */
function createPermission(parts: TillRightsParts) {
  let lastRefused = '';

  /** `saleId`: null where it is about no sale. `managerPin`: typed for this one action. It opens nothing else. */
  return async function allow(action: GuardedAction, saleId: string | null, managerPin: string | null): Promise<Result<null, RightProblem>> {
    const about = { action, ...(saleId === null ? {} : { sale: saleId }) };
    const { all, signedIn } = parts.cashiers.view();
    const may = mayDo(action, { rights: parts.rights(), hasCashiers: all.length > 0, isSignedIn: signedIn !== null, hasManagerPin: parts.hasManagerPin() });
    if (may === 'yes') return ok(null);
    if (may === 'sign-in') return failed({ kind: 'needs-sign-in' });
    if (managerPin === null) {
      // Once for each sale: a page that repeats a call fills no log.
      if (lastRefused !== `${action} ${saleId}`) parts.note(parts.cashiers.actor(), 'not-allowed', about);
      lastRefused = `${action} ${saleId}`;
      return failed({ kind: 'needs-manager', action });
    }
    const checked = await parts.access.checkPin(managerPin);
    if (checked.kind === 'failed') return failed({ kind: 'not-allowed-by-manager', problem: checked.failure });
    // The PIN counts only for the cashier who was signed in when it was typed.
    if (parts.cashiers.view().signedIn?.id !== signedIn?.id) return failed({ kind: 'needs-sign-in' });
    parts.note(MANAGER, 'override', { ...about, for: parts.cashiers.actor().name });
    return ok(null);
  };
}

/** SECURITY: the one place where main decides whether the person at the till may charge, void, refund, see the report or close the day; before it is done. */
export function guardTill(calls: GuardedCalls, parts: TillRightsParts): GuardedCalls {
  const allow = createPermission(parts);

  /** A permission lasts for this sale, but not when the cashier has signed out. */
  function isSignedOut(): boolean {
    const { all, signedIn } = parts.cashiers.view();
    return all.length > 0 && signedIn === null;
  }

  /** Wraps a call so that it runs only when the person at the till may do the action. `action`: null: every person may. `saleId`: null where it is about no sale. */
  function ifAllowed<Order extends { readonly managerPin: string | null }, Answer>(action: (order: Order) => GuardedAction | null, saleId: (order: Order) => string | null, call: (order: Order) => Promise<Answer>): (order: Order) => Promise<Answer | Result<never, RightProblem>> {
    return async (order) => {
      const asked = action(order);
      const allowed = asked === null ? ok(null) : await allow(asked, saleId(order), order.managerPin);
      return allowed.kind === 'ok' ? call(order) : allowed;
    };
  }

  function ifSignedIn<Order, Answer>(call: (order: Order) => Promise<Answer>): (order: Order) => Promise<Answer | Result<never, RightProblem>> {
    return async (order) => (isSignedOut() ? failed<RightProblem>({ kind: 'needs-sign-in' }) : call(order));
  }

  /** An amount above the limit is charged only when the cashier has confirmed it: until then the register asks, and charges nothing. */
  function chargeAction({ amountInCents, confirmed }: Parameters<GuardedCalls['charge']>[0]): GuardedAction {
    const above = parts.confirmAboveInCents();
    const isAbove = above !== null && amountInCents > above && confirmed.includes('amount-unusual');
    // A cashier who may not charge may not charge a large amount either.
    return isAbove && parts.rights().charge === 'cashier' ? 'charge-above-limit' : 'charge';
  }

  const ofSale = ({ saleId }: { readonly saleId: string }) => saleId;
  const ofNoSale = () => null;
  const toSeeReport = () => 'see-report' as const;
  return {
    charge: ifAllowed(chargeAction, ofSale, calls.charge),
    // Charge was allowed for this purchase: the question about a tip comes only after that.
    chooseTip: ifSignedIn(calls.chooseTip),
    tryAgain: ifSignedIn(calls.tryAgain),
    payBy: ifSignedIn(calls.payBy),
    quoteInsurance: ifSignedIn(calls.quoteInsurance),
    // SECURITY: customers are read, and their cards charged, by a cashier who has signed in.
    findCustomers: ifSignedIn(calls.findCustomers),
    readCustomer: ifSignedIn(calls.readCustomer),
    paySaved: ifSignedIn(calls.paySaved),
    saveCard: ifSignedIn(calls.saveCard),
    giveBack: ifAllowed(({ kind }) => kind, ofSale, calls.giveBack),
    resolveLatePayment: ifAllowed(({ how }) => (how === 'keep' ? null : how), ofSale, calls.resolveLatePayment),
    readReport: ifAllowed(toSeeReport, ofNoSale, calls.readReport),
    readDayChart: ifAllowed(toSeeReport, ofNoSale, calls.readDayChart),
    printReport: ifAllowed(toSeeReport, ofNoSale, calls.printReport),
    saveReport: ifAllowed(toSeeReport, ofNoSale, calls.saveReport),
    compareReport: ifAllowed(toSeeReport, ofNoSale, calls.compareReport),
    closeDay: ifAllowed(() => 'close-day', ofNoSale, calls.closeDay),
  };
}
