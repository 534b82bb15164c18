import type { Reversal } from '../../main/sale/reversal.ts';
import type { Sale } from '../../main/sale/sale.ts';
import type { Charge } from '../../main/training/justifi.ts';
import type { SaleBooks } from './books.ts';
import type { Finding, JudgeParts } from './finding.ts';
import type { JournalReading } from './journal-reading.ts';
import type { Line } from './line.ts';
import { returnsOf } from './plans.ts';
import { amountsOf } from './returns.ts';
import type { ScreenJudge } from './screen-judge.ts';

type ReturnJudgeParts = Pick<JudgeParts, 'justifi' | 'seed' | 'tally'> & { readonly books: SaleBooks; readonly screens: ScreenJudge; readonly finds: (finding: Finding) => void };

/** What was given back at JustiFi is in the journal, once for each intent, and no more than was paid. */
export type ReturnJudge = {
  hears(line: Line): void;
  judges(reading: JournalReading): void;
};

type Found = (kind: Finding['kind'], what: string) => void;
type ReversedSale = Extract<Sale, { readonly reversals: readonly Reversal[] }>;

export function openReturnJudge(parts: ReturnJudgeParts): ReturnJudge {
  const { books, screens, finds, tally } = parts;
  const said: Extract<Line['said'], { kind: 'gave-back' }>[] = [];

  function judgesSale(sale: ReversedSale, charge: Charge): void {
    const found: Found = (kind, what) => finds({ kind, customer: screens.customerOf(sale.id), what: `${what} (${charge.amount} on ${charge.checkoutId}, ${sale.kind}: ${sale.reversals.map(shortly).join(', ')})` });
    if (books.returnedOf(charge) > charge.amount) found('double', `${books.returnedOf(charge)} were given back`);
    judgeRefunds(parts, sale, charge, found);
    judgeParts(parts.seed, sale, found);
    judgeAnswers(sale);
    if (said.some(({ saleId, reversalId }) => saleId === sale.id && reversalId !== null)) counts(sale);
  }

  function counts({ reversals }: ReversedSale): void {
    const done = reversals.filter(({ state }) => state === 'done');
    for (const { kind } of done) tally.count(`given back from the history by a ${kind}`);
    if (done.length > 1) tally.count('given back in several parts');
  }

  function judgeAnswers(sale: ReversedSale): void {
    for (const { reversalId, how } of said.filter(({ saleId }) => saleId === sale.id)) {
      if (reversalId === null) continue;
      const made = sale.reversals.find(({ id }) => id === reversalId);
      const isKept = made !== undefined && (how !== 'done' || made.state === 'done');
      if (!isKept) finds({ kind: 'lost', customer: screens.customerOf(sale.id), what: `a void or refund was shown as ${how}, and the journal says ${made?.state ?? 'nothing'}` });
    }
  }

  return {
    hears(line) {
      if (line.said.kind !== 'gave-back') return;
      said.push(line.said);
      tally.count(`a ${line.said.of} from the history: ${line.said.how}`);
    },
    judges({ sales }) {
      for (const charge of books.charges()) {
        const sale = sales.get(books.saleOf(charge));
        if (sale !== undefined && 'reversals' in sale) judgesSale(sale, charge);
      }
      for (const { saleId, reversalId } of said) {
        if (reversalId !== null && !sales.has(saleId)) finds({ kind: 'lost', customer: null, what: `a void or refund of ${saleId} was shown, and the journal knows nothing of the sale` });
      }
    },
  };
}

/** Each refund in JustiFi's books belongs to one reversal of the journal, and each reversal to one refund at most. */
function judgeRefunds({ justifi }: ReturnJudgeParts, sale: ReversedSale, { paymentId }: Charge, found: Found): void {
  const refunds = justifi.books.refunds().filter((refund) => refund.paymentId === paymentId);
  const standing = refunds.filter(({ status }) => status !== 'failed');
  for (const { id, metadata, amount, status } of refunds) {
    const reversal = sale.reversals.find((one) => one.id === metadata['reversal_id']);
    if (reversal === undefined) found('lost', `JustiFi has refund ${id} of ${amount}, which the journal knows nothing of`);
    else if (reversal.amountInCents !== amount) found('wrong', `JustiFi has refund ${id} of ${amount} instead of ${reversal.amountInCents}`);
    if (status === 'pending') found('unresolved', `refund ${id} is still pending`);
  }
  const isDone = ({ id, state }: Reversal) => state === 'done' || sale.reversals.some((one) => one.id === `${id}-elsewhere`);
  for (const reversal of sale.reversals) {
    const made = standing.filter(({ metadata }) => metadata['reversal_id'] === reversal.id).length;
    if (made > 1) found('double', `one refund was made ${made} times`);
    if (reversal.kind === 'refund' && reversal.idempotencyKey !== null && made !== (isDone(reversal) ? 1 : 0)) found('lost', `a refund is ${reversal.state} in the journal, and JustiFi made ${made}`);
  }
}

/** The parts that the cashier wanted to give back, in their order, each once. Of other sales a manager gives the whole back, once. */
function judgeParts(seed: number, { purchase, chargedInCents, reversals }: ReversedSale, found: Found): void {
  const made = reversals.filter(({ state }) => state === 'done').map(({ amountInCents }) => amountInCents);
  const planned = amountsOf(returnsOf(seed, purchase.description)?.parts ?? ['whole'], chargedInCents);
  const isWhole = made.length === 1 && made[0] === chargedInCents;
  if (!isWhole && made.some((amount, place) => amount !== planned[place])) found('double', `${made.join(' + ')} were given back, and ${planned.join(' + ')} were wanted`);
}

function shortly({ kind, amountInCents, state }: Reversal): string {
  return `${kind} ${amountInCents} ${state}`;
}
