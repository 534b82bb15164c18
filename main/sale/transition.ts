import { type Result, assertNever, failed, ok } from '../../contract/result.ts';
import { type Attempts, NO_ATTEMPTS, type OnCheckout, type Outcome, type Sale, type Taken, type UnresolvedWhy, onCheckout, taken } from './sale.ts';
import type { Fact, Intent, SaleEvent } from './sale-event.ts';
import { type Reversal, answered, givenBackInCents, mustRefund, openReversal } from './reversal.ts';

export type NotAllowed = { readonly kind: 'not-allowed'; readonly sale: Sale['kind']; readonly event: Intent['kind'] };

/** The sale after an intent of ours. What is not listed here cannot happen, whatever a page says. */
export function intended(sale: Sale, intent: Intent): Result<Sale, NotAllowed> {
  const next = afterIntent(sale, intent);
  return next === null ? failed({ kind: 'not-allowed', sale: sale.kind, event: intent.kind }) : ok(next);
}

/** The sale after an event, whichever it is: for those who read a journal. */
export function after(sale: Sale, event: SaleEvent): Result<Sale, NotAllowed> {
  return isFact(event) ? ok(learned(sale, event)) : intended(sale, event);
}

function isFact(event: SaleEvent): event is Fact {
  return FACTS[event.kind];
}

/** A new event is decided on here, or does not compile. */
const FACTS: Readonly<Record<SaleEvent['kind'], boolean>> = {
  'charge-asked': false,
  'checkout-asked': false,
  'form-shown': false,
  'form-renewed': false,
  'submit-allowed': false,
  'retry-asked': false,
  abandoned: false,
  'left-unresolved': false,
  found: false,
  'ended-by-manager': false,
  'wrong-amount-seen': false,
  'late-kept': false,
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
  'reversal-answered': true,
};

/** Null: not allowed. */
function afterIntent(sale: Sale, intent: Intent): Sale | null {
  switch (intent.kind) {
    case 'charge-asked':
      return sale.kind === 'draft' ? { kind: 'preparing', id: sale.id, purchase: intent.purchase, checkoutId: null, attempts: NO_ATTEMPTS } : null;
    case 'checkout-asked':
      // A draft prepares one, a charge may need a second; neither was shown.
      return sale.kind === 'draft' || (sale.kind === 'preparing' && sale.checkoutId === null) ? sale : null;
    case 'form-shown':
      return sale.kind === 'preparing' && sale.checkoutId === intent.checkoutId ? { ...sale, kind: 'ready', checkoutId: intent.checkoutId, attempts: { ...sale.attempts, shown: true } } : null;
    case 'form-renewed':
      return sale.kind === 'ready' ? { ...onCheckout(sale), kind: 'preparing' } : null;
    case 'submit-allowed':
      if (sale.kind !== 'ready' || sale.checkoutId !== intent.checkoutId || sale.purchase.totalInCents !== intent.amountInCents) return null;
      return { ...sale, kind: 'submitting', attempts: submitted(withFailed(sale.attempts, intent.failed)) };
    case 'retry-asked':
      return sale.kind === 'declined' || sale.kind === 'not-charged' ? { ...onCheckout(sale), kind: 'preparing' } : null;
    case 'abandoned':
      return sale.kind === 'preparing' && sale.checkoutId === null ? { ...sale, kind: 'abandoned' } : null;
    case 'left-unresolved':
      return leftUnresolved(sale, intent.at);
    case 'found':
      return sale.kind === 'draft' ? { kind: 'unresolved', id: sale.id, purchase: intent.purchase, checkoutId: intent.checkoutId, attempts: NO_ATTEMPTS, why: 'found', since: intent.at } : null;
    case 'ended-by-manager':
      return sale.kind === 'unresolved' ? { ...onCheckout(sale), kind: 'abandoned' } : null;
    case 'wrong-amount-seen':
      return sale.kind === 'wrong-amount' ? { ...taken(sale), kind: 'wrong-amount-seen' } : null;
    case 'late-kept':
      return sale.kind === 'late' ? { ...taken(sale), kind: sale.paymentId === null ? 'accepted' : 'paid' } : null;
    case 'reversal-asked':
      return reversing(sale, intent.reversal);
    default:
      return assertNever(intent);
  }
}

