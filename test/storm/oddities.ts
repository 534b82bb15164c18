import { z } from 'zod';
import type { TrainingAnswer, TrainingRequest } from '../../main/training/exchange.ts';
import { faultyStatus } from '../justifi/fault.ts';
import type { Between, ServedAnswer, TestJustifi } from '../justifi/justifi.ts';
import { OWN_PC } from './line.ts';
import type { Plan } from './plan.ts';
import { realNow } from './pace.ts';
import type { ShopClock } from './shop-time.ts';
import { openReturnTroubles } from './return-troubles.ts';
import type { Tally } from './tally.ts';

/** JustiFi's unusual behaviour for the sales of a plan, besides the faults of its network. */
export type Oddities = {
  readonly between: Between;
  /** Before the first request. */
  use(justifi: TestJustifi): void;
  /** The customer at the counter now. */
  serves(plan: Plan): void;
  /** The plan of the sale that was paid on this checkout, or tried to be. */
  planOn(checkoutId: string): Plan | undefined;
  /** Requests that have not arrived, and refunds that are still pending. */
  onTheWay(): number;
  /** Voids and refunds that have not arrived: their keys are not forgotten before they do. */
  returnsOnTheWay(): number;
};

export type OdditiesParts = {
  readonly clock: ShopClock;
  readonly tally: Tally;
  /** Just before an answer leaves: "GET /v1/checkouts/:id". */
  readonly onAnswer: (on: string) => Promise<void>;
  /** A Pay that was sent at `sentAt` (real time) has charged this checkout only now. */
  readonly onLateCharge: (checkoutId: string, sentAt: number) => void;
  /** The reader asks for the sale of this plan. */
  readonly onReader: (plan: Plan) => void;
  /** A void or refund was made, and the power fails before its answer leaves. */
  readonly onReturnMade: () => void;
};

const REFUND_TAKES_MS = 60_000;
/** Another program of the account's owner made these. The fourth is of a register with our id, and cannot be read either. */
const FOREIGN: readonly unknown[] = [
  { id: 'cho_foreign1', payment_amount: null, payment_currency: 'EUR', status: 'paused', metadata: null, created_at: 'yesterday' },
  { status: 'completed', payment_amount: 1_000 },
  { id: 'cho_foreign3', payment_amount: '12.50', payment_currency: 7, status: {}, metadata: 'none' },
  { id: 'cho_foreign4', payment_amount: null, payment_currency: 'XAU', status: 'completed', metadata: { register_id: 'storm', pc: OWN_PC } },
  'cho_foreign5',
];

const page = z.looseObject({ data: z.array(z.unknown()) });
const checkoutBody = z.looseObject({ data: z.looseObject({ status: z.string(), completions: z.array(z.looseObject({ payment_status: z.string().nullable() })) }) });
const completionBody = z.object({ payment_mode: z.string() });
const readerBody = z.object({ checkout_id: z.string() });
const tokenBody = z.object({ resources: z.array(z.string()) });

