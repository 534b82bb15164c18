import type { Handlers } from '../../contract/channels.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import type { SaleView, TillSnapshot } from '../../contract/till-snapshot.ts';

/** The outcome of the customer's payment. */
export type Ending = 'paid' | 'accepted' | 'declined' | 'not-charged';

/** A checkout that main has begun: for a sale that is charged, or tried again. */
export type Begun = { readonly by: 'charge' | 'tryAgain'; readonly amountInCents: number };

/** The test's controls of main. */
export type ScriptedMain = {
  readonly begun: readonly Begun[];
  sale(): SaleView;
  /** The change of a call is pushed this much later than its answer. */
  answerAfter(delayMs: number): void;
  /** The next charge is refused for this. */
  refuse(problem: ChargeProblem): void;
  /** The customer presses Pay; the page shows it this much later, at once by default. */
  submit(afterMs?: number): void;
  /** JustiFi reports the outcome. */
  end(ending: Ending): void;
};

/**
 * Runs in the page: the sale as main has it, without money. Main accepts a call only for the present sale, and only in a state that allows it; the page
 * gets the next snapshot a little after that.
 */
export function workAsMain(first: TillSnapshot, push: (snapshot: TillSnapshot) => void): Partial<Handlers<'till'> & Handlers<'manager'>> {
  let till = first;
  let { sale } = first;
  let refused: ChargeProblem | null = null;
  let lastPaid = '';
  let made = 0;
  let pushAfterMs = 0;
  let lastPushMs = 0;
  const begun: Begun[] = [];
  const READY_AFTER_MS = 120;
  const tender = 'card-form';
  const paidWith = { kind: 'card', brand: 'Visa', last4: '4242' } as const;

  const done = { kind: 'ok', value: null } as const;
  const notNow = { kind: 'failed', failure: { kind: 'sale-in-progress' } } as const;
  type Draft = { readonly amountInCents: number; readonly description: string };
  type Answer = typeof done | typeof notNow | { readonly kind: 'failed'; readonly failure: ChargeProblem };

  function change(next: Partial<TillSnapshot>, afterMs = pushAfterMs): void {
    till = { ...till, sale, ...next };
    sale = till.sale;
    const shown = till;
    // None overtakes another.
    lastPushMs = Math.max(lastPushMs, performance.now() + afterMs);
    const waitMs = lastPushMs - performance.now();
    if (waitMs <= 0) push(shown);
    else setTimeout(() => push(shown), waitMs);
  }

  const show = (next: SaleView, afterMs?: number) => change({ sale: next }, afterMs);

  function enter(amountInCents: number, description: string): void {
    made += 1;
    show({ kind: 'entering', saleId: `7b1d7f5e-6a54-4a0c-9d0a-${String(made).padStart(12, 'a')}`, amountInCents, description, problem: null });
  }

  const sold = () => ({ saleId: sale.saleId, amountInCents: sale.amountInCents, tipInCents: 0, description: sale.description });
  const content = ({ amountInCents, description }: Draft) => `${amountInCents} ${description}`;

  function begin(by: Begun['by']): void {
    const { saleId } = sale;
    begun.push({ by, amountInCents: sale.amountInCents });
    show({ kind: 'preparing', ...sold(), tender });
    setTimeout(() => {
      if (sale.kind === 'preparing' && sale.saleId === saleId) show({ kind: 'ready', ...sold(), tender });
    }, READY_AFTER_MS);
  }

  function problemOf({ amountInCents, description }: Draft, confirmed: readonly string[]): ChargeProblem | null {
    if (refused !== null) return refused;
    if (amountInCents === 0) return { kind: 'amount-empty' };
    if (description.trim() === '') return { kind: 'description-empty' };
    return content({ amountInCents, description }) === lastPaid && !confirmed.includes('paid-just-now') ? { kind: 'paid-just-now', secondsAgo: 20, last4: '4242' } : null;
  }

  /** Each call carries its sale's id. */
  async function take(saleId: string, kinds: readonly SaleView['kind'][], act: () => Answer | void): Promise<Answer> {
    return saleId === sale.saleId && kinds.includes(sale.kind) ? (act() ?? done) : notNow;
  }

  const main: ScriptedMain = {
    begun,
    sale: () => sale,
    answerAfter(delayMs) {
      pushAfterMs = delayMs;
    },
    refuse(problem) {
      refused = problem;
    },
    submit: (afterMs = 0) => show({ kind: 'submitting', ...sold(), tender }, afterMs),
    end(ending) {
      const at = '2026-11-02T15:04:05.000Z';
      if (ending === 'declined') return show({ kind: 'declined', ...sold(), tender, reason: 'insufficient-funds' }, 0);
      if (ending === 'not-charged') return show({ kind: 'not-charged', ...sold(), tender, reason: 'not-received' }, 0);
      lastPaid = content(sale);
      return show({ kind: ending, ...sold(), paidWith, at }, 0);
    },
  };
  Object.assign(window, { scriptedMain: main });

  return {
    edit: ({ saleId, amountInCents, description }) => take(saleId, ['entering'], () => show({ kind: 'entering', saleId, amountInCents, description, problem: null })),
    charge: ({ saleId, amountInCents, description, confirmed }) =>
      take(saleId, ['entering'], () => {
        const draft = { kind: 'entering', saleId, amountInCents, description } as const;
        const problem = problemOf(draft, confirmed);
        refused = null;
        sale = { ...draft, problem };
        if (problem === null) return begin('charge');
        show(sale);
        return { kind: 'failed', failure: problem };
      }),
    goBack: ({ saleId }) => take(saleId, ['tip', 'preparing', 'ready'], () => enter(sale.amountInCents, sale.description)),
    tryAgain: ({ saleId }) => take(saleId, ['declined', 'not-charged'], () => begin('tryAgain')),
    cancelSale: ({ saleId }) => take(saleId, ['declined', 'not-charged'], () => enter(0, '')),
    newSale: ({ saleId }) =>
      take(saleId, ['paid', 'accepted'], () => {
        if (sale.kind === 'paid' || sale.kind === 'accepted') till = { ...till, lastSale: { ...sale, givenBack: null, isDisputed: false } };
        enter(0, '');
      }),
    changeAppearance: async (appearance) => {
      change({ appearance, textSize: appearance.textSize });
      return done;
    },
  };
}
