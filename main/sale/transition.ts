import { type Result, assertNever, failed, ok } from '../../contract/result.ts';
import { type Attempts, type Disputable, NO_ATTEMPTS, type OnCheckout, type Outcome, type Sale, type Taken, type UnresolvedWhy, isDisputable, isReversible, isTransferOpen, onCheckout, taken, withoutCompletion } from './sale.ts';
import { type Purchase, beforeTip, premiumOf, withPremium, withPremiumApart, withoutPremium } from './purchase.ts';
import type { Fact, Intent, SaleEvent } from './sale-event.ts';
import { type Reversal, answered, givenBackInCents, madeElsewhere, mustRefund, unansweredReversal } from './reversal.ts';

type NotAllowed = { readonly kind: 'not-allowed'; readonly sale: Sale['kind']; readonly event: Intent['kind'] };

/** The sale after an intent. An intent that is not allowed in this state fails, also when a page asks for it. */
export function intended(sale: Sale, intent: Intent): Result<Sale, NotAllowed> {
  const next = afterIntent(sale, intent);
  return next === null ? failed({ kind: 'not-allowed', sale: sale.kind, event: intent.kind }) : ok(next);
}

/** The sale after any event, to replay a journal. */
export function after(sale: Sale, event: SaleEvent): Result<Sale, NotAllowed> {
  return isFact(event) ? ok(learned(sale, event)) : intended(sale, event);
}

function isFact(event: SaleEvent): event is Fact {
  return FACTS[event.kind];
}

/** A new event does not compile until it is listed here. */
const FACTS: Readonly<Record<SaleEvent['kind'], boolean>> = {
  'charge-asked': false,
  'checkout-asked': false,
  'form-shown': false,
  'link-shown': false,
  'form-renewed': false,
  'submit-allowed': false,
  'retry-asked': false,
  'tender-chosen': false,
  abandoned: false,
  'marked-unresolved': false,
  found: false,
  'ended-by-manager': false,
  'wrong-amount-seen': false,
  'late-kept': false,
  'payment-trouble-seen': false,
  'reversal-asked': false,
  'checkout-created': true,
  'checkout-abandoned': true,
  'amount-confirmed': true,
  'preparation-failed': true,
  'submit-refused': true,
  'form-lost': true,
  'payment-suspected': true,
  'outcome-unclear': true,
  'outcome-known': true,
  'transfer-ended': true,
  'reversal-answered': true,
};

/** Null: not allowed. */
function afterIntent(sale: Sale, intent: Intent): Sale | null {
  switch (intent.kind) {
    case 'charge-asked':
      return sale.kind === 'draft' ? { kind: 'preparing', id: sale.id, purchase: intent.purchase, checkoutId: null, attempts: NO_ATTEMPTS, tender: intent.header.tender } : null;
    case 'checkout-asked':
      // A draft prepares a checkout, and a charge may need a second one; neither was shown.
      return sale.kind === 'draft' || (sale.kind === 'preparing' && sale.checkoutId === null) ? sale : null;
    case 'form-shown':
      return sale.kind === 'preparing' && sale.checkoutId === intent.checkoutId ? { ...sale, kind: 'ready', checkoutId: intent.checkoutId, attempts: { ...sale.attempts, shown: true } } : null;
    case 'link-shown':
      if (sale.kind !== 'preparing' || sale.checkoutId !== intent.checkoutId) return null;
      // Shown again, it is the same link to the same checkout.
      return { ...sale, kind: 'ready', checkoutId: intent.checkoutId, attempts: { ...sale.attempts, shown: true, link: sale.attempts.link ?? intent.link } };
    case 'form-renewed':
      return sale.kind === 'ready' ? { ...onCheckout(sale), kind: 'preparing' } : null;
    case 'submit-allowed':
      if (sale.kind !== 'ready' || sale.checkoutId !== intent.checkoutId || sale.purchase.totalInCents + (intent.premiumInCents ?? 0) !== intent.amountInCents) return null;
      return { ...sale, kind: 'submitting', purchase: withPremium(sale.purchase, intent.premiumInCents ?? 0), attempts: { ...submitted(withFailed(sale.attempts, intent.failed)), authorisation: intent.authorisation, completionKey: intent.completion?.methodId === null ? intent.completion.idempotencyKey : null } };
    case 'retry-asked':
      return isPayableAgain(sale) ? { ...onCheckout(sale), kind: 'preparing', purchase: withoutPremium(sale.purchase) } : null;
    case 'tender-chosen':
      return sale.kind === 'ready' || isPayableAgain(sale) ? { ...onCheckout(sale), kind: 'preparing', purchase: withoutPremium(sale.purchase), tender: intent.tender } : null;
    case 'abandoned':
      return sale.kind === 'preparing' && sale.checkoutId === null ? { ...sale, kind: 'abandoned' } : null;
    case 'marked-unresolved':
      return markedUnresolved(sale, intent.at);
    case 'found':
      return sale.kind === 'draft' ? { kind: 'unresolved', id: sale.id, purchase: intent.purchase, checkoutId: intent.checkoutId, attempts: NO_ATTEMPTS, tender: null, why: 'found', since: intent.at } : null;
    case 'ended-by-manager':
      return sale.kind === 'unresolved' ? { ...onCheckout(sale), kind: 'abandoned' } : null;
    case 'wrong-amount-seen':
      return sale.kind === 'wrong-amount' ? { ...taken(sale), kind: 'wrong-amount-seen' } : null;
    case 'late-kept':
      return sale.kind === 'late' ? { ...taken(sale), kind: sale.isPending ? 'accepted' : 'paid' } : null;
    case 'payment-trouble-seen':
      if (sale.kind === 'transfer-failed') return { ...taken(sale), kind: 'transfer-failed-seen' };
      return sale.kind === 'disputed' ? { ...taken(sale), kind: beforeDispute(sale) } : null;
    case 'reversal-asked':
      return reversing(sale, intent.reversal);
    default:
      return assertNever(intent);
  }
}

