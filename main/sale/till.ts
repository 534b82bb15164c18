import { checkDescription } from '../../contract/description.ts';
import type { Insured } from '../../contract/insured.ts';
import type { TenderKind } from '../../contract/tender.ts';
import type { Currency } from '../../contract/money.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, disregard, failed, ok } from '../../contract/result.ts';
import type { GiveBackOrder, GiveBackProblem, GivenBack } from '../../contract/history.ts';
import type { Closing } from '../../contract/closing.ts';
import type { ChargeOrder, Draft } from './charge-check.ts';
import { type CounterSettings, type CounterSnapshot, type TypedDraft, counterSnapshot } from './counter-snapshot.ts';
import type { Register } from './register.ts';
import { isBusy } from './sale.ts';
import type { TipChosen } from './tip-question.ts';
import type { OpenRegister, Sold, TillRegister } from './till-register.ts';

type Answer = Result<null, ChargeProblem>;

/** The till at the counter: the register that it uses, and the text that was typed before one was open. */
export type Till = {
  snapshot(): CounterSnapshot;
  /** Saves the typed text. It is kept when the register changes. */
  draft(): Draft;
  isBusy(): boolean;
  /** The payments that closing Counter now would interrupt. */
  closing(): Closing;
  use(register: TillRegister): void;
  edit(draft: Draft): Answer;
  charge(order: ChargeOrder): Answer;
  chooseTip(saleId: string, chosen: TipChosen): Answer;
  goBack(saleId: string): Answer;
  tryAgain(saleId: string): Answer;
  payBy(saleId: string, tender: TenderKind): Answer;
  /** The answers to the insurer's questions; the card form opens with them. */
  quoteInsurance(saleId: string, insured: Insured): Answer;
  /** A key was pressed in the customer's form, where the till's page hears none: the way to pay at this place, from 0. */
  payByKey(place: number): void;
  cancelSale(saleId: string): Answer;
  newSale(saleId: string): Answer;
  serveNext(saleId: string): Answer;
  resolveLatePayment(saleId: string, how: 'keep' | 'void' | 'refund'): Promise<Answer>;
  /** Voids or refunds any sale of this register. */
  giveBack(saleId: string, order: GiveBackOrder): Promise<Result<GivenBack, GiveBackProblem>>;
  /** The manager has seen that a bank transfer failed, or that a payment is disputed. */
  acknowledgePaymentTrouble(saleId: string): Answer;
  acknowledgeWrongAmount(saleId: string): Answer;
  /** For the manager: ends a payment whose outcome JustiFi has not given within the week of its checkout. */
  endUnresolved(saleId: string): Answer;
  /** The manager has seen that the journal was repaired. */
  acknowledgeRepairs(): Answer;
  /** The manager has seen that JustiFi and the journal differ. */
  acknowledgeComparison(): Answer;
  /** The link of this sale on the screen; null: none. */
  link(saleId: string): SharedLink | null;
  /** A sale of the account that is open, for its receipt. */
  sold(saleId: string): Sold | null;
  /** A person is at the till, at the screen of the sale. */
  personSeen(): void;
  woke(): void;
  /** The operating system reports that the network came or went. */
  networkChanged(): void;
};

/** `address`: opening it is enough to pay the sale. */
export type SharedLink = { readonly address: string; readonly checkoutId: string; readonly amountInCents: number; readonly currency: Currency };

type TillParts = {
  readonly firstSaleId: string;
  readonly settings: () => CounterSettings;
  readonly onChange: () => void;
};

export function createTill({ firstSaleId, settings, onChange }: TillParts): Till {
  let used: TillRegister = { kind: 'starting' };
  let typed: TypedDraft = { saleId: firstSaleId, amountInCents: 0, description: '', problem: null };
  /** Before a register was open. */
  let isPersonSeen = false;

  const open = (): OpenRegister | null => (used.kind === 'open' ? used : null);
  const register = () => open()?.register ?? null;
  const notOpen = () => failed<ChargeProblem>(used.kind === 'broken' ? used.problem : { kind: 'still-starting' });

  function keepTyped(draft: Draft, problem: ChargeProblem | null): Answer {
    typed = typedDraft({ ...draft, saleId: typed.saleId }, problem);
    onChange();
    return typed.problem === null ? ok(null) : failed(typed.problem);
  }

  function personSeen(): void {
    isPersonSeen = open() === null;
    register()?.personSeen();
  }

  const draft = (): Draft => draftOf(register()) ?? typed;

  return {
    snapshot: () => counterSnapshot(used, typed, settings()),
    draft,
    isBusy() {
      const at = register();
      return at !== null && (isBusy(at.sale()) || at.isHeldUp());
    },
    closing: () => register()?.closing() ?? 'nothing',
    use(next) {
      typed = { ...draft(), problem: null };
      open()?.close();
      used = next;
      if (isPersonSeen) personSeen();
      onChange();
    },
    edit: (next) => register()?.edit(next) ?? keepTyped(next, null),
    charge: ({ confirmed, ...next }) => register()?.charge({ ...next, confirmed }) ?? keepTyped(next, notOpen().failure),
    ...salePresses((press) => {
      const at = register();
      return at === null ? notOpen() : press(at);
    }),
    payByKey: (place) => payByKey(register(), place),
    ...reversals(register, notOpen),
    acknowledgeRepairs: () => open()?.repairs.acknowledge() ?? notOpen(),
    acknowledgeComparison() {
      const at = open();
      if (at === null) return notOpen();
      at.comparisons.acknowledge();
      return ok(null);
    },
    link: (saleId) => sharedLink(open(), saleId),
    sold: (saleId) => open()?.sold(saleId) ?? null,
    personSeen,
    woke() {
      register()?.woke();
      open()?.reachability.askNow();
    },
    networkChanged: () => open()?.reachability.askNow(),
  };
}