function leftUnresolved(sale: Sale, since: string): Sale | null {
  switch (sale.kind) {
    case 'preparing':
      return sale.checkoutId === null ? null : { ...onCheckout({ ...sale, checkoutId: sale.checkoutId }), kind: 'unresolved', why: whyLeft(sale.attempts, 'not-received'), since };
    case 'ready':
    case 'declined':
    case 'not-charged':
      return { ...onCheckout(sale), kind: 'unresolved', why: whyLeft(sale.attempts, 'not-received'), since };
    case 'submitting':
    case 'checking':
      return { ...onCheckout(sale), kind: 'unresolved', why: whyLeft(sale.attempts, 'unknown'), since };
    case 'draft':
    case 'paid':
    case 'accepted':
    case 'wrong-amount':
    case 'wrong-amount-seen':
    case 'unresolved':
    case 'late':
    case 'reversing':
    case 'reversed':
    case 'abandoned':
      return null;
    default:
      return assertNever(sale);
  }
}

function whyLeft({ open }: Attempts, ifOpen: UnresolvedWhy): UnresolvedWhy {
  return open > 0 ? ifOpen : 'unsubmitted';
}

function reversing(sale: Sale, reversal: Reversal): Sale | null {
  if (sale.kind !== 'late' && sale.kind !== 'paid' && sale.kind !== 'accepted' && sale.kind !== 'wrong-amount-seen') return null;
  const isLeft = sale.chargedInCents - givenBackInCents(sale.reversals) >= reversal.amountInCents && reversal.amountInCents > 0;
  if (sale.paymentId !== reversal.paymentId || !isLeft || (reversal.kind === 'void' && mustRefund(sale.reversals))) return null;
  return { ...taken(sale), kind: 'reversing', of: sale.kind, reversals: [...sale.reversals, reversal] };
}

/** The sale after a fact. Total: a fact is true in every state; where it changes nothing, the sale stays as it is. */
export function learned(sale: Sale, fact: Fact): Sale {
  switch (fact.kind) {
    case 'checkout-created':
    case 'checkout-abandoned':
    case 'submit-refused':
      return sale;
    case 'amount-confirmed': {
      // The sale takes a checkout once; a retry keeps the one it has.
      const fits = sale.kind === 'preparing' && (sale.checkoutId ?? fact.checkoutId) === fact.checkoutId && fact.amountInCents === sale.purchase.totalInCents;
      return fits ? { ...sale, checkoutId: fact.checkoutId } : sale;
    }
    case 'preparation-failed':
      if (sale.kind !== 'preparing') return sale;
      if (sale.checkoutId !== null && sale.attempts.shown) return { ...sale, kind: 'checking', checkoutId: sale.checkoutId };
      return { kind: 'draft', id: sale.id, amountInCents: sale.purchase.totalInCents, description: sale.purchase.description, problem: fact.problem };
    case 'form-lost':
      return formLost(sale);
    case 'payment-suspected':
      if (sale.kind !== 'ready' && (sale.kind !== 'preparing' || sale.checkoutId === null)) return sale;
      return { ...onCheckout({ ...sale, checkoutId: sale.checkoutId! }), kind: 'checking', attempts: suspected(sale.attempts) };
    case 'outcome-unclear':
      return sale.kind === 'submitting' ? { ...sale, kind: 'checking' } : sale;
    case 'outcome-known':
      return outcomeKnown(sale, fact.outcome, fact.at);
    case 'reversal-answered':
      return sale.kind === 'reversing' ? reversalAnswered(sale, fact) : sale;
    default:
      return assertNever(fact);
  }
}

/** What was never before the customer was not paid; of anything else only JustiFi knows. */
function formLost(sale: Sale): Sale {
  if (sale.kind === 'submitting' || sale.kind === 'ready') return { ...sale, kind: 'checking' };
  if (sale.kind !== 'preparing' || sale.checkoutId === null) return sale;
  const lost = onCheckout({ ...sale, checkoutId: sale.checkoutId });
  return sale.attempts.shown || sale.attempts.submits > 0 ? { ...lost, kind: 'checking' } : { ...lost, kind: 'not-charged', reason: 'form-lost' };
}

