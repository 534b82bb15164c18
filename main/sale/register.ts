import type { Closing } from '../../contract/closing.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import { disregard } from '../../contract/result.ts';
import type { TenderKind } from '../../contract/tender.ts';
import type { FormEmptied, LatePaymentEnd, Mode } from '../../contract/till-snapshot.ts';
import { createAmountCheck } from './amount-check.ts';
import { type BackgroundSales, createBackgroundSales } from './background-sales.ts';
import { type CashierActions, createCashierActions } from './cashier-actions.ts';
import type { ChargeCheckParts, Draft } from './charge-check.ts';
import type { Checkouts } from './checkout.ts';
import { closingOf } from './closing.ts';
import { type CurrentSale, createCurrentSale } from './current-sale.ts';
import { createEmptiedForm } from './emptied-form.ts';
import type { SaleJournal, SaleQueries } from './journal.ts';
import { createJournalRetry } from './journal-retry.ts';
import { createLatePaymentEnds } from './late-payment-end.ts';
import { openOutcomeWatches } from './outcome-watches.ts';
import { hasOpenPayment } from './open-payment.ts';
import type { Payments } from './payments.ts';
import { createPossiblePayments } from './possible-payment.ts';
import { type PaidEarlier, createRecentlyPaid } from './recently-paid.ts';
import { recoverSales } from './recovery.ts';
import { openReversalRequests } from './reversal-requests.ts';
import { openTransferWatch } from './transfer-watch.ts';
import { type Sale, isBusy, isTroubled, newDraft } from './sale.ts';
import type { SaleEvent } from './sale-event.ts';
import { createSaleFlow } from './sale-flow.ts';
import { openSaleLedger } from './sale-ledger.ts';
import type { PresentedLink, Tender, TenderHost } from './tender.ts';
import { createBack, createTenderChange } from './tender-change.ts';
import { createTenderHost, whileChosen } from './tender-host.ts';
import { type TendersParts, createTenders } from './tenders.ts';
import type { Timers } from './timers.ts';
import { openSezzleCompletions } from './sezzle/sezzle-completions.ts';
import type { SezzleOrders } from './sezzle/sezzle-orders.ts';
import { type AskedTip, type TipOfferOf, createTipQuestion } from './tip-question.ts';

export type RegisterParts = ChargeCheckParts & TendersParts & {
  readonly checkouts: Checkouts;
  readonly payments: Payments;
  /** How customers can pay here. `hostOf`: the host to which the tender of that kind reports. */
  readonly createTenders: (current: CurrentSale, hostOf: (kind: TenderKind) => TenderHost) => readonly Tender[];
  readonly completeOrder: SezzleOrders['complete'];
  readonly journal: SaleJournal & Pick<SaleQueries, 'sale' | 'saleOn'>;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  /** UTC, ISO 8601. Written down, never decided by. */
  readonly utcNow: () => string;
  /** The shop's own day of a moment (UTC, ISO 8601), "2026-11-25". */
  readonly businessDay: (utc: string) => string;
  readonly random: () => number;
  readonly newId: () => string;
  /** Sales of the last run that are not final, oldest first. */
  readonly unfinished: readonly Sale[];
  /** How long the PC has been up, sleep included. */
  readonly upMs: () => number;
  /** By JustiFi's clock, milliseconds since 1970, UTC; null: it has not told its time in this run. */
  readonly justifiNowMs: () => number | null;
  /** The sale that was at the counter last, if it was paid or accepted and New sale has not been pressed since. */
  readonly unseen: Sale | null;
  /** The newest sales that took money, as far as the journal knows, oldest first. */
  readonly lastSales: readonly Sale[];
  /** The journal's payments of the last hour. */
  readonly recentlyPaid: readonly PaidEarlier[];
  readonly tipOffer: TipOfferOf;
  /** Remembers what is being typed; a power cut may take the last of it. */
  readonly keepDraft: (draft: Draft) => void;
  /** The text that was being typed when the register opened. */
  readonly draft: Draft;
  readonly account: { readonly subAccountId: string; readonly mode: Mode };
  readonly register: { readonly id: string; readonly name: string };
  /** The cashier at the till, by name; null where there are no names. */
  readonly cashier: () => string | null;
  /** Asks JustiFi whether this account may take payments now; null when it may, or when there is no answer. */
  readonly accountProblem: () => Promise<ChargeProblem | null>;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
  readonly onChange: () => void;
};

/** One register of one account: the sale at the counter, and the cashier's actions on it. */
export type Register = CashierActions & BackgroundSales & {
  sale(): Sale;
  /** The customer chooses a tip before the sale at the counter is charged; null: they are not asked. */
  askedTip(): AskedTip | null;
  /** The ways to pay now, the first choice first. */
  ways(): readonly TenderKind[];
  /** How long the customer still has; null: as long as they like, or they have ended. */
  secondsToPay(): number | null;
  /** The till asks the insurer's questions. */
  wantsInsured(): boolean;
  /** The link on the screen; null: none. */
  presentedLink(): PresentedLink | null;
  /** Why the customer has an empty form again; null: it is the first one. */
  formEmptied(): FormEmptied | null;
  /** The outcome of the late payment that was decided last; null: none was since the last Charge. */
  latePaymentEnd(): LatePaymentEnd | null;
  /** Another program is using the journal, and the last press or a step of the payment waits for it. */
  isHeldUp(): boolean;
  /** How many payments only this account's credentials can ask about. */
  openPayments(): number;
  /** The payments that closing Counter now would interrupt. */
  closing(): Closing;
  /** The last sale that took money and is no longer at the counter. */
  lastSale(): Sale | null;
  /** A key, a touch or a pointer: a person is at the till, and may be about to type an amount. */
  personSeen(): void;
  /** JustiFi can be reached again. */
  online(): void;
  /** The PC slept, and tokens ran out meanwhile. */
  woke(): void;
  close(): void;
};