/** Only in the customer's form: on every other screen the till's page gets the keys. */
function payByKey(at: Register | null, place: number): void {
  const way = at?.ways()[place];
  if (at === null || way === undefined || at.sale().kind !== 'ready') return;
  disregard(at.payBy(at.sale().id, way), 'it is on the screen, or the sale stays where it is');
}

function sharedLink(at: OpenRegister | null, saleId: string): SharedLink | null {
  const sale = at?.register.sale();
  const link = at?.register.presentedLink() ?? null;
  if (sale?.kind !== 'ready' || sale.id !== saleId || link === null) return null;
  return { address: link.address, checkoutId: sale.checkoutId, amountInCents: sale.purchase.totalInCents, currency: sale.purchase.currency };
}

/** Voids and refunds, of late payments and of any sale. */
function reversals(register: () => Register | null, notOpen: () => Result<never, ChargeProblem>): Pick<Till, 'resolveLatePayment' | 'giveBack'> {
  return {
    async resolveLatePayment(saleId, how) {
      const at = register();
      if (at === null) return notOpen();
      return how === 'keep' ? at.keepLate(saleId) : at.reverse(saleId, how);
    },
    async giveBack(saleId, order) {
      const at = register();
      return at === null ? notOpen() : at.giveBack(saleId, order);
    },
  };
}

type SalePresses = Pick<Till, 'chooseTip' | 'goBack' | 'tryAgain' | 'payBy' | 'quoteInsurance' | 'cancelSale' | 'newSale' | 'serveNext' | 'acknowledgeWrongAmount' | 'acknowledgePaymentTrouble' | 'endUnresolved'>;

/** A press for one sale goes to the register that has it. */
function salePresses(press: (action: (register: Register) => Answer) => Answer): SalePresses {
  return {
    chooseTip: (saleId, chosen) => press((register) => register.chooseTip(saleId, chosen)),
    goBack: (saleId) => press((register) => register.goBack(saleId)),
    tryAgain: (saleId) => press((register) => register.tryAgain(saleId)),
    payBy: (saleId, tender) => press((register) => register.payBy(saleId, tender)),
    quoteInsurance: (saleId, insured) => press((register) => register.quoteInsurance(saleId, insured)),
    cancelSale: (saleId) => press((register) => register.cancelSale(saleId)),
    newSale: (saleId) => press((register) => register.newSale(saleId)),
    serveNext: (saleId) => press((register) => register.serveNext(saleId)),
    acknowledgeWrongAmount: (saleId) => press((register) => register.acknowledgeWrongAmount(saleId)),
    acknowledgePaymentTrouble: (saleId) => press((register) => register.acknowledgePaymentTrouble(saleId)),
    endUnresolved: (saleId) => press((register) => register.endUnresolved(saleId)),
  };
}

/** A card number is not kept. */
function typedDraft(draft: Draft, problem: ChargeProblem | null): TypedDraft {
  const text = checkDescription(draft.description);
  const isCardNumber = text.kind === 'failed' && text.failure.kind === 'description-card-number';
  return isCardNumber ? { ...draft, description: '', problem: text.failure } : { ...draft, problem };
}

/** The text typed at this register; empty while a sale is under way. Null: no register is open. */
function draftOf(register: Register | null): Draft | null {
  const sale = register?.sale();
  if (sale === undefined) return null;
  const { id: saleId } = sale;
  return sale.kind === 'draft' ? { saleId, amountInCents: sale.amountInCents, description: sale.description } : { saleId, amountInCents: 0, description: '' };
}
