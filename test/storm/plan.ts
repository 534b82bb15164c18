import { LARGEST_AMOUNT_IN_CENTS } from '../../contract/money.ts';
import type { ReaderPress } from '../../contract/training-reader.ts';
import type { Fault } from '../justifi/fault.ts';
import { type Dice, dice } from './dice.ts';
import type { HoldKind } from './journal-hold.ts';

/** One customer of the storm: what is bought, what the customer does in the form, what goes wrong, and when the power goes. */
export type Plan = {
  readonly number: number;
  readonly amountInCents: number;
  readonly description: string;
  /** What the customer gives beside it, when the till asks. */
  readonly tipInCents: number;
  /** The same as the customer before: the till warns, and the cashier means it. */
  readonly sameAsBefore: boolean;
  /** Chosen once the form is there. After that, or where it cannot be had, the customer pays on the form. */
  readonly elsewhere: Elsewhere | null;
  /** One for each form that comes to the screen; the last one is repeated. */
  readonly visits: readonly Visit[];
  /** After a decline: how often the cashier tries again before the sale is given up. */
  readonly triesAgain: number;
  /** On the amber screen: wait for the end, or serve the next customer. */
  readonly whenUnclear: 'wait' | 'serve-next';
  /** What the manager does with a payment that came late; `leave` waits until the end of the day. */
  readonly whenLate: 'keep' | 'void' | 'leave';
  /** Milliseconds in them are of the shop's time. */
  readonly faults: readonly Fault[];
  /** The first Pay is long on its way to JustiFi; null: it is not. */
  readonly arrival: Arrival | null;
  /** Moments at which the journal cannot be written. */
  readonly holds: readonly Hold[];
  readonly records: Records;
  readonly completionsOrder: 'oldest-first' | 'newest-first';
  /** Google Pay is switched on in the sub account. */
  readonly hasWallets: boolean;
  /** Whether JustiFi keeps the change of a checkout that it acknowledges. */
  readonly keepsChanges: boolean;
  /** Another PC with a copy of this one's disk, and so of its register id, takes a payment meanwhile. */
  readonly hasTwin: boolean;
  readonly reversal: ReversalPlan;
  /** The checkout of this sale expires when its form has come to the screen. */
  readonly expires: boolean;
  /** JustiFi does not document which it is. */
  readonly declineStatus: 201 | 402;
  readonly kills: readonly Kill[];
};

/**
 * By a login at the bank: in a document of its own, which meets the next of the visits. By a saved card: whether the bank takes it. At the card reader: what is done there, each time that it asks; the last one is repeated. On the customer's phone: whether a card is declined there
 * first, and how long after the link was shown the customer pays, in the shop's time; the cashier does not wait so long for everybody.
 */
export type Elsewhere = { readonly kind: 'reader'; readonly presses: readonly ReaderPress[]; readonly hesitatesMs: number } | { readonly kind: 'saved'; readonly card: 'pays' | 'declined' } | { readonly kind: 'plaid' } | { readonly kind: 'phone'; readonly isDeclinedFirst: boolean; readonly paysAfterMs: number | null };

/** What a customer does with one form, and what the page makes of it. Milliseconds are of the shop's time. */
export type Visit = {
  readonly method: { readonly kind: 'card'; readonly number: string } | { readonly kind: 'bank'; readonly account: string };
  /** Where there is a wallet, the customer tries it first. */
  readonly likesWallets: boolean;
  readonly does: 'pay' | 'press-pay-twice' | 'go-back' | 'walk-away';
  readonly hesitatesMs: number;
  /** What the page tells main after Pay. JustiFi's own answer may be the opposite. */
  readonly says: 'submitted' | 'failed' | 'nothing';
  /** Does the page pass on the HTTP status that it saw? */
  readonly tellsStatus: boolean;
  readonly repeatsItself: boolean;
  readonly document: 'lives' | 'never-ready' | 'slow' | 'crashes-before-pay' | 'crashes-after-pay' | 'crashes-while-paying';
  /** The amount that the component believes in. */
  readonly believes: 'mounted' | 'nothing' | 'another-amount';
};

/** The power goes `afterMs` (of real time) after the till has said so many lines about this sale, or this one, or when the sale is over. */
export type Kill = { readonly after: number | Moment; readonly afterMs: number };

