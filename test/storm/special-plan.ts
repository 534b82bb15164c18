import type { Dice } from './dice.ts';
import { HOLD_MOMENTS_OF_PAY, reversalOf } from './plain-plan.ts';
import { BANK_ACCOUNT, DECLINED, MEANWHILE, type Meanwhile, PATHS, PAYING, PAYING_CARDS, type Plan, type Visit } from './plan.ts';

/** `before`: of the customer before. `shows`: the kinds of events, as they are counted, that this plan is made for. */
type Special = { readonly shows: readonly string[]; readonly plan: (plan: Plan, random: Dice, before: () => Plan) => Plan };

const special = (plan: Special['plan'], ...shows: readonly string[]): Special => ({ shows, plan });

/** Every second sale is one of these, so that each of them happens in sixty sales. */
const SPECIAL_EVERY = 2;
const SPECIALS: readonly Special[] = [
  ...MEANWHILE.map((meanwhile) => special((plan, random) => arriving(plan, meanwhile, random), `arrived late, ${meanwhile}`)),
  // Late payments are given back, and not every plan of the list gets so far.
  special((plan, random) => ({ ...arriving(plan, 'cancel', random), kills: [], reversal: { void: 'forbidden', refund: 'pending', isKilled: true } }), 'void forbidden', 'refund pending', 'killed while a payment is given back'),
  special((plan, random) => ({ ...arriving(plan, 'serve-next', random), kills: [], reversal: { void: 'untouched', refund: 'pending-then-failed', isKilled: false } }), 'void that left the payment as it was', 'refund pending'),
  // A bank transfer that arrives late and is kept can still be returned.
  special((plan, random) => ({ ...arriving(plan, 'serve-next', random), visits: [{ ...PAYING, method: { kind: 'bank', account: BANK_ACCOUNT }, says: 'nothing' }], whenLate: 'keep', kills: [], holds: [] }), 'late bank transfer kept'),
  // The second form comes up on a checkout that was paid a moment ago.
  special((plan, random) => ({ ...arriving(plan, 'form', random), kills: [], holds: [] }), 'form on a completed checkout'),
  special((plan) => ({ ...plan, visits: [PAYING], records: 'no-completion' }), 'paid without a completion'),
  // The card is charged, and the till is off when JustiFi's answer leaves.
  special((plan) => ({ ...plan, visits: [PAYING], records: 'not-completed', kills: [{ after: 'POST /v1/checkouts/:id/complete', afterMs: 0 }] }), 'paid, and the checkout not completed', 'killed while paying, card-form'),
  special((plan) => ({ ...plan, elsewhere: { kind: 'saved', card: 'declined' }, visits: [DECLINED, DECLINED, PAYING], triesAgain: 3, records: 'no-payment-status', completionsOrder: 'newest-first', kills: [] }), 'saved card declined', 'attempts newest first', 'failed without a payment status'),
  special((plan, _random, before) => ({ ...plan, visits: [{ ...PAYING, likesWallets: true }], hasWallets: true, ...sameAs(before()), kills: [] }), 'wallet asked to charge'),
  // The card is taken at the reader while the till is off.
  special((plan) => ({ ...plan, elsewhere: { kind: 'reader', presses: ['insert'], hesitatesMs: 4_000 }, kills: [{ after: 'reader.asked', afterMs: 0 }] }), 'at the reader, insert', 'killed while paying, reader'),
  special((plan) => ({ ...plan, elsewhere: { kind: 'reader', presses: ['decline', 'unplug', 'tap'], hesitatesMs: 1_000 }, triesAgain: 3, kills: [] }), 'at the reader, decline'),
  // The saved card is charged, and the till is off when JustiFi's answer leaves.
  special((plan) => ({ ...plan, elsewhere: { kind: 'saved', card: 'pays' }, kills: [{ after: 'POST /v1/checkouts/:id/complete', afterMs: 0 }] }), 'saved card charged', 'killed while paying, saved'),
  // The sale is left with its link, and paid later.
  special((plan) => ({ ...plan, elsewhere: { kind: 'phone', isDeclinedFirst: true, paysAfterMs: 240_000 }, kills: [] }), 'declined on a phone', 'paid on a phone'),
  special((plan) => ({ ...plan, visits: [PAYING, PAYING], keepsChanges: false, kills: [] }), 'change acknowledged and not kept'),
  special((plan) => ({ ...plan, visits: [{ ...PAYING, document: 'slow' }, PAYING], kills: [], hasTwin: true }), 'form that answers late', 'payment at a twin'),
  ...HOLD_MOMENTS_OF_PAY.flatMap((on) =>
    (['in-use', 'disk-full'] as const).map((how) => special((plan, random) => ({ ...plan, visits: [PAYING], kills: [], holds: [{ on, skip: 0, how, forMs: 2_000 + random.below(6_000) }] }), `not written, ${how === 'in-use' ? 'another program at the journal' : 'disk full'}`)),
  ),
];

