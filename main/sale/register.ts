import { checkDescription } from '../../contract/description.ts';
import { type AmountLimits, type Currency, checkAmount } from '../../contract/money.ts';
import type { ChargeDoubt, ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type Background, openBackground } from './background.ts';
import type { CheckoutMetadata, Checkouts } from './checkout.ts';
import type { CheckoutFormListener, CheckoutForms, SubmitRefusal } from './checkout-form.ts';
import { type Answer, type CurrentSale, openCurrentSale } from './current-sale.ts';
import type { SaleJournal } from './journal.ts';
import { type OutcomeWatch, watchOutcome } from './outcome-watch.ts';
import { rememberPaid } from './paid-lately.ts';
import type { Payments } from './payments.ts';
import { PREPARED_AMOUNT_IN_CENTS } from './prepared-checkout.ts';
import { PATIENCE_MS } from './reconcile.ts';
import { recoverSales } from './recovery.ts';
import { type Purchase, type Sale, isBusy, isOver, mayStillArrive, newDraft, tookMoney, transition } from './sale.ts';
import { openSaleCheckout } from './sale-checkout.ts';
import { openSaleForm } from './sale-form.ts';
import type { Timers } from './timers.ts';

/** Without any sign from the page the cashier is told that we are checking. */
const CHECKING_AFTER_MS = 10_000;
/** After a reported error JustiFi usually knows at once; only if it does not is the amber screen shown. */
const CHECKING_AFTER_HINT_MS = 700;

/** The shop's own limits, within JustiFi's. */
export type ChargeLimits = AmountLimits & {
  /** Above this an amount has to be meant; null: never asked. */
  readonly confirmAboveInCents: number | null;
  /** Within this the same amount and description once more is asked about. 0: never. */
  readonly sameAgainWithinMs: number;
};

export type Draft = { readonly saleId: string; readonly amountInCents: number; readonly description: string };
/** `meant`: what the cashier was asked about, and confirmed. */
export type ChargeOrder = Draft & { readonly meant: readonly ChargeDoubt[] };

export type RegisterParts = {
  readonly checkouts: Checkouts;
  readonly payments: Payments;
  readonly forms: CheckoutForms;
  readonly journal: SaleJournal;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  /** UTC, ISO 8601. Written down, never decided by. */
  readonly utcNow: () => string;
  readonly random: () => number;
  readonly newId: () => string;
  /** Sales of the last run whose end is open, oldest first. */
  readonly unfinished: readonly Sale[];
  /** The sale that was at the counter last, if it was paid or accepted and nobody has pressed New sale since. */
  readonly unseen: Sale | null;
  /** The last sale that took money, as far as the journal knows. */
  readonly lastSale: Sale | null;
  /** Remembers what is being typed; no promise that the last of it survives. */
  readonly keepDraft: (draft: Draft) => void;
  /** What was being typed when the register opened. */
  readonly draft: Draft;
  readonly currency: Currency;
  /** What JustiFi must call the checkouts of these credentials; null where nothing can be told (training). */
  readonly mode: 'test' | 'live' | null;
  readonly metadata: Omit<CheckoutMetadata, 'sale' | 'cashier'>;
  /** Whoever is at the till, by name; null where nobody has one. */
  readonly cashier: () => string | null;
  readonly limits: () => ChargeLimits;
  readonly isReachable: () => boolean;
  /** Asks JustiFi whether this account may take payments now; null when it may, or when nobody can tell. */
  readonly accountProblem: () => Promise<ChargeProblem | null>;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
  readonly onChange: () => void;
};

/** One register of one account: the sale at the counter, and everything the cashier can do with it. */
export type Register = {
  sale(): Sale;
  /** The last sale that took money and gave way to another. */
  lastSale(): Sale | null;
  background(): Background;
  /** Journals an event of a sale that is not at the counter; the sale as it is then. */
  record: CurrentSale['record'];
  edit(draft: Draft): Answer;
  charge(order: ChargeOrder): Answer;
  goBack(saleId: string): Answer;
  tryAgain(saleId: string): Answer;
  newSale(saleId: string): Answer;
  /** For the manager: a wrong amount has been looked at, and the till goes on. */
  wrongAmountSeen(saleId: string): Answer;
  /** Leaves a payment whose outcome is not known to the background, which goes on asking. */
  serveNext(saleId: string): Answer;
  /** JustiFi can be reached again. */
  online(): void;
  /** The PC slept; tokens did not. */
  woke(): void;
  close(): void;
};

