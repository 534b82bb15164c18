import type { Insured } from '../../contract/insured.ts';
import type { TenderKind } from '../../contract/tender.ts';
import { checkDescription } from '../../contract/description.ts';
import { failed, ok } from '../../contract/result.ts';
import { type ChargeCheckParts, type ChargeOrder, type Draft, checkCharge, typedPurchase } from './charge-check.ts';
import type { Answer, CurrentSale } from './current-sale.ts';
import type { JournalRetry } from './journal-retry.ts';
import type { PossiblePayments } from './possible-payment.ts';
import type { Purchase } from './purchase.ts';
import type { RecentlyPaid } from './recently-paid.ts';
import { type Sale, isOver, newDraft, openLink } from './sale.ts';
import type { SaleFlow } from './sale-flow.ts';
import { HAS_OWN_CHECKOUT, type Tenders } from './tenders.ts';
import type { TipChosen, TipQuestion } from './tip-question.ts';

/** The cashier's actions on the sale at the counter. Each carries its sale's id: a late click changes nothing. */
export type CashierActions = {
  edit(draft: Draft): Answer;
  /** Where tips are on, the customer is asked first. */
  charge(order: ChargeOrder): Answer;
  /** The customer's tip, 0 for none: the total is charged. */
  chooseTip(saleId: string, chosen: TipChosen): Answer;
  /** Also from the question about a tip to the keypad. */
  goBack(saleId: string): Answer;
  tryAgain(saleId: string): Answer;
  /** Another way to pay, on the same checkout; before Pay, or after an attempt that took no money. */
  payBy(saleId: string, tender: TenderKind): Answer;
  /** The insurer's questions are answered: the card form opens. */
  quoteInsurance(saleId: string, insured: Insured): Answer;
  /** Ends a sale that was declined or not charged; none of it stays for the next customer. */
  cancelSale(saleId: string): Answer;
  newSale(saleId: string): Answer;
  /** For the manager: acknowledges a wrong amount, and the till goes on. */
  acknowledgeWrongAmount(saleId: string): Answer;
  /** The payment becomes unresolved, and the next customer is served; JustiFi is still asked about it. After a link was shown, too. */
  serveNext(saleId: string): Answer;
};

type CashierActionsParts = ChargeCheckParts & {
  /** Remembers what is being typed; a power cut may take the last of it. */
  readonly keepDraft: (draft: Draft) => void;
  readonly journalRetry: JournalRetry;
  readonly current: CurrentSale;
  readonly flow: SaleFlow;
  readonly tenders: Pick<Tenders, 'current' | 'offered' | 'ways'>;
  readonly changeTender: (kind: TenderKind) => Answer;
  readonly goBack: () => Answer;
  readonly recentlyPaid: RecentlyPaid;
  readonly tips: TipQuestion;
  readonly possiblePayments: PossiblePayments;
};

export function createCashierActions(parts: CashierActionsParts): CashierActions {
  const { journalRetry, current, flow, tenders, changeTender, tips } = parts;
  /** An action on this sale, done as soon as the journal takes it. */
  const press = (saleId: string, action: () => Answer) => journalRetry.press(() => (current.get().id === saleId ? action() : inProgress()));
  return {
    edit(draft) {
      journalRetry.forgetPress();
      return edit(parts, draft);
    },
    charge: (order) => press(order.saleId, () => charge(parts, order)),
    chooseTip: (saleId, chosen) => press(saleId, () => chooseTip(parts, chosen)),
    goBack: (saleId) =>
      press(saleId, () => {
        if (tips.asked() === null) return parts.goBack();
        tips.end();
        return ok(null);
      }),
    tryAgain: (saleId) =>
      press(saleId, () => {
        // A shown link cannot be taken back, so the checkout is read before, as when this way is chosen.
        const { kind } = tenders.current();
        if (kind === 'phone' || HAS_OWN_CHECKOUT.has(kind)) return changeTender(tenders.offered(kind)?.kind ?? tenders.ways()[0]!);
        const asked = current.intend({ kind: 'retry-asked' });
        if (asked.kind === 'ok') tenders.current().present(saleId);
        return asked;
      }),
    payBy: (saleId, tender) => press(saleId, () => changeTender(tender)),
    quoteInsurance: (saleId, insured) => press(saleId, () => tenders.current().insurance?.quote(saleId, insured) ?? inProgress()),
    cancelSale: (saleId) => press(saleId, () => (mayCancel(current.get()) ? flow.next(undefined, undefined, flow.abandon) : inProgress())),
    newSale(saleId) {
      const sale = current.get();
      return sale.id === saleId && isOver(sale) && sale.kind !== 'wrong-amount' ? flow.next() : inProgress();
    },
    acknowledgeWrongAmount: (saleId) =>
      press(saleId, () => {
        const seen = current.intend({ kind: 'wrong-amount-seen' });
        return seen.kind === 'ok' ? flow.next() : seen;
      }),
    serveNext: (saleId) => press(saleId, () => (mayServeNext(current.get()) ? flow.next(0, '', flow.abandon) : inProgress())),
  };
}

