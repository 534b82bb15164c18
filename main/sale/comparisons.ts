import type { ComparisonNotice } from '../../contract/till-snapshot.ts';
import type { Result } from '../../contract/result.ts';
import type { Comparison, UnknownCheckout } from './comparison.ts';
import type { Register } from './register.ts';
import type { Sale } from './sale.ts';
import type { Timers } from './timers.ts';

/** Compares JustiFi with the journal soon after the start and then every hour, for a till that is never switched off. */
export type Comparisons = {
  /** The notice for the manager; null: JustiFi and the journal agree. */
  notice(): ComparisonNotice | null;
  /** The manager has seen it. The same findings are not shown again in this run. */
  acknowledge(): void;
  close(): void;
};

export type ComparisonsParts = {
  /** Null in training, where JustiFi keeps nothing. */
  readonly compare: (() => Promise<Result<Comparison, { readonly kind: string }>>) | null;
  readonly register: Pick<Register, 'found' | 'recheck'>;
  readonly timers: Timers;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
  /** There is something new for the manager. */
  readonly onFinding: (found: { readonly unknown: number; readonly onOtherPc: number; readonly missingAtJustifi: number; readonly unreadable: number; readonly isComplete: boolean }) => void;
  readonly onChange: () => void;
};

/** After the busy first minute of a start. */
const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 60 * 60_000;
/** JustiFi did not answer. */
const AGAIN_AFTER_MS = 10 * 60_000;

export function openComparisons({ compare, register, timers, log, onFinding, onChange }: ComparisonsParts): Comparisons {
  /** By checkout, so that each is shown once. */
  const told = new Map<string, Finding>();
  const seen = new Set<string>();
  let unreadable = 0;
  let unreadableSeen = 0;
  let isComplete = true;
  let isIncompleteSeen = false;
  let isClosed = false;
  let callOff = compare === null ? () => {} : timers.after(FIRST_AFTER_MS, () => void look());
  const hasClosed = () => isClosed;

  async function look(): Promise<void> {
    if (compare === null) return;
    const compared = await compare();
    if (hasClosed()) return;
    callOff = timers.after(compared.kind === 'ok' ? EVERY_MS : AGAIN_AFTER_MS, () => void look());
    if (compared.kind === 'failed') log('comparison.failed', { failure: compared.failure.kind });
    else take(compared.value);
  }

  function take(comparison: Comparison): void {
    const { unknown, onOtherPc, missingAtJustifi, paidAtJustifi } = comparison;
    log('comparison.made', { unknown: unknown.length, other_pc: onOtherPc.length, missing: missingAtJustifi.length, paid: paidAtJustifi.length, unreadable: comparison.unreadable, complete: String(comparison.isComplete) });
    for (const saleId of paidAtJustifi) void register.recheck(saleId);
    const fetched = unknown.filter(({ checkoutId, purchase }) => {
      const found = register.found(checkoutId, purchase);
      return found.kind === 'ok' && found.value === 'begun';
    });
    const fresh = [...fetched.flatMap((one) => findingOf('unknown', one)), ...onOtherPc.flatMap((one) => findingOf('onOtherPc', one)), ...missingAtJustifi.flatMap(missing)].filter(({ key }) => !told.has(key) && !seen.has(key));
    const isMoreUnreadable = comparison.unreadable > Math.max(unreadable, unreadableSeen);
    unreadable = comparison.unreadable;
    const isIncompleteNew = !comparison.isComplete && isComplete && !isIncompleteSeen;
    isComplete = comparison.isComplete;
    for (const finding of fresh) told.set(finding.key, finding);
    if (fresh.length === 0 && !isMoreUnreadable && !isIncompleteNew) return;
    const count = (kind: Finding['kind']) => fresh.filter((finding) => finding.kind === kind).length;
    onFinding({ unknown: count('unknown'), onOtherPc: count('onOtherPc'), missingAtJustifi: count('missingAtJustifi'), unreadable, isComplete });
    onChange();
  }

  return {
    notice() {
      const isUnreadableTold = unreadable > unreadableSeen;
      const isIncompleteTold = !isComplete && !isIncompleteSeen;
      if (told.size === 0 && !isUnreadableTold && !isIncompleteTold) return null;
      const of = (kind: Finding['kind']) => total([...told.values()].filter((finding) => finding.kind === kind));
      return { unknown: of('unknown'), onOtherPc: of('onOtherPc'), missingAtJustifi: of('missingAtJustifi'), unreadable: isUnreadableTold ? unreadable : 0, isComplete: !isIncompleteTold };
    },
    acknowledge() {
      for (const key of told.keys()) seen.add(key);
      told.clear();
      unreadableSeen = unreadable;
      isIncompleteSeen ||= !isComplete;
      onChange();
    },
    close() {
      isClosed = true;
      callOff();
    },
  };
}

type Finding = { readonly kind: 'unknown' | 'onOtherPc' | 'missingAtJustifi'; readonly key: string; readonly amountInCents: number };

/** Without a payment nobody's money was taken. */
function findingOf(kind: Finding['kind'], { checkoutId, purchase, isPaid }: UnknownCheckout): readonly Finding[] {
  return isPaid ? [{ kind, key: `${kind} ${checkoutId}`, amountInCents: purchase.totalInCents }] : [];
}

function missing(sale: Sale): readonly Finding[] {
  return 'purchase' in sale ? [{ kind: 'missingAtJustifi', key: `missing ${sale.id}`, amountInCents: sale.purchase.totalInCents }] : [];
}

function total(findings: readonly Finding[]): { readonly count: number; readonly amountInCents: number } {
  return { count: findings.length, amountInCents: findings.reduce((sum, { amountInCents }) => sum + amountInCents, 0) };
}
