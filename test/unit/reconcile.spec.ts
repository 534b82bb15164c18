import { describe, expect, test } from 'vitest';
import type { Result } from '../../contract/result.ts';
import type { Checkout, Completion } from '../../main/sale/checkout.ts';
import type { JustifiFailure } from '../../main/sale/justifi-failure.ts';
import type { Payment } from '../../main/sale/payments.ts';
import { ANSWERED_AFTER_MS, CANNOT_ARRIVE_AFTER_MS, NEVER_ARRIVED_AFTER_MS, type ReconcileInput, type Reconciled, reconcile } from '../../main/sale/reconcile.ts';
import { type Attempts, NO_ATTEMPTS } from '../../main/sale/sale.ts';
import fc from '../setup/properties.ts';

const paidWith = { kind: 'card', brand: 'visa', last4: '4242' } as const;

function attempt(status: string, paymentStatus: string, errorCode: string | null = null, id = 'chc_1'): Completion {
  const paid = paymentStatus === 'succeeded' || paymentStatus === 'pending';
  return { id, status, paymentStatus, errorCode, paymentId: paid ? 'py_1' : null, chargedInCents: paid ? 1799 : null, paidWith, madeAt: null };
}

function checkout(status: string, completions: readonly Completion[] = [], successfulPaymentId: string | null = null): Result<Checkout, JustifiFailure> {
  return {
    kind: 'ok',
    value: {
      id: 'cho_1',
      accountId: 'acc_1',
      amountInCents: 1799,
      totalInCents: 1799,
      currency: 'USD',
      description: 'One donut',
      status,
      mode: 'test',
      successfulPaymentId,
      saleId: 'sale-1',
      registerId: 'register-1',
      pc: 'pc-1',
      completions,
    },
  };
}

const NONE: Attempts = { ...NO_ATTEMPTS, submits: 1, open: 1, shown: true };
const noPayments: Result<readonly Payment[], JustifiFailure> = { kind: 'ok', value: [] };

type Asked = Partial<Omit<ReconcileInput, 'checkout'>>;

/** Like the watch: the checkout first, then its payments where it is not enough. */
function decide(answer: Result<Checkout, JustifiFailure>, asked: Asked = {}): Reconciled {
  const input: ReconcileInput = { checkout: answer, payments: null, attempts: NONE, elapsedMs: 1_000, waitMs: NEVER_ARRIVED_AFTER_MS, isLast: false, seenStatus: null, refusal: null, ...asked };
  const first = reconcile({ ...input, payments: null });
  return first.kind === 'ask-payments' ? reconcile({ ...input, payments: asked.payments ?? noPayments }) : first;
}

function verdict(answer: Result<Checkout, JustifiFailure>, asked: Asked = {}): string {
  const reconciled = decide(answer, asked);
  return reconciled.kind === 'known' ? reconciled.outcome.kind : 'unclear';
}

/** Attempts of which these have failed already. */
const after = (failedIds: readonly string[], open = 1): Asked => ({ attempts: { ...NONE, submits: failedIds.length + open, open, failed: failedIds } });

function payment(status: string, change: Partial<Payment> = {}): Result<readonly Payment[], JustifiFailure> {
  return { kind: 'ok', value: [{ id: 'py_1', checkoutId: 'cho_1', status, amountInCents: 1799, refundedInCents: 0, paidWith, madeAt: null, isDisputed: false, fees: [], ...change }] };
}

const failed = attempt('failed', 'failed', 'card_declined');