/** A line of the till's: "sale.outcome-known" of its log, "screen not-charged"; or a request of JustiFi's, just before its answer leaves: "GET /v1/checkouts/:id". */
export type Moment = string;

/**
 * What is done about a Pay that has not arrived for 150 seconds. It arrives after 170 to 330 seconds: while NOT CHARGED stands, another card
 * is tried or has been declined, the same is charged on a new sale, or another customer is served; or just as its next form is opened.
 */
export type Arrival = { readonly afterMs: number; readonly meanwhile: Meanwhile };
export type Meanwhile = (typeof MEANWHILE)[number];
export const MEANWHILE = ['wait', 'form', 'other-card', 'other-card-declined', 'back', 'cancel', 'serve-next', 'kill'] as const;

export type Hold = { readonly on: Moment; readonly skip: number; readonly how: HoldKind; readonly forMs: number };

/** How JustiFi's checkout shows what its payments say: a payment without a completion, one that does not complete its checkout, a failure without a word about its payment. */
export type Records = 'usual' | 'no-completion' | 'not-completed' | 'no-payment-status';

/** What becomes of the first void and of the first refund of this sale, should it come to that. */
export type ReversalPlan = { readonly void: 'done' | 'untouched' | 'refused' | 'forbidden'; readonly refund: 'done' | 'pending' | 'pending-then-failed' | 'failed'; readonly isKilled: boolean };

/** As the till of the storm offers them. */
export const TIPS_IN_CENTS = [100, 250] as const;

const PAYS = ['4242424242424242', '5555555555554444', '378282246310005'] as const;
const DECLINES = ['4000000000000002', '4000000000009995', '4000000000000119', '4000000000000069'] as const;
const BANK_ACCOUNT = '000123456789';

const PRESSES: readonly ReaderPress[] = ['tap', 'tap', 'insert', 'insert', 'decline', 'cancel', 'run-out', 'unplug'];

/** A customer with a card that pays. */
export const PAYING: Visit = { method: { kind: 'card', number: '4242424242424242' }, likesWallets: false, does: 'pay', hesitatesMs: 600, says: 'submitted', tellsStatus: true, repeatsItself: false, document: 'lives', believes: 'mounted' };
const DECLINED: Visit = { ...PAYING, method: { kind: 'card', number: '4000000000000002' } };

/** What JustiFi does for one sale, and what the till has just done: at any of these another program may be at the journal. */
const HOLD_MOMENTS_OF_PAY = ['POST /v1/checkouts/:id/complete', 'GET /v1/checkouts/:id', 'sale.form-shown', 'sale.submit-allowed'] as const;
const HOLD_MOMENTS = [
  ...HOLD_MOMENTS_OF_PAY,
  'POST /v1/checkouts/:id/complete',
  'GET /v1/checkouts/:id',
  'POST /v1/checkouts',
  'PATCH /v1/checkouts/:id',
  'POST /v1/web_component_tokens',
  'sale.charge-asked',
  'sale.checkout-created',
  'sale.amount-confirmed',
  'sale.outcome-unclear',
  'sale.form-lost',
  'screen declined',
  'screen not-charged',
  'screen checking',
  'screen paid',
] as const;

const PATHS = {
  token: 'POST /oauth/token',
  create: 'POST /v1/checkouts',
  change: 'PATCH /v1/checkouts/*',
  componentToken: 'POST /v1/web_component_tokens',
  reader: 'POST /v1/terminals/pay',
  bankLink: 'POST /v1/plaid/*/link',
  bankToken: 'POST /v1/plaid/*/tokenize',
  read: 'GET /v1/checkouts/*',
  tokenise: 'POST /v1/js/payment_methods',
  complete: 'POST /v1/checkouts/*/complete',
  void: 'POST /v1/payments/*/void',
  refund: 'POST /v1/payments/*/refunds',
} as const;

/** Everything about the sale with this number; the same seed and number are always the same. */
export function planOf(seed: number, number: number): Plan {
  const plan = plainPlan(seed, number);
  return number % SPECIAL_EVERY === 1 ? special(plan, planOf(seed, number - 1), diceOf(seed + 1, number)) : plan;
}