export function openRegister(parts: RegisterParts): Register {
  const components = openComponents(parts);
  const { journalRetry, ledger, watches, completions, reversals, transfers, current, flow, tenders, tips, emptiedForm, latePaymentEnds } = components;
  recoverSales(parts, ledger, current);
  const first = current.get();
  if (first.kind === 'draft' && first.amountInCents > 0) flow.prepare();
  return {
    sale: current.get,
    askedTip: tips.asked,
    ways: tenders.ways,
    secondsToPay: () => (current.get().kind === 'submitting' ? tenders.current().secondsLeft() : null),
    wantsInsured: () => current.get().kind === 'ready' && tenders.current().insurance?.wantsDetails() === true,
    presentedLink: () => (current.get().kind === 'ready' ? tenders.current().link() : null),
    formEmptied: emptiedForm.why,
    latePaymentEnd: latePaymentEnds.last,
    isHeldUp: journalRetry.isWaiting,
    openPayments: () => ledger.sales().filter(hasOpenPayment).length,
    closing: () => closingOf([current.get(), ...ledger.sales()]),
    lastSale: flow.lastSale,
    ...createCashierActions({ ...parts, ...components }),
    ...createBackgroundSales({ ...parts, ...components }),
    personSeen: () => flow.prepare(),
    online() {
      watches.askAll();
      reversals.askAll();
      transfers.askAll();
      const sale = current.get();
      if (sale.kind !== 'draft') return;
      if (sale.problem?.kind === 'no-connection') current.replace({ ...sale, problem: null });
      if (sale.amountInCents > 0) flow.prepare();
    },
    woke() {
      for (const tender of tenders.all()) tender.discard();
      tenders.current().woke();
    },
    close() {
      const sale = current.get();
      if (isBusy(sale)) parts.log('register.closed-while-busy', { sale: sale.id, state: sale.kind });
      journalRetry.forgetPress();
      watches.close();
      completions.close();
      reversals.close();
      transfers.close();
      ledger.close();
      for (const tender of tenders.all()) {
        tender.discard();
        tender.withdraw();
      }
    },
  };
}

/** Connects the components of a register. The effects of a change of a sale happen here, in this order. */
function openComponents(parts: RegisterParts) {
  const journalRetry = createJournalRetry(parts.timers, parts.onChange);
  const ledger = openSaleLedger(parts);
  const recentlyPaid = createRecentlyPaid(parts, parts.recentlyPaid);
  const possiblePayments = createPossiblePayments(parts, ledger);
  const watches = openOutcomeWatches(parts, ledger);
  const completions = openSezzleCompletions(parts, ledger, watches);
  const reversals = openReversalRequests({ ...parts, journalRetry }, ledger);
  const transfers = openTransferWatch(parts, ledger);
  const current = createCurrentSale({ ...parts, journalRetry }, ledger, newDraft(parts.draft.saleId, parts.draft.amountInCents, parts.draft.description));
  const mode = parts.account.mode === 'training' ? null : parts.account.mode;
  const amounts = createAmountCheck({ ...parts, mode });
  const header = ({ kind }: Tender) => ({ account: parts.account, register: parts.register, cashier: parts.cashier(), tender: kind, businessDay: parts.businessDay(parts.utcNow()) });
  const tenders = createTenders(parts, current, () => made);
  const tips = createTipQuestion(parts, current);
  const flow = createSaleFlow({ ...parts, header }, ledger, current, tenders.current);
  const host = createTenderHost({ ...parts, current, flow, watches, completions, amounts, tender: tenders.current, goBack: () => void goBack() });
  const made: readonly Tender[] = parts.createTenders(current, (kind) => whileChosen(host, () => tenders.current().kind === kind));
  const changeTender = createTenderChange({ current, tenders, amounts, flow });
  const goBack = createBack({ current, tenders, flow, changeTender });
  const emptiedForm = createEmptiedForm(current);
  const latePaymentEnds = createLatePaymentEnds();
  let shown = current.get().kind;
  ledger.onChange((sale, event) => {
    if (event?.kind === 'outcome-known' || event?.kind === 'late-kept') recentlyPaid.note(sale);
    emptiedForm.note(sale, event);
    latePaymentEnds.note(sale, event);
    if (sale.id === current.get().id) {
      if (sale.kind !== shown && event !== null) moveTender(tenders.current(), sale, event);
      shown = sale.kind;
      // A new draft takes the place of this sale at once: the screen goes straight there.
      if (sale.kind === 'unresolved' || sale.kind === 'abandoned') return;
      // Its result is outdated: Needs attention and the history show the new one.
      if (isTroubled(sale) || sale.kind === 'reversed') return disregard(flow.next(), 'it ends nothing, so nothing can fail');
    }
    parts.onChange();
  });
  return { journalRetry, ledger, recentlyPaid, possiblePayments, watches, completions, reversals, transfers, current, flow, tenders, tips, changeTender, goBack, emptiedForm, latePaymentEnds };
}

const NEEDS_NO_TENDER: ReadonlySet<Sale['kind']> = new Set(['checking', 'declined', 'not-charged', 'paid', 'accepted', 'wrong-amount']);

/** Takes the form away when the sale does not need it any more. */
function moveTender(tender: Tender, sale: Sale, { kind }: SaleEvent): void {
  if (!NEEDS_NO_TENDER.has(sale.kind) || kind === 'outcome-unclear') return;
  tender.withdraw();
  if (sale.kind === 'declined') tender.prepareRetry(sale.checkoutId);
}
