import { checkDescription } from '../../contract/description.ts';
import { type Currency, checkAmount } from '../../contract/money.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type Background, afterRestart, openBackground } from './background.ts';
import { chargeProblem } from './charge-problem.ts';
import type { Checkout, CheckoutMetadata, Checkouts } from './checkout.ts';
import type { CheckoutForm, CheckoutFormListener, CheckoutForms, SubmitRefusal } from './checkout-form.ts';
import type { SaleJournal } from './journal.ts';
import { type OutcomeWatch, watchOutcome } from './outcome-watch.ts';
import type { Payments } from './payments.ts';
import { PREPARED_AMOUNT_IN_CENTS, PREPARED_LIFETIME_MS, type PreparedCheckout, differences, prepareCheckout } from './prepared-checkout.ts';
import { type Purchase, type Sale, type SaleEvent, isBusy, isOver, newDraft, transition } from './sale.ts';
import { type Timers, within } from './timers.ts';

/** JustiFi must confirm the amount of a prepared checkout within this, else the plain way is faster. */
const CONFIRM_WITHIN_MS = 4_000;
/** A card form that takes longer is not coming: the field host hangs or is blocked. */
const FORM_READY_WITHIN_MS = 10_000;
/** Without any sign from the page the cashier is told that we are checking. */
const CHECKING_AFTER_MS = 10_000;
/** After a reported error JustiFi usually knows at once; only if it does not is the amber screen shown. */
const CHECKING_AFTER_HINT_MS = 700;
/** A preparation that failed is not tried again on the very next key press. */
const PREPARE_AGAIN_AFTER_MS = 5_000;

/** JustiFi takes ten attempts with one component token. */
const TRIES_ON_ONE_TOKEN = 8;
/** And the token lives 60 minutes; it may be up to 45 minutes old when a prepared form is shown. */
const RENEW_FORM_AFTER_MS = 10 * 60_000;

/** Within this the same amount and description once more is asked about. */
const SAME_AGAIN_WITHIN_MS = 3 * 60_000;

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
  /** Remembers what is being typed; no promise that the last of it survives. */
  readonly keepDraft: (draft: { readonly saleId: string; readonly amountInCents: number; readonly description: string }) => void;
  /** What was being typed when the register opened. */
  readonly draft: { readonly saleId: string; readonly amountInCents: number; readonly description: string };
  readonly currency: Currency;
  /** What JustiFi must call the checkouts of these credentials; null where nothing can be told (training). */
  readonly mode: 'test' | 'live' | null;
  readonly metadata: { readonly register: string; readonly cashier: string; readonly appVersion: string };
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
  readonly onChange: () => void;
};

type Answer = Result<null, ChargeProblem>;

/** One register of one account: the sale at the counter, and everything the cashier can do with it. */
export type Register = {
  sale(): Sale;
  background(): Background;
  edit(draft: { readonly saleId: string; readonly amountInCents: number; readonly description: string }): Answer;
  /** `again`: the cashier was warned that the same was just paid, and means it. */
  charge(order: { readonly saleId: string; readonly amountInCents: number; readonly description: string; readonly again: boolean }): Answer;
  goBack(saleId: string): Answer;
  tryAgain(saleId: string): Answer;
  newSale(saleId: string): Answer;
  /** Leaves a payment whose outcome is not known to the background, which goes on asking. */
  serveNext(saleId: string): Answer;
  /** The network is back. */
  online(): void;
  close(): void;
};

