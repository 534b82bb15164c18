import type { TenderKind } from '../../contract/tender.ts';
import type { SaleView } from '../../contract/till-snapshot.ts';
import type { CounterSnapshot } from '../../main/sale/counter-snapshot.ts';
import type { Intent } from '../../main/sale/sale-event.ts';
import type { SaleBooks } from './books.ts';
import type { JudgeParts, Finding } from './finding.ts';
import { type Line, hasOpened } from './line.ts';
import { INSURED, totalOf } from './plan.ts';
import { planOf } from './plans.ts';

type Refusal = { readonly saleId: string; readonly tender: TenderKind; readonly at: number; readonly word: string };

/**
 * The shop's time after which Counter believes that a request never arrived. Repeated here, because the product's own
 * figure is judged. At Sezzle the limit is an hour.
 */
const NEVER_ARRIVED_AFTER_MS = 150_000;
const NEVER_ARRIVED_AT_SEZZLE_MS = 60 * 60_000;

/** Intents; none may be written before facts that JustiFi has already reported. */
const INTENTS: Readonly<Record<Intent['kind'], true>> = {
  'charge-asked': true,
  'checkout-asked': true,
  'form-shown': true,
  'link-shown': true,
  'form-renewed': true,
  'submit-allowed': true,
  'retry-asked': true,
  'tender-chosen': true,
  abandoned: true,
  'marked-unresolved': true,
  found: true,
  'ended-by-manager': true,
  'wrong-amount-seen': true,
  'late-kept': true,
  'payment-trouble-seen': true,
  'reversal-asked': true,
};
const MONEY_TAKEN: readonly string[] = ['paid', 'accepted', 'late', 'wrong-amount'];

/** Counter's log lines about damage of its files that no kill, full disk or other program can cause. */
const NEVER_BY_A_KILL: readonly string[] = ['journal.restored', 'journal.tampered', 'journal.damaged', 'journal.unusable', 'settings.damaged'];

/** Compares the till's screens with JustiFi's books when they are shown, and remembers them for the verdict. */
export type ScreenJudge = {
  hears(line: Line): void;
  /** As in `Judge`. */
  comparesScreens(customer: number, before: SaleView, after: SaleView, hasEnded: boolean): void;
  chargedLate(checkoutId: string, sentAt: number): void;
  killed(): void;
  customerOf(saleId: string): number | null;
  /** When Pay was allowed on this sale or checkout, in real time. The journal had it before. */
  submissionsOf(id: string): readonly number[];
  /** It stood on the screen as declined or not charged then (real time), and Pay was not pressed again. */
  wasRefused(saleId: string, at: number): boolean;
  /** A screen has shown its payment, at the counter or as late. */
  isTold(saleId: string): boolean;
  arrivedLate(checkoutId: string): boolean;
  /** The last shown result of each sale. */
  shown(): ReadonlyMap<string, SaleView['kind']>;
  compared(): { readonly times: number; readonly unreadable: number };
  toldOfTwin(): boolean;
  /** It was under Needs attention. */
  toldOfDispute(saleId: string): boolean;
  /** At the end: declined and not charged were true when they were said, and stayed true until Pay was pressed again, or an earlier Pay arrived after all. */
  judgeRefusals(): void;
  overtaken(): number;
};

/** Between the till's clock and JustiFi's, on a busy PC. */
const CLOCKS_DIFFER_MS = 2_000;

