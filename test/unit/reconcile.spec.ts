import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../contract/result.ts';
import type { Checkout, Completion } from '../../main/sale/checkout.ts';
import type { JustifiFailure } from '../../main/sale/justifi-failure.ts';
import { NEVER_ARRIVED_AFTER_MS, REFUSED_AFTER_MS, reconcile } from '../../main/sale/reconcile.ts';

const paidWith = { kind: 'card', brand: 'visa', last4: '4242' } as const;

function attempt(status: string, paymentStatus: string, errorCode: string | null = null): Completion {
  const paid = paymentStatus === 'succeeded' || paymentStatus === 'pending';
  return { id: 'chc_1', status, paymentStatus, errorCode, paymentId: paid ? 'py_1' : null, chargedInCents: paid ? 1799 : null, paidWith };
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
      completions,
    },
  };
}

function verdict(answer: Result<Checkout, JustifiFailure>, completionsBefore = 0, elapsedMs = 1_000, seenStatus: number | null = null): string {
  const reconciled = reconcile({ answer, completionsBefore, elapsedMs, patienceMs: NEVER_ARRIVED_AFTER_MS, seenStatus });
  return reconciled.kind === 'known' ? reconciled.outcome.kind : 'unclear';
}

const failed = attempt('failed', 'failed', 'card_declined');

describe('what JustiFi answers decides, row by row', () => {
  test.each([
    ['completed with a succeeded attempt', checkout('completed', [attempt('succeeded', 'succeeded')], 'py_1'), 'paid'],
    ['completed after a decline', checkout('completed', [failed, attempt('succeeded', 'succeeded')], 'py_1'), 'paid'],
    ['completed with a bank transfer under way', checkout('completed', [attempt('succeeded', 'pending')], null), 'accepted'],
    ['attempted and failed', checkout('attempted', [failed]), 'declined'],
    ['attempted and cancelled', checkout('attempted', [attempt('failed', 'canceled')]), 'declined'],
    ['an attempt still processing', checkout('attempted', [attempt('processing', 'pending')]), 'unclear'],
    ['nothing there yet', checkout('created'), 'unclear'],
    ['expired untouched', checkout('expired'), 'not-charged'],
    ['completed, but no attempt says succeeded', checkout('completed', [], 'py_1'), 'unclear'],
    ['a success that the checkout does not know of', checkout('attempted', [attempt('succeeded', 'succeeded')]), 'unclear'],
    ['a word that JustiFi has not documented', checkout('attempted', [attempt('succeeded', 'celebrated')]), 'unclear'],
    ['a checkout status that JustiFi has not documented', checkout('elsewhere', [failed]), 'unclear'],
  ] as const)('%s', (_name, answer, expected) => {
    expect(verdict(answer)).toBe(expected);
  });

  test('a decline of an earlier attempt is not the answer to this one', () => {
    expect(verdict(checkout('attempted', [failed]), 1)).toBe('unclear');
    expect(verdict(checkout('attempted', [failed, failed]), 1)).toBe('declined');
  });

  test('"it never arrived" is believed after 150 seconds, not before', () => {
    expect(verdict(checkout('created'), 0, NEVER_ARRIVED_AFTER_MS - 1)).toBe('unclear');
    expect(verdict(checkout('created'), 0, NEVER_ARRIVED_AFTER_MS)).toBe('not-charged');
    expect(verdict(checkout('attempted', [failed]), 1, NEVER_ARRIVED_AFTER_MS)).toBe('not-charged');
  });

  test('a request that JustiFi was seen to refuse is waited for ten seconds only, and never called not charged at once', () => {
    for (const status of [401, 403, 422, 429]) {
      expect(verdict(checkout('created'), 0, REFUSED_AFTER_MS - 1, status)).toBe('unclear');
      expect(verdict(checkout('created'), 0, REFUSED_AFTER_MS, status)).toBe('not-charged');
      expect(verdict(checkout('completed', [attempt('succeeded', 'succeeded')], 'py_1'), 0, REFUSED_AFTER_MS, status)).toBe('paid');
    }
    for (const status of [200, 201, 402, 408, 409, 500, 503]) expect(verdict(checkout('created'), 0, REFUSED_AFTER_MS, status)).toBe('unclear');
  });

  test('what was never submitted is not charged as soon as JustiFi shows nothing, and still PAID if it shows a payment', () => {
    const now = (answer: Result<Checkout, JustifiFailure>) => {
      const reconciled = reconcile({ answer, completionsBefore: 0, elapsedMs: 0, patienceMs: 0, seenStatus: null });
      return reconciled.kind === 'known' ? reconciled.outcome.kind : 'unclear';
    };
    expect(now(checkout('created'))).toBe('not-charged');
    expect(now(checkout('completed', [attempt('succeeded', 'succeeded')], 'py_1'))).toBe('paid');
    expect(now({ kind: 'failed', failure: { kind: 'network', code: 'ECONNRESET' } })).toBe('unclear');
  });

  test('a lost or stolen card is just declined; what helps the customer is said', () => {
    const reasonOf = (code: string) => {
      const reconciled = reconcile({ answer: checkout('attempted', [attempt('failed', 'failed', code)]), completionsBefore: 0, elapsedMs: 0, patienceMs: NEVER_ARRIVED_AFTER_MS, seenStatus: null });
      return reconciled.kind === 'known' && reconciled.outcome.kind === 'declined' ? reconciled.outcome.reason : null;
    };
    expect(reasonOf('stolen_card')).toBe('declined');
    expect(reasonOf('lost_card')).toBe('declined');
    expect(reasonOf('insufficient_funds')).toBe('insufficient-funds');
    expect(reasonOf('expired_card')).toBe('expired-card');
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

  test('PAID needs a succeeded attempt on a checkout that says completed; a failed request decides nothing', () => {
    fc.assert(
      fc.property(answers, fc.nat({ max: 4 }), fc.nat({ max: 600_000 }), fc.constantFrom(null, 201, 402, 429, 500), (answer, before, elapsedMs, seen) => {
        const said = verdict(answer, before, elapsedMs, seen);
        if (answer.kind === 'failed') expect(said).toBe('unclear');
        if (answer.kind !== 'ok') return;
        const { status, successfulPaymentId, completions } = answer.value;
        const succeeded = completions.some((one) => one.paymentStatus === 'succeeded');
        if (said === 'paid') expect(succeeded && (status === 'completed' || successfulPaymentId !== null)).toBe(true);
        // Nothing that may have moved money is ever called declined or not charged.
        if (said === 'declined' || said === 'not-charged') expect(succeeded || status === 'completed' || successfulPaymentId !== null).toBe(false);
        if (said === 'not-charged' && status !== 'expired') expect(elapsedMs).toBeGreaterThanOrEqual(seen === 429 ? REFUSED_AFTER_MS : NEVER_ARRIVED_AFTER_MS);
      }),
      { numRuns: 5_000 },
    );
  });
});
