import type { ReportComparison, ReportDifference } from '../../contract/report.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { TakenSale } from '../history/taken-sales.ts';
import type { Checkouts } from '../sale/checkout.ts';
import { isAboutOne } from '../sale/comparison.ts';
import type { SaleQueries } from '../sale/journal.ts';
import { type Payment, type Payments, hasEndedUnpaid, isPending, isTaken } from '../sale/payments.ts';
import type { Sale } from '../sale/sale.ts';

export type DayComparisonParts = {
  readonly payments: Pick<Payments, 'listMade' | 'read'>;
  readonly checkouts: Pick<Checkouts, 'read'>;
  readonly journal: Pick<SaleQueries, 'saleOn'>;
  readonly registerId: string;
};

/** `from`, `to`: the time of the report, UTC, ISO 8601. `isCut`: there are more sales than these. */
type ComparedDay = { readonly sales: readonly TakenSale[]; readonly isCut: boolean; readonly from: string; readonly to: string };

/** Clocks differ, and a payment is taken a moment before it is known. */
const MARGIN_MS = 60 * 60_000;
/** Single payments and checkouts asked about in one comparison. */
const MOST_READ = 50;
const MOST_SHOWN = 100;

/**
 * Compares each payment of the report with JustiFi's, by payments and never by payouts. A payment that is not in JustiFi's list is read by its id: only that answer shows that it is missing. A payment that
 * the journal does not have is named when its checkout is of this register. Failed: JustiFi did not answer.
 */
export async function compareDay(parts: DayComparisonParts, { sales, isCut, from, to }: ComparedDay): Promise<Result<ReportComparison, { readonly kind: 'not-compared' }>> {
  const times = [from, to, ...sales.map(({ at }) => at)].map((utc) => Date.parse(utc));
  const moved = (ms: number, byMs: number) => new Date(ms + byMs).toISOString();
  const listed = await parts.payments.listMade({ afterUtc: moved(Math.min(...times), -MARGIN_MS), beforeUtc: moved(Math.max(...times), MARGIN_MS) });
  if (listed.kind === 'failed') return failed({ kind: 'not-compared' });
  const { items } = listed.value;
  const matched = new Set<Payment>();
  const unlisted: TakenSale[] = [];
  const differences: ReportDifference[] = [];
  for (const sale of sales) {
    const payment = items.find((item) => isOf(item, sale));
    if (payment === undefined) unlisted.push(sale);
    else {
      matched.add(payment);
      differences.push(...differencesOf(sale, payment));
    }
  }
  const asked = await askForEach(parts, unlisted);
  if (asked.kind === 'failed') return asked;
  const others = items.filter((item) => !matched.has(item) && (isTaken(item) || isPending(item)) && isWithin(item, from, to));
  const sorted = await sortOut(parts, others);
  if (sorted.kind === 'failed') return sorted;
  const all = [...differences, ...asked.value.differences, ...sorted.value.differences];
  return ok({
    compared: sales.length,
    differenceCount: all.length,
    differences: all.slice(0, MOST_SHOWN),
    elsewhere: sorted.value.elsewhere,
    isComplete: !isCut && !listed.value.isCut && listed.value.unreadable === 0 && asked.value.isComplete && sorted.value.isComplete,
  });
}

function isOf(payment: Payment, { paymentId, checkoutId }: TakenSale): boolean {
  if (paymentId !== null) return payment.id === paymentId;
  // A bank transfer that was accepted before its payment was known.
  return payment.checkoutId !== null && payment.checkoutId === checkoutId && !hasEndedUnpaid(payment);
}

function isWithin({ madeAt }: Payment, from: string, to: string): boolean {
  return madeAt === null || (madeAt >= from && madeAt <= to);
}

