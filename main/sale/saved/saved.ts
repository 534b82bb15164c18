import type { ChargeProblem } from '../../../contract/problem.ts';
import { type Result, assertNever, failed, ok } from '../../../contract/result.ts';
import type { CurrentSale } from '../current-sale.ts';
import type { JustifiFailure } from '../justifi-failure.ts';
import { type NewCheckoutParts, checkoutOfSale } from '../new-checkout.ts';
import type { RequestRefusal, SubmitRefusal, Tender, TenderHost } from '../tender.ts';
import { type Timers, createTimeBudget } from '../timers.ts';
import type { Completions } from './method-groups.ts';

/** The cashier is told within this after Charge what to do next. */
const CHARGE_WITHIN_MS = 10_000;
/** Nothing is typed: the answer takes a second or two. */
const UNCLEAR_AFTER_MS = 15_000;
/** The component's name of it. */
const METHOD_TYPE = 'saved_card';

type SavedParts = NewCheckoutParts & {
  readonly completions: Completions;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
};

export type Saved = {
  readonly tender: Tender;
  /** The cashier has chosen a saved card for the sale at the counter. ok: JustiFi is being asked, and the state of the sale shows how it ended. */
  pay(saleId: string, methodId: string): Promise<Result<null, ChargeProblem>>;
};

/** One chance to choose a card. */
type Presentation = { isPaying: boolean };

/**
 * A card that the customer has saved at JustiFi. Main itself completes the checkout with it: that request is the charge. It is journaled with its key before
 * it is sent, and never sent again: only the checkout tells how it ended.
 */
export function createSaved(parts: SavedParts, current: CurrentSale, host: TenderHost): Saved {
  let presented: Presentation | null = null;

  async function present(saleId: string): Promise<void> {
    const presentation: Presentation = { isPaying: false };
    presented = presentation;
    const isWanted = () => presented === presentation && current.isStillPreparing(saleId);
    const checkout = await checkoutOfSale(parts, current, saleId, createTimeBudget(parts, CHARGE_WITHIN_MS));
    if (!isWanted()) return;
    if (checkout.kind === 'failed') return current.learn({ kind: 'preparation-failed', problem: checkout.failure });
    const noted = await current.intendSoon({ kind: 'form-shown', checkoutId: checkout.value }, isWanted);
    if (noted.kind === 'failed') return isWanted() ? current.learn({ kind: 'preparation-failed', problem: noted.failure }) : undefined;
    host.shown();
  }

  async function pay(saleId: string, methodId: string): Promise<Result<null, ChargeProblem>> {
    const sale = current.get();
    const presentation = presented;
    if (presentation === null || presentation.isPaying || sale.kind !== 'ready' || sale.id !== saleId || sale.tender !== 'saved') return failed({ kind: 'sale-in-progress' });
    presentation.isPaying = true;
    const { checkoutId } = sale;
    const completion = { methodId, idempotencyKey: parts.newId() };
    const allowed = await host.submit({ checkoutId, componentAmountInCents: null, methodType: METHOD_TYPE, isAuthorisationShown: false, completion });
    if (allowed.kind === 'ok') void send(presentation, saleId, { checkoutId, ...completion });
    else presentation.isPaying = false;
    return allowed.kind === 'ok' ? ok(null) : failed(problemOf(allowed.failure));
  }

  async function send(presentation: Presentation, saleId: string, order: Parameters<Completions['complete']>[0]): Promise<void> {
    const answer = await parts.completions.complete(order);
    parts.log('saved.asked', { sale: saleId, checkout: order.checkoutId, answer: answer.kind === 'ok' ? 'answered' : answer.failure.kind, code: answer.kind === 'ok' ? null : answer.failure.code });
    // The sale is known, or has been left, and is watched.
    if (presented !== presentation || current.get().id !== saleId) return;
    if (answer.kind === 'ok') return host.hinted({ kind: 'submitted', word: 'completed' });
    const refusal = refusalOf(answer.failure);
    if (refusal !== null) return host.refused(refusal);
    if (answer.failure.kind === 'declined') host.hinted({ kind: 'answered', status: answer.failure.status });
    host.hinted({ kind: 'failed', word: `completion-${answer.failure.kind}` });
  }

  const tender: Tender = {
    kind: 'saved',
    preparedAmounts: [],
    methodTypes: [METHOD_TYPE],
    authorisation: () => null,
    unclearAfterMs: UNCLEAR_AFTER_MS,
    prepare() {},
    discard() {},
    present: (saleId) => void present(saleId),
    presented: () => presented,
    link: () => null,
    secondsLeft: () => null,
    prepareRetry() {},
    hide() {},
    withdraw() {
      presented = null;
    },
    woke() {},
  };
  return { tender, pay };
}

/** JustiFi's refusal; null: it may have accepted, and the checkout is read. */
function refusalOf(failure: JustifiFailure): RequestRefusal | null {
  switch (failure.kind) {
    case 'invalid':
      return { reason: failure.status === 404 ? 'method-gone' : 'refused', isCertain: true };
    case 'forbidden':
    case 'unauthorised':
      return { reason: 'refused', isCertain: true };
    case 'conflict':
      // It may stand for a request that is being carried out.
      return { reason: 'refused', isCertain: false };
    case 'rate-limited':
      return { reason: 'too-many-tries', isCertain: true };
    case 'declined':
    case 'network':
    case 'server':
    case 'unexpected':
      return null;
    default:
      return assertNever(failure);
  }
}

/** Nothing was sent. */
function problemOf({ kind }: SubmitRefusal): ChargeProblem {
  switch (kind) {
    case 'amount-changed':
    case 'journal-unwritable':
      return { kind };
    case 'not-now':
      return { kind: 'service-trouble', code: 'not-now' };
    default:
      return assertNever(kind);
  }
}
