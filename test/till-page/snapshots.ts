import { appearance } from '../../contract/appearance.ts';
import type { FoundCustomers } from '../../contract/customer.ts';
import { USUAL_PRESETS } from '../../contract/description.ts';
import { type ChargedTwice, HISTORY_STATES, type HistoryLine, type HistoryPage, type SaleRecord } from '../../contract/history.ts';
import type { DayChart, DayReport, DayView, KeptDay, ReportComparison, ReportList, ReportTotals } from '../../contract/report.ts';
import { qrCode } from '../../main/account/qr-code.ts';
import type { LatePayment, SaleView, TillSnapshot } from '../../contract/till-snapshot.ts';

const SALE = { saleId: '7b1d7f5e-6a54-4a0c-9d0a-3f0f3f3c9a10', amountInCents: 1_799, tipInCents: 0, description: 'One donut' } as const;
const PAID_AT = '2026-11-02T15:04:05.000Z';
const CARD = { kind: 'card', brand: 'Visa', last4: '4242' } as const;

/** The till of a connected shop, ready for the next sale. */
export const AT_REST: TillSnapshot = {
  registerState: { kind: 'in-use' },
  isFirstRun: false,
  isFirstSale: false,
  mode: 'test',
  account: { kind: 'connected', subAccountId: 'acc_trainingShop', name: 'Training Shop', credentialsKind: 'client' },
  registerName: 'Register 1',
  copiedFrom: null,
  registerId: '0f4c6f2b-8f39-4a3e-9d36-0f8f6f1c2d3e',
  currency: 'USD',
  descriptionPresets: [...USUAL_PRESETS],
  quickItems: [],
  usualDescription: null,
  connectionFailure: null,
  ways: ['card-form'],
  secondsToPay: null,
  wantsInsured: false,
  saleLink: null,
  saveOffer: null,
  openLinks: [],
  openLinkCount: 0,
  cardReader: null,
  trainingReader: null,
  sale: { kind: 'entering', ...SALE, amountInCents: 0, description: '', problem: null },
  lastSale: null,
  toConfirm: 0,
  unresolved: [],
  latePayments: [],
  latePaymentEnd: null,
  troubledPayments: [],
  openPayments: 0,
  journalNotice: null,
  comparisonNotice: null,
  formEmptied: null,
  isJournalInUse: false,
  registersProgress: null,
  auditTrouble: null,
  manager: { kind: 'locked', opensWith: 'pin', secret: 'client', waitSeconds: 0 },
  policy: { locked: [], trouble: null },
  isPageChanged: false,
  cashiers: { all: [], signedIn: null },
  appearance: appearance.parse({}),
  textSize: 100,
  printing: { hasPrinter: true, sendWays: ['mail', 'message'], last: null },
};

