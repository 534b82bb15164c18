import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { SaleJournal } from './journal.ts';
import { type Sale, type SaleEvent, newDraft, transition } from './sale.ts';

export type Answer = Result<null, ChargeProblem>;

/** The sale at the counter, and the only way in which it changes: allowed by the state machine, then journaled, then true. */
export type CurrentSale = {
  get(): Sale;
  apply(event: SaleEvent): Answer;
  /** The same for a sale that is not at the counter; the sale as it is afterwards. */
  record(from: Sale, event: SaleEvent): Result<Sale, ChargeProblem>;
  /** Another sale takes its place, or the same one as it was typed. Nothing of it is journaled by this. */
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
  readonly journal: SaleJournal;
  readonly newId: () => string;
  readonly keepDraft: (draft: { readonly saleId: string; readonly amountInCents: number; readonly description: string }) => void;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
  readonly onChange: () => void;
};

export function openCurrentSale(parts: CurrentSaleParts, first: Sale): CurrentSale {
  let sale = first;

  function record(from: Sale, event: SaleEvent): Result<Sale, ChargeProblem> {
    const next = transition(from, event);
    if (next.kind === 'failed') {
      parts.log('sale.not-allowed', { sale: from.id, state: next.failure.sale, event: next.failure.event });
      return failed({ kind: 'sale-in-progress' });
    }
    const written = parts.journal.record(next.value, event);
    if (written.kind === 'failed') {
      parts.log('journal.unwritable', { sale: from.id, event: event.kind, detail: written.failure.detail });
      return failed({ kind: 'journal-unwritable' });
    }
    parts.log(`sale.${event.kind}`, { sale: from.id, state: next.value.kind, checkout: 'checkoutId' in next.value ? next.value.checkoutId : null });
    return ok(next.value);
  }

  function replace(next: Sale): void {
    sale = next;
    parts.onChange();
  }

  return {
    get: () => sale,
    record,
    replace,
    startDraft(amountInCents, description, leave = () => ok(null)) {
      const before = sale;
      const saleId = parts.newId();
      parts.keepDraft({ saleId, amountInCents, description });
      const left = leave();
      if (left.kind === 'failed') parts.keepDraft({ saleId: before.id, amountInCents, description });
      else replace(newDraft(saleId, amountInCents, description));
      return left;
    },
    apply(event) {
      const next = record(sale, event);
      if (next.kind === 'failed') return next;
      // A sale that was left gives way to a new draft at once; the screen goes straight there.
      if (next.value.kind === 'left') sale = next.value;
      else replace(next.value);
      return ok(null);
    },
    showProblem(problem) {
      if (sale.kind === 'draft') {
        parts.log('sale.problem', { sale: sale.id, problem: problem.kind });
        replace({ ...sale, problem });
      }
      return failed(problem);
    },
    isStillPreparing: (saleId) => sale.id === saleId && sale.kind === 'preparing',
  };
}
