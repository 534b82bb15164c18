import type { Currency } from '../../contract/money.ts';
import { LARGEST_AMOUNT_IN_CENTS, formatMoney } from '../../contract/money.ts';
import type { ChargeProblem, ConnectProblem } from '../../contract/problem.ts';
import { assertNever } from '../../contract/result.ts';
import type { DeclineReason, JournalNotice, LatePayment, Mode, NotChargedReason, PaidWith, SaleView } from '../../contract/till-snapshot.ts';

/* Every sentence a cashier reads, in one place. At most two short ones; what is known, then what to do. */

export const LOCALE = 'en-US';

export function money(amountInCents: number, currency: Currency): string {
  return formatMoney({ amountInCents, currency }, LOCALE);
}

export function problemSentence(problem: ChargeProblem, currency: Currency): string {
  switch (problem.kind) {
    case 'amount-empty':
      return 'Type the amount first.';
    case 'amount-too-small':
      return `The smallest amount is ${money(problem.smallestInCents, currency)}.`;
    case 'amount-too-large':
      return `The largest amount is ${money(problem.largestInCents, currency)}.`;
    case 'description-empty':
      return 'Say what it is for: type it, or press one of the buttons.';
    case 'description-too-long':
      return `The description is too long. Keep it under ${problem.longest} characters.`;
    case 'description-card-number':
      return 'That looks like a card number. Take it out: card numbers go into the card form only.';
    case 'sale-in-progress':
      return 'A payment is under way. Finish it first.';
    case 'still-starting':
      return 'Counter is still starting. Try again in a moment.';
    case 'journal-unwritable':
      return 'This PC cannot write to its disk, so no payment is started. Call the manager.';
    case 'no-connection':
      return 'No connection to JustiFi. Nothing was charged. Check the network, then press Charge again.';
    case 'amount-unusual':
      return 'That is a large amount. Check it, then press Charge once more.';
    case 'not-set-up':
      return 'Payments are not set up on this register. Call the manager.';
    case 'keychain-unavailable':
      return "This PC's keychain is locked or was reset. Nothing was charged. Unlock it and restart Counter, or call the manager.";
    case 'too-many-tries':
      return 'Too many tries in a short time. Nothing was charged. Wait ten seconds, then press Charge again.';
    case 'service-trouble':
      return 'JustiFi did not answer as it should. Nothing was charged. Press Charge again.';
    case 'form-did-not-load':
      return 'The card form did not load. Nothing was charged. Press Charge again.';
    case 'paid-just-now':
      return `The same amount was paid ${problem.secondsAgo} s ago${problem.last4 === null ? '' : ` (•••• ${problem.last4})`}. Charge again only if it is another sale.`;
    case 'amount-changed':
      return 'The amount changed on the way. Nothing was charged. Press Charge to start again.';
    default:
      return assertNever(problem);
  }
}

/** Said by the page itself, at once. */
export function refusedSentence(what: 'not-an-amount' | 'amount-too-large', currency: Currency): string {
  return what === 'not-an-amount' ? 'That is not an amount. Type it instead.' : `The largest amount is ${money(LARGEST_AMOUNT_IN_CENTS, currency)}.`;
}

/** Small print for whoever helps by phone. */
export function problemCode(problem: ChargeProblem | ConnectProblem | { readonly kind: 'refused' | 'locked' }): string | null {
  return 'code' in problem ? problem.code : null;
}

export function connectSentence(problem: ConnectProblem | { readonly kind: 'refused' | 'locked' }): string {
  switch (problem.kind) {
    case 'client-id-empty':
      return 'Type the client id.';
    case 'client-secret-empty':
      return 'Type the client secret.';
    case 'sub-account-invalid':
      return 'JustiFi does not know this sub account. It begins with acc_; copy it again from the dashboard.';
    case 'sub-account-not-enabled':
      return `This sub account cannot take payments yet: JustiFi calls it ${problem.status}.`;
    case 'credentials-refused':
      return 'JustiFi refused the client id or the secret. Copy both again from the dashboard.';
    case 'no-permission':
      return 'These credentials may not use this sub account. Ask JustiFi for permission.';
    case 'keychain-unavailable':
      return "This PC's keychain cannot be used, so nothing was saved. Unlock it, then try again.";
    case 'no-connection':
      return 'No connection to JustiFi. Nothing was saved. Check the network, then try again.';
    case 'service-trouble':
      return 'JustiFi did not answer as it should. Nothing was saved. Try again.';
    case 'sale-in-progress':
      return 'A payment is under way. Finish it first.';
    case 'settings-unwritable':
      return 'This PC cannot write to its disk. Nothing was changed.';
    case 'locked':
      return "The manager's side locked itself. Nothing was changed. Enter the PIN and try again.";
    case 'refused':
      return 'That did not work. Restart Counter and try again.';
    default:
      return assertNever(problem);
  }
}

