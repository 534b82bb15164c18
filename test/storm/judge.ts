import { z } from 'zod';
import type { SaleView } from '../../contract/till-snapshot.ts';
import { UNFINISHED_KINDS } from '../../main/sale/journal.ts';
import type { CounterSnapshot } from '../../main/sale/counter-snapshot.ts';
import type { Intent } from '../../main/sale/sale-event.ts';
import type { Charge } from '../../main/training/justifi.ts';
import type { SeenRequest } from '../justifi/control.ts';
import type { TestJustifi } from '../justifi/justifi.ts';
import { type JournalReading, readJournal } from './journal-reading.ts';
import type { JournalHolds } from './journal-hold.ts';
import { type Line, OWN_PC, hasOpened } from './line.ts';
import { planOf, totalOf } from './plan.ts';
import type { ShopClock } from './shop-time.ts';
import type { Tally } from './tally.ts';

export type Finding = { readonly kind: 'lost' | 'double' | 'wrong' | 'unresolved'; readonly customer: number | null; readonly what: string };

/** Holds what the till said against JustiFi's books: at the moment when it was said, and once more at the end. */
export type Judge = {
  hears(line: Line): void;
  /** The till was killed, and this is what was on its screen before and is after. `hasEnded`: the cashier was done with this customer. */
  comparesScreens(customer: number, before: SaleView, after: SaleView, hasEnded: boolean): void;
  finds(finding: Finding): void;
  /** A Pay that was sent at `sentAt` (real time) has arrived at JustiFi only now, and charged this checkout. */
  chargedLate(checkoutId: string, sentAt: number): void;
  /** The till is killed. */
  killed(): void;
  /** Reads the journal, and that of a PC to which the disk was copied, and says everything that is not as it must be. Empty: all is well. */
  verdict(file: string, copy: string): Promise<readonly Finding[]>;
  /** Payments that this PC was too busy to bring to JustiFi in time, so that nothing can be said about them. */
  overtaken(): number;
};

type Refusal = { readonly saleId: string; readonly at: number; readonly word: string };

/**
 * The shop's time after which Counter believes that a request never arrived. Written down here once more, because the product's own
 * figure is what is judged.
 */
const NEVER_ARRIVED_AFTER_MS = 150_000;

/** Steps of ours; none may be written before what JustiFi has said already. */
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

/** What Counter logs about its own files when they are worse off than a kill, a full disk or another program can leave them. */
const NEVER_BY_A_KILL: readonly string[] = ['journal.restored', 'journal.tampered', 'journal.damaged', 'journal.unusable', 'settings.damaged'];

const tokenBody = z.object({ payment_token: z.string() });
const readerBody = z.object({ checkout_id: z.string() });

export type JudgeParts = {
  readonly justifi: TestJustifi;
  readonly seed: number;
  readonly clock: ShopClock;
  readonly tally: Tally;
  /** What kept the journal from being written at that time (real); null: nothing did. */
  readonly holds: Pick<JournalHolds, 'at' | 'explains'>;
  /** By id. Main itself charges these, each time with a key that is in the journal. */
  readonly savedMethods: ReadonlySet<string>;
};