describe('JustiFi’s answer decides, row by row', () => {
  test.each([
    ['completed with a succeeded attempt', checkout('completed', [attempt('succeeded', 'succeeded')], 'py_1'), 'paid'],
    ['completed after a decline', checkout('completed', [failed, attempt('succeeded', 'succeeded')], 'py_1'), 'paid'],
    ['completed with a bank transfer under way', checkout('completed', [attempt('succeeded', 'pending')], null), 'accepted'],
    ['attempted and failed', checkout('attempted', [failed]), 'declined'],
    ['attempted and cancelled', checkout('attempted', [attempt('failed', 'canceled')]), 'declined'],
    ['an attempt still processing', checkout('attempted', [attempt('processing', 'pending')]), 'unclear'],
    ['nothing there yet', checkout('created'), 'unclear'],
    ['expired untouched', checkout('expired'), 'not-charged'],
    ['completed, but no attempt says succeeded, and no payment is there', checkout('completed', [], 'py_1'), 'unclear'],
    ['a success that neither the checkout nor a payment knows of', checkout('attempted', [attempt('succeeded', 'succeeded')]), 'unclear'],
    ['a word that JustiFi has not documented', checkout('attempted', [attempt('succeeded', 'celebrated')]), 'unclear'],
    ['a checkout status that JustiFi has not documented', checkout('elsewhere', [failed]), 'unclear'],
  ] as const)('%s', (_name, answer, expected) => {
    expect(verdict(answer)).toBe(expected);
  });

  test('R-06: of a failed and a successful payment of one checkout the successful one counts, wherever it stands in the list', () => {
    const success = { ...attempt('succeeded', 'succeeded', null, 'chc_2'), paymentId: 'py_2' };
    const refused = { ...failed, paymentId: 'py_1', chargedInCents: 1799 };
    const paid = { kind: 'known', outcome: { kind: 'paid', paymentId: 'py_2', chargedInCents: 1799 } };
    for (const attempts of [[refused, success], [success, refused]]) expect(decide(checkout('completed', attempts, 'py_2'))).toMatchObject(paid);
    const listed = [payment('failed'), payment('succeeded', { id: 'py_2' })].flatMap((each) => (each.kind === 'ok' ? each.value : []));
    for (const payments of [listed, listed.toReversed()]) expect(decide(checkout('completed', [], 'py_2'), { payments: { kind: 'ok', value: payments } })).toMatchObject(paid);
  });

  test('a decline of an earlier attempt is not the answer to this one; the order of the list does not matter', () => {
    const second = attempt('failed', 'failed', 'card_declined', 'chc_2');
    expect(verdict(checkout('attempted', [failed]), after(['chc_1']))).toBe('unclear');
    expect(verdict(checkout('attempted', [failed, second]), after(['chc_1']))).toBe('declined');
    expect(verdict(checkout('attempted', [second, failed]), after(['chc_1']))).toBe('declined');
    expect(verdict(checkout('attempted', [second, failed]), after(['chc_2']))).toBe('declined');
  });

  test('nothing is DECLINED while an attempt is open, wherever it stands in the list', () => {
    for (const open of [attempt('processing', '', null, 'chc_2'), attempt('processing', 'pending', null, 'chc_2'), attempt('succeeded', 'quantum', null, 'chc_2')]) {
      expect(verdict(checkout('attempted', [open, failed]))).toBe('unclear');
      expect(verdict(checkout('attempted', [failed, open]), { elapsedMs: CANNOT_ARRIVE_AFTER_MS })).toBe('unclear');
    }
  });

  test('one failure is the answer to one request: of two that are open the other may be the last, until its wait is over', () => {
    expect(verdict(checkout('attempted', [failed]), after([], 2))).toBe('unclear');
    expect(verdict(checkout('attempted', [failed]), { ...after([], 2), elapsedMs: ANSWERED_AFTER_MS, seenStatus: 201 })).toBe('declined');
    const late = decide(checkout('attempted', [failed]), { ...after([], 2), elapsedMs: NEVER_ARRIVED_AFTER_MS });
    expect(late).toMatchObject({ outcome: { kind: 'declined', attempts: { open: 1, failed: ['chc_1'] } } });
  });

  test('"it never arrived" is believed after 150 seconds, not before, and its request stays open', () => {
    expect(verdict(checkout('created'), { elapsedMs: NEVER_ARRIVED_AFTER_MS - 1 })).toBe('unclear');
    expect(decide(checkout('created'), { elapsedMs: NEVER_ARRIVED_AFTER_MS })).toMatchObject({ outcome: { kind: 'not-charged', reason: 'not-received', attempts: { open: 1 } } });
    expect(verdict(checkout('attempted', [failed]), { ...after(['chc_1']), elapsedMs: NEVER_ARRIVED_AFTER_MS })).toBe('not-charged');
    const last = decide(checkout('created'), { elapsedMs: CANNOT_ARRIVE_AFTER_MS, waitMs: CANNOT_ARRIVE_AFTER_MS, isLast: true });
    expect(last).toMatchObject({ outcome: { kind: 'not-charged', attempts: { open: 0, shown: false } } });
  });

  test('a request that JustiFi was seen to refuse is waited for ten seconds only, and never called not charged at once', () => {
    for (const seenStatus of [401, 403, 422, 429]) {
      expect(verdict(checkout('created'), { elapsedMs: ANSWERED_AFTER_MS - 1, seenStatus })).toBe('unclear');
      const reason = seenStatus === 429 ? 'too-many-tries' : 'refused';
      expect(decide(checkout('created'), { elapsedMs: ANSWERED_AFTER_MS, seenStatus })).toMatchObject({ outcome: { kind: 'not-charged', reason, attempts: { open: 1 } } });
      expect(verdict(checkout('completed', [attempt('succeeded', 'succeeded')], 'py_1'), { elapsedMs: ANSWERED_AFTER_MS, seenStatus })).toBe('paid');
    }
    for (const seenStatus of [200, 201, 402, 408, 409, 500, 503]) expect(verdict(checkout('created'), { elapsedMs: ANSWERED_AFTER_MS, seenStatus })).toBe('unclear');
  });

  test('a sale that was never submitted is not charged as soon as JustiFi shows no payment, and still PAID if it shows one', () => {
    const now: Asked = { attempts: { ...NO_ATTEMPTS, shown: true }, elapsedMs: 0, waitMs: 0 };
    expect(decide(checkout('created'), now)).toMatchObject({ outcome: { kind: 'not-charged', reason: 'form-lost' } });
    expect(verdict(checkout('completed', [attempt('succeeded', 'succeeded')], 'py_1'), now)).toBe('paid');
    expect(verdict({ kind: 'failed', failure: { kind: 'network', code: 'ECONNRESET' } }, now)).toBe('unclear');
  });

  test('a lost or stolen card is just declined; only helpful reasons are shown', () => {
    const reasonOf = (code: string) => {
      const reconciled = decide(checkout('attempted', [attempt('failed', 'failed', code)]));
      return reconciled.kind === 'known' && reconciled.outcome.kind === 'declined' ? reconciled.outcome.reason : null;
    };
    expect(reasonOf('stolen_card')).toBe('declined');
    expect(reasonOf('lost_card')).toBe('declined');
    expect(reasonOf('insufficient_funds')).toBe('insufficient-funds');
    expect(reasonOf('expired_card')).toBe('expired-card');
  });
});