export function declineSentence(reason: DeclineReason): string {
  switch (reason) {
    case 'declined':
      return 'Nothing was charged. Ask for another card or payment method.';
    case 'insufficient-funds':
      return 'Not enough money on the card. Nothing was charged. Ask for another card.';
    case 'expired-card':
      return 'The card has expired. Nothing was charged. Ask for another card.';
    case 'wrong-number':
      return 'The card number is wrong. Nothing was charged. Check it and try again.';
    case 'wrong-security-code':
      return 'The security code is wrong. Nothing was charged. Check it and try again.';
    case 'wrong-postal-code':
      return 'The postal code does not match the card. Nothing was charged. Check it and try again.';
    case 'canceled':
      return 'The payment was cancelled. Nothing was charged.';
    default:
      return assertNever(reason);
  }
}

export function notChargedSentence(reason: NotChargedReason): string {
  switch (reason) {
    case 'not-received':
      return 'The payment never reached JustiFi. Try again.';
    case 'too-many-tries':
      return 'Too many tries in a short time. Wait ten seconds, then try again.';
    case 'expired':
      return 'This payment took too long. Start again.';
    case 'form-lost':
      return 'The card form did not load. Try again.';
    default:
      return assertNever(reason);
  }
}

export function latePaymentSentence({ mustRefund, isReturning }: LatePayment): string {
  if (isReturning) return 'Giving it back…';
  if (mustRefund) return 'It is too late to void it. Refund it, or keep it if the customer has the goods.';
  return 'Void it if the customer paid another way, or keep it.';
}

export function toConfirmWords(count: number): string {
  return count === 1 ? '1 payment to confirm' : `${count} payments to confirm`;
}

/** "Visa •••• 4242" */
export function paidWithWords({ kind, brand, last4 }: PaidWith): string {
  const name = kind === 'bank' ? 'Bank account' : (BRANDS[brand ?? ''] ?? 'Card');
  return last4 === null ? name : `${name} •••• ${last4}`;
}

const BRANDS: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  american_express: 'American Express',
  amex: 'American Express',
  discover: 'Discover',
  diners_club: 'Diners Club',
  jcb: 'JCB',
};

export function modeWords(mode: Mode): string {
  switch (mode) {
    case 'training':
      return 'TRAINING. No money moves.';
    case 'test':
      return 'TEST. No money moves.';
    case 'live':
      return 'Live';
    default:
      return assertNever(mode);
  }
}

export function timeWords(at: string): string {
  return new Intl.DateTimeFormat(LOCALE, { hour: 'numeric', minute: '2-digit' }).format(new Date(at));
}

export type SaleResultView = Extract<SaleView, { kind: 'paid' | 'accepted' | 'declined' | 'not-charged' | 'wrong-amount' }>;

/** One word, one sign, one sentence for what became of a sale. */
export function resultWords(sale: SaleResultView, currency: Currency): { readonly sign: string; readonly word: string; readonly sentence: string } {
  switch (sale.kind) {
    case 'paid':
      return { sign: '✓', word: 'PAID', sentence: `${paidWithWords(sale.paidWith)}, ${timeWords(sale.at)}` };
    case 'accepted':
      return { sign: '◷', word: 'ACCEPTED', sentence: 'Bank transfer accepted. Money arrives in a few days and can still fail.' };
    case 'declined':
      return { sign: '✕', word: 'DECLINED', sentence: declineSentence(sale.reason) };
    case 'not-charged':
      return { sign: '–', word: 'NOT CHARGED', sentence: notChargedSentence(sale.reason) };
    case 'wrong-amount':
      return {
        sign: '!',
        word: 'WRONG AMOUNT',
        sentence: `JustiFi charged ${money(sale.chargedInCents, currency)}. Stop, keep the customer here, and call the manager.`,
      };
    default:
      return assertNever(sale);
  }
}

export function dayAndTimeWords(at: string): string {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
}

export function wrongAmountSentence(amountInCents: number, chargedInCents: number, currency: Currency): string {
  return `JustiFi charged ${money(chargedInCents, currency)} instead of ${money(amountInCents, currency)}. Give the difference back in JustiFi's dashboard, or refund the payment there.`;
}

export const CALL_THE_MANAGER = 'The record of payments on this PC was damaged and has been repaired. Call the manager.';

export function journalNoticeSentences({ kind, gapSinceUtc, isLookedInto, found }: JournalNotice, currency: Currency): readonly string[] {
  const what =
    kind === 'tampered'
      ? 'The record of payments on this PC was changed by something other than Counter. It has been restored; what was found is kept beside it.'
      : 'The record of payments on this PC was damaged. It has been restored; what was found is kept beside it.';
  if (gapSinceUtc === null) return [what, 'No payment is missing.'];
  const since = `Payments since ${dayAndTimeWords(gapSinceUtc)} may have been missing.`;
  if (!isLookedInto) return [what, since, 'Counter is asking JustiFi for them.'];
  const fetched = found.count === 0 ? 'JustiFi knows of none that is not here.' : `${found.count === 1 ? 'One payment was' : `${found.count} payments were`} fetched back from JustiFi: ${money(found.amountInCents, currency)}.`;
  return [what, since, fetched];
}
