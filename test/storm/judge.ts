import type { SaleView } from '../../contract/till-snapshot.ts';
import { givenBackInCents } from '../../main/sale/reversal.ts';
import { UNFINISHED_KINDS } from '../../main/sale/journal.ts';
import { readBooks } from './books.ts';
import { judgeCharges, settledIn } from './charge-judge.ts';
import { type JournalReading, readJournal } from './journal-reading.ts';
import { judgeDisputes } from './dispute-judge.ts';
import type { Finding, JudgeParts } from './finding.ts';
import type { Line } from './line.ts';
import { INSURED } from './plan.ts';
import { judgeReport } from './report-judge.ts';
import { judgeRequests } from './request-judge.ts';
import { openReturnJudge } from './return-judge.ts';
import { openScreenJudge } from './screen-judge.ts';

/** Compares the till's statements with JustiFi's books: when they are made, and once more at the end. */
export type Judge = {
  hears(line: Line): void;
  /** The till was killed; its screens before and after. `hasEnded`: the cashier had finished with this customer. */
  comparesScreens(customer: number, before: SaleView, after: SaleView, hasEnded: boolean): void;
  finds(finding: Finding): void;
  /** A Pay that was sent at `sentAt` (real time) has arrived at JustiFi only now, and charged this checkout. */
  chargedLate(checkoutId: string, sentAt: number): void;
  /** The payments of these sales are disputed from now on. */
  disputed(saleIds: readonly string[]): void;
  /** The till is killed. */
  killed(): void;
  /** Reads the journal, and that of a PC to which the disk was copied, and returns all findings. Empty: none. */
  verdict(file: string, copy: string): Promise<readonly Finding[]>;
  /** Payments that this PC was too busy to send in time, so that they cannot be judged. */
  overtaken(): number;
};

export function openJudge(given: JudgeParts): Judge {
  const findings: Finding[] = [];
  const finds = (finding: Finding) => void findings.push(finding);
  const books = readBooks(given.justifi);
  const screens = openScreenJudge(given, books, finds);
  const disputed = new Set<string>();
  const parts = { ...given, books, screens, finds };
  const returns = openReturnJudge(parts);

  function judgeScreens({ sales, entries }: JournalReading): void {
    const settled = settledIn(entries);
    for (const [saleId, kind] of screens.shown()) {
      const sale = sales.get(saleId);
      const isSettled = kind === 'accepted' && sale?.kind === 'paid' && settled.has(sale.checkoutId);
      const isGivenBack = sale?.kind === 'reversed' && sale.reversals.some(({ idempotencyKey }) => idempotencyKey !== null);
      const isKept = kind === 'paid' || kind === 'accepted' ? sale?.kind === kind || isSettled || isGivenBack : sale !== undefined;
      if (!isKept) finds({ kind: 'lost', customer: screens.customerOf(saleId), what: `${kind} was shown, and the journal says ${sale?.kind ?? 'nothing'}` });
    }
    for (const sale of sales.values()) {
      if (UNFINISHED_KINDS.includes(sale.kind)) finds({ kind: 'unresolved', customer: screens.customerOf(sale.id), what: `sale ${sale.id} is still ${sale.kind}` });
    }
    const told = entries.find((entry) => JSON.stringify(entry).includes(INSURED.lastName));
    if (told !== undefined) finds({ kind: 'wrong', customer: screens.customerOf(told.sale.id), what: `whom to insure stands in the journal, with ${told.event.kind}` });
  }

  /** The same sales on another PC: it ends them as JustiFi's books have them, whichever of the two gave the money back. */
  function judgeCopy({ sales, trouble }: JournalReading): void {
    if (trouble !== null) finds({ kind: 'lost', customer: null, what: `the journal of the copied disk: ${trouble}` });
    for (const sale of sales.values()) {
      const customer = screens.customerOf(sale.id);
      if (UNFINISHED_KINDS.includes(sale.kind)) finds({ kind: 'unresolved', customer, what: `sale ${sale.id} is still ${sale.kind} on the copied disk` });
      for (const charge of books.chargesOf(sale.id)) {
        const returned = 'reversals' in sale ? givenBackInCents(sale.reversals) : 0;
        if (returned !== books.returnedOf(charge)) finds({ kind: 'lost', customer, what: `the sale is ${sale.kind} on the copied disk with ${returned} given back, and JustiFi gave back ${books.returnedOf(charge)} of ${charge.amount}` });
      }
    }
  }

  /** Every checkout of the account was compared with the journal, also other programs' and those of an odd shape. */
  function judgeComparison({ entries }: JournalReading, copied: JournalReading): void {
    const compared = screens.compared();
    if (compared.times === 0) finds({ kind: 'unresolved', customer: null, what: 'JustiFi and the journal were never compared to the end' });
    else if (compared.unreadable === 0) finds({ kind: 'lost', customer: null, what: 'checkouts that cannot be read were not reported' });
    const twins = books.others();
    const taken = entries.find(({ sale }) => 'checkoutId' in sale && twins.has(sale.checkoutId ?? ''));
    if (taken !== undefined) finds({ kind: 'wrong', customer: null, what: `a payment of another PC is in the journal as ${taken.sale.kind}` });
    // Checkouts that the copied disk prepares in the calm are not paid, and may come after the last comparison.
    const prepared = new Set(copied.entries.flatMap(({ event }) => (event.kind === 'checkout-created' ? [event.checkoutId] : [])));
    if (!screens.toldOfTwin() && !twins.isSubsetOf(prepared)) finds({ kind: 'lost', customer: null, what: 'another PC takes payments with the id of this register, and no screen has told' });
  }

  return {
    finds,
    hears(line) {
      screens.hears(line);
      returns.hears(line);
    },
    comparesScreens: screens.comparesScreens,
    chargedLate: screens.chargedLate,
    disputed: (saleIds) => saleIds.forEach((saleId) => disputed.add(saleId)),
    killed: screens.killed,
    overtaken: screens.overtaken,
    async verdict(file, copy) {
      const reading = await readJournal(file);
      const copied = await readJournal(copy);
      if (reading.trouble !== null) finds({ kind: 'lost', customer: null, what: `the journal: ${reading.trouble}` });
      judgeCharges(parts, reading);
      screens.judgeRefusals();
      returns.judges(reading);
      judgeRequests(parts, reading, copied);
      judgeCopy(copied);
      judgeScreens(reading);
      judgeComparison(reading, copied);
      judgeDisputes(parts, disputed, reading, copied);
      judgeReport(parts, file);
      return findings;
    },
  };
}