/** JustiFi takes nothing on a checkout that has expired: the cashier goes back, and the typed amount becomes another sale. */
function isPayableAgain(sale: Sale): sale is Extract<Sale, { kind: 'declined' | 'not-charged' }> {
  return sale.kind === 'declined' || (sale.kind === 'not-charged' && sale.reason !== 'expired');
}

function markedUnresolved(sale: Sale, since: string): Sale | null {
  switch (sale.kind) {
    case 'preparing':
      return sale.checkoutId === null ? null : { ...onCheckout({ ...sale, checkoutId: sale.checkoutId }), kind: 'unresolved', why: whyUnresolved(sale.attempts, 'not-received'), since };
    case 'ready':
    case 'declined':
    case 'not-charged':
      return { ...onCheckout(sale), kind: 'unresolved', why: whyUnresolved(sale.attempts, 'not-received'), since };
    case 'submitting':
    case 'checking':
      return { ...onCheckout(sale), kind: 'unresolved', why: whyUnresolved(sale.attempts, 'unknown'), since };
    case 'draft':
    case 'paid':
    case 'accepted':
    case 'wrong-amount':
    case 'wrong-amount-seen':
    case 'unresolved':
    case 'late':
    case 'reversing':
    case 'reversed':
    case 'transfer-failed':
    case 'transfer-failed-seen':
    case 'disputed':
    case 'abandoned':
      return null;
    default:
      return assertNever(sale);
  }
}

function whyUnresolved({ open, link }: Attempts, ifOpen: UnresolvedWhy): UnresolvedWhy {
  if (open === 0 && link !== null) return 'link-open';
  return open > 0 ? ifOpen : 'unsubmitted';
}

function reversing(sale: Sale, reversal: Reversal): Sale | null {
  if (!isReversible(sale)) return null;
  const isLeft = sale.chargedInCents - givenBackInCents(sale.reversals) >= reversal.amountInCents && reversal.amountInCents > 0;
  if (sale.paymentId !== reversal.paymentId || !isLeft || (reversal.kind === 'void' && mustRefund(sale.reversals))) return null;
  return { ...taken(sale), kind: 'reversing', of: sale.kind, reversals: [...sale.reversals, reversal] };
}