/** Two customers, not one who pays twice. The one before is never of this plan. */
function sameAs({ amountInCents, description, tipInCents }: Plan): Partial<Plan> {
  return { amountInCents, description, tipInCents, sameAsBefore: true };
}

/** With the card form on the screen first: the customer says that they pay another way. */
const ASKS: Visit = { ...PAYING, hesitatesMs: 3_000 };

/** Every sixth sale is one of these. */
const WITH_OTHERS_EVERY = 6;
const WITH_OTHERS_AT = 4;
/** With an insurer, Sezzle or the customer's bank. */
const WITH_OTHERS: readonly Special[] = [
  special((plan) => ({ ...plan, elsewhere: { kind: 'insured', answer: 'takes', premiums: 'in-payment' }, visits: [ASKS, DECLINED, { ...PAYING, document: 'crashes-after-pay' }], triesAgain: 1 }), 'insured, premium in the payment', 'crashed after Pay, insured'),
  special((plan) => ({ ...plan, elsewhere: { kind: 'insured', answer: 'takes', premiums: 'apart' }, visits: [ASKS, PAYING], kills: [{ after: 'POST /v1/checkouts/:id/complete', afterMs: 0 }] }), 'insured, premium apart', 'killed while paying, insured'),
  special((plan) => ({ ...plan, elsewhere: { kind: 'insured', answer: 'changes-mind', premiums: 'apart' }, visits: [ASKS, PAYING], faults: [{ on: PATHS.insuranceAnswer, times: 1, kind: 'disconnect', moment: 'before' }] }), 'insurance declined'),
  special((plan) => ({ ...plan, elsewhere: { kind: 'insured', answer: 'takes', premiums: 'in-payment' }, visits: [ASKS, PAYING], faults: [{ on: PATHS.insuranceQuote, kind: 'status', status: 503, moment: 'before' }] }), 'no quote of an insurance'),
  special((plan) => ({ ...plan, elsewhere: { kind: 'plaid' }, visits: [ASKS, PAYING], kills: [{ after: 'POST /v1/checkouts/:id/complete', afterMs: 0 }] }), 'bank login charged', 'killed while paying, plaid'),
  special((plan) => ({ ...plan, elsewhere: { kind: 'sezzle', windows: ['cancel', 'fail', 'close', 'stays-open', 'crash', 'approve'] }, visits: [ASKS, PAYING], triesAgain: 5 }), 'order at Sezzle paid', 'window of Sezzle, complete', 'window of Sezzle, cancelled', 'window of Sezzle, failed', 'window of Sezzle, closed', 'crashed at Sezzle', 'window of Sezzle left open'),
  // The customer has approved the order, and the till is off before it hears so.
  special((plan) => ({ ...plan, elsewhere: { kind: 'sezzle', windows: ['approve'] }, visits: [ASKS, PAYING], kills: [{ after: 'POST /checkout/:id', afterMs: 0 }] }), 'killed with an approved order at Sezzle'),
  // The answer to main's request comes late and is lost; the request comes once more, and JustiFi answers twice.
  special((plan) => ({ ...plan, elsewhere: { kind: 'sezzle', windows: ['approve-then-cancel'] }, visits: [ASKS, PAYING], faults: [{ on: PATHS.complete, times: 1, kind: 'delay', ms: 12_000 }, { on: PATHS.complete, times: 1, kind: 'disconnect', moment: 'after' }] }), 'completion at Sezzle asked again with its key', 'completion at Sezzle answered late'),
  // It never comes, as long as the customer is there.
  special((plan) => ({ ...plan, elsewhere: { kind: 'sezzle', windows: ['approve-then-stays-open'] }, visits: [ASKS, PAYING], faults: [{ on: PATHS.complete, kind: 'hang', moment: 'before' }], whenUnclear: 'serve-next', whenLate: 'keep' }), 'completion at Sezzle never answered', 'order at Sezzle paid after the sale was left'),
  special((plan) => ({ ...plan, elsewhere: { kind: 'sezzle', windows: ['no-script'] }, visits: [ASKS, PAYING] }), 'script of Sezzle not loaded'),
];

