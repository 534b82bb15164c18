import type { CurrentSale } from '../current-sale.ts';
import type { JustifiFailure } from '../justifi-failure.ts';
import { type NewCheckoutParts, checkoutOfSale } from '../new-checkout.ts';
import type { RequestRefusal, Tender, TenderHost } from '../tender.ts';
import { type Timers, createTimeBudget } from '../timers.ts';
import { whyRefused } from './refused-request.ts';
import type { PairedReader, Terminals } from './terminals.ts';

/** How long the customer has at the reader; JustiFi ends it then. */
const ON_READER_MS = 90_000;
/** JustiFi's answer about the end may take a little longer. */
const UNCLEAR_AFTER_MS = ON_READER_MS + 15_000;
/** The cashier is told within this after Charge what to do next. */
const CHARGE_WITHIN_MS = 10_000;
/** The only payment method at a reader. */
const METHOD_TYPE = 'card_present';

type ReaderParts = NewCheckoutParts & {
  readonly terminals: Terminals;
  /** Null: none is paired, and the reader is not one of the ways to pay. */
  readonly paired: () => PairedReader | null;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  /** When the customer's time began. */
  readonly onChange: () => void;
};

/** One request to the customer to tap or insert. */
type Presentation = { askedAtMs: number | null };

/** A card reader on the counter. The request to it is the charge: it is journaled first, and only the checkout tells how it ended. */
export function createReader(parts: ReaderParts, current: CurrentSale, host: TenderHost): Tender {
  let presented: Presentation | null = null;

  async function present(saleId: string): Promise<void> {
    const presentation: Presentation = { askedAtMs: null };
    presented = presentation;
    const isWanted = () => presented === presentation && current.isStillPreparing(saleId);
    const checkout = await checkoutOfSale(parts, current, saleId, createTimeBudget(parts, CHARGE_WITHIN_MS));
    if (!isWanted()) return;
    if (checkout.kind === 'failed') return current.learn({ kind: 'preparation-failed', problem: checkout.failure });
    const checkoutId = checkout.value;
    const noted = await current.intendSoon({ kind: 'form-shown', checkoutId }, isWanted);
    if (noted.kind === 'failed') return isWanted() ? current.learn({ kind: 'preparation-failed', problem: noted.failure }) : undefined;
    host.shown();
    // The gate reads the checkout, and journals that a charge is allowed, before anything is asked of the reader.
    const allowed = await host.submit({ checkoutId, componentAmountInCents: null, methodType: METHOD_TYPE, isAuthorisationShown: false });
    if (presented !== presentation || current.get().id !== saleId) return;
    if (allowed.kind === 'ok') return ask(presentation, checkoutId);
    // At a reader there is no Pay to press again, as on a form.
    if (current.get().kind === 'ready') host.lost(`reader-${allowed.failure.kind}`);
  }

  async function ask(presentation: Presentation, checkoutId: string): Promise<void> {
    const reader = parts.paired();
    // Nothing was sent.
    if (reader === null) return host.refused({ reason: 'reader-removed', isCertain: true });
    presentation.askedAtMs = parts.monotonicMs();
    const sent = await parts.terminals.pay({ checkoutId, ...reader });
    const refusal = sent.kind === 'failed' ? await refusalOf(sent.failure, reader) : null;
    parts.log('reader.asked', { checkout: checkoutId, answer: sent.kind === 'ok' ? 'sent' : sent.failure.kind, code: sent.kind === 'ok' ? sent.value.sessionId : sent.failure.code });
    if (presented !== presentation) return;
    if (sent.kind === 'ok') return parts.onChange();
    if (refusal !== null) host.refused(refusal);
    else host.hinted({ kind: 'failed', word: 'reader-no-answer' });
  }

  async function refusalOf(failure: JustifiFailure, { terminalId }: PairedReader): Promise<RequestRefusal | null> {
    return whyRefused(failure, () => parts.terminals.isConnected(terminalId));
  }

  return {
    kind: 'reader',
    preparedAmounts: [],
    methodTypes: [METHOD_TYPE],
    authorisation: () => null,
    unclearAfterMs: UNCLEAR_AFTER_MS,
    prepare() {},
    discard() {},
    present: (saleId) => void present(saleId),
    presented: () => presented,
    link: () => null,
    secondsLeft() {
      const since = presented?.askedAtMs ?? null;
      return since === null ? null : Math.max(0, Math.ceil((since + ON_READER_MS - parts.monotonicMs()) / 1000));
    },
    prepareRetry() {},
    hide() {},
    withdraw() {
      presented = null;
    },
    woke() {},
  };
}
