import { type Result, failed, ok } from '../../contract/result.ts';
import type { Checkout, Checkouts, Completion } from '../../main/sale/checkout.ts';
import type { JustifiFailure } from '../../main/sale/justifi-failure.ts';
import { type Payment, type Payments, isPending, isTaken } from '../../main/sale/payments.ts';
import type { Terminals } from '../../main/sale/reader/terminals.ts';
import type { ReversalAnswer } from '../../main/sale/reversal.ts';
import type { Completions } from '../../main/sale/saved/method-groups.ts';
import type { SezzleOrder } from '../../main/sale/sezzle/sezzle-orders.ts';

/** The start of the counter's clock and of JustiFi's. */
export const START_MS = Date.parse('2026-11-23T15:00:00.000Z');

const ORDER: SezzleOrder = { publicKey: 'sz_pub', mode: 'sandbox', apiVersion: 'v2', address: 'https://sandbox.checkout.sezzle.com/checkout/ord_1', balanceInCents: 1799, status: 'created' };

/** JustiFi as the sale's core uses it. The test sets each answer: by `trouble`, by a gate, or by the books. `refunds`: the ids of the reversals with a refund. */
export function scriptJustifi({ known, mode, voidFails, refunds }: { readonly known: readonly Checkout[]; readonly mode: 'test' | 'live'; readonly voidFails: JustifiFailure | null; readonly refunds: Set<string> }) {
  const checkouts = new Map(known.map((checkout) => [checkout.id, checkout]));
  const books = new Map<string, Payment>();
  const requests: string[] = [];
  const returnKeys: string[] = [];
  const shop = { order: ORDER as SezzleOrder | null };
  const trouble = { create: null as JustifiFailure | null, update: null as JustifiFailure | null, read: null as JustifiFailure | null, void: voidFails, refund: null as JustifiFailure | null, readPayment: null as JustifiFailure | null, readRefund: null as JustifiFailure | null, findRefund: null as JustifiFailure | null, refundStatus: 'succeeded', isAnswerLost: false, terminal: null as JustifiFailure | null, completion: null as JustifiFailure | null, isReaderConnected: true, mode, confirm: (checkout: Checkout) => checkout };
  const hooks = { onVoid: () => {} };
  let readsHeld: Promise<void> | null = null;
  let createsHeld: Promise<void> | null = null;
  let updatesHeld: Promise<void> | null = null;
  let terminalsHeld: Promise<void> | null = null;
  let completionsHeld: Promise<void> | null = null;

  const refundAnswer = (refundId: string): ReversalAnswer =>
    trouble.refundStatus === 'failed' ? { state: 'refused', code: 'refund-failed' } : { state: trouble.refundStatus === 'pending' ? 'pending' : 'done', refundId };
  const answer = <Value>(value: Value, failure: JustifiFailure | null): Promise<Result<Value, JustifiFailure>> =>
    Promise.resolve(failure === null ? ok(value) : failed(failure));
  const checkoutsApi: Checkouts = {
    create(order) {
      requests.push(`create ${order.amountInCents}`);
      if (trouble.create !== null) return Promise.resolve(failed(trouble.create));
      const created: Checkout = {
        id: `cho_${checkouts.size + 1}`,
        accountId: 'acc_1',
        amountInCents: order.amountInCents,
        totalInCents: order.amountInCents,
        currency: 'USD',
        description: order.description,
        status: 'created',
        mode: trouble.mode,
        successfulPaymentId: null,
        saleId: order.metadata.sale,
        registerId: order.metadata.register_id,
        pc: order.metadata.pc,
        completions: [],
      };
      checkouts.set(created.id, created);
      return (createsHeld ?? Promise.resolve()).then(() => answer(created, null));
    },
    update(checkoutId, change) {
      requests.push(`update ${checkoutId} ${change.amountInCents}`);
      // As AbortSignal.timeout() refuses it.
      if (!Number.isInteger(change.timeoutMs)) return answer(checkouts.get(checkoutId)!, { kind: 'network', code: 'ERR_OUT_OF_RANGE' });
      const changed = { ...checkouts.get(checkoutId)!, amountInCents: change.amountInCents, totalInCents: change.amountInCents, description: change.description, saleId: change.metadata.sale };
      if (trouble.update === null) checkouts.set(checkoutId, changed);
      return (updatesHeld ?? Promise.resolve()).then(() => answer(trouble.confirm(changed), trouble.update));
    },
    read(checkoutId) {
      requests.push(`read ${checkoutId}`);
      return (readsHeld ?? Promise.resolve()).then(() => answer(checkouts.get(checkoutId)!, trouble.read));
    },
    list: () => answer({ checkouts: [...checkouts.values()].map((checkout) => ({ ...checkout, createdAtMs: START_MS, hasMetadata: true })), unreadable: 0, isCut: false }, null),
    issueComponentToken(checkoutId) {
      requests.push(`token ${checkoutId}`);
      return answer(`token-of-${checkoutId}`, null);
    },
  };
  const terminals: Terminals = {
    pay({ checkoutId, terminalId }) {
      requests.push(`pay ${checkoutId} ${terminalId}`);
      const sent = answer({ sessionId: 'tses_1' }, trouble.terminal);
      return terminalsHeld === null ? sent : terminalsHeld.then(() => sent);
    },
    isConnected(terminalId) {
      requests.push(`status ${terminalId}`);
      return answer(trouble.isReaderConnected, null);
    },
  };
  const completions: Completions = {
    complete({ checkoutId, methodId, idempotencyKey }) {
      requests.push(`complete ${checkoutId} ${methodId} ${idempotencyKey}`);
      const answered = () => answer(null, trouble.completion);
      return completionsHeld === null ? answered() : completionsHeld.then(answered);
    },
  };
  const sezzleOrders = {
    read(checkoutId: string) {
      requests.push(`order of ${checkoutId}`);
      return answer<SezzleOrder | null>(shop.order, trouble.read);
    },
    complete({ checkoutId, idempotencyKey }: { readonly checkoutId: string; readonly idempotencyKey: string }) {
      requests.push(`complete order ${checkoutId} ${idempotencyKey}`);
      const answered = () => answer(null, trouble.completion);
      return completionsHeld === null ? answered() : completionsHeld.then(answered);
    },
  };
  const paymentsApi: Payments = {
    void(paymentId, key) {
      requests.push(`void ${paymentId}`);
      returnKeys.push(key);
      hooks.onVoid();
      return answer(null, trouble.void);
    },
    read(paymentId) {
      requests.push(`payment ${paymentId}`);
      return answer(books.get(paymentId)!, trouble.readPayment ?? trouble.read);
    },
    listTaken: () => answer({ items: [...books.values()].filter((payment) => isTaken(payment) || isPending(payment)).map(({ checkoutId }) => ({ checkoutId, createdAtMs: START_MS })), isCut: false }, null),
    listDisputed: () => answer({ items: [...books.values()].filter(({ isDisputed }) => isDisputed), unreadable: 0, next: null, isCut: false }, trouble.read),
    listMade: () => answer({ items: [...books.values()], unreadable: 0, isCut: false }, trouble.read),
    ofCheckout(checkoutId) {
      requests.push(`payments of ${checkoutId}`);
      return answer([...books.values()].filter((payment) => payment.checkoutId === checkoutId), trouble.read);
    },
    readRefund: (refundId) => answer(refundAnswer(refundId), trouble.readRefund),
    findRefund(paymentId, { id }) {
      requests.push(`refunds of ${paymentId}`);
      return answer(refunds.has(id) ? refundAnswer('re_1') : null, trouble.findRefund);
    },
    refund(paymentId, { id, amountInCents }, key) {
      requests.push(`refund ${paymentId} ${amountInCents}`);
      returnKeys.push(key);
      if (trouble.refund === null || trouble.isAnswerLost) refunds.add(id);
      return answer(refundAnswer('re_1'), trouble.refund);
    },
  };

  return {
    checkouts: checkoutsApi,
    payments: paymentsApi,
    terminals,
    completions,
    orders: sezzleOrders,
    books: { checkouts, payments: books },
    requests,
    returnKeys,
    shop,
    trouble,
    controls: {
      /** Called with each void, before its answer. */
      onVoid: (happens: () => void) => void (hooks.onVoid = happens),
      /** The request to the reader has no answer until the gate is opened. */
      holdReader() {
        const gate = Promise.withResolvers<void>();
        terminalsHeld = gate.promise;
        return { open: () => gate.resolve() };
      },
      /** JustiFi does not answer to the completion until the gate is opened. */
      holdCompletion() {
        const gate = Promise.withResolvers<void>();
        completionsHeld = gate.promise;
        return { open: () => gate.resolve() };
      },
      /** JustiFi does not answer to GET checkout until the gate is opened. */
      holdReads() {
        const gate = Promise.withResolvers<void>();
        readsHeld = gate.promise;
        return { open: () => gate.resolve() };
      },
      /** JustiFi does not answer to PATCH checkout until the gate is opened. */
      holdUpdates() {
        const gate = Promise.withResolvers<void>();
        updatesHeld = gate.promise;
        return { open: () => gate.resolve() };
      },
      /** JustiFi changes checkouts, but its answer never comes. */
      loseUpdates: () => void (updatesHeld = new Promise(() => {})),
      /** JustiFi creates checkouts, but does not answer until this is ended. */
      hang() {
        const gate = Promise.withResolvers<void>();
        createsHeld = gate.promise;
        return {
          end() {
            createsHeld = null;
            gate.resolve();
          },
        };
      },
      /** An attempt as JustiFi lists it. A list is in no promised order. */
      attempt(checkoutId: string, attempt: Partial<Completion> & { readonly id: string }, change: Partial<Checkout> = {}) {
        const checkout = checkouts.get(checkoutId)!;
        const completion: Completion = { status: 'failed', paymentStatus: 'failed', errorCode: 'card_declined', paymentId: null, chargedInCents: null, paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, madeAt: null, ...attempt };
        checkouts.set(checkoutId, { ...checkout, status: 'attempted', ...change, completions: [...checkout.completions.filter(({ id }) => id !== attempt.id), completion] });
      },
      /** A payment in JustiFi's books, whatever its checkout says. */
      payment(id: string, checkoutId: string, change: Partial<Payment> = {}) {
        const { amountInCents } = checkouts.get(checkoutId)!;
        books.set(id, { id, checkoutId, status: 'succeeded', amountInCents, refundedInCents: 0, paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, madeAt: null, isDisputed: false, fees: [], ...change });
      },
      /** JustiFi's side of a payment. */
      complete(checkoutId: string, paymentStatus: 'succeeded' | 'failed' | 'pending', chargedInCents?: number) {
        const checkout = checkouts.get(checkoutId)!;
        const worked = paymentStatus !== 'failed';
        if (worked) this.payment('py_1', checkoutId, { status: paymentStatus, amountInCents: chargedInCents ?? checkout.amountInCents });
        checkouts.set(checkoutId, {
          ...checkout,
          status: worked ? 'completed' : 'attempted',
          successfulPaymentId: worked ? 'py_1' : null,
          completions: [
            ...checkout.completions,
            {
              id: `chc_${checkout.completions.length + 1}`,
              status: worked ? 'succeeded' : 'failed',
              paymentStatus,
              errorCode: worked ? null : 'card_declined',
              paymentId: worked ? 'py_1' : null,
              chargedInCents: worked ? (chargedInCents ?? checkout.amountInCents) : null,
              paidWith: { kind: 'card', brand: 'visa', last4: '4242' },
              madeAt: null,
            },
          ],
        });
      },
    },
  };
}