describe('the payment itself, where the checkout and its completions do not agree', () => {
  const contradictions = [
    ['a success on a checkout that stays attempted', checkout('attempted', [attempt('succeeded', 'succeeded')])],
    ['a completed checkout without completions', checkout('completed', [], 'py_1')],
    ['a word that is not documented', checkout('attempted', [attempt('succeeded', 'celebrated')])],
    ['an attempt under way', checkout('attempted', [attempt('processing', '')])],
    ['nothing at all, after the wait', checkout('created')],
  ] as const;

  test.each(contradictions)('%s: PAID when the payment is there, with what it took', (_name, answer) => {
    const paid = decide(answer, { payments: payment('succeeded', { amountInCents: 71_700 }), elapsedMs: NEVER_ARRIVED_AFTER_MS });
    expect(paid).toMatchObject({ outcome: { kind: 'paid', paymentId: 'py_1', chargedInCents: 71_700 } });
    expect(verdict(answer, { payments: payment('fully_refunded'), elapsedMs: NEVER_ARRIVED_AFTER_MS })).toBe('paid');
  });

  test.each(contradictions)('%s: no outcome when JustiFi does not answer about its payments', (_name, answer) => {
    const payments: Result<readonly Payment[], JustifiFailure> = { kind: 'failed', failure: { kind: 'network', code: 'ECONNRESET' } };
    expect(verdict(answer, { payments, elapsedMs: NEVER_ARRIVED_AFTER_MS })).toBe('unclear');
  });

  test('a premium that was charged apart is known also where the checkout is not completed', () => {
    const insured = { ...attempt('succeeded', 'succeeded'), apartInCents: 500 };
    expect(decide(checkout('attempted', [insured]), { payments: payment('succeeded') })).toMatchObject({ outcome: { kind: 'paid', paymentId: 'py_1', chargedInCents: 1799, apartInCents: 500 } });
    expect(decide(checkout('attempted', [failed, attempt('succeeded', 'succeeded')]), { payments: payment('succeeded') })).toMatchObject({ outcome: { kind: 'paid', chargedInCents: 1799 } });
  });

  test('a bank transfer on a checkout that is not completed is ACCEPTED when its payment is pending', () => {
    expect(verdict(checkout('attempted', [attempt('succeeded', 'pending')]), { payments: payment('pending') })).toBe('accepted');
  });

  test('an attempt that failed without a payment status is DECLINED only without a payment', () => {
    const answer = checkout('attempted', [attempt('failed', '')]);
    expect(verdict(answer)).toBe('declined');
    expect(verdict(answer, { payments: payment('failed') })).toBe('declined');
    expect(verdict(answer, { payments: payment('succeeded') })).toBe('paid');
    expect(verdict(answer, { payments: payment('authorized') })).toBe('unclear');
  });
});

