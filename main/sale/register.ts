import { checkDescription } from '../../contract/description.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { Mode, UnresolvedPayment } from '../../contract/till-snapshot.ts';
import { openAmountCheck } from './amount-check.ts';
import { type ChargeCheckParts, type ChargeOrder, type Draft, checkCharge } from './charge-check.ts';
import type { Checkouts } from './checkout.ts';
import { openCounter } from './counter.ts';
import { type Answer, type CurrentSale, openCurrentSale } from './current-sale.ts';
import type { SaleJournal } from './journal.ts';
import { openOutcomeWatches } from './outcome-watches.ts';
import type { Payments } from './payments.ts';
import type { Purchase } from './purchase.ts';
import { rememberPaid } from './recently-paid.ts';
import { recoverSales } from './recovery.ts';
import type { ReversalKind } from './reversal.ts';
import { openReversalRequests } from './reversal-requests.ts';
import { type LateSale, type Sale, isBusy, isLate, isOver, newDraft } from './sale.ts';
import type { SaleEvent } from './sale-event.ts';
import { openSaleLedger } from './sale-ledger.ts';
import type { Tender, TenderHost } from './tender.ts';
import { openTenderHost } from './tender-host.ts';
import type { Timers } from './timers.ts';

export type RegisterParts = ChargeCheckParts & {
  readonly checkouts: Checkouts;
  readonly payments: Payments;
  /** How customers pay here. */
  readonly openTender: (current: CurrentSale, host: TenderHost) => Tender;
  readonly journal: SaleJournal;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  /** UTC, ISO 8601. Written down, never decided by. */
  readonly utcNow: () => string;
  /** The day in the shop's own time zone, "2026-11-25". */
  readonly businessDay: () => string;
  readonly random: () => number;
  readonly newId: () => string;
  /** Sales of the last run whose end is open, oldest first. */
  readonly unfinished: readonly Sale[];
  /** The sale that was at the counter last, if it was paid or accepted and New sale has not been pressed since. */
  readonly unseen: Sale | null;
  /** The last sale that took money, as far as the journal knows. */
  readonly lastSale: Sale | null;
  /** What the journal has as paid within the last hour. */
  readonly recentlyPaid: readonly Sale[];
  /** Remembers what is being typed; no promise that the last of it survives. */
  readonly keepDraft: (draft: Draft) => void;
  /** What was being typed when the register opened. */
  readonly draft: Draft;
  readonly account: { readonly subAccountId: string; readonly mode: Mode };
  readonly register: { readonly id: string; readonly name: string };
  /** Whoever is at the till, by name; null where there are no names. */
  readonly cashier: () => string | null;
  /** Asks JustiFi whether this account may take payments now; null when it may, or when that cannot be told. */
  readonly accountProblem: () => Promise<ChargeProblem | null>;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
  readonly onChange: () => void;
};

/** One register of one account: the sale at the counter, and everything the cashier can do with it. */
export type Register = {
  sale(): Sale;
  /** The last sale that took money and gave way to another. */
  lastSale(): Sale | null;
  edit(draft: Draft): Answer;
  charge(order: ChargeOrder): Answer;
  goBack(saleId: string): Answer;
  tryAgain(saleId: string): Answer;
  newSale(saleId: string): Answer;
  /** For the manager: a wrong amount has been looked at, and the till goes on. */
  wrongAmountSeen(saleId: string): Answer;
  /** Leaves a payment whose outcome is not known, and serves the next customer; JustiFi is asked on. */
  serveNext(saleId: string): Answer;
  /** Payments that JustiFi is still asked about and that a customer may be waiting for: the badge counts them. */
  unresolved(): readonly UnresolvedPayment[];
  /** For the manager: its checkout's week is over, and JustiFi has not said how it ended. */
  endUnresolved(saleId: string): Answer;
  late(): readonly LateSale[];
  keepLate(saleId: string): Answer;
  reverse(saleId: string, kind: ReversalKind): Promise<Answer>;
  /** JustiFi has a checkout of this register that the journal does not. */
  found(checkoutId: string, purchase: Purchase): Answer;
  /** JustiFi can be reached again. */
  online(): void;
  /** The PC slept; tokens did not. */
  woke(): void;
  close(): void;
};

