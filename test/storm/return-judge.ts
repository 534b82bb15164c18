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
  const madeFor = (id: string) => standing.filter(({ metadata }) => metadata['reversal_id'] === id).length;
  for (const reversal of sale.reversals) judgeReversal(sale, reversal, madeFor(reversal.id), found);
  for (const { id, metadata, amount, status } of refunds) {
    const reversal = sale.reversals.find((one) => one.id === metadata['reversal_id']);
    if (reversal !== undefined && reversal.amountInCents !== amount) found('wrong', `JustiFi has refund ${id} of ${amount} instead of ${reversal.amountInCents}`);
    if (status === 'pending') found('unresolved', `refund ${id} is still pending`);
  }
  // Made by the same register on another PC: the journal has the sum from JustiFi's payment, as given back elsewhere.
  const unknown = standing.filter(({ metadata }) => !sale.reversals.some(({ id }) => id === metadata['reversal_id']));
  const elsewhere = sale.reversals.filter(({ id, kind, state }) => kind === 'refund' && state === 'done' && id.endsWith(ELSEWHERE) && madeFor(id.slice(0, -ELSEWHERE.length)) === 0);
  const [there, here] = [unknown.reduce((sum, { amount }) => sum + amount, 0), elsewhere.reduce((sum, { amountInCents }) => sum + amountInCents, 0)];
  if (there !== here) found('lost', `JustiFi has refunds of ${there} (${unknown.map(({ id }) => id).join(', ')}), of which the journal knows ${here}`);
}

/** The end of the id of a reversal that the journal has from JustiFi's payment: this register's own, whose answer was lost, or another PC's. */
const ELSEWHERE = '-elsewhere';

function judgeReversal({ reversals }: ReversedSale, { id, kind, state, idempotencyKey }: Reversal, made: number, found: Found): void {
  if (made > 1) found('double', `one refund was made ${made} times`);
  if (kind !== 'refund' || idempotencyKey === null) return;
  const isGivenBackAnyway = state !== 'done' && reversals.some((one) => one.id === `${id}${ELSEWHERE}`);
  if (!isGivenBackAnyway && made !== (state === 'done' ? 1 : 0)) found('lost', `a refund is ${state} in the journal, and JustiFi made ${made}`);
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
