import type { ChargedTwice, GiveBackProblem, HistoryProblem, HistoryState, RefundReason, ReversalView, SaleStepKind } from '../../contract/history.ts';
import type { Formats } from '../formats.ts';
import type { Sentences } from '../sentences.ts';
import type { TillWords } from './till.ts';

/* The sales of the register, one sale, and giving money back. */

export function englishHistory({ money, number, percent, plural, dayAndTime }: Formats, { problem }: Pick<TillWords, 'problem'>) {
  const states: Readonly<Record<HistoryState, string>> = {
    open: 'Not finished',
    paid: 'Paid',
    accepted: 'Accepted, not settled',
    declined: 'Declined',
    'not-charged': 'Not charged',
    unresolved: 'Not confirmed',
    late: 'Paid late',
    'wrong-amount': 'Wrong amount',
    reversing: 'Void or refund pending',
    voided: 'Voided',
    refunded: 'Refunded',
    'partly-refunded': 'Partly refunded',
    'transfer-failed': 'Transfer failed',
    'no-payment': 'No payment',
    'link-open': 'Link open',
  };
  const steps: Readonly<Record<SaleStepKind, string>> = {
    'charge-asked': 'Charge pressed',
    found: 'Found at JustiFi',
    'form-shown': 'Ready for the customer',
    'link-shown': 'Link shown',
    submitted: 'Customer paid, JustiFi asked',
    paid: 'JustiFi: paid',
    accepted: 'JustiFi: bank transfer accepted',
    declined: 'JustiFi: declined',
    'not-charged': 'Not charged',
    unresolved: 'Next customer served, result open',
    kept: 'Late payment kept',
    'ended-by-manager': 'Ended by the manager, result unknown',
    'reversal-asked': 'Void or refund asked',
    'reversal-done': 'JustiFi: given back',
    'reversal-pending': 'JustiFi is processing the refund',
    'reversal-refused': 'JustiFi refused the void or refund',
    'transfer-settled': 'JustiFi: bank transfer settled',
    'transfer-failed': 'JustiFi: bank transfer failed',
    'transfer-disputed': 'JustiFi: payment disputed',
    'transfer-canceled': 'JustiFi: bank transfer canceled',
  };
  const reversalStates: Readonly<Record<ReversalView['state'], string>> = {
    asked: 'JustiFi has not answered yet. Counter asks again until it does.',
    pending: 'JustiFi is processing it. This can take days.',
    unread: 'JustiFi is processing it. Its status cannot be read now; see JustiFi’s dashboard.',
    done: 'Done',
    refused: 'Refused, no money went back',
  };
  const reasons: Readonly<Record<RefundReason, string>> = { customer_request: 'Customer asked for it', duplicate: 'Charged twice', fraudulent: 'Fraud' };
  const giveBackProblem: Sentences<GiveBackProblem> = {
    ...problem,
    'sale-unknown': 'This sale is not in the record of payments.',
    'nothing-to-give-back': 'There is nothing left to refund.',
    'reversal-under-way': 'A void or refund of this sale has no answer yet. Wait for it first.',
    'transfer-not-settled': 'The bank transfer has not settled. It can be refunded when it has.',
    'sale-changed': 'This sale has changed meanwhile. Look at it again.',
    'refund-too-large': ({ leftInCents }) => `At most ${money(leftInCents)} can be refunded.`,
    'void-over': 'It cannot be voided any more. Refund it.',
    'void-refused': 'JustiFi refused the void. No money went back. A refund may be possible.',
    'refund-refused': 'JustiFi refused the refund. No money went back.',
  };
  const listProblem: Sentences<HistoryProblem | { readonly kind: 'sale-unknown' }> = {
    'history-unreadable': 'The sales cannot be read now. Payments go on. Try again, or call the manager.',
    'still-starting': 'Counter is still starting. Try again in a moment.',
    'sale-unknown': 'This sale is not in the record of payments.',
  };
  const verdict: Readonly<Record<ChargedTwice['verdict'], (count: number) => string>> = {
    once: () => 'No: JustiFi has one payment of this amount, tip aside, on this card within a day.',
    'given-back': (count) => `No: JustiFi has ${number(count)} payments of this amount, tip aside, on this card within a day, and at most one was kept.`,
    several: (count) => `Possibly: JustiFi has ${number(count)} payments of this amount, tip aside, on this card within a day. Compare them below.`,
    'no-payment': () => 'No: JustiFi has no payment of this sale.',
    'not-known': () => 'Not known: JustiFi’s list could not be read whole. This is what there is.',
  };
  return {
    title: 'Sales',
    /** The last sale, shown again. */
    lastSale: {
      title: 'Last sale',
      back: 'Back to the till',
      disputed: 'The customer’s bank disputes this payment. The manager decides.',
      givenBack: {
        asked: (amount: string) => `JustiFi is giving ${amount} back.`,
        voided: () => 'VOIDED',
        refunded: () => 'REFUNDED',
        'partly-refunded': (amount: string) => `${amount} was refunded.`,
      },
    },
    openLinks: {
      count: (count: number) => plural(count, { one: '1 link can still be paid', other: `${number(count)} links can still be paid` }),
      between: (shown: string, until: string) => `shown ${dayAndTime(shown)}, payable until ${dayAndTime(until)}`,
      more: (count: number) => plural(count, { one: '1 more is in the list below.', other: `${number(count)} more are in the list below.` }),
    },
    search: 'Search: amount, card, description, day, cashier, receipt code',
    nothing: 'No sale found.',
    building: (done: number, of: number) => `Reading the record of payments: ${percent(Math.floor((100 * done) / Math.max(1, of)))}. Older sales are still missing.`,
    states,
    steps,
    reasons,
    reversalStates,
    problem: listProblem,
    back: 'Back',
    givenBack: (amount: string) => `${amount} given back`,
    sale: { title: 'Sale', when: 'When', day: 'Business day', cashier: 'Cashier', register: 'Register', paidWith: 'Paid with', left: (amount: string) => `${amount} left`, receipt: 'Receipt code', reversals: 'Voids and refunds', timeline: 'What happened', support: 'For JustiFi’s support', payment: 'Payment', checkout: 'Checkout', elsewhere: 'made elsewhere', by: 'by' },
    kind: { void: 'Void', refund: 'Refund' },
    giveBack: {
      title: 'Void or refund',
      open: 'Void or refund',
      amount: 'Amount to give back',
      reason: 'Reason',
      voidFor: (time: string) => `The whole amount is voided: the payment is undone. Possible for ${time} more.`,
      refundOnly: 'The money goes back to the card or account that paid. It can take days to arrive.',
      notSettled: 'The bank transfer has not settled. It can be refunded when it has.',
      fees: (amount: string) => `Ask JustiFi to return its fees to the shop (up to ${amount})`,
      noFees: 'JustiFi keeps its fees.',
      void: (amount: string) => `Void ${amount}`,
      refund: (amount: string) => `Refund ${amount}`,
      refundInstead: (amount: string) => `Refund ${amount} instead`,
      working: 'Asking JustiFi…',
      done: (amount: string) => `${amount} was given back.`,
      pending: (amount: string) => `JustiFi is processing the refund of ${amount}. It is not done yet.`,
      asked: (amount: string) => `JustiFi has not answered about ${amount}. Counter asks again until it does. Don’t give it back another way.`,
      notAnAmount: 'That is not an amount.',
      problem: giveBackProblem,
    },
    twice: {
      ask: 'Charged twice?',
      title: 'Was this customer charged twice?',
      asking: 'Asking JustiFi…',
      verdict,
      thisSale: 'this sale',
      otherSale: 'another register or program',
      pending: 'not settled',
    },
    seconds: (count: number) => plural(count, { one: '1 second', other: `${number(count)} seconds` }),
    minutes: (count: number) => plural(count, { one: '1 minute', other: `${number(count)} minutes` }),
  };
}

export type HistoryWords = ReturnType<typeof englishHistory>;
