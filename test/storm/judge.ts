import type { SaleView } from '../../contract/till-snapshot.ts';
import { UNFINISHED_KINDS } from '../../main/sale/journal.ts';
import type { CounterSnapshot } from '../../main/sale/till.ts';
import type { Charge } from '../../main/training/justifi.ts';
import type { SeenRequest, TestJustifi } from '../justifi/justifi.ts';
import { type JournalReading, readJournal } from './journal-reading.ts';
import type { Line } from './line.ts';
import { planOf } from './plan.ts';
import { FASTER, realTimeOf } from './shop-time.ts';

export type Finding = { readonly kind: 'lost' | 'double' | 'wrong' | 'unresolved'; readonly customer: number | null; readonly what: string };

/** Holds what the till said against JustiFi's books: at the moment when it was said, and once more at the end. */
export type Judge = {
  hears(line: Line): void;
  /** The till was killed, and this is what was on its screen before and is after. `hasEnded`: the cashier was done with this customer. */
  comparesScreens(customer: number, before: SaleView, after: SaleView, hasEnded: boolean): void;
  finds(finding: Finding): void;
  /** Reads the journal and says everything that is not as it must be. Empty: all is well. */
  verdict(file: string): readonly Finding[];
  /** Payments that this PC was too busy to bring to JustiFi in time, so that nothing can be said about them. */
  overtaken(): number;
};

type Refusal = { readonly saleId: string; readonly at: number; readonly word: string };

/**
 * The shop's time after which Counter believes that a request never arrived. Written down here once more, because the product's own
 * figure is what is judged.
 */
const NEVER_ARRIVED_AFTER_MS = 150_000;

/** What Counter logs about its own files when they are worse off than a kill can leave them. */
const NEVER_BY_A_KILL: readonly string[] = ['journal.restored', 'journal.tampered', 'journal.damaged', 'journal.unusable', 'journal.unwritable', 'settings.damaged'];

