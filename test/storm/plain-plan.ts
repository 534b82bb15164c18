import type { ReaderPress } from '../../contract/training-reader.ts';
import type { Fault } from '../justifi/fault.ts';
import { type Dice, dice } from './dice.ts';
import { BANK_ACCOUNT, type Hold, PATHS, PAYING_CARDS, type Plan, type ReversalPlan, SEZZLE_WINDOWS, type SezzleWindow, TIPS_IN_CENTS, type Visit } from './plan.ts';

const DECLINED_CARDS = ['4000000000000002', '4000000000009995', '4000000000000119', '4000000000000069'] as const;

const PRESSES: readonly ReaderPress[] = ['tap', 'tap', 'insert', 'insert', 'decline', 'cancel', 'run-out', 'unplug'];
const WINDOWS: readonly SezzleWindow[] = ['approve', 'approve', 'approve', ...SEZZLE_WINDOWS];

/** JustiFi's and the till's steps of one sale: at each of them another program may hold the journal. */
export const HOLD_MOMENTS_OF_PAY = ['POST /v1/checkouts/:id/complete', 'GET /v1/checkouts/:id', 'sale.form-shown', 'sale.submit-allowed'] as const;
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

/** The random plan of the sale with this number. */
export function plainPlan(seed: number, number: number): Plan {
  const random = diceOf(seed, number);
  const own = { amountInCents: random.chance(5) ? random.of([51, 99_999_999]) : 51 + random.below(50_000), description: `Basket ${number}` };
  const visits = Array.from({ length: 1 + random.below(3) }, () => visitOf(random));
  const atCounter: Plan = {
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
    returns: null,
    elsewhere: null,
  };
  return { ...atCounter, ...elsewhereOf(atCounter, random) };
}

/** With the problems of only this way. The last random numbers change no other sale. */
function elsewhereOf({ records }: Plan, random: Dice): Partial<Plan> {
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
  if (kind < 70) {
    // A separate premium is only in the completion.
    const premiums = records === 'no-completion' ? 'in-payment' : random.of(['in-payment', 'apart'] as const);
    return { elsewhere: { kind: 'insured', answer: random.of(['takes', 'takes', 'declines', 'changes-mind']), premiums }, faults: random.chance(30) ? [insuranceFault(random)] : [] };
  }
  if (kind < 80) return { elsewhere: { kind: 'sezzle', windows: Array.from({ length: 1 + random.below(2) }, () => random.of(WINDOWS)) }, faults: random.chance(60) ? [completionFault(random)] : [] };
  return {};
}

function insuranceFault(random: Dice): Fault {
  const moment = random.of(['before', 'after'] as const);
  return { on: random.of([PATHS.insuranceQuote, PATHS.insuranceAnswer]), skip: 0, times: 1 + random.below(2), ...random.of([{ kind: 'delay', ms: random.below(20_000) }, { kind: 'disconnect', moment }, { kind: 'hang', moment }, { kind: 'status', status: random.of([403, 422, 500, 503]), moment }] as const) };
}

/** Of an order at Sezzle: main asks again, with the same key. */
function completionFault(random: Dice): Fault {
  const moment = random.of(['before', 'after'] as const);
  return { on: PATHS.complete, skip: 0, times: 1 + random.below(3), ...random.of([{ kind: 'delay', ms: random.below(25_000) }, { kind: 'disconnect', moment }, { kind: 'hang', moment }, { kind: 'body', body: 'half-json', moment }, { kind: 'status', status: random.of([401, 403, 409, 429, 500, 503]), moment }] as const) };
}

export function reversalOf(random: Dice): ReversalPlan {
  return { void: random.of(['done', 'untouched', 'refused', 'forbidden']), refund: random.of(['done', 'pending', 'pending-then-failed', 'failed']), isKilled: random.chance(40) };
}

function holdOf(random: Dice): Hold {
  return { on: random.of(HOLD_MOMENTS), skip: random.below(3), how: random.of(['in-use', 'disk-full']), forMs: 500 + random.below(7_500) };
}

/** Without a throw of the dice, which would change every plan. Of the largest amount nothing can be given. */
function tipOf(number: number): number {
  return number % 3 === 0 ? 0 : TIPS_IN_CENTS[number % TIPS_IN_CENTS.length]!;
}

export function diceOf(seed: number, number: number): Dice {
  return dice(Math.imul(seed, 1_000_003) + number);
}

function visitOf(random: Dice): Visit {
  const kind = random.below(100);
  return {
    likesWallets: random.chance(50),
    method: kind < 60 ? { kind: 'card', number: random.of(PAYING_CARDS) } : kind < 85 ? { kind: 'card', number: random.of(DECLINED_CARDS) } : { kind: 'bank', account: BANK_ACCOUNT },
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