/** The sale after a fact. A fact is accepted in every state; where it changes nothing, the sale stays the same. */
export function learned(sale: Sale, fact: Fact): Sale {
  switch (fact.kind) {
    case 'checkout-created':
    case 'checkout-abandoned':
    case 'submit-refused':
      return sale;
    case 'amount-confirmed': {
      // A sale gets one checkout; a retry keeps it.
      const fits = sale.kind === 'preparing' && (sale.checkoutId ?? fact.checkoutId) === fact.checkoutId && fact.amountInCents === sale.purchase.totalInCents;
      return fits ? { ...sale, checkoutId: fact.checkoutId } : sale;
    }
    case 'preparation-failed':
      if (sale.kind !== 'preparing') return sale;
      // A sale keeps the checkout that a customer has seen, to its end.
      if (sale.checkoutId !== null && wasAtCustomer(sale.attempts)) return { ...sale, kind: 'checking', checkoutId: sale.checkoutId };
      return { kind: 'draft', id: sale.id, amountInCents: beforeTip(sale.purchase), description: sale.purchase.description, problem: fact.problem };
    case 'form-lost':
      return formLost(sale);
    case 'payment-suspected':
      if (sale.kind !== 'ready' && (sale.kind !== 'preparing' || sale.checkoutId === null)) return sale;
      return { ...onCheckout({ ...sale, checkoutId: sale.checkoutId! }), kind: 'checking', attempts: suspected(sale.attempts) };
    case 'outcome-unclear':
      return sale.kind === 'submitting' ? { ...sale, kind: 'checking' } : sale;
    case 'outcome-known':
      return outcomeKnown(sale, fact.outcome, fact.at);
    case 'transfer-ended':
      if (fact.how === 'disputed' && isDisputable(sale)) return { ...taken(sale), kind: 'disputed' };
      return isTransferOpen(sale) ? transferEnded(sale, fact) : sale;
    case 'reversal-answered':
      return sale.kind === 'reversing' ? reversalAnswered(sale, fact) : sale;
    default:
      return assertNever(fact);
  }
}

/** A form that was never shown was not paid. About any other JustiFi is asked. */
function formLost(sale: Sale): Sale {
  if (sale.kind === 'submitting' || sale.kind === 'ready') return { ...sale, kind: 'checking' };
  if (sale.kind !== 'preparing' || sale.checkoutId === null) return sale;
  const lost = onCheckout({ ...sale, checkoutId: sale.checkoutId });
  return wasAtCustomer(sale.attempts) ? { ...lost, kind: 'checking' } : { ...lost, kind: 'not-charged', reason: 'form-lost' };
}

const wasAtCustomer = ({ shown, submits }: Attempts): boolean => shown || submits > 0;

function outcomeKnown(sale: Sale, outcome: Outcome, at: string): Sale {
  // A checkout succeeds once: after that the payment itself is read.
  if (sale.kind === 'draft' || sale.checkoutId === null || 'paymentId' in sale) return sale;
  const base = onCheckout({ ...sale, checkoutId: sale.checkoutId });
  switch (outcome.kind) {
    case 'paid':
    case 'accepted': {
      const { paymentId, paidWith, chargedInCents } = outcome;
      const purchase = chargedPurchase(sale.purchase, outcome);
      const money: Taken = { ...base, purchase, paymentId, isPending: outcome.kind === 'accepted', paidWith, chargedInCents, at, reversals: [] };
      if (chargedInCents !== purchase.totalInCents) return { ...money, kind: 'wrong-amount' };
      const isLate = sale.kind === 'abandoned' || (sale.kind === 'unresolved' && sale.why !== 'found');
      return { ...money, kind: isLate ? 'late' : outcome.kind };
    }
    case 'declined':
      if (isBeforeLastPay(sale, outcome)) return withAttempts(sale, base, withFailed(sale.attempts, outcome.attempts.failed));
      if (sale.kind === 'submitting' || sale.kind === 'checking') return { ...base, kind: 'declined', reason: outcome.reason, code: outcome.code, attempts: outcome.attempts };
      return withAttempts(sale, base, outcome.attempts);
    case 'not-charged':
      if (isBeforeLastPay(sale, outcome)) return withAttempts(sale, base, withFailed(sale.attempts, outcome.attempts.failed));
      if (sale.kind === 'submitting' || sale.kind === 'checking' || hasExpired(sale, outcome)) return { ...base, kind: 'not-charged', reason: outcome.reason, attempts: withoutCompletion(outcome.attempts) };
      return withAttempts(sale, base, outcome.attempts);
    default:
      return assertNever(outcome);
  }
}

/** JustiFi does not say whether a premium is part of the payment or a transaction of its own (docs/justifi.md): both are right, and the second is shown apart. */
function chargedPurchase(purchase: Purchase, { chargedInCents, apartInCents }: Extract<Outcome, { kind: 'paid' | 'accepted' }>): Purchase {
  const premiumInCents = premiumOf(purchase);
  const isApart = premiumInCents > 0 && apartInCents === premiumInCents && chargedInCents === purchase.totalInCents - premiumInCents;
  return isApart ? withPremiumApart(purchase) : purchase;
}

type NoPayment = Extract<Outcome, { kind: 'declined' | 'not-charged' }>;

/** JustiFi was asked before Pay was allowed last: its answer is none to that request. */
function isBeforeLastPay({ attempts }: OnCheckoutOrBefore, outcome: NoPayment): boolean {
  return outcome.attempts.submits < attempts.submits;
}

