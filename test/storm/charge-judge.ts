import { givenBackInCents } from '../../main/sale/reversal.ts';
import type { OnCheckout, Sale } from '../../main/sale/sale.ts';
import type { Charge } from '../../main/training/justifi.ts';
import type { SaleBooks } from './books.ts';
import type { Finding, JudgeParts } from './finding.ts';
import type { JournalReading } from './journal-reading.ts';
import type { ScreenJudge } from './screen-judge.ts';

type ChargeJudgeParts = Pick<JudgeParts, 'clock' | 'tally'> & { readonly books: SaleBooks; readonly screens: ScreenJudge; readonly finds: (finding: Finding) => void };

type Entries = JournalReading['entries'];

/** Every charge in JustiFi's books is in the journal correctly, was shown, and was made once. */
export function judgeCharges(parts: ChargeJudgeParts, { sales, entries }: JournalReading): void {
  const { books, screens, finds, tally } = parts;
  const known = new Set(entries.flatMap(({ event, sale }) => ['checkoutId' in event ? event.checkoutId : null, 'checkoutId' in sale ? sale.checkoutId : null]));
  for (const charge of books.charges()) {
    const saleId = books.saleOf(charge);
    const customer = screens.customerOf(saleId);
    const sale = sales.get(saleId);
    const lost = (what: string) => finds({ kind: 'lost', customer, what: `${what} (${charge.amount} on ${charge.checkoutId})` });
    if (!known.has(charge.checkoutId)) lost('the journal knows nothing of a checkout that was charged');
    if (sale === undefined) {
      lost('the journal knows nothing of a sale that was charged');
      continue;
    }
    if (sale.kind !== 'paid' && sale.kind !== 'accepted' && sale.kind !== 'reversed') {
      lost(`a charge whose sale ended as ${sale.kind}`);
      continue;
    }
    if (!screens.isTold(saleId)) lost('a charge of which no screen has told');
    countTender(parts, sale, charge, entries);
    if (sale.paymentId !== charge.paymentId) lost('the journal has another payment');
    const wanted = wantedKind(parts, charge, entries);
    if (sale.kind !== 'reversed' && sale.kind !== wanted) finds({ kind: 'wrong', customer, what: `the sale ended as ${sale.kind}, and JustiFi had called it ${wanted} (${charge.amount} on ${charge.checkoutId})` });
    judgePremium(parts, sale, charge, entries);
    if (books.isTransfer(charge) && entries.some((entry) => entry.event.kind === 'late-kept' && entry.sale.id === saleId)) tally.count('late bank transfer kept');
    const returned = books.returnedOf(charge);
    const inJournal = givenBackInCents(sale.reversals);
    if (returned !== inJournal || (sale.kind === 'reversed') !== (returned === charge.amount)) lost(`the sale is ${sale.kind}, ${inJournal} were given back by the journal, and ${returned} by JustiFi`);
  }
  judgeDoubles(parts);
}

/** A card is PAID. A bank transfer stays what JustiFi called it when it was asked, also when it was asked late and the sale was kept, until it has settled. */
function wantedKind({ books, clock }: ChargeJudgeParts, charge: Charge, entries: Entries): 'paid' | 'accepted' {
  const endsAt = books.transferEndsAt(charge);
  if (endsAt === null) return 'paid';
  const { checkoutId } = charge;
  if (endsAt <= clock.justifiNow() && settledIn(entries).has(checkoutId)) return 'paid';
  const answers = entries.flatMap(({ event, sale }) => (event.kind === 'outcome-known' && 'checkoutId' in sale && sale.checkoutId === checkoutId ? [event.outcome.kind] : []));
  return answers.includes('accepted') && !answers.includes('paid') ? 'accepted' : 'paid';
}

/** Checkouts whose bank transfer the journal has as settled. */
export function settledIn(entries: Entries): ReadonlySet<string> {
  return new Set(entries.flatMap(({ event, sale }) => (event.kind === 'transfer-ended' && event.how === 'settled' && 'checkoutId' in sale && sale.checkoutId !== null ? [sale.checkoutId] : [])));
}

/** JustiFi charged the amount that the journal had before Pay, with an insurance premium as part of the payment or beside it, as recorded in the sale. */
function judgePremium({ books, screens, finds }: ChargeJudgeParts, sale: Sale, charge: Charge, entries: Entries): void {
  const { amountInCents, apartInCents } = books.partsOf(charge);
  const takenInCents = charge.amount + apartInCents;
  const premiumInCents = takenInCents - amountInCents;
  const allowed = entries.flatMap(({ event }) => (event.kind === 'submit-allowed' && event.checkoutId === charge.checkoutId ? [event] : []));
  const wrong = (what: string) => finds({ kind: 'wrong', customer: screens.customerOf(sale.id), what: `${what} (${charge.amount} on ${charge.checkoutId}, and ${apartInCents} beside it)` });
  // By its link a checkout is paid without our Pay.
  const isAllowed = allowed.length === 0 || allowed.some((event) => event.amountInCents === takenInCents && (event.premiumInCents ?? 0) === premiumInCents);
  if (!isAllowed) wrong(`JustiFi took ${takenInCents}, of which ${premiumInCents} are a premium, and the journal had allowed ${allowed.map((event) => `${event.amountInCents} with ${event.premiumInCents ?? 0}`).join(', ')}`);
  if (premiumInCents === 0 || !('purchase' in sale)) return;
  const line = apartInCents > 0 ? 'premium-apart' : 'premium';
  if (!sale.purchase.lines.some((one) => one.kind === line && one.amountInCents === premiumInCents)) wrong(`the premium is no ${line} of the sale`);
}

/** The ways to pay that were completed. */
function countTender({ books, tally }: ChargeJudgeParts, { id, tender }: Pick<OnCheckout, 'id' | 'tender'>, charge: Charge, entries: Entries): void {
  if (tender === 'plaid') tally.count('bank login charged');
  if (tender === 'insured') {
    const { amountInCents, apartInCents } = books.partsOf(charge);
    if (apartInCents > 0) tally.count('insured, premium apart');
    else if (charge.amount > amountInCents) tally.count('insured, premium in the payment');
    else tally.count(books.hasQuote(charge.checkoutId) ? 'insurance declined' : 'no quote of an insurance');
  }
  if (tender !== 'sezzle') return;
  tally.count('order at Sezzle paid');
  if (entries.some(({ event, sale }) => sale.id === id && event.kind === 'marked-unresolved')) tally.count('order at Sezzle paid after the sale was left');
}

function judgeDoubles({ books, screens, finds }: ChargeJudgeParts): void {
  const countBy = (keyOf: (charge: Charge) => string | null, what: string) => {
    const counted = Map.groupBy(books.charges(), keyOf);
    for (const [key, charges] of counted) {
      const [first] = charges;
      if (key !== null && charges.length > 1 && first) finds({ kind: 'double', customer: screens.customerOf(books.saleOf(first)), what: `${charges.length} charges of one ${what}: ${charges.map(({ checkoutId }) => checkoutId).join(', ')}` });
    }
  };
  countBy(({ checkoutId }) => checkoutId, 'checkout');
  countBy(books.saleOf, 'sale');
  // Charged once more, because the first Pay had not arrived for so long: the manager gives one back.
  const isGivenBack = (charge: Charge) => screens.arrivedLate(charge.checkoutId) && books.returnedOf(charge) === charge.amount;
  countBy((charge) => (isGivenBack(charge) ? null : (screens.customerOf(books.saleOf(charge))?.toString() ?? null)), 'customer');
}
