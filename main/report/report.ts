import type { Currency } from '../../contract/money.ts';
import { type DayReport, REPORT_TENDERS, type ReportSum, type ReportTender, type ReportTotals } from '../../contract/report.ts';
import type { Figure, Figures } from '../history/figures.ts';
import type { MovementKind } from '../history/movement.ts';

/** `after`, `since`: the entry and the time (UTC, ISO 8601) at which the report before was closed. */
type ReportBeginning = { readonly currency: Currency; readonly after: number; readonly since: string | null };

/** A closed report is one entry of the journal, which has a longest length. */
const MOST_DAYS = 31;
const MOST_CASHIERS = 50;

/** The report on the money that moved, in each of its groupings. All add up to the same totals. */
export function reportOf({ upTo, moved, ...lists }: Figures, { currency, after, since }: ReportBeginning): DayReport {
  const days = distinct(moved, ({ businessDay }) => businessDay).toSorted().toReversed();
  const shownDays = new Set(days.slice(0, MOST_DAYS));
  const names = distinct(moved, ({ cashier }) => cashier).filter((name) => name !== null).toSorted();
  const shownNames = new Set(names.slice(0, MOST_CASHIERS));
  const byTender = groups(moved, tenderOf, (tender) => ({ tender }));
  const byCashier = groups(moved, ({ cashier }) => (cashier !== null && shownNames.has(cashier) ? cashier : null), (cashier) => ({ cashier }));
  const byDay = groups(moved, ({ businessDay }) => (shownDays.has(businessDay) ? businessDay : null), (businessDay) => ({ businessDay }));
  return {
    currency,
    after,
    upTo,
    since,
    totals: totalsOf(moved),
    byTender: byTender.toSorted((one, other) => REPORT_TENDERS.indexOf(one.tender) - REPORT_TENDERS.indexOf(other.tender)),
    byCashier: byCashier.toSorted((one, other) => compareNames(one.cashier, other.cashier)),
    byDay: byDay.toSorted((one, other) => (one.businessDay ?? '').localeCompare(other.businessDay ?? '')),
    ...lists,
  };
}

function tenderOf({ tender, paidKind }: Figure): ReportTender {
  return paidKind === 'bank' && tender !== 'plaid' ? 'bank-account' : (tender ?? 'not-known');
}

function totalsOf(moved: readonly Figure[]): ReportTotals {
  const sum = (wanted: MovementKind): ReportSum => {
    const of = moved.filter(({ kind }) => kind === wanted);
    return { count: total(of.map(({ count }) => count)), amountInCents: total(of.map(({ amountInCents }) => amountInCents)) };
  };
  const part = (isWanted: (kind: MovementKind) => boolean, of: (figure: Figure) => ReportSum): ReportSum => {
    const parts = moved.filter(({ kind }) => isWanted(kind)).map(of);
    return { count: total(parts.map(({ count }) => count)), amountInCents: total(parts.map(({ amountInCents }) => amountInCents)) };
  };
  const isTaken = (kind: MovementKind) => kind === 'taken';
  const isBack = (kind: MovementKind) => kind !== 'taken';
  const tip = ({ tipCount, tipInCents }: Figure): ReportSum => ({ count: tipCount, amountInCents: tipInCents });
  const premium = ({ premiumCount, premiumInCents }: Figure): ReportSum => ({ count: premiumCount, amountInCents: premiumInCents });
  return {
    payments: sum('taken'),
    voids: sum('void'),
    refunds: sum('refund'),
    failedTransfers: sum('failed'),
    tips: part(isTaken, tip),
    tipsBack: part(isBack, tip),
    premiums: part(isTaken, premium),
    premiumsBack: part(isBack, premium),
    netInCents: total(moved.map(({ amountInCents }) => amountInCents)),
  };
}

function groups<Key, Named>(moved: readonly Figure[], keyOf: (figure: Figure) => Key, named: (key: Key) => Named): readonly (Named & ReportTotals)[] {
  return distinct(moved, keyOf).map((key) => ({ ...named(key), ...totalsOf(moved.filter((figure) => keyOf(figure) === key)) }));
}

function distinct<Key>(moved: readonly Figure[], keyOf: (figure: Figure) => Key): readonly Key[] {
  return [...new Set(moved.map(keyOf))];
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Sales without a name come last. */
function compareNames(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return one.localeCompare(other);
}