export function openJudge(justifi: TestJustifi, seed: number): Judge {
  const findings: Finding[] = [];
  const customers = new Map<string, number>();
  /** When Pay was allowed, per sale and per checkout, in real time. The journal had it before. */
  const submissions = new Map<string, number[]>();
  const refusals: Refusal[] = [];
  /** What each sale was last shown as, where that was an end. */
  const shown = new Map<string, SaleView['kind']>();
  const looked = new Set<string>();
  /** On which checkout each sale was shown to its customer. */
  const shownOn = new Map<string, string>();

  let overtaken = 0;

  const finds = (finding: Finding) => void findings.push(finding);
  const customerOf = (saleId: string) => customers.get(saleId) ?? null;

  function saleOf(charge: Charge): string {
    return String(justifi.books.checkouts().find(({ id }) => id === charge.checkoutId)?.metadata['sale']);
  }

  function chargesOf(saleId: string): readonly Charge[] {
    const checkouts = new Set(justifi.books.checkouts().filter(({ metadata }) => metadata['sale'] === saleId).map(({ id }) => id));
    return justifi.charges().filter(({ checkoutId }) => checkouts.has(checkoutId));
  }

  /** The same screen is drawn more than once. */
  function isNew(what: string): boolean {
    if (looked.has(what)) return false;
    looked.add(what);
    return true;
  }

  function looksAt({ sale, latePayments }: CounterSnapshot, { at, customer }: Line): void {
    if (sale.kind !== 'entering' && customer !== null && !customers.has(sale.saleId)) customers.set(sale.saleId, customer);
    for (const late of latePayments) {
      const isTrue = !isNew(`${late.saleId} late`) || chargesOf(late.saleId).some(({ amount }) => amount === late.amountInCents);
      if (!isTrue) finds({ kind: 'wrong', customer: customerOf(late.saleId), what: `a late payment of ${late.amountInCents} is shown, and there is none` });
    }
    if (sale.kind === 'entering' || !isNew(`${sale.saleId} ${sale.kind} ${sale.kind === 'declined' || sale.kind === 'not-charged' ? submissions.get(sale.saleId)?.length : ''}`)) return;
    looksAtSale(sale, at);
  }

  function looksAtSale(sale: Exclude<SaleView, { kind: 'entering' }>, at: number): void {
    const { saleId, amountInCents } = sale;
    const customer = customerOf(saleId);
    if (customer !== null && amountInCents !== planOf(seed, customer).amountInCents) finds({ kind: 'wrong', customer, what: `${amountInCents} is on the screen instead of ${planOf(seed, customer).amountInCents}` });
    switch (sale.kind) {
      case 'paid':
      case 'accepted':
        shown.set(saleId, sale.kind);
        if (!chargesOf(saleId).some(({ amount }) => amount === amountInCents)) finds({ kind: 'wrong', customer, what: `${sale.kind} is shown without a charge of ${amountInCents}` });
        return;
      case 'declined':
      case 'not-charged':
        shown.set(saleId, sale.kind);
        refusals.push({ saleId, at, word: sale.kind });
        return;
      case 'wrong-amount':
        return finds({ kind: 'wrong', customer, what: `${sale.chargedInCents} were charged instead of ${amountInCents}` });
      case 'preparing':
      case 'ready':
      case 'submitting':
      case 'checking':
        return;
      default:
        sale satisfies never;
    }
  }

  /** Declined and not charged must have been true when they were said, and stay true until Pay is pressed again. */
  function judgeRefusals(): void {
    for (const { saleId, at, word } of refusals) {
      for (const charge of chargesOf(saleId)) {
        const chargedAt = realTimeOf(charge.at);
        const isOfLaterTry = (submissions.get(saleId) ?? []).some((submittedAt) => submittedAt > at && submittedAt <= chargedAt);
        if (isOfLaterTry) continue;
        const waited = (at - Math.max(...(submissions.get(saleId) ?? []).filter((submittedAt) => submittedAt <= at))) * FASTER;
        // A PC so busy that a request took longer than any request may: Counter could not have known.
        if (word === 'not-charged' && chargedAt > at && waited >= NEVER_ARRIVED_AFTER_MS) overtaken += 1;
        else finds({ kind: 'wrong', customer: customerOf(saleId), what: `${word} was shown ${Math.round(chargedAt - at)} ms before the charge came` });
      }
    }
  }

  function judgeCharges({ sales, entries }: JournalReading): void {
    const known = new Set(entries.flatMap(({ event, sale }) => ['checkoutId' in event ? event.checkoutId : null, 'checkoutId' in sale ? sale.checkoutId : null]));
    for (const charge of justifi.charges()) {
      const saleId = saleOf(charge);
      const customer = customerOf(saleId);
      const sale = sales.get(saleId);
      const lost = (what: string) => finds({ kind: 'lost', customer, what: `${what} (${charge.amount} on ${charge.checkoutId})` });
      if (!known.has(charge.checkoutId)) lost('the journal knows nothing of a checkout that was charged');
      if (sale === undefined) {
        lost('the journal knows nothing of a sale that was charged');
        continue;
      }
      if (sale.kind !== 'paid' && sale.kind !== 'accepted' && sale.kind !== 'reversed') {
        lost(`a charge whose sale ended as ${sale.kind}`);
        continue;
      }
      if (sale.paymentId !== charge.paymentId) lost('the journal has another payment');
      const returned = returnedOf(charge);
      if (sale.kind === 'reversed' ? returned !== charge.amount : returned !== 0) lost(`the sale is ${sale.kind}, and ${returned} were given back`);
    }
  }

  function returnedOf({ paymentId }: Charge): number {
    const payment = justifi.books.payments().find(({ id }) => id === paymentId);
    const refunded = justifi.books.refunds().filter((refund) => refund.paymentId === paymentId).reduce((sum, { amount }) => sum + amount, 0);
    return refunded + (payment !== undefined && payment.voidedAt !== null ? payment.amount : 0);
  }

  function judgeDoubles(): void {
    const countBy = (keyOf: (charge: Charge) => string | null, what: string) => {
      const counted = Map.groupBy(justifi.charges(), keyOf);
      for (const [key, charges] of counted) {
        const [first] = charges;
        if (key !== null && charges.length > 1 && first) finds({ kind: 'double', customer: customerOf(saleOf(first)), what: `${charges.length} charges of one ${what}: ${charges.map(({ checkoutId }) => checkoutId).join(', ')}` });
      }
    };
    countBy(({ checkoutId }) => checkoutId, 'checkout');
    countBy(saleOf, 'sale');
    countBy((charge) => customerOf(saleOf(charge))?.toString() ?? null, 'customer');
  }

  /** Nothing was asked of JustiFi that was not in the journal before. */
  function judgeRequests({ entries }: JournalReading): void {
    const keys = new Set(entries.flatMap(({ event }) => ('idempotencyKey' in event ? [event.idempotencyKey] : event.kind === 'reversal-asked' ? [event.reversal.idempotencyKey ?? ''] : [])));
    const completions = new Map<string, Set<string>>();
    for (const request of justifi.requests()) {
      const on = `${request.method} ${request.path.replaceAll(/_[\w-]+/gu, '_*')}`;
      const key = request.headers['idempotency-key'] ?? '';
      switch (on) {
        case 'POST /v1/checkouts':
          if (!keys.has(key.replace(/-(url|host)$/u, ''))) finds({ kind: 'lost', customer: null, what: `a checkout was asked for that the journal knows nothing of: ${request.body.slice(0, 200)}` });
          break;
        case 'POST /v1/payments/py_*/void':
        case 'POST /v1/payments/py_*/refunds':
          if (!keys.has(key)) finds({ kind: 'lost', customer: null, what: `${on} was asked for, and the journal knows nothing of it` });
          break;
        case 'POST /v1/checkouts/cho_*/complete':
          judgeCompletion(request, key, completions, entries);
          break;
        default:
      }
    }
  }

  function judgeCompletion(request: SeenRequest, key: string, completions: Map<string, Set<string>>, entries: JournalReading['entries']): void {
    const checkoutId = request.path.split('/')[3] ?? '';
    const seen = completions.get(checkoutId) ?? new Set();
    completions.set(checkoutId, seen.add(key));
    const written = entries.filter(({ event }) => event.kind === 'submit-allowed' && event.checkoutId === checkoutId).length;
    const before = (submissions.get(checkoutId) ?? []).filter((at) => at <= realTimeOf(request.at)).length;
    const allowed = Math.min(written, before);
    if (allowed < seen.size) finds({ kind: 'lost', customer: null, what: `Pay reached JustiFi ${seen.size} times on ${checkoutId}, and the journal had allowed ${allowed}` });
  }

  function judgeScreens({ sales }: JournalReading): void {
    for (const [saleId, kind] of shown) {
      const sale = sales.get(saleId);
      const isKept = kind === 'paid' || kind === 'accepted' ? sale?.kind === kind : sale !== undefined;
      if (!isKept) finds({ kind: 'lost', customer: customerOf(saleId), what: `${kind} was shown, and the journal says ${sale?.kind ?? 'nothing'}` });
    }
    for (const sale of sales.values()) {
      if (UNFINISHED_KINDS.includes(sale.kind)) finds({ kind: 'unresolved', customer: customerOf(sale.id), what: `sale ${sale.id} is still ${sale.kind}` });
    }
  }

  return {
    finds,
    overtaken: () => overtaken,
    hears(line) {
      const { said, at, customer } = line;
      if (said.kind === 'screen') looksAt(said.snapshot, line);
      if (said.kind === 'log' && said.what === 'sale.submit-allowed') {
        for (const id of [said.sale, said.checkout]) if (id !== null) submissions.set(id, [...(submissions.get(id) ?? []), at]);
      }
      if (said.kind === 'log' && said.what === 'sale.form-shown' && said.sale !== null && said.checkout !== null) {
        const earlier = shownOn.get(said.sale) ?? said.checkout;
        if (earlier !== said.checkout) finds({ kind: 'double', customer, what: `one sale was shown on two checkouts, ${earlier} and ${said.checkout}` });
        shownOn.set(said.sale, said.checkout);
      }
      if (said.kind === 'log' && NEVER_BY_A_KILL.includes(said.what)) finds({ kind: 'lost', customer, what: `${said.what} ${said.detail}` });
    },
    comparesScreens(customer, before, after, hasEnded) {
      if (before.kind === 'entering' && before.amountInCents === 0) return;
      // The till may be one step further than its last screen was: what the cashier did last is kept before it is shown.
      const typed = hasEnded ? { amountInCents: 0, description: '' } : planOf(seed, customer);
      const shows = (what: { readonly amountInCents: number; readonly description: string }) => after.amountInCents === what.amountInCents && after.description === what.description;
      const isSameSale = after.saleId === before.saleId && after.kind !== 'entering';
      const isTyped = after.kind === 'entering' && (shows(before) || shows(typed));
      const wasPaid = before.kind === 'paid' || before.kind === 'accepted';
      const isKept = wasPaid ? (isSameSale && after.kind === before.kind) || (hasEnded && isTyped) : isSameSale || isTyped;
      if (!isKept) finds({ kind: 'lost', customer, what: `${before.kind} ${before.amountInCents} was on the screen before the kill, ${after.kind} ${after.amountInCents} is after it` });
    },
    verdict(file) {
      const reading = readJournal(file);
      if (reading.trouble !== null) finds({ kind: 'lost', customer: null, what: `the journal: ${reading.trouble}` });
      judgeCharges(reading);
      judgeDoubles();
      judgeRefusals();
      judgeRequests(reading);
      judgeScreens(reading);
      return findings;
    },
  };
}
