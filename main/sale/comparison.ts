import { type Result, failed, ok } from '../../contract/result.ts';
import type { Checkout, Checkouts, ListedCheckout, ReadEnough } from './checkout.ts';
import type { SaleQueries } from './journal.ts';
import type { JustifiFailure } from './justifi-failure.ts';
import type { ListedPayment, Payments } from './payments.ts';
import { type Purchase, purchaseOf, withTip } from './purchase.ts';
import { type Sale, tookMoney } from './sale.ts';

/** JustiFi's checkouts and payments of this register, against its journal. */
export type Comparison = {
  /** Checkouts with an attempt to pay on this PC that the journal does not have. */
  readonly unknown: readonly UnknownCheckout[];
  /** Checkouts with this register's id and another PC's name: its disk was copied, and both take payments. */
  readonly onOtherPc: readonly UnknownCheckout[];
  /** Sales of the journal without a payment, whose checkout has one at JustiFi or was completed there. */
  readonly paidAtJustifi: readonly string[];
  /** Sales that are paid in the journal, and whose checkout JustiFi does not know. */
  readonly missingAtJustifi: readonly Sale[];
  /** Entries that may be this register's and could not be read. */
  readonly unreadable: number;
  /** False: JustiFi has more than was read. */
  readonly isComplete: boolean;
};

/** `isPaid`: it was completed, or JustiFi lists a payment on it. */
export type UnknownCheckout = { readonly checkoutId: string; readonly purchase: Purchase; readonly isPaid: boolean };

export type ComparisonParts = {
  readonly checkouts: Pick<Checkouts, 'list' | 'read'>;
  readonly payments: Pick<Payments, 'listTaken'>;
  readonly journal: Pick<SaleQueries, 'saleOn' | 'paidSince'>;
  readonly registerId: string;
  /** The PC's name in the metadata of its checkouts. */
  readonly pc: string;
  /** UTC, ISO 8601. Only chooses the sales that JustiFi is asked about. */
  readonly utcNow: () => string;
  /** False: the register was closed. Nothing more is asked. */
  readonly isWanted: () => boolean;
};

/** `recent`: the last two days, by JustiFi's clock. `since`: from a time on that this PC's clock wrote (UTC, ISO 8601), which may have been wrong. */
export type ComparisonScope = { readonly kind: 'recent' } | { readonly kind: 'since'; readonly utc: string };

const RECENT_MS = 48 * 60 * 60_000;
/** The clock that wrote the journal may have been wrong. Reading entries that are already in the journal does no harm. */
const EARLIER_BY_MS = 24 * 60 * 60_000;
/** When the journal has this many in a row, it is complete from here on, even if its clock was wrong. */
const KNOWN_IN_A_ROW = 20;
const MOST_PAGES: Readonly<Record<ComparisonScope['kind'], number>> = { recent: 20, since: 1_000 };
/** Single checkouts read in one comparison; an account with a web shop has many that are not ours. */
const MOST_READ = 50;
const PAID_WITHIN_MS = 24 * 60 * 60_000;

/** No attempt to pay; most of these were prepared and never shown. */
const UNTRIED = 'created';

/**
 * Compares entry by entry: an entry that cannot be read is counted, and the rest goes on. JustiFi documents no filter by date for checkouts, so they are paged from
 * the newest on. Failed: JustiFi or the journal did not answer; ask again.
 */
