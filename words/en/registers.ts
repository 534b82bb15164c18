import type { AllRegistersProblem, PaidBy, RegistersProgress } from '../../contract/all-registers.ts';
import type { Formats } from '../formats.ts';
import type { Sentences } from '../sentences.ts';

/* A day of all registers of the account, read from JustiFi. */

export function englishRegisters({ money, number, plural }: Formats) {
  const problem: Sentences<AllRegistersProblem | { readonly kind: 'locked' } | { readonly kind: 'refused' }> = {
    'still-starting': 'Counter is still starting. Try again in a moment.',
    'being-read': 'A day is being read already. Wait for it, or stop it.',
    stopped: 'Stopped. Nothing is shown, because not everything was read.',
    'day-not-begun': 'This day has not begun yet. Choose today or an earlier day.',
    'no-connection': 'JustiFi cannot be reached, so nothing could be read. Check the network and try again.',
    'credentials-refused': 'JustiFi refused this register’s credentials. Test the connection under Account.',
    'not-permitted': 'These credentials may not read the payments of this account. They may be another shop’s: look under Account.',
    'justifi-busy': 'JustiFi has too many requests just now. Try again in a few minutes.',
    'justifi-trouble': 'JustiFi has trouble of its own just now, so not everything could be read. Try again later.',
    'answer-unreadable': 'JustiFi answered in a way that Counter does not know, so nothing is shown. Tell support.',
    'nothing-read': 'Read a day from JustiFi first.',
    locked: 'The manager’s side locked itself. Enter the PIN and try again.',
    refused: 'That did not work. Restart Counter and try again.',
  };
  const paidBy: Readonly<Record<PaidBy, string>> = { card: 'Card, without a reader', reader: 'Card reader', 'bank-account': 'Bank account', 'not-known': 'Not known' };
  const progress: Readonly<Record<RegistersProgress['step'], (read: number) => string>> = {
    payments: (read) => `Reading payments: ${number(read)}`,
    refunds: (read) => `Reading refunds: ${number(read)}`,
    registers: (read) => `Finding out which register took them: ${number(read)}`,
  };
  return {
    title: 'All registers',
    intro: 'One business day of every register and program on this JustiFi account. It is read from JustiFi and kept nowhere; the day reports of the registers stay as they are.',
    day: 'Day',
    read: 'Read from JustiFi',
    stop: 'Stop',
    progress,
    waiting: 'JustiFi asked for a pause. It goes on by itself.',
    whole: (from: string, at: string) => `From ${from} to ${at}`,
    readAt: (at: string) => `Read ${at}`,
    register: 'Register',
    thisRegister: 'this register',
    elsewhere: 'Not from a register',
    notKnown: 'Register not found out',
    givenBack: 'Given back',
    pending: 'Not settled',
    pendingRefunds: 'Refunds not carried out yet',
    failed: 'Failed',
    fees: 'Fees',
    paidBy,
    note: 'Payments count on the day on which JustiFi took them, refunds on the day on which they were made. A bank transfer counts when it is settled; a day report counts it when it is accepted. Fees are not taken off the net amount.',
    nothing: 'JustiFi has no payment and no refund of this day.',
    refundsWait: (count: number, cents: number) => plural(count, { one: `1 refund of ${money(cents)} is not carried out yet. It is in no sum.`, other: `${number(count)} refunds of ${money(cents)} are not carried out yet. They are in no sum.` }),
    missing: {
      unreadable: (count: number) => plural(count, { one: '1 payment or refund could not be read. It is in no sum.', other: `${number(count)} payments or refunds could not be read. They are in no sum.` }),
      ofOthers: (count: number) => plural(count, { one: '1 payment of another account, mode or currency was left out.', other: `${number(count)} payments of another account, mode or currency were left out.` }),
      morePayments: 'JustiFi has more payments of this day than Counter reads. The earliest ones are missing in every sum.',
      moreRefunds: 'JustiFi has more refunds since this day than Counter reads. Refunds of this day may be missing.',
      registers: 'JustiFi did not say of some payments which register took them. They have a row of their own.',
    },
    problem,
  };
}

export type RegistersWords = ReturnType<typeof englishRegisters>;