export function openOddities({ clock, tally, onAnswer, onLateCharge, onReader, onReturnMade }: OdditiesParts): Oddities {
  let justifi: TestJustifi | null = null;
  let atCounter: Plan | null = null;
  let onTheWay = 0;
  const plans = new Map<string, Plan>();
  const delayed = new Set<Plan>();
  /** By checkout: lets the request that is on its way arrive at once. */
  const hurries = new Map<string, () => Promise<void>>();
  const reversed = new Set<string>();
  const returns = openReturnTroubles({ clock, tally, onMade: onReturnMade });
  type Answer = Parameters<Between>[1];

  async function complete(checkoutId: string, answer: Answer): Promise<ServedAnswer> {
    const plan = plans.get(checkoutId) ?? atCounter;
    if (plan === null || isForeign(checkoutId)) return answer();
    plans.set(checkoutId, plan);
    if (plan.arrival === null || delayed.has(plan)) return answer();
    delayed.add(plan);
    delay(checkoutId, plan.arrival, answer);
    return plan.number % 4 === 1 ? 'hang' : 'disconnect';
  }

  /** Main's request to complete an order at Sezzle is asked again until it is answered. */
  function noteOrder({ body }: TrainingRequest, answered: ServedAnswer): ServedAnswer {
    const { data } = completionBody.safeParse(parse(body));
    if (data?.payment_mode === 'bnpl' && typeof answered === 'string') tally.count(answered === 'hang' ? 'completion at Sezzle never answered' : 'completion at Sezzle whose answer was lost');
    return answered;
  }

  async function askReader(request: TrainingRequest, answer: Answer): Promise<ServedAnswer> {
    const { data } = readerBody.safeParse(parse(request.body));
    const plan = data === undefined ? undefined : (plans.get(data.checkout_id) ?? atCounter ?? undefined);
    if (data === undefined || plan === undefined) return answer();
    plans.set(data.checkout_id, plan);
    const answered = await answer();
    onReader(plan);
    return answered;
  }

  function delay(checkoutId: string, { meanwhile, afterMs }: NonNullable<Plan['arrival']>, answer: Answer): void {
    const sentAt = realNow();
    onTheWay += 1;
    const callOff = clock.after(afterMs, () => void arrive());
    async function arrive(): Promise<void> {
      hurries.delete(checkoutId);
      callOff();
      const result = await answer();
      onTheWay -= 1;
      const status = typeof result === 'object' ? result.status : 0;
      tally.count(`arrived late, ${meanwhile}`);
      if (status === 201) onLateCharge(checkoutId, sentAt);
      else tally.count('arrived late, refused by JustiFi');
    }
    if (meanwhile === 'form') hurries.set(checkoutId, arrive);
  }

  /** Another form of its checkout is being opened. */
  async function token(request: TrainingRequest): Promise<void> {
    const { data } = tokenBody.safeParse(parse(request.body));
    for (const [checkoutId, arrive] of hurries) {
      if (data?.resources.includes(`write:checkout:${checkoutId}`) === true) await arrive();
    }
  }

  function asRecorded(checkoutId: string, answered: ServedAnswer): ServedAnswer {
    const plan = plans.get(checkoutId);
    if (typeof answered === 'string' || plan === undefined) return answered;
    const body = checkoutBody.safeParse(parse(answered.body));
    if (!body.success) return answered;
    const { data } = body.data;
    if (data.completions.length > 1 && plan.completionsOrder === 'newest-first') tally.count('attempts newest first');
    const isCompleted = data.status === 'completed';
    if (plan.records === 'no-completion' && isCompleted) {
      tally.count('paid without a completion');
      return withData(answered, body.data, { ...data, completions: [] });
    }
    if (plan.records === 'not-completed' && isCompleted) {
      tally.count('paid, and the checkout not completed');
      return withData(answered, body.data, { ...data, status: 'attempted', successful_payment_id: null });
    }
    if (plan.records === 'no-payment-status' && data.completions.some(({ payment_status: status }) => status === 'failed')) {
      tally.count('failed without a payment status');
      return withData(answered, body.data, { ...data, completions: data.completions.map((one) => (one.payment_status === 'failed' ? { ...one, payment_status: null } : one)) });
    }
    return answered;
  }

  function withForeign(request: TrainingRequest, answered: ServedAnswer): ServedAnswer {
    if (typeof answered === 'string' || answered.status !== 200 || request.query.has('after_cursor')) return answered;
    const body = page.safeParse(parse(answered.body));
    if (!body.success) return answered;
    tally.count('foreign checkouts listed');
    return { ...answered, body: JSON.stringify({ ...body.data, data: [...FOREIGN, ...body.data.data] }) };
  }

  function planOfPayment(paymentId: string): Plan | undefined {
    const payment = justifi?.books.payments().find(({ id }) => id === paymentId);
    return payment === undefined ? undefined : plans.get(payment.checkoutId);
  }

  /** The first time only. */
  function isFirst(what: string): boolean {
    if (reversed.has(what)) return false;
    reversed.add(what);
    return true;
  }

  async function voidPayment(paymentId: string, request: TrainingRequest, answer: Answer): Promise<ServedAnswer> {
    const how = planOfPayment(paymentId)?.reversal.void ?? 'done';
    if (how === 'refused') {
      tally.count('void refused');
      return faultyStatus(422, 'payment_not_voidable');
    }
    if (how === 'forbidden') {
      tally.count('void forbidden');
      return faultyStatus(403, 'not_allowed');
    }
    if (how === 'done') {
      tally.count('void done');
      return answer();
    }
    tally.count('void that left the payment as it was');
    return answer({ ...request, method: 'GET', path: `/v1/payments/${paymentId}`, body: '' });
  }

  async function refundPayment(paymentId: string, answer: Answer): Promise<ServedAnswer> {
    const how = planOfPayment(paymentId)?.reversal.refund ?? 'done';
    if (how === 'done' || !isFirst(`refund ${paymentId}`)) {
      tally.count('refund done');
      return answer();
    }
    const isPending = how !== 'failed';
    tally.count(isPending ? 'refund pending' : 'refund failed');
    justifi?.changeSettings({ refunds: isPending ? 'pending' : 'failed' });
    const result = await answer();
    justifi?.changeSettings({ refunds: 'succeeded' });
    if (!isPending) return result;
    onTheWay += 1;
    clock.after(REFUND_TAKES_MS, () => {
      onTheWay -= 1;
      if (how === 'pending-then-failed') tally.count('refund pending, then failed');
      justifi?.endRefunds(how === 'pending' ? 'succeeded' : 'failed');
    });
    return result;
  }

  function isForeign(checkoutId: string): boolean {
    return justifi?.books.checkouts().find(({ id }) => id === checkoutId)?.metadata['pc'] !== OWN_PC;
  }

  async function answerOf(request: TrainingRequest, answer: Answer): Promise<ServedAnswer> {
    const [, , , id = ''] = request.path.split('/');
    switch (patternOf(request)) {
      case 'POST /v1/checkouts/:id/complete':
        return noteOrder(request, await complete(id, answer));
      case 'POST /checkout/:id':
        tally.count(`at Sezzle, ${request.body}`);
        return answer();
      case 'POST /v1/terminals/pay':
        return askReader(request, answer);
      case 'POST /v1/web_component_tokens':
        await token(request);
        return answer();
      case 'GET /v1/checkouts/:id':
        return id.startsWith('cho_foreign') ? json({ data: { id, status: 3 } }) : asRecorded(id, await answer());
      case 'GET /v1/checkouts':
        return withForeign(request, await answer());
      case 'POST /v1/payments/:id/void':
        return returns.meets(planOfPayment(id), `void ${id}`, () => voidPayment(id, request, answer));
      case 'POST /v1/payments/:id/refunds':
        return returns.meets(planOfPayment(id), `refund ${id}`, () => refundPayment(id, answer));
      default:
        return answer();
    }
  }

  return {
    use(started) {
      justifi = started;
    },
    serves(plan) {
      atCounter = plan;
    },
    planOn: (checkoutId) => plans.get(checkoutId),
    onTheWay: () => onTheWay + returns.onTheWay(),
    returnsOnTheWay: returns.onTheWay,
    async between(request, answer) {
      const answered = await answerOf(request, answer);
      await onAnswer(patternOf(request));
      return answered;
    },
  };
}

/** "POST /v1/checkouts/cho_1/complete" is "POST /v1/checkouts/:id/complete". */
function patternOf({ method, path }: TrainingRequest): string {
  return `${method} ${path.replace(/\/(?:cho|py|re|ord)_[^/]+/u, '/:id')}`;
}

function json(body: unknown): TrainingAnswer {
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}

function withData(answered: TrainingAnswer, envelope: object, data: unknown): TrainingAnswer {
  return { ...answered, body: JSON.stringify({ ...envelope, data }) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
