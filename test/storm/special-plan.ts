import type { Dice } from './dice.ts';
import { HOLD_MOMENTS_OF_PAY, reversalOf } from './plain-plan.ts';
import { BANK_ACCOUNT, DECLINED, MEANWHILE, type Meanwhile, PATHS, PAYING, PAYING_CARDS, type Plan, type Visit } from './plan.ts';

/** `before`: of the customer before. */
type Special = (plan: Plan, random: Dice, before: () => Plan) => Plan;

/** Every second sale is one of these, so that each of them happens in sixty sales. */
const SPECIAL_EVERY = 2;
const SPECIALS: readonly Special[] = [
  ...MEANWHILE.map((meanwhile) => (plan: Plan, random: Dice) => arriving(plan, meanwhile, random)),
  // Late payments are given back, and not every plan of the list gets so far.
  (plan, random) => ({ ...arriving(plan, 'cancel', random), kills: [], reversal: { void: 'forbidden', refund: 'pending', isKilled: true } }),
  (plan, random) => ({ ...arriving(plan, 'serve-next', random), kills: [], reversal: { void: 'untouched', refund: 'pending-then-failed', isKilled: false } }),
  // A bank transfer that arrives late and is kept can still be returned.
  (plan, random) => ({ ...arriving(plan, 'serve-next', random), visits: [{ ...PAYING, method: { kind: 'bank', account: BANK_ACCOUNT }, says: 'nothing' }], whenLate: 'keep', kills: [], holds: [] }),
  // The second form comes up on a checkout that was paid a moment ago.
  (plan, random) => ({ ...arriving(plan, 'form', random), kills: [], holds: [] }),
  ...(['no-completion', 'not-completed'] as const).map((records) => (plan: Plan) => ({ ...plan, visits: [PAYING], records })),
  (plan) => ({ ...plan, elsewhere: { kind: 'saved', card: 'declined' }, visits: [DECLINED, DECLINED, PAYING], triesAgain: 3, records: 'no-payment-status', completionsOrder: 'newest-first', kills: [] }),
  (plan, _random, before) => ({ ...plan, visits: [{ ...PAYING, likesWallets: true }], hasWallets: true, ...sameAs(before()), kills: [] }),
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
  (plan) => ({ ...plan, elsewhere: { kind: 'insured', answer: 'takes', premiums: 'in-payment' }, visits: [ASKS, DECLINED, { ...PAYING, document: 'crashes-after-pay' }], triesAgain: 1 }),
  (plan) => ({ ...plan, elsewhere: { kind: 'insured', answer: 'takes', premiums: 'apart' }, visits: [ASKS, PAYING], kills: [{ after: 'POST /v1/checkouts/:id/complete', afterMs: 0 }] }),
  (plan) => ({ ...plan, elsewhere: { kind: 'insured', answer: 'changes-mind', premiums: 'apart' }, visits: [ASKS, PAYING], faults: [{ on: PATHS.insuranceAnswer, times: 1, kind: 'disconnect', moment: 'before' }] }),
  (plan) => ({ ...plan, elsewhere: { kind: 'insured', answer: 'takes', premiums: 'in-payment' }, visits: [ASKS, PAYING], faults: [{ on: PATHS.insuranceQuote, kind: 'status', status: 503, moment: 'before' }] }),
  (plan) => ({ ...plan, elsewhere: { kind: 'plaid' }, visits: [ASKS, PAYING] }),
  (plan) => ({ ...plan, elsewhere: { kind: 'sezzle', windows: ['cancel', 'fail', 'close', 'stays-open', 'crash', 'approve'] }, triesAgain: 5 }),
  // The customer has approved the order, and the till is off before it hears so.
  (plan) => ({ ...plan, elsewhere: { kind: 'sezzle', windows: ['approve'] }, kills: [{ after: 'POST /checkout/:id', afterMs: 0 }] }),
  // The answer to main's request comes late and is lost; the request comes once more, and JustiFi answers twice.
  (plan) => ({ ...plan, elsewhere: { kind: 'sezzle', windows: ['approve-then-cancel'] }, faults: [{ on: PATHS.complete, times: 1, kind: 'delay', ms: 12_000 }, { on: PATHS.complete, times: 1, kind: 'disconnect', moment: 'after' }] }),
  // It never comes, as long as the customer is there.
  (plan) => ({ ...plan, elsewhere: { kind: 'sezzle', windows: ['approve-then-stays-open'] }, faults: [{ on: PATHS.complete, kind: 'hang', moment: 'before' }], whenUnclear: 'serve-next', whenLate: 'keep' }),
  (plan) => ({ ...plan, elsewhere: { kind: 'sezzle', windows: ['no-script'] }, visits: [ASKS, PAYING] }),
];

/** Neighbours, which one counter serves, are of different kinds. */
const STRIDE = 7;

/** The plan of a sale with one special event and no network faults; the plain one for other numbers. */
export function specialPlan(plan: Plan, random: Dice, before: () => Plan): Plan {
  const { number } = plan;
  const calm: Plan = { ...plan, elsewhere: null, sameAsBefore: false, faults: [], expires: false, holds: [], records: 'usual', keepsChanges: true, hasWallets: false };
  if (number % SPECIAL_EVERY === 1) return atTurn(SPECIALS, Math.floor(number / SPECIAL_EVERY))(calm, random, before);
  // No counter begins with one: while all tills are starting, its ten seconds of Charge are short.
  if (number % WITH_OTHERS_EVERY !== WITH_OTHERS_AT) return plan;
  // An amount to which a premium can be added, and that Sezzle takes.
  const amountInCents = 1_000 + (plan.amountInCents % 40_000);
  return atTurn(WITH_OTHERS, Math.floor(number / WITH_OTHERS_EVERY))({ ...calm, amountInCents, kills: [] }, random, before);
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
