import type { Result } from '../../contract/result.ts';
import type { Comparison, UnknownCheckout } from './comparison.ts';
import { type ComparisonFindings, type NewFindings, createComparisonFindings } from './comparison-findings.ts';
import type { DisputesRead } from './dispute-watch.ts';
import type { Register } from './register.ts';
import type { Timers } from './timers.ts';

/** Compares JustiFi with the journal soon after the start and then every hour, for a till that is never switched off. */
export type Comparisons = Pick<ComparisonFindings, 'notice' | 'acknowledge'> & {
  /** The disputed payments of the account were read, as far as they can be. */
  noteDisputes(read: DisputesRead): void;
  close(): void;
};

export type ComparisonsParts = {
  /** Null in training, where JustiFi keeps nothing. `isWanted`: asked before each page. */
  readonly compare: ((isWanted: () => boolean) => Promise<Result<Comparison, { readonly kind: string }>>) | null;
  readonly register: Pick<Register, 'found' | 'recheck'>;
  readonly timers: Timers;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
  /** Called when there are new findings for the manager. */
  readonly onFinding: (found: NewFindings) => void;
  readonly onChange: () => void;
};

/** After the busy first minute of a start. */
const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 60 * 60_000;
/** JustiFi did not answer, or a restored sale could not be written into the journal. */
const AGAIN_AFTER_MS = 10 * 60_000;

export function openComparisons(parts: ComparisonsParts): Comparisons {
  const { compare, register, timers, log, onFinding, onChange } = parts;
  const findings = createComparisonFindings();
  let isClosed = false;
  let callOff = compare === null ? () => {} : timers.after(FIRST_AFTER_MS, () => void look());
  const hasClosed = () => isClosed;

  async function look(): Promise<void> {
    if (compare === null) return;
    const compared = await compare(() => !hasClosed());
    if (hasClosed()) return;
    if (compared.kind === 'failed') log('comparison.failed', { failure: compared.failure.kind });
    const isTaken = compared.kind === 'ok' && take(compared.value);
    callOff = timers.after(isTaken ? EVERY_MS : AGAIN_AFTER_MS, () => void look());
  }

  /** False: a restored sale could not be written into the journal. */
  function take(comparison: Comparison): boolean {
    const { unknown, onOtherPc, missingAtJustifi, paidAtJustifi, unreadable, isComplete } = comparison;
    log('comparison.made', { unknown: unknown.length, other_pc: onOtherPc.length, missing: missingAtJustifi.length, paid: paidAtJustifi.length, unreadable, complete: String(isComplete) });
    for (const saleId of paidAtJustifi) void register.recheck(saleId);
    const { fetched, isWritten } = fetchLost(unknown);
    const fresh = findings.take(comparison, fetched);
    if (fresh !== null) {
      onFinding(fresh);
      onChange();
    }
    return isWritten;
  }

  function fetchLost(unknown: readonly UnknownCheckout[]): { readonly fetched: readonly UnknownCheckout[]; readonly isWritten: boolean } {
    const answers = unknown.map((checkout) => ({ checkout, found: register.found(checkout.checkoutId, checkout.purchase) }));
    for (const { checkout, found } of answers) if (found.kind === 'failed') log('comparison.not-written', { checkout: checkout.checkoutId, problem: found.failure.kind });
    const fetched = answers.flatMap(({ checkout, found }) => (found.kind === 'ok' && found.value === 'begun' ? [checkout] : []));
    return { fetched, isWritten: answers.every(({ found }) => found.kind === 'ok') };
  }

  return {
    notice: findings.notice,
    noteDisputes(read) {
      findings.takeDisputes(read);
      onChange();
    },
    acknowledge() {
      findings.acknowledge();
      onChange();
    },
    close() {
      isClosed = true;
      callOff();
    },
  };
}