export const ENTERED = { kind: 'entering', ...SALE, problem: null } as const satisfies SaleView;
export const PAID = { kind: 'paid', ...SALE, paidWith: CARD, at: PAID_AT } as const satisfies SaleView;
export const ACCEPTED: SaleView = { kind: 'accepted', ...SALE, paidWith: { kind: 'bank', brand: null, last4: '6789' }, at: PAID_AT };
export const DECLINED: SaleView = { kind: 'declined', ...SALE, tender: 'card-form', reason: 'insufficient-funds' };
export const NOT_CHARGED: SaleView = { kind: 'not-charged', ...SALE, tender: 'card-form', reason: 'not-received' };
export const WRONG_AMOUNT: SaleView = { kind: 'wrong-amount', ...SALE, amountInCents: 1_800, chargedInCents: 71_700 };
export const AT_READER: SaleView = { kind: 'submitting', ...SALE, tender: 'reader' };
export const READER_OFFLINE: SaleView = { kind: 'not-charged', ...SALE, tender: 'reader', reason: 'reader-offline' };
/** The code of a real address, as main draws it. */
const CODE = qrCode('https://components.justifi.ai/hosted-checkout/cho_4Q6hmmo5lQNJTRUmmPjRmX');
const PAYABLE_UNTIL = '2026-11-09T15:04:05.000Z';
export const AT_PHONE: TillSnapshot = { ...AT_REST, ways: ['card-form', 'reader', 'phone'], sale: { kind: 'ready', ...SALE, tender: 'phone' }, saleLink: { payableUntil: PAYABLE_UNTIL, wasDeclined: false, code: CODE } };
export const NOT_PAID_YET: TillSnapshot = { ...AT_PHONE, sale: { kind: 'not-charged', ...SALE, tender: 'reader', reason: 'timed-out' }, saleLink: { payableUntil: PAYABLE_UNTIL, wasDeclined: false, code: null } };
export const OPEN_LINKS: TillSnapshot = { ...AT_REST, openLinkCount: 7, openLinks: [1, 2, 3, 4].map((number) => ({ saleId: latePayment(number).saleId, amountInCents: 2_500 * number, description: `Repair of a bicycle with two wheels, number ${number}`, shownAt: PAID_AT, payableUntil: PAYABLE_UNTIL })) };
export const AT_PLAID: TillSnapshot = { ...AT_REST, ways: ['card-form', 'reader', 'plaid', 'insured', 'sezzle', 'saved', 'phone'], sale: { kind: 'ready', ...SALE, tender: 'plaid' } };
export const AT_SEZZLE: TillSnapshot = { ...AT_REST, ways: ['card-form', 'reader', 'plaid', 'sezzle', 'saved', 'phone'], secondsToPay: 852, sale: { kind: 'submitting', ...SALE, tender: 'sezzle' } };
export const WHO_IS_INSURED: TillSnapshot = { ...AT_REST, ways: ['card-form', 'insured'], wantsInsured: true, sale: { kind: 'ready', ...SALE, tender: 'insured' } };
export const NO_BANK: TillSnapshot = { ...AT_PLAID, sale: { kind: 'not-charged', ...SALE, tender: 'plaid', reason: 'form-lost' } };
export const AT_SAVED: TillSnapshot = { ...AT_REST, ways: ['card-form', 'saved'], sale: { kind: 'ready', ...SALE, tender: 'saved' } };
/** JustiFi is still asked about its checkout. */
export const ASKING_SAVED: TillSnapshot = { ...AT_SAVED, sale: { kind: 'preparing', ...SALE, tender: 'saved' } };
export const CUSTOMERS: FoundCustomers = {
  customers: [
    { customerId: '4c1d7f5e-6a54-4a0c-9d0a-3f0f3f3c9a11', name: 'Ana Ruíz', phone: '+1 612 555 0100', email: 'ana@example.com', methods: [{ methodId: 'pm_1', brand: 'visa', last4: '4242', standing: 'usable' }, { methodId: 'pm_2', brand: 'mastercard', last4: '4444', standing: 'expired' }, { methodId: 'pm_3', brand: 'discover', last4: '9424', standing: 'refused' }] },
    { customerId: '4c1d7f5e-6a54-4a0c-9d0a-3f0f3f3c9a12', name: 'Maria Magdalena von Hohenstein-Schwarzenberg', phone: '', email: 'maria.magdalena@hohenstein-schwarzenberg.example', methods: [{ methodId: 'pm_4', brand: 'american_express', last4: '0005', standing: 'usable' }] },
  ],
  isCut: true,
};
export const CAN_SAVE: TillSnapshot = { ...AT_REST, sale: PAID, saveOffer: { saleId: PAID.saleId, brand: 'visa', last4: '4242', consent: 'I agree that Training Shop keeps this card with its payment provider, JustiFi, and charges it when I ask for that at the counter. I can have it removed at any time.' } };
/** Between Charge and the form. */
export const ASKED_FOR_TIP = {
  kind: 'tip',
  saleId: SALE.saleId,
  amountInCents: SALE.amountInCents,
  description: SALE.description,
  offer: { choices: [15, 18, 20].map((percent) => ({ percent, amountInCents: Math.round((SALE.amountInCents * percent) / 100) })), anotherUpToInCents: 99_998_200 },
  chosenInCents: null,
  isDoubtful: false,
  problem: null,
} as const satisfies SaleView;
export const BOTH_WAYS: TillSnapshot['ways'] = ['reader', 'card-form'];
export const PAYING: readonly SaleView[] = (['preparing', 'ready', 'submitting', 'checking'] as const).map((kind) => ({ kind, ...SALE, tender: 'card-form' }));

