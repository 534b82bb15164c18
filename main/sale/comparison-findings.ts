import type { ComparisonNotice } from '../../contract/till-snapshot.ts';
import type { Comparison, UnknownCheckout } from './comparison.ts';
import type { DisputesRead } from './dispute-watch.ts';
import type { Sale } from './sale.ts';

/** How many findings are new, for the audit log. */
export type NewFindings = { readonly unknown: number; readonly onOtherPc: number; readonly missingAtJustifi: number; readonly unreadable: number; readonly isComplete: boolean };

/** The findings of this run's comparisons that the manager has not seen. */
export type ComparisonFindings = {
  /** Null: the manager has seen all. */
  notice(): ComparisonNotice | null;
  /** `fetched`: checkouts that the journal had lost and that were restored. Null: nothing is new. */
  take(comparison: Comparison, fetched: readonly UnknownCheckout[]): NewFindings | null;
  /** Whether the manager has something new to see. */
  takeDisputes(read: DisputesRead): boolean;
  /** The manager has seen it. The same findings are not shown again in this run. */
  acknowledge(): void;
};

type Finding = { readonly kind: 'unknown' | 'onOtherPc' | 'missingAtJustifi'; readonly key: string; readonly amountInCents: number };

export function createComparisonFindings(): ComparisonFindings {
  /** By checkout or sale, so that each is shown once. */
  const told = new Map<string, Finding>();
  const seen = new Set<string>();
  const account = createUnread();
  const disputes = createUnread();

  return {
    notice() {
      if (told.size === 0 && !account.isTold() && !disputes.isTold()) return null;
      const of = (kind: Finding['kind']) => total([...told.values()].filter((finding) => finding.kind === kind));
      return { unknown: of('unknown'), onOtherPc: of('onOtherPc'), missingAtJustifi: of('missingAtJustifi'), ...account.told(), disputes: disputes.told() };
    },
    take(comparison, fetched) {
      const all = [...fetched.flatMap((one) => paidFinding('unknown', one)), ...comparison.onOtherPc.flatMap((one) => paidFinding('onOtherPc', one)), ...comparison.missingAtJustifi.flatMap(missingFinding)];
      const fresh = all.filter(({ key }) => !told.has(key) && !seen.has(key));
      for (const finding of fresh) told.set(finding.key, finding);
      const isMoreUnread = account.take(comparison);
      if (fresh.length === 0 && !isMoreUnread) return null;
      const { unreadable, isComplete } = comparison;
      const count = (kind: Finding['kind']) => fresh.filter((finding) => finding.kind === kind).length;
      return { unknown: count('unknown'), onOtherPc: count('onOtherPc'), missingAtJustifi: count('missingAtJustifi'), unreadable, isComplete };
    },
    takeDisputes: disputes.take,
    acknowledge() {
      for (const key of told.keys()) seen.add(key);
      told.clear();
      account.acknowledge();
      disputes.acknowledge();
    },
  };
}

type Unread = { readonly unreadable: number; readonly isComplete: boolean };

/** What could not be read of a list that is read again and again. */
function createUnread() {
  let now: Unread = { unreadable: 0, isComplete: true };
  let unreadableSeen = 0;
  let isIncompleteSeen = false;
  const told = (): Unread => ({ unreadable: now.unreadable > unreadableSeen ? now.unreadable : 0, isComplete: now.isComplete || isIncompleteSeen });
  return {
    told,
    isTold: () => told().unreadable > 0 || !told().isComplete,
    /** Whether it is more than was told or seen. */
    take({ unreadable, isComplete }: Unread): boolean {
      // An acknowledged finding is forgotten when its line is gone; a later one is another finding.
      unreadableSeen = Math.min(unreadableSeen, unreadable);
      if (isComplete) isIncompleteSeen = false;
      const isNew = unreadable > Math.max(now.unreadable, unreadableSeen) || (!isComplete && now.isComplete && !isIncompleteSeen);
      now = { unreadable, isComplete };
      return isNew;
    },
    acknowledge() {
      unreadableSeen = now.unreadable;
      isIncompleteSeen = !now.isComplete;
    },
  };
}

/** Without a payment no money was taken. */
function paidFinding(kind: Finding['kind'], { checkoutId, purchase, isPaid }: UnknownCheckout): readonly Finding[] {
  return isPaid ? [{ kind, key: `${kind} ${checkoutId}`, amountInCents: purchase.totalInCents }] : [];
}

function missingFinding(sale: Sale): readonly Finding[] {
  return 'purchase' in sale ? [{ kind: 'missingAtJustifi', key: `missing ${sale.id}`, amountInCents: sale.purchase.totalInCents }] : [];
}

function total(findings: readonly Finding[]): { readonly count: number; readonly amountInCents: number } {
  return { count: findings.length, amountInCents: findings.reduce((sum, { amountInCents }) => sum + amountInCents, 0) };
}