export async function compare(parts: ComparisonParts, scope: ComparisonScope): Promise<Result<Comparison, { readonly kind: string }>> {
  const mostPages = MOST_PAGES[scope.kind];
  const listed = await parts.checkouts.list({ mostPages, isEnough: whileWanted(parts, enoughFor(parts, scope)) });
  if (listed.kind === 'failed') return listed;
  if (!parts.isWanted()) return NOT_WANTED;
  const taken = await parts.payments.listTaken({ mostPages, isEnough: whileWanted(parts, enoughPayments(scope, listed.value.checkouts)) });
  if (taken.kind === 'failed') return taken;
  const ids = new Set(listed.value.checkouts.map(({ id }) => id));
  const paidOn = new Set(taken.value.items.flatMap(({ checkoutId }) => checkoutId ?? []));
  const unlisted = [...paidOn].filter((id) => !ids.has(id));
  const isTried = ({ id, status }: ListedCheckout) => status !== UNTRIED || paidOn.has(id);
  const read = await readEach(parts, [...listed.value.checkouts.filter((checkout) => isTried(checkout) && needsReading(parts, checkout)).map(({ id }) => id), ...unlisted]);
  if (read.kind === 'failed') return read;
  const tried = [...listed.value.checkouts.map((checkout) => read.value.found.get(checkout.id) ?? checkout), ...unlisted.flatMap((id) => read.value.found.get(id) ?? [])].filter(isTried);
  const sorted = sortOut(parts, tried, paidOn);
  if (sorted.kind === 'failed') return sorted;
  const missing = scope.kind === 'recent' ? await missingAtJustifi(parts, ids) : ok({ sales: [], isComplete: true });
  if (missing.kind === 'failed') return missing;
  const isComplete = !listed.value.isCut && !taken.value.isCut && read.value.isComplete && missing.value.isComplete;
  return ok({ ...sorted.value, missingAtJustifi: missing.value.sales, unreadable: listed.value.unreadable + read.value.unreadable, isComplete });
}

const NOT_WANTED = failed({ kind: 'closed' } as const);

/** Reading a long list stops when the register is closed. */
function whileWanted<Item>({ isWanted }: ComparisonParts, isEnough: ReadEnough<Item>): ReadEnough<Item> {
  return (read) => !isWanted() || isEnough(read);
}

/** By JustiFi's dates; this PC's clock alone never decides. */
function enoughFor(parts: ComparisonParts, scope: ComparisonScope): ReadEnough<ListedCheckout> {
  if (scope.kind === 'recent') return (read) => isBefore(read.at(-1), newestOf(read) - RECENT_MS);
  const early = Date.parse(scope.utc) - EARLIER_BY_MS;
  return (read) => {
    const own = read.filter((checkout) => checkout.registerId === parts.registerId && checkout.status !== UNTRIED);
    const last = own.slice(-KNOWN_IN_A_ROW);
    return isBefore(read.at(-1), early) && last.length === KNOWN_IN_A_ROW && last.every(({ id }) => isKnown(parts, id));
  };
}

function isKnown({ journal }: ComparisonParts, checkoutId: string): boolean {
  const sale = journal.saleOn(checkoutId);
  return sale.kind === 'ok' && sale.value !== null;
}

/** As far back as the checkouts go. Where they have no dates: two days, or as far as the gap. */
function enoughPayments(scope: ComparisonScope, checkouts: readonly ListedCheckout[]): ReadEnough<ListedPayment> {
  const dates = checkouts.flatMap(({ createdAtMs }) => createdAtMs ?? []);
  if (dates.length > 0) return (read) => isBefore(read.at(-1), Math.min(...dates));
  if (scope.kind === 'since') return (read) => isBefore(read.at(-1), Date.parse(scope.utc) - EARLIER_BY_MS);
  return (read) => isBefore(read.at(-1), newestOf(read) - RECENT_MS);
}

function isBefore(item: { readonly createdAtMs: number | null } | undefined, ms: number): boolean {
  return item !== undefined && item.createdAtMs !== null && item.createdAtMs < ms;
}

function newestOf(read: readonly { readonly createdAtMs: number | null }[]): number {
  return Math.max(...read.map(({ createdAtMs }) => createdAtMs ?? 0));
}

/** For a line of the list without the register or the amount. */
function needsReading({ registerId }: ComparisonParts, checkout: ListedCheckout): boolean {
  if (!checkout.hasMetadata) return true;
  return checkout.registerId === registerId && (checkout.amountInCents === null || checkout.currency === null || checkout.status === null);
}

type Read = { readonly found: ReadonlyMap<string, ListedCheckout>; readonly unreadable: number; readonly isComplete: boolean };

