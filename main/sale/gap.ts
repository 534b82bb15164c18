import { type Result, failed, ok } from '../../contract/result.ts';
import type { Checkouts } from './checkout.ts';
import type { SaleMemory } from './journal.ts';
import { purchaseOf } from './purchase.ts';
import { NEVER_ARRIVED_AFTER_MS } from './reconcile.ts';
import type { Register } from './register.ts';
import type { Timers } from './timers.ts';

export type GapParts = {
  readonly checkouts: Pick<Checkouts, 'listSince'>;
  readonly memory: Pick<SaleMemory, 'saleOn'>;
  readonly register: Pick<Register, 'found'>;
  /** Whose checkouts are ours, among those of all registers of the account. */
  readonly registerId: string;
  readonly timers: Timers;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

/** The clock that wrote the journal may have been wrong. Asking about what is known already costs nothing. */
const EARLIER_BY_MS = 24 * 60 * 60_000;

/** Never tried: most were prepared and never shown. */
const UNTRIED = 'created';

/**
 * Fetches back what a damaged journal has lost: every checkout of this register that JustiFi knows and the journal does not.
 * Each becomes a sale in the background, which asks JustiFi how it ended; a payment among them is then said over every screen.
 * Asked twice, because a payment may have been under way when the journal broke. `sinceUtc`: ISO 8601.
 */
export async function fetchGap(parts: GapParts, sinceUtc: string): Promise<Result<null, { readonly kind: string }>> {
  const early = new Date(Math.max(0, Date.parse(sinceUtc) - EARLIER_BY_MS)).toISOString();
  const first = await takeUnknown(parts, early);
  if (first.kind === 'failed') return first;
  await new Promise<void>((resolve) => parts.timers.after(NEVER_ARRIVED_AFTER_MS, resolve));
  return takeUnknown(parts, early);
}

async function takeUnknown(parts: GapParts, sinceUtc: string): Promise<Result<null, { readonly kind: string }>> {
  const listed = await parts.checkouts.listSince(sinceUtc);
  if (listed.kind === 'failed') return listed;
  for (const checkout of listed.value.filter(({ registerId, status }) => registerId === parts.registerId && status !== UNTRIED)) {
    const known = parts.memory.saleOn(checkout.id);
    if (known.kind === 'failed') return known;
    if (known.value !== null) continue;
    const { amountInCents, currency, description } = checkout;
    const found = parts.register.found(checkout.id, purchaseOf(amountInCents, currency, description));
    if (found.kind === 'failed') return failed(found.failure);
    parts.log('journal.gap-found', { checkout: checkout.id, status: checkout.status });
  }
  return ok(null);
}