function plainPlan(seed: number, number: number): Plan {
  const random = diceOf(seed, number);
  const own = { amountInCents: random.chance(5) ? random.of([51, 99_999_999]) : 51 + random.below(50_000), description: `Basket ${number}` };
  const visits = Array.from({ length: 1 + random.below(3) }, () => visitOf(random));
  return {
    number,
    tipInCents: tipOf(number),
    ...own,
    sameAsBefore: false,
    visits,
    triesAgain: random.below(4),
    whenUnclear: random.chance(45) ? 'wait' : 'serve-next',
    whenLate: random.of(['keep', 'void', 'void', 'leave']),
    faults: random.chance(75) ? Array.from({ length: 1 + random.below(3) }, () => faultOf(random)) : [],
    expires: random.chance(3),
    declineStatus: random.of([201, 402]),
    kills: Array.from({ length: random.chance(15) ? 2 : 1 }, () => ({
      after: 1 + random.below(26),
      afterMs: random.chance(50) ? 0 : random.below(25),
    })),
    arrival: null,
    holds: random.chance(40) ? [holdOf(random)] : [],
    records: random.of(['usual', 'usual', 'usual', 'no-completion', 'not-completed', 'no-payment-status']),
    completionsOrder: random.of(['oldest-first', 'newest-first']),
    hasWallets: random.chance(30),
    keepsChanges: !random.chance(10),
    hasTwin: random.chance(5),
    reversal: reversalOf(random),
    ...elsewhereOf(random),
  };
}

/** With the trouble that only this way has. */
function elsewhereOf(random: Dice): Pick<Plan, 'elsewhere'> & Partial<Pick<Plan, 'faults'>> {
  const kind = random.below(100);
  if (kind < 15) {
    const presses = Array.from({ length: 1 + random.below(2) }, () => random.of(PRESSES));
    const faults: readonly Fault[] = random.chance(50) ? [{ on: PATHS.reader, skip: 0, times: 1, ...random.of([{ kind: 'disconnect', moment: random.of(['before', 'after']) }, { kind: 'hang', moment: random.of(['before', 'after']) }, { kind: 'status', status: random.of([409, 422, 500, 503]), moment: 'before' }] as const) }] : [];
    return { elsewhere: { kind: 'reader', presses: [...presses, 'tap'], hesitatesMs: 500 + random.below(6_000) }, faults };
  }
  if (kind < 30) return { elsewhere: { kind: 'phone', isDeclinedFirst: random.chance(30), paysAfterMs: random.chance(15) ? null : 1_000 + random.below(200_000) } };
  if (kind < 45) return { elsewhere: { kind: 'saved', card: random.of(['pays', 'pays', 'declined']) } };
  if (kind < 60) {
    const faults: readonly Fault[] = random.chance(30) ? [{ on: random.of([PATHS.bankLink, PATHS.bankToken]), skip: 0, times: 1, ...random.of([{ kind: 'disconnect', moment: random.of(['before', 'after']) }, { kind: 'status', status: random.of([403, 500, 503]), moment: 'before' }] as const) }] : [];
    return { elsewhere: { kind: 'plaid' }, faults };
  }
  return { elsewhere: null };
}