/** A checkout expires after a week; nothing can be paid on it then. */
const CHECKOUT_LIVES_MS = 7 * 24 * 60 * 60_000;

export function openRegister(parts: RegisterParts): Register {
  const house = openParts(parts);
  const { ledger, watches, reversals, current, counter, tender, recentlyPaid } = house;
  recoverSales(parts, ledger, current);
  const first = current.get();
  if (first.kind === 'draft' && first.amountInCents > 0) counter.prepare();
  return {
    sale: current.get,
    lastSale: counter.lastSale,
    ...cashierMoves(parts, house),
    ...openEnds(parts, house),
    charge(order) {
      const sale = current.get();
      if (sale.kind !== 'draft' || sale.id !== order.saleId) return inProgress();
      const purchase = checkCharge(parts, recentlyPaid, order);
      if (purchase.kind === 'failed') return current.showProblem(purchase.failure);
      const charged = counter.charge(purchase.value);
      return charged.kind === 'failed' ? current.showProblem(charged.failure) : charged;
    },
    online() {
      watches.askAll();
      reversals.askAll();
      const sale = current.get();
      if (sale.kind !== 'draft') return;
      if (sale.problem?.kind === 'no-connection') current.replace({ ...sale, problem: null });
      if (sale.amountInCents > 0) counter.prepare();
    },
    woke() {
      tender.discard();
      tender.woke();
    },
    close() {
      const sale = current.get();
      if (isBusy(sale)) parts.log('register.closed-while-busy', { sale: sale.id, state: sale.kind });
      watches.close();
      reversals.close();
      ledger.close();
      tender.discard();
      tender.withdraw();
    },
  };
}

type House = ReturnType<typeof openParts>;

/** The parts of a register, joined. What a change of a sale leads to is told here, in order. */
function openParts(parts: RegisterParts) {
  const ledger = openSaleLedger(parts);
  const recentlyPaid = rememberPaid(parts, parts.recentlyPaid);
  const watches = openOutcomeWatches(parts, ledger);
  const reversals = openReversalRequests(parts, ledger);
  const current = openCurrentSale(parts, ledger, newDraft(parts.draft.saleId, parts.draft.amountInCents, parts.draft.description));
  const mode = parts.account.mode === 'training' ? null : parts.account.mode;
  const amounts = openAmountCheck({ ...parts, mode });
  const header = ({ kind }: Tender) => ({ account: parts.account, register: parts.register, cashier: parts.cashier(), tender: kind, businessDay: parts.businessDay() });
  const counter = openCounter({ ...parts, header }, ledger, current, () => tender);
  const tender: Tender = parts.openTender(current, openTenderHost(parts, { current, counter, watches, amounts, tender: () => tender }));
  let shown = current.get().kind;
  ledger.onChange((sale, event) => {
    if (event?.kind === 'outcome-known') recentlyPaid.note(sale);
    if (sale.id === current.get().id) {
      if (sale.kind !== shown && event !== null) moveTender(tender, sale, event);
      shown = sale.kind;
      // A sale that was left gives way to a new draft at once; the screen goes straight there.
      if (sale.kind === 'unresolved' || sale.kind === 'abandoned') return;
    }
    parts.onChange();
  });
  return { ledger, recentlyPaid, watches, reversals, current, counter, tender };
}

const NEEDS_NO_TENDER: ReadonlySet<Sale['kind']> = new Set(['checking', 'declined', 'not-charged', 'paid', 'accepted', 'wrong-amount']);

