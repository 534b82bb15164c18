import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { JournalRetry } from './journal-retry.ts';
import { type Sale, newDraft } from './sale.ts';
import type { Fact, Intent } from './sale-event.ts';
import type { SaleLedger } from './sale-ledger.ts';

export type Answer = Result<null, ChargeProblem>;

/** The sale at the counter. All its events go through the ledger. */
export type CurrentSale = {
  get(): Sale;
  intend(intent: Intent): Answer;
  /** The same for a step that may wait while another program is using the journal. Fails when it is no longer `wanted`. */
  intendSoon(intent: Intent, wanted: () => boolean): Promise<Answer>;
  learn(fact: Fact): void;
  /** Replaces it by another sale, or by the same draft as it is typed now. Nothing is journaled. */
  replace(sale: Sale): void;
  /**
   * A new draft takes its place. It is kept for the next start before `end` ends the sale that was there, so that a crash in between
   * loses nothing that was typed. When `end` fails, nothing has changed.
   */
  startDraft(amountInCents: number, description: string, end?: () => Answer): Answer;
  /** Shows the problem with the draft. Always fails, with that problem. */
  showProblem(problem: ChargeProblem): Answer;
  /** Whether this sale is still at the counter, and still being prepared. Ask after every await. */
  isStillPreparing(saleId: string): boolean;
};

type CurrentSaleParts = {
  readonly newId: () => string;
  readonly journalRetry: JournalRetry;
  readonly keepDraft: (draft: { readonly saleId: string; readonly amountInCents: number; readonly description: string }) => void;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

export function createCurrentSale(parts: CurrentSaleParts, ledger: SaleLedger, first: Sale): CurrentSale {
  let last = first;
  ledger.onChange((sale) => {
    if (sale.id === last.id) last = sale;
  });
  ledger.putAtCounter(first);

  function replace(sale: Sale): void {
    last = sale;
    ledger.putAtCounter(sale);
  }

  function intend(intent: Intent): Answer {
    const done = ledger.intend(last.id, intent);
    return done.kind === 'ok' ? ok(null) : done;
  }

  return {
    get: () => last,
    replace,
    intend,
    intendSoon: (intent, wanted) => parts.journalRetry.step(() => (wanted() ? intend(intent) : failed({ kind: 'sale-in-progress' }))),
    learn: (fact) => ledger.learn(last.id, fact),
    startDraft(amountInCents, description, end = () => ok(null)) {
      const before = last;
      const saleId = parts.newId();
      parts.keepDraft({ saleId, amountInCents, description });
      const ended = end();
      if (ended.kind === 'failed') parts.keepDraft({ saleId: before.id, amountInCents, description });
      else replace(newDraft(saleId, amountInCents, description));
      return ended;
    },
    showProblem(problem) {
      if (last.kind === 'draft') {
        parts.log('sale.problem', { sale: last.id, problem: problem.kind });
        replace({ ...last, problem });
      }
      return failed(problem);
    },
    isStillPreparing: (saleId) => last.id === saleId && last.kind === 'preparing',
  };
}