export function openRegister(parts: RegisterParts): Register {
  const current = openCurrentSale(parts, newDraft(parts.draft.saleId, parts.draft.amountInCents, parts.draft.description));
  const background = openBackground({ ...parts, record: current.record });
  const paidLately = rememberPaid(parts.monotonicMs);
  let lastSale = parts.lastSale;
  let watch: OutcomeWatch | null = null;
  let callOffChecking = () => {};

  const listener: CheckoutFormListener = {
    submit,
    hinted(hint) {
      const sale = current.get();
      parts.log(`form.${hint.kind}`, { sale: sale.id, word: hint.kind === 'answered' ? hint.status : hint.word });
      if (hint.kind === 'answered') return watch?.saw(hint.status);
      if (sale.kind === 'ready' && hint.kind === 'failed') {
        const isRefusal = hint.word === 'tokenize-error';
        form.countFailedTry(isRefusal ? 'refused' : 'other');
        if (isRefusal) void lookAtAccount(sale.id);
        return;
      }
      if (sale.kind !== 'submitting') return;
      watch?.askNow();
      checkingAfter(CHECKING_AFTER_HINT_MS, hint.kind);
    },
    goBack: () => void goBack(current.get().id),
    lost(why) {
      const sale = current.get();
      parts.log('form.lost', { sale: sale.id, why });
      if (sale.kind === 'ready' || sale.kind === 'submitting') form.lose(why);
    },
  };
  const checkout = openSaleCheckout(parts, current, listener);
  const form = openSaleForm(parts, current, checkout, listener, () => watch?.askNow());

  function prepare(): void {
    if (parts.isReachable()) checkout.prepare();
  }

  function startNewDraft(amountInCents = 0, description = '', leave?: () => Answer): Answer {
    const before = current.get();
    if (tookMoney(before)) lastSale = before;
    const started = current.startDraft(amountInCents, description, leave);
    if (started.kind === 'ok' && amountInCents > 0) prepare();
    return started;
  }

  /** The write-ahead point: the component charges only after ok. */
  function submit(claim: Parameters<CheckoutFormListener['submit']>[0]): Result<null, SubmitRefusal> {
    const sale = current.get();
    if (sale.kind !== 'ready' || !form.isOpen()) return refuseSubmit('not-now', `state:${sale.kind}`);
    const { purchase, checkoutId, completionsBefore } = sale;
    // The component read the checkout once, when it was mounted: it may believe in the prepared amount or in the sale's, in no other.
    const believed = claim.componentAmountInCents;
    const plausible = believed === null || believed === purchase.amountInCents || believed === PREPARED_AMOUNT_IN_CENTS;
    if (claim.checkoutId !== checkoutId || !plausible) {
      const refusal = refuseSubmit('amount-changed', claim.checkoutId === checkoutId ? `amount:${believed}` : 'checkout');
      startOver({ kind: 'amount-changed' });
      return refusal;
    }
    const noted = current.apply({ kind: 'submit-allowed', checkoutId, amountInCents: purchase.amountInCents });
    if (noted.kind === 'failed') return failed({ kind: 'journal-unwritable' });
    startWatch(checkoutId, completionsBefore);
    checkingAfter(CHECKING_AFTER_MS, 'no-sign');
    return ok(null);
  }

  function refuseSubmit(kind: SubmitRefusal['kind'], why: string): Result<null, SubmitRefusal> {
    current.apply({ kind: 'submit-refused', why });
    return failed({ kind });
  }

  function checkingAfter(ms: number, why: string): void {
    callOffChecking();
    callOffChecking = parts.timers.after(ms, () => {
      if (current.get().kind !== 'submitting') return;
      form.hide();
      current.apply({ kind: 'outcome-unclear', why });
    });
  }

  function startWatch(checkoutId: string, completionsBefore: number): void {
    watch?.stop();
    watch = watchOutcome(
      { read: () => parts.checkouts.read(checkoutId), timers: parts.timers, monotonicMs: parts.monotonicMs, random: parts.random },
      { completionsBefore, patienceMs: PATIENCE_MS.unknown },
      (outcome) => {
        callOffChecking();
        watch = null;
        current.apply({ kind: 'outcome-known', outcome, at: parts.utcNow() });
        const sale = current.get();
        if (sale.kind === 'paid' || sale.kind === 'accepted') paidLately.note(sale.purchase, sale.paidWith.last4);
        form.close();
        if (sale.kind === 'declined') form.prepareRetry(checkoutId);
      },
      (why) => parts.log('outcome.unclear', { sale: current.get().id, checkout: checkoutId, why }),
    );
  }

  /** Leaves the sale and begins another with what was typed. What was shown once never gets another amount. */
  function startOver(problem: ChargeProblem | null): Answer {
    const sale = current.get();
    if (sale.kind === 'draft' || !('purchase' in sale)) return ok(null);
    const { purchase } = sale;
    const started = startNewDraft(purchase.amountInCents, purchase.description, () => {
      const left = mayStillArrive(sale) ? leaveBehind() : current.apply({ kind: 'left' });
      if (left.kind === 'ok') form.close();
      return left;
    });
    if (started.kind === 'ok' && problem !== null) current.showProblem(problem);
    return started;
  }

  /** The sale at the counter goes to the background; another must take its place at once. */
  function leaveBehind(): Answer {
    const behind = current.record(current.get(), { kind: 'left-behind' });
    if (behind.kind === 'failed') return behind;
    background.take(behind.value);
    return ok(null);
  }

  /** The component says that the details were refused, and never why: a shop that may not take payments looks like a mistyped card. */
  async function lookAtAccount(saleId: string): Promise<void> {
    const problem = await parts.accountProblem();
    const sale = current.get();
    if (problem !== null && sale.id === saleId && sale.kind === 'ready') startOver(problem);
  }

  function goBack(saleId: string): Answer {
    const sale = current.get();
    return sale.id === saleId && !isOver(sale) ? startOver(null) : failed({ kind: 'sale-in-progress' });
  }

  /** What stands against this charge; null when it may begin. */
  function whyNotCharge({ amountInCents, description, meant }: ChargeOrder, limits: ChargeLimits): ChargeProblem | Purchase {
    const amount = checkAmount(amountInCents, limits);
    if (amount.kind === 'failed') return amount.failure;
    const text = checkDescription(description);
    if (text.kind === 'failed') return text.failure;
    if (!parts.isReachable()) return { kind: 'no-connection' };
    const purchase: Purchase = { amountInCents: amount.value, currency: parts.currency, description: text.value };
    if (!meant.includes('amount-unusual') && limits.confirmAboveInCents !== null && amount.value > limits.confirmAboveInCents) return { kind: 'amount-unusual' };
    // A double charge, or a second customer with the same?
    const same = meant.includes('paid-just-now') ? null : paidLately.same(purchase, limits.sameAgainWithinMs);
    return same === null ? purchase : { kind: 'paid-just-now', ...same };
  }

  /** A sale of the last run that may have been charged is asked about before anything else. */
  function askAboutLastRun(): void {
    const sale = current.get();
    if (sale.kind !== 'submitting' && sale.kind !== 'checking') return;
    current.apply({ kind: 'outcome-unclear', why: 'restart' });
    startWatch(sale.checkoutId, sale.completionsBefore);
    watch?.askNow();
  }

  recoverSales(parts, current, background);
  askAboutLastRun();
  const first = current.get();
  if (first.kind === 'draft' && first.amountInCents > 0) prepare();

  return {
    sale: current.get,
    lastSale: () => lastSale,
    background: () => background,
    record: current.record,

    edit({ saleId, amountInCents, description }) {
      const sale = current.get();
      if (sale.kind !== 'draft' || sale.id !== saleId) return failed({ kind: 'sale-in-progress' });
      const checked = checkDescription(description);
      // A card number goes no further than this: not into the sale, the journal or the log.
      const cardNumber = checked.kind === 'failed' && checked.failure.kind === 'description-card-number';
      const kept = cardNumber ? '' : description;
      const edited = transition(sale, { kind: 'edited', amountInCents, description: kept });
      // First kept, then shown: what was on the screen when the power went is there again.
      parts.keepDraft({ saleId, amountInCents, description: kept });
      if (edited.kind === 'ok') current.replace(edited.value);
      if (amountInCents > 0) prepare();
      return cardNumber ? current.showProblem(checked.failure) : ok(null);
    },

    charge(order) {
      const sale = current.get();
      if (sale.kind !== 'draft' || sale.id !== order.saleId) return failed({ kind: 'sale-in-progress' });
      const purchase = whyNotCharge(order, parts.limits());
      if ('kind' in purchase) return current.showProblem(purchase);
      const asked = current.apply({ kind: 'charge-asked', purchase, cashier: parts.cashier() });
      if (asked.kind === 'failed') return current.showProblem(asked.failure);
      void form.bringToScreen(sale.id);
      return ok(null);
    },

    goBack,

    tryAgain(saleId) {
      if (current.get().id !== saleId) return failed({ kind: 'sale-in-progress' });
      const asked = current.apply({ kind: 'retry-asked' });
      if (asked.kind === 'ok') void form.bringToScreen(saleId);
      return asked;
    },

    newSale(saleId) {
      const sale = current.get();
      if (sale.id !== saleId || !isOver(sale) || sale.kind === 'wrong-amount') return failed({ kind: 'sale-in-progress' });
      return startNewDraft();
    },

    wrongAmountSeen(saleId) {
      if (current.get().id !== saleId) return failed({ kind: 'sale-in-progress' });
      const seen = current.apply({ kind: 'wrong-amount-seen' });
      return seen.kind === 'ok' ? startNewDraft() : seen;
    },

    serveNext(saleId) {
      const sale = current.get();
      if (sale.id !== saleId || sale.kind !== 'checking') return failed({ kind: 'sale-in-progress' });
      const behind = leaveBehind();
      if (behind.kind === 'failed') return behind;
      watch?.stop();
      watch = null;
      callOffChecking();
      form.close();
      return startNewDraft();
    },

    online() {
      watch?.askNow();
      background.askNow();
      const sale = current.get();
      if (sale.kind !== 'draft') return;
      if (sale.problem?.kind === 'no-connection') current.replace({ ...sale, problem: null });
      if (sale.amountInCents > 0) prepare();
    },

    woke() {
      checkout.discard();
      form.renew();
    },

    close() {
      background.close();
      const sale = current.get();
      if (isBusy(sale)) parts.log('register.closed-while-busy', { sale: sale.id, state: sale.kind });
      checkout.discard();
      watch?.stop();
      callOffChecking();
      form.close();
    },
  };
}