export function openJudge({ justifi, seed, clock, tally, holds, savedMethods }: JudgeParts): Judge {
  const { realTimeOf, justifiNow } = clock;
  const findings: Finding[] = [];
  const customers = new Map<string, number>();
  /** Checkouts whose link was shown. */
  const linked = new Set<string>();
  /** When Pay was allowed, per sale and per checkout, in real time. The journal had it before. */
  const submissions = new Map<string, number[]>();
  const refusals: Refusal[] = [];
  /** What each sale was last shown as, where that was an end. */
  const shown = new Map<string, SaleView['kind']>();
  const looked = new Set<string>();
  /** On which checkout each sale was shown to its customer. */
  const shownOn = new Map<string, string>();

  /** Sales of whose payment a screen has told, at the counter or as late. */
  const told = new Set<string>();
  /** Sales whose payment is in the journal, and those that are on the screen as paid before the disk has taken it. */
  const written = new Set<string>();
  const unwritten = new Set<string>();
  /** When a Pay was sent that charged this checkout much later. */
  const sentLate = new Map<string, number>();
  /** On the screen as paid when the till was killed, and not yet in the journal: JustiFi is asked once more. */
  let unwrittenAtKill: ReadonlySet<string> = new Set();
  /** The last customer during whose sale the disk was full: what was typed meanwhile could not be kept. */
  let customerOfFullDisk: number | null = null;
  let compared = { times: 0, unreadable: 0 };
  let toldOfTwin = false;

  let overtaken = 0;

  const finds = (finding: Finding) => void findings.push(finding);
  const customerOf = (saleId: string) => customers.get(saleId) ?? null;

  function saleOf(charge: Charge): string {
    return String(justifi.books.checkouts().find(({ id }) => id === charge.checkoutId)?.metadata['sale']);
  }

  /** Another PC's are none of ours. */
  function ourCharges(): readonly Charge[] {
    const ours = new Set(justifi.books.checkouts().filter(({ metadata }) => metadata['pc'] === OWN_PC).map(({ id }) => id));
    return justifi.charges().filter(({ checkoutId }) => ours.has(checkoutId));
  }

  function chargesOf(saleId: string): readonly Charge[] {
    const checkouts = new Set(justifi.books.checkouts().filter(({ metadata }) => metadata['sale'] === saleId).map(({ id }) => id));
    return justifi.charges().filter(({ checkoutId }) => checkouts.has(checkoutId));
  }

  let isReopening = false;

  /** The same screen is drawn more than once. */
  function isNew(what: string): boolean {
    if (looked.has(what)) return false;
    looked.add(what);
    return true;
  }

  /** A payment is shown before it is written, and nothing of ours is written before it is. */
  function looksForUnwritten({ sale, latePayments }: CounterSnapshot): void {
    for (const { saleId } of [...latePayments, ...(MONEY_TAKEN.includes(sale.kind) ? [sale] : [])]) {
      told.add(saleId);
      if (!written.has(saleId)) unwritten.add(saleId);
    }
  }

  function readsLog({ said, at, customer }: Line): void {
    if (said.kind !== 'log') return;
    const { what, sale, detail } = said;
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
      const isTrue = !isNew(`${late.saleId} late`) || chargesOf(late.saleId).some(({ amount }) => amount === late.amountInCents);
      if (!isTrue) finds({ kind: 'wrong', customer: customerOf(late.saleId), what: `a late payment of ${late.amountInCents} is shown, and there is none` });
    }
    if (sale.kind === 'entering' || sale.kind === 'tip' || !isNew(`${sale.saleId} ${sale.kind} ${sale.kind === 'declined' || sale.kind === 'not-charged' ? submissions.get(sale.saleId)?.length : ''}`)) return;
    looksAtSale(sale, at);
  }

  function looksAtSale(sale: Exclude<SaleView, { kind: 'entering' | 'tip' }>, at: number): void {
    const { saleId, amountInCents } = sale;
    const customer = customerOf(saleId);
    if (customer !== null && amountInCents !== totalOf(planOf(seed, customer))) finds({ kind: 'wrong', customer, what: `${amountInCents} is on the screen instead of ${totalOf(planOf(seed, customer))}` });
    switch (sale.kind) {
      case 'paid':
      case 'accepted':
        shown.set(saleId, sale.kind);
        if (!chargesOf(saleId).some(({ amount }) => amount === amountInCents)) finds({ kind: 'wrong', customer, what: `${sale.kind} is shown without a charge of ${amountInCents}` });
        return;
      case 'declined':
      case 'not-charged':
        shown.set(saleId, sale.kind);
        refusals.push({ saleId, at, word: sale.kind });
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

  /** When JustiFi was last asked about this checkout before; in real time. */
  function lastReadOf(checkoutId: string, before: number): number {
    const reads = justifi.requests(`GET /v1/checkouts/${checkoutId}`).map((request) => realTimeOf(request.at));
    return Math.max(...reads.filter((at) => at <= before));
  }

  /** Declined and not charged must have been true when they were said, and stay true until Pay is pressed again, or an earlier Pay arrives after all. */
  function judgeRefusals(): void {
    for (const { saleId, at, word } of refusals) {
      for (const charge of chargesOf(saleId)) {
        const chargedAt = realTimeOf(charge.at);
        // By its link a checkout can be paid at any time, also between JustiFi's answer and the screen.
        if (linked.has(charge.checkoutId) && chargedAt > lastReadOf(charge.checkoutId, at)) continue;
        const isOfLaterTry = (submissions.get(saleId) ?? []).some((submittedAt) => submittedAt > at && submittedAt <= chargedAt);
        if (isOfLaterTry) continue;
        const sentAt = sentLate.get(charge.checkoutId);
        const submittedAt = Math.max(...(submissions.get(saleId) ?? []).filter((allowedAt) => allowedAt <= Math.min(at, sentAt ?? at)));
        const waited = (at - submittedAt) * clock.faster;
        if (sentAt !== undefined && chargedAt > at && waited >= NEVER_ARRIVED_AFTER_MS) continue;
        // A PC so busy that a request took longer than any request may: Counter could not have known.
        if (word === 'not-charged' && chargedAt > at && waited >= NEVER_ARRIVED_AFTER_MS) overtaken += 1;
        else finds({ kind: 'wrong', customer: customerOf(saleId), what: `${word} was shown ${Math.round(chargedAt - at)} ms before the charge came` });
      }
    }
  }

  function judgeCharges({ sales, entries }: JournalReading): void {
    const known = new Set(entries.flatMap(({ event, sale }) => ['checkoutId' in event ? event.checkoutId : null, 'checkoutId' in sale ? sale.checkoutId : null]));
    for (const charge of ourCharges()) {
      const saleId = saleOf(charge);
      const customer = customerOf(saleId);
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
      if (!told.has(saleId)) lost('a charge of which no screen has told');
      if (sale.tender === 'plaid') tally.count('bank login charged');
      if (sale.paymentId !== charge.paymentId) lost('the journal has another payment');
      const wanted = wantedKind(charge, entries);
      if (sale.kind !== 'reversed' && sale.kind !== wanted) finds({ kind: 'wrong', customer, what: `the sale ended as ${sale.kind}, and JustiFi had called it ${wanted} (${charge.amount} on ${charge.checkoutId})` });
      if (isTransfer(charge) && entries.some((entry) => entry.event.kind === 'late-kept' && entry.sale.id === saleId)) tally.count('late bank transfer kept');
      const returned = returnedOf(charge);
      if (sale.kind === 'reversed' ? returned !== charge.amount : returned !== 0) lost(`the sale is ${sale.kind}, and ${returned} were given back`);
    }
  }

  function isTransfer({ paymentId }: Charge): boolean {
    return justifi.books.payments().find(({ id }) => id === paymentId)?.outcome.kind === 'transfer';
  }

  /** A card is PAID. A bank transfer stays what JustiFi called it when it was asked, also when it was asked late and the sale was kept, until it has settled. */
  function wantedKind({ paymentId, checkoutId }: Charge, entries: JournalReading['entries']): 'paid' | 'accepted' {
    const outcome = justifi.books.payments().find(({ id }) => id === paymentId)?.outcome;
    if (outcome?.kind !== 'transfer') return 'paid';
    if (outcome.endsAt <= justifiNow() && settledIn(entries).has(checkoutId)) return 'paid';
    const answers = entries.flatMap(({ event, sale }) => (event.kind === 'outcome-known' && 'checkoutId' in sale && sale.checkoutId === checkoutId ? [event.outcome.kind] : []));
    return answers.includes('accepted') && !answers.includes('paid') ? 'accepted' : 'paid';
  }

  function returnedOf({ paymentId }: Charge): number {
    const payment = justifi.books.payments().find(({ id }) => id === paymentId);
    const refunded = justifi.books.refunds().filter((refund) => refund.paymentId === paymentId && refund.status === 'succeeded').reduce((sum, { amount }) => sum + amount, 0);
    return refunded + (payment !== undefined && payment.voidedAt !== null ? payment.amount : 0);
  }

  function judgeDoubles(): void {
    const countBy = (keyOf: (charge: Charge) => string | null, what: string) => {
      const counted = Map.groupBy(ourCharges(), keyOf);
      for (const [key, charges] of counted) {
        const [first] = charges;
        if (key !== null && charges.length > 1 && first) finds({ kind: 'double', customer: customerOf(saleOf(first)), what: `${charges.length} charges of one ${what}: ${charges.map(({ checkoutId }) => checkoutId).join(', ')}` });
      }
    };
    countBy(({ checkoutId }) => checkoutId, 'checkout');
    countBy(saleOf, 'sale');
    // Charged once more, because the first Pay had not arrived for so long: the manager gives one back.
    countBy((charge) => (sentLate.has(charge.checkoutId) && returnedOf(charge) === charge.amount ? null : (customerOf(saleOf(charge))?.toString() ?? null)), 'customer');
  }

  /** Nothing was asked of JustiFi that was not in the journal before. */
  function judgeRequests({ entries }: JournalReading, copied: JournalReading): void {
    const keys = new Set([...entries, ...copied.entries].flatMap(({ event }) => ('idempotencyKey' in event ? [event.idempotencyKey] : event.kind === 'submit-allowed' ? [event.completion?.idempotencyKey ?? ''] : event.kind === 'reversal-asked' ? [event.reversal.idempotencyKey ?? ''] : [])));
    const completions = new Map<string, Set<string>>();
    for (const { event, sale } of entries) {
      if (event.kind === 'submit-allowed' && 'tender' in sale && sale.tender === 'plaid' && event.authorisation === null) finds({ kind: 'lost', customer: customerOf(sale.id), what: `a bank account may be charged on ${event.checkoutId}, and the journal has no authorisation` });
    }
    const others = new Set(justifi.books.checkouts().filter(({ metadata }) => metadata['pc'] !== OWN_PC).map(({ id }) => id));
    for (const request of justifi.requests()) {
      if (others.has(request.path.split('/')[3] ?? '') || (request.path === '/v1/checkouts' && !request.body.includes(`"pc":"${OWN_PC}"`))) continue;
      const on = `${request.method} ${request.path.replaceAll(/_[\w-]+/gu, '_*')}`;
      const key = request.headers['idempotency-key'] ?? '';
      switch (on) {
        case 'POST /v1/checkouts':
          if (!keys.has(key.replace(/-(url|host)$/u, ''))) finds({ kind: 'lost', customer: null, what: `a checkout was asked for that the journal knows nothing of: ${request.body.slice(0, 200)}` });
          break;
        case 'POST /v1/payments/py_*/void':
        case 'POST /v1/payments/py_*/refunds':
          if (!keys.has(key)) finds({ kind: 'lost', customer: null, what: `${on} was asked for, and the journal knows nothing of it` });
          break;
        case 'POST /v1/checkouts/cho_*/complete':
          if (savedMethods.has(tokenBody.parse(JSON.parse(request.body)).payment_token)) judgeSavedCard(request, keys);
          judgeCompletion(request, request.path.split('/')[3] ?? '', key, completions, entries);
          break;
        case 'POST /v1/terminals/pay':
          judgeCompletion(request, readerBody.parse(JSON.parse(request.body)).checkout_id, `reader ${request.at}`, completions, entries);
          break;
        default:
      }
    }
  }

  function judgeSavedCard({ path, status, headers }: SeenRequest, keys: ReadonlySet<string>): void {
    const [, , , checkoutId = ''] = path.split('/');
    tally.count(justifi.charges(checkoutId).length > 0 ? 'saved card charged' : `saved card declined`);
    if (!keys.has(headers['idempotency-key'] ?? '')) finds({ kind: 'lost', customer: null, what: `a saved card was charged on ${checkoutId} (${status}), and the journal knows nothing of it` });
  }

  function judgeCompletion(request: SeenRequest, checkoutId: string, key: string, completions: Map<string, Set<string>>, entries: JournalReading['entries']): void {
    const seen = completions.get(checkoutId) ?? new Set();
    completions.set(checkoutId, seen.add(key));
    const allowedInJournal = entries.filter(({ event }) => event.kind === 'submit-allowed' && event.checkoutId === checkoutId).length;
    const before = (submissions.get(checkoutId) ?? []).filter((at) => at <= realTimeOf(request.at)).length;
    const allowed = Math.min(allowedInJournal, before);
    if (allowed < seen.size) finds({ kind: 'lost', customer: null, what: `Pay reached JustiFi ${seen.size} times on ${checkoutId}, and the journal had allowed ${allowed}` });
  }

  /** Checkouts whose bank transfer the journal has as settled. */
  function settledIn(entries: JournalReading['entries']): ReadonlySet<string> {
    return new Set(entries.flatMap(({ event, sale }) => (event.kind === 'transfer-ended' && event.how === 'settled' && 'checkoutId' in sale && sale.checkoutId !== null ? [sale.checkoutId] : [])));
  }

  function judgeScreens({ sales, entries }: JournalReading): void {
    const settled = settledIn(entries);
    for (const [saleId, kind] of shown) {
      const sale = sales.get(saleId);
      const isSettled = kind === 'accepted' && sale?.kind === 'paid' && settled.has(sale.checkoutId);
      const isKept = kind === 'paid' || kind === 'accepted' ? sale?.kind === kind || isSettled : sale !== undefined;
      if (!isKept) finds({ kind: 'lost', customer: customerOf(saleId), what: `${kind} was shown, and the journal says ${sale?.kind ?? 'nothing'}` });
    }
    for (const sale of sales.values()) {
      if (UNFINISHED_KINDS.includes(sale.kind)) finds({ kind: 'unresolved', customer: customerOf(sale.id), what: `sale ${sale.id} is still ${sale.kind}` });
    }
  }

  /** The same sales on another PC: it ends them as JustiFi's books have them, whichever of the two gave the money back. */
  function judgeCopy({ sales, trouble }: JournalReading): void {
    if (trouble !== null) finds({ kind: 'lost', customer: null, what: `the journal of the copied disk: ${trouble}` });
    for (const sale of sales.values()) {
      const customer = customerOf(sale.id);
      if (UNFINISHED_KINDS.includes(sale.kind)) finds({ kind: 'unresolved', customer, what: `sale ${sale.id} is still ${sale.kind} on the copied disk` });
      for (const charge of chargesOf(sale.id)) {
        const wanted = { paid: 0, accepted: 0, reversed: charge.amount }[sale.kind as string];
        if (wanted !== returnedOf(charge)) finds({ kind: 'lost', customer, what: `the sale is ${sale.kind} on the copied disk, and ${returnedOf(charge)} of ${charge.amount} were given back` });
      }
    }
  }

  /** Every checkout of the account was compared with the journal, also other programs' and those of an odd shape. */
  function judgeComparison({ entries }: JournalReading, copied: JournalReading): void {
    if (compared.times === 0) finds({ kind: 'unresolved', customer: null, what: 'JustiFi and the journal were never compared to the end' });
    else if (compared.unreadable === 0) finds({ kind: 'lost', customer: null, what: 'checkouts that cannot be read were not reported' });
    const twins = new Set(justifi.books.checkouts().filter(({ metadata }) => metadata['pc'] !== OWN_PC).map(({ id }) => id));
    const taken = entries.find(({ sale }) => 'checkoutId' in sale && twins.has(sale.checkoutId ?? ''));
    if (taken !== undefined) finds({ kind: 'wrong', customer: null, what: `a payment of another PC is in the journal as ${taken.sale.kind}` });
    // What the copied disk prepares in the calm is not paid, and may come after the last comparison.
    const prepared = new Set(copied.entries.flatMap(({ event }) => (event.kind === 'checkout-created' ? [event.checkoutId] : [])));
    if (!toldOfTwin && !twins.isSubsetOf(prepared)) finds({ kind: 'lost', customer: null, what: 'another PC takes payments with the id of this register, and no screen has told' });
  }

  return {
    finds,
    chargedLate: (checkoutId, sentAt) => void sentLate.set(checkoutId, sentAt),
    killed() {
      unwrittenAtKill = new Set(unwritten);
      unwritten.clear();
      isReopening = true;
    },
    overtaken: () => overtaken,
    hears(line) {
      const { said, at, customer } = line;
      if (holds.at(at) === 'disk-full') customerOfFullDisk = customer;
      if (said.kind === 'screen') {
        // What a till shows first comes from its journal; the line that it was written may have died with the till before.
        if (isReopening && hasOpened(said)) {
          for (const { saleId } of said.snapshot.latePayments) written.add(saleId);
          isReopening = false;
        }
        looksForUnwritten(said.snapshot);
        looksAt(said.snapshot, line);
        toldOfTwin ||= (said.snapshot.comparisonNotice?.onOtherPc.count ?? 0) > 0;
      }
      readsLog(line);
      // Its sheet shows the amount that was there when the form was mounted, whatever is charged.
      if (said.kind === 'wallet' && said.isAllowed) finds({ kind: 'wrong', customer, what: `a wallet may charge, in whose sheet ${said.approvedInCents} was approved` });
      if (said.kind === 'log' && said.what === 'sale.submit-allowed') {
        for (const id of [said.sale, said.checkout]) if (id !== null) submissions.set(id, [...(submissions.get(id) ?? []), at]);
      }
      if (said.kind === 'log' && said.what === 'sale.link-shown' && said.checkout !== null) linked.add(said.checkout);
      if (said.kind === 'log' && (said.what === 'sale.form-shown' || said.what === 'sale.link-shown') && said.sale !== null && said.checkout !== null) {
        const earlier = shownOn.get(said.sale) ?? said.checkout;
        if (earlier !== said.checkout) finds({ kind: 'double', customer, what: `one sale was shown on two checkouts, ${earlier} and ${said.checkout}` });
        shownOn.set(said.sale, said.checkout);
      }
      if (said.kind === 'log' && NEVER_BY_A_KILL.includes(said.what)) finds({ kind: 'lost', customer, what: `${said.what} ${said.detail}` });
    },
    comparesScreens(customer, before, after, hasEnded) {
      if (before.kind === 'entering' && before.amountInCents === 0) return;
      // The till may be one step further than its last screen was: what the cashier did last is kept before it is shown.
      const typed = hasEnded ? { amountInCents: 0, description: '' } : planOf(seed, customer);
      const shows = (what: { readonly amountInCents: number; readonly description: string }) => after.amountInCents === what.amountInCents && after.description === what.description;
      const isSameSale = after.saleId === before.saleId && after.kind !== 'entering';
      // Typed again, it is without its tip.
      const again = { amountInCents: before.amountInCents - ('tipInCents' in before ? before.tipInCents : 0), description: before.description };
      const isTyped = after.kind === 'entering' && (shows(again) || shows(typed));
      const wasPaid = before.kind === 'paid' || before.kind === 'accepted';
      // Also that of the customer before, on top of what was typed since.
      const isAskedAgain = unwrittenAtKill.has(after.saleId) && after.kind === 'checking';
      if (isAskedAgain || (customerOfFullDisk === customer && !wasPaid)) return;
      const isKept = wasPaid ? (isSameSale && after.kind === before.kind) || (hasEnded && isTyped) : isSameSale || isTyped;
      if (!isKept) finds({ kind: 'lost', customer, what: `${before.kind} ${before.amountInCents} was on the screen before the kill, ${after.kind} ${after.amountInCents} is after it` });
    },
    async verdict(file, copy) {
      const reading = await readJournal(file);
      const copied = await readJournal(copy);
      if (reading.trouble !== null) finds({ kind: 'lost', customer: null, what: `the journal: ${reading.trouble}` });
      judgeCharges(reading);
      judgeDoubles();
      judgeRefusals();
      judgeRequests(reading, copied);
      judgeCopy(copied);
      judgeScreens(reading);
      judgeComparison(reading, copied);
      return findings;
    },
  };
}