function outcomeKnown(sale: Sale, outcome: Outcome, at: string): Sale {
  // A checkout succeeds once: what follows a payment is said by the payment itself.
  if (sale.kind === 'draft' || sale.checkoutId === null || 'paymentId' in sale) return sale;
  const base = onCheckout({ ...sale, checkoutId: sale.checkoutId });
  switch (outcome.kind) {
    case 'paid':
    case 'accepted': {
      const { paymentId, paidWith, chargedInCents } = outcome;
      const money: Taken = { ...base, paymentId, paidWith, chargedInCents, at, reversals: [] };
      if (chargedInCents !== sale.purchase.totalInCents) return { ...money, kind: 'wrong-amount' };
      const isLate = sale.kind === 'abandoned' || (sale.kind === 'unresolved' && sale.why !== 'found');
      return { ...money, kind: isLate ? 'late' : outcome.kind };
    }
    case 'declined':
      if (sale.kind === 'submitting' || sale.kind === 'checking') return { ...base, kind: 'declined', reason: outcome.reason, code: outcome.code, attempts: outcome.attempts };
      return withAttempts(sale, base, outcome.attempts);
    case 'not-charged':
      if (sale.kind === 'submitting' || sale.kind === 'checking') return { ...base, kind: 'not-charged', reason: outcome.reason, attempts: outcome.attempts };
      return withAttempts(sale, base, outcome.attempts);
    default:
      return assertNever(outcome);
  }
}

/** An earlier attempt got its end while the sale was elsewhere. */
function withAttempts(sale: Exclude<Sale, { kind: 'draft' } | Taken>, base: OnCheckout, attempts: Attempts): Sale {
  if (sale.kind !== 'unresolved') return { ...sale, attempts };
  // Without an open attempt nothing can arrive any more.
  return attempts.open === 0 ? { ...base, kind: 'abandoned', attempts } : { ...sale, attempts, why: 'not-received' };
}

/** Refused, perhaps because the money was given back elsewhere: what JustiFi's books say is true. */
function reversalAnswered(sale: Extract<Sale, { kind: 'reversing' }>, { reversalId, answer, books, at }: Extract<Fact, { kind: 'reversal-answered' }>): Sale {
  const reversals = sale.reversals.map((reversal) => (reversal.id === reversalId ? answered(reversal, answer) : reversal));
  if (books?.kind === 'failed') return { ...onCheckout(sale), kind: 'abandoned' };
  const missing = books?.kind === 'given-back' ? books.amountInCents - givenBackInCents(reversals) : 0;
  const asked = reversals.find(({ id }) => id === reversalId);
  if (missing <= 0 || books?.kind !== 'given-back' || asked === undefined) return settled(sale, reversals);
  const elsewhere: Reversal = { ...asked, id: `${reversalId}-elsewhere`, kind: books.how, amountInCents: missing, reason: null, idempotencyKey: null, cashier: null, askedAt: at, state: 'done', code: null };
  return settled(sale, [...reversals, elsewhere]);
}

/** With these reversals: given back as a whole, still being reversed, or what it was before. */
function settled(sale: Extract<Sale, { kind: 'reversing' }>, reversals: readonly Reversal[]): Sale {
  const money = { ...taken(sale), reversals };
  if (givenBackInCents(reversals) >= sale.chargedInCents) return { ...money, kind: 'reversed' };
  return openReversal(reversals) === null ? { ...money, kind: sale.of } : { ...money, kind: 'reversing', of: sale.of };
}

function submitted(attempts: Attempts): Attempts {
  return { ...attempts, submits: attempts.submits + 1, open: attempts.open + 1, shown: true };
}

/** With a request that may still arrive the sign may be of that one; without, a charge was made that was never allowed. */
function suspected(attempts: Attempts): Attempts {
  return attempts.open > 0 ? attempts : submitted(attempts);
}

/** Attempts that turned out to have failed: each is the end of one that was open. */
export function withFailed(attempts: Attempts, ids: readonly string[]): Attempts {
  const fresh = ids.filter((id) => !attempts.failed.includes(id));
  return { ...attempts, failed: [...attempts.failed, ...fresh], open: Math.max(0, attempts.open - fresh.length) };
}