/** Neighbours, which one counter serves, are of different kinds. */
const STRIDE = 7;

/** The plan of a sale with one special event and no network faults; the plain one for other numbers. */
export function specialPlan(plan: Plan, random: Dice, before: () => Plan): Plan {
  const { number } = plan;
  const calm: Plan = { ...plan, elsewhere: null, sameAsBefore: false, faults: [], expires: false, holds: [], records: 'usual', keepsChanges: true, hasWallets: false };
  const made = specialAt(number);
  if (made === null) return plan;
  if (number % SPECIAL_EVERY === 1) return made.plan(calm, random, before);
  // An amount to which a premium can be added, and that Sezzle takes.
  const amountInCents = 1_000 + (plan.amountInCents % 40_000);
  return made.plan({ ...calm, amountInCents, kills: [] }, random, before);
}

/** The kinds of events for which there is such a plan. */
export const MADE_FOR: ReadonlySet<string> = new Set([...SPECIALS, ...WITH_OTHERS].flatMap(({ shows }) => shows));

/** Whether the sale with this number is made for one of these kinds of events. */
export function isMadeFor(number: number, kinds: readonly string[]): boolean {
  return specialAt(number)?.shows.some((kind) => kinds.includes(kind)) === true;
}

function specialAt(number: number): Special | null {
  if (number % SPECIAL_EVERY === 1) return atTurn(SPECIALS, Math.floor(number / SPECIAL_EVERY));
  return number % WITH_OTHERS_EVERY === WITH_OTHERS_AT ? atTurn(WITH_OTHERS, Math.floor(number / WITH_OTHERS_EVERY)) : null;
}

function atTurn(specials: readonly Special[], turn: number): Special {
  return specials[(turn * STRIDE) % specials.length]!;
}

function arriving(plan: Plan, meanwhile: Meanwhile, random: Dice): Plan {
  const isDeclined = meanwhile === 'other-card-declined';
  return {
    ...plan,
    visits: [{ ...PAYING, method: { kind: 'card', number: random.of(PAYING_CARDS) }, says: random.of(['failed', 'nothing']) }, isDeclined ? DECLINED : PAYING],
    triesAgain: meanwhile === 'other-card' || isDeclined || meanwhile === 'form' ? 1 : 0,
    whenUnclear: meanwhile === 'serve-next' ? 'serve-next' : 'wait',
    // The second customer does not owe the first payment.
    whenLate: 'void',
    arrival: { meanwhile, afterMs: 170_000 + random.below(160_000) },
    holds: random.chance(30) ? [{ on: random.of(['POST /v1/payments/:id/void', 'POST /v1/payments/:id/refunds', 'sale.reversal-asked', 'GET /v1/checkouts/:id']), skip: 0, how: random.of(['in-use', 'disk-full']), forMs: 1_000 + random.below(6_000) }] : [],
    reversal: reversalOf(random),
    kills: meanwhile === 'kill' ? [{ after: 'screen not-charged', afterMs: 0 }] : meanwhile !== 'form' && meanwhile !== 'other-card' && random.chance(30) ? plan.kills : [],
  };
}