/** Every second sale is one of these, so that each of them happens in sixty sales. */
const SPECIAL_EVERY = 2;
const SPECIALS: readonly ((plan: Plan, random: Dice, before: Plan) => Plan)[] = [
  ...MEANWHILE.map((meanwhile) => (plan: Plan, random: Dice) => arriving(plan, meanwhile, random)),
  // What comes late is given back, and not every plan of the list comes so far.
  (plan, random) => ({ ...arriving(plan, 'cancel', random), kills: [], reversal: { void: 'forbidden', refund: 'pending', isKilled: true } }),
  (plan, random) => ({ ...arriving(plan, 'serve-next', random), kills: [], reversal: { void: 'untouched', refund: 'pending-then-failed', isKilled: false } }),
  // A bank transfer that arrives late and is kept can still be returned.
  (plan, random) => ({ ...arriving(plan, 'serve-next', random), visits: [{ ...PAYING, method: { kind: 'bank', account: BANK_ACCOUNT }, says: 'nothing' }], whenLate: 'keep', kills: [], holds: [] }),
  // The second form comes up on a checkout that was paid a moment ago.
  (plan, random) => ({ ...arriving(plan, 'form', random), kills: [], holds: [] }),
  ...(['no-completion', 'not-completed'] as const).map((records) => (plan: Plan) => ({ ...plan, visits: [PAYING], records })),
  (plan) => ({ ...plan, elsewhere: { kind: 'saved', card: 'declined' }, visits: [DECLINED, DECLINED, PAYING], triesAgain: 3, records: 'no-payment-status', completionsOrder: 'newest-first', kills: [] }),
  (plan, _random, before) => ({ ...plan, visits: [{ ...PAYING, likesWallets: true }], hasWallets: true, ...sameAs(before), kills: [] }),
  // The card is taken at the reader while the till is off.
  (plan) => ({ ...plan, elsewhere: { kind: 'reader', presses: ['insert'], hesitatesMs: 4_000 }, kills: [{ after: 'reader.asked', afterMs: 0 }] }),
  (plan) => ({ ...plan, elsewhere: { kind: 'reader', presses: ['decline', 'unplug', 'tap'], hesitatesMs: 1_000 }, triesAgain: 3, kills: [] }),
  // Main has asked for the charge of a saved card, and the till is off when it is answered.
  (plan) => ({ ...plan, elsewhere: { kind: 'saved', card: 'pays' }, kills: [{ after: 'sale.submit-allowed', afterMs: 15 }] }),
  // The sale is left with its link, and paid later.
  (plan) => ({ ...plan, elsewhere: { kind: 'phone', isDeclinedFirst: true, paysAfterMs: 240_000 }, kills: [] }),
  (plan) => ({ ...plan, visits: [PAYING, PAYING], keepsChanges: false, kills: [] }),
  (plan) => ({ ...plan, visits: [{ ...PAYING, document: 'slow' }, PAYING], kills: [], hasTwin: true }),
  ...HOLD_MOMENTS_OF_PAY.flatMap((on) => (['in-use', 'disk-full'] as const).map((how) => (plan: Plan, random: Dice) => ({ ...plan, visits: [PAYING], kills: [], holds: [{ on, skip: 0, how, forMs: 2_000 + random.below(6_000) }] }))),
];

/** Two customers, not one who pays twice. The one before is never of these plans. */
function sameAs({ amountInCents, description, tipInCents }: Plan): Partial<Plan> {
  return { amountInCents, description, tipInCents, sameAsBefore: true };
}

/** Neighbours, which one counter serves, are of different kinds. */
const STRIDE = 7;

/** A plan in which one thing happens, and nothing of the network's comes between. */
function special(plan: Plan, before: Plan, random: Dice): Plan {
  const calm: Plan = { ...plan, elsewhere: null, sameAsBefore: false, faults: [], expires: false, holds: [], records: 'usual', keepsChanges: true, hasWallets: false };
  const turn = Math.floor(plan.number / SPECIAL_EVERY);
  return SPECIALS[(turn * STRIDE) % SPECIALS.length]!(calm, random, before);
}

function arriving(plan: Plan, meanwhile: Meanwhile, random: Dice): Plan {
  const isDeclined = meanwhile === 'other-card-declined';
  return {
    ...plan,
    visits: [{ ...PAYING, method: { kind: 'card', number: random.of(PAYS) }, says: random.of(['failed', 'nothing']) }, isDeclined ? DECLINED : PAYING],
    triesAgain: meanwhile === 'other-card' || isDeclined || meanwhile === 'form' ? 1 : 0,
    whenUnclear: meanwhile === 'serve-next' ? 'serve-next' : 'wait',
    // The customer who paid the second time does not owe the first.
    whenLate: 'void',
    arrival: { meanwhile, afterMs: 170_000 + random.below(160_000) },
    holds: random.chance(30) ? [{ on: random.of(['POST /v1/payments/:id/void', 'POST /v1/payments/:id/refunds', 'sale.reversal-asked', 'GET /v1/checkouts/:id']), skip: 0, how: random.of(['in-use', 'disk-full']), forMs: 1_000 + random.below(6_000) }] : [],
    reversal: reversalOf(random),
    kills: meanwhile === 'kill' ? [{ after: 'screen not-charged', afterMs: 0 }] : meanwhile !== 'form' && meanwhile !== 'other-card' && random.chance(30) ? plan.kills : [],
  };
}