function edit(parts: CashierActionsParts, { saleId, amountInCents, description }: Draft): Answer {
  const { current, flow, keepDraft, tips } = parts;
  const sale = current.get();
  if (sale.kind !== 'draft' || sale.id !== saleId) return inProgress();
  // The question was about another purchase.
  if (tips.asked() !== null) tips.end();
  const checked = checkDescription(description);
  // A card number goes no further than this: not into the sale, the journal or the log.
  const isCardNumber = checked.kind === 'failed' && checked.failure.kind === 'description-card-number';
  const kept = isCardNumber ? '' : description;
  // Saved before it is shown: after a power cut the same text is on the screen again.
  keepDraft({ saleId, amountInCents, description: kept });
  current.replace(newDraft(saleId, amountInCents, kept));
  if (amountInCents > 0) flow.prepare(() => typedNow(parts));
  return isCardNumber ? current.showProblem(checked.failure) : ok(null);
}

/** The purchase that Charge would charge now; null: none. */
function typedNow(parts: CashierActionsParts): Purchase | null {
  const sale = parts.current.get();
  const typed = sale.kind === 'draft' ? typedPurchase(parts, sale) : null;
  return typed?.kind === 'ok' ? typed.value : null;
}

function charge(parts: CashierActionsParts, order: ChargeOrder): Answer {
  const { current, recentlyPaid, tips } = parts;
  if (current.get().kind !== 'draft') return inProgress();
  const purchase = checkCharge(parts, recentlyPaid, order);
  if (purchase.kind === 'failed') return current.showProblem(purchase.failure);
  if (!order.confirmed.includes('may-still-be-paid') && parts.possiblePayments.hasSame(purchase.value)) return current.showProblem({ kind: 'may-still-be-paid' });
  return tips.ask(purchase.value) ? ok(null) : begin(parts, purchase.value);
}

function chooseTip(parts: CashierActionsParts, chosen: TipChosen): Answer {
  const total = parts.tips.choose(chosen);
  if (total.kind === 'ok') return begin(parts, total.value);
  const isAnswered = total.failure.kind === 'amount-unusual' || total.failure.kind === 'sale-in-progress';
  return isAnswered ? total : parts.current.showProblem(total.failure);
}

function begin({ current, flow }: CashierActionsParts, purchase: Purchase): Answer {
  const charged = flow.charge(purchase);
  // A journal in use is shown for the whole till until it is free.
  return charged.kind === 'failed' && charged.failure.kind !== 'journal-in-use' ? current.showProblem(charged.failure) : charged;
}

function mayCancel({ kind }: Sale): boolean {
  return kind === 'declined' || kind === 'not-charged';
}

/** The outcome is not known, or the customer has a link and may pay later. */
function mayServeNext(sale: Sale): boolean {
  return sale.kind === 'checking' || (sale.kind === 'ready' && openLink(sale) !== null);
}

function inProgress(): Answer {
  return failed({ kind: 'sale-in-progress' });
}
