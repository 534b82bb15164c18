import { z } from 'zod';
import type { Payment, Report, ReportType } from './books.ts';
import { type Outcome, envelope } from './exchange.ts';
import { matches, pageOf } from './page.ts';
import { statusOf } from './payment.ts';
import { refuse } from './refusal.ts';
import { readBody } from './request-body.ts';
import { platformAccountId } from './sub-account.ts';
import type { Call, World } from './world.ts';

const REPORT_TYPES = ['proceeds', 'payout', 'interchange_fee', 'sub_account_summary', 'payment_list'] as const satisfies readonly ReportType[];

/** The duration of each state is not published; the times here are short, for tests that move the clock. */
const PROCESSING_AFTER_MS = 5_000;
const COMPLETED_AFTER_MS = 30_000;
const EXPIRED_AFTER_MS = 7 * 24 * 60 * 60_000;
/** "Maximum allowed date range is 1 month", of which the longest counts. */
const LONGEST_RANGE_MS = 31 * 24 * 60 * 60_000;

const reportRequest = z.object({
  report_type: z.enum(REPORT_TYPES),
  nickname: z.string().nullish(),
  start_date: z.iso.date().nullish(),
  end_date: z.iso.date().nullish(),
  // Of a list of payments only.
  payment_status: z.enum(['authorized', 'failed', 'succeeded', 'canceled']).nullish(),
  payment_method_id: z.string().nullish(),
  terminal_id: z.string().nullish(),
});

/** `POST /v1/reports`: queues one. It is answered before it is made. */
export function createReport(world: World, call: Call): Outcome {
  const read = readBody(reportRequest, call.body ?? {});
  if (read.kind === 'failed') return read.failure;
  const { report_type: type, nickname, start_date: startDate, end_date: endDate, ...filter } = read.value;
  if (startDate && endDate && !isRange(startDate, endDate)) return refuse('invalid_parameter', { param: 'end_date', message: 'Format is invalid for parameter: end_date' });
  const report: Report = {
    id: world.newId('rpt'),
    type,
    accountId: call.subAccountId ?? null,
    nickname: nickname ?? null,
    startDate: startDate ?? null,
    endDate: endDate ?? null,
    paymentStatus: filter.payment_status ?? null,
    paymentMethodId: filter.payment_method_id ?? null,
    terminalId: filter.terminal_id ?? null,
    fails: world.settings().reports === 'failed',
    createdAt: world.now(),
  };
  world.books.reports.set(report.id, report);
  return done(world, report);
}

export function listReports(world: World, call: Call): Outcome {
  const reports = [...world.books.reports.values()].filter((report) => isFor(report, call) && matches(call.query, 'nickname', report.nickname));
  return pageOf(reports, call.query, ({ createdAt }) => createdAt, (report) => renderReport(world, report));
}

/** `GET /v1/reports/:id`: with its address once it is finished. */
export function getReport(world: World, call: Call): Outcome {
  const report = world.books.reports.get(call.id);
  return report !== undefined && isFor(report, call) ? done(world, report) : refuse('resource_not_found');
}

function isFor({ accountId }: Report, { subAccountId }: Call): boolean {
  return subAccountId === undefined || subAccountId === accountId;
}

function isRange(startDate: string, endDate: string): boolean {
  const lengthMs = Date.parse(endDate) - Date.parse(startDate);
  return lengthMs >= 0 && lengthMs <= LONGEST_RANGE_MS;
}

function done(world: World, report: Report): Outcome {
  return { kind: 'done', status: 200, body: envelope('report', renderReport(world, report)) };
}

/** Its present state. The reference's text says `created` for the first state, its schema `scheduled`. */
function reportStatus(world: World, { fails, createdAt }: Report): 'scheduled' | 'processing' | 'completed' | 'failed' | 'expired' {
  const ageMs = world.now() - createdAt;
  if (ageMs < PROCESSING_AFTER_MS) return 'scheduled';
  if (ageMs < COMPLETED_AFTER_MS) return 'processing';
  if (fails) return 'failed';
  return ageMs < EXPIRED_AFTER_MS ? 'completed' : 'expired';
}