function reversalOf(random: Dice): ReversalPlan {
  return { void: random.of(['done', 'untouched', 'refused', 'forbidden']), refund: random.of(['done', 'pending', 'pending-then-failed', 'failed']), isKilled: random.chance(40) };
}

function holdOf(random: Dice): Hold {
  return { on: random.of(HOLD_MOMENTS), skip: random.below(3), how: random.of(['in-use', 'disk-full']), forMs: 500 + random.below(7_500) };
}

/** Without a throw of the dice, which would change every plan. Of the largest amount nothing can be given. */
function tipOf(number: number): number {
  return number % 3 === 0 ? 0 : TIPS_IN_CENTS[number % TIPS_IN_CENTS.length]!;
}

/** What a customer owes: the basket, and the tip where the till has room for one. */
export function totalOf({ amountInCents, tipInCents }: Plan): number {
  return amountInCents === LARGEST_AMOUNT_IN_CENTS ? amountInCents : amountInCents + tipInCents;
}

function diceOf(seed: number, number: number): Dice {
  return dice(Math.imul(seed, 1_000_003) + number);
}

function visitOf(random: Dice): Visit {
  const kind = random.below(100);
  return {
    likesWallets: random.chance(50),
    method: kind < 60 ? { kind: 'card', number: random.of(PAYS) } : kind < 85 ? { kind: 'card', number: random.of(DECLINES) } : { kind: 'bank', account: BANK_ACCOUNT },
    does: random.chance(80) ? 'pay' : random.of(['press-pay-twice', 'press-pay-twice', 'go-back', 'walk-away']),
    hesitatesMs: 200 + random.below(1_500),
    says: random.of(['submitted', 'submitted', 'failed', 'nothing']),
    tellsStatus: random.chance(60),
    repeatsItself: random.chance(30),
    document: random.chance(85) ? 'lives' : random.of(['never-ready', 'slow', 'crashes-before-pay', 'crashes-after-pay', 'crashes-while-paying']),
    believes: random.chance(90) ? 'mounted' : random.of(['nothing', 'nothing', 'another-amount']),
  };
}

function faultOf(random: Dice): Fault {
  const on = random.of([
    PATHS.complete,
    PATHS.complete,
    PATHS.complete,
    PATHS.complete,
    PATHS.complete,
    PATHS.read,
    PATHS.read,
    PATHS.create,
    PATHS.change,
    PATHS.change,
    PATHS.componentToken,
    PATHS.tokenise,
    PATHS.token,
    PATHS.void,
    PATHS.refund,
  ]);
  const skip = random.chance(70) ? 0 : random.below(3);
  const times = 1 + random.below(on === PATHS.read ? 8 : 2);
  const moment = random.of(['before', 'after'] as const);
  const when = { on, skip, times };
  switch (random.below(on === PATHS.complete ? 9 : 5)) {
    case 0:
      // Shorter than anything that the till takes for "it never arrived".
      return { ...when, kind: 'delay', ms: random.below(20_000) };
    case 1:
      return { ...when, kind: 'disconnect', moment };
    case 2:
      return { ...when, kind: 'status', status: random.of([401, 403, 409, 429, 500, 502, 503, 504]), moment };
    case 3:
      return { ...when, kind: 'body', body: random.of(['half-json', 'html', 'empty']), moment };
    case 4:
      return { ...when, kind: 'hang', moment };
    case 5:
    case 6:
    case 7:
      // JustiFi is still working on it, or answers an unknown status. It ends later, one way or the other.
      return {
        ...when,
        kind: 'completion',
        ...random.of([{ status: 'processing', paymentStatus: 'processing' }, { status: 'succeeded', paymentStatus: 'quantum' }]),
        later: { afterMs: random.below(80_000), paymentStatus: random.of(['succeeded', 'succeeded', 'failed']) },
      };
    default:
      return { ...when, kind: 'completion', ...random.of([{ status: 'failed', paymentStatus: 'canceled' }, { status: 'failed', paymentStatus: 'skipped' }, { status: 'failed', paymentStatus: 'failed' }]) };
  }
}