/** What is before the customer goes when the sale does not need it any more. */
function moveTender(tender: Tender, sale: Sale, { kind }: SaleEvent): void {
  if (!NEEDS_NO_TENDER.has(sale.kind) || kind === 'outcome-unclear') return;
  tender.withdraw();
  if (sale.kind === 'declined') tender.prepareRetry(sale.checkoutId);
}

type CashierMoves = Pick<Register, 'edit' | 'goBack' | 'tryAgain' | 'newSale' | 'wrongAmountSeen' | 'serveNext'>;

function cashierMoves(parts: RegisterParts, { current, counter, tender }: House): CashierMoves {
  const isAtCounter = (saleId: string) => current.get().id === saleId;
  return {
    edit({ saleId, amountInCents, description }) {
      const sale = current.get();
      if (sale.kind !== 'draft' || sale.id !== saleId) return inProgress();
      const checked = checkDescription(description);
      // A card number goes no further than this: not into the sale, the journal or the log.
      const cardNumber = checked.kind === 'failed' && checked.failure.kind === 'description-card-number';
      const kept = cardNumber ? '' : description;
      // First kept, then shown: what was on the screen when the power went is there again.
      parts.keepDraft({ saleId, amountInCents, description: kept });
      current.replace(newDraft(saleId, amountInCents, kept));
      if (amountInCents > 0) counter.prepare();
      return cardNumber ? current.showProblem(checked.failure) : ok(null);
    },
    goBack: (saleId) => (isAtCounter(saleId) ? counter.startOver(null) : inProgress()),
    tryAgain(saleId) {
      if (!isAtCounter(saleId)) return inProgress();
      const asked = current.intend({ kind: 'retry-asked' });
      if (asked.kind === 'ok') tender.present(saleId);
      return asked;
    },
    newSale: (saleId) => (isAtCounter(saleId) && isOver(current.get()) && current.get().kind !== 'wrong-amount' ? counter.next() : inProgress()),
    wrongAmountSeen(saleId) {
      if (!isAtCounter(saleId)) return inProgress();
      const seen = current.intend({ kind: 'wrong-amount-seen' });
      return seen.kind === 'ok' ? counter.next() : seen;
    },
    serveNext: (saleId) => (isAtCounter(saleId) && current.get().kind === 'checking' ? counter.next(0, '', counter.leave) : inProgress()),
  };
}

type OpenEnds = Pick<Register, 'unresolved' | 'endUnresolved' | 'late' | 'keepLate' | 'reverse' | 'found'>;

function openEnds(parts: RegisterParts, { ledger, reversals }: House): OpenEnds {
  const isOld = ({ since }: { readonly since: string }) => Date.parse(parts.utcNow()) - Date.parse(since) >= CHECKOUT_LIVES_MS;
  return {
    unresolved: () =>
      ledger.sales().flatMap((sale) => {
        if (sale.kind !== 'unresolved' || (sale.why !== 'unknown' && !isOld(sale))) return [];
        const { id, purchase, since } = sale;
        return [{ saleId: id, amountInCents: purchase.totalInCents, description: purchase.description, since, mayEnd: isOld(sale) }];
      }),
    endUnresolved(saleId) {
      const sale = ledger.sale(saleId);
      if (sale?.kind !== 'unresolved' || !isOld(sale)) return inProgress();
      return done(ledger.intend(saleId, { kind: 'ended-by-manager' }));
    },
    late: () => ledger.sales().filter(isLate),
    keepLate: (saleId) => done(ledger.intend(saleId, { kind: 'late-kept' })),
    reverse: (saleId, kind) => reversals.reverse(saleId, { kind }),
    found: (checkoutId, purchase) => done(ledger.begin(newDraft(parts.newId()), { kind: 'found', checkoutId, purchase, at: parts.utcNow() })),
  };
}

function done(result: Result<Sale, ChargeProblem>): Answer {
  return result.kind === 'ok' ? ok(null) : result;
}

function inProgress(): Answer {
  return failed({ kind: 'sale-in-progress' });
}