export function openScreenJudge({ justifi, seed, clock, tally, holds }: JudgeParts, books: SaleBooks, finds: (finding: Finding) => void): ScreenJudge {
  const customers = new Map<string, number>();
  /** Checkouts whose link was shown. */
  const linked = new Set<string>();
  /** Sales that were left while their customer had a link: nothing of them is typed again. */
  const leftWithLink = new Set<string>();
  const submissions = new Map<string, number[]>();
  const refusals: Refusal[] = [];
  const shown = new Map<string, SaleView['kind']>();
  const looked = new Set<string>();
  /** On which checkout each sale was shown to its customer. */
  const shownOn = new Map<string, string>();
  const told = new Set<string>();
  /** Sales whose payment is in the journal, and those that are on the screen as paid before the disk has taken it. */
  const written = new Set<string>();
  const unwritten = new Set<string>();
  /** When a Pay was sent that charged this checkout much later. */
  const sentLate = new Map<string, number>();
  /** On the screen as paid when the till was killed, and not yet in the journal: JustiFi is asked once more. */
  let unwrittenAtKill: ReadonlySet<string> = new Set();
  /** The last customer during whose sale the disk was full: the text typed meanwhile could not be saved. */
  let customerOfFullDisk: number | null = null;
  let compared = { times: 0, unreadable: 0 };
  let toldOfTwin = false;
  const disputed = new Set<string>();
  let overtaken = 0;
  let isReopening = false;

  const customerOf = (saleId: string) => customers.get(saleId) ?? null;

  /** The same screen is drawn more than once. */
  function isNew(what: string): boolean {
    if (looked.has(what)) return false;
    looked.add(what);
    return true;
  }

  /** A payment is shown before it is written, and no intent is written before that. */
  function looksForUnwritten({ sale, latePayments }: CounterSnapshot): void {
    for (const { saleId } of [...latePayments, ...(MONEY_TAKEN.includes(sale.kind) ? [sale] : [])]) {
      told.add(saleId);
      if (!written.has(saleId)) unwritten.add(saleId);
    }
  }

  function readsLog({ said, at, customer }: Line): void {
    if (said.kind !== 'log') return;
    const { what, sale, checkout, detail } = said;
    const state = /"state":"([\w-]+)"/u.exec(detail)?.[1] ?? '';
    if (what === 'sale.outcome-known' && sale !== null && MONEY_TAKEN.includes(state)) {
      written.add(sale);
      unwritten.delete(sale);
    } else if (what.startsWith('sale.') && Object.hasOwn(INTENTS, what.slice('sale.'.length)) && unwritten.size > 0) {
      finds({ kind: 'lost', customer, what: `${what} was written before the payment of ${[...unwritten].join(', ')} that was on the screen` });
      unwritten.clear();
    } else if (what === 'journal.unwritable') {
      readsRefusal(at, customer, detail);
    } else if (what === 'comparison.made') {
      compared = { times: compared.times + 1, unreadable: Math.max(compared.unreadable, Number(/"unreadable":(\d+)/u.exec(detail)?.[1] ?? 0)) };
    }
    if (what === 'sale.submit-allowed') {
      for (const id of [sale, checkout]) if (id !== null) submissions.set(id, [...(submissions.get(id) ?? []), at]);
    }
    if (what === 'sale.link-shown' && checkout !== null) linked.add(checkout);
    if (what === 'sale.marked-unresolved' && sale !== null && linked.has(checkout ?? '')) leftWithLink.add(sale);
    if ((what === 'sale.form-shown' || what === 'sale.link-shown') && sale !== null && checkout !== null) {
      const earlier = shownOn.get(sale) ?? checkout;
      if (earlier !== checkout) finds({ kind: 'double', customer, what: `one sale was shown on two checkouts, ${earlier} and ${checkout}` });
      shownOn.set(sale, checkout);
    }
    if (NEVER_BY_A_KILL.includes(what)) finds({ kind: 'lost', customer, what: `${what} ${detail}` });
    if (detail.includes(INSURED.lastName) || detail.includes(INSURED.email)) finds({ kind: 'wrong', customer, what: `whom to insure stands in the log: ${what} ${detail}` });
  }

  function readsRefusal(at: number, customer: number | null, detail: string): void {
    const how = holds.explains(at);
    if (how === null) return finds({ kind: 'lost', customer, what: `the journal could not be written, and nothing held it: ${detail}` });
    tally.count(how === 'in-use' ? 'not written, another program at the journal' : 'not written, disk full');
    tally.count(`not written, ${/"event":"([\w-]+)"/u.exec(detail)?.[1] ?? 'unknown'}`);
  }

  function looksAt({ sale, latePayments }: CounterSnapshot, { at, customer }: Line): void {
    // Back at the keypad without a form: the next customer's amount may be typed into the same sale.
    if (sale.kind === 'entering') customers.delete(sale.saleId);
    else if (customer !== null && !customers.has(sale.saleId)) customers.set(sale.saleId, customer);
    for (const late of latePayments) {
      const isTrue = !isNew(`${late.saleId} late`) || books.chargesOf(late.saleId).some(({ amount }) => amount === late.amountInCents);
      if (!isTrue) finds({ kind: 'wrong', customer: customerOf(late.saleId), what: `a late payment of ${late.amountInCents} is shown, and there is none` });
    }
    if (sale.kind === 'entering' || sale.kind === 'tip' || !isNew(`${sale.saleId} ${sale.kind} ${sale.kind === 'declined' || sale.kind === 'not-charged' ? submissions.get(sale.saleId)?.length : ''}`)) return;
    looksAtAmount(sale);
    looksAtSale(sale, at);
  }

  /** The amount that the customer owes, and the premium of an accepted insurance. */
  function looksAtAmount({ saleId, amountInCents, premiumInCents = 0 }: SoldView): void {
    const customer = customerOf(saleId);
    if (customer === null) return;
    const owed = totalOf(planOf(seed, customer));
    if (amountInCents !== owed + premiumInCents) finds({ kind: 'wrong', customer, what: `${amountInCents} is on the screen instead of ${owed + premiumInCents}` });
    if (premiumInCents > 0 && !books.premiumsOf(saleId).includes(premiumInCents)) finds({ kind: 'wrong', customer, what: `a premium of ${premiumInCents} is on the screen, and the customer has not taken it` });
  }

  function looksAtSale(sale: SoldView, at: number): void {
    const { saleId, amountInCents } = sale;
    const customer = customerOf(saleId);
    switch (sale.kind) {
      case 'paid':
      case 'accepted':
        shown.set(saleId, sale.kind);
        if (!books.chargesOf(saleId).some(({ amount }) => amount === amountInCents)) finds({ kind: 'wrong', customer, what: `${sale.kind} is shown without a charge of ${amountInCents}` });
        return;
      case 'declined':
      case 'not-charged':
        shown.set(saleId, sale.kind);
        refusals.push({ saleId, tender: sale.tender, at, word: sale.kind });
        return;
      case 'wrong-amount':
        return finds({ kind: 'wrong', customer, what: `${sale.chargedInCents} were charged instead of ${amountInCents}` });
      case 'preparing':
      case 'ready':
      case 'submitting':
      case 'checking':
        return;
      default:
        sale satisfies never;
    }
  }

  /** When JustiFi was last asked about this checkout before this screen: later events were not in its answer. */
  function askedAt(checkoutId: string, at: number): number {
    const asked = justifi.requests(`GET /v1/checkouts/${checkoutId}`).map((request) => clock.realTimeOf(request.at));
    return asked.findLast((one) => one <= at) ?? at;
  }

  function judgeRefusal({ saleId, tender, at, word }: Refusal): void {
    const neverArrivedAfterMs = tender === 'sezzle' ? NEVER_ARRIVED_AT_SEZZLE_MS : NEVER_ARRIVED_AFTER_MS;
    const allowed = submissions.get(saleId) ?? [];
    for (const charge of books.chargesOf(saleId)) {
      const chargedAt = clock.realTimeOf(charge.at);
      // By its link a checkout can be paid at any time, also between JustiFi's answer and the screen.
      if (linked.has(charge.checkoutId) && chargedAt > askedAt(charge.checkoutId, at)) continue;
      const isOfLaterTry = allowed.some((submittedAt) => submittedAt > at && submittedAt <= chargedAt);
      if (isOfLaterTry) continue;
      const sentAt = sentLate.get(charge.checkoutId);
      const submittedAt = Math.max(...allowed.filter((allowedAt) => allowedAt <= Math.min(at, sentAt ?? at)));
      const waited = clock.between(submittedAt, at);
      const isUnknown = chargedAt > askedAt(charge.checkoutId, at) && waited >= neverArrivedAfterMs - CLOCKS_DIFFER_MS;
      if (sentAt !== undefined && isUnknown) continue;
      // A PC so busy that a request took longer than the limit: Counter could not have known.
      if (word === 'not-charged' && isUnknown) overtaken += 1;
      else finds({ kind: 'wrong', customer: customerOf(saleId), what: `${word} was shown ${Math.round(chargedAt - at)} ms before the charge came` });
    }
  }

  return {
    chargedLate: (checkoutId, sentAt) => void sentLate.set(checkoutId, sentAt),
    killed() {
      unwrittenAtKill = new Set(unwritten);
      unwritten.clear();
      isReopening = true;
    },
    hears(line) {
      const { said, at, customer } = line;
      if (holds.at(at) === 'disk-full') customerOfFullDisk = customer;
      if (said.kind === 'screen') {
        // A till's first screen comes from its journal; the log line of that entry may have been lost with the till before.
        if (isReopening && hasOpened(said)) {
          for (const { saleId } of said.snapshot.latePayments) written.add(saleId);
          isReopening = false;
        }
        looksForUnwritten(said.snapshot);
        looksAt(said.snapshot, line);
        toldOfTwin ||= (said.snapshot.comparisonNotice?.onOtherPc.count ?? 0) > 0;
        for (const { saleId, kind } of said.snapshot.troubledPayments) if (kind === 'disputed') disputed.add(saleId);
      }
      // Its sheet shows the amount that was there when the form was mounted, whatever is charged.
      if (said.kind === 'wallet' && said.isAllowed) finds({ kind: 'wrong', customer, what: `a wallet may charge, in whose sheet ${said.approvedInCents} was approved` });
      readsLog(line);
    },
    comparesScreens(customer, before, after, hasEnded) {
      if (before.kind === 'entering' && before.amountInCents === 0) return;
      // The till may be one step further than its last screen was: the cashier's last action is saved before it is shown.
      const typed = hasEnded ? { amountInCents: 0, description: '' } : planOf(seed, customer);
      const shows = (what: { readonly amountInCents: number; readonly description: string }) => after.amountInCents === what.amountInCents && after.description === what.description;
      const isSameSale = after.saleId === before.saleId && after.kind !== 'entering';
      // Typed again, it is without its tip and its premium.
      const beside = 'tipInCents' in before ? before.tipInCents + (before.premiumInCents ?? 0) : 0;
      const isTyped = after.kind === 'entering' && (shows({ amountInCents: before.amountInCents - beside, description: before.description }) || shows(typed));
      const wasPaid = before.kind === 'paid' || before.kind === 'accepted';
      // Also that of the customer before, over newer typed text.
      const isAskedAgain = unwrittenAtKill.has(after.saleId) && after.kind === 'checking';
      // The cashier had pressed it away, and the till was killed before its next screen.
      const isLeft = leftWithLink.has(before.saleId) && after.kind === 'entering';
      if (isAskedAgain || isLeft || (customerOfFullDisk === customer && !wasPaid)) return;
      const isKept = wasPaid ? (isSameSale && after.kind === before.kind) || (hasEnded && isTyped) : isSameSale || isTyped;
      if (!isKept) finds({ kind: 'lost', customer, what: `${before.kind} ${before.amountInCents} was on the screen before the kill, ${after.kind} ${after.amountInCents} is after it` });
    },
    customerOf,
    submissionsOf: (id) => submissions.get(id) ?? [],
    wasRefused: (saleId, at) => refusals.some((refusal) => refusal.saleId === saleId && refusal.at < at && !(submissions.get(saleId) ?? []).some((submittedAt) => submittedAt > refusal.at && submittedAt <= at)),
    isTold: (saleId) => told.has(saleId),
    arrivedLate: (checkoutId) => sentLate.has(checkoutId),
    shown: () => shown,
    compared: () => compared,
    toldOfTwin: () => toldOfTwin,
    toldOfDispute: (saleId) => disputed.has(saleId),
    judgeRefusals: () => refusals.forEach(judgeRefusal),
    overtaken: () => overtaken,
  };
}

type SoldView = Exclude<SaleView, { kind: 'entering' | 'tip' }>;