/** No form or link on it can be paid any more, and there is no other try. A sale that has left the counter is over then. */
function hasExpired({ kind }: OnCheckoutOrBefore, { reason }: Extract<Outcome, { kind: 'not-charged' }>): boolean {
  return reason === 'expired' && kind !== 'unresolved' && kind !== 'abandoned';
}

type OnCheckoutOrBefore = Exclude<Sale, { kind: 'draft' } | Taken>;

/** An earlier attempt ended while the sale was in another state. */
function withAttempts(sale: OnCheckoutOrBefore, base: OnCheckout, attempts: Attempts): Sale {
  if (sale.kind !== 'unresolved') return { ...sale, attempts };
  if (attempts.open === 0 && attempts.link !== null) return { ...sale, attempts, why: 'link-open' };
  // Without an open attempt or a link nothing can arrive any more.
  return attempts.open === 0 ? { ...base, kind: 'abandoned', attempts } : { ...sale, attempts, why: 'not-received' };
}

/** The state of a disputed sale before the dispute. */
function beforeDispute({ chargedInCents, purchase, reversals }: Taken): Disputable {
  if (givenBackInCents(reversals) >= chargedInCents) return 'reversed';
  return chargedInCents === purchase.totalInCents ? 'paid' : 'wrong-amount-seen';
}

/** How an accepted bank transfer ended. One that was voided elsewhere is given back like any other. */
function transferEnded(sale: Extract<Sale, { kind: 'accepted' | 'late' }>, { how, at, paymentId: ended = null }: Extract<Fact, { kind: 'transfer-ended' }>): Sale {
  const paymentId = sale.paymentId ?? ended;
  const money = { ...taken(sale), paymentId, isPending: false };
  switch (how) {
    case 'settled':
      return { ...money, kind: sale.kind === 'late' ? 'late' : 'paid' };
    case 'failed':
      return { ...money, kind: 'transfer-failed' };
    case 'disputed':
      return { ...money, kind: 'disputed' };
    case 'canceled': {
      const { id, chargedInCents } = sale;
      return { ...money, kind: 'reversed', reversals: [...sale.reversals, madeElsewhere({ id: `${id}-elsewhere`, paymentId: paymentId ?? '', kind: 'void', amountInCents: chargedInCents - givenBackInCents(sale.reversals), askedAt: at, refundId: null })] };
    }
    default:
      return assertNever(how);
  }
}

/** Refused, perhaps because the money was given back elsewhere: JustiFi's payment decides. */
function reversalAnswered(sale: Extract<Sale, { kind: 'reversing' }>, { reversalId, answer, books, at }: Extract<Fact, { kind: 'reversal-answered' }>): Sale {
  const reversals = sale.reversals.map((reversal) => (reversal.id === reversalId ? answered(reversal, answer) : reversal));
  if (books?.kind === 'failed') return { ...onCheckout(sale), kind: 'abandoned' };
  const missing = books?.kind === 'given-back' ? books.amountInCents - givenBackInCents(reversals) : 0;
  const asked = reversals.find(({ id }) => id === reversalId);
  if (missing <= 0 || books?.kind !== 'given-back' || asked === undefined) return withReversals(sale, reversals);
  const elsewhere = madeElsewhere({ id: `${reversalId}-elsewhere`, paymentId: asked.paymentId, kind: books.how, amountInCents: missing, askedAt: at, refundId: asked.refundId });
  return withReversals(sale, [...reversals, elsewhere]);
}

/** The sale with these reversals: reversed, reversing, or its state before. */
function withReversals(sale: Extract<Sale, { kind: 'reversing' }>, reversals: readonly Reversal[]): Sale {
  const money = { ...taken(sale), reversals };
  if (givenBackInCents(reversals) >= sale.chargedInCents) return { ...money, kind: 'reversed' };
  return unansweredReversal(reversals) === null ? { ...money, kind: sale.of } : { ...money, kind: 'reversing', of: sale.of };
}

function submitted(attempts: Attempts): Attempts {
  return { ...attempts, submits: attempts.submits + 1, open: attempts.open + 1, shown: true };
}

/** The sign may come from an open request. Without one, a charge was made that was never allowed. */
function suspected(attempts: Attempts): Attempts {
  return attempts.open > 0 ? attempts : submitted(attempts);
}

/** Adds failed attempts. Each ends an open one. */
export function withFailed(attempts: Attempts, ids: readonly string[]): Attempts {
  const fresh = ids.filter((id) => !attempts.failed.includes(id));
  return { ...attempts, failed: [...attempts.failed, ...fresh], open: Math.max(0, attempts.open - fresh.length) };
}
