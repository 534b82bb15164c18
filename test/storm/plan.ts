import type { Fault } from '../justifi/fault.ts';
import { type Dice, dice } from './dice.ts';

/** One customer of the storm: what is bought, what the customer does in the form, what goes wrong, and when the power goes. */
export type Plan = {
  readonly number: number;
  readonly amountInCents: number;
  readonly description: string;
  /** The same as the customer before: the till warns, and the cashier means it. */
  readonly sameAsBefore: boolean;
  /** One for each form that comes to the screen; the last one is repeated. */
  readonly visits: readonly Visit[];
  /** After a decline: how often the cashier tries again before the sale is given up. */
  readonly triesAgain: number;
  /** On the amber screen: wait for the end, or serve the next customer. */
  readonly whenUnclear: 'wait' | 'serve-next';
  /** What the manager does with a payment that came late; `leave` waits until the end of the day. */
  readonly whenLate: 'keep' | 'void' | 'leave';
  readonly faults: readonly Fault[];
  /** The checkout of this sale expires when its form has come to the screen. */
  readonly expires: boolean;
  /** JustiFi does not document which it is. */
  readonly declineStatus: 201 | 402;
  readonly kills: readonly Kill[];
};

/** What a customer does with one form, and what the page makes of it. Milliseconds are of the shop's time. */
export type Visit = {
  readonly method: { readonly kind: 'card'; readonly number: string } | { readonly kind: 'bank'; readonly account: string };
  readonly does: 'pay' | 'press-pay-twice' | 'go-back' | 'walk-away';
  readonly hesitatesMs: number;
  /** What the page tells main after Pay. JustiFi's own answer may be the opposite. */
  readonly says: 'submitted' | 'failed' | 'nothing';
  /** Does the page pass on the HTTP status that it saw? */
  readonly tellsStatus: boolean;
  readonly repeatsItself: boolean;
  readonly document: 'lives' | 'never-ready' | 'crashes-before-pay' | 'crashes-after-pay' | 'crashes-while-paying';
  /** The amount that the component believes in. */
  readonly believes: 'mounted' | 'nothing' | 'another-amount';
};

/** The power goes `afterMs` (of real time) after the till has said so many lines about this sale, or when the sale is over. */
export type Kill = { readonly afterLines: number; readonly afterMs: number };

const PAYS = ['4242424242424242', '5555555555554444', '378282246310005'] as const;
const DECLINES = ['4000000000000002', '4000000000009995', '4000000000000119', '4000000000000069'] as const;
const BANK_ACCOUNT = '000123456789';

const PATHS = {
  token: 'POST /oauth/token',
  create: 'POST /v1/checkouts',
  change: 'PATCH /v1/checkouts/*',
  componentToken: 'POST /v1/web_component_tokens',
  read: 'GET /v1/checkouts/*',
  tokenise: 'POST /v1/js/payment_methods',
  complete: 'POST /v1/checkouts/*/complete',
  void: 'POST /v1/payments/*/void',
  refund: 'POST /v1/payments/*/refunds',
} as const;

/** Everything about the sale with this number; the same seed and number are always the same. */
export function planOf(seed: number, number: number): Plan {
  const random = diceOf(seed, number);
  const own = { amountInCents: random.chance(5) ? random.of([51, 99_999_999]) : 51 + random.below(50_000), description: `Basket ${number}` };
  const sameAsBefore = number > 0 && random.chance(5);
  const visits = Array.from({ length: 1 + random.below(3) }, () => visitOf(random));
  return {
    number,
    ...(sameAsBefore ? basketOf(seed, number - 1) : own),
    sameAsBefore,
    visits,
    triesAgain: random.below(4),
    whenUnclear: random.chance(45) ? 'wait' : 'serve-next',
    whenLate: random.of(['keep', 'void', 'void', 'leave']),
    faults: random.chance(75) ? Array.from({ length: 1 + random.below(3) }, () => faultOf(random)) : [],
    expires: random.chance(3),
    declineStatus: random.of([201, 402]),
    kills: Array.from({ length: random.chance(15) ? 2 : 1 }, () => ({
      afterLines: 1 + random.below(26),
      afterMs: random.chance(50) ? 0 : random.below(25),
    })),
  };
}

function diceOf(seed: number, number: number): Dice {
  return dice(Math.imul(seed, 1_000_003) + number);
}

function basketOf(seed: number, number: number): Pick<Plan, 'amountInCents' | 'description'> {
  const { amountInCents, description } = planOf(seed, number);
  return { amountInCents, description };
}

function visitOf(random: Dice): Visit {
  const kind = random.below(100);
  return {
    method: kind < 60 ? { kind: 'card', number: random.of(PAYS) } : kind < 85 ? { kind: 'card', number: random.of(DECLINES) } : { kind: 'bank', account: BANK_ACCOUNT },
    does: random.chance(80) ? 'pay' : random.of(['press-pay-twice', 'press-pay-twice', 'go-back', 'walk-away']),
    hesitatesMs: 200 + random.below(1_500),
    says: random.of(['submitted', 'submitted', 'failed', 'nothing']),
    tellsStatus: random.chance(60),
    repeatsItself: random.chance(30),
    document: random.chance(85) ? 'lives' : random.of(['never-ready', 'crashes-before-pay', 'crashes-after-pay', 'crashes-while-paying']),
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
      return { ...when, kind: 'delay', ms: random.below(500) };
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
      // JustiFi is still working on it, or uses a word that nobody knows. It ends later, one way or the other.
      return {
        ...when,
        kind: 'completion',
        ...random.of([{ status: 'processing', paymentStatus: 'processing' }, { status: 'succeeded', paymentStatus: 'quantum' }]),
        later: { afterMs: random.below(2_000), paymentStatus: random.of(['succeeded', 'succeeded', 'failed']) },
      };
    default:
      return { ...when, kind: 'completion', ...random.of([{ status: 'failed', paymentStatus: 'canceled' }, { status: 'failed', paymentStatus: 'skipped' }, { status: 'failed', paymentStatus: 'failed' }]) };
  }
}
