import type { ReportDifference, ReportProblem, ReportTender, SaveProblem } from '../../contract/report.ts';
import type { Formats } from '../formats.ts';
import type { Sentences } from '../sentences.ts';
import { englishRegisters } from './registers.ts';

/* The day's report, and closing the day. */

export function englishReport(format: Formats) {
  const { money, number, plural } = format;
  const tenders: Readonly<Record<ReportTender, string>> = { reader: 'Card reader', 'card-form': 'Card form', plaid: 'Bank login (Plaid)', insured: 'Card + insurance', sezzle: 'Pay later (Sezzle)', saved: 'Saved card', phone: 'Customer’s phone', 'bank-account': 'Bank account', 'not-known': 'Not known' };
  const problem: Sentences<ReportProblem> = {
    'report-unreadable': 'The report cannot be read now. Payments go on. Try again, or call the manager.',
    'still-starting': 'Counter is still starting. Try again in a moment.',
    'day-closed': 'This day was closed meanwhile. This is the report since then.',
    'not-compared': 'JustiFi did not answer, so nothing was compared. Try again later. You can still close the day.',
    'journal-unwritable': 'This PC cannot write to its disk, so the day is not closed. Call the manager.',
    'journal-in-use': 'This PC’s record of payments is in use by another program, so the day is not closed. Try again in a moment.',
    'journal-of-newer-counter': 'A newer version of Counter wrote this PC’s record of payments, so the day is not closed. Call the manager: that version has to be installed.',
  };
  const saveProblem: Sentences<SaveProblem> = {
    'save-cancelled': 'No file was written.',
    'save-failed': 'The file could not be written there. Choose another place.',
  };
  const differences: Readonly<Record<ReportDifference['kind'], (here: string, there: string) => string>> = {
    'missing-here': (_here, there) => `JustiFi has a payment of ${there} that is not in this register’s record.`,
    'missing-there': (here) => `JustiFi does not have this payment of ${here}.`,
    'other-amount': (here, there) => `Charged here: ${here}. At JustiFi: ${there}.`,
    'other-state': (here, there) => `Left of it here: ${here}. At JustiFi: ${there}.`,
    pending: (here) => `${here} is not settled yet.`,
  };
  return {
    title: 'Day report',
    open: 'Day report',
    back: 'Back',
    reading: 'Adding up…',
    since: (when: string) => `Since the last close, ${when}`,
    sinceFirst: 'Since the first sale of this register',
    net: 'Net',
    payments: 'Payments',
    voids: 'Voids',
    refunds: 'Refunds',
    failedTransfers: 'Failed bank transfers',
    /** In the payments, and in the reversals. */
    tips: 'Tips',
    tipsBack: 'Tips given back',
    premiums: 'Insurance premiums',
    premiumsBack: 'Premiums given back',
    total: 'Total',
    by: { tender: 'How it was paid', cashier: 'Cashier', day: 'Business day' },
    tenders,
    noName: 'Without a name',
    earlierDays: 'Earlier days',
    lists: {
      openPayments: { title: 'Payments without a result yet', note: 'Not in the totals. Each counts in the report in which its result is known.' },
      openReversals: { title: 'Voids and refunds without an answer yet', note: 'Not in the totals until JustiFi has answered.' },
      pendingTransfers: { title: 'Bank transfers not settled yet', note: 'Counted on the day they were accepted. They can still fail.' },
      latePayments: { title: 'Known after the last day was closed', note: 'JustiFi took these payments on the days below. They are in the totals of this report.' },
    },
    sales: (count: number) => plural(count, { one: '1 sale', other: `${number(count)} sales` }),
    more: (count: number) => `and ${number(count)} more`,
    close: {
      open: 'Close the day',
      title: (z: number) => `Close the day as Z ${z}?`,
      consequence: 'This report is kept under this number and never changes. The next one starts at zero. Sales go on.',
      openMoney: (count: number) => plural(count, { one: '1 payment, void or refund has no result yet. It is listed, and counted in a later report.', other: `${number(count)} payments, voids or refunds have no result yet. They are listed, and counted in a later report.` }),
      nothing: 'Nothing was sold. You can still close the day.',
      confirm: (z: number) => `Close as Z ${z}`,
      working: 'Closing the day…',
      done: (z: number) => `The day is closed: Z ${z}.`,
    },
    closed: {
      open: 'Closed days',
      title: 'Closed days',
      none: 'No day was closed yet.',
      name: (z: number) => `Z ${z}`,
      when: (day: string, at: string) => `${day}, closed ${at}`,
      by: 'by',
      older: 'Show earlier ones',
      from: (at: string) => `From ${at}`,
    },
    problem,
    saveProblem,
    print: 'Print',
    /** It is not known whether a printer has printed. */
    sent: 'Sent to the printer.',
    sending: 'Being sent to the printer…',
    notSent: (trouble: string) => `Not printed: ${trouble}`,
    notSentYet: (trouble: string) => `Not printed yet: ${trouble} It is sent again by itself.`,
    save: 'Save as CSV',
    saved: 'The file was written.',
    chart: {
      open: 'Chart',
      title: 'The day by hour, and the last days',
      note: 'Net: payments less what was given back, by the shop’s own days, whether closed or not.',
      byHour: (day: string) => `By hour, ${day}`,
      byDay: (count: number) => `The last ${number(count)} days`,
      hour: 'From',
      nothing: 'No money moved yet.',
    },
    compare: {
      open: 'Compare with JustiFi',
      title: 'Compared with JustiFi',
      working: 'Asking JustiFi…',
      same: (count: number) => plural(count, { one: 'JustiFi says the same about 1 payment.', other: `JustiFi says the same about all ${number(count)} payments.` }),
      nothing: 'There is no payment to compare.',
      found: (count: number, of: number) => plural(count, { one: `1 difference, with ${number(of)} payments compared:`, other: `${number(count)} differences, with ${number(of)} payments compared:` }),
      incomplete: 'Not everything could be read, so there may be more differences.',
      elsewhere: (count: number, cents: number) => plural(count, { one: `Another register or program took 1 payment in this time: ${money(cents)}.`, other: `Other registers or programs took ${number(count)} payments in this time: ${money(cents)}.` }),
      differences,
    },
    registers: englishRegisters(format),
    /** On paper and in files. */
    paper: { x: 'Day report (X)', made: 'Made', closedAt: 'Closed', from: 'From', entries: 'Entries of the record', section: 'Section', name: 'Name', sale: 'Sale', day: 'Day', count: 'Number', amount: 'Amount' },
  };
}

export type ReportWords = ReturnType<typeof englishReport>;
