import { type AccountSums, type AllRegisters, type Missing, PAID_BY, type PaidBy, type TakenAt } from '../../contract/all-registers.ts';
import type { Currency } from '../../contract/money.ts';
import type { ReportSum } from '../../contract/report.ts';
import type { AccountPayment, AccountRefund, NamedRegister } from '../sale/account-payments.ts';
import { hasEndedUnpaid, isPending, isTaken } from '../sale/payments.ts';

/** Whose payments are counted. `isTest`: with keys for test, and in training. */
export type CountedAccount = { readonly subAccountId: string; readonly isTest: boolean; readonly currency: Currency };

/** The register that made a payment; null: none of Counter's; 'not-known': it could not be found out. */
export type RegisterOf = (payment: AccountPayment) => NamedRegister | null | 'not-known';

/** A refund of the day, and its payment; null: that could not be read. */
export type RefundOfDay = { readonly refund: AccountRefund; readonly payment: AccountPayment | null };

export type DayOfAccount = {
  readonly payments: readonly AccountPayment[];
  readonly refunds: readonly RefundOfDay[];
  readonly registerOf: RegisterOf;
  readonly here: { readonly id: string; readonly name: string };
  readonly account: CountedAccount;
  readonly missing: Omit<Missing, 'ofOthers'>;
};

/** One of the sums, and the amount that a payment or refund adds to it. */
type Counted = { readonly sum: 'payments' | 'voids' | 'refunds' | 'pending' | 'pendingRefunds' | 'failed'; readonly cents: number };
type Line = { readonly at: TakenAt; readonly paidBy: PaidBy; readonly counted: readonly Counted[]; readonly feesInCents: number | null; readonly madeAtMs: number };

/** SECURITY: nothing of another account, of test beside live, or in another currency is ever added up. Where JustiFi's answer lacks a field, its filter is relied on. */
export function isOfAccount({ accountId, isTest, currency }: AccountPayment, account: CountedAccount): boolean {
  return (accountId ?? account.subAccountId) === account.subAccountId && (isTest ?? account.isTest) === account.isTest && (currency ?? account.currency) === account.currency;
}

/** The payments and refunds of a day, by register and by how they were paid. Both groupings add up to the same total. */
export function allRegistersOf({ payments, refunds, registerOf, here, account, missing }: DayOfAccount): Pick<AllRegisters, 'total' | 'rows' | 'byPaidBy' | 'missing'> {
  const own = payments.filter((payment) => isOfAccount(payment, account));
  const ownRefunds = refunds.filter(({ payment }) => payment === null || isOfAccount(payment, account));
  const at = (payment: AccountPayment | null) => takenAt(payment === null ? 'not-known' : registerOf(payment), here);
  const paymentLines = own.map((payment): Line => ({ at: at(payment), paidBy: payment.paidBy, counted: countedOf(payment), feesInCents: isTaken(payment) ? payment.feesInCents : null, madeAtMs: payment.madeAtMs }));
  const refundLines = ownRefunds.map(({ refund, payment }): Line => ({ at: at(payment), paidBy: payment?.paidBy ?? 'not-known', counted: countedRefund(refund), feesInCents: null, madeAtMs: refund.madeAtMs }));
  const lines = [...paymentLines, ...refundLines];
  const unknown = own.filter((payment) => countedOf(payment).length === 0).length + ownRefunds.filter(({ refund }) => countedRefund(refund).length === 0 && refund.status !== 'failed').length;
  const rows = groups(lines, ({ at: place }) => keyOf(place)).map((ofOne) => ({ at: newest(ofOne).at, ...sumsOf(ofOne) }));
  return {
    total: sumsOf(lines),
    rows: rows.toSorted((one, other) => orderOf(one.at).localeCompare(orderOf(other.at))),
    byPaidBy: groups(lines, ({ paidBy }) => paidBy).map((ofOne) => ({ paidBy: ofOne[0]!.paidBy, ...sumsOf(ofOne) })).toSorted((one, other) => PAID_BY.indexOf(one.paidBy) - PAID_BY.indexOf(other.paidBy)),
    missing: { ...missing, unreadable: missing.unreadable + unknown, ofOthers: payments.length - own.length + refunds.length - ownRefunds.length },
  };
}

/** Empty: a state that Counter does not know. */
function countedOf(payment: AccountPayment): readonly Counted[] {
  const { status, amountInCents: cents } = payment;
  if (isTaken(payment)) return [{ sum: 'payments', cents }];
  // JustiFi's "canceled" means voided: its register's day report has it among the payments and among the voids too.
  if (status === 'canceled') return [{ sum: 'payments', cents }, { sum: 'voids', cents: -cents }];
  if (hasEndedUnpaid(payment)) return [{ sum: 'failed', cents }];
  return isPending(payment) || status === 'authorized' ? [{ sum: 'pending', cents }] : [];
}

function countedRefund({ status, amountInCents }: AccountRefund): readonly Counted[] {
  if (status === 'succeeded') return [{ sum: 'refunds', cents: -amountInCents }];
  return status === 'pending' ? [{ sum: 'pendingRefunds', cents: -amountInCents }] : [];
}

function takenAt(register: ReturnType<RegisterOf>, here: DayOfAccount['here']): TakenAt {
  if (register === null) return { kind: 'elsewhere' };
  if (register === 'not-known') return { kind: 'not-known' };
  return register.id === here.id ? { kind: 'register', ...here, isThis: true } : { kind: 'register', id: register.id, name: register.name, isThis: false };
}

function keyOf(at: TakenAt): string {
  return at.kind === 'register' ? `register ${at.id}` : at.kind;
}

/** This register, the others by name, then payments of no register. */
function orderOf(at: TakenAt): string {
  if (at.kind === 'register') return at.isThis ? '0' : `1 ${at.name ?? ''} ${at.id}`;
  return at.kind === 'elsewhere' ? '2' : '3';
}

/** Registers are renamed: the last name counts. */
function newest(lines: readonly Line[]): Line {
  return lines.reduce((one, other) => (other.madeAtMs > one.madeAtMs ? other : one));
}

function groups(lines: readonly Line[], keyOfLine: (line: Line) => string): readonly (readonly Line[])[] {
  return [...Map.groupBy(lines, keyOfLine).values()];
}

function sumsOf(lines: readonly Line[]): AccountSums {
  const counted = lines.flatMap((line) => line.counted);
  const sum = (wanted: Counted['sum']): ReportSum => {
    const of = counted.filter((one) => one.sum === wanted);
    return { count: of.length, amountInCents: total(of.map(({ cents }) => cents)) };
  };
  const [payments, voids, refunds] = [sum('payments'), sum('voids'), sum('refunds')];
  const fees = lines.flatMap(({ feesInCents }) => feesInCents ?? []);
  return {
    payments,
    voids,
    refunds,
    netInCents: payments.amountInCents + voids.amountInCents + refunds.amountInCents,
    pending: sum('pending'),
    pendingRefunds: sum('pendingRefunds'),
    failed: sum('failed'),
    feesInCents: fees.length === 0 ? null : total(fees),
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
