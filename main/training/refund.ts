import { z } from 'zod';
import type { Refund } from './books.ts';
import { envelope, type Outcome } from './exchange.ts';
import { isCreatedWithin, matches, pageOf } from './page.ts';
import { refuse } from './refusal.ts';
import { metadata, readBody } from './request-body.ts';
import type { Call, World } from './world.ts';

const patchRequest = z.object({ metadata });

export function listRefunds(world: World, call: Call): Outcome {
  const refunds = [...world.books.refunds.values()].filter((refund) => {
    const accountId = world.books.payments.get(refund.paymentId)?.accountId;
    return (
      (call.subAccountId === undefined || call.subAccountId === accountId) &&
      matches(call.query, 'payment_id', refund.paymentId) &&
      isCreatedWithin(call.query, refund.createdAt)
    );
  });
  return pageOf(refunds, call.query, (refund) => refund.createdAt, renderRefund);
}

export function getRefund(world: World, call: Call): Outcome {
  const refund = world.books.refunds.get(call.id);
  return refund ? done(refund) : refuse('resource_not_found');
}

export function patchRefund(world: World, call: Call): Outcome {
  const refund = world.books.refunds.get(call.id);
  if (!refund) return refuse('resource_not_found');
  const read = readBody(patchRequest, call.body);
  if (read.kind === 'failed') return read.failure;
  const patched: Refund = { ...refund, metadata: read.value.metadata, updatedAt: world.now() };
  world.books.refunds.set(refund.id, patched);
  return done(patched);
}

export function renderRefund(refund: Refund) {
  return {
    id: refund.id,
    payment_id: refund.paymentId,
    amount: refund.amount,
    description: refund.description,
    reason: refund.reason,
    status: refund.status,
    metadata: refund.metadata,
    returned_fees: refund.returnedFees.map(({ id, paymentFeeId, type, amount, original, remaining, currency }) => ({ id, payment_fee_id: paymentFeeId, type, returned_amount: amount, original_amount: original, remaining_amount: remaining, currency })),
    created_at: new Date(refund.createdAt).toISOString(),
    updated_at: new Date(refund.updatedAt).toISOString(),
  };
}

/** The refunds that were taken from a payment, oldest first. */
export function refundsOf(world: World, paymentId: string): Refund[] {
  return [...world.books.refunds.values()].filter((refund) => refund.paymentId === paymentId);
}

function done(refund: Refund): Outcome {
  return { kind: 'done', status: 200, body: envelope('refund', renderRefund(refund)) };
}
