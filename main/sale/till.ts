import type { Currency } from '../../contract/money.ts';
import { checkDescription } from '../../contract/description.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { AccountView, Mode, SaleView, TillSnapshot } from '../../contract/till-snapshot.ts';
import type { Repairs } from './repairs.ts';
import type { Reachability } from './reachability.ts';
import type { ChargeOrder, Draft } from './charge-check.ts';
import type { Register } from './register.ts';
import { isBusy } from './sale.ts';
import { lastSaleView, latePayment, saleView } from './sale-view.ts';

/** What the till takes payments with: nothing yet, a register of one account, or nothing until a problem is solved. */
export type TillAccount =
  | { readonly kind: 'starting' }
  | OpenAccount
  | { readonly kind: 'broken'; readonly mode: Mode; readonly problem: ChargeProblem };

type Answer = Result<null, ChargeProblem>;

export type OpenAccount = {
  readonly kind: 'open';
  readonly view: AccountView;
  readonly mode: Mode;
  readonly currency: Currency;
  readonly register: Register;
  readonly repairs: Repairs;
  readonly reachability: Reachability;
  readonly close: () => void;
};

/** What the till shows of its own; who may do what comes beside it. */
export type CounterSnapshot = Omit<TillSnapshot, 'isFirstRun' | 'isFirstSale' | 'auditTrouble' | 'policy' | 'isPageChanged' | 'manager' | 'cashiers' | 'look'>;

/** The till at the counter: today's account, and what was typed before there was one. */
export type Till = {
  snapshot(): CounterSnapshot;
  /** What is being typed, to be carried over when the account changes. */
  draft(): Draft;
  isBusy(): boolean;
  use(account: TillAccount): void;
  edit(draft: Draft): Answer;
  charge(order: ChargeOrder): Answer;
  goBack(saleId: string): Answer;
  tryAgain(saleId: string): Answer;
  newSale(saleId: string): Answer;
  serveNext(saleId: string): Answer;
  settleLate(saleId: string, how: 'keep' | 'void' | 'refund'): Promise<Answer>;
  wrongAmountSeen(saleId: string): Answer;
  /** The manager ends a payment whose outcome JustiFi has not said within the week of its checkout. */
  endUnresolved(saleId: string): Answer;
  /** The manager has seen that the journal was repaired. */
  settleRepairs(): Answer;
  woke(): void;
  /** The operating system says that the network came or went. */
  networkChanged(): void;
};

export type TillParts = {
  readonly firstSaleId: string;
  readonly settings: () => { readonly registerName: string; readonly registerId: string; readonly descriptionPresets: readonly string[]; readonly account: { readonly mode: Mode } | null };
  readonly onChange: () => void;
};

export function createTill({ firstSaleId, settings, onChange }: TillParts): Till {
  let account: TillAccount = { kind: 'starting' };
  /** The sale on the screen while no register is open. */
  let waiting: Draft & { readonly problem: ChargeProblem | null } = { saleId: firstSaleId, amountInCents: 0, description: '', problem: null };

  const register = () => (account.kind === 'open' ? account.register : null);
  const whyNot = (): ChargeProblem => (account.kind === 'broken' ? account.problem : { kind: 'still-starting' });

  function keepWaiting(draft: Draft, problem: ChargeProblem | null): Answer {
    const text = checkDescription(draft.description);
    const cardNumber = text.kind === 'failed' && text.failure.kind === 'description-card-number';
    waiting = { ...draft, saleId: waiting.saleId, description: cardNumber ? '' : draft.description, problem: cardNumber ? text.failure : problem };
    onChange();
    return waiting.problem === null ? ok(null) : failed(waiting.problem);
  }

  function currentSale(): SaleView {
    const open = register();
    return open === null ? { kind: 'entering', ...waiting } : saleView(open.sale());
  }

  function currentDraft(): Draft {
    const sale = register()?.sale();
    if (sale === undefined) return waiting;
    if (sale.kind === 'draft') return { saleId: sale.id, amountInCents: sale.amountInCents, description: sale.description };
    return { saleId: sale.id, amountInCents: 0, description: '' };
  }

  return {
    snapshot() {
      const { registerName, registerId, descriptionPresets, account: saved } = settings();
      return {
        // A till that is starting with an account is no training till, not even for a moment.
        mode: account.kind === 'starting' ? (saved?.mode ?? 'training') : account.mode,
        account: accountView(account),
        currency: account.kind === 'open' ? account.currency : 'USD',
        registerName,
        registerId,
        descriptionPresets,
        isOnline: account.kind !== 'open' || account.reachability.isReachable(),
        sale: currentSale(),
        lastSale: lastSaleView(register()?.lastSale() ?? null),
        toConfirm: register()?.unresolved().length ?? 0,
        unresolved: register()?.unresolved() ?? [],
        latePayments: register()?.late().map(latePayment) ?? [],
        journalNotice: account.kind === 'open' ? account.repairs.notice() : null,
      };
    },
    draft: currentDraft,
    isBusy() {
      const sale = register()?.sale();
      return sale !== undefined && isBusy(sale);
    },
    use(next) {
      waiting = { ...currentDraft(), problem: null };
      if (account.kind === 'open') account.close();
      account = next;
      onChange();
    },
    edit: (draft) => register()?.edit(draft) ?? keepWaiting(draft, null),
    charge: ({ confirmed, ...draft }) => register()?.charge({ ...draft, confirmed }) ?? keepWaiting(draft, whyNot()),
    goBack: (saleId) => register()?.goBack(saleId) ?? failed(whyNot()),
    tryAgain: (saleId) => register()?.tryAgain(saleId) ?? failed(whyNot()),
    newSale: (saleId) => register()?.newSale(saleId) ?? failed(whyNot()),
    serveNext: (saleId) => register()?.serveNext(saleId) ?? failed(whyNot()),
    async settleLate(saleId, how) {
      const open = register();
      if (open === null) return failed(whyNot());
      return how === 'keep' ? open.keepLate(saleId) : open.reverse(saleId, how);
    },
    wrongAmountSeen: (saleId) => register()?.wrongAmountSeen(saleId) ?? failed(whyNot()),
    endUnresolved: (saleId) => register()?.endUnresolved(saleId) ?? failed(whyNot()),
    settleRepairs: () => (account.kind === 'open' ? account.repairs.settle() : failed(whyNot())),
    woke() {
      if (account.kind !== 'open') return;
      account.register.woke();
      account.reachability.askNow();
    },
    networkChanged() {
      if (account.kind === 'open') account.reachability.askNow();
    },
  };
}

function accountView(account: TillAccount): AccountView {
  if (account.kind === 'open') return account.view;
  return account.kind === 'broken' ? { kind: 'broken', problem: account.problem } : { kind: 'starting' };
}