function renderReport(world: World, report: Report) {
  const { id, type, nickname, accountId, createdAt } = report;
  const status = reportStatus(world, report);
  const at = (ms: number) => new Date(ms).toISOString();
  const accounts = { account_id: accountId ?? platformAccountId, platform_account_id: platformAccountId };
  const ofPayments = type === 'payment_list' ? { payment_status: report.paymentStatus, payment_method_id: report.paymentMethodId, terminal_id: report.terminalId } : {};
  return {
    id,
    report_type: type,
    nickname,
    status,
    scheduled_at: at(createdAt),
    run_at: status === 'scheduled' ? null : at(createdAt + PROCESSING_AFTER_MS),
    created_at: at(createdAt),
    error_description: status === 'failed' ? 'The report could not be generated.' : null,
    ...accounts,
    presigned_url: status === 'completed' ? fileOf(world, report) : null,
    parameters: { report_type: type, start_date: report.startDate, end_date: report.endDate, nickname, ...ofPayments, ...accounts },
  };
}

/** JustiFi's file is at its cloud; here the address contains the file. */
function fileOf(world: World, report: Report): string {
  const csv = [COLUMNS[report.type], ...rowsOf(world, report)].map((row) => `${row.join(',')}\n`).join('');
  return `data:text/csv;base64,${Buffer.from(csv).toString('base64')}`;
}

/** Of payouts and proceeds as published; of the others not published, so Counter must not read them. */
const COLUMNS: Readonly<Record<ReportType, readonly string[]>> = {
  payout: ['id', 'type', 'currency', 'amount', 'fee', 'net', 'source_id', 'source_account_id', 'source_type', 'source_amount', 'available_on', 'payment_id', 'created_at', 'payment_method_name', 'source_payment_id', 'payout_id', 'payout_created_at', 'payout_deposits_at'],
  proceeds: ['id', 'type', 'currency', 'amount', 'fee', 'net', 'source_id', 'source_account_id', 'source_type', 'source_amount', 'application_fee_amount', 'platform_fee_amount', 'proceeds', 'available_on', 'created_at', 'fee_major_category', 'fee_minor_category', 'fee_description', 'fee_product_code', 'fee_batch_date', 'payment_method_type', 'payment_method_brand', 'source_payment_id', 'payout_id', 'payout_created_at', 'payout_deposits_at'],
  interchange_fee: ['id'],
  sub_account_summary: ['account_id', 'payments', 'amount'],
  payment_list: ['id', 'account_id', 'created_at', 'status', 'currency', 'amount'],
};

/** Training has no payouts. */
function rowsOf(world: World, report: Report): readonly (readonly (string | number)[])[] {
  const payments = [...world.books.payments.values()].filter((payment) => isIn(world, report, payment));
  if (report.type === 'payment_list') return payments.map((payment) => [payment.id, payment.accountId, new Date(payment.createdAt).toISOString(), statusOf(world, payment), payment.currency, payment.amount]);
  if (report.type !== 'sub_account_summary') return [];
  return [...Map.groupBy(payments, ({ accountId }) => accountId)].map(([accountId, ofOne]) => [accountId, ofOne.length, ofOne.reduce((sum, { amount }) => sum + amount, 0)]);
}

/** Days in UTC, both included: how JustiFi cuts them is not published. */
function isIn(world: World, { accountId, startDate, endDate, paymentStatus, paymentMethodId, terminalId }: Report, payment: Payment): boolean {
  const day = new Date(payment.createdAt).toISOString().slice(0, 'yyyy-mm-dd'.length);
  return (
    (accountId === null || accountId === payment.accountId) &&
    (startDate === null || day >= startDate) &&
    (endDate === null || day <= endDate) &&
    (paymentStatus === null || paymentStatus === statusOf(world, payment)) &&
    (paymentMethodId === null || paymentMethodId === payment.paymentMethodId) &&
    (terminalId === null || terminalId === payment.terminalId)
  );
}
