import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type Sale, newDraft } from './sale.ts';
import type { Fact, Intent } from './sale-event.ts';
import type { SaleLedger } from './sale-ledger.ts';

export type Answer = Result<null, ChargeProblem>;

/** The sale at the counter. What happens to it goes through the ledger, like everything that happens to a sale. */
export type CurrentSale = {
  get(): Sale;
  intend(intent: Intent): Answer;
  learn(fact: Fact): void;
  /** Another sale takes its place, or the same one as it was typed. Nothing is journaled by this. */
  replace(sale: Sale): void;
  /**
   * A new draft takes its place. It is kept for the next start before `leave` ends what was there: a crash in between
   * finds what was typed. When `leave` fails, nothing has changed.
   */
  startDraft(amountInCents: number, description: string, leave?: () => Answer): Answer;
  /** Puts the reason on the draft's screen. Always failed, with that reason. */
  showProblem(problem: ChargeProblem): Answer;
  /** Is this still the same sale, still on its way to the screen? Everything may have changed after an await. */
  isStillPreparing(saleId: string): boolean;
};

export type CurrentSaleParts = {
  readonly newId: () => string;
  readonly keepDraft: (draft: { readonly saleId: string; readonly amountInCents: number; readonly description: string }) => void;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

export function openCurrentSale(parts: CurrentSaleParts, ledger: SaleLedger, first: Sale): CurrentSale {
  let last = first;
  ledger.onChange((sale) => {
    if (sale.id === last.id) last = sale;
  });
  ledger.hold(first);

  function replace(sale: Sale): void {
    last = sale;
    ledger.hold(sale);
  }

  return {
    get: () => last,
    replace,
    intend(intent) {
      const done = ledger.intend(last.id, intent);
      return done.kind === 'ok' ? ok(null) : done;
    },
    learn: (fact) => ledger.learn(last.id, fact),
    startDraft(amountInCents, description, leave = () => ok(null)) {
      const before = last;
      const saleId = parts.newId();
      parts.keepDraft({ saleId, amountInCents, description });
      const left = leave();
      if (left.kind === 'failed') parts.keepDraft({ saleId: before.id, amountInCents, description });
      else replace(newDraft(saleId, amountInCents, description));
      return left;
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
