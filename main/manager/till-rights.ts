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

/** SECURITY: the one place where main decides whether the person at the till may charge, void, refund, see the report or close the day; before it is done. */
export function guardTill(calls: GuardedCalls, parts: TillRightsParts): GuardedCalls {
  let lastRefused = '';

  /** `saleId`: null where it is about no sale. `managerPin`: typed in place, for this one action. It opens nothing else. */
  async function allow(action: GuardedAction, saleId: string | null, managerPin: string | null): Promise<Result<null, RightProblem>> {
    const about = { action, ...(saleId === null ? {} : { sale: saleId }) };
    const { all, signedIn } = parts.cashiers.view();
    const may = mayDo(action, { rights: parts.rights(), hasCashiers: all.length > 0, isSignedIn: signedIn !== null, hasManagerPin: parts.hasManagerPin() });
    if (may === 'yes') return ok(null);
    if (may === 'sign-in') return failed({ kind: 'needs-sign-in' });
    if (managerPin === null) {
      // Once for each sale: a page that asks a thousand times fills no log.
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
  }

  /** A permission lasts for this sale, but not when the cashier has signed out. */
  function isSignedOut(): boolean {
    const { all, signedIn } = parts.cashiers.view();
    return all.length > 0 && signedIn === null;
  }

  return {
    async charge(order) {
      const above = parts.confirmAboveInCents();
      // Only when the cashier has confirmed the amount: until then the register asks, and charges nothing.
      const isAbove = above !== null && order.amountInCents > above && order.confirmed.includes('amount-unusual');
      // A cashier who may not charge may not charge a large amount either.
      const action = isAbove && parts.rights().charge === 'cashier' ? 'charge-above-limit' : 'charge';
      const allowed = await allow(action, order.saleId, order.managerPin);
      return allowed.kind === 'ok' ? calls.charge(order) : allowed;
    },
    // Charge was allowed for this purchase; only after that is there a question to answer.
    chooseTip: async (order) => (isSignedOut() ? failed({ kind: 'needs-sign-in' }) : calls.chooseTip(order)),
    tryAgain: async (order) => (isSignedOut() ? failed({ kind: 'needs-sign-in' }) : calls.tryAgain(order)),
    payBy: async (order) => (isSignedOut() ? failed({ kind: 'needs-sign-in' }) : calls.payBy(order)),
    quoteInsurance: async (order) => (isSignedOut() ? failed({ kind: 'needs-sign-in' }) : calls.quoteInsurance(order)),
    // SECURITY: customers are read, and their cards charged, by a cashier who has signed in.
    findCustomers: async (order) => (isSignedOut() ? failed({ kind: 'needs-sign-in' }) : calls.findCustomers(order)),
    readCustomer: async (order) => (isSignedOut() ? failed({ kind: 'needs-sign-in' }) : calls.readCustomer(order)),
    paySaved: async (order) => (isSignedOut() ? failed({ kind: 'needs-sign-in' }) : calls.paySaved(order)),
    saveCard: async (order) => (isSignedOut() ? failed({ kind: 'needs-sign-in' }) : calls.saveCard(order)),
    async giveBack(order) {
      const allowed = await allow(order.kind, order.saleId, order.managerPin);
      return allowed.kind === 'ok' ? calls.giveBack(order) : allowed;
    },
    async readReport(order) {
      const allowed = await allow('see-report', null, order.managerPin);
      return allowed.kind === 'ok' ? calls.readReport(order) : allowed;
    },
    async readDayChart(order) {
      const allowed = await allow('see-report', null, order.managerPin);
      return allowed.kind === 'ok' ? calls.readDayChart(order) : allowed;
    },
    async printReport(order) {
      const allowed = await allow('see-report', null, order.managerPin);
      return allowed.kind === 'ok' ? calls.printReport(order) : allowed;
    },
    async saveReport(order) {
      const allowed = await allow('see-report', null, order.managerPin);
      return allowed.kind === 'ok' ? calls.saveReport(order) : allowed;
    },
    async compareReport(order) {
      const allowed = await allow('see-report', null, order.managerPin);
      return allowed.kind === 'ok' ? calls.compareReport(order) : allowed;
    },
    async closeDay(order) {
      const allowed = await allow('close-day', null, order.managerPin);
      return allowed.kind === 'ok' ? calls.closeDay(order) : allowed;
    },
    async resolveLatePayment(order) {
      const allowed = order.how === 'keep' ? ok(null) : await allow(order.how, order.saleId, order.managerPin);
      return allowed.kind === 'ok' ? calls.resolveLatePayment(order) : allowed;
    },
  };
}