export function latePayment(number: number): LatePayment {
  return { saleId: `9a1d7f5e-6a54-4a0c-9d0a-3f0f3f3c9a1${number}`, amountInCents: 2_500 + number, description: `Repair of a bicycle with two wheels, number ${number}`, isPending: false, paidWith: CARD, at: PAID_AT, mustRefund: false, isReversing: false, refused: null };
}

/** A bad day: five late payments, three warnings, twelve long presets, before the first sale. */
export const BAD_DAY: TillSnapshot = {
  ...AT_REST,
  isFirstSale: true,
  sale: ENTERED,
  latePayments: [1, 2, 3, 4, 5].map(latePayment),
  journalNotice: { kind: 'tampered', gapSinceUtc: PAID_AT, isLookedInto: false, found: { count: 0, amountInCents: 0 }, onOtherPc: 0, unreadable: 0, isComplete: true },
  auditTrouble: 'disk-full',
  toConfirm: 3,
  isJournalInUse: true,
  descriptionPresets: Array.from({ length: 12 }, (_, place) => `Repair and maintenance of a bicycle, part ${place + 1}`),
};

const SALES: readonly HistoryLine[] = HISTORY_STATES.map((state, place) => ({
  saleId: `8c1d7f5e-6a54-4a0c-9d0a-3f0f3f3c9a${10 + place}`,
  at: PAID_AT,
  businessDay: '2026-11-02',
  amountInCents: 1_250 * (place + 1),
  description: place % 2 === 0 ? 'One donut' : 'Repair of a bicycle with two wheels and a bell',
  paidWith: CARD,
  state,
  givenBackInCents: state === 'partly-refunded' ? 500 : 0,
  cashier: place % 3 === 0 ? 'Maria Magdalena von Hohenstein' : null,
}));

/** Main's answers about the sales of a shop. */
export const SALES_PAGE: HistoryPage = { lines: SALES, next: null, building: null };
export const SALE_RECORD: SaleRecord = {
  line: { ...SALES[11]!, amountInCents: 3_575, description: 'One donut' },
  registerName: 'Register 1',
  checkoutId: 'cho_3f0f3f3c9a10',
  paymentId: 'py_3f0f3f3c9a10',
  tipInCents: 0,
  chargedInCents: 3_575,
  leftInCents: 3_075,
  giveBack: { kind: 'refund' },
  reversals: [{ id: 'r1', kind: 'refund', amountInCents: 500, reason: 'customer_request', returnedFeesInCents: 0, state: 'done', cashier: 'Anna', isElsewhere: false, askedAt: PAID_AT, refundId: 're_3f0f3f3c9a10' }],
  steps: (['charge-asked', 'form-shown', 'submitted', 'paid', 'reversal-asked', 'reversal-done'] as const).map((kind) => ({ at: PAID_AT, kind })),
};
export const CHARGED_TWICE: ChargedTwice = {
  verdict: 'several',
  count: 2,
  evidence: [
    { paymentId: 'py_1', at: PAID_AT, amountInCents: 3_575, givenBackInCents: 500, isPending: false, description: 'One donut', isThisSale: true },
    { paymentId: 'py_2', at: PAID_AT, amountInCents: 3_575, givenBackInCents: 0, isPending: false, description: 'One donut', isThisSale: false },
  ],
};

