import type { Dispute, Payment } from './books.ts';
import { type Outcome, envelope } from './exchange.ts';
import { pageOf } from './page.ts';
import { refuse } from './refusal.ts';
import type { Call, World } from './world.ts';

/** The shop's time to answer the customer's bank. Not published. */
const ANSWER_WITHIN_MS = 14 * 24 * 60 * 60_000;

/** The customer's bank disputes a payment. */
export function openDispute(world: World, { id: paymentId, accountId, amount, currency }: Payment): void {
  const dispute: Dispute = { id: world.newId('dp'), paymentId, accountId, amount, currency, status: 'needs_response', createdAt: world.now() };
  world.books.disputes.set(dispute.id, dispute);
}

export function listDisputes(world: World, { query, subAccountId }: Call): Outcome {
  const disputes = [...world.books.disputes.values()].filter(({ accountId }) => subAccountId === undefined || subAccountId === accountId);
  return pageOf(disputes, query, ({ createdAt }) => createdAt, renderDispute);
}

export function getDispute(world: World, { id }: Call): Outcome {
  const dispute = world.books.disputes.get(id);
  return dispute ? { kind: 'done', status: 200, body: envelope('dispute', renderDispute(dispute)) } : refuse('resource_not_found');
}

export function disputesOf(world: World, paymentId: string): readonly Dispute[] {
  return [...world.books.disputes.values()].filter((dispute) => dispute.paymentId === paymentId);
}

export function renderDispute({ id, paymentId, accountId, amount, currency, status, createdAt }: Dispute) {
  const at = new Date(createdAt).toISOString();
  const dueDate = new Date(createdAt + ANSWER_WITHIN_MS).toISOString().slice(0, 'yyyy-mm-dd'.length);
  return { id, payment_id: paymentId, account_id: accountId, amount, currency, reason: 'fraudulent', due_date: dueDate, status, metadata: {}, dispute_response: null, dispute_reversal: null, created_at: at, updated_at: at };
}