export function openRegister(parts: RegisterParts): Register {
  let sale: Sale = newDraft(parts.draft.saleId, parts.draft.amountInCents, parts.draft.description);
  let prepared: PreparedCheckout | null = null;
  /** The form of the sale at the counter, from the moment it may be shown. */
  let form: CheckoutForm | null = null;
  /** After a decline: a fresh document on the same checkout, mounted while the cashier reads the reason. */
  let spareForm: Result<Promise<CheckoutForm | null>, ChargeProblem> | null = null;
  let watch: OutcomeWatch | null = null;
  let lastPaid: { readonly purchase: Purchase; readonly last4: string | null; readonly atMs: number } | null = null;
  const background = openBackground({ ...parts, record });
  let callOffChecking = () => {};
  let callOffRenewal = () => {};
  let triesOnToken = 0;

  /** The one place where the sale changes: allowed by the state machine, then journaled, then true. */
  function apply(event: SaleEvent): Result<null, ChargeProblem> {
    const next = record(sale, event);
    if (next.kind === 'failed') return next;
    sale = next.value;
    // A sale that was left gives way to a new draft at once; the screen goes straight there.
    if (sale.kind !== 'left') parts.onChange();
    return ok(null);
  }

  function record(from: Sale, event: SaleEvent): Result<Sale, ChargeProblem> {
    const next = transition(from, event);
    if (next.kind === 'failed') {
      parts.log('sale.not-allowed', { sale: from.id, state: next.failure.sale, event: next.failure.event });
      return failed({ kind: 'sale-in-progress' });
    }
    const written = parts.journal.record(next.value, event);
    if (written.kind === 'failed') {
      parts.log('journal.unwritable', { sale: from.id, event: event.kind, detail: written.failure.detail });
      return failed({ kind: 'journal-unwritable' });
    }
    parts.log(`sale.${event.kind}`, { sale: from.id, state: next.value.kind, checkout: 'checkoutId' in next.value ? next.value.checkoutId : null });
    return ok(next.value);
  }

  function showProblem(problem: ChargeProblem): Answer {
    if (sale.kind === 'draft') {
      sale = { ...sale, problem };
      parts.log('sale.problem', { sale: sale.id, problem: problem.kind });
      parts.onChange();
    }
    return failed(problem);
  }

  function metadata(): CheckoutMetadata {
    return { sale: sale.id, register: parts.metadata.register, cashier: parts.metadata.cashier, app_version: parts.metadata.appVersion };
  }

  function prepare(): void {
    if (prepared !== null) {
      const ageMs = parts.monotonicMs() - prepared.sinceMs;
      if (ageMs < (prepared.failed() ? PREPARE_AGAIN_AFTER_MS : PREPARED_LIFETIME_MS)) return;
      prepared.discard();
      prepared = null;
    }
    const idempotencyKey = parts.newId();
    if (apply({ kind: 'checkout-asked', amountInCents: PREPARED_AMOUNT_IN_CENTS, idempotencyKey }).kind === 'failed') return;
    prepared = prepareCheckout(parts, { metadata: metadata(), idempotencyKey }, noteCreated, listener);
  }

  function noteCreated(checkout: Checkout): boolean {
    if (sale.kind !== 'draft' && sale.kind !== 'preparing') return false;
    return apply({ kind: 'checkout-created', checkoutId: checkout.id, amountInCents: checkout.amountInCents }).kind === 'ok';
  }

  function startNewDraft(amountInCents = 0, description = ''): void {
    sale = newDraft(parts.newId(), amountInCents, description);
    parts.onChange();
    if (amountInCents > 0) prepare();
  }

  /** Is this still the same sale, still on its way to the screen? Everything may have changed after an await. */
  function stillPreparing(saleId: string): boolean {
    return sale.id === saleId && sale.kind === 'preparing';
  }

  async function bringFormToScreen(saleId: string): Promise<void> {
    const opened = await formOnConfirmedCheckout(saleId);
    if (!stillPreparing(saleId)) {
      if (opened.kind === 'ok') opened.value.close();
      return;
    }
    if (opened.kind === 'failed') {
      const known = sale.kind === 'preparing' ? sale.checkoutId : null;
      apply(known === null ? { kind: 'preparation-failed', problem: opened.failure } : { kind: 'form-lost', why: opened.failure.kind });
      return;
    }
    await showForm(opened.value);
  }

  async function showForm(opened: CheckoutForm): Promise<void> {
    if (sale.kind !== 'preparing' || sale.checkoutId === null) return opened.close();
    const { purchase, checkoutId } = sale;
    form = opened;
    triesOnToken = 0;
    callOffRenewal = parts.timers.after(RENEW_FORM_AFTER_MS, () => renewForm('age'));
    const noted = apply({ kind: 'form-shown', checkoutId });
    if (noted.kind === 'failed') {
      closeForm();
      apply({ kind: 'preparation-failed', problem: noted.failure });
      return;
    }
    const shown = await opened.show(purchase);
    if (!shown && form === opened) loseForm('not-shown');
  }

  /** A form that is ready, on a checkout whose amount JustiFi has confirmed. */
  async function formOnConfirmedCheckout(saleId: string): Promise<Result<CheckoutForm, ChargeProblem>> {
    const early = spareForm ?? (await earlyForm(saleId));
    spareForm = null;
    if (early.kind === 'failed') return early;
    const opened = await early.value;
    if (opened !== null && (await isReady(opened))) return ok(opened);
    opened?.close();
    if (!stillPreparing(saleId) || sale.kind !== 'preparing' || sale.checkoutId === null) return failed({ kind: 'sale-in-progress' });

    const fresh = await openForm(sale.checkoutId);
    if (fresh.kind === 'failed') return fresh;
    if (await isReady(fresh.value)) return fresh;
    fresh.value.close();
    return failed({ kind: 'form-did-not-load' });
  }

  /** The form that stands ready already, if there is one; on the way the sale gets its checkout, if it has none. */
  async function earlyForm(saleId: string): Promise<Result<Promise<CheckoutForm | null>, ChargeProblem>> {
    if (sale.kind !== 'preparing' || sale.checkoutId !== null) return ok(Promise.resolve(null));
    return confirmCheckout(saleId, takePrepared());
  }

  async function openForm(checkoutId: string): Promise<Result<CheckoutForm, ChargeProblem>> {
    const token = await parts.checkouts.issueComponentToken(checkoutId);
    if (token.kind === 'failed') return failed(chargeProblem(token.failure));
    return ok(parts.forms.open({ checkoutId, componentToken: token.value }, listener));
  }

  function takePrepared(): PreparedCheckout | null {
    const candidate = prepared;
    if (candidate === null) return null;
    prepared = null;
    const fresh = parts.monotonicMs() - candidate.sinceMs < PREPARED_LIFETIME_MS && !candidate.failed();
    if (fresh) return candidate;
    candidate.discard();
    return null;
  }

  /** Gives the sale its checkout: the prepared one with its amount changed, or on any doubt a new one. */
  async function confirmCheckout(saleId: string, candidate: PreparedCheckout | null): Promise<Result<Promise<CheckoutForm | null>, ChargeProblem>> {
    if (candidate !== null) {
      const checkout = await changePrepared(candidate);
      if (checkout !== null && stillPreparing(saleId)) {
        const noted = apply({ kind: 'amount-confirmed', checkoutId: checkout.id, amountInCents: checkout.amountInCents });
        if (noted.kind === 'ok') return ok(candidate.form);
        candidate.discard();
        return noted;
      }
      candidate.discard();
      if (!stillPreparing(saleId)) return failed({ kind: 'sale-in-progress' });
    }
    const created = await createConfirmed(saleId);
    return created.kind === 'ok' ? ok(Promise.resolve(null)) : created;
  }

  /** Changes the prepared checkout to the sale. Null on any doubt: it is then never shown. */
  async function changePrepared(candidate: PreparedCheckout): Promise<Checkout | null> {
    const created = await within(parts.timers, CONFIRM_WITHIN_MS, candidate.created, null);
    if (created === null || created.kind === 'failed' || sale.kind !== 'preparing') return null;
    const { purchase, id: saleId } = sale;
    const changed = await parts.checkouts.update(created.value.id, {
      amountInCents: purchase.amountInCents,
      description: purchase.description,
      metadata: metadata(),
      timeoutMs: CONFIRM_WITHIN_MS,
    });
    const wrong =
      changed.kind === 'failed' ? [changed.failure.kind] : changed.value.id === created.value.id ? differences(changed.value, { purchase, saleId, mode: parts.mode }) : ['id'];
    if (changed.kind === 'ok' && wrong.length === 0) return changed.value;
    apply({ kind: 'checkout-abandoned', checkoutId: created.value.id, why: wrong.join(',') });
    return null;
  }

  async function createConfirmed(saleId: string): Promise<Result<null, ChargeProblem>> {
    if (sale.kind !== 'preparing') return failed({ kind: 'sale-in-progress' });
    const { purchase } = sale;
    const idempotencyKey = parts.newId();
    const noted = apply({ kind: 'checkout-asked', amountInCents: purchase.amountInCents, idempotencyKey });
    if (noted.kind === 'failed') return noted;
    const created = await parts.checkouts.create({ amountInCents: purchase.amountInCents, description: purchase.description, metadata: metadata(), idempotencyKey });
    if (created.kind === 'failed') {
      parts.log('checkout.not-created', { sale: saleId, failure: created.failure.kind, code: created.failure.code });
      return failed(chargeProblem(created.failure));
    }
    if (!stillPreparing(saleId)) return failed({ kind: 'sale-in-progress' });
    const known = apply({ kind: 'checkout-created', checkoutId: created.value.id, amountInCents: created.value.amountInCents });
    if (known.kind === 'failed') return known;
    const wrong = differences(created.value, { purchase, saleId, mode: parts.mode });
    if (wrong.length > 0) {
      apply({ kind: 'checkout-abandoned', checkoutId: created.value.id, why: wrong.join(',') });
      return failed({ kind: 'service-trouble', code: `checkout-${wrong.join('-')}` });
    }
    return apply({ kind: 'amount-confirmed', checkoutId: created.value.id, amountInCents: created.value.amountInCents });
  }

  function isReady(opened: CheckoutForm): Promise<boolean> {
    return within(parts.timers, FORM_READY_WITHIN_MS, opened.ready, false);
  }

  function closeForm(): void {
    callOffRenewal();
    form?.close();
    form = null;
    void discardSpare();
  }

  function prepareRetry(checkoutId: string): void {
    spareForm = ok(openForm(checkoutId).then((opened) => (opened.kind === 'ok' ? opened.value : null)));
  }

  async function discardSpare(): Promise<void> {
    const spare = spareForm;
    spareForm = null;
    if (spare?.kind === 'ok') (await spare.value)?.close();
  }

  function loseForm(why: string): void {
    closeForm();
    apply({ kind: 'form-lost', why });
    watch?.askNow();
  }

  /** Each failed try in the form cost requests that JustiFi counts against its token. */
  function countFailedTry(): void {
    triesOnToken += 1;
    if (triesOnToken >= TRIES_ON_ONE_TOKEN) renewForm('tries');
  }

  /** A fresh document with a fresh token on the same checkout, before the old token stops working under the customer's hands. */
  function renewForm(why: string): void {
    if (sale.kind !== 'ready') return;
    const { id } = sale;
    closeForm();
    if (apply({ kind: 'form-renewed', why }).kind === 'ok') void bringFormToScreen(id);
  }

  function refuseSubmit(kind: SubmitRefusal['kind'], why: string): Result<null, SubmitRefusal> {
    apply({ kind: 'submit-refused', why });
    return failed({ kind });
  }

  const listener: CheckoutFormListener = {
    submit(claim) {
      if (sale.kind !== 'ready' || form === null) return refuseSubmit('not-now', `state:${sale.kind}`);
      const { purchase, checkoutId, completionsBefore } = sale;
      // The component read the checkout once, when it was mounted: it may believe in the prepared amount or in the sale's, in no other.
      const believed = claim.componentAmountInCents;
      const plausible = believed === null || believed === purchase.amountInCents || believed === PREPARED_AMOUNT_IN_CENTS;
      if (claim.checkoutId !== checkoutId || !plausible) {
        const refusal = refuseSubmit('amount-changed', claim.checkoutId === checkoutId ? `amount:${believed}` : 'checkout');
        startOver({ kind: 'amount-changed' });
        return refusal;
      }
      const noted = apply({ kind: 'submit-allowed', checkoutId, amountInCents: purchase.amountInCents });
      if (noted.kind === 'failed') return failed({ kind: 'journal-unwritable' });
      startWatch(checkoutId, completionsBefore);
      checkingAfter(CHECKING_AFTER_MS, 'no-sign');
      return ok(null);
    },
    hinted(hint) {
      parts.log(`form.${hint.kind}`, { sale: sale.id, word: hint.kind === 'answered' ? hint.status : hint.word });
      if (hint.kind === 'answered') return watch?.saw(hint.status);
      if (sale.kind === 'ready' && hint.kind === 'failed') return countFailedTry();
      if (sale.kind !== 'submitting') return;
      watch?.askNow();
      checkingAfter(CHECKING_AFTER_HINT_MS, hint.kind);
    },
    goBack: () => void goBack(sale.id),
    lost(why) {
      parts.log('form.lost', { sale: sale.id, why });
      if (sale.kind === 'ready' || sale.kind === 'submitting') loseForm(why);
    },
  };

  function checkingAfter(ms: number, why: string): void {
    callOffChecking();
    callOffChecking = parts.timers.after(ms, () => {
      if (sale.kind !== 'submitting') return;
      form?.hide();
      apply({ kind: 'outcome-unclear', why });
    });
  }

  function startWatch(checkoutId: string, completionsBefore: number): void {
    watch?.stop();
    watch = watchOutcome(
      { read: () => parts.checkouts.read(checkoutId), timers: parts.timers, monotonicMs: parts.monotonicMs, random: parts.random },
      { completionsBefore, submitted: true },
      (outcome) => {
        callOffChecking();
        watch = null;
        apply({ kind: 'outcome-known', outcome, at: parts.utcNow() });
        if (sale.kind === 'paid') lastPaid = { purchase: sale.purchase, last4: sale.paidWith.last4, atMs: parts.monotonicMs() };
        closeForm();
        if (sale.kind === 'declined') prepareRetry(checkoutId);
      },
      (why) => parts.log('outcome.unclear', { sale: sale.id, checkout: checkoutId, why }),
    );
  }

  /** Leaves the sale and begins another with what was typed. What was shown once never gets another amount. */
  function startOver(problem: ChargeProblem | null): Answer {
    if (sale.kind === 'draft' || !('purchase' in sale)) return ok(null);
    const { purchase } = sale;
    const left = apply({ kind: 'left' });
    if (left.kind === 'failed') return left;
    closeForm();
    startNewDraft(purchase.amountInCents, purchase.description);
    if (problem !== null) showProblem(problem);
    return ok(null);
  }

  function goBack(saleId: string): Answer {
    return sale.id === saleId && !isOver(sale) ? startOver(null) : failed({ kind: 'sale-in-progress' });
  }

  /** Same amount and description as a sale paid within the last three minutes: a double charge, or a second customer? */
  function paidJustNow(purchase: Purchase): ChargeProblem | null {
    if (lastPaid === null) return null;
    const agoMs = parts.monotonicMs() - lastPaid.atMs;
    const same = lastPaid.purchase.amountInCents === purchase.amountInCents && lastPaid.purchase.description === purchase.description;
    return same && agoMs < SAME_AGAIN_WITHIN_MS ? { kind: 'paid-just-now', secondsAgo: Math.round(agoMs / 1000), last4: lastPaid.last4 } : null;
  }

  /** Every sale of the last run gets its true end; one that may have been charged comes back to the counter and blocks the next. */
  function recover(unfinished: readonly Sale[]): void {
    const submitted = unfinished.filter((earlier) => afterRestart(earlier) === 'counter');
    for (const earlier of unfinished) {
      const need = afterRestart(earlier);
      const toCounter = earlier === submitted.at(-1);
      if (toCounter) sale = earlier;
      else if (need === 'background') background.take(earlier);
      else if (need === 'counter' || (need === 'leave' && (earlier.kind === 'preparing' || earlier.kind === 'ready') && earlier.checkoutId !== null)) {
        const behind = record(earlier, { kind: 'left-behind' });
        if (behind.kind === 'ok') background.take(behind.value);
      } else if (need === 'leave') {
        record(earlier, { kind: 'left' });
      }
      if (need === 'leave') bringBack(earlier);
    }
    if (sale.kind !== 'submitting' && sale.kind !== 'checking') return;
    const { checkoutId, completionsBefore } = sale;
    apply({ kind: 'outcome-unclear', why: 'restart' });
    startWatch(checkoutId, completionsBefore);
    watch?.askNow();
  }

  /** What was on the screen of a sale that was not paid is typed already. */
  function bringBack(earlier: Sale): void {
    if (sale.kind !== 'draft' || sale.amountInCents > 0 || !('purchase' in earlier)) return;
    sale = newDraft(parts.newId(), earlier.purchase.amountInCents, earlier.purchase.description);
  }

  recover(parts.unfinished);
  if (sale.kind === 'draft' && sale.amountInCents > 0) prepare();

  return {
    sale: () => sale,
    background: () => background,

    edit({ saleId, amountInCents, description }) {
      if (sale.kind !== 'draft' || sale.id !== saleId) return failed({ kind: 'sale-in-progress' });
      const checked = checkDescription(description);
      // A card number goes no further than this: not into the sale, the journal or the log.
      const cardNumber = checked.kind === 'failed' && checked.failure.kind === 'description-card-number';
      const edited = transition(sale, { kind: 'edited', amountInCents, description: cardNumber ? '' : description });
      if (edited.kind === 'ok') sale = edited.value;
      parts.keepDraft({ saleId, amountInCents, description: cardNumber ? '' : description });
      if (amountInCents > 0) prepare();
      if (cardNumber) return showProblem(checked.failure);
      parts.onChange();
      return ok(null);
    },

    charge({ saleId, amountInCents, description, again }) {
      if (sale.kind !== 'draft' || sale.id !== saleId) return failed({ kind: 'sale-in-progress' });
      const amount = checkAmount(amountInCents);
      if (amount.kind === 'failed') return showProblem(amount.failure);
      const text = checkDescription(description);
      if (text.kind === 'failed') return showProblem(text.failure);
      const purchase: Purchase = { amountInCents: amount.value, currency: parts.currency, description: text.value };
      const duplicate = again ? null : paidJustNow(purchase);
      if (duplicate !== null) return showProblem(duplicate);
      const asked = apply({ kind: 'charge-asked', purchase });
      if (asked.kind === 'failed') return showProblem(asked.failure);
      void bringFormToScreen(saleId);
      return ok(null);
    },

    goBack,

    tryAgain(saleId) {
      if (sale.id !== saleId) return failed({ kind: 'sale-in-progress' });
      const asked = apply({ kind: 'retry-asked' });
      if (asked.kind === 'ok') void bringFormToScreen(saleId);
      return asked;
    },

    newSale(saleId) {
      if (sale.id !== saleId || !isOver(sale) || sale.kind === 'wrong-amount') return failed({ kind: 'sale-in-progress' });
      startNewDraft();
      return ok(null);
    },

    serveNext(saleId) {
      if (sale.id !== saleId || sale.kind !== 'checking') return failed({ kind: 'sale-in-progress' });
      const behind = record(sale, { kind: 'left-behind' });
      if (behind.kind === 'failed') return behind;
      watch?.stop();
      watch = null;
      callOffChecking();
      closeForm();
      background.take(behind.value);
      startNewDraft();
      return ok(null);
    },

    online() {
      watch?.askNow();
      background.askNow();
    },

    close() {
      background.close();
      if (isBusy(sale)) parts.log('register.closed-while-busy', { sale: sale.id, state: sale.kind });
      prepared?.discard();
      watch?.stop();
      callOffChecking();
      closeForm();
    },
  };
}