function totals(payments: readonly [count: number, cents: number], refunds: readonly [count: number, cents: number] = [0, 0], voids: readonly [count: number, cents: number] = [0, 0], tips: readonly [count: number, cents: number] = [0, 0]): ReportTotals {
  const sum = ([count, amountInCents]: readonly [number, number]) => ({ count, amountInCents });
  return { payments: sum(payments), voids: sum(voids), refunds: sum(refunds), failedTransfers: sum([0, 0]), tips: sum(tips), tipsBack: sum([0, 0]), premiums: sum([0, 0]), premiumsBack: sum([0, 0]), netInCents: payments[1] + refunds[1] + voids[1] };
}
const listOf = (count: number, amountInCents: number, shown = count): ReportList => ({
  count,
  amountInCents: count * amountInCents,
  lines: Array.from({ length: shown }, (_, place) => ({ saleId: `${amountInCents}-${place}`, at: PAID_AT, businessDay: '2026-11-02', amountInCents, description: place % 2 === 0 ? 'One donut' : 'Repair of a bicycle with two wheels and' })),
});
const DAY_REPORT: DayReport = {
  currency: 'USD',
  after: 1_200,
  upTo: 1_934,
  since: '2026-11-02T04:10:00.000Z',
  totals: totals([112, 354_215], [3, -9_540], [2, -3_598], [71, 42_318]),
  byTender: [
    { tender: 'reader', ...totals([84, 251_700], [1, -4_000], [0, 0], [60, 36_318]) },
    { tender: 'card-form', ...totals([26, 92_515], [2, -5_540], [2, -3_598], [11, 6_000]) },
    { tender: 'bank-account', ...totals([2, 10_000]) },
  ],
  byCashier: [
    { cashier: 'Anna', ...totals([60, 154_215], [3, -9_540]) },
    { cashier: 'Maria Magdalena von Hohenstein', ...totals([50, 198_000], [0, 0], [2, -3_598]) },
    { cashier: null, ...totals([2, 2_000]) },
  ],
  byDay: [
    { businessDay: '2026-11-01', ...totals([1, 2_000]) },
    { businessDay: '2026-11-02', ...totals([111, 352_215], [3, -9_540], [2, -3_598]) },
  ],
  pendingTransfers: listOf(2, 5_000),
  openPayments: listOf(1, 1_250),
  openReversals: listOf(0, 0),
  latePayments: listOf(1, 2_000),
};
const NO_LIST = listOf(0, 0);
/** A day as it was closed. */
export const CLOSED_DAY: KeptDay = { sequence: 1_935, number: 5, registerId: AT_REST.registerId, registerName: 'Register 1', businessDay: '2026-11-02', closedAt: '2026-11-02T23:04:05.000Z', cashier: 'Anna', report: DAY_REPORT };
/** Main's answers about the day of a shop. */
export const DAY_VIEW: DayView = {
  number: 5,
  report: DAY_REPORT,
  closed: { next: null, days: [4, 3, 2, 1].map((number) => ({ ...CLOSED_DAY, sequence: number * 200, number, businessDay: `2026-10-2${number}`, closedAt: `2026-10-2${number}T23:04:05.000Z`, report: { ...DAY_REPORT, totals: totals([number * 20, number * 61_000]) } })) },
};
const chartSum = (count: number, amountInCents: number, backInCents = 0) => ({ payments: { count, amountInCents }, netInCents: amountInCents - backInCents });
export const DAY_CHART: DayChart = {
  currency: 'USD',
  businessDay: '2026-11-02',
  hours: [8, 9, 10, 11, 12, 13, 14, 15, 16].map((hour, place) => ({ hour, ...chartSum(4 + place, 12_040 + ((place * 7_919) % 40_000), hour === 15 ? 80_000 : 0) })),
  days: Array.from({ length: 14 }, (_, place) => ({ businessDay: new Date(Date.UTC(2026, 9, 20 + place)).toISOString().slice(0, 10), ...(place % 7 === 5 ? chartSum(0, 0) : chartSum(80 + place, 210_000 + ((place * 37_199) % 150_000), 12_000)) })),
};
export const EMPTY_DAY: DayView = {
  number: 1,
  closed: { days: [], next: null },
  report: { ...DAY_REPORT, after: 0, upTo: 0, since: null, totals: totals([0, 0]), byTender: [], byCashier: [], byDay: [], pendingTransfers: NO_LIST, openPayments: NO_LIST, openReversals: NO_LIST, latePayments: NO_LIST },
};
export const COMPARISON: ReportComparison = {
  compared: 112,
  differenceCount: 5,
  differences: (['missing-here', 'missing-there', 'other-amount', 'other-state', 'pending'] as const).map((kind, place) => ({
    kind,
    saleId: kind === 'missing-here' ? null : SALE.saleId,
    paymentId: `py_3f0f3f3c9a1${place}`,
    at: PAID_AT,
    description: kind === 'missing-here' ? null : 'Repair of a bicycle with two wheels and',
    hereInCents: kind === 'missing-here' ? null : 3_575,
    thereInCents: kind === 'missing-there' ? null : 3_075,
    status: kind === 'missing-there' ? null : 'partially_refunded',
  })),
  elsewhere: { count: 12, amountInCents: 41_250 },
  isComplete: false,
};