describe('over every combination', () => {
  const words = fc.constantFrom('succeeded', 'failed', 'processing', 'pending', 'canceled', 'skipped', 'surprise', '');
  const completion = fc.record({ status: words, paymentStatus: words }).map(({ status, paymentStatus }) => attempt(status, paymentStatus));
  const answers: fc.Arbitrary<Result<Checkout, JustifiFailure>> = fc.oneof(
    fc
      .tuple(fc.constantFrom('created', 'attempted', 'completed', 'expired', 'surprise'), fc.array(completion, { maxLength: 4 }), fc.constantFrom(null, 'py_1'))
      .map(([status, completions, paymentId]) => checkout(status, completions, paymentId)),
    fc
      .constantFrom<JustifiFailure>(
        { kind: 'network', code: 'ECONNRESET' },
        { kind: 'server', code: 'http-500', status: 500 },
        { kind: 'rate-limited', code: 'http-429', status: 429 },
        { kind: 'unauthorised', code: 'not_authorized', status: 401 },
        { kind: 'unexpected', code: 'not-json', status: 200 },
      )
      .map((failure) => ({ kind: 'failed' as const, failure })),
  );

  const payments = fc.constantFrom<Result<readonly Payment[], JustifiFailure>>(noPayments, payment('succeeded'), payment('pending'), payment('failed'), payment('quantum'), { kind: 'failed', failure: { kind: 'network', code: 'x' } });

  test('PAID needs two matching answers or the payment itself; no outcome that may have moved money is declined or not charged', () => {
    fc.assert(
      fc.property(answers, payments, fc.nat({ max: 3 }), fc.nat({ max: 600_000 }), fc.constantFrom(null, 201, 402, 429, 500), (answer, listed, open, elapsedMs, seenStatus) => {
        const said = verdict(answer, { payments: listed, attempts: { ...NONE, open }, elapsedMs, seenStatus });
        if (answer.kind === 'failed') expect(said).toBe('unclear');
        if (answer.kind !== 'ok') return;
        const { status, successfulPaymentId, completions } = answer.value;
        const isCompleted = status === 'completed' || successfulPaymentId !== null;
        const succeeded = completions.some((one) => one.paymentStatus === 'succeeded');
        const isListed = listed.kind === 'ok' && listed.value.some((one) => one.status === 'succeeded');
        if (said === 'paid') expect((succeeded && isCompleted) || isListed).toBe(true);
        if (said === 'declined' || said === 'not-charged') {
          expect(succeeded || isCompleted).toBe(false);
          expect(completions.every((one) => ['failed', 'canceled', 'skipped'].includes(one.paymentStatus) || (one.status === 'failed' && one.paymentStatus === ''))).toBe(true);
        }
        if (said === 'not-charged') expect(listed.kind === 'ok' && listed.value.every((one) => one.status === 'failed')).toBe(true);
        if (said === 'not-charged' && status !== 'expired') expect(elapsedMs).toBeGreaterThanOrEqual(seenStatus === 429 ? ANSWERED_AFTER_MS : NEVER_ARRIVED_AFTER_MS);
      }),
      { numRuns: 5_000 },
    );
  });
});