/** The differences between this register's payment and JustiFi's. "Not settled yet" is listed as well, though both agree. */
function differencesOf(sale: TakenSale, payment: Payment): readonly ReportDifference[] {
  const { saleId, at, chargedInCents, givenBackInCents, hasFailed, description } = sale;
  const about = { saleId, paymentId: payment.id, at, description, status: payment.status };
  if (payment.amountInCents !== chargedInCents) return [{ ...about, kind: 'other-amount', hereInCents: chargedInCents, thereInCents: payment.amountInCents }];
  const here = hasFailed ? 0 : chargedInCents - givenBackInCents;
  const there = hasEndedUnpaid(payment) ? 0 : payment.amountInCents - payment.refundedInCents;
  const left = { hereInCents: here, thereInCents: there };
  if (here !== there || payment.isDisputed || isPending(payment) !== (sale.isPending && !hasFailed && here > 0)) return [{ ...about, ...left, kind: 'other-state' }];
  return isPending(payment) ? [{ ...about, ...left, kind: 'pending' }] : [];
}

type Found = { readonly differences: readonly ReportDifference[]; readonly isComplete: boolean };

/** Sales whose payment is not in the list. */
async function askForEach({ payments }: DayComparisonParts, sales: readonly TakenSale[]): Promise<Result<Found, { readonly kind: 'not-compared' }>> {
  const differences: ReportDifference[] = [];
  let isComplete = sales.length <= MOST_READ;
  for (const sale of sales.slice(0, MOST_READ)) {
    const { saleId, paymentId, at, description, chargedInCents: hereInCents } = sale;
    const missing: ReportDifference = { kind: 'missing-there', saleId, paymentId, at, description, hereInCents, thereInCents: null, status: null };
    // oxlint-disable-next-line no-await-in-loop -- one after the other: JustiFi limits requests
    const read = paymentId === null ? null : await payments.read(paymentId);
    if (read === null) differences.push(missing);
    else if (read.kind === 'ok') differences.push(...differencesOf(sale, read.value));
    else if ('status' in read.failure && read.failure.status === 404) differences.push(missing);
    else if (isAboutOne(read.failure)) isComplete = false;
    else return failed({ kind: 'not-compared' });
  }
  return ok({ differences, isComplete });
}

type Sorted = Found & { readonly elsewhere: ReportComparison['elsewhere'] };

/** Payments at JustiFi that are in no sale of the report: of another report, of this register but not in its journal, or of others on the account. */
async function sortOut(parts: DayComparisonParts, payments: readonly Payment[]): Promise<Result<Sorted, { readonly kind: 'not-compared' }>> {
  const differences: ReportDifference[] = [];
  const elsewhere: Payment[] = [];
  let isComplete = true;
  let asked = 0;
  for (const payment of payments) {
    const sale = payment.checkoutId === null ? null : parts.journal.saleOn(payment.checkoutId);
    const known = sale?.kind === 'ok' ? sale.value : null;
    if (known !== null) {
      if (isOtherThan(payment, known)) differences.push(unknownHere(payment, known.id));
      continue;
    }
    if (payment.checkoutId !== null && asked === MOST_READ) {
      isComplete = false;
      continue;
    }
    asked += payment.checkoutId === null ? 0 : 1;
    // oxlint-disable-next-line no-await-in-loop -- as above
    const read = payment.checkoutId === null ? null : await parts.checkouts.read(payment.checkoutId);
    if (read?.kind === 'failed' && !isAboutOne(read.failure)) return failed({ kind: 'not-compared' });
    if (read?.kind === 'failed') isComplete = false;
    else if (read?.value.registerId === parts.registerId) differences.push(unknownHere(payment, null));
    else elsewhere.push(payment);
  }
  return ok({ differences, isComplete, elsewhere: { count: elsewhere.length, amountInCents: elsewhere.reduce((sum, { amountInCents }) => sum + amountInCents, 0) } });
}

/** The sale has no payment, or another: of one checkout a second payment is a second charge. */
function isOtherThan({ id }: Payment, sale: Sale): boolean {
  return !('paymentId' in sale) || (sale.paymentId !== null && sale.paymentId !== id);
}

function unknownHere({ id, madeAt, amountInCents, status }: Payment, saleId: string | null): ReportDifference {
  return { kind: 'missing-here', saleId, paymentId: id, at: madeAt, description: null, hereInCents: null, thereInCents: amountInCents, status };
}