/** A checkout that JustiFi does not show, or in a shape that cannot be read, is counted; without an answer the whole comparison fails. */
async function readEach({ checkouts }: ComparisonParts, ids: readonly string[]): Promise<Result<Read, { readonly kind: string }>> {
  const found = new Map<string, ListedCheckout>();
  let unreadable = 0;
  for (const id of ids.slice(0, MOST_READ)) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other: nothing waits for it, and JustiFi limits requests
    const read = await checkouts.read(id);
    if (read.kind === 'ok') found.set(id, asListed(read.value));
    else if (isAboutOne(read.failure)) unreadable += 1;
    else return failed({ kind: read.failure.kind });
  }
  return ok({ found, unreadable, isComplete: ids.length <= MOST_READ });
}

/** JustiFi answers, and not about this checkout: a repeat would get the same. After any other failure the whole comparison is repeated. */
export function isAboutOne({ kind }: JustifiFailure): boolean {
  return kind === 'unexpected' || kind === 'invalid' || kind === 'forbidden' || kind === 'conflict';
}

function asListed({ id, status, amountInCents, currency, description, registerId, pc, tipInCents = 0 }: Checkout): ListedCheckout {
  return { id, createdAtMs: null, status, amountInCents, currency, description, registerId, pc, tipInCents, hasMetadata: true };
}

type Sorted = Pick<Comparison, 'unknown' | 'onOtherPc' | 'paidAtJustifi'>;

function sortOut({ journal, registerId, pc }: ComparisonParts, checkouts: readonly ListedCheckout[], paidOn: ReadonlySet<string>): Result<Sorted, { readonly kind: string }> {
  const unknown: UnknownCheckout[] = [];
  const onOtherPc: UnknownCheckout[] = [];
  const paidAtJustifi: string[] = [];
  for (const checkout of checkouts.filter((one) => one.registerId === registerId)) {
    const { id, status, amountInCents, currency, description, tipInCents = 0 } = checkout;
    // Its payment counts, whatever the checkout says.
    const isPaid = status === 'completed' || paidOn.has(id);
    const sale = journal.saleOn(id);
    if (sale.kind === 'failed') return sale;
    if (sale.value !== null) {
      if (isPaid && !('paymentId' in sale.value)) paidAtJustifi.push(sale.value.id);
    } else if (amountInCents !== null && currency !== null && status !== null) {
      const isElsewhere = checkout.pc !== null && checkout.pc !== pc;
      (isElsewhere ? onOtherPc : unknown).push({ checkoutId: id, purchase: withTip(purchaseOf(amountInCents - tipInCents, currency, description), tipInCents), isPaid });
    }
  }
  return ok({ unknown, onOtherPc, paidAtJustifi });
}

type Missing = { readonly sales: readonly Sale[]; readonly isComplete: boolean };

/** Sales of the last day that the journal has as paid. JustiFi is asked about each that is not in its list: only its answer about that checkout counts. */
async function missingAtJustifi({ checkouts, journal, utcNow }: ComparisonParts, listed: ReadonlySet<string>): Promise<Result<Missing, { readonly kind: string }>> {
  const paid = journal.paidSince(new Date(Date.parse(utcNow()) - PAID_WITHIN_MS).toISOString());
  if (paid.kind === 'failed') return paid;
  const sales: Sale[] = [];
  const unlisted = paid.value.filter(tookMoney).filter(({ checkoutId }) => !listed.has(checkoutId));
  for (const sale of unlisted.slice(0, MOST_READ)) {
    // oxlint-disable-next-line no-await-in-loop -- as above
    const read = await checkouts.read(sale.checkoutId);
    if (read.kind === 'failed' && 'status' in read.failure && read.failure.status === 404) sales.push(sale);
    else if (read.kind === 'failed' && !isAboutOne(read.failure)) return failed({ kind: read.failure.kind });
  }
  return ok({ sales, isComplete: unlisted.length <= MOST_READ });
}
